#pragma once

// Looks for a good roster by simulated annealing whose moves are exact: a stretch of one person's row is taken out and
// the best stretch for it is found by dynamic programming against what everybody else does, with a little noise while
// it is hot. Then the same for a second and third person over the same days.
//
// One thread. The same seed and the same number of moves give the same roster.

#include <cstdint>
#include <functional>
#include <optional>

#include "roster/problem.hpp"

namespace firstline::roster {

struct SearchOptions {
  std::uint64_t seed = 1;
  // How far the search is, 0 to 1; asked every few moves. By a clock in a command, by the moves made in a test.
  std::function<double(std::int64_t moves)> progress;
  double hot = 50;  // Temperatures at the beginning and the end, in units of cost.
  double cold = 0.8;
};

// Empty if no row was found for somebody that breaks no rule which may never be broken.
std::optional<Roster> search(const Problem& problem, const SearchOptions& options);

}  // namespace firstline::roster
