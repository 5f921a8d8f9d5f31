#pragma once

// Which step of a case is legal, and how many must agree. Decides nothing about people or places. Pure.

#include "casebook/model.hpp"

namespace firstline::casebook {

// 不可 一人 两人
enum class Needed { never, one, two };

// Two: what takes an infected person out of the count, and what goes back on an end.
Needed needed_for(Status from, Status to);

// The moments of a case in the order in which they must lie: nothing after now, no end before a beginning. The part
// that is wrong; nothing if all are well.
std::optional<Part> misplaced(const Case& c, Instant now);

}  // namespace firstline::casebook
