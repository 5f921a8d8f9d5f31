#pragma once

// The routes by topic; internal to the module.

#include "movement/service.hpp"

namespace firstline::movement {

void add_pass_routes(http::RouteTable& table, const Ground& ground);
void add_visit_routes(http::RouteTable& table, const Ground& ground);
void add_trip_routes(http::RouteTable& table, const Ground& ground);

inline constexpr http::RoleSet office{http::Role::secretary, http::Role::grid_worker};
inline constexpr http::RoleSet keepers{http::Role::keeper, http::Role::volunteer, http::Role::grid_worker,
                                       http::Role::secretary};

}  // namespace firstline::movement
