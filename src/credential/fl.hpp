#pragma once

// Our own code, "FL1:": facts about one person, signed by their community, short-lived, checked without a network.
// Facts and times only: whether somebody passes is the gate's rule to say.
//
// FL1: + base45( COSE_Sign1, tag 18, strict ), or where the code is bound to a phone
// FL1: + base45( [ COSE_Sign1, step, signature of the phone over ["FL1-holder", code id, step] ] )
// Claims (CWT): 1 issuer, 4 expires, 6 issued, 7 code id (8 octets: what is revoked), 8 the phone's key (RFC 8747),
// -65537 the facts, by number (see FlClaims). Deterministic CBOR all through; anything else is refused.
//
// A code without a phone's key cannot be told from its picture: FlReading says so, and pages must.

#include <array>
#include <optional>
#include <string>
#include <string_view>

#include "base/fault.hpp"
#include "base/time.hpp"
#include "credential/cose.hpp"
#include "credential/keys.hpp"

namespace firstline::credential {

inline constexpr std::string_view fl_prefix = "FL1:";
inline constexpr std::size_t code_id_octets = 8;
inline constexpr std::chrono::seconds holder_step{15};
inline constexpr int holder_steps_off_max = 2;                // A phone's clock may be so far off.
inline constexpr std::chrono::seconds issued_ahead_max{120};  // Of the reader's clock.
// Keep the largest code within QR version 13.
inline constexpr std::size_t fl_name_octets_max = 12, fl_unit_octets_max = 16;

enum class FlRole : std::uint8_t { resident, visitor, courier, volunteer };
enum class FlColour : std::uint8_t { green, yellow, red };
enum class FlGrade : std::uint8_t { signed_code, connector, visual };  // Of the colour's reading.
enum class FlNat : std::uint8_t { sampled, testing, negative, pool_abnormal, positive, invalid };

// Why somebody has a paper code; also marks it as one.
enum class FlPaper : std::uint8_t { none, elder, minor, disabled };

struct FlColourFact {
  FlColour colour = FlColour::green;
  Instant read_at{};
  FlGrade grade = FlGrade::connector;
  bool operator==(const FlColourFact&) const = default;
};
struct FlNegative {
  Instant sampled_at{}, reported_at{};
  bool operator==(const FlNegative&) const = default;
};

struct FlClaims {
  std::string issuer;                 // 12-digit division code of the community.
  Instant issued_at{}, expires_at{};  // Whole seconds.
  std::string code_id;
  std::optional<std::string> holder;   // The phone's public key, compressed point.
  std::uint64_t person = 0;            // 1: row id; 0 for visitors and couriers.
  FlRole role = FlRole::resident;      // 2
  std::string name_masked;             // 3
  std::string last_four;               // 4: of the ID number or the telephone.
  std::string unit;                    // 5
  std::optional<FlColourFact> colour;  // 6: [colour, time, grade]
  std::optional<FlNat> nat_state;      // 7: of the latest sample
  std::optional<FlNegative> negative;  // 8: [sampled, reported]
  FlPaper paper = FlPaper::none;       // 9
  std::string photo_hash;              // 10: first 8 octets of SHA-256 over the picture; empty beside a phone's key.
  bool operator==(const FlClaims&) const = default;
};

// How long a code of this kind may live: a day, two hours for visitors and couriers, thirteen for a volunteer's badge
// (shift and an hour), 180 days on paper.
std::chrono::hours lifetime_max(const FlClaims& claims);

std::string encode_claims(const FlClaims& claims);
// Faults `invalid`: cbor.*, fl.claims_shape, fl.claims_value.
Result<FlClaims> decode_claims(std::string_view payload);

// Signs; the COSE message, without prefix.
std::string issue_fl(const FlClaims& claims, std::string_view key_id, const PrivateKey& key);
std::string fl_text(std::string_view cose);  // "FL1:...": paper, visitors, badges.
std::int64_t holder_step_of(Instant at);
std::string holder_octets(std::string_view code_id, std::int64_t step);
// What the phone shows: the code, the step and its own signature.
std::string fl_presented(std::string_view cose, std::int64_t step, std::string_view phone_signature);

enum class FlStage : std::uint8_t { ok, context, base45, cose, cwt, kid, signature, time, revocation, holder };
std::string_view name_of(FlStage stage);

enum class FlVerdict : std::uint8_t { accept, reject, unknown };  // Unknown: the list of revocations is too old to say.

struct FlChecks {  // Empty: not reached; holder also where the code is bound to no phone.
  std::optional<bool> context, base45, cose, cwt, kid, signature, time, revocation, holder;
};

struct FlReading {
  FlChecks checks;
  FlVerdict verdict = FlVerdict::reject;
  FlStage stage = FlStage::ok;  // Of the first failure.
  std::string reason;
  std::string cose, key_id;
  std::optional<FlClaims> claims;  // From the signed payload; to be believed only if the signature is good.
  std::optional<std::int64_t> step;
  bool copyable = true;  // No phone vouches for it: a picture of it is as good.
};

// An issuer's key as a verifier knows it.
struct IssuerKey {
  std::string key_id;
  PublicKey key;
  std::string issuer;
  Instant valid_from{}, valid_until{};  // Of signing.
  bool withdrawn = false;               // Nothing that it signed counts any more.
};

// Answers whether a code is revoked; empty if it cannot say.
class Revocations {
 public:
  virtual ~Revocations() = default;
  virtual std::optional<bool> revoked(std::string_view issuer, std::string_view code_id, Instant now) const = 0;
};

class IssuerKeys {
 public:
  virtual ~IssuerKeys() = default;
  virtual const IssuerKey* find(std::string_view key_id) const = 0;
};

// `revocations` may be null: then nothing is known of them, and the verdict is at best `unknown`.
FlReading verify_fl(std::string_view text, const IssuerKeys& keys, const Revocations* revocations, Instant now);

}  // namespace firstline::credential
