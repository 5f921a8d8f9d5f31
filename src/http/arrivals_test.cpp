// Who waits for a place at the store: who is heard next, and who is told no.

#include "http/arrivals.hpp"

#include <map>
#include <vector>

#include <gtest/gtest.h>

#include "http/io_thread.hpp"

namespace firstline::http {
namespace {

using namespace std::chrono_literals;
using store::Urgency;

struct Nobody final : Link {
  void use_case_done() override {}
  void heard() override {}
  void turned_away() override {}
  void tick(Steady::time_point) override {}
  void stop() override {}
  void cut() override {}
};

struct ArrivalsTest : testing::Test {
  Link& come(Urgency urgency, Steady::time_point at, bool early = false) {
    links.push_back(std::make_unique<Nobody>());
    arrivals.add(*links.back(), urgency, early, at);
    return *links.back();
  }
  void come(int count, Urgency urgency, Steady::time_point at, bool early = false) {
    for (int i = 0; i < count; ++i) come(urgency, at, early);
  }
  int told_no(Steady::time_point at) {
    int count = 0;
    while (arrivals.impatient(at)) ++count;
    return count;
  }
  const Steady::time_point begin = Steady::time_point(1h);
  std::vector<std::unique_ptr<Link>> links;
  Arrivals arrivals;
};

TEST_F(ArrivalsTest, TheNewestOfTheMostUrgentIsHeardFirst) {
  Link& office = come(Urgency::other, begin);
  Link& first = come(Urgency::gate, begin);
  Link& second = come(Urgency::gate, begin + 1ms);
  Link& shift = come(Urgency::duty, begin + 2ms);
  for (Link* const expected : {&second, &first, &shift, &office}) EXPECT_EQ(arrivals.next(begin + 3ms), expected);
  EXPECT_EQ(arrivals.next(begin + 3ms), nullptr);
  EXPECT_TRUE(arrivals.empty());
}

TEST_F(ArrivalsTest, EachEighthIsTheLeastUrgent) {
  come(20, Urgency::gate, begin);
  Link& office = come(Urgency::other, begin);
  for (int i = 1; i < 8; ++i) EXPECT_NE(arrivals.next(begin), &office);
  EXPECT_EQ(arrivals.next(begin), &office);
}

TEST_F(ArrivalsTest, WhoComesBackTooEarlyIsHeardAfterAllOthers) {
  Link& early = come(Urgency::gate, begin + 1ms, true);
  Link& office = come(Urgency::other, begin);
  EXPECT_EQ(arrivals.next(begin + 2ms), &office);
  EXPECT_EQ(arrivals.next(begin + 2ms), &early);
}

TEST_F(ArrivalsTest, InACrowdWhoWaitedTooLongIsToldNoAndNotHeard) {
  come(50, Urgency::gate, begin);
  come(50, Urgency::gate, begin + 60ms);
  come(50, Urgency::other, begin);
  EXPECT_EQ(told_no(begin + 99ms), 0);
  EXPECT_EQ(told_no(begin + 101ms), 50);
  EXPECT_EQ(told_no(begin + 170ms), 36) << "until no crowd is left";
  EXPECT_EQ(arrivals.waiting(), Arrivals::crowd);
  EXPECT_NE(arrivals.next(begin + 500ms), nullptr) << "without a crowd late is better than no";
}

TEST_F(ArrivalsTest, WhoIsNoMoreInTimeIsPassedOver) {
  come(100, Urgency::gate, begin);
  EXPECT_EQ(arrivals.next(begin + 150ms), nullptr);
  Link& fresh = come(Urgency::gate, begin + 140ms);
  EXPECT_EQ(arrivals.next(begin + 150ms), &fresh);
}

TEST_F(ArrivalsTest, WhoIsAloneIsToldNoAtLast) {
  come(Urgency::gate, begin);
  EXPECT_EQ(told_no(begin + 1999ms), 0);
  EXPECT_EQ(told_no(begin + 2s), 1);
}

TEST_F(ArrivalsTest, ThoseWhoHurryAreToldNoEvenlyAndNotAtOnce) {
  told_no(begin);
  come(1000, Urgency::gate, begin, true);
  std::vector<int> told;
  for (int tenth = 1; tenth <= 20; ++tenth) told.push_back(told_no(begin + tenth * 100ms));
  EXPECT_EQ(told.front(), 50) << "a twentieth of them in a twentieth of the time they should wait";
  for (std::size_t i = 1; i + 1 < told.size(); ++i) EXPECT_LE(told[i], told[i - 1] + 1);
  EXPECT_TRUE(arrivals.empty()) << "nobody waits for his no longer than he was told to";
}

TEST_F(ArrivalsTest, WhoLeavesIsNeitherHeardNorTold) {
  Link& gone = come(Urgency::gate, begin);
  Link& gone_too = come(Urgency::duty, begin, true);
  Link& stays = come(Urgency::gate, begin);
  arrivals.remove(gone);
  arrivals.remove(gone_too);
  EXPECT_EQ(arrivals.waiting(), 1u);
  EXPECT_EQ(arrivals.next(begin), &stays);
}

}  // namespace
}  // namespace firstline::http
