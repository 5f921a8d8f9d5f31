#include "roster/stretch.hpp"

#include <algorithm>
#include <array>
#include <bit>

namespace firstline::roster {
namespace {

std::uint64_t mixed(std::uint64_t value) {
  value = (value ^ (value >> 31)) * 0x9e3779b97f4a7c15ull;
  return value ^ (value >> 29);
}

constexpr int lengths = 8;  // Of runs, told apart when the likeliest beginnings are kept.

// From which length on all runs are alike.
int seen_of(const Bounds& bounds) {
  return std::max(bounds.over > 0 ? bounds.max + 1 : 0, std::max(1, bounds.under > 0 ? bounds.min : 0));
}

}  // namespace

// The row as it is, so that the days behind the stretch need not be walked to the end.
void StretchFinder::walk(const RowRules& rules, const Row& row) {
  const auto days = static_cast<std::size_t>(problem_.days);
  runs_.resize(days + 1);
  sums_.resize(days + 1);
  costs_.resize(days + 1);
  runs_[0] = run_before(rules);
  sums_[0] = {};
  costs_[0] = 0;
  for (std::size_t day = 0; day < days; ++day) {
    runs_[day + 1] = runs_[day];
    sums_[day + 1] = sums_[day];
    costs_[day + 1] =
        costs_[day] + step(problem_, rules, static_cast<int>(day), row[day], runs_[day + 1], sums_[day + 1]);
  }
}

// `counts` holds the shifts of which only some more are allowed, a byte each.
std::uint64_t StretchFinder::key_of(const Partial& partial) const {
  const Run& run = partial.run;
  const auto seen = [](std::uint8_t length, int from) {
    return static_cast<std::uint64_t>(std::min<int>(length, from));
  };
  const std::uint64_t bits = run.shift | seen(run.shift_run, shift_run_seen_) << 8 |
                             seen(run.work_run, work_run_seen_) << 16 | seen(run.off_run, off_run_seen_) << 24 |
                             std::uint64_t{run.may_be_short} << 32 | std::uint64_t{run.saturday} << 33 |
                             static_cast<std::uint64_t>(partial.sums.weekends) << 34;
  return mixed(bits + mixed(static_cast<std::uint64_t>(partial.sums.load) + mixed(partial.counts)));
}

// The best of each length of run: those that are cheapest now may all have to stop tomorrow, when a day off is too
// early.
void StretchFinder::keep_likeliest(std::vector<Partial>& layer, int kept_max) {
  if (static_cast<int>(layer.size()) <= kept_max) return;
  const auto group_of = [](const Partial& partial) -> std::size_t {
    if (partial.symbol != 0) return std::min<std::size_t>(partial.run.work_run, lengths);
    return lengths + std::min<std::size_t>(partial.run.off_run, lengths);
  };
  std::array<std::size_t, 2 * lengths + 2> end{};
  for (const Partial& partial : layer) ++end[group_of(partial) + 1];
  for (std::size_t group = 1; group < end.size(); ++group) end[group] += end[group - 1];
  std::array<std::size_t, 2 * lengths + 2> at = end;
  sorted_.resize(layer.size());
  for (const Partial& partial : layer) sorted_[at[group_of(partial)]++] = partial;
  layer.clear();
  const auto quota = static_cast<std::ptrdiff_t>(std::max(2, kept_max / lengths));
  for (std::size_t group = 0; group + 1 < end.size(); ++group) {
    const auto first = sorted_.begin() + static_cast<std::ptrdiff_t>(end[group]),
               last = sorted_.begin() + static_cast<std::ptrdiff_t>(end[group + 1]);
    const auto stop = last - first > quota ? first + quota : last;
    if (stop != last)
      std::nth_element(first, stop, last, [](const Partial& a, const Partial& b) { return a.rank < b.rank; });
    layer.insert(layer.end(), first, stop);
  }
}

bool StretchFinder::find(int person, Row& row, int from, int until, const std::vector<Cost>& price, int kept_max) {
  const RowRules& rules = problem_.rules[person];
  const int length = until - from;
  walk(rules, row);

  // Shifts of which the stretch may not have as many as it has days: counted, the first eight of them.
  allowed_.assign(static_cast<std::size_t>(problem_.shifts), -1);
  left_.assign(static_cast<std::size_t>(problem_.shifts), 0);
  for (int day = 0; day < problem_.days; ++day)
    if (row[day] != 0 && (day < from || day >= until)) ++left_[problem_.kinds[row[day]].shift];
  int counted = 0;
  for (int shift = 0; shift < problem_.shifts; ++shift) {
    left_[shift] = std::max(0, rules.shift_max[shift] - left_[shift]);
    if (left_[shift] < length && left_[shift] < 255 && counted < 8) allowed_[shift] = counted++;
  }
  int load_most = 0;
  for (const SymbolKind& kind : problem_.kinds) load_most = std::max(load_most, kind.load);
  const int load_behind = sums_.back().load - sums_[until].load;
  const bool load_may_not_exceed = rules.load.over >= never, load_must_reach = rules.load.under >= never;

  work_run_seen_ = seen_of(rules.work_run);
  off_run_seen_ = seen_of(rules.off_run);
  shift_run_seen_ = 1;
  for (const Bounds& bounds : rules.shift_run) shift_run_seen_ = std::max(shift_run_seen_, seen_of(bounds));
  // Of long stretches the cheapest beginnings alone often cannot reach what the whole row has to reach.
  constexpr Cost behind_by_one = 500;
  const bool keeps_pace = length > 14 && rules.load.min > 0;

  layers_.resize(static_cast<std::size_t>(problem_.days) + 1);
  layers_[0].assign(1, Partial{costs_[from], 0, 0, 0, runs_[from], sums_[from], -1, 0});
  for (int k = 0; k < length; ++k) {
    const int day = from + k;
    const std::vector<Partial>& before = layers_[k];
    std::vector<Partial>& layer = layers_[k + 1];
    layer.clear();
    const std::size_t table =
        std::bit_ceil(std::max<std::size_t>(64, before.size() * static_cast<std::size_t>(problem_.symbols) * 2));
    slots_.assign(table, -1);
    for (std::size_t b = 0; b < before.size(); ++b) {
      for (int symbol = 0; symbol < problem_.symbols; ++symbol) {
        if (rules.cell[static_cast<std::size_t>(day) * problem_.symbols + symbol] >= never) continue;
        Partial next = before[b];
        if (symbol != 0) {
          const auto shift = problem_.kinds[symbol].shift;
          if (left_[shift] == 0) continue;
          if (const int byte = allowed_[shift]; byte >= 0) {
            if (static_cast<int>(next.counts >> (8 * byte) & 255) >= left_[shift]) continue;
            next.counts += std::uint64_t{1} << (8 * byte);
          }
        }
        const Cost cost = step(problem_, rules, day, static_cast<Symbol>(symbol), next.run, next.sums);
        if (cost >= never) continue;
        if (load_may_not_exceed && next.sums.load + load_behind > rules.load.max) continue;
        if (load_must_reach && next.sums.load + load_behind + (length - k - 1) * load_most < rules.load.min) continue;
        if (rules.weekend_over >= never && next.sums.weekends > rules.weekends_max) continue;
        next.cost += cost + price[static_cast<std::size_t>(k) * problem_.symbols + symbol];
        next.rank = next.cost;
        if (keeps_pace) {
          const Cost due = static_cast<Cost>(rules.load.min) * (day + 1) / problem_.days - 2 * load_most;
          if (next.sums.load < due) next.rank += (due - next.sums.load) * behind_by_one / load_most;
        }
        next.key = key_of(next);
        next.previous = static_cast<std::int32_t>(b);
        next.symbol = static_cast<Symbol>(symbol);
        std::size_t slot = next.key & (table - 1);
        while (slots_[slot] >= 0 && layer[slots_[slot]].key != next.key) slot = (slot + 1) & (table - 1);
        if (slots_[slot] < 0) {
          slots_[slot] = static_cast<std::int32_t>(layer.size());
          layer.push_back(next);
        } else if (next.cost < layer[slots_[slot]].cost) {
          layer[slots_[slot]] = next;
        }
      }
    }
    if (layer.empty()) return false;
    keep_likeliest(layer, kept_max);
  }

  Cost best = never;
  std::int32_t end = -1;
  const std::vector<Partial>& last = layers_[length];
  for (std::size_t i = 0; i < last.size(); ++i) {
    Run run = last[i].run;
    Sums sums = last[i].sums;
    Cost cost = last[i].cost;
    int day = until;
    for (; day < problem_.days && !(run == runs_[day]); ++day) cost += step(problem_, rules, day, row[day], run, sums);
    cost += costs_.back() - costs_[day];
    sums.load += sums_.back().load - sums_[day].load;
    sums.weekends += sums_.back().weekends - sums_[day].weekends;
    cost += cost_of_sums(rules, sums);
    if (cost < best) {
      best = cost;
      end = static_cast<std::int32_t>(i);
    }
  }
  if (end < 0) return false;
  for (int k = length; k > 0; --k) {
    const Partial& partial = layers_[k][end];
    row[from + k - 1] = partial.symbol;
    end = partial.previous;
  }
  return true;
}

}  // namespace firstline::roster
