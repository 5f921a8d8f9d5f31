#include <gtest/gtest.h>

#include "isolation/test_desk.hpp"

namespace firstline::isolation {
namespace {

using namespace std::chrono_literals;
using K = IsolationKind;
constexpr auto day = std::chrono::days(1);

class IsolationOf : public ::testing::Test {
 protected:
  area::TemporaryDatabase database;
  TestDesk m{*database};
};

TEST_F(IsolationOf, TwoPersonsOfWhomTheSecondHasThePower) {
  ASSERT_EQ(m.propose(m.contact()), "");
  EXPECT_EQ(m.holding_at(m.now).kind, K::none) << "a proposal holds nobody";
  EXPECT_TRUE(m.mine().items.empty());
  EXPECT_EQ(m.propose(m.contact()), "isolation.one_open");
  EXPECT_EQ(m.decide(m.secretary), "isolation.no_power");
  EXPECT_EQ(m.decide(m.officer), "");
  EXPECT_EQ(m.decide(m.commander), "isolation.act_decided");
  EXPECT_EQ(m.holding_at(m.now).kind, K::central);
  EXPECT_EQ(m.propose(m.contact()), "isolation.one_open");
}

TEST_F(IsolationOf, NobodyDecidesWhatTheyProposed) {
  ASSERT_EQ(m.as(m.officer,
                 [&](http::Call& call) -> Result<void> {
                   FL_TRY(m.proposed, propose(call, m.desk, m.contact()));
                   return {};
                 }),
            "");
  EXPECT_EQ(m.decide(m.officer), "isolation.by_the_same");
  EXPECT_EQ(m.decide(m.commander, false), "") << "a refusal says why";
  EXPECT_EQ(m.view().row.state, IsolationState::refused);
  EXPECT_EQ(m.propose(m.contact()), "") << "another may be proposed";
}

TEST_F(IsolationOf, AProposalMayBeTakenBackUntilItIsDecided) {
  const auto withdraw = [&] {
    return m.with_order(m.secretary, [&](http::Call& call, const IsolationOrder& order) {
      return isolation::withdraw(call, order, m.proposed.act_id);
    });
  };
  ASSERT_EQ(m.propose(m.contact()), "");
  EXPECT_EQ(withdraw(), "");
  EXPECT_EQ(withdraw(), "isolation.act_decided");
  EXPECT_EQ(m.decide(m.officer), "isolation.act_decided");
  ASSERT_EQ(m.propose(m.contact()), "");
  ASSERT_EQ(m.decide(m.officer), "");
  EXPECT_EQ(withdraw(), "isolation.act_decided");
}

TEST_F(IsolationOf, WhatAProposalMustSay) {
  using A = api::ProposeIsolation;
  const struct {
    std::function<void(A&)> spoil;
    const char* reason;
  } rows[] = {
      {[](A& a) { a.reason = " \n"; }, "isolation.reason_missing"},
      {[](A& a) { a.reason = std::string(1501, 'x'); }, "isolation.reason_missing"},
      {[](A& a) { a.ground_ref = ""; }, "isolation.bad_ref"},
      {[](A& a) { a.ground_ref = "张三"; }, "isolation.bad_ref"},
      {[](A& a) { a.ground = IsolationGround::by_hand; }, "isolation.no_rule"},
      {[](A& a) { a.exposed_at = area::test_now + 1ms; }, "isolation.bad_time"},
      {[](A& a) { a.exposed_at = area::test_now - 10 * day; }, "isolation.bad_time"},
      {[](A& a) { a.exposed_at = area::test_now - 60 * day - 1ms; }, "isolation.bad_time"},
      {[](A& a) { a.person_id = {77}; }, "person.unknown"},
      {[](A& a) { a.category = Category::discharged; }, "isolation.no_rule"},
      {[](A& a) { a.exposed_at = area::test_now - 10 * day + 1ms; }, ""},
  };
  for (const auto& row : rows) {
    auto asked = m.contact();
    row.spoil(asked);
    EXPECT_EQ(m.propose(asked), row.reason) << &row - rows;
  }
  std::printf("isolation proposals: %zu rows\n", std::size(rows));
}

TEST_F(IsolationOf, DaysCountFromTheLastExposureAndTheStayFromTheDecision) {
  ASSERT_EQ(m.propose(m.contact()), "");
  ASSERT_EQ(m.decide(m.officer), "");
  const Instant ends = m.now - 24h + 10 * day, home = m.now - 24h + 7 * day;
  const struct {
    Instant at;
    Holding held;
  } rows[] = {
      {m.now - 1ms, {K::none, {}}},
      {m.now, {K::central, home}},
      {home - 1ms, {K::central, home}},
      {home, {K::home_monitoring, ends}},
      {ends - 1ms, {K::home_monitoring, ends}},
      {ends, {K::home_monitoring, ends}},
      {ends + 30 * day, {K::home_monitoring, ends}},
  };
  for (const auto& row : rows) EXPECT_EQ(m.holding_at(row.at), row.held) << format_instant(row.at);
  const auto seen = m.view();
  EXPECT_EQ(seen.row.day, 2);
  EXPECT_EQ(seen.row.days, 10);
  EXPECT_EQ(seen.acts.at(0).reason, "同住密接");
  EXPECT_EQ(seen.acts.at(0).document, "12号");
  EXPECT_EQ(seen.policy_version, m.rules.at("620102", m.now).value()->people.version);
}

TEST_F(IsolationOf, LongerThenShorterThenEnded) {
  EXPECT_EQ(m.end(), "isolation.unknown");
  ASSERT_EQ(m.propose(m.contact()), "");
  EXPECT_EQ(m.end(), "isolation.not_in_force");
  ASSERT_EQ(m.decide(m.officer), "");
  EXPECT_EQ(m.change({{}, {}, false, "x"}), "isolation.bad_days");
  EXPECT_EQ(m.change({{}, 2, true, "x"}), "isolation.bad_days");
  EXPECT_EQ(m.change({{}, -3, false, "x"}), "isolation.bad_days");
  EXPECT_EQ(m.change({{}, 4, false, ""}), "isolation.reason_missing");
  ASSERT_EQ(m.change({{}, 4, false, "同住者阳性"}), "");
  EXPECT_EQ(m.change({{}, 1, false, "x"}), "isolation.act_open");
  EXPECT_EQ(m.list().items.at(0).act_open, true);
  const Instant ends = m.now - 24h + 10 * day;
  EXPECT_EQ(m.view().row.ends_at, ends);
  m.now += 8 * day;
  ASSERT_EQ(m.decide(m.officer), "");
  EXPECT_EQ(m.view().row.ends_at, ends + 4 * day);
  EXPECT_EQ(m.holding_at(m.now), (Holding{K::home_monitoring, ends + 4 * day}));
  EXPECT_EQ(m.holding_at(m.now - 1ms), (Holding{K::home_monitoring, ends})) << "what was is as it was";
  ASSERT_EQ(m.change({{}, -4, false, "评估后缩短"}), "");
  ASSERT_EQ(m.decide(m.commander), "");
  EXPECT_EQ(m.view().row.ends_at, ends);
  ASSERT_EQ(m.end(), "");
  EXPECT_EQ(m.holding_at(m.now).kind, K::home_monitoring) << "only proposed";
  m.now += 1h;
  ASSERT_EQ(m.decide(m.officer), "");
  EXPECT_EQ(m.holding_at(m.now).kind, K::none);
  EXPECT_EQ(m.holding_at(m.now - 1ms).kind, K::home_monitoring);
  EXPECT_EQ(m.view().row.state, IsolationState::ended);
  EXPECT_EQ(m.view().acts.size(), 4u);
  EXPECT_EQ(m.mine().items.at(0).state, IsolationState::ended);
  EXPECT_EQ(m.end(), "isolation.not_in_force");
  EXPECT_EQ(m.propose(m.contact()), "") << "a new ground, a new order";
}

TEST_F(IsolationOf, NewRulesAreShownAndTakenByDecisionOnly) {
  ASSERT_EQ(m.propose(m.contact()), "");
  ASSERT_EQ(m.decide(m.officer), "");
  EXPECT_FALSE(m.view().rules_changed);
  policy::RulesInForce milder{policy::embedded_library(), {"fl-base", "cn-9", "cn-20"}};
  m.desk.rules = &milder;
  const auto seen = m.view();
  EXPECT_TRUE(seen.rules_changed);
  EXPECT_EQ(seen.row.ends_at, m.now - 24h + 10 * day) << "decided is decided";
  EXPECT_EQ(seen.ends_by_rules_now, m.now - 24h + 8 * day);
  ASSERT_EQ(m.change({{}, {}, true, "新方案"}), "");
  ASSERT_EQ(m.decide(m.officer), "");
  EXPECT_EQ(m.view().row.ends_at, m.now - 24h + 8 * day);
  EXPECT_FALSE(m.view().rules_changed);
}

TEST_F(IsolationOf, AnInfectionHasNoDaysAndEndsByDecision) {
  auto asked = m.contact();
  asked.ground = IsolationGround::infection;
  asked.category = Category::infected;
  EXPECT_EQ(m.propose(asked), "isolation.no_rule");
  asked.kind = K::central;
  ASSERT_EQ(m.propose(asked), "");
  ASSERT_EQ(m.decide(m.officer), "");
  EXPECT_EQ(m.holding_at(m.now + 60 * day), (Holding{K::central, {}}));
  EXPECT_EQ(m.view().clock->lacks, std::vector{EndLack::rule});
  EXPECT_EQ(m.change({{}, 3, false, "x"}), "isolation.no_rule");
  ASSERT_EQ(m.end(), "");
  ASSERT_EQ(m.decide(m.officer), "");
  EXPECT_EQ(m.holding_at(m.now).kind, K::none);
}

}  // namespace
}  // namespace firstline::isolation
