#pragma once

// A roster to be made (值守排班), as the search sees it: people x days, one symbol a cell, 0 = off. What a rule costs
// is a weight; `never` forbids. Rules of one person's row stand in RowRules, how many are needed in Cover. Pure.

#include <cstdint>
#include <string>
#include <vector>

namespace firstline::roster {

using Cost = std::int64_t;
inline constexpr Cost never = Cost{1} << 40;

using Symbol = std::uint8_t;  // 0: off. Others: a shift, or a shift with the skill in which it is worked.
inline constexpr int symbols_max = 96;
inline constexpr std::uint8_t no_shift = 255;  // Off, or nothing known of the day before.

// How long something may go on: each unit outside costs a weight.
struct Bounds {
  int min = 0;
  int max = 1 << 20;
  Cost under = 0;
  Cost over = 0;
};

struct SymbolKind {
  std::uint8_t shift = no_shift;
  int load = 0;  // Minutes, or 1 where assignments are counted.
};

// What was before the first day. Nothing known (all 0): a run that begins on the first day may be short.
struct Before {
  std::uint8_t shift = no_shift;
  int shift_run = 0, work_run = 0, off_run = 0;
};

struct RowRules {
  std::vector<Cost> cell;  // [day * symbols + symbol]: wishes, days off, skills not had.
  Bounds work_run, off_run;
  std::vector<Bounds> shift_run;  // By shift.
  std::vector<int> shift_max;     // By shift; more is never allowed.
  Bounds load;                    // In sum.
  int weekends_max = 1 << 20;     // A weekend counts if Saturday or Sunday is worked.
  Cost weekend_over = 0;
  Cost half_weekend = 0;  // Only one of the two days worked.
  Before before;
};

struct Problem {
  int people = 0, days = 0, symbols = 0, shifts = 0;  // Symbols count 0, off.
  int first_weekday = 0;                              // 0: Monday.
  std::vector<SymbolKind> kinds;                      // By symbol.
  std::vector<std::uint8_t> may_follow;               // [shift * shifts + next].
  std::vector<RowRules> rules;                        // By person.
  std::vector<Cost> cover;                            // [(day * symbols + symbol) * (people + 1) + count]; 0 for off.

  Cost cover_cost(int day, int symbol, int count) const {
    return cover[(static_cast<std::size_t>(day) * symbols + symbol) * (people + 1) + count];
  }
};

using Row = std::vector<Symbol>;
struct Roster {
  std::vector<Row> rows;
  Cost cost = never;  // Of all rows and the cover; >= never: some rule that may never be broken is.
};

// The whole, from nothing kept.
Cost cost_of(const Problem& problem, const std::vector<Row>& rows);

}  // namespace firstline::roster
