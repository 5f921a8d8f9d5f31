// GATE-2..5 and GATE-9..13: what code, test and thermometer say about the person.

#include "gate/clauses.hpp"

namespace firstline::gate {

void check_danger(const View& view, Findings& findings) {
  const Presented& p = view.presented;
  if (p.code && p.code->colour == CodeColour::red)
    findings.add(ReasonKind::red_code, FL_GATE_SETTING(signs.red_code), NextStep::wait_here_for_staff);
  if (p.nat.state == NatState::positive)
    findings.add(ReasonKind::nat_positive, FL_GATE_SETTING(signs.nat_positive), NextStep::wait_here_for_staff);
  if (p.nat.state == NatState::pool_abnormal)
    findings.add(ReasonKind::pool_abnormal, FL_GATE_SETTING(signs.pool_abnormal), NextStep::wait_for_single_retest);
  const int fever_from = view.policy.signs.fever_tenths;
  if (p.temperature_tenths && fever_from > 0 && *p.temperature_tenths >= fever_from) {
    Reason* fever = findings.add(ReasonKind::fever, FL_GATE_SETTING(signs.fever), NextStep::wait_here_for_staff);
    if (fever) fever->tenths = *p.temperature_tenths;
  }
}

namespace {

Setting code_missing_setting(const View& view) {
  switch (view.presented.age_band) {
    case AgeBand::child:
      return FL_GATE_SETTING(code.missing_child);
    case AgeBand::elder:
      return FL_GATE_SETTING(code.missing_elder);
    case AgeBand::adult:
      break;
  }
  return FL_GATE_SETTING(code.missing);
}

void check_code_reading(const View& view, const CodeReading& code, Findings& findings) {
  const int hours_max = view.policy.code.age_hours_max;
  if (view.in_future(code.read_at)) {
    findings.add(ReasonKind::code_from_future, FL_GATE_SETTING(code.stale), NextStep::read_code_again);
  } else if (hours_max > 0 && view.now - code.read_at > std::chrono::hours(hours_max)) {
    Reason* stale = findings.add(ReasonKind::code_stale, FL_GATE_SETTING(code.stale), NextStep::read_code_again);
    if (stale) stale->hours = hours_max;
  }
  if (code.colour == CodeColour::yellow) {
    const Setting setting = view.out()          ? FL_GATE_SETTING(code.yellow_out)
                            : view.lives_here() ? FL_GATE_SETTING(code.yellow_in_resident)
                                                : FL_GATE_SETTING(code.yellow_in_other);
    findings.add(ReasonKind::yellow_code, setting, NextStep::report_to_community);
  }
  if (code.grade == EvidenceGrade::visual)
    findings.add(ReasonKind::seen_by_eye, FL_GATE_SETTING(code.seen_by_eye), NextStep::scan_to_verify);
}

}  // namespace

void check_code(const View& view, Findings& findings) {
  const Presented& p = view.presented;
  if (p.code) return check_code_reading(view, *p.code, findings);
  if (!p.offline_code) {
    findings.add(ReasonKind::code_missing, code_missing_setting(view), NextStep::show_id_card);
  } else if (view.now >= p.offline_code->valid_until) {
    findings.add(ReasonKind::offline_code_expired, code_missing_setting(view), NextStep::renew_offline_code);
  }
}

void check_nat(const View& view, Findings& findings) {
  const Presented& p = view.presented;
  const int hours_max = view.out() ? view.policy.nat.window_hours_out : view.policy.nat.window_hours_in;
  if (hours_max <= 0) return;
  if (p.age_band == AgeBand::child && !view.policy.nat.asked_of_children) return;

  ReasonKind reason = ReasonKind::nat_missing;
  if (p.nat.last_negative) {
    const NegativeResult& negative = *p.nat.last_negative;
    const bool from_sample = view.policy.nat.anchor == policy::NatAnchor::sampled_at;
    const Instant anchor = from_sample ? negative.sampled_at : negative.reported_at;
    // Both times are looked at: a result from the future is no evidence, whichever clock the window hangs on.
    if (view.in_future(negative.sampled_at) || view.in_future(negative.reported_at)) {
      reason = ReasonKind::nat_from_future;
    } else if (view.now - anchor <= std::chrono::hours(hours_max)) {
      return;
    } else {
      reason = ReasonKind::nat_expired;
    }
  }

  Setting setting = view.out()          ? FL_GATE_SETTING(nat.overdue_out)
                    : view.lives_here() ? FL_GATE_SETTING(nat.overdue_in_resident)
                                        : FL_GATE_SETTING(nat.overdue_in_other);
  NextStep next = NextStep::sample_at_point;
  if (p.nat.state == NatState::sampled || p.nat.state == NatState::testing) {
    setting = capped(setting, FL_GATE_SETTING(nat.pending));
    reason = ReasonKind::nat_pending;
    next = NextStep::wait_for_result;
  }
  if (Reason* overdue = findings.add(reason, setting, next)) overdue->hours = hours_max;
}

}  // namespace firstline::gate
