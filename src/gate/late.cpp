#include "gate/late.hpp"

#include <algorithm>

#include "gate/bearer.hpp"
#include "gate/late_store.hpp"
#include "gate/presented.hpp"
#include "gate/raise.hpp"
#include "gate/record_visit.hpp"
#include "gate/replay.hpp"
#include "gate/standing.hpp"
#include "gate/store.hpp"
#include "gate/verdict.hpp"
#include "json/json.hpp"

namespace firstline::gate {
namespace {

constexpr std::chrono::hours announced_age_max{24};  // A stream that was away longer asks for the pack anyway.

// Somebody at the gate as the server knows them now, and how they stood then.
struct Known {
  person::PersonRef who;  // None: a visitor, or nobody that we know.
  AreaId household;
  std::optional<movement::VisitAtGate> visit;
  Stands stands;
};

bool goes_through(Outcome outcome) { return outcome <= Outcome::pass_with_reminder; }

Result<Known> known_person(http::Call& late, const Ground& ground, const area::Gate& gate, person::PersonRef who,
                           const Moment& moment, const policy::Rules& rules) {
  FL_TRY(const auto resident, ground.people->resident(*late.session, who));
  const bool outings = outings_matter(relation_of(gate, resident), moment.direction, rules.gate);
  FL_TRY(auto stands, stands_at(*late.session, gate, resident, late.now, outings));
  return Known{who, resident.person.household_id, {}, std::move(stands)};
}

Known nobody_known() {
  Known known;
  known.stands.relation = Relation::unknown;
  return known;
}

// Who shows a code or says a number; nobody if it cannot be read any more.
Result<std::optional<person::PersonRef>> recognised(http::Call& late, const Ground& ground,
                                                    const api::PassageCommand& said) {
  Result<person::PersonRef> found = fail(FaultCode::not_found, "person.unknown");
  if (said.recognised_by == RecognisedBy::personal_code && said.token)
    found = person_of_code(late, ground, *said.token);
  else if (said.recognised_by == RecognisedBy::id_number && said.id_number)
    found = ground.people->by_id_number(*late.session, *said.id_number, civil_date(late.now));
  if (found) return std::optional(*found);
  const FaultCode code = found.error().code;
  if (code == FaultCode::unavailable || code == FaultCode::busy || code == FaultCode::corrupt)
    return tl::unexpected(found.error());
  return std::optional<person::PersonRef>();
}

Result<std::vector<Known>> who_came(http::Call& late, const Ground& ground, const area::Gate& gate,
                                    const api::PassageCommand& said, const policy::Rules& rules) {
  std::vector<Known> people;
  const Moment moment = moment_of(said);
  if (names_visitor(said)) {
    Known known;
    FL_TRY(known.visit, said.visit_id ? movement::find_visit(*late.session, *ground.movement, gate.community_id,
                                                             *said.visit_id, late.now)
                                      : movement::find_visit_by_token(*late.session, *ground.movement,
                                                                      gate.community_id, *said.token, late.now));
    known.household = known.visit->household_id;
    FL_TRY(known.stands, stands_of(*late.session, gate, *known.visit, late.now));
    people.push_back(std::move(known));
    return people;
  }
  if (said.person_ids) {
    for (const PersonId id : *said.person_ids) {
      FL_TRY(people.emplace_back(), known_person(late, ground, gate, {gate.community_id, id}, moment, rules));
    }
    return people;
  }
  FL_TRY(const auto bearer, bearer_of(late, said));
  if (bearer) {
    Known known;
    known.stands = stands_of(*bearer, gate);
    FL_TRY(known.stands.compound, compound_level(*late.session, gate, late.now));
    people.push_back(std::move(known));
    return people;
  }
  FL_TRY(const auto found, recognised(late, ground, said));
  if (!found) {
    people.push_back(nobody_known());
  } else {
    FL_TRY(people.emplace_back(), known_person(late, ground, gate, *found, moment, rules));
  }
  return people;
}

// Whether what the phone saw leads to what it decided, under the rules that it says it had.
bool reproduced(const Ground& ground, const Decided& decided, Instant decided_at) {
  const auto policy = policy_of_version(ground.rules->library(), decided.policy_version);
  if (!policy) return false;
  const Verdict again = decide(decided.arguments, *policy, decided_at);
  return again.outcome == decided.outcome && again.reasons == decided.reasons;
}

// What a passage brings about, as if it had been recorded then. A visit that has moved on meanwhile stays as it is.
Result<void> follow_up(http::Call& late, const Ground& ground, const area::Gate& gate, const policy::Rules& rules,
                       const Known& known, const Passage& row) {
  const bool out = row.direction == Direction::out;
  if (known.visit) {
    FL_TRYV(movement::tie_passage(*late.session, *known.visit, row.id));
    if (goes_through(row.outcome)) {
      const auto went = movement::visitor_went(late, *known.visit, !out);
      if (!went && went.error().code != FaultCode::conflict) return tl::unexpected(went.error());
    }
  }
  const bool here = known.who.person_id && known.stands.relation == Relation::resident_here;
  if (here && out && goes_through(row.outcome) && rules.gate.outing.per_household_per_day > 0) {
    FL_TRYV(count_outing(*late.session, row.community_id, row.household_id, civil_date(late.now), 1));
  }
  if (here && known.stands.trip && goes_through(row.outcome)) {
    FL_TRYV(movement::trip_passed(late, *ground.movement, gate, row.household_id, row.person_id, row.id, out));
  }
  if (row.outcome == Outcome::hold) {
    FL_TRYV(raise_alarm(late, row, AlarmKind::hold, {}));
  }
  return {};
}

Passage row_of(http::Call& late, const area::Gate& gate, const Known& known, const api::PassageCommand& said,
               const Decided& decided, int line) {
  Passage row;
  row.community_id = gate.community_id;
  row.id = late.session->new_id<PassageId>(late.recorded_at());
  row.command_id = said.id;
  row.line = line;
  row.gate_id = gate.id;
  row.person_community_id = known.who.community_id;
  row.person_id = known.who.person_id;
  row.household_id = known.who.person_id ? known.household : AreaId{};
  row.at = late.now;
  row.device_at = said.at;
  row.direction = said.direction;
  row.recognised_by = known.visit ? RecognisedBy::visit : said.recognised_by;
  row.outcome = decided.outcome;
  row.policy_version = decided.policy_version;
  row.arguments = json::write(decided.arguments);
  row.reasons = json::write(decided.reasons);
  row.account_id = late.actor.account;
  row.device_id = late.actor.device;
  return row;
}

// Of a command that arrived by the network before the phone knew.
Result<std::vector<LatePassage>> recorded_before(store::Session& session, const area::Gate& gate, const Uuid& command) {
  FL_TRY(const auto rows, passages_of_command(session, gate.community_id, command));
  std::vector<LatePassage> before;
  for (const Passage& row : rows) {
    if (row.gate_id != gate.id) return fail(FaultCode::conflict, "command.id_reused", {}, "/id");
    before.push_back({row.id, {}, false, true});
  }
  return before;
}

}  // namespace

Result<void> announce_pack(store::Session& session, AreaId community, AreaId compound, std::int64_t version,
                           Instant now) {
  FL_TRYV(forget_pack_changes(session, community, first_id_at(now - announced_age_max)));
  return add(session, PackChange{community, session.ids().next(now), compound, version});
}

Result<std::vector<LatePassage>> record_late(http::Call& late, const Ground& ground, const area::Gate& gate,
                                             const api::PassageCommand& said, const std::vector<Decided>& decided) {
  store::Session& session = *late.session;
  FL_TRY(auto before, recorded_before(session, gate, said.id));
  if (!before.empty()) return before;
  FL_TRY(const auto rules, rules_at(ground, gate, late.now));
  FL_TRY(const auto people, who_came(late, ground, gate, said, *rules));
  if (people.empty()) return fail(FaultCode::invalid, "passage.nobody_named", {}, "/person_ids");
  if (people.size() > people_max) return fail(FaultCode::invalid, "passage.too_many_people", {}, "/person_ids");
  if (people.size() != decided.size()) return fail(FaultCode::invalid, "offline.verdicts_missing", {}, "/decided");
  const Moment moment = moment_of(said);
  std::vector<LatePassage> passages;
  for (std::size_t i = 0; i < people.size(); ++i) {
    const Known& known = people[i];
    const Passage row = row_of(late, gate, known, said, decided[i], static_cast<int>(i));
    FL_TRYV(add(session, row));
    const Instant decided_at = decided[i].now.value_or(said.at);
    FL_TRYV(add_late(session, row.community_id, row.id, row.at, decided_at));
    FL_TRYV(follow_up(late, ground, gate, *rules, known, row));
    LatePassage passage{row.id, {}, false, reproduced(ground, decided[i], decided_at)};
    const Presented seen = presented(known.stands, moment, rules->gate, late.now);
    Verdict verdict = decide(seen, rules->gate, late.now);
    passage.differs = verdict.outcome != row.outcome;
    passage.server =
        Decided{decided[i].person_id, seen, verdict.outcome, std::move(verdict.reasons), rules->gate.version, late.now};
    passages.push_back(std::move(passage));
  }
  return passages;
}

Result<LatePassage> record_late_emergency(http::Call& late, const Ground& ground, const area::Gate& gate,
                                          const api::EmergencyCommand& command) {
  FL_TRY(const auto before, recorded_before(*late.session, gate, command.id));
  if (!before.empty()) return before.front();
  FL_TRY(const auto answer, record_emergency(late, ground, gate, command));
  FL_TRYV(add_late(*late.session, gate.community_id, answer.passage_id, late.now, late.now));
  return LatePassage{answer.passage_id, {}, false, true};
}

Result<PassageId> passage_of_command(store::Session& session, const area::Gate& gate, const Uuid& command, int line) {
  FL_TRY(const auto rows, passages_of_command(session, gate.community_id, command));
  for (const Passage& row : rows)
    if (row.line == line && row.gate_id == gate.id) return row.id;
  return fail(FaultCode::not_found, "passage.unknown", {}, "/of");
}

Result<bool> was_on_duty(store::Session& session, const area::Gate& gate, AccountId account, Instant moment) {
  return had_shift(session, gate.community_id, gate.id, account, moment);
}

}  // namespace firstline::gate
