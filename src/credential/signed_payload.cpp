#include "credential/signed_payload.hpp"

#include "base/check.hpp"

namespace firstline::credential {

tl::unexpected<Fault> bad_shape() { return fail(FaultCode::invalid, "list.shape"); }

std::int64_t seconds_of(Instant at) { return std::chrono::floor<std::chrono::seconds>(at).time_since_epoch().count(); }

std::optional<Instant> time_in(std::optional<CborValue> value) {
  const auto seconds = value ? value->integer() : std::nullopt;
  if (!seconds || *seconds < 0 || *seconds > std::int64_t{UINT32_MAX}) return std::nullopt;
  return Instant(std::chrono::seconds(*seconds));
}

std::string signed_payload(std::string_view payload, std::string_view key_id, const PrivateKey& key) {
  auto made = make_cose(algorithm_es256, key_id, payload,
                        [&](std::string_view octets) -> Result<std::string> { return key.sign(octets); });
  FL_CHECK(made.has_value());
  return std::move(*made);
}

Result<void> check_signature(CoseReader& message, const PublicKey& key) {
  if (message.message().algorithm != algorithm_es256 ||
      key.verify(algorithm_es256, message.signed_octets(), message.message().signature) != SignatureAnswer::good)
    return fail(FaultCode::invalid, "list.signature");
  return {};
}

Result<const IssuerKey*> check_signer(CoseReader& message, const IssuerKeys& keys) {
  const IssuerKey* const key = keys.find(*message.message().key_id);
  if (!key || key->withdrawn) return fail(FaultCode::invalid, "list.root_unknown");
  FL_TRYV(check_signature(message, key->key));
  return key;
}

}  // namespace firstline::credential
