#pragma once

// A gate without its server: what its phone holds (the pack), and what it recorded meanwhile.

#include "http/route.hpp"
#include "offline/packs.hpp"

namespace firstline::offline {

// What the routes depend on; all of it outlives the table.
struct Outpost {
  store::Database* database;
  const gate::Ground* ground;
  Packs* packs;
};

// What phones saw and decided, and the server beside them, is forgotten of records that came in before `before`, a few
// hundred at a time, and so are conflicts that were decided before it. A difference that nobody has looked at stays
// until somebody has; that a record came, and what became of it, stays for good: sent again it has the same answer. How
// many there were.
Result<int> forget_contents(store::Session& session, AreaId community, Instant before);
// As long as a phone may be late: until then a record may be asked about again with all that it said.
inline constexpr std::chrono::hours contents_kept{31 * 24};

void add_routes(http::RouteTable& table, const Outpost& outpost);

}  // namespace firstline::offline
