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

std::optional<Role> giver_of(const std::vector<http::Grant>& own, Role role, std::string_view path) {
  std::optional<Role> least;
  for (const http::Grant& mine : own) {
    const bool same_rank_same_place = role == Role::commander && mine.path == path;
    const bool may = given_by(mine.role).has(role) && http::path_covers(mine.path, path) && !same_rank_same_place;
    if (may && (!least || mine.role < *least)) least = mine.role;
  }
  return least;
}

bool may_give(const std::vector<http::Grant>& own, Role role, std::string_view path) {
  return giver_of(own, role, path).has_value();
}

std::optional<Role> in_charge_of(const std::vector<http::Grant>& own, std::string_view home_path) {
  std::optional<Role> least;
  for (const http::Grant& mine : own)
    if (managing_roles.has(mine.role) && http::path_covers(mine.path, home_path) && (!least || mine.role < *least))
      least = mine.role;
  return least;
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
  return in_charge_of(own, home_path) && std::all_of(theirs.begin(), theirs.end(), [&](const http::Grant& grant) {
           return may_give(own, grant.role, grant.path);
         });
}

}  // namespace firstline::access
