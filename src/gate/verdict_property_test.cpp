// The large space: random people under random policies. Never milder under a stricter policy; the same arguments give
// the same answer.

#include <cstdlib>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "gate/verdict.hpp"
#include "gate/verdict_any.hpp"

namespace firstline::gate {
namespace {

// A person running the tests may ask for more, or for one seed, by the same variable.
const int many_cases = setenv("RC_PARAMS", "max_success=4000", 0);

const AnyQuestion any{[](int from, int to) { return *rc::gen::inRange(from, to + 1); }};
int any_int(int from, int to) { return any.choose(from, to); }
Presented any_presented() { return any.presented(); }
GatePolicy any_policy() { return any.policy(); }
template <class Enum>
Enum any_enum() {
  return any.one_of<Enum>();
}

// Numbers where 0 switches a demand off and a smaller one asks for more.
bool zero_is_off(std::string_view name) {
  return name == "fever_tenths" || name == "age_hours_max" || name == "window_hours_out" || name == "window_hours_in" ||
         name == "per_household_per_day";
}

// The same or one step stricter.
struct Tighten {
  int chosen;  // Which field; the others stay.
  int at = 0;
  void operator()(Outcome& field, std::string_view) {
    if (at++ == chosen && field < Outcome::hold) field = static_cast<Outcome>(static_cast<int>(field) + 1);
  }
  void operator()(policy::NatAnchor& field, std::string_view) {
    if (at++ == chosen) field = policy::NatAnchor::sampled_at;
  }
  void operator()(bool& field, std::string_view) {
    if (at++ == chosen) field = true;
  }
  void operator()(int& field, std::string_view name) {
    if (at++ != chosen) return;
    if (name == "temperature_tenths_min") ++field;
    else if (name == "clock_skew_seconds_max") field = field / 2;
    else if (zero_is_off(name)) field = field == 0 ? 400 : field > 1 ? field - 1 : field;
  }
};

int fields_count() {
  GatePolicy policy;
  int count = 0;
  each_field(policy, [&](auto&, std::string_view) { ++count; });
  return count;
}

TEST(Property, never_milder_under_a_stricter_policy) {
  const int fields = fields_count();
  ASSERT_GT(fields, 60);
  const bool held = rc::check("one parameter tightened", [fields] {
    const Presented presented = any_presented();
    const GatePolicy policy = any_policy();
    GatePolicy stricter = policy;
    each_field(stricter, Tighten{any_int(0, fields - 1)});
    RC_ASSERT(decide(presented, stricter, noon).outcome >= decide(presented, policy, noon).outcome);
  });
  EXPECT_TRUE(held);
}

TEST(Property, every_single_parameter_tightened_on_fixed_people) {
  // Whatever chance leaves out above: each parameter in turn, on people of whom everything is spoilt.
  std::size_t seen = 0;
  for (const Direction direction : {Direction::in, Direction::out})
    for (int relation = 0; relation < 6; ++relation) {
      Presented p = neighbour();
      p.direction = direction;
      p.relation = static_cast<Relation>(relation);
      p.code->colour = CodeColour::yellow;
      p.code->read_at = noon - 25h;
      p.nat = {};
      p.pass_use = {false, 1, false};
      for (int chosen = 0; chosen < fields_count(); ++chosen, ++seen) {
        GatePolicy stricter = demanding_policy();
        each_field(stricter, Tighten{chosen});
        EXPECT_GE(decide(p, stricter, noon).outcome, decide(p, demanding_policy(), noon).outcome) << chosen;
      }
    }
  EXPECT_EQ(seen, 12u * fields_count());
}

TEST(Property, an_emergency_always_opens) {
  EXPECT_TRUE(rc::check("whatever the person and the policy", [] {
    Presented presented = any_presented();
    presented.emergency = static_cast<Emergency>(any_int(1, 4));
    const Verdict verdict = decide(presented, any_policy(), noon);
    RC_ASSERT(verdict.outcome == Outcome::pass_with_reminder);
    RC_ASSERT(verdict.reasons.front().reason == ReasonKind::emergency_exit);
    RC_ASSERT(!verdict.reasons.front().recorded_only);
    for (std::size_t i = 1; i < verdict.reasons.size(); ++i) RC_ASSERT(verdict.reasons[i].recorded_only);
  }));
}

TEST(Property, without_an_emergency_the_harshest_reason_decides) {
  EXPECT_TRUE(rc::check("whatever the person and the policy", [] {
    Presented presented = any_presented();
    presented.emergency = Emergency::none;
    const GatePolicy policy = any_policy();
    const Verdict verdict = decide(presented, policy, noon);
    RC_ASSERT(verdict == decide(presented, policy, noon));
    Outcome harshest = Outcome::pass;
    for (const Reason& reason : verdict.reasons) harshest = std::max(harshest, reason.outcome);
    RC_ASSERT(verdict.outcome == harshest);
    RC_ASSERT(verdict.reasons.empty() == (verdict.outcome == Outcome::pass));
  }));
}

// One thing about the person gets worse. Policies are coherent: made from one that is, by a growing map of outcomes.
TEST(Property, never_milder_when_one_thing_gets_worse) {
  EXPECT_TRUE(rc::check("one look worsened", [] {
    GatePolicy policy = demanding_policy();
    std::array<Outcome, 5> raised;
    for (std::size_t i = 0; i < raised.size(); ++i)
      raised[i] = std::max(any_enum<Outcome>(), i == 0 ? Outcome::pass : raised[i - 1]);
    each_field(policy, [&](auto& field, std::string_view) {
      if constexpr (std::is_same_v<std::remove_cvref_t<decltype(field)>, Outcome>)
        field = raised[static_cast<std::size_t>(field)];
    });
    const Presented presented = any_presented();
    Presented worse = presented;
    const auto up = [](auto& value, int last) {
      if (static_cast<int>(value) < last)
        value = static_cast<std::remove_cvref_t<decltype(value)>>(static_cast<int>(value) + 1);
    };
    switch (any_int(0, 11)) {
      case 0:
        if (worse.code) up(worse.code->colour, 2);
        break;
      case 1:
        if (worse.code) up(worse.code->grade, 2);
        break;
      case 2:
        if (worse.nat.last_negative) worse.nat.last_negative.reset();
        break;
      case 3:
        worse.nat.state = NatState::positive;
        break;
      case 4:
        up(worse.isolation.kind, 3);
        break;
      case 5:
        up(worse.home, 3);
        break;
      case 6:
        up(worse.compound, 3);
        break;
      case 7:
        worse.pass_use.pass_valid = false;
        break;
      case 8:
        ++worse.pass_use.outings_today;
        break;
      case 9:
        worse.pass_use.outing_approved = false;
        break;
      case 10:
        if (worse.trip) up(worse.trip->risk, 2);
        break;
      default:
        worse.mask = Mask::missing;
        break;
    }
    RC_ASSERT(decide(worse, policy, noon).outcome >= decide(presented, policy, noon).outcome);
  }));
}

}  // namespace
}  // namespace firstline::gate
