#include "roster/row.hpp"

#include <algorithm>

namespace firstline::roster {
namespace {

std::uint8_t longer(std::uint8_t run) { return run < 250 ? static_cast<std::uint8_t>(run + 1) : run; }
Cost too_short(const Bounds& bounds, int run) { return run < bounds.min ? (bounds.min - run) * bounds.under : 0; }
Cost too_long(const Bounds& bounds, int run) { return run > bounds.max ? bounds.over : 0; }  // For this day.

}  // namespace

Run run_before(const RowRules& rules) {
  const Before& before = rules.before;
  Run run;
  run.shift = before.shift;
  run.shift_run = static_cast<std::uint8_t>(std::min(before.shift_run, 250));
  run.work_run = static_cast<std::uint8_t>(std::min(before.work_run, 250));
  run.off_run = static_cast<std::uint8_t>(std::min(before.off_run, 250));
  run.may_be_short = before.work_run == 0 && before.off_run == 0;
  return run;
}

Cost step(const Problem& problem, const RowRules& rules, int day, Symbol symbol, Run& run, Sums& sums) {
  Cost cost = rules.cell[static_cast<std::size_t>(day) * problem.symbols + symbol];
  const int weekday = (problem.first_weekday + day) % 7;
  const bool works = symbol != 0;
  const bool began = run.work_run > 0 || run.off_run > 0;  // False only on the first day, with nothing known before.
  if (!works) {
    if (run.work_run > 0) {
      if (!run.may_be_short) cost += too_short(rules.work_run, run.work_run);
      if (!run.may_be_short || run.shift_run != run.work_run)
        cost += too_short(rules.shift_run[run.shift], run.shift_run);
      run.may_be_short = false;
      run.off_run = 0;
    }
    run.shift = no_shift;
    run.shift_run = run.work_run = 0;
    run.off_run = longer(run.off_run);
    cost += too_long(rules.off_run, run.off_run);
  } else {
    const SymbolKind& kind = problem.kinds[symbol];
    sums.load += kind.load;
    if (run.work_run == 0) {
      if (began && !run.may_be_short) cost += too_short(rules.off_run, run.off_run);
      if (began) run.may_be_short = false;
      run.off_run = 0;
      run.shift_run = 0;
    } else if (run.shift != kind.shift) {
      if (problem.may_follow[run.shift * problem.shifts + kind.shift] == 0) cost += never;
      if (run.work_run != run.shift_run || !run.may_be_short)
        cost += too_short(rules.shift_run[run.shift], run.shift_run);
      run.shift_run = 0;
    }
    run.shift = kind.shift;
    run.shift_run = longer(run.shift_run);
    run.work_run = longer(run.work_run);
    cost += too_long(rules.work_run, run.work_run) + too_long(rules.shift_run[kind.shift], run.shift_run);
  }
  if (weekday == 5) {
    run.saturday = works;
    if (works) ++sums.weekends;
  } else if (weekday == 6) {
    if (works && !run.saturday) ++sums.weekends;
    if (works != run.saturday) cost += rules.half_weekend;
    run.saturday = false;
  }
  return cost;
}

Cost cost_of_sums(const RowRules& rules, const Sums& sums) {
  Cost cost = too_short(rules.load, sums.load);
  if (sums.load > rules.load.max) cost += (sums.load - rules.load.max) * rules.load.over;
  if (sums.weekends > rules.weekends_max) cost += (sums.weekends - rules.weekends_max) * rules.weekend_over;
  return cost;
}

Cost row_cost(const Problem& problem, const RowRules& rules, const Row& row) {
  Run run = run_before(rules);
  Sums sums;
  Cost cost = 0;
  std::vector<int> count(static_cast<std::size_t>(problem.shifts));
  for (int day = 0; day < problem.days; ++day) {
    cost += step(problem, rules, day, row[day], run, sums);
    if (row[day] != 0 && ++count[problem.kinds[row[day]].shift] > rules.shift_max[problem.kinds[row[day]].shift])
      cost += never;
  }
  return cost + cost_of_sums(rules, sums);
}

Cost cost_of(const Problem& problem, const std::vector<Row>& rows) {
  Cost cost = 0;
  for (int person = 0; person < problem.people; ++person)
    cost += row_cost(problem, problem.rules[person], rows[person]);
  for (int day = 0; day < problem.days; ++day) {
    std::vector<int> count(static_cast<std::size_t>(problem.symbols));
    for (const Row& row : rows) ++count[row[day]];
    for (int symbol = 1; symbol < problem.symbols; ++symbol) cost += problem.cover_cost(day, symbol, count[symbol]);
  }
  return cost;
}

}  // namespace firstline::roster
