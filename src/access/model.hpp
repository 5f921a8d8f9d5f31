#pragma once

// Accounts, the roles they hold, sessions, and the phones enrolled at gates. Pure.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/fault.hpp"
#include "base/id.hpp"
#include "base/time.hpp"
#include "http/actor.hpp"

namespace firstline::access {

struct LoginSessionTag {};
using LoginSessionId = Id<LoginSessionTag>;  // Shown in lists of sessions; says nothing about the token.

// Those who decide about others sign in with a second factor.
inline constexpr http::RoleSet deciding_roles{http::Role::health_officer, http::Role::commander, http::Role::personnel,
                                              http::Role::auditor};
bool needs_second_factor(const std::vector<http::Grant>& grants);

struct Limits {
  std::chrono::minutes session_idle{12 * 60};  // One shift and the way to it.
  std::chrono::minutes session_idle_deciding{30};
  std::chrono::hours session_age{7 * 24};
  std::chrono::hours session_age_deciding{12};
  std::chrono::minutes enrolment_age{10};
  std::chrono::hours one_time_age{3 * 24};  // How long a password that somebody else handed out is good for.
  std::chrono::hours reset_age{24};         // How long an asked reset waits for the second person.
  std::chrono::seconds seen_step{60};       // How often last_seen is written at most.
  int failures_until_lock = 10;             // In a row; then nobody signs in until `lock` has passed.
  std::chrono::minutes lock{15};
};

// "role area path\n..." : the form in which a session carries its grants, so that a request needs one lookup.
std::string pack_grants(const std::vector<http::Grant>& grants);
Result<std::vector<http::Grant>> unpack_grants(std::string_view text);

}  // namespace firstline::access
