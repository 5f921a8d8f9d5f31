#pragma once

// Bytes as base64 (RFC 4648 section 4, with padding): how files travel in JSON.

#include <optional>
#include <string>
#include <string_view>

namespace firstline {

std::string to_base64(std::string_view bytes);
// Nothing for a text that is none; no blanks, no line ends.
std::optional<std::string> from_base64(std::string_view text);

}  // namespace firstline
