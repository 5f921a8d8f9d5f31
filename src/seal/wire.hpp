#pragma once

// How seal levels and projections are written down outside (JSON, schemas, columns): the fields of the structs, nothing
// else.

#include <boost/describe.hpp>

#include "policy/wire.hpp"
#include "seal/model.hpp"
#include "seal/projection.hpp"

namespace firstline::seal {

BOOST_DESCRIBE_ENUM(Level, none, precautionary, controlled, sealed)
BOOST_DESCRIBE_ENUM(TestResult, negative, pool_abnormal, positive)
BOOST_DESCRIBE_ENUM(Condition, no_new_case, last_contact_clear, full_round_negative, extension_over, zones_lifted)
BOOST_DESCRIBE_ENUM(Met, met, unmet, unknown)
BOOST_DESCRIBE_ENUM(Lack, time, anchor, case_removal, disinfection, environment_samples, contact_list, contact_exposure,
                    contact_transfer, contact_negative, people_list, negative_result, single_retest, positive_person,
                    zones)
BOOST_DESCRIBE_ENUM(Sureness, now, by_time, if_negative, at_least, no_rule)
BOOST_DESCRIBE_ENUM(Event, new_case, contact_found)

BOOST_DESCRIBE_STRUCT(Order, (),
                      (level, designated_at, level_since, came_from_sealed, clock_anchor, clock_at, not_before))
BOOST_DESCRIBE_STRUCT(CaseInside, (),
                      (evidence, found_at, sampled_at, removed_at, outside_unit, kept_at_home,
                       contact_with_new_contacts))
BOOST_DESCRIBE_STRUCT(ContactInside, (), (evidence, found_at, last_exposure_at, transferred_at, negative_at))
BOOST_DESCRIBE_STRUCT(Disinfection, (), (evidence, done_at))
BOOST_DESCRIBE_STRUCT(EnvironmentSample, (), (evidence, sampled_at, reported_at, positive, outside_unit))
BOOST_DESCRIBE_STRUCT(Test, (), (evidence, sampled_at, reported_at, result))
BOOST_DESCRIBE_STRUCT(PersonInside, (), (person, tests))
BOOST_DESCRIBE_STRUCT(Evidence, (),
                      (cases, contacts, contacts_complete, disinfections, environment, people, zones_in_county))
constexpr bool absent_means_default(const Evidence*) { return true; }

BOOST_DESCRIBE_STRUCT(StillMissing, (), (what, count, people))
BOOST_DESCRIBE_STRUCT(ConditionState, (), (clause, condition, met, from, evidence, missing))
BOOST_DESCRIBE_STRUCT(SealClock, (), (anchor, started_at, not_before, restarted, evidence, missing))
BOOST_DESCRIBE_STRUCT(SealStep, (), (level, from))
BOOST_DESCRIBE_STRUCT(PlannedDay, (), (date, number, level, nat, antigen, full_round))
BOOST_DESCRIBE_STRUCT(Sensitivity, (), (event, earliest, more_days))
BOOST_DESCRIBE_STRUCT(Projection, (),
                      (level, turns_sealed, clock, conditions, releasable, met_since, earliest, sureness, then, steps,
                       plan, sensitivity, policy_version))

}  // namespace firstline::seal
