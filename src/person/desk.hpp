#pragma once

// What the routes of people share. Inside the module only.

#include "person/service.hpp"

namespace firstline::person {

inline constexpr http::RoleSet may_reveal{http::Role::grid_worker, http::Role::secretary, http::Role::health_officer};
inline constexpr http::RoleSet may_edit{http::Role::grid_worker, http::Role::secretary};

Result<PersonRef> ref_of(const http::Call& call);
Result<http::Place> place_of(store::Session& session, PersonRef ref);

// Search and households: what the office's desk does with people.
void add_desk_routes(http::RouteTable& table, const Directory& directory);

}  // namespace firstline::person
