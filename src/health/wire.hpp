#pragma once

// How health readings are written down outside (JSON, schemas, columns): the fields of the structs, nothing else.

#include <boost/describe.hpp>

#include "health/model.hpp"

namespace firstline::health {

BOOST_DESCRIBE_ENUM(CodeColour, green, yellow, red)
BOOST_DESCRIBE_ENUM(EvidenceGrade, signed_code, connector, visual)
BOOST_DESCRIBE_ENUM(NatState, not_sampled, sampled, testing, negative, pool_abnormal, positive, invalid)

BOOST_DESCRIBE_STRUCT(CodeReading, (), (colour, grade, read_at, source))
BOOST_DESCRIBE_STRUCT(NegativeResult, (), (sampled_at, reported_at))
BOOST_DESCRIBE_STRUCT(NatStatus, (), (state, last_negative))
constexpr bool absent_means_default(const NatStatus*) { return true; }
BOOST_DESCRIBE_STRUCT(Standing, (), (code, nat))

}  // namespace firstline::health
