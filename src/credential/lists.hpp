#pragma once

// The two files that gates carry: which issuer keys are trusted (signed by a root that is kept offline), and which
// codes are revoked (signed by the community's own key). Both are strict COSE messages with a number that only grows
// and a time after which they say nothing any more.
//
// Trust list: {1: 1, 2: number, 3: issued, 4: not after, 5: [[key id, point, issuer, from, until, withdrawn], ...]},
// by key id. Revocations: {1: 2, 2: number, 3: issued, 4: not after, 5: issuer, 6: code ids, sorted, end to end}:
// exact, so that nobody is refused by chance. Faults `invalid`: cbor.*, cose.*, list.shape, list.order, list.signature,
// list.root_unknown; `stale`: list.too_old, list.older_than_known.

#include <map>

#include "credential/fl.hpp"

namespace firstline::credential {

inline constexpr std::size_t list_bytes_max = 1 << 20;

struct TrustList final : IssuerKeys {
  std::int64_t number = 0;
  Instant issued_at{}, not_after{};
  std::vector<IssuerKey> keys;  // By key id.

  const IssuerKey* find(std::string_view key_id) const override;
};

struct RevocationList {
  std::int64_t number = 0;
  Instant issued_at{}, not_after{};
  std::string issuer;
  std::string code_ids;  // 8 octets each, ascending.

  bool holds(std::string_view code_id) const;
};

std::string encode_trust_list(const TrustList& list, const PrivateKey& root);
// Verified against the root, and not after its time.
Result<TrustList> read_trust_list(std::string_view octets, const PublicKey& root, Instant now);

// The payload alone, as if its signature had been good.
Result<TrustList> decode_trust_list(std::string_view payload);

std::string encode_revocations(const RevocationList& list, std::string_view key_id, const PrivateKey& key);
// Verified against a trusted key of the issuer that it names. Its age is not looked at: see KnownRevocations.
Result<RevocationList> read_revocations(std::string_view octets, const IssuerKeys& keys);
Result<RevocationList> decode_revocations(std::string_view payload, std::string_view issuer);

// The lists that a verifier holds, one an issuer; a list older than `age_max`, or past its time, cannot say "valid".
class KnownRevocations final : public Revocations {
 public:
  explicit KnownRevocations(std::chrono::hours age_max) : age_max_(age_max) {}
  // Fault stale list.older_than_known.
  Result<void> take(RevocationList list);
  std::optional<bool> revoked(std::string_view issuer, std::string_view code_id, Instant now) const override;

 private:
  std::chrono::hours age_max_;
  std::map<std::string, RevocationList, std::less<>> lists_;
};

}  // namespace firstline::credential
