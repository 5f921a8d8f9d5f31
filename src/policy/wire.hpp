#pragma once

// How policy values are written down outside (JSON, schemas): the fields of the structs, nothing else.

#include <boost/describe.hpp>

#include "policy/gate_policy.hpp"
#include "policy/people_policy.hpp"
#include "policy/risk_place.hpp"
#include "policy/seal_policy.hpp"

namespace firstline::policy {

BOOST_DESCRIBE_ENUM(Outcome, pass, pass_with_reminder, register_first, refuse, hold)
BOOST_DESCRIBE_ENUM(Risk, low, medium, high)
BOOST_DESCRIBE_STRUCT(RiskPlace, (), (code, name, risk, valid_from, valid_until, source))
BOOST_DESCRIBE_ENUM(NatAnchor, sampled_at, reported_at)
BOOST_DESCRIBE_STRUCT(SignsPolicy, (),
                      (red_code, nat_positive, pool_abnormal, fever, fever_tenths, temperature_tenths_min,
                       temperature_missing))
BOOST_DESCRIBE_STRUCT(IsolationPolicy, (), (central, home_out, home_in, monitoring_out, monitoring_in, past_end))
BOOST_DESCRIBE_STRUCT(ZonePolicy, (),
                      (sealed_home_out, sealed_home_in, controlled_home_out, controlled_home_in,
                       closed_home_elsewhere_in, closed_home_elsewhere_out, sealed_compound_out,
                       sealed_compound_in_resident, sealed_compound_in_worker, sealed_compound_in_other,
                       controlled_compound_out, controlled_compound_in_resident, controlled_compound_in_worker,
                       controlled_compound_in_other, precautionary))
BOOST_DESCRIBE_STRUCT(CodePolicy, (),
                      (missing, missing_child, missing_elder, stale, age_hours_max, yellow_out, yellow_in_resident,
                       yellow_in_other, seen_by_eye))
BOOST_DESCRIBE_STRUCT(NatPolicy, (),
                      (window_hours_out, window_hours_in, anchor, asked_of_children, overdue_out, overdue_in_resident,
                       overdue_in_other, pending))
BOOST_DESCRIBE_STRUCT(OutingPolicy, (), (approved, pass_missing_out, pass_missing_in, per_household_per_day, used_up))
BOOST_DESCRIBE_STRUCT(VisitPolicy, (),
                      (visitor_in, unregistered, to_closed_home, overstayed, worker_in, courier_in, unknown_in,
                       unknown_out))
BOOST_DESCRIBE_STRUCT(TripPolicy, (), (unregistered, to_risk_area, back_from_medium_risk, back_from_high_risk))
BOOST_DESCRIBE_STRUCT(ReminderPolicy, (), (mask_missing, health_card))
BOOST_DESCRIBE_STRUCT(GatePolicy, (),
                      (version, clock_skew_seconds_max, signs, isolation, zone, code, nat, outing, visit, trip,
                       reminder))

BOOST_DESCRIBE_ENUM(ZoneUnit, district, compound, building, unit, floor, household)
BOOST_DESCRIBE_ENUM(ClockAnchor, designated_at, last_case_removed, terminal_disinfection_done, last_contact_transferred,
                    last_exposure, last_positive_sample)
BOOST_DESCRIBE_ENUM(DayBegins, at_clock, midnight_after)
BOOST_DESCRIBE_ENUM(RestartOn, new_case, new_positive, new_positive_outside_unit, new_contacts_of_confirmed_contact)
BOOST_DESCRIBE_ENUM(ReleaseNeed, no_new_case, last_contact_clear, full_round_negative)
BOOST_DESCRIBE_ENUM(ContactClock, last_exposure, transfer)
BOOST_DESCRIBE_ENUM(StepsDownTo, controlled, precautionary, released)
BOOST_DESCRIBE_STRUCT(SealLevelPolicy, (),
                      (days_without_case, steps_down_to, release_needs, full_round_within_days, nat_days, antigen_days,
                       monitoring_days))
BOOST_DESCRIBE_STRUCT(AfterSealedPolicy, (), (days, release_needs))
BOOST_DESCRIBE_STRUCT(SealPolicy, (),
                      (version, smallest_unit, temporary_sealing_allowed, clock_anchor, anchor_by_environment,
                       day_begins, restart_on, extended_by_home_isolated_positive, contact_days, contact_counted_from,
                       sealed, controlled, after_sealed, sealed_on_positive, escalation_step_hours, objection_hours))

BOOST_DESCRIBE_ENUM(StayKind, none, central, home, home_monitoring, central_or_home)
BOOST_DESCRIBE_ENUM(CountedFrom, last_exposure, decision)
BOOST_DESCRIBE_STRUCT(CloseContactPolicy, (),
                      (central_days, home_days, home_kind, central_nat_days, home_nat_days, double_test_at_end))
BOOST_DESCRIBE_STRUCT(StayPolicy, (), (days, kind, nat_days))
BOOST_DESCRIBE_STRUCT(InboundPolicy, (), (central_days, home_days))
BOOST_DESCRIBE_STRUCT(DischargedPolicy, (), (monitoring_days))
BOOST_DESCRIBE_STRUCT(MonitoredPolicy, (), (temperatures_per_day, first_due_hour, last_due_hour))
BOOST_DESCRIBE_STRUCT(DaysPolicy, (), (counted_from, day_begins))
BOOST_DESCRIBE_STRUCT(PeoplePolicy, (),
                      (version, close_contact, secondary_contact, from_high_risk, from_medium_risk, closed_loop_worker,
                       inbound, discharged, monitored, isolation))
constexpr bool absent_means_default(const SealLevelPolicy*) { return true; }
constexpr bool absent_means_default(const AfterSealedPolicy*) { return true; }
constexpr bool absent_means_default(const SealPolicy*) { return true; }

}  // namespace firstline::policy
