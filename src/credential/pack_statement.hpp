#pragma once

// What a community's key says about a gate's pack: which text it is, whose, and until when. The pack travels as text
// beside it, because a pack is large and its statement is not.
//
// A strict COSE message over {1: 3, 2: version, 3: issued, 4: not after, 5: issuer, 6: gate, 7: SHA-256 of the text}.
// Faults `invalid`: cbor.*, cose.*, list.shape, list.signature, list.root_unknown.

#include "credential/fl.hpp"

namespace firstline::credential {

struct PackStatement {
  std::string version;               // As the pack says it.
  Instant issued_at{}, not_after{};  // Whole seconds.
  std::string issuer;                // 12-digit division code of the community.
  std::string gate;                  // Its id in digits.
  std::string digest;                // 32 octets.
  bool operator==(const PackStatement&) const = default;
};

std::string encode_pack_statement(const PackStatement& statement, std::string_view key_id, const PrivateKey& key);
// Verified against a trusted key of the issuer that it names. Its time is not looked at.
Result<PackStatement> read_pack_statement(std::string_view octets, const IssuerKeys& keys);
// What a phone must find true before it takes a pack: a statement of a trusted key, about this text, for this gate, not
// over. Also `invalid` pack.other_text, pack.other_gate; `stale` pack.too_old.
Result<PackStatement> check_pack(std::string_view octets, const IssuerKeys& keys, std::string_view text,
                                 std::string_view gate, Instant now);
// The payload alone, as if its signature had been good.
Result<PackStatement> decode_pack_statement(std::string_view payload);

}  // namespace firstline::credential
