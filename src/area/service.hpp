#pragma once

// Reads and writes the place tree. Decides which node a request acts on (for the route table) and nothing else about
// access. Faults: area.unknown, gate.unknown (not_found); area.bad_code, area.wrong_parent (invalid); area.exists
// (conflict).

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "area/model.hpp"
#include "base/clock.hpp"
#include "base/fault.hpp"
#include "http/route.hpp"
#include "store/session.hpp"

namespace firstline::area {

// `community` is the shard: 0 for the official tree, of which a community's own node is a part.
Result<Area> find(store::Session& session, AreaId community, AreaId id);
Result<Area> find_community(store::Session& session, AreaId id);
Result<Area> find_by_path(store::Session& session, AreaId community, std::string_view path);
// Any node by its path alone: official tree or inside a community.
Result<Area> find_on_path(store::Session& session, std::string_view path);
// In order of their codes. Of a community's node: its compounds and grids.
Result<std::vector<Area>> children(store::Session& session, AreaId community, AreaId parent);
// Everything strictly below a path, in path order; one range of an index.
Result<std::vector<Area>> below(store::Session& session, AreaId community, std::string_view path);
// What bears this label in any compound of the community, in path order; at most 50.
Result<std::vector<Area>> labelled(store::Session& session, AreaId community, std::string_view label);
// The nodes from the compound down to `path` itself: its way below the community.
Result<std::vector<Area>> way_to(store::Session& session, AreaId community, std::string_view path);

// What a new node is to be; the path follows from the parent.
struct NewArea {
  AreaKind kind = AreaKind::household;
  std::string code, name, label;
  AreaId grid_id;
  bool generated = false;
};
Result<Area> add(store::Session& session, const Area* parent, const NewArea& made, Instant now);
// Puts a building into another grid of its community, or into none (0). No path changes.
Result<void> move_to_grid(store::Session& session, AreaId community, AreaId building, AreaId grid);

// Who changes places for the desk, and when.
struct Editing {
  const http::Actor& actor;
  Instant now;
  Random& random;
};
// A compound or a grid, as the desk adds it: numbered after its name or counted; a fact. Fault area.exists.
Result<Area> add_named(store::Session& session, const Area& community, AreaKind kind, std::string name,
                       const Editing& by);
// The same as move_to_grid, with its fact.
Result<void> put_into_grid(store::Session& session, const Area& building, AreaId grid, const Editing& by);

Result<Gate> find_gate(store::Session& session, GateId id);
Result<Gate> find_gate_by_venue_code(store::Session& session, std::string_view code);
// The communities that this database serves: those that have a gate.
Result<std::vector<AreaId>> communities_with_gates(store::Session& session);
Result<std::vector<Gate>> gates_of(store::Session& session, AreaId community);
// `grid`, if any, is in charge of the gate: its grid worker may act there.
Result<Gate> add_gate(store::Session& session, const Area& compound, const Area* grid, std::string name, Instant now,
                      Random& random);
// Drawn until one is free.
Result<std::string> free_venue_code(store::Session& session, Random& random);
Result<GateView> view(store::Session& session, const Gate& gate);

// Places for the access rule of a route; `parameter` names the path parameter that holds the id.
http::PlaceOf at_gate(std::string parameter);
// The gate at which a route with `at_gate` was entered.
const Gate& gate_met(const http::Call& call);
// A grid worker of one of the community's grids counts as being at the community: its lists are their work too.
http::PlaceOf at_community(std::string parameter);
// A node of the official tree: a community, as above, or one over it.
http::PlaceOf at_office(std::string parameter);
// The grid of this community that the actor works in; empty if none.
Result<std::string> grid_of(store::Session& session, const Area& community, const http::Actor& actor);
// A node inside the community of the route: its place, with the grid of its building.
http::PlaceOf at_area(std::string parameter);
http::Place place_of(const Gate& gate);
// With the grid of the building that it lies in.
Result<http::Place> place_of(store::Session& session, const Area& area);

// The official tree of one district (divisions), put in once; a second call does nothing.
Result<void> load_divisions(store::Session& session, std::string_view csv, Instant now);
// The table that this program carries: Chengguan district 620102.
std::string_view embedded_divisions();
// Provinces, cities and districts of the whole country: lines "620102,<name>", the upper before the lower.
std::string_view embedded_country();

// What else changes with an area's name or label, in the same transaction.
using Renamed = Result<void> (*)(store::Session& session, const Area& area);

// GET /api/v1/gates/{gate}, GET /api/v1/venues/{venue_code}, and the desk's edits of places.
void add_routes(http::RouteTable& table, Renamed renamed);

}  // namespace firstline::area
