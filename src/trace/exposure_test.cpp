#include "trace/exposure.hpp"

#include <gtest/gtest.h>

#include "base/clock.hpp"
#include "trace/every_pair.hpp"

namespace firstline::trace {

void PrintTo(const Contact& contact, std::ostream* out) {
  *out << contact.person << ": " << contact.encounters << " for " << contact.overlap_seconds << " s, " << contact.first
       << ".." << contact.last;
}

namespace {

std::vector<Contact> traced(const std::vector<Scan>& scans, const Case& one, const Rule& rule) {
  Index index;
  index.begin_with({scans});
  return Exposure(index.view(), rule).contacts_of(one);
}

// One row a clause: the scans, what is asked of person 1, and what must come out, worked out by hand.
struct Clause {
  const char* says;
  std::vector<Scan> scans;  // person, place, enter, leave
  Case one;
  Rule rule;
  std::vector<Contact> contacts;  // person, encounters, seconds, first, last
};

constexpr std::int64_t midnight = 19'000 * day_seconds;

const Clause clauses[] = {
    {"two who are there together", {{1, 7, 0, 100}, {2, 7, 50, 200}}, {1, 0, 1000}, {}, {{2, 1, 50, 50, 100}}},
    {"another place is no contact", {{1, 7, 0, 100}, {2, 8, 50, 200}}, {1, 0, 1000}, {}, {}},
    {"touching is not overlapping", {{1, 7, 0, 100}, {2, 7, 100, 200}}, {1, 0, 1000}, {}, {}},
    {"an instant is no time", {{1, 7, 0, 100}, {2, 7, 50, 50}}, {1, 0, 1000}, {}, {}},
    {"an instant lingers", {{1, 7, 0, 100}, {2, 7, 50, 50}}, {1, 0, 1000}, {30, 0, {}}, {{2, 1, 30, 50, 80}}},
    {"linger is the least, not an addition",
     {{1, 7, 0, 100}, {2, 7, 50, 90}},
     {1, 0, 1000},
     {30, 0, {}},
     {{2, 1, 40, 50, 90}}},
    {"who touches after lingering is none", {{1, 7, 0, 0}, {2, 7, 30, 30}}, {1, -9, 99}, {30, 0, {}}, {}},
    {"who comes a second before the end is one",
     {{1, 7, 0, 0}, {2, 7, 29, 29}},
     {1, -9, 99},
     {30, 0, {}},
     {{2, 1, 1, 29, 30}}},
    {"the least overlap is enough",
     {{1, 7, 0, 100}, {2, 7, 50, 200}},
     {1, 0, 1000},
     {0, 50, {}},
     {{2, 1, 50, 50, 100}}},
    {"a second less is not", {{1, 7, 0, 100}, {2, 7, 50, 200}}, {1, 0, 1000}, {0, 51, {}}, {}},
    {"the least overlap is a sum",
     {{1, 7, 0, 9}, {2, 7, 0, 9}, {1, 8, 20, 30}, {2, 8, 20, 30}},
     {1, 0, 99},
     {0, 19, {}},
     {{2, 2, 19, 0, 30}}},
    {"the window cuts the case", {{1, 7, 0, 100}, {2, 7, 0, 100}}, {1, 40, 60}, {}, {{2, 1, 20, 40, 60}}},
    {"before the window is nothing", {{1, 7, 0, 100}, {2, 7, 0, 40}}, {1, 40, 60}, {}, {}},
    {"after the window is nothing", {{1, 7, 0, 100}, {2, 7, 60, 90}}, {1, 40, 60}, {}, {}},
    {"an empty window is nothing", {{1, 7, 0, 100}, {2, 7, 0, 100}}, {1, 40, 40}, {}, {}},
    {"lingering into the window counts",
     {{1, 7, 0, 0}, {2, 7, 10, 10}},
     {1, 20, 99},
     {30, 0, {}},
     {{2, 1, 10, 20, 30}}},
    {"own stays that overlap are one",
     {{1, 7, 0, 60}, {1, 7, 50, 100}, {2, 7, 0, 100}},
     {1, 0, 999},
     {},
     {{2, 1, 100, 0, 100}}},
    {"own stays that touch are two",
     {{1, 7, 0, 50}, {1, 7, 50, 100}, {2, 7, 0, 100}},
     {1, 0, 999},
     {},
     {{2, 2, 100, 0, 100}}},
    {"the other's stays that overlap are one",
     {{1, 7, 0, 100}, {2, 7, 0, 60}, {2, 7, 50, 100}},
     {1, 0, 999},
     {},
     {{2, 1, 100, 0, 100}}},
    {"the other's stays that touch are two",
     {{1, 7, 0, 100}, {2, 7, 0, 50}, {2, 7, 50, 100}},
     {1, 0, 999},
     {},
     {{2, 2, 100, 0, 100}}},
    {"joined before cut", {{1, 7, 0, 100}, {2, 7, 0, 45}, {2, 7, 30, 80}}, {1, 40, 60}, {}, {{2, 1, 20, 40, 60}}},
    {"the same scan twice is one",
     {{1, 7, 0, 9}, {1, 7, 0, 9}, {2, 7, 0, 9}, {2, 7, 0, 9}},
     {1, 0, 99},
     {},
     {{2, 1, 9, 0, 9}}},
    {"two places at once are two encounters",
     {{1, 7, 0, 9}, {2, 7, 0, 9}, {1, 8, 5, 14}, {2, 8, 5, 14}},
     {1, 0, 99},
     {},
     {{2, 2, 18, 0, 14}}},
    {"over midnight",
     {{1, 7, midnight - 60, midnight + 60}, {2, 7, midnight, midnight + 90}},
     {1, midnight - 999, midnight + 999},
     {},
     {{2, 1, 60, midnight, midnight + 60}}},
    {"joined over midnight",
     {{1, 7, midnight - 9, midnight - 9}, {1, 7, midnight + 5, midnight + 5}, {2, 7, midnight, midnight + 40}},
     {1, midnight - 99, midnight + 99},
     {30, 0, {}},
     {{2, 1, 35, midnight, midnight + 35}}},
    {"a stay of a hundred days",
     {{1, 7, midnight, midnight + 9}, {2, 7, midnight - 100 * day_seconds, midnight + 5}},
     {1, midnight - 99, midnight + 99},
     {},
     {{2, 1, 5, midnight, midnight + 5}}},
    {"before the year 1970",
     {{1, 7, -200'000, -199'000}, {2, 7, -199'500, -100}},
     {1, -999'999, 0},
     {},
     {{2, 1, 500, -199'500, -199'000}}},
    {"the ends of time",
     {{1, 7, second_min, second_max}, {2, 7, second_min, second_max}},
     {1, second_min, second_max},
     {},
     {{2, 1, 2 * second_max, second_min, second_max}}},
    {"nobody knows the case", {{2, 7, 0, 9}}, {1, 0, 99}, {}, {}},
    {"a contact's contact after they met",
     {{1, 7, 0, 20}, {2, 7, 10, 20}, {2, 8, 30, 40}, {3, 8, 30, 40}},
     {1, 0, 99},
     {0, 0, Depth::contacts_of_contacts},
     {{2, 1, 10, 10, 20}, {3, 1, 10, 30, 40}}},
    {"a contact's contact before they met is none",
     {{1, 7, 50, 60}, {2, 7, 50, 60}, {2, 8, 30, 40}, {3, 8, 30, 40}},
     {1, 0, 99},
     {0, 0, Depth::contacts_of_contacts},
     {{2, 1, 10, 50, 60}}},
    {"a contact's contact after the case's window is none",
     {{1, 7, 0, 20}, {2, 7, 10, 20}, {2, 8, 30, 40}, {3, 8, 30, 40}},
     {1, 0, 30},
     {0, 0, Depth::contacts_of_contacts},
     {{2, 1, 10, 10, 20}}},
    {"a contact stays a contact",
     {{1, 7, 0, 20}, {2, 7, 0, 20}, {3, 7, 0, 20}},
     {1, 0, 99},
     {0, 0, Depth::contacts_of_contacts},
     {{2, 1, 20, 0, 20}, {3, 1, 20, 0, 20}}},
    {"met by two contacts, added up",
     {{1, 7, 0, 9}, {2, 7, 0, 9}, {3, 7, 0, 9}, {2, 8, 20, 29}, {4, 8, 20, 40}, {3, 8, 28, 32}},
     {1, 0, 99},
     {0, 0, Depth::contacts_of_contacts},
     {{2, 1, 9, 0, 9}, {3, 1, 9, 0, 9}, {4, 2, 13, 20, 32}}},
    {"the least overlap is asked of each contact",
     {{1, 7, 0, 9}, {2, 7, 0, 9}, {3, 7, 0, 9}, {2, 8, 20, 28}, {4, 8, 20, 40}, {3, 8, 28, 36}},
     {1, 0, 99},
     {0, 9, Depth::contacts_of_contacts},
     {{2, 1, 9, 0, 9}, {3, 1, 9, 0, 9}}},
};

TEST(Exposure, every_clause) {
  for (const Clause& clause : clauses) {
    EXPECT_EQ(traced(clause.scans, clause.one, clause.rule), clause.contacts) << clause.says;
    EXPECT_EQ(EveryPair(clause.scans, clause.rule).contacts_of(clause.one), clause.contacts)
        << clause.says << ", by every pair";
  }
}

// Lengths are kept in sixteen bits, and those that do not fit beside them.
TEST(Exposure, stays_of_every_length_about_the_widest_kept_one) {
  for (std::int64_t length = 65'533; length <= 65'538; ++length) {
    const std::int64_t last = midnight + length - 1;
    EXPECT_EQ(traced({{1, 7, last, last + 9}, {2, 7, midnight, midnight + length}}, {1, second_min, second_max}, {}),
              (std::vector<Contact>{{2, 1, 1, last, last + 1}}))
        << length;
  }
}

// A small world with many coincidences: times on a coarse grid, few places, stays of all lengths, the same scan again.
struct World {
  explicit World(std::uint64_t seed) : random(seed) {
    const int people = 2 + below(12), places = 1 + below(4), scans = 1 + below(70);
    const std::int64_t grid = std::int64_t{1} << below(12),
                       around = days[static_cast<std::size_t>(below(std::size(days)))];
    span = grid * (4 + below(40));
    start = std::max(around - below(static_cast<int>(span)), second_min + 20'000);
    const std::int64_t name = names[static_cast<std::size_t>(below(std::size(names)))];
    rule.linger_seconds = below(3) == 0 ? 0 : grid * below(6);
    rule.overlap_seconds_min = below(2) == 0 ? 0 : grid * below(8);
    rule.depth = below(2) == 0 ? Depth::contacts : Depth::contacts_of_contacts;
    for (int at = 0; at < scans; ++at) {
      if (at > 0 && below(8) == 0) {
        all.push_back(all[static_cast<std::size_t>(below(at))]);
        continue;
      }
      const std::int64_t enter = start + below(static_cast<int>(span / grid)) * grid;
      const int kind = below(10);
      const std::int64_t length = kind < 4 ? 0 : kind < 9 ? grid * below(8) : grid * below(4000) + below(3);
      all.push_back({name * (1 + below(people)), 1 - below(places), enter, std::min(enter + length, second_max)});
    }
    for (int at = 0; at < 4; ++at) {
      const std::int64_t from = start + below(static_cast<int>(span)) - grid * below(3);
      const std::int64_t until = from + (below(6) == 0 ? 0 : grid * below(40));
      cases.push_back({name * (1 + below(people)), from, std::min(until, second_max)});
    }
    cases.push_back({name, second_min, second_max});
  }
  int below(int bound) { return static_cast<int>(random.below(static_cast<std::uint64_t>(bound))); }
  int below(std::size_t bound) { return below(static_cast<int>(bound)); }

  static constexpr std::int64_t days[] = {
      0, 1, midnight, midnight + 43'200, -midnight, second_max - 400'000, 400'000 - second_max};
  static constexpr std::int64_t names[] = {1, 3, -1, 1'000'000'007, -(std::int64_t{1} << 59)};
  SeededRandom random;
  std::int64_t span = 0, start = 0;
  std::vector<Scan> all;
  std::vector<Case> cases;
  Rule rule;
};

constexpr std::uint64_t worlds = 1000;

TEST(Exposure, built_at_once_answers_like_every_pair) {
  std::size_t rows = 0;
  for (std::uint64_t seed = 0; seed < worlds; ++seed) {
    World world(seed);
    const EveryPair wanted(world.all, world.rule);
    Index index;
    const auto half = world.all.begin() + static_cast<std::ptrdiff_t>(world.all.size() / 2);
    index.begin_with({{world.all.begin(), half}, {half, world.all.end()}});
    Exposure exposure(index.view(), world.rule);
    for (const Case& one : world.cases) {
      const auto contacts = wanted.contacts_of(one);
      ASSERT_EQ(exposure.contacts_of(one), contacts) << "world " << seed << ", case " << one.person;
      rows += contacts.size();
      if (world.rule.depth != Depth::contacts) continue;
      for (const Contact& contact : contacts) {
        const auto encounters = exposure.encounters_of(one, contact.person);
        Contact sum{contact.person, static_cast<std::int64_t>(encounters.size()), 0, INT64_MAX, INT64_MIN};
        for (const Encounter& encounter : encounters) {
          sum.overlap_seconds += encounter.end - encounter.start;
          sum.first = std::min(sum.first, encounter.start), sum.last = std::max(sum.last, encounter.end);
        }
        ASSERT_EQ(sum, contact) << "world " << seed << ", case " << one.person;
      }
    }
  }
  std::printf("%llu worlds, %zu rows compared\n", static_cast<unsigned long long>(worlds), rows);
  EXPECT_GT(rows, 5 * worlds);
}

TEST(Exposure, appended_one_by_one_answers_like_every_pair) {
  for (std::uint64_t seed = 0; seed < worlds; ++seed) {
    World world(seed);
    Index index({.open_rows = static_cast<std::uint32_t>(1 + world.below(9)), .threads = 1});
    const auto begun = static_cast<std::ptrdiff_t>(world.below(3) == 0 ? world.below(world.all.size()) : 0);
    if (begun > 0) index.begin_with({{world.all.begin(), world.all.begin() + begun}});
    for (auto scan = world.all.begin() + begun; scan != world.all.end(); ++scan) {
      ASSERT_TRUE(index.append(*scan));
      if (world.below(5) == 0) index.settle();
    }
    ASSERT_EQ(index.view().scans(), world.all.size());
    const EveryPair wanted(world.all, world.rule);
    for (int settled = 0; settled < 2; ++settled) {
      Exposure exposure(index.view(), world.rule);
      for (const Case& one : world.cases)
        ASSERT_EQ(exposure.contacts_of(one), wanted.contacts_of(one)) << "world " << seed << ", case " << one.person;
      while (index.settle()) {
      }
    }
  }
}

// Larger worlds, so that blocks, many scans of one person and places of many rows are walked too.
TEST(Exposure, crowded_worlds_answer_like_every_pair) {
  SeededRandom random(1);
  const auto below = [&](std::int64_t bound) {
    return static_cast<std::int64_t>(random.below(static_cast<std::uint64_t>(bound)));
  };
  for (int round = 0; round < 12; ++round) {
    std::vector<Scan> scans;
    for (int at = 0; at < 4000; ++at) {
      const std::int64_t enter = midnight + below(2 * day_seconds);
      const std::int64_t kind = below(20);
      scans.push_back({below(round < 6 ? 60 : 3000) * 1001, below(2 + round) * below(2), enter,
                       enter + (kind < 12   ? 0
                                : kind < 18 ? below(7200)
                                            : below(200'000))});
    }
    const Rule rule{below(2) * 1800, below(2) * 900, round % 4 == 0 ? Depth::contacts_of_contacts : Depth::contacts};
    const EveryPair wanted(scans, rule);
    Index index;
    index.begin_with({scans});
    Exposure exposure(index.view(), rule);
    for (int at = 0; at < (round % 4 == 0 ? 1 : 8); ++at) {
      const Case one{scans[static_cast<std::size_t>(below(4000))].person, midnight + below(day_seconds),
                     midnight + day_seconds + below(day_seconds)};
      ASSERT_EQ(exposure.contacts_of(one), wanted.contacts_of(one)) << "round " << round;
    }
  }
}

}  // namespace
}  // namespace firstline::trace
