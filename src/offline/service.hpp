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

void add_routes(http::RouteTable& table, const Outpost& outpost);

}  // namespace firstline::offline
