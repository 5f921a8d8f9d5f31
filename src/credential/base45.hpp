#pragma once

// Base45 (RFC 9285): octets as the 45 characters of a QR code's alphanumeric mode. Strict: upper case only, no padding,
// no group that stands for more than its octets hold. Faults `invalid` base45.character, base45.length, base45.value.

#include <string>
#include <string_view>

#include "base/fault.hpp"

namespace firstline::credential {

std::string to_base45(std::string_view octets);
Result<std::string> from_base45(std::string_view text);

}  // namespace firstline::credential
