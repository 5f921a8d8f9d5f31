#include "isolation/monitoring.hpp"

#include <gtest/gtest.h>

namespace firstline::isolation {
namespace {

using namespace std::chrono_literals;
using R = ReportState;
constexpr auto day = std::chrono::days(1);
const Instant midnight = start_of(Date(std::chrono::year(2022) / 3 / 15));
const policy::MonitoredPolicy twice{2, 10, 20};

TEST(IsolationReports, AreOwedInEachPartOfTheDay) {
  const auto slots = slots_of(midnight, midnight + 2 * day, twice, midnight + day);
  ASSERT_EQ(slots.size(), 4u);
  EXPECT_EQ(slots[0], (ReportSlot{civil_date(midnight), 1, midnight, midnight + 10h, midnight + 12h}));
  EXPECT_EQ(slots[1], (ReportSlot{civil_date(midnight), 2, midnight + 12h, midnight + 20h, midnight + 24h}));
  EXPECT_TRUE(slots_of(midnight, {}, {}, midnight + day).empty()) << "no rule, no report";
  EXPECT_TRUE(slots_of(midnight, {}, {0, 10, 20}, midnight + day).empty());
  EXPECT_EQ(slots_of(midnight, {}, {1, 10, 20}, midnight)[0].due_at, midnight + 20h);
  EXPECT_EQ(slots_of(midnight, {}, {3, 8, 20}, midnight)[1].due_at, midnight + 14h);
}

TEST(IsolationReports, OnlyThoseDueUnderTheOrder) {
  const struct {
    Instant from;
    std::optional<Instant> until;
    std::size_t slots;
  } rows[] = {
      {midnight + 10h, {}, 2},       {midnight + 10h + 1ms, {}, 1},       {midnight + 20h, {}, 1},
      {midnight + 20h + 1ms, {}, 0}, {midnight, midnight + 10h, 0},       {midnight, midnight + 10h + 1ms, 1},
      {midnight, midnight + 20h, 1}, {midnight, midnight + 20h + 1ms, 2},
  };
  for (const auto& row : rows)
    EXPECT_EQ(slots_of(row.from, row.until, twice, midnight + 23h).size(), row.slots) << &row - rows;
}

TEST(IsolationReports, AtTheMinuteBeforeAtAndAfter) {
  const struct {
    Millis now;
    std::vector<Millis> given;
    R morning, evening;
  } rows[] = {
      {0h, {}, R::open, R::ahead},
      {10h, {}, R::open, R::ahead},
      {10h + 1min, {}, R::overdue, R::ahead},
      {12h - 1min, {}, R::overdue, R::ahead},
      {12h, {}, R::missed, R::open},
      {12h, {10h}, R::given, R::open},
      {12h, {10h + 1min}, R::late, R::open},
      {12h, {12h}, R::missed, R::given},
      {11h, {11h + 1min}, R::overdue, R::ahead},
      {20h, {12h, 19h}, R::missed, R::given},
      {20h + 1min, {9h}, R::given, R::overdue},
      {24h - 1min, {9h, 24h - 1min}, R::given, R::late},
      {24h, {9h, 24h}, R::given, R::missed},
  };
  const auto slots = slots_of(midnight, midnight + day, twice, midnight + day);
  ASSERT_EQ(slots.size(), 2u);
  for (const auto& row : rows) {
    std::vector<Instant> given;
    for (const Millis at : row.given) given.push_back(midnight + at);
    const auto lines = report_lines(slots, given, midnight + row.now);
    EXPECT_EQ(lines[0].state, row.morning) << &row - rows;
    EXPECT_EQ(lines[1].state, row.evening) << &row - rows;
  }
  std::printf("isolation reports: %zu rows\n", std::size(rows));
}

TEST(IsolationReports, WorryingByThePolicysLineOrByAnySymptom) {
  const struct {
    std::optional<int> tenths;
    std::vector<Symptom> symptoms;
    int line;
    bool worrying;
  } rows[] = {
      {372, {}, 373, false},
      {373, {}, 373, true},
      {374, {}, 373, true},
      {{}, {}, 373, false},
      {410, {}, 0, false},
      {365, {Symptom::cough}, 373, true},
      {{}, {Symptom::other}, 0, true},
  };
  for (const auto& row : rows) EXPECT_EQ(is_worrying(row.tenths, row.symptoms, row.line), row.worrying);
}

}  // namespace
}  // namespace firstline::isolation
