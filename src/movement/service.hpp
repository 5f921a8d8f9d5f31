#pragma once

// Who may come and go, as others use it. A gate asks `standing` for everybody who lives behind it: one statement over
// two or three short rows. Decides nothing about a passage: that is the gate's rule.
//
// Faults: pass.unknown, visit.unknown, trip.unknown, area.unknown (not_found); pass.exists, pass.ended (conflict);
// pass.bad_end, area.wrong_kind, approval.bad_day (invalid).

#include <string>
#include <string_view>

#include "area/service.hpp"
#include "base/fault.hpp"
#include "http/route.hpp"
#include "movement/wire.hpp"
#include "person/service.hpp"
#include "store/session.hpp"

namespace firstline::movement {

// What the use cases depend on; all of it outlives them.
struct Ground {
  const person::Directory* people;
};

// How somebody stands who lives behind a gate of `compound`, now.
Result<Standing> standing(store::Session& session, AreaId community, AreaId compound, AreaId household, PersonId person,
                          Instant now);

// `ground` outlives the table.
void add_routes(http::RouteTable& table, const Ground& ground);

}  // namespace firstline::movement
