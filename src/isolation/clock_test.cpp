#include "isolation/clock.hpp"

#include <gtest/gtest.h>

#include "isolation/wire.hpp"
#include "json/json.hpp"
#include "policy/library.hpp"
#include "store/value.hpp"

namespace firstline::isolation {
namespace {

using namespace std::chrono_literals;
using health::NatState;
using K = IsolationKind;
using T = TestDayState;
constexpr auto minute = 1min;
constexpr auto day = std::chrono::days(1);
const Instant zero = from_millis(1'647'327'600'000);  // 2022-03-15 15:00 in Shanghai.

policy::PeoplePolicy rules(std::vector<std::string> packs) {
  packs.insert(packs.begin(), "fl-base");
  return policy::people_policy(policy::embedded_library().chosen(packs).value()).value();
}
Course of(Category category, const char* pack) {
  const auto terms = terms_of(category, {}, false, rules({pack})).value();
  return {terms, day_one_of(zero, terms.day_begins), zero};
}
std::string written(const IsolationTerms& terms) {
  std::string text;
  for (const IsolationStep& step : terms.steps) {
    text += std::string(store::enum_name(step.kind)) + (step.days ? std::to_string(*step.days) : "?");
    for (const int each : step.nat_days) text += "," + std::to_string(each);
    text += ";";
  }
  return text + (terms.double_test_at_end ? "double" : "");
}

TEST(IsolationTerms, AreThoseOfTheRuleSetInForce) {
  const struct {
    Category category;
    const char* pack;
    const char* terms;
  } rows[] = {
      {Category::close_contact, "cn-8", "central14,1,4,7,14;home_monitoring7;double"},
      {Category::close_contact, "cn-9", "central7,1,2,3,5,7;home_monitoring3,3;"},
      {Category::close_contact, "cn-20", "central5,1,2,3,5;home3,1,3;"},
      {Category::close_contact, "cn-BII", "isolation.not_isolated"},
      {Category::secondary_contact, "cn-8", "central7;"},
      {Category::secondary_contact, "cn-9", "home7,1,4,7;"},
      {Category::secondary_contact, "cn-20", "isolation.not_isolated"},
      {Category::inbound, "cn-8", "central14;home_monitoring7;"},
      {Category::from_high_risk, "cn-8", "isolation.no_rule"},
      {Category::from_high_risk, "cn-9", "central7,1,2,3,5,7;"},
      {Category::from_high_risk, "cn-20", "home7,1,3,5,7;"},
      {Category::from_medium_risk, "cn-9", "home7,1,4,7;"},
      {Category::from_medium_risk, "cn-20", "isolation.not_isolated"},
      {Category::closed_loop_worker, "cn-9", "home7;"},
      {Category::closed_loop_worker, "cn-20", "home_monitoring5,1,3,5;"},
      {Category::discharged, "cn-8", "home_monitoring7;"},
      {Category::discharged, "cn-9", "isolation.no_rule"},
      {Category::infected, "cn-9", "isolation.no_rule"},
  };
  for (const auto& row : rows) {
    const auto terms = terms_of(row.category, {}, false, rules({row.pack}));
    EXPECT_EQ(terms ? written(*terms) : terms.error().reason, row.terms) << row.pack;
  }
  std::printf("isolation terms: %zu rows\n", std::size(rows));
}

TEST(IsolationTerms, ByHandWhereTheRulesLeaveItOpen) {
  const struct {
    Category category;
    AskedTerms asked;
    bool by_hand;
    const char* terms;
  } rows[] = {
      {Category::closed_loop_worker, {K::central, {}}, false, "central7;"},
      {Category::closed_loop_worker, {K::home_monitoring, {}}, false, "isolation.bad_kind"},
      {Category::infected, {K::central, {}}, false, "central?;"},
      {Category::infected, {K::central, 7}, false, "central7;"},
      {Category::infected, {K::none, 7}, false, "isolation.bad_kind"},
      {Category::discharged, {K::home_monitoring, {}}, false, "isolation.no_rule"},
      {Category::close_contact, {K::home, 7}, false, "central7,1,2,3,5,7;home_monitoring3,3;"},
      {Category::close_contact, {K::home, 7}, true, "home7;"},
      {Category::close_contact, {K::home, {}}, true, "isolation.no_rule"},
      {Category::close_contact, {{}, 7}, true, "isolation.no_rule"},
      {Category::close_contact, {K::home, 0}, true, "isolation.bad_days"},
      {Category::close_contact, {K::home, 1}, true, "home1;"},
      {Category::close_contact, {K::home, 60}, true, "home60;"},
      {Category::close_contact, {K::home, 61}, true, "isolation.bad_days"},
  };
  for (const auto& row : rows) {
    const auto terms = terms_of(row.category, row.asked, row.by_hand, rules({"cn-9"}));
    EXPECT_EQ(terms ? written(*terms) : terms.error().reason, row.terms);
  }
}

TEST(IsolationTerms, LongerAndShorterMoveTheLastTestWithTheLastDay) {
  const auto contact = terms_of(Category::close_contact, {}, false, rules({"cn-9"})).value();
  const struct {
    int more;
    const char* terms;
  } rows[] = {{2, "central7,1,2,3,5,7;home_monitoring5,5;"},
              {-1, "central7,1,2,3,5,7;home_monitoring2,2;"},
              {-2, "central7,1,2,3,5,7;home_monitoring1,1;"},
              {-3, "isolation.bad_days"},
              {0, "isolation.bad_days"},
              {57, "central7,1,2,3,5,7;home_monitoring60,60;"},
              {58, "isolation.bad_days"}};
  for (const auto& row : rows) {
    const auto terms = with_more_days(contact, row.more);
    EXPECT_EQ(terms ? written(*terms) : terms.error().reason, row.terms) << row.more;
  }
  EXPECT_EQ(with_more_days({{{K::central, {}, {}}}}, 2).error().reason, "isolation.no_rule");
}

TEST(IsolationClock, DaysAndStaysAtTheMinuteBeforeAtAndAfter) {
  const Course nine = of(Category::close_contact, "cn-9");
  const struct {
    Millis after;
    int day;
    K kind;
    bool time_is_up;
  } rows[] = {
      {-minute, 0, K::central, false},
      {0min, 1, K::central, false},
      {minute, 1, K::central, false},
      {day - minute, 1, K::central, false},
      {day, 2, K::central, false},
      {7 * day - minute, 7, K::central, false},
      {7 * day, 8, K::home_monitoring, false},
      {7 * day + minute, 8, K::home_monitoring, false},
      {10 * day - minute, 10, K::home_monitoring, false},
      {10 * day, 11, K::home_monitoring, true},
      {10 * day + minute, 11, K::home_monitoring, true},
  };
  for (const auto& row : rows) {
    const auto at = clock(nine, {}, zero + row.after);
    const bool waits = std::find(at.lacks.begin(), at.lacks.end(), EndLack::time) != at.lacks.end();
    EXPECT_EQ(at.day, row.day) << row.after.count();
    EXPECT_EQ(at.kind, row.kind) << row.after.count();
    EXPECT_EQ(!waits, row.time_is_up) << row.after.count();
    EXPECT_EQ(at.days, 10);
    EXPECT_EQ(at.ends_at, zero + 10 * day);
  }
  std::printf("isolation clock: %zu rows\n", std::size(rows));
}

TEST(IsolationClock, DayOneBeginsAtTheClockOrAtMidnight) {
  EXPECT_EQ(day_one_of(zero, policy::DayBegins::at_clock), zero);
  EXPECT_EQ(format_instant(day_one_of(zero, policy::DayBegins::midnight_after)), "2022-03-16T00:00:00.000+08:00");
  const Instant midnight = start_of(civil_date(zero));
  EXPECT_EQ(day_one_of(midnight - minute, policy::DayBegins::midnight_after), midnight);
  EXPECT_EQ(day_one_of(midnight, policy::DayBegins::midnight_after), midnight + day);
}

TEST(IsolationClock, ATestDayIsAheadDueDoneLateOrMissed) {
  // Second edge of each pair: the first moment that counts otherwise. Day 2 is [24 h, 48 h), day 3 follows at once.
  const Course nine = of(Category::close_contact, "cn-9");
  const auto sample = [](Millis after, NatState state = NatState::sampled) { return Sample{zero + after, {}, state}; };
  const struct {
    Millis now;
    std::vector<Sample> samples;
    int which;  // Of the test days 1, 2, 3, 5, 7, 10.
    T state;
  } rows[] = {
      {-minute, {}, 0, T::ahead},
      {0min, {}, 0, T::due},
      {day - minute, {}, 0, T::due},
      {day, {}, 0, T::missed},
      {day, {sample(0min)}, 0, T::done},
      {day, {sample(-minute)}, 0, T::missed},
      {day, {sample(day - minute)}, 0, T::done},
      {day, {sample(day)}, 0, T::missed},
      {day, {sample(day)}, 1, T::done},
      {4 * day, {sample(3 * day)}, 2, T::late},
      {4 * day, {sample(4 * day - minute)}, 2, T::late},
      {5 * day, {sample(4 * day)}, 2, T::missed},
      {5 * day, {sample(4 * day)}, 3, T::done},
      {4 * day, {sample(2 * day, NatState::invalid)}, 2, T::missed},
      {2 * day, {sample(2 * day + minute)}, 2, T::due},
      {12 * day, {sample(11 * day)}, 5, T::late},
  };
  for (const auto& row : rows) {
    const auto at = clock(nine, row.samples, zero + row.now);
    ASSERT_EQ(at.tests.size(), 6u);
    EXPECT_EQ(at.tests[static_cast<std::size_t>(row.which)].state, row.state) << &row - rows;
  }
  EXPECT_EQ(next_test(clock(nine, {}, zero + 3 * day))->day, 5);
  EXPECT_EQ(next_test(clock(nine, {}, zero + 4 * day))->day, 5);
  EXPECT_EQ(next_test(clock(nine, {}, zero + 10 * day)), nullptr);
  std::printf("isolation tests: %zu rows\n", std::size(rows));
}

TEST(IsolationClock, ATestDayThatWasOverBeforeTheDecisionIsNobodysDuty) {
  Course late = of(Category::close_contact, "cn-9");
  late.effective_at = zero + day - minute;
  EXPECT_EQ(clock(late, {}, zero + 2 * day).tests.front().day, 1);
  late.effective_at = zero + day;
  EXPECT_EQ(clock(late, {}, zero + 2 * day).tests.front().day, 2);
}

TEST(IsolationClock, SaysWhatTheEndWaitsFor) {
  const Course nine = of(Category::close_contact, "cn-9");
  const Course eight = of(Category::close_contact, "cn-8");
  const auto told = [](Millis after, NatState state) { return Sample{zero + after, zero + after + 6h, state}; };
  const struct {
    const Course* course;
    Millis now;
    std::vector<Sample> samples;
    std::vector<EndLack> lacks;
  } rows[] = {
      {&nine, 10 * day, {}, {EndLack::sample}},
      {&nine, 10 * day - minute, {told(9 * day, NatState::negative)}, {EndLack::time}},
      {&nine, 10 * day, {told(9 * day, NatState::negative)}, {}},
      {&nine, 10 * day, {told(9 * day - minute, NatState::negative)}, {EndLack::sample}},
      {&nine, 10 * day, {told(10 * day - 6h + minute, NatState::negative)}, {EndLack::result}},
      {&nine, 10 * day, {told(10 * day - 6h, NatState::negative)}, {}},
      {&nine, 10 * day, {told(9 * day, NatState::positive)}, {EndLack::result, EndLack::positive}},
      {&nine, 10 * day, {told(9 * day, NatState::pool_abnormal), told(9 * day + 8h, NatState::negative)}, {}},
      {&nine, 11 * day, {told(10 * day + minute, NatState::negative)}, {}},
      {&eight, 21 * day, {told(13 * day, NatState::negative)}, {EndLack::second_sample}},
      {&eight, 21 * day, {told(13 * day, NatState::negative), told(13 * day, NatState::negative)}, {}},
  };
  for (const auto& row : rows)
    EXPECT_EQ(clock(*row.course, row.samples, zero + row.now).lacks, row.lacks) << &row - rows;
  const Course open{{{{K::central, {}, {}}}}, zero, zero};
  EXPECT_EQ(clock(open, {}, zero + 30 * day).lacks, std::vector{EndLack::rule});
  EXPECT_EQ(clock(open, {}, zero + 30 * day).kind, K::central);
  std::printf("isolation ends: %zu rows\n", std::size(rows));
}

TEST(IsolationClock, TermsAreKeptAsTheyAre) {
  for (const char* pack : {"cn-8", "cn-9", "cn-20"}) {
    const auto terms = of(Category::close_contact, pack).terms;
    EXPECT_EQ(json::read<IsolationTerms>(json::write(terms)).value(), terms);
  }
}

}  // namespace
}  // namespace firstline::isolation
