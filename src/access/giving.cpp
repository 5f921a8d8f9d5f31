#include "access/giving.hpp"

#include <algorithm>

#include <boost/describe.hpp>
#include <boost/mp11.hpp>

namespace firstline::access {
namespace {

using http::Role;
using http::RoleSet;

RoleSet given_by(Role giver) {
  switch (giver) {
    case Role::secretary:
      return {Role::resident, Role::keeper, Role::volunteer, Role::grid_worker};
    case Role::personnel:
      return {Role::keeper, Role::volunteer, Role::grid_worker};
    case Role::commander:
      return {Role::resident,       Role::keeper,    Role::volunteer, Role::grid_worker, Role::secretary,
              Role::health_officer, Role::personnel, Role::commander, Role::auditor};
    default:
      return {};
  }
}

}  // namespace

bool may_give(const std::vector<http::Grant>& own, Role role, std::string_view path) {
  return std::any_of(own.begin(), own.end(), [&](const http::Grant& mine) {
    const bool same_rank_same_place = role == Role::commander && mine.path == path;
    return given_by(mine.role).has(role) && http::path_covers(mine.path, path) && !same_rank_same_place;
  });
}

std::vector<Role> roles_to_give(const std::vector<http::Grant>& own, std::string_view path) {
  std::vector<Role> roles;
  boost::mp11::mp_for_each<boost::describe::describe_enumerators<Role>>([&](auto each) {
    if (may_give(own, each.value, path)) roles.push_back(each.value);
  });
  return roles;
}

bool may_manage(const std::vector<http::Grant>& own, const std::vector<http::Grant>& theirs,
                std::string_view home_path) {
  const bool in_charge = std::any_of(own.begin(), own.end(), [&](const http::Grant& mine) {
    return managing_roles.has(mine.role) && http::path_covers(mine.path, home_path);
  });
  return in_charge && std::all_of(theirs.begin(), theirs.end(),
                                  [&](const http::Grant& grant) { return may_give(own, grant.role, grant.path); });
}

}  // namespace firstline::access
