#include "credential/lists.hpp"

#include <algorithm>

#include "credential/signed_payload.hpp"

namespace firstline::credential {
namespace {

constexpr std::int64_t number_label = 2, issued_label = 3, not_after_label = 4, keys_label = 5, issuer_label = 5,
                       code_ids_label = 6;

// What both lists begin with.
template <class List>
Result<void> read_head(CborValue map, std::int64_t format, std::uint32_t members, List& list) {
  if (!map.is(CborKind::map) || map.item().count != members) return bad_shape();
  const auto kind = map.find(format_label), number = map.find(number_label);
  const auto issued = time_in(map.find(issued_label)), not_after = time_in(map.find(not_after_label));
  if (!kind || kind->integer() != format || !number || number->integer().value_or(0) <= 0 || !issued || !not_after)
    return bad_shape();
  list.number = *number->integer();
  list.issued_at = *issued;
  list.not_after = *not_after;
  return {};
}

Result<IssuerKey> read_key(CborValue row) {
  if (!row.is(CborKind::array) || row.item().count != 6) return bad_shape();
  const CborValue id = row.first(), point = id.following(), issuer = point.following(), from = issuer.following(),
                  until = from.following(), withdrawn = until.following();
  const auto valid_from = time_in(from), valid_until = time_in(until);
  if (!id.octets() || id.octets()->size() != 8 || !point.octets() || point.octets()->size() != 65 || !issuer.text() ||
      !valid_from || !valid_until || !withdrawn.is(CborKind::boolean))
    return bad_shape();
  FL_TRY(auto key, PublicKey::from_point(*point.octets()));
  // A name that is not its key's own could stand for two keys at two gates.
  if (key_id_of(key) != *id.octets()) return bad_shape();
  return IssuerKey{std::string(*id.octets()),   std::move(key), std::string(*issuer.text()), *valid_from, *valid_until,
                   withdrawn.item().number != 0};
}

}  // namespace

const IssuerKey* TrustList::find(std::string_view key_id) const {
  const auto at = std::lower_bound(keys.begin(), keys.end(), key_id,
                                   [](const IssuerKey& key, std::string_view id) { return key.key_id < id; });
  return at != keys.end() && at->key_id == key_id ? &*at : nullptr;
}

std::string encode_trust_list(const TrustList& list, const PrivateKey& root) {
  CborWriter out;
  out.map(5).integer(format_label).integer(trust_format).integer(number_label).integer(list.number);
  out.integer(issued_label)
      .integer(seconds_of(list.issued_at))
      .integer(not_after_label)
      .integer(seconds_of(list.not_after));
  out.integer(keys_label).array(list.keys.size());
  std::vector<const IssuerKey*> ordered;
  for (const IssuerKey& key : list.keys) ordered.push_back(&key);
  std::sort(ordered.begin(), ordered.end(), [](auto* a, auto* b) { return a->key_id < b->key_id; });
  for (const IssuerKey* key : ordered)
    out.array(6)
        .octets(key->key_id)
        .octets(key->key.point())
        .text(key->issuer)
        .integer(seconds_of(key->valid_from))
        .integer(seconds_of(key->valid_until))
        .boolean(key->withdrawn);
  return signed_payload(out.bytes(), key_id_of(root.public_key()), root);
}

Result<TrustList> read_trust_list(std::string_view octets, const PublicKey& root, Instant now) {
  CoseReader message;
  FL_TRYV(message.read(octets, CoseRules::strict, list_bytes_max));
  if (*message.message().key_id != key_id_of(root)) return fail(FaultCode::invalid, "list.root_unknown");
  FL_TRYV(check_signature(message, root));
  FL_TRY(auto list, decode_trust_list(message.message().payload));
  if (now > list.not_after) return fail(FaultCode::stale, "list.too_old");
  return list;
}

Result<TrustList> decode_trust_list(std::string_view payload) {
  Cbor document;
  FL_TRYV(document.read(payload, CborRules::deterministic, list_bytes_max));
  TrustList list;
  FL_TRYV(read_head(document.root(), trust_format, 5, list));
  const auto rows = document.root().find(keys_label);
  if (!rows || !rows->is(CborKind::array)) return bad_shape();
  CborValue row = rows->first();
  for (std::uint32_t i = 0; i < rows->item().count; ++i, row = row.following()) {
    FL_TRY(auto key, read_key(row));
    if (!list.keys.empty() && key.key_id <= list.keys.back().key_id) return fail(FaultCode::invalid, "list.order");
    list.keys.push_back(std::move(key));
  }
  return list;
}

std::string encode_revocations(const RevocationList& list, std::string_view key_id, const PrivateKey& key) {
  CborWriter out;
  out.map(6).integer(format_label).integer(revocation_format).integer(number_label).integer(list.number);
  out.integer(issued_label)
      .integer(seconds_of(list.issued_at))
      .integer(not_after_label)
      .integer(seconds_of(list.not_after));
  out.integer(issuer_label).text(list.issuer).integer(code_ids_label).octets(list.code_ids);
  return signed_payload(out.bytes(), key_id, key);
}

Result<RevocationList> read_revocations(std::string_view octets, const IssuerKeys& keys) {
  CoseReader message;
  FL_TRYV(message.read(octets, CoseRules::strict, list_bytes_max));
  FL_TRY(const IssuerKey* const key, check_signer(message, keys));
  return decode_revocations(message.message().payload, key->issuer);
}

Result<RevocationList> decode_revocations(std::string_view payload, std::string_view named) {
  Cbor document;
  FL_TRYV(document.read(payload, CborRules::deterministic, list_bytes_max));
  RevocationList list;
  FL_TRYV(read_head(document.root(), revocation_format, 6, list));
  const auto issuer = document.root().find(issuer_label), ids = document.root().find(code_ids_label);
  if (!issuer || issuer->text() != named || !ids || !ids->octets() || ids->octets()->size() % code_id_octets != 0)
    return bad_shape();
  list.issuer = named;
  list.code_ids = *ids->octets();
  for (std::size_t at = code_id_octets; at < list.code_ids.size(); at += code_id_octets)
    if (list.code_ids.compare(at, code_id_octets, list.code_ids, at - code_id_octets, code_id_octets) <= 0)
      return fail(FaultCode::invalid, "list.order");
  return list;
}

bool RevocationList::holds(std::string_view code_id) const {
  if (code_id.size() != code_id_octets) return false;
  std::size_t from = 0, until = code_ids.size() / code_id_octets;
  while (from < until) {
    const std::size_t middle = (from + until) / 2;
    const int order = code_ids.compare(middle * code_id_octets, code_id_octets, code_id);
    if (order == 0) return true;
    if (order < 0) from = middle + 1;
    else until = middle;
  }
  return false;
}

Result<void> KnownRevocations::take(RevocationList list) {
  auto& known = lists_[list.issuer];
  if (list.number < known.number) return fail(FaultCode::stale, "list.older_than_known");
  known = std::move(list);
  return {};
}

std::optional<bool> KnownRevocations::revoked(std::string_view issuer, std::string_view code_id, Instant now) const {
  const auto found = lists_.find(issuer);
  if (found == lists_.end()) return std::nullopt;
  // A revocation holds for good; only "not revoked" can be too old to be believed.
  if (found->second.holds(code_id)) return true;
  if (now > found->second.not_after || now - found->second.issued_at > age_max_) return std::nullopt;
  return false;
}

}  // namespace firstline::credential
