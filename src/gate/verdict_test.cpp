#include "gate/verdict.hpp"

#include <gtest/gtest.h>

#include "gate/wire.hpp"

namespace firstline::gate {
namespace {

TEST(Verdict, nothing_asked_is_a_pass) {
  const Verdict verdict = decide(Presented{}, GatePolicy{}, Instant{});
  EXPECT_EQ(verdict.outcome, Outcome::pass);
  EXPECT_TRUE(verdict.reasons.empty());
}

TEST(Verdict, emergency_opens_whatever_else) {
  GatePolicy policy;
  policy.signs.red_code = Outcome::hold;
  Presented presented;
  presented.code = CodeReading{CodeColour::red, EvidenceGrade::signed_code, {}, "test"};
  EXPECT_EQ(decide(presented, policy, Instant{}).outcome, Outcome::hold);
  presented.emergency = Emergency::medical;
  const Verdict verdict = decide(presented, policy, Instant{});
  EXPECT_EQ(verdict.outcome, Outcome::pass_with_reminder);
  ASSERT_EQ(verdict.reasons.size(), 2u);
  EXPECT_TRUE(verdict.reasons[1].recorded_only);
}

}  // namespace
}  // namespace firstline::gate
