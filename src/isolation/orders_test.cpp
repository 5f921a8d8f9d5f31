#include <gtest/gtest.h>

#include "isolation/papers.hpp"
#include "isolation/test_desk.hpp"
#include "isolation/watching.hpp"

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

// Watching.

TEST_F(IsolationOf, AMissedReportIsOneAlertUntilTheReportComes) {
  const auto missed = [&] {
    return database->write([&](store::Session& s) { return raise_missed(s, m.desk, m.w.community.id, m.now); }).value();
  };
  ASSERT_EQ(m.propose(m.contact()), "");
  EXPECT_EQ(missed(), 0);
  ASSERT_EQ(m.decide(m.officer), "");  // 15:00; the evening's report is due at 20:00.
  m.now += 5h;
  EXPECT_EQ(missed(), 0);
  EXPECT_FALSE(m.list().items.at(0).report_overdue);
  m.now += 1min;
  EXPECT_EQ(missed(), 1);
  EXPECT_EQ(missed(), 0) << "once";
  EXPECT_TRUE(m.list().items.at(0).report_overdue);
  EXPECT_TRUE(m.alerts().items.at(0).open);
  EXPECT_EQ(m.report(365, {}), "");
  EXPECT_FALSE(m.alerts().items.at(0).open);
  EXPECT_EQ(m.alerts().items.at(0).reported_at, m.now);
  EXPECT_FALSE(m.list().items.at(0).report_overdue);
  m.now += 24h;
  EXPECT_EQ(missed(), 2) << "the morning's and the evening's";
  EXPECT_EQ(m.list().items.at(0).reports_missed, 1) << "the evening's may still come";
  m.now += 5 * day;
  EXPECT_EQ(missed(), 2) << "no older ones than of a day";
}

TEST_F(IsolationOf, FeverOrASymptomGoesToTheHealthOfficerAtOnce) {
  ASSERT_EQ(m.report(365, {}), "isolation.not_in_force");
  ASSERT_EQ(m.propose(m.contact()), "");
  ASSERT_EQ(m.decide(m.officer), "");
  const struct {
    std::optional<int> tenths;
    std::vector<Symptom> symptoms;
    const char* reason;
    std::size_t alerts;
  } rows[] = {
      {339, {}, "isolation.bad_temperature", 0},
      {430, {}, "isolation.bad_temperature", 0},
      {{}, {}, "isolation.bad_temperature", 0},
      {340, {}, "", 0},
      {372, {}, "", 0},
      {373, {}, "", 1},
      {{}, {Symptom::loss_of_smell}, "", 2},
      {429, {Symptom::cough}, "", 3},
  };
  for (const auto& row : rows) {
    m.now += 1min;
    EXPECT_EQ(m.report(row.tenths, row.symptoms), row.reason) << &row - rows;
    EXPECT_EQ(m.alerts().items.size(), row.alerts) << &row - rows;
  }
  const auto first = m.alerts().items.at(0);
  EXPECT_EQ(first.temperature_tenths, 373);
  EXPECT_FALSE(first.may_answer) << "not the secretary's";
  const auto answer = [&](AccountId by) {
    return m.as(by, [&](http::Call& call) {
      return answer_alert(call, first.alert_id, {{}, IsolationAlertAnswer::transfer_arranged});
    });
  };
  EXPECT_EQ(answer(m.secretary), "isolation.health_officers");
  EXPECT_EQ(answer(m.officer), "");
  EXPECT_EQ(answer(m.officer), "isolation.act_decided");
  EXPECT_EQ(m.alerts().items.back().answer, IsolationAlertAnswer::transfer_arranged);
}

TEST_F(IsolationOf, ATransferGoesStepByStep) {
  ASSERT_EQ(m.propose(m.contact()), "");
  const auto step = [&](TransferStep which, const char* vehicle, const char* who) {
    return m.with_order(m.secretary, [&](http::Call& call, const IsolationOrder& order) {
      return record_transfer(call, m.desk, order, {{}, which, "1-1-101", "第三隔离点", vehicle, who});
    });
  };
  EXPECT_EQ(step(TransferStep::arranged, "救护车 3 号", "调度"), "isolation.not_in_force");
  ASSERT_EQ(m.decide(m.officer), "");
  EXPECT_EQ(step(TransferStep::picked_up, "救护车 3 号", "司机"), "isolation.step_order");
  EXPECT_EQ(step(TransferStep::arranged, "", "调度"), "isolation.transfer_incomplete");
  EXPECT_EQ(step(TransferStep::arranged, "救护车 3 号", ""), "isolation.transfer_incomplete");
  for (const auto which :
       {TransferStep::arranged, TransferStep::picked_up, TransferStep::arrived, TransferStep::received})
    EXPECT_EQ(step(which, "救护车 3 号", "王护士"), "");
  EXPECT_EQ(step(TransferStep::received, "救护车 3 号", "王护士"), "isolation.step_order");
  ASSERT_EQ(m.view().transfers.size(), 4u);
  EXPECT_EQ(m.view().transfers[3].by_whom, "王护士");
}

