// Index::begin_with(): many scans at once, on all cores.

#include <algorithm>
#include <unordered_map>

#include "trace/census.hpp"
#include "trace/index.hpp"
#include "trace/parallel.hpp"

namespace firstline::trace {
namespace {

// One day's scans, and where each block writes its own among them.
struct Day {
  std::int64_t day = 0;
  std::vector<DayScan> scans;
};

using Counts = std::unordered_map<std::int64_t, std::size_t>;

Counts days_of(const std::vector<Scan>& block) {
  Counts counts;
  std::int64_t day = INT64_MIN;
  std::size_t* count = nullptr;
  for (const Scan& scan : block) {
    if (const std::int64_t its = day_of(scan.enter); its != day || !count) day = its, count = &counts[its];
    ++*count;
  }
  return counts;
}

}  // namespace

void Index::begin_with(std::vector<std::vector<Scan>> blocks) {
  FL_CHECK(persons_.size() == 0 && places_.size() == 0);
  const unsigned threads = threads_of(options_.threads);
  const Census persons(blocks, &Scan::person, threads), places(blocks, &Scan::place, threads);
  persons_.begin_with(persons.names());
  places_.begin_with(places.names());

  // Each block's counts become the places where it begins to write.
  std::vector<Counts> counts(blocks.size());
  in_parallel(blocks.size(), threads, [&](unsigned, std::size_t at) { counts[at] = days_of(blocks[at]); });
  Counts totals;
  for (Counts& block : counts)
    for (auto& [day, count] : block) {
      std::size_t& total = totals[day];
      total += std::exchange(count, total);
    }
  std::unordered_map<std::int64_t, Day> days;
  for (const auto& [day, total] : totals) days[day] = {day, std::vector<DayScan>(total)};

  in_parallel(blocks.size(), threads, [&](unsigned, std::size_t at) {
    struct Cursor {
      std::int64_t day;
      DayScan* next;
    };
    std::unordered_map<std::int64_t, Cursor> cursors;
    for (const auto& [day, begin] : counts[at]) cursors[day] = {day, days.at(day).scans.data() + begin};
    Cursor* cursor = nullptr;
    for (const Scan& scan : blocks[at]) {
      if (const std::int64_t day = day_of(scan.enter); !cursor || cursor->day != day) cursor = &cursors.at(day);
      *cursor->next++ = {persons.number(scan.person, persons_), places.number(scan.place, places_), scan.enter,
                         scan.leave};
    }
    std::vector<Scan>().swap(blocks[at]);
  });

  // The largest first, so that no core is left with one at the end.
  std::vector<Day*> order;
  for (auto& [day, one] : days) order.push_back(&one);
  std::sort(order.begin(), order.end(), [](const Day* a, const Day* b) { return a->scans.size() > b->scans.size(); });
  std::vector<std::shared_ptr<const Segment>> made(order.size());
  std::vector<std::vector<DayScan>> spare(threads);
  in_parallel(order.size(), threads, [&](unsigned thread, std::size_t at) {
    made[at] = std::make_shared<const Segment>(order[at]->day, order[at]->scans, spare[thread]);
    std::vector<DayScan>().swap(order[at]->scans);
  });
  std::sort(made.begin(), made.end(), [](const auto& a, const auto& b) { return a->day() < b->day(); });
  change_world([&](World& world) { world.segments = std::move(made); });
}

}  // namespace firstline::trace
