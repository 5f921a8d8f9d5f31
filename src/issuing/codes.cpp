// Codes made and revoked.

#include <algorithm>

#include "access/qr.hpp"
#include "area/service.hpp"
#include "credential/text_codes.hpp"
#include "health/service.hpp"
#include "issuing/parts.hpp"
#include "issuing/service.hpp"
#include "json/json.hpp"

namespace firstline::issuing {
namespace {

using namespace std::chrono_literals;
using credential::FlClaims;
using credential::FlRole;
using store::Session;

constexpr auto personal_life = 24h;
constexpr int badge_hours_max = 13, visitor_hours_max = 2, paper_days_max = 180, paper_days_usual = 7;
constexpr int elder_from = 60, minor_below = 18;

tl::unexpected<Fault> invalid(std::string_view reason, std::string where) {
  return fail(FaultCode::invalid, reason, {}, std::move(where));
}

// At most so many octets, whole characters only.
std::string cut(std::string text, std::size_t octets_max) {
  if (text.size() <= octets_max) return text;
  while (octets_max > 0 && (static_cast<unsigned char>(text[octets_max]) & 0xc0) == 0x80) --octets_max;
  text.resize(octets_max);
  return text;
}

std::string last_four_of(const person::Person& person) {
  const std::string number = person.id_number ? *person.id_number : person.phone.value_or("");
  return number.size() < 4 ? std::string() : number.substr(number.size() - 4);
}

void add_standing(FlClaims& claims, const health::Standing& stands) {
  using namespace credential;
  if (stands.code)
    claims.colour = FlColourFact{static_cast<FlColour>(stands.code->colour), stands.code->read_at,
                                 static_cast<FlGrade>(stands.code->grade)};
  if (stands.nat.state != health::NatState::not_sampled)
    claims.nat_state = static_cast<FlNat>(static_cast<int>(stands.nat.state) - 1);
  if (stands.nat.last_negative)
    claims.negative = FlNegative{stands.nat.last_negative->sampled_at, stands.nat.last_negative->reported_at};
}
static_assert(static_cast<int>(credential::FlNat::sampled) == static_cast<int>(health::NatState::sampled) - 1 &&
              static_cast<int>(credential::FlNat::invalid) == static_cast<int>(health::NatState::invalid) - 1 &&
              static_cast<int>(credential::FlColour::red) == static_cast<int>(health::CodeColour::red) &&
              static_cast<int>(credential::FlGrade::visual) == static_cast<int>(health::EvidenceGrade::visual));

// What is known of a resident, as a code says it.
Result<FlClaims> claims_of(Session& session, const Ground& ground, person::PersonRef who) {
  FL_TRY(const auto person, ground.people->find(session, who));
  FL_TRY(const auto resident, ground.people->resident(session, who));
  FL_TRY(const auto stands, health::standing(session, who.community_id, who.person_id));
  FlClaims claims;
  claims.person = static_cast<std::uint64_t>(who.person_id.value);
  claims.name_masked = cut(person::mask_name(person.name), credential::fl_name_octets_max);
  claims.last_four = last_four_of(person);
  claims.unit = cut(resident.household_label, credential::fl_unit_octets_max);
  add_standing(claims, stands);
  return claims;
}

struct Issued {
  CodeRow row;
  std::string cose;
};

// Signs, and keeps that it did.
Result<Issued> issue(http::Call& call, const Ground& ground, AreaId community, FlClaims& claims, CodeRow row,
                     std::chrono::hours life) {
  Session& session = *call.session;
  FL_TRY(const auto signer, signer_of(session, ground.people->key(), community, call.now, *call.random));
  claims.issuer = signer.row.issuer;
  claims.issued_at = Instant(std::chrono::floor<std::chrono::seconds>(call.now));
  claims.expires_at = claims.issued_at + life;
  std::array<std::byte, credential::code_id_octets> code_id;
  call.random->fill(code_id);
  claims.code_id = text_of(code_id);
  row.community_id = community;
  row.id = session.new_id<CodeRef>(call.now);
  row.code_id.assign(code_id.begin(), code_id.end());
  row.person_id = PersonId{static_cast<std::int64_t>(claims.person)};
  row.key_id = signer.row.key_id;
  row.issued_at = claims.issued_at;
  row.expires_at = claims.expires_at;
  row.issued_by = call.actor.account;
  FL_TRYV(add(session, row));
  // From the first code on there is a list to be asked: without one, gates could only say "unknown".
  FL_TRYV(begin(session, ground, community, call.now, *call.random));
  return Issued{std::move(row), credential::issue_fl(claims, text_of(signer.row.key_id), signer.key)};
}

struct IssueBody {
  CodeKind kind = CodeKind::paper;
  std::optional<PaperGround> ground;
  Instant expires_at{};
};
BOOST_DESCRIBE_STRUCT(IssueBody, (), (kind, ground, expires_at))
struct RevokeBody {
  CodeKind kind = CodeKind::paper;
  RevokeReason reason = RevokeReason::other;
};
BOOST_DESCRIBE_STRUCT(RevokeBody, (), (kind, reason))

std::string subject_of(const CodeRow& row) { return "issued_code:" + format_id(row.id.value); }

bool may_have_paper(const person::Person& person, PaperGround ground, Date today) {
  const auto age = person.born_on ? std::optional(age_years(*person.born_on, today)) : std::nullopt;
  switch (ground) {
    case PaperGround::elder:
      return age && *age >= elder_from;
    case PaperGround::minor:
      return age && *age < minor_below;
    case PaperGround::disabled:
      return std::find(person.marks.begin(), person.marks.end(), person::Mark::disabled) != person.marks.end();
  }
  return false;
}

Result<std::string> photo_in(const api::IssueCode& command) {
  if (!command.photo_hash) return std::string();
  const auto hash = credential::from_base64(*command.photo_hash);
  if (!hash || hash->size() != 8) return invalid("code.bad_photo", "/photo_hash");
  return *hash;
}

struct Wanted {
  FlClaims claims;
  CodeRow row;
  std::chrono::hours life{};
};

Result<Wanted> paper(http::Call& call, const Ground& ground, AreaId community, const api::IssueCode& command) {
  if (!command.person_id) return invalid("json.missing_field", "/person_id");
  if (!command.ground) return invalid("json.missing_field", "/ground");
  const int days = command.days.value_or(paper_days_usual);
  if (days < 1 || days > paper_days_max) return invalid("code.bad_days", "/days");
  const person::PersonRef who{community, *command.person_id};
  FL_TRY(const auto person, ground.people->find(*call.session, who));
  if (!may_have_paper(person, *command.ground, civil_date(call.now)))
    return fail(FaultCode::conflict, "code.paper_not_for_them", {}, "/ground");
  Wanted wanted;
  FL_TRY(wanted.claims, claims_of(*call.session, ground, who));
  wanted.claims.paper = static_cast<credential::FlPaper>(static_cast<int>(*command.ground) + 1);
  wanted.row.kind = CodeKind::paper;
  wanted.row.ground = command.ground;
  wanted.life = std::chrono::days(days);
  return wanted;
}

Result<Wanted> for_a_while(http::Call& call, const Ground& ground, AreaId community, const api::IssueCode& command) {
  const bool badge = command.kind == CodeKind::badge;
  const int hours_max = badge ? badge_hours_max : visitor_hours_max;
  const int hours = command.hours.value_or(hours_max);
  if (hours < 1 || hours > hours_max) return invalid("code.bad_hours", "/hours");
  Wanted wanted;
  if (badge && command.person_id) {
    FL_TRY(wanted.claims, claims_of(*call.session, ground, {community, *command.person_id}));
  } else {
    if (!command.name || command.name->empty()) return invalid("code.name_missing", "/name");
    const std::string digits = command.last_four.value_or("");
    if (digits.size() > 4) return invalid("code.bad_last_four", "/last_four");
    wanted.claims.name_masked = cut(person::mask_name(*command.name), credential::fl_name_octets_max);
    wanted.claims.last_four = digits;
  }
  if (command.unit) wanted.claims.unit = cut(*command.unit, credential::fl_unit_octets_max);
  wanted.claims.role = badge ? FlRole::volunteer : FlRole::visitor;
  wanted.row.kind = command.kind;
  wanted.life = std::chrono::hours(hours);
  return wanted;
}

api::CodeView view_of(const CodeRow& row) {
  return {row.id, row.kind, row.ground, row.issued_at, row.expires_at, row.revoked_at, row.revoke_reason};
}

Result<void> put_an_end(http::Call& call, CodeRow& row, RevokeReason reason) {
  row.revoked_at = call.now;
  row.revoked_by = call.actor.account;
  row.revoke_reason = reason;
  FL_TRY(const bool changed, put_revoked(*call.session, row));
  if (!changed) return fail(FaultCode::conflict, "code.ended");
  return note_fact(*call.session, {call.actor.account, call.actor.device}, row.community_id, "issuing.code_revoked",
                   subject_of(row), json::write(RevokeBody{row.kind, reason}), call.now);
}

}  // namespace

Result<api::PhoneCode> issue_for_phone(http::Call& call, const Ground& ground, const api::AskCode& command) {
  if (!call.actor.person) return fail(FaultCode::not_found, "person.none_of_this_account");
  const person::PersonRef self{call.actor.person_community, call.actor.person};
  person::PersonRef who = self;
  if (command.person_id && *command.person_id != self.person_id) {
    who.person_id = *command.person_id;
    FL_TRY(const auto me, ground.people->find(*call.session, self));
    FL_TRY(const auto other, ground.people->find(*call.session, who));
    if (!me.household_id || other.household_id != me.household_id)
      return fail(FaultCode::forbidden, "scan.not_your_household", {}, "/person_id");
  }
  const auto point = credential::from_base64(command.holder);
  const auto holder = point ? credential::PublicKey::from_point(*point)
                            : Result<credential::PublicKey>(invalid("code.bad_holder", "/holder"));
  if (!holder) return invalid("code.bad_holder", "/holder");
  FL_TRY(auto claims, claims_of(*call.session, ground, who));
  claims.holder = holder->compressed();
  FL_TRY(const auto made, issue(call, ground, who.community_id, claims, CodeRow{}, personal_life));
  return api::PhoneCode{credential::fl_text(made.cose), credential::to_base64(claims.code_id),
                        static_cast<int>(credential::holder_step.count()), claims.issued_at, claims.expires_at};
}

Result<api::PrintedCode> issue_at_desk(http::Call& call, const Ground& ground, AreaId community,
                                       const api::IssueCode& command) {
  if (command.kind == CodeKind::personal) return invalid("code.bad_kind", "/kind");
  FL_TRY(auto wanted, command.kind == CodeKind::paper ? paper(call, ground, community, command)
                                                      : for_a_while(call, ground, community, command));
  FlClaims& claims = wanted.claims;
  FL_TRY(claims.photo_hash, photo_in(command));
  if (claims.photo_hash.empty() && claims.last_four.empty())
    return fail(FaultCode::conflict, "code.nothing_to_compare", {}, "/photo_hash");
  FL_TRY(const auto made, issue(call, ground, community, claims, wanted.row, wanted.life));
  FL_TRYV(note_fact(*call.session, {call.actor.account, call.actor.device}, community, "issuing.code_issued",
                    subject_of(made.row), json::write(IssueBody{made.row.kind, made.row.ground, made.row.expires_at}),
                    call.now));
  const std::string text = credential::fl_text(made.cose);
  return api::PrintedCode{made.row.id,
                          text,
                          access::qr_svg(text, access::QrLevel::quartile),
                          claims.name_masked,
                          claims.last_four,
                          claims.unit,
                          made.row.kind,
                          claims.expires_at};
}

Result<api::CodeList> codes_of(Session& session, AreaId community, PersonId person) {
  FL_TRY(const auto rows,
         person ? load_codes_of(session, community, person) : load_codes_of_nobody(session, community));
  api::CodeList list;
  for (const CodeRow& row : rows) list.items.push_back(view_of(row));
  return list;
}

Result<api::CodeView> revoke(http::Call& call, const Ground& ground, AreaId community, CodeRef code,
                             RevokeReason reason) {
  FL_TRY(auto row, load_code(*call.session, community, code));
  if (!row) return fail(FaultCode::not_found, "code.unknown");
  FL_TRYV(put_an_end(call, *row, reason));
  FL_TRYV(sign_revocations(*call.session, ground.people->key(), community, call.now, *call.random));
  return view_of(*row);
}

Result<int> revoke_all_of(http::Call& call, const Ground& ground, AreaId community, PersonId person,
                          RevokeReason reason) {
  FL_TRY(auto rows, load_codes_of(*call.session, community, person));
  int ended = 0;
  for (CodeRow& row : rows) {
    if (row.revoked_at || row.expires_at <= call.now) continue;
    FL_TRYV(put_an_end(call, row, reason));
    ++ended;
  }
  if (ended > 0) FL_TRYV(sign_revocations(*call.session, ground.people->key(), community, call.now, *call.random));
  return ended;
}

Result<std::optional<Instant>> paper_until(Session& session, AreaId community, PersonId person, Instant moment) {
  FL_TRY(const auto row, load_paper(session, community, person, moment));
  return row ? std::optional(row->until) : std::nullopt;
}

Result<std::map<PersonId, Instant>> papers_until(Session& session, AreaId community, Instant moment) {
  FL_TRY(const auto rows, load_papers(session, community, moment));
  std::map<PersonId, Instant> until;
  for (const PaperRow& row : rows) until.emplace(row.person_id, row.until);
  return until;
}

}  // namespace firstline::issuing