TEST_F(IsolationOf, AnObjectionHasAClockAndIsAnsweredByTheBodyThatDecided) {
  const auto object = [&](const std::string& text) {
    return m.as(m.secretary, [&](http::Call& call) {
      return isolation::object(call, m.desk, m.proposed.order_id, {{}, text});
    });
  };
  const auto answer = [&](AccountId by) {
    const auto id = m.mine().items.at(0).objections.at(0).objection_id;
    return m.with_order(by, [&](http::Call& call, const IsolationOrder& order) {
      return answer_objection(call, m.desk, order, id, {{}, "区指挥部", "经复核维持"});
    });
  };
  ASSERT_EQ(m.propose(m.contact()), "");
  EXPECT_EQ(object("不是密接"), "isolation.unknown") << "nothing is decided yet";
  ASSERT_EQ(m.decide(m.officer), "");
  EXPECT_EQ(object(" "), "isolation.reason_missing");
  EXPECT_EQ(object("那天我不在"), "");
  EXPECT_EQ(object("再说一次"), "isolation.one_objection");
  EXPECT_TRUE(m.list().items.at(0).objected);
  EXPECT_EQ(m.view().objections.at(0).text, "那天我不在");
  EXPECT_EQ(m.holding_at(m.now).kind, K::central) << "it holds meanwhile";
  m.now += 72h - 1ms;
  EXPECT_FALSE(m.view().objections.at(0).overdue);
  m.now += 1ms;
  EXPECT_TRUE(m.view().objections.at(0).overdue);
  EXPECT_EQ(answer(m.secretary), "isolation.no_power");
  EXPECT_EQ(answer(m.officer), "");
  EXPECT_EQ(answer(m.officer), "isolation.act_decided");
  EXPECT_EQ(m.mine().items.at(0).objections.at(0).answer, "经复核维持");
  EXPECT_FALSE(m.list().items.at(0).objected);
  EXPECT_EQ(object("还有新证据"), "");
}

// Papers.

TEST_F(IsolationOf, ThePaperSaysWhatWasDecided) {
  const auto paper = [&](DocumentKind kind, DocumentLanguage language) {
    std::string text;
    const auto reason = m.with_order(m.secretary, [&](http::Call& call, const IsolationOrder& order) -> Result<void> {
      FL_TRY(const auto content, paper_content(call, m.desk, order, kind));
      for (const auto& block : sheet_of(content, language).blocks) text += block.text + "|" + block.value + "\n";
      return {};
    });
    return reason.empty() ? text : reason;
  };
  ASSERT_EQ(m.propose(m.contact()), "");
  EXPECT_EQ(paper(DocumentKind::order, DocumentLanguage::zh), "isolation.no_paper");
  ASSERT_EQ(m.decide(m.officer), "");
  const std::string zh = paper(DocumentKind::order, DocumentLanguage::zh);
  for (const char* part :
       {"集中隔离医学观察通知书", "张三", "区指挥部", "12号", "密切接触者，编号 2022-017",
        "集中隔离医学观察 7 天：2022-03-14 15:00 至 2022-03-21 15:00", "居家健康监测 3 天", "第2天 03-15", "第四十一条",
        "新型冠状病毒肺炎防控方案（第九版）", "每天测体温 2 次", "行政复议"})
    EXPECT_NE(zh.find(part), zh.npos) << part << "\n" << zh;
  EXPECT_EQ(zh.find("Firstline"), zh.npos) << "defaults of the product are nobody's document";
  const std::string en = paper(DocumentKind::order, DocumentLanguage::en);
  for (const char* part :
       {"Isolation at an isolation site: notice", "Close contact, number 2022-017", "article 41", "2 times a day"})
    EXPECT_NE(en.find(part), en.npos) << part << "\n" << en;
  EXPECT_EQ(paper(DocumentKind::end, DocumentLanguage::zh), "isolation.no_paper");
  m.now += 10 * day;
  ASSERT_EQ(m.end(), "");
  ASSERT_EQ(m.decide(m.officer), "");
  const std::string end = paper(DocumentKind::end, DocumentLanguage::zh);
  for (const char* part : {"解除隔离医学观察通知书", "2022-03-15 15:00 至 2022-03-25 15:00", "区指挥部"})
    EXPECT_NE(end.find(part), end.npos) << part << "\n" << end;
}

}  // namespace
}  // namespace firstline::isolation
