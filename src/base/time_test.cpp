#include "base/time.hpp"

#include <gtest/gtest.h>

namespace firstline {
namespace {

using namespace std::chrono_literals;

TEST(Time, ReadsInstantsOfAnyOffset) {
  const struct {
    const char* text;
    std::int64_t utc_ms;
  } rows[] = {
      {"1970-01-01T00:00:00Z", 0},
      {"1970-01-01T08:00:00+08:00", 0},
      {"1969-12-31T19:00:00.000-05:00", 0},
      {"1970-01-01T00:00:00.1Z", 100},
      {"1970-01-01T00:00:00.123456Z", 123},
      {"2022-03-15T15:00:00.000+08:00", 1647327600000},
      {"2024-02-29 00:00:00Z", 1709164800000},
  };
  for (const auto& row : rows) {
    const auto at = parse_instant(row.text);
    ASSERT_TRUE(at) << row.text;
    EXPECT_EQ(to_millis(*at), row.utc_ms) << row.text;
  }
}

TEST(Time, RefusesWhatIsNoInstant) {
  for (const char* text :
       {"", "2022-03-15", "2022-03-15T15:00:00", "2022-02-30T00:00:00Z", "2022-13-01T00:00:00Z", "2022-03-15T24:00:00Z",
        "2022-03-15T15:60:00Z", "2022-03-15T15:00:00.Z", "2022-03-15T15:00:00+0800", "2022-03-15T15:00:00+08:00x",
        "2022-03-15T15:00:00+24:00", "２022-03-15T15:00:00Z", "2022-03-15T15:00:00z"})
    EXPECT_FALSE(parse_instant(text)) << text;
}

TEST(Time, WritesWhatItReads) {
  for (const std::int64_t ms :
       {std::int64_t{0}, std::int64_t{-1}, std::int64_t{1647327600001}, std::int64_t{4102444799999}})
    EXPECT_EQ(parse_instant(format_instant(from_millis(ms))), from_millis(ms)) << ms;
  EXPECT_EQ(format_instant(from_millis(1647327600000)), "2022-03-15T15:00:00.000+08:00");
}

TEST(Time, DaysBeginAtMidnightInShanghai) {
  const Date day = *parse_date("2022-03-15");
  EXPECT_EQ(civil_date(*parse_instant("2022-03-14T16:00:00Z")), day);
  EXPECT_EQ(civil_date(*parse_instant("2022-03-14T15:59:59.999Z")), day - std::chrono::days(1));
  EXPECT_EQ(start_of(day), *parse_instant("2022-03-15T00:00:00+08:00"));
  EXPECT_EQ(minute_of_day(*parse_instant("2022-03-15T22:30:59+08:00")), 22 * 60 + 30);
  EXPECT_EQ(weekday_of(day), std::chrono::Tuesday);
  EXPECT_EQ(day_of_month(day), 15);
}

TEST(Time, CountsBirthdays) {
  const struct {
    const char* born;
    const char* today;
    int age;
  } rows[] = {{"1962-03-15", "2022-03-14", 59},
              {"1962-03-15", "2022-03-15", 60},
              {"2004-02-29", "2022-02-28", 17},
              {"2004-02-29", "2022-03-01", 18}};
  for (const auto& row : rows) EXPECT_EQ(age_years(*parse_date(row.born), *parse_date(row.today)), row.age) << row.born;
}

}  // namespace
}  // namespace firstline
