#pragma once

// How areas and gates are written down outside (JSON, schemas, columns): the fields of the structs, nothing else.

#include <boost/describe.hpp>

#include "area/model.hpp"

namespace firstline::area {

BOOST_DESCRIBE_ENUM(AreaKind, district, subdistrict, community, grid, compound, building, unit, floor, household)
BOOST_DESCRIBE_STRUCT(GateView, (),
                      (gate_id, name, compound_id, compound_name, community_id, community_name, venue_code, generated))

}  // namespace firstline::area
