#include <algorithm>

#include <gtest/gtest.h>

#include "base/clock.hpp"
#include "roster/benchmark.hpp"
#include "roster/search.hpp"
#include "roster/stretch.hpp"

namespace firstline::roster {
namespace {

// Early may not follow late; b works at most one late; both have a day off and a wish.
constexpr std::string_view small_nrp = R"(SECTION_HORIZON
7
SECTION_SHIFTS
E,480,
L,480,E
SECTION_STAFF
# id, most of each, most and least minutes, longest and shortest run, shortest rest, weekends
a,E=7|L=7,2400,1440,3,2,2,1
b,E=7|L=1,1920,960,4,1,1,1
SECTION_DAYS_OFF
a,2
b,5
SECTION_SHIFT_ON_REQUESTS
a,0,L,3
SECTION_SHIFT_OFF_REQUESTS
b,1,E,2
SECTION_COVER
0,E,1,100,1
0,L,1,100,1
1,E,1,100,1
3,L,1,100,1
4,E,0,100,1
6,L,2,100,1
)";

NrpInstance instance() { return read_nrp(small_nrp).value(); }
SearchOptions moves(std::int64_t count, std::uint64_t seed = 1) {
  return {seed, [count](std::int64_t made) { return static_cast<double>(made) / static_cast<double>(count); }};
}

// The rules as the form's own description says them, over the whole row at once.
Cost by_the_book(const NrpInstance& nrp, int person, const Row& row) {
  const RowRules& rules = nrp.problem.rules[person];
  const int days = nrp.problem.days;
  Cost cost = 0;
  bool broken = false;
  int minutes = 0;
  std::vector<int> count(2);
  for (int day = 0; day < days; ++day) {
    cost += rules.cell[static_cast<std::size_t>(day) * 3 + row[day]];
    if (row[day] != 0) minutes += 480, ++count[row[day] - 1];
    if (day > 0 && row[day - 1] == 2 && row[day] == 1) broken = true;
  }
  for (int shift = 0; shift < 2; ++shift) broken |= count[shift] > rules.shift_max[shift];
  broken |= minutes > rules.load.max || minutes < rules.load.min;
  for (int from = 0, until; from < days; from = until) {
    for (until = from; until < days && (row[until] != 0) == (row[from] != 0);) ++until;
    const bool touches_an_end = from == 0 || until == days;
    const int run = until - from;
    if (row[from] != 0) broken |= run > rules.work_run.max || (run < rules.work_run.min && !touches_an_end);
    else broken |= run < rules.off_run.min && !touches_an_end;
  }
  broken |= (row[5] != 0 || row[6] != 0) && rules.weekends_max < 1;
  return broken ? never : cost;
}

Row row_of(int number, int days, int symbols) {
  Row row(static_cast<std::size_t>(days));
  for (Symbol& symbol : row) symbol = static_cast<Symbol>(number % symbols), number /= symbols;
  return row;
}

TEST(RowCost, IsWhatTheFormSaysForEveryRowOfAWeek) {
  const auto nrp = instance();
  int allowed = 0;
  for (int person = 0; person < 2; ++person)
    for (int number = 0; number < 2187; ++number) {
      const Row row = row_of(number, 7, 3);
      const Cost book = by_the_book(nrp, person, row), ours = row_cost(nrp.problem, nrp.problem.rules[person], row);
      ASSERT_EQ(book >= never, ours >= never) << person << ' ' << number;
      if (book < never) {
        ++allowed;
        ASSERT_EQ(book, ours);
      }
    }
  EXPECT_GT(allowed, 50);
}

TEST(RowCost, CountsRunsOnFromWhatWasBefore) {
  auto nrp = instance();
  RowRules& rules = nrp.problem.rules[0];
  rules = RowRules{
      rules.cell, {2, 3, 10, 100}, {2, 9, 1000, 0}, {{2, 9, 7, 0}, {0, 9, 0, 0}}, {9, 9}, {0, 9999, 0, 0}, 9, 0, 50,
      {}};
  const auto cost = [&](const Row& row) { return row_cost(nrp.problem, rules, row); };
  const Cost wish = 3;  // Not late on the first day.
  rules.before = {0, 1, 1, 0};
  EXPECT_EQ(cost({0, 0, 0, 0, 0, 0, 0}), wish + 10 + 7)
      << "one early day before, ended at once: run and shift too short";
  EXPECT_EQ(cost({1, 0, 0, 0, 0, 0, 0}), wish) << "two with the day before";
  rules.before = {0, 3, 3, 0};
  EXPECT_EQ(cost({1, 1, 0, 0, 0, 0, 0}), wish + 200) << "days beyond the longest, those before not counted again";
  rules.before = {no_shift, 0, 0, 1};
  EXPECT_EQ(cost({1, 1, 0, 0, 0, 0, 0}), wish + 1000) << "only one day off";
  rules.before = {};
  EXPECT_EQ(cost({1, 0, 0, 0, 0, 0, 0}), wish) << "nothing known: may be short";
  EXPECT_EQ(cost({0, 0, 0, 0, 1, 1, 0}), wish + 50) << "half a weekend";
}

TEST(Stretch, IsTheBestOfAllStretches) {
  const auto nrp = instance();
  SeededRandom random(5);
  StretchFinder finder(nrp.problem);
  for (int round = 0; round < 400; ++round) {
    const int person = round % 2, from = static_cast<int>(random.next() % 7),
              until = from + 1 + static_cast<int>(random.next() % (7 - from));
    Row row;
    do row = row_of(static_cast<int>(random.next() % 2187), 7, 3);
    while (row_cost(nrp.problem, nrp.problem.rules[person], row) >= never);
    std::vector<Cost> price;
    for (int i = 0; i < 3 * (until - from); ++i) price.push_back(static_cast<Cost>(random.next() % 41) - 20);
    const auto whole = [&](const Row& tried) {
      Cost cost = row_cost(nrp.problem, nrp.problem.rules[person], tried);
      for (int day = from; day < until; ++day) cost += price[static_cast<std::size_t>(day - from) * 3 + tried[day]];
      return cost;
    };
    Cost best = never;
    int all = 1;
    for (int day = from; day < until; ++day) all *= 3;
    for (int number = 0; number < all; ++number) {
      Row tried = row;
      const Row part = row_of(number, until - from, 3);
      std::copy(part.begin(), part.end(), tried.begin() + from);
      best = std::min(best, whole(tried));
    }
    const bool ok = finder.find(person, row, from, until, price, 10'000);
    ASSERT_TRUE(ok) << round;
    ASSERT_EQ(whole(row), best) << round;
  }
}

TEST(Search, FindsTheOptimumOfASmallProblem) {
  const auto nrp = instance();
  Cost best = never;
  for (int first = 0; first < 2187; ++first) {
    const Row a = row_of(first, 7, 3);
    if (row_cost(nrp.problem, nrp.problem.rules[0], a) >= never) continue;
    for (int second = 0; second < 2187; ++second)
      best = std::min(best, cost_of(nrp.problem, {a, row_of(second, 7, 3)}));
  }
  const auto found = search(nrp.problem, moves(4000));
  ASSERT_TRUE(found);
  EXPECT_EQ(found->cost, best);
  EXPECT_EQ(found->cost, cost_of(nrp.problem, found->rows));
}

TEST(Search, IsTheSameForTheSameSeed) {
  const auto nrp = instance();
  EXPECT_EQ(search(nrp.problem, moves(300, 9))->rows, search(nrp.problem, moves(300, 9))->rows);
}

TEST(Search, SaysWhenNobodyCanWorkAsTheyMust) {
  auto nrp = instance();
  nrp.problem.rules[0].load.min = 8 * 480;
  EXPECT_FALSE(search(nrp.problem, moves(10)));
}

TEST(Nrp, IsWrittenALineAPersonACellADay) {
  const auto nrp = instance();
  EXPECT_EQ(write_nrp(nrp, {{{0, 1, 2, 0, 0, 0, 0}, {0, 0, 0, 0, 0, 0, 1}}, 0}), "a,,E,L,,,,\nb,,,,,,,E\n");
}

TEST(Nrp, ThatIsBadIsRefusedWithItsLine) {
  const std::pair<std::string_view, std::string_view> bad[] = {
      {"SECTION_HORIZON\nx\n", "line 2"},
      {"SECTION_HORIZON\n7\nSECTION_SHIFTS\nE,480,\nSECTION_STAFF\na,E=7,2400,1440,3,2\n", "line 6"},
      {"SECTION_HORIZON\n7\nSECTION_SHIFTS\nE,480,\nSECTION_STAFF\na,Q=7,2400,1440,3,2,2,1\n", "line 6"},
      {"SECTION_HORIZON\n7\nSECTION_SHIFTS\nE,480,\nSECTION_STAFF\na,E=7,2400,1440,3,2,2,1\nSECTION_DAYS_OFF\na,7\n",
       "line 8"},
      {"SECTION_HORIZON\n7\nSECTION_WISHES\n1\n", "line 4"},
  };
  for (const auto& [text, where] : bad) {
    const auto read = read_nrp(text);
    ASSERT_FALSE(read) << text;
    EXPECT_EQ(read.error().reason, "roster.bad_line");
    EXPECT_EQ(read.error().where, where);
  }
}

const std::string scenario = R"(SCENARIO = small
WEEKS = 2
SKILLS = 2
Head
Nurse
SHIFT_TYPES = 2
Early (1,5)
Late (2,3)
FORBIDDEN_SHIFT_TYPES_SUCCESSIONS
Early 0
Late 1 Early
CONTRACTS = 1
Full (4,10) (2,5) (2,3) 1 1
NURSES = 3
Ann Full 2 Head Nurse
Bob Full 1 Nurse
Cid Full 1 Nurse
)";
const std::string history =
    "HISTORY\n0 small\nNURSE_HISTORY\nAnn 0 0 Early 1 4 0\nBob 0 0 None 0 0 1\nCid 0 0 Late 2 2 0\n";
const std::string week = R"(WEEK_DATA
small
REQUIREMENTS
Early Head (0,1) (0,0) (0,1) (0,0) (0,0) (0,0) (0,0)
Early Nurse (1,1) (1,1) (1,2) (1,1) (1,1) (0,1) (0,0)
Late Head (0,0) (0,0) (0,0) (0,0) (0,0) (0,0) (0,0)
Late Nurse (0,1) (0,1) (0,0) (0,0) (0,1) (0,0) (0,1)
SHIFT_OFF_REQUESTS = 2
Ann Any Tue
Bob Late Sun
)";

