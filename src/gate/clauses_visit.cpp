// GATE-16..21: people from elsewhere, trips, and what everybody is reminded of.

#include "gate/clauses.hpp"

namespace firstline::gate {
namespace {

void check_visitor_in(const View& view, Findings& findings) {
  const Visitor& visit = view.presented.visitor;
  const Setting unregistered = FL_GATE_SETTING(visit.unregistered);
  const bool before = visit.from && view.now < *visit.from;
  const bool after = visit.until && view.now >= *visit.until;
  if (visit.record == VisitorRecord::none) {
    findings.add(ReasonKind::visitor_unregistered, unregistered, NextStep::register_visit);
  } else if (visit.record == VisitorRecord::expired) {
    findings.add(ReasonKind::visitor_expired, unregistered, NextStep::register_visit);
  } else if (before || after) {
    findings.add(ReasonKind::visitor_outside_hours, unregistered, NextStep::come_in_visiting_hours);
  }
  findings.add(ReasonKind::visitor_not_now, FL_GATE_SETTING(visit.visitor_in), NextStep::meet_outside);
  if (visit.host_home >= SealLevel::controlled)
    findings.add(ReasonKind::visitor_of_closed_home, FL_GATE_SETTING(visit.to_closed_home), NextStep::meet_outside);
}

void check_visitor_out(const View& view, Findings& findings) {
  const Visitor& visit = view.presented.visitor;
  if (visit.record != VisitorRecord::none && visit.until && view.now >= *visit.until)
    findings.add(ReasonKind::visitor_overstayed, FL_GATE_SETTING(visit.overstayed), NextStep::report_to_community);
}

// Who is expected and in time has been written down: to be registered again is asked of nobody.
Setting unless_registered(const View& view, Setting setting) {
  const Visitor& visit = view.presented.visitor;
  const bool in_time = (!visit.from || view.now >= *visit.from) && (!visit.until || view.now < *visit.until);
  if (visit.record != VisitorRecord::expected || !in_time || setting.outcome != Outcome::register_first) return setting;
  return {Outcome::pass_with_reminder, setting.parameter};
}

}  // namespace

void check_visit(const View& view, Findings& findings) {
  switch (view.presented.relation) {
    case Relation::resident_here:
      break;
    case Relation::resident_elsewhere:
    case Relation::visitor:
      view.out() ? check_visitor_out(view, findings) : check_visitor_in(view, findings);
      break;
    case Relation::worker:
      if (!view.out())
        findings.add(ReasonKind::worker, unless_registered(view, FL_GATE_SETTING(visit.worker_in)),
                     NextStep::register_work);
      break;
    case Relation::courier:
      if (!view.out())
        findings.add(ReasonKind::courier, unless_registered(view, FL_GATE_SETTING(visit.courier_in)),
                     NextStep::leave_goods_at_gate);
      break;
    case Relation::unknown:
      findings.add(ReasonKind::person_unknown,
                   view.out() ? FL_GATE_SETTING(visit.unknown_out) : FL_GATE_SETTING(visit.unknown_in),
                   NextStep::register_person);
      break;
  }
}

void check_trip(const View& view, Findings& findings) {
  if (!view.presented.trip) return;
  const Trip& trip = *view.presented.trip;
  if (trip.state == TripState::returned) return;  // Its consequences, if any, are orders by now: GATE-6.
  if (!trip.registered)
    findings.add(ReasonKind::trip_unregistered, FL_GATE_SETTING(trip.unregistered), NextStep::register_trip);
  if (trip.risk == PlaceRisk::low) return;
  if (view.out()) {
    findings.add(ReasonKind::trip_to_risk_area, FL_GATE_SETTING(trip.to_risk_area), NextStep::put_off_trip);
  } else if (trip.risk == PlaceRisk::medium) {
    findings.add(ReasonKind::trip_back_from_medium_risk, FL_GATE_SETTING(trip.back_from_medium_risk),
                 NextStep::report_to_community);
  } else {
    findings.add(ReasonKind::trip_back_from_high_risk, FL_GATE_SETTING(trip.back_from_high_risk),
                 NextStep::report_to_community);
  }
}

void check_manners(const View& view, Findings& findings) {
  const Presented& p = view.presented;
  if (p.mask == Mask::missing)
    findings.add(ReasonKind::mask_missing, FL_GATE_SETTING(reminder.mask_missing), NextStep::wear_mask);
  if (!p.temperature_tenths) {
    findings.add(ReasonKind::temperature_not_taken, FL_GATE_SETTING(signs.temperature_missing),
                 NextStep::take_temperature);
  } else if (*p.temperature_tenths < view.policy.signs.temperature_tenths_min) {
    Reason* wrong = findings.add(ReasonKind::temperature_implausible, FL_GATE_SETTING(signs.temperature_missing),
                                 NextStep::take_temperature);
    if (wrong) wrong->tenths = *p.temperature_tenths;
  }
  if (p.health_card_due)
    findings.add(ReasonKind::health_card, FL_GATE_SETTING(reminder.health_card), NextStep::read_card);
}

}  // namespace firstline::gate
