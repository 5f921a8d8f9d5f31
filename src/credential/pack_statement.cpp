#include "credential/pack_statement.hpp"

#include "credential/signed_payload.hpp"

namespace firstline::credential {
namespace {

constexpr std::int64_t version_label = 2, issued_label = 3, not_after_label = 4, issuer_label = 5, gate_label = 6,
                       digest_label = 7;
constexpr std::size_t members = 7, digest_octets = 32;

}  // namespace

std::string encode_pack_statement(const PackStatement& statement, std::string_view key_id, const PrivateKey& key) {
  CborWriter out;
  out.map(members).integer(format_label).integer(pack_format).integer(version_label).text(statement.version);
  out.integer(issued_label).integer(seconds_of(statement.issued_at));
  out.integer(not_after_label).integer(seconds_of(statement.not_after));
  out.integer(issuer_label).text(statement.issuer).integer(gate_label).text(statement.gate);
  out.integer(digest_label).octets(statement.digest);
  return signed_payload(out.bytes(), key_id, key);
}

Result<PackStatement> read_pack_statement(std::string_view octets, const IssuerKeys& keys) {
  CoseReader message;
  FL_TRYV(message.read(octets, CoseRules::strict));
  FL_TRY(const IssuerKey* const key, check_signer(message, keys));
  FL_TRY(auto statement, decode_pack_statement(message.message().payload));
  if (statement.issuer != key->issuer) return bad_shape();
  return statement;
}

Result<PackStatement> check_pack(std::string_view octets, const IssuerKeys& keys, std::string_view text,
                                 std::string_view gate, Instant now) {
  FL_TRY(auto statement, read_pack_statement(octets, keys));
  if (statement.digest != sha256(text)) return fail(FaultCode::invalid, "pack.other_text");
  if (statement.gate != gate) return fail(FaultCode::invalid, "pack.other_gate");
  if (now > statement.not_after) return fail(FaultCode::stale, "pack.too_old");
  return statement;
}

Result<PackStatement> decode_pack_statement(std::string_view payload) {
  Cbor document;
  FL_TRYV(document.read(payload, CborRules::deterministic));
  const CborValue map = document.root();
  if (!map.is(CborKind::map) || map.item().count != members) return bad_shape();
  const auto format = map.find(format_label), version = map.find(version_label), issuer = map.find(issuer_label),
             gate = map.find(gate_label), digest = map.find(digest_label);
  const auto issued = time_in(map.find(issued_label)), not_after = time_in(map.find(not_after_label));
  if (!format || format->integer() != pack_format || !version || !version->text() || !issuer || !issuer->text() ||
      !gate || !gate->text() || !digest || !digest->octets() || digest->octets()->size() != digest_octets || !issued ||
      !not_after)
    return bad_shape();
  return PackStatement{
      std::string(*version->text()), *issued, *not_after, std::string(*issuer->text()), std::string(*gate->text()),
      std::string(*digest->octets())};
}

}  // namespace firstline::credential
