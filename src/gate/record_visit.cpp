#include "gate/record_visit.hpp"

#include "gate/decided.hpp"
#include "gate/presented.hpp"
#include "gate/raise.hpp"
#include "gate/standing.hpp"
#include "gate/store.hpp"
#include "gate/verdict.hpp"
#include "json/json.hpp"
#include "movement/service.hpp"

namespace firstline::gate {
namespace {

using movement::VisitAtGate;

Result<api::PassageView> view_of(store::Session& session, const VisitAtGate& visit, const Passage& passage,
                                 std::vector<Reason> reasons) {
  api::PassageView view;
  view.passage_id = passage.id;
  view.visit_id = visit.id;
  view.name_masked = visit.name_masked;
  if (visit.household_id) {
    FL_TRY(auto home, area::find(session, visit.community_id, visit.household_id));
    view.household_label = std::move(home.label);
  }
  view.outcome = passage.outcome;
  view.reasons = std::move(reasons);
  view.policy_version = passage.policy_version;
  view.undo_until = passage.at + undo_window;
  return view;
}

Result<VisitAtGate> visit_named(http::Call& call, const Ground& ground, const area::Gate& gate,
                                const api::PassageCommand& command) {
  auto visit = command.visit_id ? movement::find_visit(*call.session, *ground.movement, gate.community_id,
                                                       *command.visit_id, call.now)
                                : movement::find_visit_by_token(*call.session, *ground.movement, gate.community_id,
                                                                command.token.value_or(""), call.now);
  if (visit && visit->compound_id != gate.compound_id) return fail(FaultCode::not_found, "visit.elsewhere");
  return visit;
}

bool goes_through(Outcome outcome) { return outcome <= Outcome::pass_with_reminder; }

Result<std::optional<VisitAtGate>> visit_of(http::Call& call, const Ground& ground, const Passage& passage) {
  if (passage.person_id || passage.recognised_by != RecognisedBy::visit) return std::optional<VisitAtGate>();
  FL_TRY(const auto id, movement::visit_of_passage(*call.session, passage.community_id, passage.id));
  if (!id) return std::optional<VisitAtGate>();
  FL_TRY(auto visit, movement::find_visit(*call.session, *ground.movement, passage.community_id, id, call.now));
  return std::optional(std::move(visit));
}

}  // namespace

bool names_visitor(const api::PassageCommand& command) {
  return command.visit_id || (command.token && movement::is_visit_token(*command.token));
}

Result<api::PassageAnswer> record_visitor(http::Call& call, const Ground& ground, const area::Gate& gate,
                                          const api::PassageCommand& command) {
  store::Session& session = *call.session;
  FL_TRY(const auto visit, visit_named(call, ground, gate, command));
  FL_TRY(const auto before, passages_of_command(session, gate.community_id, command.id));
  if (!before.empty()) {
    if (before.front().gate_id != gate.id) return fail(FaultCode::conflict, "command.id_reused", {}, "/id");
    FL_TRY(auto reasons, json::read<std::vector<Reason>>(before.front().reasons));
    FL_TRY(auto view, view_of(session, visit, before.front(), std::move(reasons)));
    return api::PassageAnswer{before.front().at, gate.id, {std::move(view)}};
  }
  FL_TRY(const auto rules, rules_at(ground, gate, call.now));
  FL_TRY(const auto stands, stands_of(session, gate, visit, call.now));
  const Presented asked = presented(stands, moment_of(command), rules->gate, call.now);
  Verdict verdict = decide(asked, rules->gate, call.now);
  Passage row = decided_now(call, gate, asked, rules->gate, verdict);
  row.command_id = command.id;
  row.device_at = command.at;
  row.direction = command.direction;
  row.recognised_by = RecognisedBy::visit;
  FL_TRY(const bool added, add(session, row));
  if (!added) return fail(FaultCode::conflict, "command.id_reused", {}, "/id");
  FL_TRYV(movement::tie_passage(session, visit, row.id));
  if (goes_through(row.outcome)) {
    FL_TRYV(movement::visitor_went(call, visit, row.direction == Direction::in));
  }
  if (row.outcome == Outcome::hold) {
    FL_TRYV(raise_alarm(call, row, AlarmKind::hold, {}));
  }
  FL_TRY(auto view, view_of(session, visit, row, std::move(verdict.reasons)));
  return api::PassageAnswer{call.now, gate.id, {std::move(view)}};
}

Result<void> visit_went(http::Call& call, const Ground& ground, const Passage& passage) {
  FL_TRY(const auto visit, visit_of(call, ground, passage));
  if (!visit || goes_through(passage.outcome)) return {};
  return movement::visitor_went(call, *visit, passage.direction == Direction::in);
}

Result<void> visit_taken_back(http::Call& call, const Ground& ground, const Passage& passage) {
  FL_TRY(const auto visit, visit_of(call, ground, passage));
  if (!visit || !goes_through(passage.outcome)) return {};
  return movement::visitor_taken_back(call, *visit, passage.direction == Direction::in);
}

}  // namespace firstline::gate
