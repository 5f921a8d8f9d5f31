#pragma once

// The best stretch of one person's row between two days, the rest of the row as it is. Exact unless more partial rows
// have to be kept than `kept_max`; then the likeliest are.

#include <vector>

#include "roster/row.hpp"

namespace firstline::roster {

class StretchFinder {
 public:
  explicit StretchFinder(const Problem& problem) : problem_(problem) {}

  // Finds symbols for the days [from, until) of `row`, to the least of row cost + `price` of each cell, and writes them
  // into the row, of which the rest has to be allowed. `price[(day - from) * symbols + symbol]`. False, and nothing is
  // changed, if there are none that are allowed. `from` 0 and `until` the last: the whole row, of which nothing is used
  // then.
  bool find(int person, Row& row, int from, int until, const std::vector<Cost>& price, int kept_max);

 private:
  struct Partial {
    Cost cost;
    Cost rank;  // Cost, and what being behind the pace that a row has to keep may come to.
    std::uint64_t key;
    std::uint64_t counts;
    Run run;
    Sums sums;
    std::int32_t previous;  // In the layer of the day before.
    Symbol symbol;
  };
  void walk(const RowRules& rules, const Row& row);
  // What the rest of a partial row's cost depends on.
  std::uint64_t key_of(const Partial& partial) const;
  void keep_likeliest(std::vector<Partial>& layer, int kept_max);

  const Problem& problem_;
  std::vector<std::vector<Partial>> layers_;
  std::vector<Partial> sorted_;
  std::vector<std::int32_t> slots_;  // Key > index in the layer being made.
  std::vector<Run> runs_;            // Of the row as it was, by the day that they stand before.
  std::vector<Sums> sums_;
  std::vector<Cost> costs_;
  std::vector<int> allowed_, left_;  // By shift: which byte counts it, how many more are allowed.
  int work_run_seen_ = 0, off_run_seen_ = 0, shift_run_seen_ = 0;  // Longer runs are alike.
};

}  // namespace firstline::roster
