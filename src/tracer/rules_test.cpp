#include "tracer/rules.hpp"

#include <gtest/gtest.h>

#include "policy/embedded.hpp"

namespace firstline::tracer {
namespace {

BasisSet set_of(std::initializer_list<TraceBasis> bases) {
  BasisSet set;
  for (const TraceBasis basis : bases) set.add(basis);
  return set;
}
Evidence at_gate(std::int64_t encounters, std::int64_t seconds) {
  return {set_of({TraceBasis::gate}), encounters, seconds, false};
}
Evidence living(TraceBasis basis) { return {set_of({basis}), 0, 0, false}; }

struct CategoryClause {
  const char* id;
  Evidence evidence;
  Neighbours close_neighbours;
  Category category;
};
const CategoryClause categories[] = {
    {"TRACE-1", living(TraceBasis::household), Neighbours::none, Category::close_contact},
    {"TRACE-2", at_gate(1, 15 * 60), Neighbours::none, Category::close_contact},
    {"TRACE-2", at_gate(1, 15 * 60 - 1), Neighbours::none, Category::general_contact},
    {"TRACE-3", living(TraceBasis::floor), Neighbours::none, Category::general_contact},
    {"TRACE-3", living(TraceBasis::floor), Neighbours::floor, Category::close_contact},
    {"TRACE-3", living(TraceBasis::unit), Neighbours::floor, Category::general_contact},
    {"TRACE-3", living(TraceBasis::floor), Neighbours::unit, Category::close_contact},
    {"TRACE-3", living(TraceBasis::unit), Neighbours::unit, Category::close_contact},
    {"TRACE-4", living(TraceBasis::unit), Neighbours::none, Category::general_contact},
    {"TRACE-5", {set_of({TraceBasis::household}), 0, 0, true}, Neighbours::none, Category::contact_of_contact},
    {"TRACE-5", {set_of({TraceBasis::gate}), 1, 9000, true}, Neighbours::none, Category::contact_of_contact},
};

TEST(TraceRules, categories) {
  for (const auto& each : categories)
    EXPECT_EQ(category_of(each.evidence, 15, each.close_neighbours), each.category) << each.id;
}

TEST(TraceRules, neighbours_with_no_minutes_together_are_not_close_by_a_threshold_of_nothing) {
  EXPECT_EQ(category_of(living(TraceBasis::unit), 0, Neighbours::none), Category::general_contact);
}

TEST(TraceRules, confidence) {  // TRACE-6
  EXPECT_EQ(confidence_of(living(TraceBasis::household), 10), Confidence::high);
  EXPECT_EQ(confidence_of(living(TraceBasis::unit), 10), Confidence::low);
  EXPECT_EQ(confidence_of(at_gate(3, 30), 10), Confidence::high);
  EXPECT_EQ(confidence_of(at_gate(1, 1800), 10), Confidence::high);
  EXPECT_EQ(confidence_of(at_gate(2, 30), 10), Confidence::medium);
  EXPECT_EQ(confidence_of(at_gate(1, 600), 10), Confidence::medium);
  EXPECT_EQ(confidence_of(at_gate(1, 599), 10), Confidence::low);
}

struct ActionClause {
  const char* id;
  Standing standing;
  NextAction action;
};
Standing standing(Category category, int calls, std::optional<CallOutcome> outcome) {
  Standing made;
  made.category = category;
  made.has_phone = true;
  made.calls = calls;
  made.last_outcome = outcome;
  return made;
}
template <class F>
Standing spoilt(Standing made, F spoil) {
  spoil(made);
  return made;
}
constexpr auto close = Category::close_contact, general = Category::general_contact;
const ActionClause actions[] = {
    {"TRACE-7", standing(close, 0, {}), NextAction::call},
    {"TRACE-7", spoilt(standing(close, 0, {}), [](Standing& s) { s.has_phone = false; }), NextAction::visit},
    {"TRACE-7", standing(close, 2, CallOutcome::not_reached), NextAction::call},
    {"TRACE-7", standing(close, 3, CallOutcome::not_reached), NextAction::visit},
    {"TRACE-7", standing(close, 1, CallOutcome::wrong_number), NextAction::visit},
    {"TRACE-7", standing(close, 1, CallOutcome::refused), NextAction::visit},
    {"TRACE-8", standing(close, 1, CallOutcome::reached), NextAction::propose_isolation},
    {"TRACE-8", standing(Category::contact_of_contact, 1, CallOutcome::reached), NextAction::propose_isolation},
    {"TRACE-8", standing(general, 5, CallOutcome::reached), NextAction::propose_test},
    {"TRACE-8", spoilt(standing(close, 1, CallOutcome::reached), [](Standing& s) { s.isolation_proposed = true; }),
     NextAction::done},
    {"TRACE-8", spoilt(standing(close, 1, CallOutcome::reached), [](Standing& s) { s.test_proposed = true; }),
     NextAction::propose_isolation},
    {"TRACE-8", spoilt(standing(general, 1, CallOutcome::reached), [](Standing& s) { s.test_proposed = true; }),
     NextAction::done},
    {"TRACE-9", spoilt(standing(close, 0, {}), [](Standing& s) { s.elsewhere = true; }), NextAction::hand_off},
    {"TRACE-9", spoilt(standing(close, 0, {}), [](Standing& s) { s.elsewhere = s.handed_off = true; }),
     NextAction::done},
    {"", standing(Category::not_a_contact, 0, {}), NextAction::done},
};

TEST(TraceRules, next_actions) {
  for (const auto& each : actions) EXPECT_EQ(next_action(each.standing), each.action) << each.id;
}

TEST(TraceRules, every_edition_says_what_is_traced) {
  const auto library = policy::embedded_library();
  const auto policy_of = [&](std::vector<std::string> packs) {
    return trace_policy(library.chosen(packs).value()).value();
  };
  EXPECT_TRUE(policy_of({"fl-base", "cn-8"}).secondary_traced);
  EXPECT_EQ(policy_of({"fl-base", "cn-8"}).lookback_days, 2);
  EXPECT_EQ(policy_of({"fl-base", "cn-8"}).source_lookback_days, 14);
  EXPECT_TRUE(policy_of({"fl-base", "cn-9", "cn-20"}).traced);
  EXPECT_FALSE(policy_of({"fl-base", "cn-9", "cn-20"}).secondary_traced);
  EXPECT_FALSE(policy_of({"fl-base", "cn-BII"}).traced);
}

TEST(TraceRules, a_set_of_bases_is_one_number) {
  const auto bases = set_of({TraceBasis::venue, TraceBasis::household});
  EXPECT_EQ(BasisSet(bases.bits()).list(), (std::vector{TraceBasis::household, TraceBasis::venue}));
  EXPECT_TRUE(BasisSet().list().empty());
}

}  // namespace
}  // namespace firstline::tracer
