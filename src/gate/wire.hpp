#pragma once

// How the gate's values are written down outside (JSON, schemas): the fields of the structs, nothing else.

#include <boost/describe.hpp>

#include "gate/stands.hpp"
#include "health/wire.hpp"
#include "isolation/wire.hpp"
#include "policy/wire.hpp"
#include "seal/wire.hpp"

namespace firstline::gate {

BOOST_DESCRIBE_ENUM(Direction, in, out)
BOOST_DESCRIBE_ENUM(Relation, resident_here, resident_elsewhere, visitor, worker, courier, unknown)
BOOST_DESCRIBE_ENUM(AgeBand, child, adult, elder)
BOOST_DESCRIBE_ENUM(TripState, filed, open, returned)
BOOST_DESCRIBE_ENUM(PlaceRisk, low, medium, high)
BOOST_DESCRIBE_ENUM(VisitorRecord, none, expected, expired)
BOOST_DESCRIBE_ENUM(Mask, worn, not_looked, missing)
BOOST_DESCRIBE_ENUM(Emergency, none, medical, fire, danger, other)
BOOST_DESCRIBE_ENUM(ReasonKind, emergency_exit, red_code, nat_positive, pool_abnormal, fever, isolation_central,
                    isolation_home, home_monitoring, isolation_past_end, home_sealed, home_controlled,
                    home_elsewhere_closed, home_precautionary, compound_sealed, compound_controlled,
                    compound_precautionary, code_missing, offline_code_expired, code_stale, code_from_future,
                    yellow_code, seen_by_eye, nat_missing, nat_expired, nat_pending, nat_from_future, pass_missing,
                    outings_used_up, visitor_unregistered, visitor_outside_hours, visitor_expired, visitor_not_now,
                    visitor_of_closed_home, visitor_overstayed, worker, courier, person_unknown, trip_unregistered,
                    trip_to_risk_area, trip_back_from_medium_risk, trip_back_from_high_risk, mask_missing,
                    temperature_not_taken, temperature_implausible, health_card)
BOOST_DESCRIBE_ENUM(NextStep, go_and_write_down_later, wait_here_for_staff, wait_for_single_retest, go_straight_home,
                    stay_at_home, ask_community, avoid_gatherings, show_id_card, renew_offline_code, read_code_again,
                    report_to_community, scan_to_verify, sample_at_point, wait_for_result, show_pass, go_tomorrow,
                    register_visit, come_in_visiting_hours, meet_outside, register_work, leave_goods_at_gate,
                    register_person, register_trip, put_off_trip, wear_mask, take_temperature, read_card)

BOOST_DESCRIBE_STRUCT(OfflineCode, (), (valid_until))
BOOST_DESCRIBE_STRUCT(Isolation, (), (kind, until))
BOOST_DESCRIBE_STRUCT(PassUse, (), (pass_valid, outings_today, outing_approved))
BOOST_DESCRIBE_STRUCT(Trip, (), (state, risk, registered))
BOOST_DESCRIBE_STRUCT(Visitor, (), (record, host_home, from, until))
BOOST_DESCRIBE_STRUCT(Presented, (),
                      (direction, relation, age_band, emergency, code, offline_code, nat, isolation, home, compound,
                       pass_use, trip, visitor, temperature_tenths, mask, health_card_due))
BOOST_DESCRIBE_STRUCT(Term, (), (from, until))
BOOST_DESCRIBE_STRUCT(OutingsOn, (), (day, count))
BOOST_DESCRIBE_STRUCT(KnownTrip, (), (state, risk, leaves_on, back_on))
BOOST_DESCRIBE_STRUCT(Stands, (),
                      (relation, age_band, code, offline_code, nat, isolation, home, compound, passes_asked, pass,
                       approved_days, outings, trip, visitor))
BOOST_DESCRIBE_STRUCT(Moment, (), (direction, temperature_tenths, mask, colour_seen, nat_seen_hours, leaves_district))
constexpr bool absent_means_default(const Stands*) { return true; }
constexpr bool absent_means_default(const Moment*) { return true; }
// Most of what stands before a gate is not there: a passage keeps only what was.
constexpr bool absent_means_default(const Isolation*) { return true; }
constexpr bool absent_means_default(const PassUse*) { return true; }
constexpr bool absent_means_default(const Visitor*) { return true; }
constexpr bool absent_means_default(const Presented*) { return true; }
BOOST_DESCRIBE_STRUCT(Reason, (), (clause, reason, outcome, next, parameter, hours, tenths, count, recorded_only))
BOOST_DESCRIBE_STRUCT(Verdict, (), (outcome, reasons))

}  // namespace firstline::gate
