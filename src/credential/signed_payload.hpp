#pragma once

// What our signed files share: a strict COSE message over a deterministic map that begins with its format. Internal to
// the module.

#include <optional>
#include <string>
#include <string_view>

#include "credential/cose.hpp"
#include "credential/fl.hpp"
#include "credential/keys.hpp"

namespace firstline::credential {

// The first member of each says what it is, so that none can be taken for another.
inline constexpr std::int64_t format_label = 1, trust_format = 1, revocation_format = 2, pack_format = 3;

std::int64_t seconds_of(Instant at);
// Whole seconds of this century; empty for anything else.
std::optional<Instant> time_in(std::optional<CborValue> value);

std::string signed_payload(std::string_view payload, std::string_view key_id, const PrivateKey& key);
// Fault invalid list.signature.
Result<void> check_signature(CoseReader& message, const PublicKey& key);
// The trusted key that a message names and that signed it. Faults invalid list.root_unknown, list.signature.
Result<const IssuerKey*> check_signer(CoseReader& message, const IssuerKeys& keys);

tl::unexpected<Fault> bad_shape();  // invalid list.shape

}  // namespace firstline::credential
