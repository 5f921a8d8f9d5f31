#include "gate/verdict.hpp"

#include <algorithm>
#include <utility>

#include "gate/clauses.hpp"

namespace firstline::gate {

Reason* Findings::add(int clause, ReasonKind reason, Setting setting, NextStep next) {
  if (setting.outcome == Outcome::pass) return nullptr;
  Reason& added = reasons_.emplace_back();
  added.clause = "GATE-" + std::to_string(clause);
  added.reason = reason;
  added.outcome = setting.outcome;
  added.next = next;
  added.parameter = setting.parameter;
  return &added;
}

Verdict decide(const Presented& presented, const GatePolicy& policy, Instant now) {
  const View view{presented, policy, now};
  const bool emergency = presented.emergency != Emergency::none;
  Findings findings;
  // GATE-1 is no parameter: no pack can close the gate to somebody who has to get out or in to save a life.
  if (emergency)
    findings.add(1, ReasonKind::emergency_exit, {Outcome::pass_with_reminder, {}}, NextStep::go_and_write_down_later);
  check_danger(view, findings);
  check_isolation(view, findings);
  check_seals(view, findings);
  check_code(view, findings);
  check_nat(view, findings);
  check_outing(view, findings);
  check_visit(view, findings);
  check_trip(view, findings);
  check_manners(view, findings);

  Verdict verdict;
  verdict.reasons = findings.take();
  if (emergency) {
    verdict.outcome = Outcome::pass_with_reminder;
    for (std::size_t i = 1; i < verdict.reasons.size(); ++i) verdict.reasons[i].recorded_only = true;
  } else {
    for (const Reason& reason : verdict.reasons) verdict.outcome = std::max(verdict.outcome, reason.outcome);
  }
  return verdict;
}

}  // namespace firstline::gate
