#pragma once

// One zlib stream (RFC 1950), whole, and not larger than told. Faults `invalid`: zlib.not_zlib (no such header, or a
// dictionary asked for), zlib.corrupt, zlib.truncated, zlib.too_large, zlib.trailing.

#include <string>
#include <string_view>

#include "base/fault.hpp"

namespace firstline::credential {

inline constexpr std::size_t inflated_bytes_max = 64 * 1024;

Result<std::string> inflate(std::string_view compressed, std::size_t bytes_max = inflated_bytes_max);
std::string deflate(std::string_view octets);

}  // namespace firstline::credential
