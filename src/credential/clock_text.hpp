#pragma once

// Times as issuers' test sets write them: ISO 8601 with seconds or without, any fraction, "T" or a blank, an offset in
// any of its forms. Without an offset it is UTC. Empty on anything else.

#include <optional>
#include <string_view>

#include "base/time.hpp"

namespace firstline::credential {

std::optional<Instant> parse_clock(std::string_view text);

}  // namespace firstline::credential
