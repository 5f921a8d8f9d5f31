#pragma once

// Names for people who never lived: common surnames by their rough share, given names of one or two common characters.
// Pure: the same random source gives the same names.

#include <string>

#include "base/clock.hpp"

namespace firstline::drill {

enum class Sex { female, male };

std::string made_up_surname(SeededRandom& random);
std::string made_up_given_name(SeededRandom& random, Sex sex);

}  // namespace firstline::drill
