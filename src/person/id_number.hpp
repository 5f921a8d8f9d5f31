#pragma once

// Resident identity numbers (公民身份号码, GB 11643-1999): 6 digits of division, 8 of birth date, 3 of sequence, 1
// check character (weights 2^i mod 11, X for ten). Decides whether a text can be one. Never required of anybody. Pure.

#include <string>
#include <string_view>

#include "base/fault.hpp"
#include "base/time.hpp"

namespace firstline::person {

// Divisions begin with 1 to 8; "00" is in no list. Numbers of generated people begin with it, so that none can be real.
inline constexpr std::string_view generated_division = "00";

struct IdNumber {
  std::string text;  // 18 characters, X upper case: the form that is hashed.
  Date born_on{};
  bool generated = false;
};

// Spaces around and a lower-case x are forgiven. Faults (invalid): id_number.length, id_number.character,
// id_number.check_digit, id_number.birth_date (no such day, in the future, or more than 150 years ago).
Result<IdNumber> parse_id_number(std::string_view text, Date today);
// For 17 digits.
char id_number_check_digit(std::string_view first_17);

}  // namespace firstline::person
