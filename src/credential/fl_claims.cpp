// The claims as CBOR and back. Strict: what is not written here is not read.

#include <algorithm>

#include "credential/fl.hpp"

namespace firstline::credential {
namespace {

constexpr std::int64_t issuer_claim = 1, expires_claim = 4, issued_claim = 6, code_id_claim = 7, holder_claim = 8,
                       facts_claim = -65537;
enum Fact : std::int64_t {
  person_fact = 1,
  role_fact,
  name_fact,
  last_four_fact,
  unit_fact,
  colour_fact,
  nat_state_fact,
  negative_fact,
  paper_fact,
  photo_fact
};
constexpr std::int64_t last_fact = photo_fact;
constexpr std::size_t photo_octets = 8;
// COSE_Key of a P-256 point: kind EC2, curve, x, and whether y is odd.
constexpr std::int64_t key_kind_label = 1, ec2 = 2, curve_label = -1, p256 = 1, x_label = -2, y_label = -3,
                       cose_key_member = 1;

std::int64_t seconds_of(Instant at) { return std::chrono::floor<std::chrono::seconds>(at).time_since_epoch().count(); }
Instant instant_of(std::int64_t seconds) { return Instant(std::chrono::seconds(seconds)); }

std::string number(std::int64_t value) { return CborWriter().integer(value).take(); }

using Pairs = std::vector<std::pair<std::string, std::string>>;

std::string holder_map(std::string_view compressed) {
  const bool odd = compressed.front() == 3;
  const std::string key = CborWriter()
                              .sorted_map({{number(key_kind_label), number(ec2)},
                                           {number(curve_label), number(p256)},
                                           {number(x_label), CborWriter().octets(compressed.substr(1)).take()},
                                           {number(y_label), CborWriter().boolean(odd).take()}})
                              .take();
  return CborWriter().map(1).integer(cose_key_member).raw(key).take();
}

std::string facts_map(const FlClaims& claims) {
  Pairs facts;
  const auto put = [&](std::int64_t fact, std::string value) { facts.emplace_back(number(fact), std::move(value)); };
  const auto put_text = [&](std::int64_t fact, const std::string& text) {
    if (!text.empty()) put(fact, CborWriter().text(text).take());
  };
  if (claims.person != 0) put(person_fact, number(static_cast<std::int64_t>(claims.person)));
  put(role_fact, number(static_cast<int>(claims.role)));
  put_text(name_fact, claims.name_masked);
  put_text(last_four_fact, claims.last_four);
  put_text(unit_fact, claims.unit);
  if (claims.colour)
    put(colour_fact, CborWriter()
                         .array(3)
                         .integer(static_cast<int>(claims.colour->colour))
                         .integer(seconds_of(claims.colour->read_at))
                         .integer(static_cast<int>(claims.colour->grade))
                         .take());
  if (claims.nat_state) put(nat_state_fact, number(static_cast<int>(*claims.nat_state)));
  if (claims.negative)
    put(negative_fact, CborWriter()
                           .array(2)
                           .integer(seconds_of(claims.negative->sampled_at))
                           .integer(seconds_of(claims.negative->reported_at))
                           .take());
  if (claims.paper != FlPaper::none) put(paper_fact, number(static_cast<int>(claims.paper)));
  if (!claims.photo_hash.empty()) put(photo_fact, CborWriter().octets(claims.photo_hash).take());
  return CborWriter().sorted_map(std::move(facts)).take();
}

tl::unexpected<Fault> bad_shape() { return fail(FaultCode::invalid, "fl.claims_shape"); }
tl::unexpected<Fault> bad_value() { return fail(FaultCode::invalid, "fl.claims_value"); }

// The map's only members are those of `labels`.
bool only(CborValue map, std::initializer_list<std::int64_t> labels) {
  if (!map.is(CborKind::map)) return false;
  std::uint32_t known = 0;
  for (const std::int64_t label : labels) known += map.find(label) ? 1 : 0;
  return known == map.item().count;
}

// The times of codes lie between 1970 and 2106; nothing else is a time of ours.
std::optional<Instant> time_in(std::optional<CborValue> value) {
  const auto seconds = value ? value->integer() : std::nullopt;
  if (!seconds || *seconds < 0 || *seconds > std::int64_t{UINT32_MAX}) return std::nullopt;
  return instant_of(*seconds);
}

template <class Enum>
std::optional<Enum> choice_in(std::optional<CborValue> value, Enum last) {
  const auto number = value ? value->integer() : std::nullopt;
  if (!number || *number < 0 || *number > static_cast<std::int64_t>(last)) return std::nullopt;
  return static_cast<Enum>(*number);
}

Result<std::string> holder_in(CborValue confirmation) {
  if (!only(confirmation, {cose_key_member})) return bad_shape();
  const CborValue key = *confirmation.find(cose_key_member);
  if (!only(key, {key_kind_label, curve_label, x_label, y_label}) || key.item().count != 4) return bad_shape();
  const auto x = key.find(x_label)->octets();
  const CborValue y = *key.find(y_label);
  if (key.find(key_kind_label)->integer() != ec2 || key.find(curve_label)->integer() != p256 || !x || x->size() != 32 ||
      !y.is(CborKind::boolean))
    return bad_value();
  return static_cast<char>(y.item().number != 0 ? 3 : 2) + std::string(*x);
}

Result<std::string> text_in(std::optional<CborValue> value, std::size_t octets_max) {
  if (!value) return std::string();
  const auto text = value->text();
  if (!text || text->empty() || text->size() > octets_max) return bad_value();
  return std::string(*text);
}

Result<void> read_colour(CborValue list, FlClaims& claims) {
  if (!list.is(CborKind::array) || list.item().count != 3) return bad_shape();
  const CborValue colour = list.first(), at = colour.following(), grade = at.following();
  const auto colour_read = choice_in(std::optional(colour), FlColour::red);
  const auto read_at = time_in(at);
  const auto grade_read = choice_in(std::optional(grade), FlGrade::visual);
  if (!colour_read || !read_at || !grade_read) return bad_value();
  claims.colour = FlColourFact{*colour_read, *read_at, *grade_read};
  return {};
}

Result<void> read_negative(CborValue list, FlClaims& claims) {
  if (!list.is(CborKind::array) || list.item().count != 2) return bad_shape();
  const auto sampled = time_in(list.first()), reported = time_in(list.first().following());
  if (!sampled || !reported || *reported < *sampled) return bad_value();
  claims.negative = FlNegative{*sampled, *reported};
  return {};
}

Result<void> read_facts(CborValue facts, FlClaims& claims) {
  if (!facts.is(CborKind::map)) return bad_shape();
  std::uint32_t known = 0;
  for (std::int64_t fact = 1; fact <= last_fact; ++fact) known += facts.find(fact) ? 1 : 0;
  if (known != facts.item().count) return bad_shape();
  if (const auto person = facts.find(person_fact)) {
    if (person->integer().value_or(0) <= 0) return bad_value();
    claims.person = static_cast<std::uint64_t>(*person->integer());
  }
  const auto role = choice_in(facts.find(role_fact), FlRole::volunteer);
  if (!role) return bad_value();
  claims.role = *role;
  FL_TRY(claims.name_masked, text_in(facts.find(name_fact), fl_name_octets_max));
  FL_TRY(claims.last_four, text_in(facts.find(last_four_fact), 4));
  FL_TRY(claims.unit, text_in(facts.find(unit_fact), fl_unit_octets_max));
  if (const auto colour = facts.find(colour_fact)) FL_TRYV(read_colour(*colour, claims));
  if (const auto state = facts.find(nat_state_fact)) {
    claims.nat_state = choice_in(state, FlNat::invalid);
    if (!claims.nat_state) return bad_value();
  }
  if (const auto negative = facts.find(negative_fact)) FL_TRYV(read_negative(*negative, claims));
  if (const auto paper = facts.find(paper_fact)) {
    const auto why = choice_in(paper, FlPaper::disabled);
    if (!why || *why == FlPaper::none) return bad_value();
    claims.paper = *why;
  }
  if (const auto photo = facts.find(photo_fact)) {
    if (!photo->octets() || photo->octets()->size() != photo_octets || claims.holder) return bad_value();
    claims.photo_hash = *photo->octets();
  }
  return {};
}

}  // namespace

std::chrono::hours lifetime_max(const FlClaims& claims) {
  using std::chrono::hours;
  if (claims.paper != FlPaper::none) return hours(24 * 180);
  switch (claims.role) {
    case FlRole::visitor:
    case FlRole::courier:
      return hours(2);
    case FlRole::volunteer:
      return hours(13);
    case FlRole::resident:
      break;
  }
  return hours(24);
}

std::string encode_claims(const FlClaims& claims) {
  Pairs pairs{{number(issuer_claim), CborWriter().text(claims.issuer).take()},
              {number(expires_claim), number(seconds_of(claims.expires_at))},
              {number(issued_claim), number(seconds_of(claims.issued_at))},
              {number(code_id_claim), CborWriter().octets(claims.code_id).take()},
              {number(facts_claim), facts_map(claims)}};
  if (claims.holder) pairs.emplace_back(number(holder_claim), holder_map(*claims.holder));
  return CborWriter().sorted_map(std::move(pairs)).take();
}

Result<FlClaims> decode_claims(std::string_view payload) {
  Cbor document;
  FL_TRYV(document.read(payload, CborRules::deterministic));
  const CborValue map = document.root();
  if (!only(map, {issuer_claim, expires_claim, issued_claim, code_id_claim, holder_claim, facts_claim}))
    return bad_shape();
  FlClaims claims;
  FL_TRY(claims.issuer, text_in(map.find(issuer_claim), 12));
  const auto issued = time_in(map.find(issued_claim)), expires = time_in(map.find(expires_claim));
  const auto code_id = map.find(code_id_claim);
  const auto facts = map.find(facts_claim);
  if (claims.issuer.empty() || !issued || !expires || !code_id || !facts) return bad_shape();
  if (!code_id->octets() || code_id->octets()->size() != code_id_octets || *expires <= *issued) return bad_value();
  claims.issued_at = *issued;
  claims.expires_at = *expires;
  claims.code_id = *code_id->octets();
  if (const auto holder = map.find(holder_claim)) {
    FL_TRY(claims.holder, holder_in(*holder));
  }
  FL_TRYV(read_facts(*facts, claims));
  return claims;
}

}  // namespace firstline::credential
