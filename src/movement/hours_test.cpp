#include <gtest/gtest.h>

#include "movement/wire.hpp"
#include "store/value.hpp"

namespace firstline::movement {
namespace {

using namespace std::chrono_literals;

const Instant monday_noon = *parse_instant("2022-03-14T12:00:00+08:00");

TEST(VisitHoursAt, OnceIsItsOwnSpanBeforeAndAfter) {
  const VisitHours once{monday_noon, monday_noon + 2h};
  for (const auto& at : {monday_noon - 24h, monday_noon + 1h, monday_noon + 48h})
    EXPECT_EQ(span_at(once, at), (Span{monday_noon, monday_noon + 2h}));
}

TEST(VisitHoursAt, RepeatedIsTheSpanOfTodayOrTheNextDayOfTheMask) {
  // Mondays and Thursdays, 8:00 to 10:30, from Monday noon for three weeks.
  const VisitHours carer{monday_noon, monday_noon + 21 * 24h, 0b0001001, 8 * 60, 10 * 60 + 30};
  const Instant thursday = start_of(civil_date(monday_noon) + std::chrono::days(3));
  const Span first{thursday + 8h, thursday + 10h + 30min};
  EXPECT_EQ(span_at(carer, monday_noon), first) << "this Monday's hours were over when it began";
  EXPECT_EQ(span_at(carer, thursday + 9h), first);
  EXPECT_EQ(span_at(carer, thursday + 11h), first) << "on the day itself: late, and told so";
  const Instant next_monday = start_of(civil_date(monday_noon) + std::chrono::days(7));
  EXPECT_EQ(span_at(carer, thursday + 24h), (Span{next_monday + 8h, next_monday + 10h + 30min}));
  EXPECT_EQ(span_at(carer, monday_noon + 21 * 24h), std::nullopt) << "over for good";
}

TEST(VisitHoursAt, EveryDayOfTheWeekIsReachedByItsOwnBit) {
  for (int bit = 0; bit < 7; ++bit) {
    const VisitHours hours{monday_noon, monday_noon + 14 * 24h, 1 << bit, 0, 24 * 60};
    const auto span = span_at(hours, monday_noon + 24h);
    ASSERT_TRUE(span) << bit;
    EXPECT_EQ(static_cast<int>(weekday_of(civil_date(span->from)).iso_encoding()), bit + 1);
  }
}

TEST(VisitIsExpected, OnlyWhenTheHostHasSaidSoAndItIsNotOver) {
  int expected = 0;
  boost::mp11::mp_for_each<boost::describe::describe_enumerators<VisitState>>(
      [&](auto each) { expected += is_expected(each.value) ? 1 : 0; });
  EXPECT_EQ(expected, 4);
  EXPECT_FALSE(is_expected(VisitState::asked));
}

}  // namespace
}  // namespace firstline::movement
