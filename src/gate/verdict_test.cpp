#include "gate/verdict.hpp"

#include <gtest/gtest.h>

#include "gate/verdict_rows.hpp"
#include "gate/wire.hpp"

namespace firstline::gate {
namespace {

using namespace rows;

std::string names(const std::vector<R>& reasons) {
  std::string text;
  for (const R reason : reasons) text += std::string(boost::describe::enum_to_string(reason, "?")) + " ";
  return text;
}
std::vector<R> kinds(const Verdict& verdict) {
  std::vector<R> reasons;
  for (const Reason& reason : verdict.reasons) reasons.push_back(reason.reason);
  return reasons;
}

TEST(Clauses, one_thing_spoilt) {
  for (std::size_t i = 0; i < clause_rows.size(); ++i) {
    Presented presented = neighbour();
    GatePolicy policy = demanding_policy();
    clause_rows[i].spoil(presented, policy);
    const Verdict verdict = decide(presented, policy, noon);
    EXPECT_EQ(verdict.outcome, clause_rows[i].outcome) << "row " << i << " " << clause_rows[i].id;
    EXPECT_EQ(names(kinds(verdict)), names(clause_rows[i].reasons)) << "row " << i << " " << clause_rows[i].id;
    if (verdict.reasons.empty()) continue;
    bool own_clause = false;
    for (const Reason& reason : verdict.reasons) own_clause |= reason.clause == clause_rows[i].id;
    EXPECT_TRUE(own_clause) << "row " << i << " " << clause_rows[i].id;
  }
}

TEST(Clauses, every_reason_has_a_row) {
  std::vector<R> seen;
  for (const ClauseRow& clause : clause_rows) seen.insert(seen.end(), clause.reasons.begin(), clause.reasons.end());
  boost::mp11::mp_for_each<boost::describe::describe_enumerators<R>>(
      [&](auto row) { EXPECT_NE(std::find(seen.begin(), seen.end(), row.value), seen.end()) << row.name; });
}

TEST(Verdict, nothing_asked_is_a_pass) { EXPECT_EQ(decide(Presented{}, GatePolicy{}, noon), Verdict{}); }

TEST(Verdict, reasons_say_what_decided_and_what_to_do) {
  Presented presented = neighbour();
  presented.temperature_tenths = 384;
  presented.pass_use.outings_today = 2;
  sampled(presented, 50h);
  const Verdict verdict = decide(presented, demanding_policy(), noon);
  ASSERT_EQ(verdict.reasons.size(), 3u);
  EXPECT_EQ(verdict.reasons[0],
            (Reason{"GATE-5", R::fever, hold, NextStep::wait_here_for_staff, "gate.signs.fever", {}, 384, {}, false}));
  EXPECT_EQ(
      verdict.reasons[1],
      (Reason{
          "GATE-13", R::nat_expired, refuse, NextStep::sample_at_point, "gate.nat.overdue_out", 48, {}, {}, false}));
  EXPECT_EQ(
      verdict.reasons[2],
      (Reason{"GATE-15", R::outings_used_up, refuse, NextStep::go_tomorrow, "gate.outing.used_up", {}, {}, 2, false}));
}

TEST(Verdict, a_softened_reason_names_what_softened_it) {
  Presented presented = neighbour();
  presented.compound = SealLevel::sealed;
  presented.pass_use.outing_approved = true;
  const Verdict verdict = decide(presented, demanding_policy(), noon);
  ASSERT_EQ(verdict.reasons.size(), 1u);
  EXPECT_EQ(verdict.reasons[0].parameter, "gate.outing.approved");
}

TEST(Verdict, beside_an_emergency_the_rest_is_only_recorded) {
  Presented presented = neighbour();
  presented.emergency = Emergency::medical;
  presented.compound = SealLevel::sealed;
  sampled(presented, 52h);  // The test was four hours too old.
  const Verdict verdict = decide(presented, demanding_policy(), noon);
  ASSERT_EQ(verdict.reasons.size(), 3u);
  EXPECT_EQ(verdict.reasons[0].clause, "GATE-1");
  EXPECT_EQ(verdict.reasons[0].parameter, "");
  EXPECT_FALSE(verdict.reasons[0].recorded_only);
  EXPECT_TRUE(verdict.reasons[1].recorded_only);
  EXPECT_TRUE(verdict.reasons[2].recorded_only);
}

}  // namespace
}  // namespace firstline::gate
