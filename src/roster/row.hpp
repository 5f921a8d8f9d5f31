#pragma once

// What one person's row costs, day by day. The search, its windows and the whole cost use this one function.

#include "roster/problem.hpp"

namespace firstline::roster {

// All that a day's cost depends on of the days before, but for the sums.
struct Run {
  std::uint8_t shift = no_shift;
  std::uint8_t shift_run = 0, work_run = 0, off_run = 0;  // Longer than 250 is not told apart.
  bool may_be_short = false;                              // This run touches the beginning, of which nothing is known.
  bool saturday = false;                                  // Worked yesterday, a Saturday.
  bool operator==(const Run&) const = default;
};

struct Sums {
  int load = 0;
  int weekends = 0;
};

Run run_before(const RowRules& rules);
// Goes one day further; what that day cost, runs that ended with the day before among it. Sums are added to.
Cost step(const Problem& problem, const RowRules& rules, int day, Symbol symbol, Run& run, Sums& sums);
// What the sums of a whole row cost.
Cost cost_of_sums(const RowRules& rules, const Sums& sums);
// Without the cover.
Cost row_cost(const Problem& problem, const RowRules& rules, const Row& row);

}  // namespace firstline::roster
