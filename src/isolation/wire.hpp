#pragma once

// How the values of the module are written down outside (JSON, SQL, schemas): the fields of the structs, nothing else.

#include <boost/describe.hpp>

#include "isolation/clock.hpp"
#include "policy/wire.hpp"

namespace firstline::isolation {

BOOST_DESCRIBE_ENUM(IsolationKind, none, home_monitoring, home, central)
BOOST_DESCRIBE_ENUM(Category, close_contact, secondary_contact, inbound, from_high_risk, from_medium_risk,
                    closed_loop_worker, discharged, infected)
BOOST_DESCRIBE_STRUCT(IsolationStep, (), (kind, days, nat_days))
BOOST_DESCRIBE_STRUCT(IsolationTerms, (), (steps, double_test_at_end, day_begins, counted_from))
BOOST_DESCRIBE_ENUM(TestDayState, ahead, due, done, late, missed)
BOOST_DESCRIBE_STRUCT(TestDay, (), (day, kind, from, until, state, samples))
BOOST_DESCRIBE_STRUCT(Stay, (), (kind, from, until, first_day, days))
BOOST_DESCRIBE_ENUM(EndLack, time, rule, sample, result, second_sample, positive)
BOOST_DESCRIBE_STRUCT(IsolationClock, (), (day, days, kind, stays, tests, ends_at, lacks))

}  // namespace firstline::isolation
