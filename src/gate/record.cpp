// From a scan to a row: recognise, gather what the rule wants to know, decide, keep.

#include <algorithm>

#include "gate/bearer.hpp"
#include "gate/decided.hpp"
#include "gate/presented.hpp"
#include "gate/raise.hpp"
#include "gate/record_visit.hpp"
#include "gate/service.hpp"
#include "gate/standing.hpp"
#include "gate/store.hpp"
#include "gate/verdict.hpp"
#include "issuing/service.hpp"
#include "json/json.hpp"
#include "movement/service.hpp"

namespace firstline::gate {
namespace {

// What is the same for everybody in the command.
struct Occasion {
  Uuid command_id;
  Instant device_at;
  RecognisedBy recognised_by = RecognisedBy::room_pick;
  Moment moment;
};

api::PassageView view_of(const Passage& passage, std::string name_masked, std::string household_label,
                         std::vector<Reason> reasons) {
  api::PassageView view;
  view.passage_id = passage.id;
  if (passage.person_id) view.person_id = passage.person_id;
  view.name_masked = std::move(name_masked);
  view.household_label = std::move(household_label);
  view.outcome = passage.outcome;
  view.reasons = std::move(reasons);
  view.policy_version = passage.policy_version;
  view.undo_until = passage.at + undo_window;
  return view;
}

Result<api::PassageView> view_again(store::Session& session, const Ground& ground, const Passage& passage) {
  FL_TRY(auto resident, ground.people->resident(session, {passage.person_community_id, passage.person_id}));
  FL_TRY(auto reasons, json::read<std::vector<Reason>>(passage.reasons));
  return view_of(passage, person::mask_name(resident.person.name), std::move(resident.household_label),
                 std::move(reasons));
}

// The lists of places at risk may have changed since the trip was filed.
Result<void> rate_trip(store::Session& session, const Ground& ground, const person::Resident& resident, Instant now,
                       Stands& stands) {
  if (!stands.trip) return {};
  const auto& person = resident.person;
  FL_TRY(const auto risk, movement::risk_now(session, *ground.movement, person.community_id, person.id, now));
  stands.trip->risk = static_cast<PlaceRisk>(risk);
  return {};
}

bool goes_through(Outcome outcome) { return outcome <= Outcome::pass_with_reminder; }

// Nothing if the command came before: then its rows are the answer.
Result<std::optional<api::PassageView>> record_one(http::Call& call, const Ground& ground, const area::Gate& gate,
                                                   const policy::Rules& rules, person::PersonRef who,
                                                   const Occasion& occasion, int line) {
  const Moment& moment = occasion.moment;
  store::Session& session = *call.session;
  if (const auto earlier = ground.recent->find(who.person_id, call.now)) {
    FL_TRY(const auto row, find_passage(session, gate.community_id, *earlier));
    if (row && row->command_id == occasion.command_id) return std::optional<api::PassageView>();
    if (row && row->gate_id == gate.id && row->direction == moment.direction) {
      FL_TRY(const auto notes, notes_of(session, gate.community_id, row->id));
      if (notes.empty()) {
        FL_TRY(auto view, view_again(session, ground, *row));
        view.repeated_seconds = static_cast<int>(std::chrono::floor<std::chrono::seconds>(call.now - row->at).count());
        return std::optional(std::move(view));
      }
    }
  }
  FL_TRY(auto resident, ground.people->resident(session, who));
  // Two records were merged since this one was picked: it is the other's passage.
  if (resident.person.id != who.person_id)
    return record_one(call, ground, gate, rules, {who.community_id, resident.person.id}, occasion, line);
  const bool outings = outings_matter(relation_of(gate, resident), moment.direction, rules.gate);
  FL_TRY(auto stands, stands_of(session, gate, resident, call.now, outings));
  FL_TRYV(rate_trip(session, ground, resident, call.now, stands));
  const Presented asked = presented(stands, moment, rules.gate, call.now);
  Verdict verdict = decide(asked, rules.gate, call.now);

  Passage row = decided_now(call, gate, asked, rules.gate, verdict);
  row.command_id = occasion.command_id;
  row.line = line;
  row.person_community_id = who.community_id;
  row.person_id = who.person_id;
  row.household_id = resident.person.household_id;
  row.device_at = occasion.device_at;
  row.direction = moment.direction;
  row.recognised_by = occasion.recognised_by;
  FL_TRY(const bool added, add(session, row));
  if (!added) return std::optional<api::PassageView>();
  if (row.direction == Direction::out && goes_through(row.outcome) && rules.gate.outing.per_household_per_day > 0) {
    FL_TRYV(count_outing(session, row.community_id, row.household_id, civil_date(call.now), 1));
  }
  if (asked.trip && asked.trip->registered && goes_through(row.outcome)) {
    FL_TRYV(movement::trip_passed(call, *ground.movement, gate, row.household_id, row.person_id, row.id,
                                  row.direction == Direction::out));
  }
  if (row.outcome == Outcome::hold) {
    FL_TRYV(raise_alarm(call, row, AlarmKind::hold, {}));
  }
  // Somebody who was turned back is looked at afresh: they come again with the temperature taken or the paper in hand.
  if (goes_through(row.outcome)) ground.recent->remember(row.person_id, row.id);
  return std::optional(view_of(row, person::mask_name(resident.person.name), std::move(resident.household_label),
                               std::move(verdict.reasons)));
}

// The answer of a command that arrived before, from its rows.
Result<std::optional<api::PassageAnswer>> answered_before(http::Call& call, const Ground& ground,
                                                          const area::Gate& gate, const Uuid& command_id) {
  FL_TRY(const auto rows, passages_of_command(*call.session, gate.community_id, command_id));
  if (rows.empty()) return std::optional<api::PassageAnswer>();
  if (rows.front().gate_id != gate.id) return fail(FaultCode::conflict, "command.id_reused", {}, "/id");
  api::PassageAnswer answer{rows.front().at, gate.id, {}};
  for (const auto& row : rows) {
    FL_TRY(auto view, view_again(*call.session, ground, row));
    answer.items.push_back(std::move(view));
  }
  return std::optional(std::move(answer));
}

Result<api::PassageAnswer> record_all(http::Call& call, const Ground& ground, const area::Gate& gate,
                                      const std::vector<person::PersonRef>& people, const Occasion& occasion) {
  if (people.empty()) return fail(FaultCode::invalid, "passage.nobody_named", {}, "/person_ids");
  if (people.size() > people_max) return fail(FaultCode::invalid, "passage.too_many_people", {}, "/person_ids");
  if (people.size() > 1) {  // One person's own row says so when it is put in: no look-up before nearly every passage.
    FL_TRY(auto before, answered_before(call, ground, gate, occasion.command_id));
    if (before) return std::move(*before);
  }
  FL_TRY(const auto rules, rules_at(ground, gate, call.now));
  api::PassageAnswer answer{call.now, gate.id, {}};
  int line = 0;
  for (const auto& who : people) {
    FL_TRY(auto view, record_one(call, ground, gate, *rules, who, occasion, line++));
    if (!view) {
      FL_TRY(auto before, answered_before(call, ground, gate, occasion.command_id));
      return before ? Result<api::PassageAnswer>(std::move(*before))
                    : fail(FaultCode::conflict, "command.id_reused", {}, "/id");
    }
    answer.items.push_back(std::move(*view));
  }
  return answer;
}

struct Who {
  std::vector<person::PersonRef> people;
  std::optional<issuing::Recognised> bearer;  // Of a code that names nobody.
};

Result<Who> recognise(http::Call& call, const Ground& ground, const area::Gate& gate,
                      const api::PassageCommand& command) {
  Who who;
  std::vector<person::PersonRef>& people = who.people;
  switch (command.recognised_by) {
    case RecognisedBy::personal_code: {
      if (!command.token) return fail(FaultCode::invalid, "json.missing_field", {}, "/token");
      if (!command.token->starts_with(credential::fl_prefix)) {
        FL_TRY(people.emplace_back(), person::read_personal_code(ground.people->key(), *command.token, call.now));
        break;
      }
      FL_TRY(auto shown, issuing::read_code(*call.session, *command.token, call.now));
      if (shown.person.person_id) people.push_back(shown.person);
      else who.bearer = std::move(shown);
      break;
    }
    case RecognisedBy::id_number: {
      if (!command.id_number) return fail(FaultCode::invalid, "json.missing_field", {}, "/id_number");
      FL_TRY(people.emplace_back(),
             ground.people->by_id_number(*call.session, *command.id_number, civil_date(call.now)));
      break;
    }
    case RecognisedBy::room_pick:
    case RecognisedBy::family:
      if (command.person_ids)
        for (const PersonId id : *command.person_ids) people.push_back({gate.community_id, id});
      break;
    case RecognisedBy::venue_code:  // The resident's own scan has its own route.
    case RecognisedBy::visit:
    case RecognisedBy::nobody:
      return fail(FaultCode::invalid, "json.unknown_value", {}, "/recognised_by");
  }
  return who;
}

}  // namespace

Result<std::shared_ptr<const policy::Rules>> rules_at(const Ground& ground, const area::Gate& gate, Instant now) {
  return ground.rules->at(policy::division_code(gate.path), now);
}

Result<person::PersonRef> person_of_code(const http::Call& call, const Ground& ground, std::string_view token) {
  if (!token.starts_with(credential::fl_prefix))
    return person::read_personal_code(ground.people->key(), token, call.now);
  FL_TRY(const auto shown, issuing::read_code(*call.session, token, call.now));
  if (!shown.person.person_id) return fail(FaultCode::conflict, "code.names_nobody", {}, "/token");
  return shown.person;
}

Moment moment_of(const api::PassageCommand& command) {
  return {command.direction,   command.temperature_tenths, command.mask.value_or(Mask::not_looked),
          command.colour_seen, command.nat_seen_hours,     command.leaves_district.value_or(false)};
}

Result<api::PassageAnswer> record_passages(http::Call& call, const Ground& ground, const area::Gate& gate,
                                           const api::PassageCommand& command) {
  if (names_visitor(command)) return record_visitor(call, ground, gate, command);
  const auto who = recognise(call, ground, gate, command);
  if (!who) {  // A code has run out since, or a person has moved: what was answered then still holds.
    FL_TRY(auto before, answered_before(call, ground, gate, command.id));
    return before ? Result<api::PassageAnswer>(std::move(*before)) : tl::unexpected(who.error());
  }
  if (who->bearer) return record_bearer(call, ground, gate, command, *who->bearer);
  return record_all(call, ground, gate, who->people,
                    {command.id, command.at, command.recognised_by, moment_of(command)});
}

Result<api::TryAnswer> try_verdict(http::Call& call, const Ground& ground, const area::Gate& gate,
                                   const api::TryQuestion& question) {
  constexpr std::chrono::days ahead_max{60};
  const Instant at = question.at.value_or(call.now);
  if (at < call.now - std::chrono::minutes(1) || at > call.now + ahead_max)
    return fail(FaultCode::invalid, "try.bad_time", {}, "/at");
  FL_TRY(auto resident, ground.people->resident(*call.session, {gate.community_id, question.person_id}));
  FL_TRY(const auto rules, rules_at(ground, gate, at));
  Moment moment;
  moment.direction = question.direction;
  moment.temperature_tenths = question.temperature_tenths;
  const bool outings = outings_matter(relation_of(gate, resident), moment.direction, rules->gate);
  FL_TRY(auto stands, stands_of(*call.session, gate, resident, at, outings));
  FL_TRYV(rate_trip(*call.session, ground, resident, at, stands));
  const Presented asked = presented(stands, moment, rules->gate, at);
  Verdict verdict = decide(asked, rules->gate, at);
  return api::TryAnswer{person::mask_name(resident.person.name),
                        std::move(resident.household_label),
                        at,
                        verdict.outcome,
                        std::move(verdict.reasons),
                        rules->gate.version};
}

Result<api::PassageAnswer> record_scan(http::Call& call, const Ground& ground, const area::Gate& gate,
                                       const api::ScanCommand& command) {
  if (!call.actor.person) return fail(FaultCode::not_found, "person.none_of_this_account");
  const person::PersonRef self{call.actor.person_community, call.actor.person};
  std::vector<person::PersonRef> people;
  if (command.person_ids.empty()) people.push_back(self);
  FL_TRY(const auto me, ground.people->find(*call.session, self));
  for (const PersonId id : command.person_ids) {
    FL_TRY(const auto member, ground.people->find(*call.session, {self.community_id, id}));
    if (member.household_id != me.household_id)
      return fail(FaultCode::forbidden, "scan.not_your_household", {}, "/person_ids");
    people.push_back({self.community_id, member.id});
  }
  Moment moment;
  moment.direction = command.direction;
  moment.temperature_tenths = command.temperature_tenths;
  return record_all(call, ground, gate, people, {command.id, command.at, RecognisedBy::venue_code, moment});
}

Result<api::EmergencyAnswer> record_emergency(http::Call& call, const Ground& ground, const area::Gate& gate,
                                              const api::EmergencyCommand& command) {
  FL_TRY(const auto rules, rules_at(ground, gate, call.now));
  Presented asked;
  asked.direction = command.direction;
  asked.relation = Relation::unknown;
  asked.emergency = command.kind == Emergency::none ? Emergency::other : command.kind;
  Verdict verdict = decide(asked, rules->gate, call.now);
  Passage row = decided_now(call, gate, asked, rules->gate, verdict);
  row.command_id = command.id;
  row.device_at = command.at;
  row.direction = command.direction;
  row.recognised_by = RecognisedBy::nobody;
  row.people = std::clamp(command.people, 1, people_max);
  FL_TRY(const bool added, add(*call.session, row));
  if (!added) return fail(FaultCode::conflict, "command.id_reused", {}, "/id");
  FL_TRY(const auto alarm, raise_alarm(call, row, AlarmKind::emergency, {}));
  return api::EmergencyAnswer{row.id, alarm, row.outcome, std::move(verdict.reasons)};
}

}  // namespace firstline::gate