TEST(Inrc2, IsSolvedOverSeveralWeeksAsOne) {
  const auto read = read_inrc2({scenario, history, {week, week}});
  ASSERT_TRUE(read) << read.error().where;
  EXPECT_EQ(read->problem.days, 14);
  const auto found = search(read->problem, moves(3000));
  ASSERT_TRUE(found);
  EXPECT_TRUE(is_covered(*read, *found));
  for (const Symbol symbol : found->rows[1]) EXPECT_NE(symbol, 1) << "Bob is no head";
  const auto texts = write_inrc2(*read, *found);
  ASSERT_EQ(texts.size(), 2u);
  EXPECT_TRUE(texts[1].starts_with("SOLUTION\n1 small\n\nASSIGNMENTS = "));
  Roster nobody{std::vector<Row>(3, Row(14)), 0};
  EXPECT_FALSE(is_covered(*read, nobody));
}

TEST(Inrc2, CostsWhatItsRulesSay) {
  const auto read = read_inrc2({scenario, history, {week}});
  ASSERT_TRUE(read);
  const auto cost = [&](int person, Row row) { return row_cost(read->problem, read->problem.rules[person], row); };
  EXPECT_EQ(cost(0, {0, 0, 0, 0, 0, 0, 0}), 4 * 20 + 4 * 30) << "four assignments too few, four days off too many";
  EXPECT_EQ(cost(1, {2, 2, 0, 0, 2, 2, 0}), 30 + 30) << "one day off before: too short; half a weekend";
  EXPECT_EQ(cost(1, {0, 0, 4, 4, 0, 0, 4}), 20 + 10 + 30) << "three of four, an unwished late, half a weekend";
  EXPECT_GE(cost(2, {2, 2, 0, 0, 2, 2, 0}), never) << "early after the late before";
}

TEST(Inrc2, ThatIsBadIsRefusedWithFileAndLine) {
  const auto read = read_inrc2({scenario, "HISTORY\n0 small\nNURSE_HISTORY\nEve 0 0 None 0 0 1\n", {week}});
  ASSERT_FALSE(read);
  EXPECT_EQ(read.error().where, "history:4");
}

}  // namespace
}  // namespace firstline::roster
