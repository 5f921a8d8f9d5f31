#include "http/actor.hpp"

#include <algorithm>

namespace firstline::http {

bool path_covers(std::string_view root, std::string_view path) {
  if (root.empty() || !path.starts_with(root)) return false;
  return path.size() == root.size() || root.back() == '/' || path[root.size()] == '/';
}

bool Actor::holds(Role role, const Place& place) const { return holds_any({role}, place); }

bool Actor::holds_any(RoleSet roles, const Place& place) const {
  return std::any_of(grants.begin(), grants.end(), [&](const Grant& grant) {
    return roles.has(grant.role) && (path_covers(grant.path, place.path) || path_covers(grant.path, place.grid_path));
  });
}

bool Actor::device_at(const Place& place) const { return device && path_covers(device_path, place.path); }

}  // namespace firstline::http
