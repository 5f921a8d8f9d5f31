#include "movement/route_parts.hpp"

namespace firstline::movement {

void add_routes(http::RouteTable& table, const Ground& ground) {
  add_pass_routes(table, ground);
  add_visit_routes(table, ground);
  add_trip_routes(table, ground);
}

}  // namespace firstline::movement
