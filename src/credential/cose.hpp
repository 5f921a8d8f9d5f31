#pragma once

// COSE_Sign1 (RFC 9052): one payload, one signature. Takes a message apart and says which octets were signed; knows
// nothing of keys. Faults `invalid`: cbor.* of the envelope and the protected header; cose.tag, cose.shape,
// cose.protected, cose.unprotected, cose.critical, cose.detached.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/fault.hpp"
#include "credential/cbor.hpp"

namespace firstline::credential {

inline constexpr std::int64_t algorithm_es256 = -7, algorithm_ps256 = -37;

enum class CoseRules {
  lenient,  // Tag 18, none, or 61 (CWT) around 18; algorithm and key id in either header, the protected one counts.
  strict    // Tag 18; deterministic; algorithm and key id in the protected header, nothing in the other.
};

struct CoseMessage {
  std::string_view protected_header;  // As signed: empty if it was an empty map.
  std::string_view payload, signature;
  std::optional<std::int64_t> algorithm;  // Empty also if it is a text, which we know none of.
  std::optional<std::string_view> key_id;
};

// Keeps its memory from one message to the next. The octets must outlive what is asked of it.
class CoseReader {
 public:
  Result<void> read(std::string_view octets, CoseRules rules, std::size_t bytes_max = cbor_bytes_max);
  // From an item of a document that was read already.
  Result<void> read(CborValue envelope, CoseRules rules);
  const CoseMessage& message() const { return message_; }
  // What the signature is over (RFC 9052 section 4.4); reused, so good until the next call.
  std::string_view signed_octets(std::string_view external = {});

 private:
  Cbor envelope_, header_;
  CoseMessage message_;
  std::string to_be_signed_;
};

std::string signed_octets(std::string_view protected_header, std::string_view payload, std::string_view external = {});
// A strict message; `sign` makes 64 octets from what is to be signed.
template <class Sign>
Result<std::string> make_cose(std::int64_t algorithm, std::string_view key_id, std::string_view payload, Sign sign) {
  const std::string header = CborWriter().map(2).integer(1).integer(algorithm).integer(4).octets(key_id).take();
  FL_TRY(const std::string signature, sign(signed_octets(header, payload)));
  return CborWriter().tag(18).array(4).octets(header).map(0).octets(payload).octets(signature).take();
}

}  // namespace firstline::credential
