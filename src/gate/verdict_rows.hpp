#pragma once

// For tests only: every clause of the verdict with its edges, one thing spoilt in a neighbour with everything in order.

#include <vector>

#include "gate/verdict_cases.hpp"

namespace firstline::gate::rows {

using enum Outcome;
using R = ReasonKind;
using Spoil = void (*)(Presented&, GatePolicy&);

inline constexpr Millis one_ms{1};

struct ClauseRow {
  const char* id;
  Spoil spoil;  // What is different about a neighbour with everything in order, or about the policy.
  Outcome outcome;
  std::vector<R> reasons;
};

inline void in(Presented& p) { p.direction = Direction::in; }
inline void sampled(Presented& p, Millis ago) { p.nat.last_negative = NegativeResult{noon - ago, noon - ago + 6h}; }
inline void visit(Presented& p, Instant from, Instant until) {
  p.direction = Direction::in;
  p.relation = Relation::visitor;
  p.visitor = {VisitorRecord::expected, SealLevel::none, from, until};
}

// clang-format off
inline const std::vector<ClauseRow> clause_rows = {
    {"GATE-0", [](Presented&, GatePolicy&) {}, pass, {}},
    {"GATE-0", [](Presented& p, GatePolicy&) { in(p); }, pass, {}},

    {"GATE-1", [](Presented& p, GatePolicy&) { p.emergency = Emergency::medical; },
     pass_with_reminder, {R::emergency_exit}},
    {"GATE-1", [](Presented& p, GatePolicy&) { p.emergency = Emergency::fire; p.compound = SealLevel::sealed; },
     pass_with_reminder, {R::emergency_exit, R::compound_sealed}},
    {"GATE-1", [](Presented& p, GatePolicy&) { p.emergency = Emergency::other; p.code->colour = CodeColour::red; p.temperature_tenths = 399; },
     pass_with_reminder, {R::emergency_exit, R::red_code, R::fever}},

    {"GATE-2", [](Presented& p, GatePolicy&) { p.code->colour = CodeColour::red; }, hold, {R::red_code}},
    {"GATE-2", [](Presented& p, GatePolicy&) { p.code->colour = CodeColour::red; p.code->read_at = noon - 25h; },
     hold, {R::red_code, R::code_stale}},

    {"GATE-3", [](Presented& p, GatePolicy&) { p.nat.state = NatState::positive; }, hold, {R::nat_positive}},

    {"GATE-4", [](Presented& p, GatePolicy&) { p.nat.state = NatState::pool_abnormal; }, hold, {R::pool_abnormal}},

    {"GATE-5", [](Presented& p, GatePolicy&) { p.temperature_tenths = 372; }, pass, {}},
    {"GATE-5", [](Presented& p, GatePolicy&) { p.temperature_tenths = 373; }, hold, {R::fever}},
    {"GATE-5", [](Presented& p, GatePolicy& y) { p.temperature_tenths = 410; y.signs.fever_tenths = 0; }, pass, {}},

    {"GATE-6", [](Presented& p, GatePolicy&) { p.isolation.kind = IsolationKind::central; },
     hold, {R::isolation_central}},
    {"GATE-6", [](Presented& p, GatePolicy&) { p.isolation.kind = IsolationKind::central; p.pass_use.outing_approved = true; },
     hold, {R::isolation_central}},
    {"GATE-6", [](Presented& p, GatePolicy&) { p.isolation.kind = IsolationKind::home; }, refuse, {R::isolation_home}},
    {"GATE-6", [](Presented& p, GatePolicy&) { p.isolation.kind = IsolationKind::home; in(p); },
     register_first, {R::isolation_home}},
    {"GATE-6", [](Presented& p, GatePolicy&) { p.isolation.kind = IsolationKind::home; p.pass_use.outing_approved = true; },
     pass_with_reminder, {R::isolation_home}},
    {"GATE-6", [](Presented& p, GatePolicy&) { p.isolation.kind = IsolationKind::home; in(p); p.pass_use.outing_approved = true; },
     register_first, {R::isolation_home}},
    {"GATE-6", [](Presented& p, GatePolicy&) { p.isolation.kind = IsolationKind::home_monitoring; },
     refuse, {R::home_monitoring}},
    {"GATE-6", [](Presented& p, GatePolicy&) { p.isolation.kind = IsolationKind::home_monitoring; in(p); },
     pass_with_reminder, {R::home_monitoring}},
    {"GATE-6", [](Presented& p, GatePolicy&) { p.isolation = {IsolationKind::home, noon + one_ms}; },
     refuse, {R::isolation_home}},
    {"GATE-6", [](Presented& p, GatePolicy&) { p.isolation = {IsolationKind::home, noon}; },
     pass_with_reminder, {R::isolation_past_end}},
    {"GATE-6", [](Presented& p, GatePolicy&) { p.isolation = {IsolationKind::none, noon + 1h}; }, pass, {}},

    {"GATE-7", [](Presented& p, GatePolicy&) { p.home = SealLevel::sealed; }, hold, {R::home_sealed}},
    {"GATE-7", [](Presented& p, GatePolicy&) { p.home = SealLevel::sealed; in(p); }, register_first, {R::home_sealed}},
    {"GATE-7", [](Presented& p, GatePolicy&) { p.home = SealLevel::sealed; p.pass_use.outing_approved = true; },
     pass_with_reminder, {R::home_sealed}},
    {"GATE-7", [](Presented& p, GatePolicy&) { p.home = SealLevel::controlled; }, refuse, {R::home_controlled}},
    {"GATE-7", [](Presented& p, GatePolicy&) { p.home = SealLevel::controlled; in(p); },
     pass_with_reminder, {R::home_controlled}},
    {"GATE-7", [](Presented& p, GatePolicy&) { p.home = SealLevel::precautionary; },
     pass_with_reminder, {R::home_precautionary}},
    {"GATE-7", [](Presented& p, GatePolicy&) { p.home = SealLevel::controlled; p.relation = Relation::worker; },
     pass_with_reminder, {R::home_elsewhere_closed}},
    {"GATE-7", [](Presented& p, GatePolicy&) { p.home = SealLevel::sealed; p.relation = Relation::worker; in(p); },
     refuse, {R::home_elsewhere_closed, R::worker}},

    {"GATE-8", [](Presented& p, GatePolicy&) { p.compound = SealLevel::sealed; }, hold, {R::compound_sealed}},
    {"GATE-8", [](Presented& p, GatePolicy&) { p.compound = SealLevel::sealed; in(p); },
     register_first, {R::compound_sealed}},
    {"GATE-8", [](Presented& p, GatePolicy&) { p.compound = SealLevel::sealed; in(p); p.relation = Relation::worker; },
     refuse, {R::compound_sealed, R::worker}},
    {"GATE-8", [](Presented& p, GatePolicy&) { visit(p, noon, noon + 1h); p.compound = SealLevel::sealed; },
     hold, {R::compound_sealed}},
    {"GATE-8", [](Presented& p, GatePolicy&) { p.compound = SealLevel::controlled; }, refuse, {R::compound_controlled}},
    {"GATE-8", [](Presented& p, GatePolicy&) { p.compound = SealLevel::controlled; p.pass_use.outing_approved = true; },
     pass_with_reminder, {R::compound_controlled}},
    {"GATE-8", [](Presented& p, GatePolicy&) { p.compound = SealLevel::controlled; in(p); },
     pass_with_reminder, {R::compound_controlled}},
    {"GATE-8", [](Presented& p, GatePolicy&) { p.compound = SealLevel::controlled; in(p); p.relation = Relation::worker; },
     register_first, {R::compound_controlled, R::worker}},
    {"GATE-8", [](Presented& p, GatePolicy&) { visit(p, noon, noon + 1h); p.compound = SealLevel::controlled; },
     refuse, {R::compound_controlled}},
    {"GATE-8", [](Presented& p, GatePolicy&) { p.compound = SealLevel::precautionary; },
     pass_with_reminder, {R::compound_precautionary}},

    {"GATE-9", [](Presented& p, GatePolicy&) { p.code.reset(); }, refuse, {R::code_missing}},
    {"GATE-9", [](Presented& p, GatePolicy&) { p.code.reset(); p.age_band = AgeBand::child; },
     pass_with_reminder, {R::code_missing}},
    {"GATE-9", [](Presented& p, GatePolicy&) { p.code.reset(); p.age_band = AgeBand::elder; },
     register_first, {R::code_missing}},
    {"GATE-9", [](Presented& p, GatePolicy&) { p.code.reset(); p.offline_code = OfflineCode{noon + one_ms}; },
     pass, {}},
    {"GATE-9", [](Presented& p, GatePolicy&) { p.code.reset(); p.offline_code = OfflineCode{noon}; },
     refuse, {R::offline_code_expired}},
    {"GATE-9", [](Presented& p, GatePolicy& y) { p.code.reset(); y.code.missing = pass; }, pass, {}},

    {"GATE-10", [](Presented& p, GatePolicy&) { p.code->read_at = noon - 24h; }, pass, {}},
    {"GATE-10", [](Presented& p, GatePolicy&) { p.code->read_at = noon - 24h - one_ms; },
     register_first, {R::code_stale}},
    {"GATE-10", [](Presented& p, GatePolicy& y) { p.code->read_at = noon - 9000h; y.code.age_hours_max = 0; },
     pass, {}},
    {"GATE-10", [](Presented& p, GatePolicy&) { p.code->read_at = noon + 300s; }, pass, {}},
    {"GATE-10", [](Presented& p, GatePolicy&) { p.code->read_at = noon + 300s + one_ms; },
     register_first, {R::code_from_future}},

    {"GATE-11", [](Presented& p, GatePolicy&) { p.code->colour = CodeColour::yellow; }, refuse, {R::yellow_code}},
    {"GATE-11", [](Presented& p, GatePolicy&) { p.code->colour = CodeColour::yellow; in(p); },
     register_first, {R::yellow_code}},
    {"GATE-11", [](Presented& p, GatePolicy&) { visit(p, noon, noon + 1h); p.code->colour = CodeColour::yellow; },
     hold, {R::yellow_code}},

    {"GATE-12", [](Presented& p, GatePolicy&) { p.code->grade = EvidenceGrade::visual; },
     pass_with_reminder, {R::seen_by_eye}},
    {"GATE-12", [](Presented& p, GatePolicy&) { p.code->grade = EvidenceGrade::connector; }, pass, {}},

    {"GATE-13", [](Presented& p, GatePolicy&) { sampled(p, 48h); }, pass, {}},
    {"GATE-13", [](Presented& p, GatePolicy&) { sampled(p, 48h + one_ms); }, refuse, {R::nat_expired}},
    {"GATE-13", [](Presented& p, GatePolicy& y) { sampled(p, 54h); y.nat.anchor = policy::NatAnchor::reported_at; },
     pass, {}},
    {"GATE-13", [](Presented& p, GatePolicy& y) { sampled(p, 54h + one_ms); y.nat.anchor = policy::NatAnchor::reported_at; },
     refuse, {R::nat_expired}},
    {"GATE-13", [](Presented& p, GatePolicy&) { sampled(p, 72h); in(p); }, pass, {}},
    {"GATE-13", [](Presented& p, GatePolicy&) { sampled(p, 72h + one_ms); in(p); }, register_first, {R::nat_expired}},
    {"GATE-13", [](Presented& p, GatePolicy&) { visit(p, noon, noon + 1h); sampled(p, 72h + one_ms); },
     hold, {R::nat_expired}},
    {"GATE-13", [](Presented& p, GatePolicy&) { p.nat = {}; }, refuse, {R::nat_missing}},
    {"GATE-13", [](Presented& p, GatePolicy&) { p.nat = {NatState::invalid, std::nullopt}; }, refuse, {R::nat_missing}},
    {"GATE-13", [](Presented& p, GatePolicy&) { p.nat.state = NatState::testing; }, pass, {}},
    {"GATE-13", [](Presented& p, GatePolicy&) { p.nat.state = NatState::testing; sampled(p, 49h); },
     pass_with_reminder, {R::nat_pending}},
    {"GATE-13", [](Presented& p, GatePolicy&) { p.nat = {NatState::sampled, std::nullopt}; },
     pass_with_reminder, {R::nat_pending}},
    {"GATE-13", [](Presented& p, GatePolicy& y) { p.nat = {NatState::sampled, std::nullopt}; y.nat.pending = hold; },
     refuse, {R::nat_pending}},
    {"GATE-13", [](Presented& p, GatePolicy&) { sampled(p, -301s); }, refuse, {R::nat_from_future}},
    {"GATE-13", [](Presented& p, GatePolicy&) { p.nat.last_negative->reported_at = noon + 300s; }, pass, {}},
    {"GATE-13", [](Presented& p, GatePolicy&) { p.nat.last_negative->reported_at = noon + 300s + one_ms; },
     refuse, {R::nat_from_future}},
    {"GATE-13", [](Presented& p, GatePolicy&) { p.nat = {}; p.age_band = AgeBand::child; }, pass, {}},
    {"GATE-13", [](Presented& p, GatePolicy& y) { p.nat = {}; p.age_band = AgeBand::child; y.nat.asked_of_children = true; },
     refuse, {R::nat_missing}},
    {"GATE-13", [](Presented& p, GatePolicy& y) { p.nat = {}; y.nat.window_hours_out = 0; }, pass, {}},

    {"GATE-14", [](Presented& p, GatePolicy&) { p.pass_use.pass_valid = false; }, refuse, {R::pass_missing}},
    {"GATE-14", [](Presented& p, GatePolicy&) { p.pass_use.pass_valid = false; in(p); },
     register_first, {R::pass_missing}},
    {"GATE-14", [](Presented& p, GatePolicy&) { p.pass_use = {false, 0, true}; },
     pass_with_reminder, {R::pass_missing}},
    {"GATE-14", [](Presented& p, GatePolicy&) { p.pass_use.pass_valid = false; p.relation = Relation::worker; },
     pass, {}},

    {"GATE-15", [](Presented& p, GatePolicy&) { p.pass_use.outings_today = 1; }, refuse, {R::outings_used_up}},
    {"GATE-15", [](Presented& p, GatePolicy&) { p.pass_use.outings_today = 1; in(p); }, pass, {}},
    {"GATE-15", [](Presented& p, GatePolicy& y) { p.pass_use.outings_today = 1; y.outing.per_household_per_day = 2; },
     pass, {}},
    {"GATE-15", [](Presented& p, GatePolicy& y) { p.pass_use.outings_today = 50; y.outing.per_household_per_day = 0; },
     pass, {}},
    {"GATE-15", [](Presented& p, GatePolicy&) { p.pass_use = {true, 3, true}; },
     pass_with_reminder, {R::outings_used_up}},

    {"GATE-16", [](Presented& p, GatePolicy&) { visit(p, noon, noon + one_ms); }, pass, {}},
    {"GATE-16", [](Presented& p, GatePolicy&) { visit(p, noon + one_ms, noon + 1h); },
     register_first, {R::visitor_outside_hours}},
    {"GATE-16", [](Presented& p, GatePolicy&) { visit(p, noon - 1h, noon); },
     register_first, {R::visitor_outside_hours}},
    {"GATE-16", [](Presented& p, GatePolicy&) { p.relation = Relation::resident_elsewhere; in(p); },
     register_first, {R::visitor_unregistered}},
    {"GATE-16", [](Presented& p, GatePolicy&) { visit(p, noon, noon + 1h); p.visitor.record = VisitorRecord::expired; },
     register_first, {R::visitor_expired}},
    {"GATE-16", [](Presented& p, GatePolicy&) { visit(p, noon, noon + 1h); p.visitor.host_home = SealLevel::controlled; },
     refuse, {R::visitor_of_closed_home}},
    {"GATE-16", [](Presented& p, GatePolicy&) { visit(p, noon, noon + 1h); p.visitor.host_home = SealLevel::precautionary; },
     pass, {}},
    {"GATE-16", [](Presented& p, GatePolicy& y) { visit(p, noon, noon + 1h); y.visit.visitor_in = refuse; },
     refuse, {R::visitor_not_now}},
    {"GATE-16", [](Presented& p, GatePolicy&) { visit(p, noon - 1h, noon); p.direction = Direction::out; },
     pass_with_reminder, {R::visitor_overstayed}},
    {"GATE-16", [](Presented& p, GatePolicy&) { visit(p, noon - 1h, noon + one_ms); p.direction = Direction::out; },
     pass, {}},

    {"GATE-17", [](Presented& p, GatePolicy&) { p.relation = Relation::worker; in(p); }, register_first, {R::worker}},
    {"GATE-17", [](Presented& p, GatePolicy&) { p.relation = Relation::worker; in(p); p.visitor = {VisitorRecord::expected, SealLevel::none, noon, noon + 1s}; },
     pass_with_reminder, {R::worker}},
    {"GATE-17", [](Presented& p, GatePolicy&) { p.relation = Relation::worker; in(p); p.visitor = {VisitorRecord::expected, SealLevel::none, noon - 1h, noon}; },
     register_first, {R::worker}},
    {"GATE-17", [](Presented& p, GatePolicy&) { p.relation = Relation::worker; in(p); p.visitor.record = VisitorRecord::expired; }, register_first, {R::worker}},
    {"GATE-17", [](Presented& p, GatePolicy&) { p.relation = Relation::courier; in(p); p.visitor.record = VisitorRecord::expected; }, refuse, {R::courier}},
    {"GATE-17", [](Presented& p, GatePolicy&) { p.relation = Relation::courier; in(p); }, refuse, {R::courier}},
    {"GATE-17", [](Presented& p, GatePolicy&) { p.relation = Relation::courier; }, pass, {}},
    {"GATE-17", [](Presented& p, GatePolicy&) { p.relation = Relation::unknown; in(p); }, refuse, {R::person_unknown}},
    {"GATE-17", [](Presented& p, GatePolicy&) { p.relation = Relation::unknown; }, register_first, {R::person_unknown}},

    {"GATE-18", [](Presented& p, GatePolicy&) { p.trip = {TripState::open, PlaceRisk::low, true}; }, pass, {}},
    {"GATE-18", [](Presented& p, GatePolicy&) { p.trip = {TripState::open, PlaceRisk::low, false}; },
     register_first, {R::trip_unregistered}},
    {"GATE-18", [](Presented& p, GatePolicy&) { p.trip = {TripState::filed, PlaceRisk::medium, true}; },
     pass_with_reminder, {R::trip_to_risk_area}},
    {"GATE-18", [](Presented& p, GatePolicy&) { p.trip = {TripState::open, PlaceRisk::medium, true}; in(p); },
     register_first, {R::trip_back_from_medium_risk}},
    {"GATE-18", [](Presented& p, GatePolicy&) { p.trip = {TripState::open, PlaceRisk::high, true}; in(p); },
     hold, {R::trip_back_from_high_risk}},
    {"GATE-18", [](Presented& p, GatePolicy&) { p.trip = {TripState::returned, PlaceRisk::high, false}; in(p); },
     pass, {}},

    {"GATE-19", [](Presented& p, GatePolicy&) { p.mask = Mask::missing; }, pass_with_reminder, {R::mask_missing}},
    {"GATE-19", [](Presented& p, GatePolicy&) { p.mask = Mask::not_looked; }, pass, {}},

    {"GATE-20", [](Presented& p, GatePolicy&) { p.temperature_tenths.reset(); },
     register_first, {R::temperature_not_taken}},
    {"GATE-20", [](Presented& p, GatePolicy&) { p.temperature_tenths = 339; },
     register_first, {R::temperature_implausible}},
    {"GATE-20", [](Presented& p, GatePolicy&) { p.temperature_tenths = 340; }, pass, {}},

    {"GATE-21", [](Presented& p, GatePolicy&) { p.health_card_due = true; }, pass_with_reminder, {R::health_card}},
};
// clang-format on

}  // namespace firstline::gate::rows
