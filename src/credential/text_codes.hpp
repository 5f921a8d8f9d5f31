#pragma once

// Octets as text and back: hexadecimal, and base64 in both alphabets.

#include <optional>
#include <string>
#include <string_view>

namespace firstline::credential {

std::string to_hex(std::string_view octets);
// Either case; empty on anything else.
std::optional<std::string> from_hex(std::string_view text);
std::string to_base64(std::string_view octets);
std::string to_base64url(std::string_view octets);  // Without padding.
// Both alphabets, white space between, padding or none; empty on anything else.
std::optional<std::string> from_base64(std::string_view text);

}  // namespace firstline::credential
