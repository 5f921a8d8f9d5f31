#include "movement/visit_fields.hpp"

#include "movement/consequences.hpp"
#include "movement/reveal.hpp"
#include "movement/visits.hpp"

namespace firstline::movement {
namespace {

constexpr std::string_view alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
constexpr std::string_view prefix = "FLV:";
constexpr int code_length = 10, companions_max = 20, minutes_a_day = 24 * 60, every_day = 0x7f;
constexpr std::chrono::hours expected_ahead{24};
constexpr std::size_t name_bytes_max = 60, field_bytes_max = 30, note_bytes_max = 300, place_bytes_max = 120;
constexpr std::chrono::days once_max{31}, repeated_max{366}, ahead_max{366};
constexpr person::Field name_field{"visit", "name"}, phone_field{"visit", "phone"}, plate_field{"visit", "plate"},
    note_field{"visit", "note"};

bool blank(std::string_view text) { return text.find_first_not_of(" \t\r\n") == std::string_view::npos; }

Result<void> check(const api::VisitCommand& command, Instant now) {
  const auto bad = [](const char* reason, const char* where) { return fail(FaultCode::invalid, reason, {}, where); };
  if (blank(command.name) || command.name.size() > name_bytes_max) return bad("visit.bad_name", "/name");
  const bool phone_good = !command.phone || command.phone->size() <= field_bytes_max;
  if (!phone_good || (command.plate && command.plate->size() > field_bytes_max) ||
      (command.note && command.note->size() > note_bytes_max))
    return bad("visit.bad_field", "/phone");
  if ((command.from_name && command.from_name->size() > place_bytes_max) ||
      (command.from_code && !command.from_code->empty() && !policy::is_division_code(*command.from_code)))
    return bad("visit.bad_place", "/from_code");
  if (command.companions < 0 || command.companions > companions_max) return bad("visit.bad_field", "/companions");
  const bool repeated = command.weekdays.value_or(0) != 0;
  const auto longest = repeated ? repeated_max : once_max;
  if (command.until <= command.from || command.until <= now || command.until - command.from > longest ||
      command.from > now + ahead_max)
    return bad("visit.bad_hours", "/until");
  if (!repeated) return {};
  const int from = command.minute_from.value_or(0), until = command.minute_until.value_or(minutes_a_day);
  if (command.weekdays < 0 || command.weekdays > every_day || from < 0 || until > minutes_a_day || from >= until)
    return bad("visit.bad_hours", "/weekdays");
  return {};
}

Result<std::optional<std::string>> opened(const person::FieldKey& key, person::Field field, VisitorId id,
                                          const std::optional<store::Bytes>& sealed) {
  if (!sealed) return std::optional<std::string>();
  FL_TRY(auto clear, key.open(field, id.value, *sealed));
  return std::optional(std::move(clear));
}

// The company of a courier is no person's name.
std::string shown_name(const VisitRow& visit, std::string name, bool for_host) {
  if (for_host || visit.kind == VisitKind::courier) return name;
  return person::mask_name(name);
}

Result<VisitAtGate> at_gate(const Ground& ground, const std::optional<VisitRow>& visit, Instant now) {
  if (!visit) return fail(FaultCode::not_found, "visit.unknown", {}, "/token");
  FL_TRY(auto name, ground.people->key().open(name_field, visit->id.value, visit->name_sealed));
  return VisitAtGate{visit->community_id,
                     visit->id,
                     visit->household_id,
                     visit->compound_id,
                     visit->kind,
                     visit->state,
                     visit->weekdays != 0,
                     span_at(hours_of(*visit), now),
                     shown_name(*visit, std::move(name), false)};
}

}  // namespace

std::string token_of(const VisitRow& visit) { return std::string(prefix) + visit.code; }
bool is_visit_token(std::string_view text) { return text.starts_with(prefix); }
VisitHours hours_of(const VisitRow& visit) {
  return {visit.from_at, visit.until_at, visit.weekdays, visit.minute_from, visit.minute_until};
}

Result<VisitRow> sealed_visit(http::Call& call, const Ground& ground, const api::VisitCommand& command) {
  FL_TRYV(check(command, call.now));
  VisitRow visit;
  visit.id = call.session->new_id<VisitorId>(call.now);
  visit.kind = command.kind;
  for (int i = 0; i < code_length; ++i) visit.code += alphabet[call.random->below(alphabet.size())];
  const auto seal = [&](person::Field field, const std::optional<std::string>& text) {
    std::optional<store::Bytes> sealed;
    if (text && !blank(*text)) sealed = ground.people->key().seal(*call.random, field, visit.id.value, *text);
    return sealed;
  };
  visit.name_sealed = seal(name_field, command.name).value();
  visit.phone_sealed = seal(phone_field, command.phone);
  visit.plate_sealed = seal(plate_field, command.plate);
  visit.note_sealed = seal(note_field, command.note);
  visit.companions = command.companions;
  visit.from_at = command.from;
  visit.until_at = command.until;
  visit.weekdays = command.weekdays.value_or(0);
  if (visit.weekdays != 0) {
    visit.minute_from = command.minute_from.value_or(0);
    visit.minute_until = command.minute_until.value_or(minutes_a_day);
  }
  visit.from_code = command.from_code.value_or("");
  visit.from_name = command.from_name.value_or("");
  visit.made_at = call.now;
  visit.made_by = call.actor.account;
  return visit;
}

Result<api::VisitView> view_of(store::Session& session, const Ground& ground, const VisitRow& visit, Instant now,
                               bool for_host) {
  const auto& key = ground.people->key();
  api::VisitView view;
  view.visit_id = visit.id;
  view.kind = visit.kind;
  view.state = visit.state;
  view.expired = now >= visit.until_at && visit.state != VisitState::inside &&
                 (is_expected(visit.state) || visit.state == VisitState::asked);
  FL_TRY(auto name, key.open(name_field, visit.id.value, visit.name_sealed));
  view.name = shown_name(visit, std::move(name), for_host);
  FL_TRY(const auto phone, opened(key, phone_field, visit.id, visit.phone_sealed));
  if (phone) view.phone_masked = person::mask_phone(*phone);
  FL_TRY(const auto plate, opened(key, plate_field, visit.id, visit.plate_sealed));
  if (plate) view.plate_masked = person::mask_phone(*plate);  // All but the last two.
  view.has_note = visit.note_sealed.has_value();
  view.companions = visit.companions;
  view.from_name = visit.from_name;
  view.from_code = visit.from_code;
  if (!visit.from_code.empty()) {
    FL_TRY(const Lists lists, lists_about(session, ground, visit.community_id, visit.from_code, now));
    view.risk = rate(lists, visit.from_code, civil_date(now), civil_date(now)).risk;
  }
  view.from = visit.from_at;
  view.until = visit.until_at;
  if (visit.weekdays != 0) {
    view.weekdays = visit.weekdays;
    view.minute_from = visit.minute_from;
    view.minute_until = visit.minute_until;
  }
  if (visit.household_id) {
    view.household_id = visit.household_id;
    FL_TRY(auto home, area::find(session, visit.community_id, visit.household_id));
    view.household_label = std::move(home.label);
  }
  if (for_host) view.token = token_of(visit);
  view.answered_how = visit.answered_how;
  view.entered_at = visit.entered_at;
  view.left_at = visit.left_at;
  return view;
}

Result<VisitAtGate> find_visit(store::Session& session, const Ground& ground, AreaId community, VisitorId id,
                               Instant now) {
  FL_TRY(const auto visit, load_visit(session, community, id));
  return at_gate(ground, visit, now);
}
Result<VisitAtGate> find_visit_by_token(store::Session& session, const Ground& ground, AreaId community,
                                        std::string_view token, Instant now) {
  if (is_visit_token(token)) token.remove_prefix(prefix.size());
  FL_TRY(const auto visit, load_visit_with_code(session, community, token.substr(0, 32)));
  return at_gate(ground, visit, now);
}

Result<std::vector<ExpectedVisit>> expected_visits(store::Session& session, const Ground& ground,
                                                   const area::Gate& gate, Instant now) {
  FL_TRY(const auto rows, load_visits_at(session, gate.community_id, gate.compound_id, now, now + expected_ahead));
  std::vector<ExpectedVisit> expected;
  for (const VisitRow& row : rows) {
    ExpectedVisit each;
    FL_TRY(each.visit, at_gate(ground, row, now));
    each.token = token_of(row);
    if (row.household_id) {
      FL_TRY(auto home, area::find(session, row.community_id, row.household_id));
      each.household_label = std::move(home.label);
    }
    expected.push_back(std::move(each));
  }
  return expected;
}

Result<api::VisitRevealed> reveal_visit(http::Call& call, const Ground& ground, AreaId community, VisitorId id,
                                        const person::RevealCommand& command) {
  FL_TRY(const auto visit, load_visit(*call.session, community, id));
  if (!visit) return fail(FaultCode::not_found, "visit.unknown");
  const auto& key = ground.people->key();
  api::VisitRevealed clear;
  FL_TRY(clear.name, key.open(name_field, id.value, visit->name_sealed));
  FL_TRY(clear.phone, opened(key, phone_field, id, visit->phone_sealed));
  FL_TRY(clear.plate, opened(key, plate_field, id, visit->plate_sealed));
  FL_TRY(clear.note, opened(key, note_field, id, visit->note_sealed));
  FL_TRYV(note_reveal(call, ground, command,
                      {community, visit->household_id, "movement.visitor_revealed", "visit:" + format_id(id.value)}));
  return clear;
}

}  // namespace firstline::movement
