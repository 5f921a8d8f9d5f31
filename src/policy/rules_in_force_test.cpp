#include "policy/rules_in_force.hpp"

#include <thread>

#include <gtest/gtest.h>

namespace firstline::policy {
namespace {

Instant at(const char* text) { return *parse_instant(text); }

TEST(RulesInForce, are_built_once_a_day_and_district) {
  const RulesInForce rules(embedded_library());
  const auto morning = rules.at("620102020001", at("2022-07-13T00:00:00+08:00"));
  ASSERT_TRUE(morning);
  EXPECT_EQ((*morning)->gate.outing.per_household_per_day, 1);
  EXPECT_EQ(*rules.at("620102005", at("2022-07-13T23:59:59.999+08:00")), *morning);
  const auto evening_before = rules.at("620102", at("2022-07-12T23:59:59.999+08:00"));
  EXPECT_EQ((*evening_before)->gate.outing.per_household_per_day, 0);
  EXPECT_NE((*evening_before)->set.version, (*morning)->set.version);
}

TEST(RulesInForce, chosen_packs_hold_everywhere_and_always) {
  const RulesInForce rules(embedded_library(), {"fl-base", "cn-8", "gs-2022-03", "lz-gate-2022"});
  const auto now = rules.at("110108", at("2030-01-01T00:00:00+08:00"));
  ASSERT_TRUE(now);
  EXPECT_EQ((*now)->gate.nat.window_hours_out, 48);
  EXPECT_EQ(*rules.at("", at("2020-01-01T00:00:00+08:00")), *now);
}

TEST(RulesInForce, faults_are_handed_on) {
  EXPECT_EQ(RulesInForce(embedded_library(), {"cn-99"}).at("", at("2022-03-15T12:00:00+08:00")).error().reason,
            "policy.unknown_pack");
  EXPECT_EQ(RulesInForce(Library()).at("", at("2022-03-15T12:00:00+08:00")).error().reason, "policy.parameter_missing");
}

TEST(RulesInForce, threads_share_one_value) {
  const RulesInForce rules(embedded_library());
  std::vector<std::shared_ptr<const Rules>> seen(4);
  std::vector<std::thread> threads;
  for (auto& slot : seen) threads.emplace_back([&] { slot = *rules.at("62", at("2022-03-15T12:00:00+08:00")); });
  for (std::thread& thread : threads) thread.join();
  for (const auto& slot : seen) EXPECT_EQ(slot, seen[0]);
}

}  // namespace
}  // namespace firstline::policy
