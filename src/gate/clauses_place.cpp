// GATE-6..8: orders that bind the person or the place.

#include "gate/clauses.hpp"

namespace firstline::gate {
namespace {

// What an approval for this one outing softens; nothing on the way in.
Setting unless_approved(const View& view, Setting setting) {
  if (!view.out() || !view.presented.pass_use.outing_approved) return setting;
  return capped(setting, FL_GATE_SETTING(outing.approved));
}

NextStep home_step(const View& view) { return view.out() ? NextStep::stay_at_home : NextStep::go_straight_home; }

}  // namespace

void check_isolation(const View& view, Findings& findings) {
  const Isolation& order = view.presented.isolation;
  if (order.kind == IsolationKind::none) return;
  if (order.until && view.now >= *order.until) {
    findings.add(ReasonKind::isolation_past_end, FL_GATE_SETTING(isolation.past_end), NextStep::ask_community);
    return;
  }
  switch (order.kind) {
    case IsolationKind::central:
      findings.add(ReasonKind::isolation_central, FL_GATE_SETTING(isolation.central), NextStep::wait_here_for_staff);
      break;
    case IsolationKind::home:
      findings.add(
          ReasonKind::isolation_home,
          view.out() ? unless_approved(view, FL_GATE_SETTING(isolation.home_out)) : FL_GATE_SETTING(isolation.home_in),
          home_step(view));
      break;
    case IsolationKind::home_monitoring:
      findings.add(ReasonKind::home_monitoring,
                   view.out() ? unless_approved(view, FL_GATE_SETTING(isolation.monitoring_out))
                              : FL_GATE_SETTING(isolation.monitoring_in),
                   home_step(view));
      break;
    case IsolationKind::none:
      break;
  }
}

namespace {

void check_home(const View& view, Findings& findings) {
  const SealLevel level = view.presented.home;
  if (level == SealLevel::none) return;
  if (level == SealLevel::precautionary) {
    findings.add(ReasonKind::home_precautionary, FL_GATE_SETTING(zone.precautionary), NextStep::avoid_gatherings);
    return;
  }
  if (!view.lives_here()) {  // Their closed home is somewhere else: leaving here for it is right, coming in is not.
    findings.add(
        ReasonKind::home_elsewhere_closed,
        view.out() ? FL_GATE_SETTING(zone.closed_home_elsewhere_out) : FL_GATE_SETTING(zone.closed_home_elsewhere_in),
        NextStep::go_straight_home);
    return;
  }
  const bool sealed = level == SealLevel::sealed;
  const Setting setting = view.out() ? unless_approved(view, sealed ? FL_GATE_SETTING(zone.sealed_home_out)
                                                                    : FL_GATE_SETTING(zone.controlled_home_out))
                          : sealed ? FL_GATE_SETTING(zone.sealed_home_in)
                                     : FL_GATE_SETTING(zone.controlled_home_in);
  findings.add(sealed ? ReasonKind::home_sealed : ReasonKind::home_controlled, setting, home_step(view));
}

Setting sealed_compound_setting(const View& view) {
  if (view.out()) return unless_approved(view, FL_GATE_SETTING(zone.sealed_compound_out));
  if (view.lives_here()) return FL_GATE_SETTING(zone.sealed_compound_in_resident);
  if (view.presented.relation == Relation::worker) return FL_GATE_SETTING(zone.sealed_compound_in_worker);
  return FL_GATE_SETTING(zone.sealed_compound_in_other);
}

Setting controlled_compound_setting(const View& view) {
  if (view.out()) return unless_approved(view, FL_GATE_SETTING(zone.controlled_compound_out));
  if (view.lives_here()) return FL_GATE_SETTING(zone.controlled_compound_in_resident);
  if (view.presented.relation == Relation::worker) return FL_GATE_SETTING(zone.controlled_compound_in_worker);
  return FL_GATE_SETTING(zone.controlled_compound_in_other);
}

NextStep compound_step(const View& view) {
  if (view.lives_here()) return home_step(view);
  return NextStep::ask_community;
}

}  // namespace

void check_seals(const View& view, Findings& findings) {
  check_home(view, findings);
  switch (view.presented.compound) {
    case SealLevel::none:
      break;
    case SealLevel::precautionary:
      findings.add(ReasonKind::compound_precautionary, FL_GATE_SETTING(zone.precautionary), NextStep::avoid_gatherings);
      break;
    case SealLevel::controlled:
      findings.add(ReasonKind::compound_controlled, controlled_compound_setting(view), compound_step(view));
      break;
    case SealLevel::sealed:
      findings.add(ReasonKind::compound_sealed, sealed_compound_setting(view), compound_step(view));
      break;
  }
}

void check_outing(const View& view, Findings& findings) {
  if (!view.lives_here()) return;
  const PassUse& use = view.presented.pass_use;
  if (!use.pass_valid) {
    const Setting setting = view.out() ? unless_approved(view, FL_GATE_SETTING(outing.pass_missing_out))
                                       : FL_GATE_SETTING(outing.pass_missing_in);
    findings.add(ReasonKind::pass_missing, setting, NextStep::show_pass);
  }
  const int limit = view.policy.outing.per_household_per_day;
  if (view.out() && limit > 0 && use.outings_today >= limit) {
    Reason* used_up = findings.add(ReasonKind::outings_used_up, unless_approved(view, FL_GATE_SETTING(outing.used_up)),
                                   NextStep::go_tomorrow);
    if (used_up) used_up->count = use.outings_today;
  }
}

}  // namespace firstline::gate
