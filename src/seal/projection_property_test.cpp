// The large space: any orders, any evidence, any policy. More negative results never delay; a new case never advances;
// what is later than now is not looked at; the same arguments give the same answer.

#include <cstdlib>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "seal/projection.hpp"
#include "seal/test_rules.hpp"

namespace firstline::seal {
namespace {

using namespace std::chrono_literals;
using policy::ReleaseNeed;
using policy::RestartOn;

// A person running the tests may ask for more, or for one seed, by the same variable.
const int many_cases = setenv("RC_PARAMS", "max_success=2000", 0);

const Instant origin = t("2022-03-01 00:00");

int number(int from, int to) { return *rc::gen::inRange(from, to + 1); }
bool yes() { return number(0, 1) == 1; }
// Steps of six hours, so that edges are met often.
Instant any_time(int days) { return origin + 6h * number(0, 4 * days); }
template <class T>
std::optional<T> maybe(T value) {
  return yes() ? std::optional<T>(value) : std::nullopt;
}
template <class Enum>
std::vector<Enum> any_of(std::initializer_list<Enum> all) {
  std::vector<Enum> some;
  for (const Enum each : all)
    if (yes()) some.push_back(each);
  return some;
}

policy::SealLevelPolicy any_level() {
  policy::SealLevelPolicy level;
  level.days_without_case = number(0, 14);
  level.steps_down_to = static_cast<policy::StepsDownTo>(number(0, 2));
  level.release_needs =
      any_of({ReleaseNeed::no_new_case, ReleaseNeed::last_contact_clear, ReleaseNeed::full_round_negative});
  level.full_round_within_days = maybe(number(0, 3));
  level.nat_days = {1, 4, 7};
  return level;
}
policy::SealPolicy any_policy() {
  policy::SealPolicy policy;
  policy.clock_anchor = maybe(static_cast<policy::ClockAnchor>(number(0, 5)));
  policy.anchor_by_environment = maybe(yes());
  policy.day_begins = maybe(static_cast<policy::DayBegins>(number(0, 1)));
  policy.restart_on = any_of({RestartOn::new_case, RestartOn::new_positive, RestartOn::new_positive_outside_unit,
                              RestartOn::new_contacts_of_confirmed_contact});
  policy.extended_by_home_isolated_positive = maybe(yes());
  policy.contact_days = maybe(number(0, 14));
  policy.contact_counted_from = maybe(static_cast<policy::ContactClock>(number(0, 1)));
  policy.sealed = any_level();
  policy.controlled = any_level();
  policy.after_sealed.days = maybe(number(0, 7));
  policy.after_sealed.release_needs = any_of({ReleaseNeed::no_new_case, ReleaseNeed::full_round_negative});
  return policy;
}

CaseInside any_case(int days) {
  CaseInside found;
  found.evidence = "case:" + std::to_string(number(1, 99));
  found.found_at = any_time(days);
  found.sampled_at = maybe(found.found_at - 6h * number(0, 4));
  found.removed_at = maybe(found.found_at + 6h * number(0, 8));
  found.outside_unit = maybe(yes());
  found.kept_at_home = maybe(yes());
  found.contact_with_new_contacts = maybe(yes());
  return found;
}
Test any_test(int days) {
  Test test;
  test.evidence = "test:" + std::to_string(number(1, 99));
  test.sampled_at = any_time(days);
  test.reported_at = test.sampled_at + 6h * number(0, 4);
  test.result = number(0, 5) == 0 ? static_cast<TestResult>(number(1, 2)) : TestResult::negative;
  return test;
}
Evidence any_evidence(int days) {
  Evidence evidence;
  for (int i = number(0, 2); i > 0; --i) evidence.cases.push_back(any_case(days));
  for (int i = number(0, 2); i > 0; --i) {
    ContactInside contact;
    contact.found_at = any_time(days);
    contact.last_exposure_at = maybe(contact.found_at);
    contact.transferred_at = maybe(contact.found_at + 6h * number(0, 8));
    contact.negative_at = maybe(any_time(days));
    evidence.contacts.push_back(contact);
  }
  evidence.contacts_complete = yes();
  if (yes()) evidence.disinfections.push_back({"d", any_time(days)});
  if (yes()) {
    const Instant at = any_time(days);
    evidence.environment.push_back({"e", at, at + 6h, yes(), maybe(yes())});
  }
  for (int i = number(0, 3); i > 0; --i) {
    PersonInside person{PersonId{i}, {}};
    for (int tests = number(0, 3); tests > 0; --tests) person.tests.push_back(any_test(days));
    evidence.people.push_back(person);
  }
  return evidence;
}
Order any_order() {
  Order order;
  order.level = yes() ? Level::sealed : Level::controlled;
  order.designated_at = any_time(4);
  if (order.level == Level::controlled) order.came_from_sealed = maybe(yes());
  if (yes()) order.level_since = order.designated_at + 6h * number(0, 8);
  order.clock_at = maybe(order.designated_at);
  order.not_before = maybe(any_time(30));
  return order;
}

RC_GTEST_PROP(ReleaseProperty, a_negative_result_never_delays_the_release, ()) {
  const Order order = any_order();
  const auto policy = any_policy();
  Evidence evidence = any_evidence(20);
  if (evidence.people.empty()) evidence.people.push_back({PersonId{9}, {}});
  const Instant now = any_time(30);
  const auto before = project(order, evidence, policy, now);
  PersonInside& person =
      evidence.people[static_cast<std::size_t>(number(0, static_cast<int>(evidence.people.size()) - 1))];
  Test more = any_test(28);
  more.result = TestResult::negative;
  person.tests.insert(person.tests.begin() + number(0, static_cast<int>(person.tests.size())), more);
  const auto after = project(order, evidence, policy, now);
  RC_ASSERT((after.earliest <= before.earliest));
  RC_ASSERT((!before.releasable || after.releasable));
  RC_ASSERT((!before.met_since || (after.met_since && *after.met_since <= *before.met_since)));
}

RC_GTEST_PROP(ReleaseProperty, a_new_case_never_advances_the_release, ()) {
  Order order = any_order();
  order.level = Level::sealed;  // A controlled zone that turns sealed is led out by another way.
  order.came_from_sealed.reset();
  const auto policy = any_policy();
  Evidence evidence = any_evidence(20);
  const Instant now = any_time(30);
  const auto before = project(order, evidence, policy, now);
  // Where nothing says when the clock began, a first case may be what says it.
  const bool started = before.clock.started_at.has_value();
  RC_CLASSIFY(started);
  if (!started) return;
  evidence.cases.insert(evidence.cases.begin() + number(0, static_cast<int>(evidence.cases.size())), any_case(28));
  const auto after = project(order, evidence, policy, now);
  RC_ASSERT((after.earliest >= before.earliest));
  RC_ASSERT((before.releasable || !after.releasable));
}

RC_GTEST_PROP(ReleaseProperty, what_is_later_than_now_is_not_looked_at, ()) {
  const Order order = any_order();
  const auto policy = any_policy();
  const Evidence known = any_evidence(14);
  const Instant now = any_time(14);
  Evidence later = known;
  CaseInside found = any_case(14);
  found.found_at = now + 1ms * number(1, 1000);
  later.cases.push_back(found);
  Test test = any_test(14);
  test.reported_at = now + 1ms;
  if (!later.people.empty()) later.people.front().tests.push_back(test);
  later.disinfections.push_back({"later", now + 1h});
  later.environment.push_back({"later", now - 1h, now + 1h, true, true});
  RC_ASSERT((project(order, known, policy, now) == project(order, later, policy, now)));
}

RC_GTEST_PROP(ReleaseProperty, replayed_it_is_the_same_and_holds_together, ()) {
  const Order order = any_order();
  const auto policy = any_policy();
  const Evidence evidence = any_evidence(20);
  const Instant now = any_time(30);
  const auto projection = project(order, evidence, policy, now);
  RC_ASSERT((projection == project(order, evidence, policy, now)));
  RC_ASSERT((projection.earliest.has_value()));
  RC_ASSERT((projection.releasable == (projection.sureness == Sureness::now)));
  RC_ASSERT((!projection.releasable || projection.met_since.has_value()));
  RC_ASSERT((projection.releasable || *projection.earliest >= now));
  for (const ConditionState& each : projection.conditions) RC_ASSERT(((each.met == Met::met) == each.missing.empty()));
}

}  // namespace
}  // namespace firstline::seal
