#pragma once

// Who is asking, and over which part of the place tree.

#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

#include <boost/describe.hpp>
#include <boost/describe/enum.hpp>

#include "base/id.hpp"

namespace firstline::http {

// 居民 值守人员 志愿者 网格员 社区书记 疾控人员 人事处 指挥部 监督员
enum class Role { resident, keeper, volunteer, grid_worker, secretary, health_officer, personnel, commander, auditor };
BOOST_DESCRIBE_ENUM(Role, resident, keeper, volunteer, grid_worker, secretary, health_officer, personnel, commander,
                    auditor)

// What stands at a gate: a keeper's phone, a reader of ID cards and codes, a gate leaf that opens by itself. A machine
// may ask for verdicts and do nothing else.
enum class DeviceKind { phone, reader, turnstile };
BOOST_DESCRIBE_ENUM(DeviceKind, phone, reader, turnstile)

class RoleSet {
 public:
  constexpr RoleSet() = default;
  constexpr RoleSet(std::initializer_list<Role> roles) {
    for (const Role role : roles) bits_ |= bit(role);
  }
  constexpr bool has(Role role) const { return (bits_ & bit(role)) != 0; }

 private:
  static constexpr std::uint32_t bit(Role role) { return 1u << static_cast<unsigned>(role); }
  std::uint32_t bits_ = 0;
};

// A node of the place tree as authorisation sees it. `path` is the node's path; "/a/b" covers "/a/b" and "/a/b/...".
struct Place {
  AreaId community;  // The shard. 0 above community level.
  std::string path;
  std::string grid_path;  // Set when the place belongs to a grid 网格, which stands beside the building tree.
};

struct Grant {
  Role role;
  AreaId area;
  std::string path;
};

struct Actor {
  AccountId account;        // 0: nobody signed in.
  PersonId person;          // The account's own person, if it has one,
  AreaId person_community;  // and the community where that person's row lives.
  DeviceId device;          // 0: not an enrolled device.
  GateId gate;              // The gate that the device is enrolled for.
  DeviceKind device_kind = DeviceKind::phone;
  std::string device_path;
  std::vector<Grant> grants;
  bool must_change_password = false;  // Signed in with a password that somebody else handed out.

  bool holds(Role role, const Place& place) const;
  bool holds_any(RoleSet roles, const Place& place) const;
  bool device_at(const Place& place) const;
};

// Whether `path` is `root` or lies below it.
bool path_covers(std::string_view root, std::string_view path);

}  // namespace firstline::http
