#pragma once

// Small things about texts that both readers need. Inside the module only.

#include <string>
#include <string_view>

namespace firstline::intake {

// Without spaces around, also the wide one (U+3000) and the one that does not break (U+00A0).
std::string_view trimmed(std::string_view text);
// Full-width letters, digits and signs as plain ones; lower case; no spaces. For comparing, never for keeping.
std::string plain(std::string_view text);
// The first run of digits, as a number without leading zeros; empty if there is none.
std::string digits_in(std::string_view text);

}  // namespace firstline::intake
