#include "gate/verdict.hpp"

#include <algorithm>
#include <utility>

#include "gate/clauses.hpp"

namespace firstline::gate {

int clause_of(ReasonKind reason) {
  using enum ReasonKind;
  switch (reason) {
    case emergency_exit:
      return 1;
    case red_code:
      return 2;
    case nat_positive:
      return 3;
    case pool_abnormal:
      return 4;
    case fever:
      return 5;
    case isolation_central:
    case isolation_home:
    case home_monitoring:
    case isolation_past_end:
      return 6;
    case home_sealed:
    case home_controlled:
    case home_elsewhere_closed:
    case home_precautionary:
      return 7;
    case compound_sealed:
    case compound_controlled:
    case compound_precautionary:
      return 8;
    case code_missing:
    case offline_code_expired:
      return 9;
    case code_stale:
    case code_from_future:
      return 10;
    case yellow_code:
      return 11;
    case seen_by_eye:
      return 12;
    case nat_missing:
    case nat_expired:
    case nat_pending:
    case nat_from_future:
      return 13;
    case pass_missing:
      return 14;
    case outings_used_up:
      return 15;
    case visitor_unregistered:
    case visitor_outside_hours:
    case visitor_expired:
    case visitor_not_now:
    case visitor_of_closed_home:
    case visitor_overstayed:
      return 16;
    case worker:
    case courier:
    case person_unknown:
      return 17;
    case trip_unregistered:
    case trip_to_risk_area:
    case trip_back_from_medium_risk:
    case trip_back_from_high_risk:
      return 18;
    case mask_missing:
      return 19;
    case temperature_not_taken:
    case temperature_implausible:
      return 20;
    case health_card:
      return 21;
  }
  return 0;
}

Reason* Findings::add(ReasonKind reason, Setting setting, NextStep next) {
  if (setting.outcome == Outcome::pass) return nullptr;
  Reason& added = reasons_.emplace_back();
  added.clause = "GATE-" + std::to_string(clause_of(reason));
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
    findings.add(ReasonKind::emergency_exit, {Outcome::pass_with_reminder, {}}, NextStep::go_and_write_down_later);
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
