#pragma once

// For tests only: a neighbour with everything in order, and a policy that asks for everything.

#include "gate/model.hpp"

namespace firstline::gate {

using namespace std::chrono_literals;

inline const Instant noon = *parse_instant("2022-03-15T12:00:00+08:00");

// Goes out; nothing to say about them under `demanding_policy`.
inline Presented neighbour() {
  Presented p;
  p.code = CodeReading{CodeColour::green, EvidenceGrade::signed_code, noon - 1h, "code centre"};
  p.nat = {NatState::negative, NegativeResult{noon - 30h, noon - 20h}};
  p.pass_use = {true, 0, false};
  p.temperature_tenths = 365;
  p.mask = Mask::worn;
  return p;
}

// Different outcomes beside each other, so that a mix-up of two parameters shows.
inline GatePolicy demanding_policy() {
  GatePolicy policy;
  policy.version = "test@00000000";
  policy.clock_skew_seconds_max = 300;
  policy.signs = {Outcome::hold, Outcome::hold, Outcome::hold, Outcome::hold, 373, 340, Outcome::register_first};
  policy.isolation.central = Outcome::hold;
  policy.isolation.home_out = Outcome::refuse;
  policy.isolation.home_in = Outcome::register_first;
  policy.isolation.monitoring_out = Outcome::refuse;
  policy.isolation.monitoring_in = Outcome::pass_with_reminder;
  policy.isolation.past_end = Outcome::pass_with_reminder;
  policy.zone.sealed_home_out = Outcome::hold;
  policy.zone.sealed_home_in = Outcome::register_first;
  policy.zone.controlled_home_out = Outcome::refuse;
  policy.zone.controlled_home_in = Outcome::pass_with_reminder;
  policy.zone.closed_home_elsewhere_in = Outcome::refuse;
  policy.zone.closed_home_elsewhere_out = Outcome::pass_with_reminder;
  policy.zone.sealed_compound_out = Outcome::hold;
  policy.zone.sealed_compound_in_resident = Outcome::register_first;
  policy.zone.sealed_compound_in_worker = Outcome::refuse;
  policy.zone.sealed_compound_in_other = Outcome::hold;
  policy.zone.controlled_compound_out = Outcome::refuse;
  policy.zone.controlled_compound_in_resident = Outcome::pass_with_reminder;
  policy.zone.controlled_compound_in_worker = Outcome::register_first;
  policy.zone.controlled_compound_in_other = Outcome::refuse;
  policy.zone.precautionary = Outcome::pass_with_reminder;
  policy.code = {Outcome::refuse, Outcome::pass_with_reminder, Outcome::register_first, Outcome::register_first,    24,
                 Outcome::refuse, Outcome::register_first,     Outcome::hold,           Outcome::pass_with_reminder};
  policy.nat.window_hours_out = 48;
  policy.nat.window_hours_in = 72;
  policy.nat.overdue_out = Outcome::refuse;
  policy.nat.overdue_in_resident = Outcome::register_first;
  policy.nat.overdue_in_other = Outcome::hold;
  policy.nat.pending = Outcome::pass_with_reminder;
  policy.outing = {Outcome::pass_with_reminder, Outcome::refuse, Outcome::register_first, 1, Outcome::refuse};
  policy.visit.unregistered = Outcome::register_first;
  policy.visit.to_closed_home = Outcome::refuse;
  policy.visit.overstayed = Outcome::pass_with_reminder;
  policy.visit.worker_in = Outcome::register_first;
  policy.visit.courier_in = Outcome::refuse;
  policy.visit.unknown_in = Outcome::refuse;
  policy.visit.unknown_out = Outcome::register_first;
  policy.trip = {Outcome::register_first, Outcome::pass_with_reminder, Outcome::register_first, Outcome::hold};
  policy.reminder = {Outcome::pass_with_reminder, Outcome::pass_with_reminder};
  return policy;
}

}  // namespace firstline::gate
