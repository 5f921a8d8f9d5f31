#pragma once

// Which roles somebody may give, and whose access they look after. Pure.
//
// The secretary runs the community's own people; the personnel office lends keepers, volunteers and grid workers; the
// command gives every role, its own only below itself. A role given never reaches further than the giver's own.

#include <optional>
#include <string_view>
#include <vector>

#include "http/actor.hpp"

namespace firstline::access {

inline constexpr http::RoleSet managing_roles{http::Role::secretary, http::Role::personnel, http::Role::commander};

// Whether one who holds `own` may give, or take away, this role over this node.
bool may_give(const std::vector<http::Grant>& own, http::Role role, std::string_view path);
// The least of `own` that may give it; none if none may.
std::optional<http::Role> giver_of(const std::vector<http::Grant>& own, http::Role role, std::string_view path);
// The least of `own` that is in charge of an account's home.
std::optional<http::Role> in_charge_of(const std::vector<http::Grant>& own, std::string_view home_path);
// The roles that may be given over this node.
std::vector<http::Role> roles_to_give(const std::vector<http::Grant>& own, std::string_view path);
// Whether one who holds `own` looks after an account: in charge of its home, and may give every role that it holds.
bool may_manage(const std::vector<http::Grant>& own, const std::vector<http::Grant>& theirs,
                std::string_view home_path);

}  // namespace firstline::access
