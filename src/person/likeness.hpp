#pragma once

// Whether two entries of a list may mean one person although their names are written differently: what an office clerk
// hears and types is the sound. A question for a person to answer; nothing is ever merged by it. Pure.

#include <optional>
#include <string>

#include "base/time.hpp"

namespace firstline::person {

// How near two names sound, farthest first. Syllables that clerks mix up count as the same: zh/z, ch/c, sh/s, l/n at
// the beginning; ang/an, eng/en, ing/in at the end. One syllable apart: one is another, or one is left out of three or
// more.
enum class Sounding { apart, one_syllable_apart, alike };
Sounding sounding(const std::string& name, const std::string& other);

struct Described {
  std::string name;
  std::optional<std::string> id_number;
  std::optional<Date> born_on;
};

// - Two ID numbers that differ: two persons, since a mistyped one fails its check digit.
// - The same home and the same birth date: alike, or one syllable apart.
// - Only one of the two: alike. (A father and a son of one home are often one syllable apart, and so are strangers
//   born on one day.)
bool may_be_same_person(const Described& one, const Described& other, bool same_home);

}  // namespace firstline::person
