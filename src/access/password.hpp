#pragma once

// Passwords as Argon2id. One verification takes some tens of milliseconds and 64 MiB on purpose; at most two run at a
// time, so that a flood of sign-ins cannot take the machine's memory.

#include <string>
#include <string_view>

#include "base/clock.hpp"
#include "base/fault.hpp"

namespace firstline::access {

inline constexpr std::size_t password_length_min = 10, password_length_max = 200;

// "argon2id$OPS$MEMORY_BYTES$SALT$HASH". Fault `unavailable` password.no_memory.
Result<std::string> hash_password(std::string_view password, Random& random);
// False for a wrong password and for a hash that is none.
bool verify_password(std::string_view password, std::string_view hash);
// A hash that no password fits: for unknown logins, so that they take the same time.
const std::string& nobodys_hash();

}  // namespace firstline::access
