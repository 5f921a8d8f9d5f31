#pragma once

// Verifies a health certificate in the form of the EU and the WHO: "HC1:", base45, zlib, COSE_Sign1, CWT. Says what
// each check found, so that a refusal can be explained; decides nothing about a person.
//
// The clock is an argument. Later checks run even after one about key, algorithm, signature, time or use has failed;
// before that, the first failure ends it and the rest stays empty. Issuers' habits that are taken as they come: no tag,
// or CWT's around COSE's; algorithm and key id in either header; times as floating-point numbers or tagged; maps of
// open length. Times are whole seconds, the clock's too. A certificate's time is asked about at issue: afterwards the
// trust list says what is still good.

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "credential/certificate.hpp"
#include "credential/cose.hpp"

namespace firstline::credential {

enum class Stage : std::uint8_t { ok, context, base45, zlib, cose, cwt, kid, alg, signature, time, keyusage };
std::string_view name_of(Stage stage);

struct HcertChecks {  // Empty: not reached, or nothing to check with.
  std::optional<bool> context, base45, zlib, cose, cwt, kid, signature, time, keyusage, schema;
};

struct HcertReading {
  HcertChecks checks;
  Stage stage = Stage::ok;  // Of the first failure.
  std::string reason;       // "TIME_EXPIRED"; empty if none failed.
  std::string compressed, cose;
  std::optional<std::int64_t> algorithm;
  std::string key_id, issuer;
  std::optional<std::int64_t> issued_at, expires_at;  // Seconds since 1970.
  std::vector<std::string> warnings;                  // What the schema check found odd; never a reason to refuse.

  bool accepted() const { return stage == Stage::ok; }
};

// Keeps its memory from one certificate to the next. One thread.
class HcertVerifier {
 public:
  HcertReading verify(std::string_view qr, std::span<const CertificateRef> certificates, std::optional<Instant> clock,
                      bool with_schema = true);
  // The certificate's payload ("v", "t", "r" and whom it is about); good until the next call and as
  // long as the reading is kept. Empty if not reached.
  std::optional<CborValue> payload() const { return payload_; }

 private:
  bool open(std::string_view qr, HcertReading& reading);
  bool read_claims(HcertReading& reading);
  const Certificate* check_signature(std::span<const CertificateRef> certificates, HcertReading& reading);
  void check_time(const Certificate* signer, std::optional<Instant> clock, HcertReading& reading);
  void check_usage(const Certificate* signer, HcertReading& reading);

  CoseReader cose_;
  Cbor claims_;
  std::optional<CborValue> payload_;
};

// "cbor.too_deep" > "CBOR_TOO_DEEP".
std::string reason_code(std::string_view fault_reason);

// What the published schema of such payloads demands, as far as issuers mostly keep to it.
std::vector<std::string> schema_warnings(CborValue payload);

}  // namespace firstline::credential
