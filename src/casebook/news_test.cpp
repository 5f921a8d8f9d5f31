#include <gtest/gtest.h>

#include "casebook/test_cases.hpp"

namespace firstline::casebook {
namespace {

using namespace std::chrono_literals;
using health::NatState;
using health::TestKind;

class NewsOfCases : public ::testing::Test, public CaseWorld {
 protected:
  NewsOfCases() {
    news.positive = [this](store::Session& s, const health::ResultNews& told) { return take_news(s, parts, told); };
  }
  std::string take(PersonId who, NatState state, Instant sampled_at, std::string name, std::int64_t version = 1,
                   TestKind kind = TestKind::nucleic_acid) {
    const auto done = database->write([&](store::Session& s) {
      health::TestResult result;
      result.community_id = w.community.id;
      result.person_id = who;
      result.kind = kind;
      result.state = state;
      result.sampled_at = sampled_at;
      result.reported_at = sampled_at + 4h;
      result.source = "laboratory";
      result.external_id = name;
      result.version = version;
      return health::take_result(s, result, {}, now, &news);
    });
    return done ? "" : done.error().reason;
  }
  std::vector<Part> parts_of(CaseId id) {
    std::vector<Part> found;
    for (const auto& each : seen(id).history) found.push_back(each.part);
    return found;
  }
  health::Reactions news;
};

TEST_F(NewsOfCases, APositiveOpensASuspectedCaseAndASecondIsItsEvidence) {
  ASSERT_EQ(take(person, NatState::positive, now - 10h, "S1"), "");
  ASSERT_EQ(opened.size(), 1u);
  EXPECT_EQ(opened[0].status, Status::suspected);
  EXPECT_EQ(opened[0].ground, Ground::test_result);
  EXPECT_EQ(opened[0].sampled_at, now - 10h);
  ASSERT_EQ(take(person, NatState::positive, now - 5h, "S2"), "");
  EXPECT_EQ(opened.size(), 1u);
  EXPECT_EQ(parts_of(opened[0].id), (std::vector{Part::opened, Part::evidence, Part::evidence}));
  EXPECT_EQ(seen(opened[0].id).shown.sampled_at, now - 10h);
  ASSERT_EQ(take(person, NatState::positive, now - 20h, "S0"), "");
  EXPECT_EQ(seen(opened[0].id).shown.sampled_at, now - 20h) << "an earlier sample that is told later";
  EXPECT_EQ(seen(opened[0].id).evidence.size(), 3u);
}

TEST_F(NewsOfCases, WhatIsNoPositiveNucleicAcidTestOpensNothing) {
  const struct {
    NatState state;
    TestKind kind;
    std::size_t cases;
  } rows[] = {
      {NatState::negative, TestKind::nucleic_acid, 0},
      {NatState::pool_abnormal, TestKind::nucleic_acid, 0},
      {NatState::invalid, TestKind::nucleic_acid, 0},
      {NatState::positive, TestKind::antigen, 0},  // By the policy in force.
      {NatState::positive, TestKind::nucleic_acid, 1},
  };
  int count = 0;
  for (const auto& row : rows) {
    EXPECT_EQ(take(person, row.state, now - 10h, "S" + std::to_string(count), 1, row.kind), "");
    EXPECT_EQ(opened.size(), row.cases) << count;
    ++count;
  }
  std::printf("results and cases: %d rows\n", count);
}

TEST_F(NewsOfCases, TheSameResultAgainAddsNothing) {
  ASSERT_EQ(take(person, NatState::positive, now - 10h, "S1"), "");
  ASSERT_EQ(take(person, NatState::positive, now - 10h, "S1"), "");
  EXPECT_EQ(parts_of(opened.at(0).id).size(), 2u);
}

TEST_F(NewsOfCases, ACorrectedPositiveIsNotedAndLeavesTheCaseToAnOfficer) {
  ASSERT_EQ(take(person, NatState::positive, now - 10h, "S1"), "");
  ASSERT_EQ(take(person, NatState::negative, now - 10h, "S1", 2), "");
  const auto shown = seen(opened.at(0).id);
  EXPECT_EQ(shown.shown.status, Status::suspected);
  EXPECT_EQ(shown.history.back().part, Part::evidence_withdrawn);
  EXPECT_EQ(facts("case.evidence_withdrawn"), 1);
}

TEST_F(NewsOfCases, AResultThatWasSomebodyElsesGoesToWhomItIsAbout) {
  ASSERT_EQ(take(person, NatState::positive, now - 10h, "S1"), "");
  ASSERT_EQ(take(other, NatState::positive, now - 10h, "S1", 2), "");
  ASSERT_EQ(opened.size(), 2u);
  EXPECT_EQ(seen(opened[0].id).history.back().part, Part::evidence_withdrawn);
  EXPECT_EQ(opened[1].person_id, other);
}

TEST_F(NewsOfCases, AnOldSampleBelongsToTheCaseThatHasEndedALaterOneOpensAnother) {
  ASSERT_EQ(take(person, NatState::positive, now - 24h, "S1"), "");
  const CaseId id = opened.at(0).id;
  ASSERT_EQ(step(health, id, Status::confirmed), "");
  ASSERT_EQ(step(health, id, Status::recovered), "");
  now += 48h;
  ASSERT_EQ(take(person, NatState::positive, area::test_now - 5h, "S2"), "");
  EXPECT_EQ(opened.size(), 1u);
  EXPECT_EQ(seen(id).history.back().part, Part::evidence);
  ASSERT_EQ(take(person, NatState::positive, now - 5h, "S3"), "");
  EXPECT_EQ(opened.size(), 2u);
}

TEST_F(NewsOfCases, AnExcludedCaseTakesNoMoreEvidence) {
  ASSERT_EQ(take(person, NatState::positive, now - 24h, "S1"), "");
  ASSERT_EQ(step(health, opened.at(0).id, Status::excluded), "");
  ASSERT_EQ(take(person, NatState::positive, now - 20h, "S2"), "");
  EXPECT_EQ(opened.size(), 2u);
}

}  // namespace
}  // namespace firstline::casebook
