// A row per rule set and edge of each condition; restarts, steps, exemptions. Numbers here are written by hand from the
// documents, not read from the packs.

#include "seal/projection.hpp"

#include <gtest/gtest.h>

#include "seal/test_rules.hpp"

namespace firstline::seal {
namespace {

using namespace std::chrono_literals;
using policy::ClockAnchor;
using policy::StepsDownTo;

const Instant sealed_at = t("2022-05-20 12:00");
constexpr Millis day = 24h;

struct RuleSet {
  const char* name;
  std::vector<std::string> packs;
  int days;  // Without a case, in a sealed zone.
  StepsDownTo then;
  bool contacts;
  int contact_days;
  bool by_transfer;
  bool round;
  int round_days;
};
const RuleSet rule_sets[] = {
    {"cn-8", {"fl-base", "cn-8"}, 14, StepsDownTo::released, true, 14, false, true, 2},
    {"cn-9", {"fl-base", "cn-9"}, 7, StepsDownTo::controlled, false, 0, false, true, 1},
    {"cn-20", {"fl-base", "cn-9", "cn-20"}, 5, StepsDownTo::precautionary, false, 0, false, false, 0},
    {"cn-10", {"fl-base", "cn-9", "cn-20", "cn-10"}, 5, StepsDownTo::released, false, 0, false, false, 0},
    {"Beijing", {"fl-base", "cn-8", "bj-2022-05"}, 10, StepsDownTo::controlled, true, 4, true, true, 1},
    {"Shanghai", {"fl-base", "cn-8", "sh-2022-04"}, 7, StepsDownTo::controlled, false, 0, false, false, 0},
    {"Lanzhou", {"fl-base", "cn-8", "lz-qilihe-2022-03"}, 12, StepsDownTo::controlled, false, 0, false, true, 2},
};

// A sealed place with everything in order: its clock starts when it was sealed, by any anchor.
struct World {
  Order order;
  Evidence evidence;
};
World in_order(const RuleSet& rules) {
  World world;
  world.order.designated_at = sealed_at;
  world.evidence.cases = {{"case:1", sealed_at, sealed_at, sealed_at, {}, {}, {}}};
  world.evidence.environment = {{"sample:1", sealed_at, sealed_at + 5h, false, {}}};
  world.evidence.contacts_complete = true;
  const Instant release = sealed_at + day * rules.days;
  for (int i = 1; i <= 3; ++i) {
    const std::string result = "test:" + std::to_string(i);
    world.evidence.people.push_back({PersonId{i}, {{result, release - 12h, release - 6h, TestResult::negative}}});
  }
  return world;
}
Met met(const World& world, const RuleSet& rules, Condition condition, Instant now) {
  const auto projection = project(world.order, world.evidence, rules_of(rules.packs), now);
  const auto* state = condition_of(projection, condition);
  return state ? state->met : Met::unknown;
}
const RuleSet& set_of(std::string_view name) {
  for (const RuleSet& each : rule_sets)
    if (each.name == name) return each;
  throw std::invalid_argument(std::string(name));
}

int rows = 0;

TEST(Release, days_without_a_case_to_the_minute_in_every_rule_set) {
  for (const RuleSet& rules : rule_sets) {
    const World world = in_order(rules);
    const Instant over = sealed_at + day * rules.days;
    for (const auto& [now, expected] :
         {std::pair(over - 1min, Met::unmet), std::pair(over, Met::met), std::pair(over + 1min, Met::met)}) {
      ++rows;
      EXPECT_EQ(met(world, rules, Condition::no_new_case, now), expected) << rules.name << " " << format_instant(now);
      const auto projection = project(world.order, world.evidence, rules_of(rules.packs), now);
      EXPECT_EQ(projection.earliest, over) << rules.name;
      EXPECT_EQ(projection.releasable, now >= over) << rules.name;
      EXPECT_EQ(projection.sureness, now >= over ? Sureness::now : Sureness::by_time) << rules.name;
      EXPECT_EQ(projection.then, rules.then) << rules.name;
      if (now >= over) {
        EXPECT_EQ(projection.met_since, over) << rules.name;
      }
    }
  }
}

TEST(Release, the_last_contact_to_the_minute) {
  for (const RuleSet& rules : rule_sets) {
    World world = in_order(rules);
    // Found late: the contact decides, not the clock.
    const Instant at = sealed_at + day * rules.days - day;
    ContactInside contact{"contact:1", at, at, at, at + 1h};
    world.evidence.contacts = {contact};
    const Instant over = at + day * rules.contact_days;
    for (PersonInside& person : world.evidence.people)
      person.tests = {{"test", over - 12h, over - 6h, TestResult::negative}};
    for (const auto& [now, expected] :
         {std::pair(over - 1min, Met::unmet), std::pair(over, Met::met), std::pair(over + 1min, Met::met)}) {
      if (!rules.contacts) continue;
      ++rows;
      EXPECT_EQ(met(world, rules, Condition::last_contact_clear, now), expected) << rules.name;
      EXPECT_EQ(project(world.order, world.evidence, rules_of(rules.packs), now).earliest, over) << rules.name;
    }
    if (!rules.contacts) {
      EXPECT_EQ(condition_of(project(world.order, world.evidence, rules_of(rules.packs), over),
                             Condition::last_contact_clear),
                nullptr)
          << rules.name;
      continue;
    }
    world.evidence.contacts[0].negative_at.reset();
    EXPECT_EQ(met(world, rules, Condition::last_contact_clear, over + day), Met::unmet) << "no negative result";
    EXPECT_FALSE(project(world.order, world.evidence, rules_of(rules.packs), over + day).releasable);
    world.evidence.contacts[0] = contact;
    (rules.by_transfer ? world.evidence.contacts[0].transferred_at : world.evidence.contacts[0].last_exposure_at)
        .reset();
    const auto open = project(world.order, world.evidence, rules_of(rules.packs), over);
    EXPECT_EQ(open.sureness, Sureness::at_least) << rules.name;
    EXPECT_NE(met(world, rules, Condition::last_contact_clear, over), Met::met) << rules.name;
    world.evidence.contacts = {};
    world.evidence.contacts_complete = false;
    EXPECT_EQ(met(world, rules, Condition::last_contact_clear, over), Met::unknown) << "nobody has traced yet";
  }
}

TEST(Release, the_full_round_to_the_minute) {
  for (const RuleSet& rules : rule_sets) {
    if (!rules.round) continue;
    World world = in_order(rules);
    const Instant release = sealed_at + day * rules.days;
    const auto with_sample = [&](Instant sampled, Instant reported) {
      world.evidence.people[1].tests = {{"test:2", sampled, reported, TestResult::negative}};
      ++rows;
      return project(world.order, world.evidence, rules_of(rules.packs), release);
    };
    const Millis age = day * rules.round_days;
    const auto young = with_sample(release - age, release - 1min);
    EXPECT_TRUE(young.releasable) << rules.name << ": exactly as old as allowed";
    const auto old = with_sample(release - age - 1min, release - 1min);
    EXPECT_FALSE(old.releasable) << rules.name << ": a minute too old";
    EXPECT_EQ(old.sureness, Sureness::if_negative);
    EXPECT_EQ(old.earliest, release);
    const auto* state = condition_of(old, Condition::full_round_negative);
    ASSERT_EQ(state->missing.size(), 1u) << rules.name;
    EXPECT_EQ(state->missing[0].what, Lack::negative_result);
    EXPECT_EQ(state->missing[0].count, 1);
    EXPECT_EQ(state->missing[0].people, std::vector<PersonId>{PersonId{2}});
    EXPECT_TRUE(with_sample(release - 1h, release).releasable) << rules.name << ": reported at this very moment";
    EXPECT_FALSE(with_sample(release - 1h, release + 1min).releasable) << rules.name << ": not out yet";
    world.evidence.people[1].tests = {{"p", release - 3h, release - 2h, TestResult::pool_abnormal}};
    auto trouble = project(world.order, world.evidence, rules_of(rules.packs), release);
    EXPECT_EQ(condition_of(trouble, Condition::full_round_negative)->missing[0].what, Lack::single_retest);
    world.evidence.people[1].tests.push_back({"r", release - 1h, release - 30min, TestResult::negative});
    EXPECT_TRUE(project(world.order, world.evidence, rules_of(rules.packs), release).releasable) << "retest negative";
    world.evidence.people.clear();
    EXPECT_EQ(met(world, rules, Condition::full_round_negative, release), Met::unknown) << "nobody is listed";
  }
}

TEST(Release, a_new_case_restarts_from_its_transfer) {
  for (const RuleSet& rules : rule_sets) {
    World world = in_order(rules);
    const Instant found = sealed_at + 3 * day, removed = found + 5h, now = found + 6h;
    world.evidence.cases.push_back({"case:2", found, found - 4h, removed, true, {}, {}});
    const auto projection = project(world.order, world.evidence, rules_of(rules.packs), now);
    const bool by_sample = std::string_view(rules.name) == "Shanghai";
    EXPECT_EQ(projection.earliest, (by_sample ? found - 4h : removed) + day * rules.days) << rules.name;
    EXPECT_TRUE(projection.clock.restarted || projection.clock.anchor == ClockAnchor::last_case_removed || by_sample);
    EXPECT_EQ(projection.clock.evidence, std::vector<std::string>{"case:2"}) << rules.name;
    world.evidence.cases[1].removed_at.reset();
    const auto held = project(world.order, world.evidence, rules_of(rules.packs), now);
    if (by_sample) continue;
    EXPECT_EQ(held.sureness, Sureness::at_least) << rules.name;
    EXPECT_EQ(held.earliest, now + day * rules.days) << rules.name << ": not before, if brought away now";
    EXPECT_EQ(held.clock.missing.at(0).what, Lack::case_removal);
    EXPECT_EQ(held.conditions.at(0).met, Met::unmet);
  }
}

TEST(Release, home_isolated_positives_do_not_move_the_date_under_the_ten_measures_only) {
  for (const RuleSet& rules : rule_sets) {
    World world = in_order(rules);
    const Instant found = sealed_at + 2 * day;
    world.evidence.cases.push_back({"case:2", found, found, {}, {}, true, {}});
    const auto projection = project(world.order, world.evidence, rules_of(rules.packs), found + 1h);
    const Instant moved = found + day * rules.days, same = sealed_at + day * rules.days;
    EXPECT_EQ(projection.earliest, std::string_view(rules.name) == "cn-10" ? same : moved) << rules.name;
  }
}

TEST(Release, beijing_counts_from_removal_or_from_disinfection_by_the_environment) {
  const RuleSet& rules = set_of("Beijing");
  World world = in_order(rules);
  const Instant now = sealed_at + day;
  EXPECT_EQ(project(world.order, world.evidence, rules_of(rules.packs), now).clock.anchor,
            ClockAnchor::last_case_removed);
  world.evidence.environment.push_back({"sample:2", sealed_at - 1h, sealed_at + 6h, true, {}});
  auto waiting = project(world.order, world.evidence, rules_of(rules.packs), now);
  EXPECT_EQ(waiting.clock.anchor, ClockAnchor::terminal_disinfection_done);
  EXPECT_EQ(waiting.sureness, Sureness::at_least);
  EXPECT_EQ(waiting.clock.missing.at(0).what, Lack::disinfection);
  world.evidence.disinfections = {{"disinfection:1", sealed_at + 20h}};
  EXPECT_EQ(project(world.order, world.evidence, rules_of(rules.packs), now).earliest, sealed_at + 20h + 10 * day);
  world.evidence.environment.clear();
  const auto unknown = project(world.order, world.evidence, rules_of(rules.packs), now);
  EXPECT_EQ(unknown.clock.missing.back().what, Lack::environment_samples);
  EXPECT_EQ(unknown.conditions.at(0).met, Met::unknown);
  // A positive point outside the unit restarts; one inside does not.
  world = in_order(rules);
  const Instant sampled = sealed_at + 2 * day;
  world.order.clock_at = sealed_at;
  world.evidence.environment.push_back({"sample:3", sampled, sampled + 6h, true, false});
  EXPECT_EQ(project(world.order, world.evidence, rules_of(rules.packs), sampled + day).earliest, sealed_at + 10 * day);
  world.evidence.environment.back().outside_unit = true;
  EXPECT_EQ(project(world.order, world.evidence, rules_of(rules.packs), sampled + day).earliest, sampled + 10 * day);
}

TEST(Release, steps_lead_out_and_controlled_after_sealed_counts_its_own_days) {
  struct Row {
    const char* name;
    std::vector<std::pair<Level, int>> steps;  // Level and days after the sealing.
  };
  const Row expected[] = {
      {"cn-8", {{Level::sealed, 1}, {Level::none, 14}}},
      {"cn-9", {{Level::sealed, 1}, {Level::controlled, 7}, {Level::precautionary, 10}}},
      {"cn-20", {{Level::sealed, 1}, {Level::precautionary, 5}}},
      {"cn-10", {{Level::sealed, 1}, {Level::none, 5}}},
      {"Beijing", {{Level::sealed, 1}, {Level::controlled, 10}, {Level::none, 14}}},
      {"Shanghai", {{Level::sealed, 1}, {Level::controlled, 7}, {Level::precautionary, 14}}},
      {"Lanzhou", {{Level::sealed, 1}, {Level::controlled, 12}, {Level::none, 14}}},
  };
  for (const Row& row : expected) {
    const World world = in_order(set_of(row.name));
    const auto steps = project(world.order, world.evidence, rules_of(set_of(row.name).packs), sealed_at + day).steps;
    ASSERT_EQ(steps.size(), row.steps.size()) << row.name;
    for (std::size_t i = 0; i < steps.size(); ++i) {
      EXPECT_EQ(steps[i].level, row.steps[i].first) << row.name << i;
      EXPECT_EQ(steps[i].from, sealed_at + day * row.steps[i].second) << row.name << i;
    }
  }
  // Stepped down on day 7, a medium-risk area waits three days more.
  World world = in_order(set_of("cn-9"));
  world.order.level = Level::controlled;
  world.order.came_from_sealed = true;
  world.order.level_since = sealed_at + 7 * day;
  const auto policy = rules_of(set_of("cn-9").packs);
  EXPECT_EQ(project(world.order, world.evidence, policy, sealed_at + 8 * day).earliest, sealed_at + 10 * day);
  EXPECT_EQ(project(world.order, world.evidence, policy, sealed_at + 8 * day).then, StepsDownTo::precautionary);
}

TEST(Release, a_positive_turns_a_controlled_zone_sealed_where_the_rule_says_so) {
  World world = in_order(set_of("cn-8"));
  world.order.level = Level::controlled;
  const Instant found = sealed_at + 3 * day;
  world.evidence.cases.push_back({"case:2", found, {}, found, {}, {}, {}});
  const auto under_8 = project(world.order, world.evidence, rules_of(set_of("cn-8").packs), found);
  EXPECT_TRUE(under_8.turns_sealed);
  EXPECT_EQ(under_8.steps.at(0).level, Level::sealed);
  EXPECT_FALSE(project(world.order, world.evidence, rules_of(set_of("cn-9").packs), found).turns_sealed);
  world.evidence.cases.pop_back();
  EXPECT_FALSE(project(world.order, world.evidence, rules_of(set_of("cn-8").packs), found).turns_sealed);
}

TEST(Release, an_extension_holds_and_a_precautionary_zone_waits_for_the_county) {
  World world = in_order(set_of("cn-20"));
  world.order.not_before = sealed_at + 9 * day;
  const auto policy = rules_of(set_of("cn-20").packs);
  EXPECT_EQ(project(world.order, world.evidence, policy, sealed_at + 6 * day).earliest, sealed_at + 9 * day);
  EXPECT_FALSE(project(world.order, world.evidence, policy, sealed_at + 9 * day - 1min).releasable);
  EXPECT_TRUE(project(world.order, world.evidence, policy, sealed_at + 9 * day).releasable);
  world.order.level = Level::precautionary;
  EXPECT_EQ(project(world.order, world.evidence, policy, sealed_at).conditions.at(0).met, Met::unknown);
  world.evidence.zones_in_county = 1;
  EXPECT_FALSE(project(world.order, world.evidence, policy, sealed_at).releasable);
  world.evidence.zones_in_county = 0;
  EXPECT_TRUE(project(world.order, world.evidence, policy, sealed_at).releasable);
}

TEST(Release, rules_that_change_overnight_count_the_days_that_have_passed) {
  const World world = in_order(set_of("cn-8"));
  const Instant now = sealed_at + 8 * day;
  EXPECT_FALSE(project(world.order, world.evidence, rules_of(set_of("cn-8").packs), now).releasable);
  World tested = world;
  for (PersonInside& person : tested.evidence.people) person.tests = {{"t", now - 12h, now - 6h, TestResult::negative}};
  const auto under_9 = project(tested.order, tested.evidence, rules_of(set_of("cn-9").packs), now);
  EXPECT_TRUE(under_9.releasable);
  EXPECT_EQ(under_9.met_since, now - 6h) << "since the round was complete";
}

TEST(Release, no_rule_in_force_says_so) {
  const World world = in_order(set_of("cn-8"));
  const auto projection = project(world.order, world.evidence, rules_of({"fl-base", "cn-BII"}), sealed_at);
  EXPECT_EQ(projection.sureness, Sureness::no_rule);
  EXPECT_EQ(projection.earliest, std::nullopt);
  EXPECT_FALSE(projection.releasable);
}

TEST(Release, day_one_begins_at_midnight_where_a_pack_says_so) {
  const World world = in_order(set_of("cn-20"));
  auto policy = rules_of(set_of("cn-20").packs);
  policy.day_begins = policy::DayBegins::midnight_after;
  EXPECT_EQ(project(world.order, world.evidence, policy, sealed_at).earliest, t("2022-05-26 00:00"));
  World at_midnight = world;
  at_midnight.order.clock_at = t("2022-05-20 00:00");
  EXPECT_EQ(project(at_midnight.order, at_midnight.evidence, policy, sealed_at).earliest, t("2022-05-25 00:00"));
}

TEST(Release, the_plan_names_test_days_and_the_round_that_counts) {
  const World world = in_order(set_of("Beijing"));
  const auto plan = project(world.order, world.evidence, rules_of(set_of("Beijing").packs), sealed_at + day).plan;
  std::string nat, antigen, round;
  for (const PlannedDay& each : plan) {
    if (each.level != Level::sealed) continue;
    if (each.nat) nat += std::to_string(each.number) + " ";
    if (each.antigen) antigen += std::to_string(each.number) + " ";
    if (each.full_round) round += std::to_string(each.number) + " ";
  }
  EXPECT_EQ(nat, "1 3 5 7 10 ");
  EXPECT_EQ(antigen, "2 4 6 8 ");
  EXPECT_EQ(round, "10 ");
  ASSERT_EQ(plan.size(), 15u) << "ten days sealed, four controlled, which end in the middle of a day";
  EXPECT_EQ(plan.front().date, civil_date(sealed_at));
}

TEST(Release, says_what_a_new_case_and_a_new_contact_would_do) {
  const World world = in_order(set_of("cn-8"));
  const Instant now = sealed_at + 5 * day;
  const auto moved = project(world.order, world.evidence, rules_of(set_of("cn-8").packs), now).sensitivity;
  ASSERT_EQ(moved.size(), 2u);
  for (const Sensitivity& each : moved) {
    EXPECT_EQ(each.more_days, 5);
    EXPECT_EQ(each.earliest, now + 14 * day);
  }
  std::printf("release: %d rows of edges\n", rows);
}

}  // namespace
}  // namespace firstline::seal
