// Walks the small spaces of arguments from end to end. Each axis lists what one thing may look like and which looks are
// worse than which; the outcome may never be milder for the worse one, whatever the other axes show.

#include <functional>

#include <gtest/gtest.h>

#include "gate/verdict.hpp"
#include "gate/verdict_cases.hpp"
#include "policy/catalogue.hpp"
#include "policy/library.hpp"

namespace firstline::gate {
namespace {

struct Axis {
  const char* name;
  std::vector<std::function<void(Presented&)>> looks;
  std::vector<std::pair<std::size_t, std::size_t>> worse;  // first may not be treated more harshly than second
};

std::vector<std::pair<std::size_t, std::size_t>> ladder(std::size_t from, std::size_t to) {
  std::vector<std::pair<std::size_t, std::size_t>> pairs;
  for (std::size_t i = from; i < to; ++i) pairs.emplace_back(i, i + 1);
  return pairs;
}

template <class Field, class... Values>
Axis axis(const char* name, Field Presented::*field, bool growing_worse, Values... values) {
  Axis result{name, {}, {}};
  (result.looks.push_back([field, values](Presented& p) { p.*field = values; }), ...);
  if (growing_worse) result.worse = ladder(0, result.looks.size() - 1);
  return result;
}

Axis direction() { return axis("direction", &Presented::direction, false, Direction::in, Direction::out); }
Axis relation() {
  return axis("relation", &Presented::relation, false, Relation::resident_here, Relation::resident_elsewhere,
              Relation::visitor, Relation::worker, Relation::courier, Relation::unknown);
}
Axis seal(const char* name, SealLevel Presented::*field) {
  return axis(name, field, true, SealLevel::none, SealLevel::precautionary, SealLevel::controlled, SealLevel::sealed);
}
Axis isolation() {
  Axis result =
      axis("isolation", &Presented::isolation, false, Isolation{}, Isolation{IsolationKind::home_monitoring, noon},
           Isolation{IsolationKind::home_monitoring, noon + 1h}, Isolation{IsolationKind::home, std::nullopt},
           Isolation{IsolationKind::central, std::nullopt}, Isolation{IsolationKind::central, noon});
  result.worse = {{0, 1}, {1, 2}, {2, 3}, {3, 4}, {0, 5}, {5, 4}};
  return result;
}

Axis code() {
  Axis result{"code", {}, {}};
  const auto add = [&](CodeColour colour, EvidenceGrade grade, Instant at) {
    result.looks.push_back([=](Presented& p) { p.code = CodeReading{colour, grade, at, ""}; });
  };
  for (const CodeColour colour : {CodeColour::green, CodeColour::yellow, CodeColour::red})  // 0-4, 5-9, 10-14
    for (const auto& [grade, at] : {std::pair(EvidenceGrade::signed_code, noon),
                                    {EvidenceGrade::connector, noon},
                                    {EvidenceGrade::visual, noon},
                                    {EvidenceGrade::visual, noon - 25h},
                                    {EvidenceGrade::visual, noon + 1h}})
      add(colour, grade, at);
  for (std::size_t colour = 0; colour < 3; ++colour) {
    for (std::size_t i = 0; i < 3; ++i) result.worse.emplace_back(colour * 5 + i, colour * 5 + i + 1);
    result.worse.emplace_back(colour * 5 + 2, colour * 5 + 4);
  }
  for (std::size_t i = 0; i < 10; ++i) result.worse.emplace_back(i, i + 5);
  result.looks.push_back([](Presented& p) {
    p.code.reset();
    p.offline_code = OfflineCode{noon + 1h};
  });
  result.looks.push_back([](Presented& p) {
    p.code.reset();
    p.offline_code = OfflineCode{noon};
  });
  result.looks.push_back([](Presented& p) {
    p.code.reset();
    p.offline_code.reset();
  });
  result.worse.emplace_back(15, 16);
  result.worse.emplace_back(16, 17);
  return result;
}

Axis nat() {
  const NegativeResult fresh{noon - 40h, noon - 30h}, old{noon - 100h, noon - 90h}, future{noon + 1h, noon + 2h};
  return {"nat",
          {[=](Presented& p) {
             p.nat = {NatState::negative, fresh};
           },
           [=](Presented& p) {
             p.nat = {NatState::testing, fresh};
           },
           [=](Presented& p) {
             p.nat = {NatState::testing, old};
           },
           [=](Presented& p) {
             p.nat = {NatState::negative, old};
           },
           [=](Presented& p) {
             p.nat = {NatState::invalid, old};
           },
           [=](Presented& p) {
             p.nat = {NatState::not_sampled, {}};
           },
           [=](Presented& p) {
             p.nat = {NatState::negative, future};
           },
           [=](Presented& p) {
             p.nat = {NatState::pool_abnormal, {}};
           },
           [=](Presented& p) {
             p.nat = {NatState::positive, {}};
           }},
          ladder(0, 8)};
}

Axis temperature() {
  Axis result =
      axis("temperature", &Presented::temperature_tenths, false, std::optional<int>(365), std::optional<int>(372),
           std::optional<int>(373), std::optional<int>(420), std::optional<int>(200), std::optional<int>());
  result.worse = {{0, 1}, {1, 2}, {2, 3}, {0, 4}, {0, 5}};
  return result;
}
Axis emergency() { return axis("emergency", &Presented::emergency, false, Emergency::none, Emergency::medical); }

Axis pass_use() {
  Axis result =
      axis("pass", &Presented::pass_use, false, PassUse{true, 0, true}, PassUse{true, 0, false}, PassUse{true, 1, true},
           PassUse{true, 1, false}, PassUse{false, 1, true}, PassUse{false, 1, false});
  result.worse = {{0, 1}, {0, 2}, {1, 3}, {2, 3}, {2, 4}, {3, 5}, {4, 5}};
  return result;
}
Axis trip() {
  const auto make = [](PlaceRisk risk, bool registered) {
    return std::optional(Trip{TripState::open, risk, registered});
  };
  Axis result = axis("trip", &Presented::trip, false, std::optional<Trip>(), make(PlaceRisk::low, true),
                     make(PlaceRisk::medium, true), make(PlaceRisk::high, true), make(PlaceRisk::low, false),
                     make(PlaceRisk::high, false));
  result.worse = {{0, 1}, {1, 2}, {2, 3}, {1, 4}, {3, 5}, {4, 5}};
  return result;
}
Axis visitor() {
  Axis result =
      axis("visitor", &Presented::visitor, false, Visitor{VisitorRecord::expected, SealLevel::none, noon, noon + 1h},
           Visitor{VisitorRecord::expected, SealLevel::sealed, noon, noon + 1h},
           Visitor{VisitorRecord::expected, SealLevel::none, noon - 1h, noon},
           Visitor{VisitorRecord::expired, SealLevel::sealed, noon - 1h, noon}, Visitor{});
  result.worse = {{0, 1}, {0, 2}, {2, 3}};
  return result;
}
Axis mask() { return axis("mask", &Presented::mask, true, Mask::worn, Mask::not_looked, Mask::missing); }
Axis age() { return axis("age", &Presented::age_band, false, AgeBand::child, AgeBand::adult, AgeBand::elder); }
Axis card() { return axis("card", &Presented::health_card_due, true, false, true); }

void check_shape(const Presented& presented, const Verdict& verdict) {
  Outcome harshest = Outcome::pass;
  int clause_before = 0;
  for (const Reason& reason : verdict.reasons) {
    harshest = std::max(harshest, reason.outcome);
    const int clause = std::atoi(reason.clause.c_str() + 5);
    ASSERT_GE(clause, clause_before);
    clause_before = clause;
    ASSERT_NE(reason.outcome, Outcome::pass);
    if (clause > 1) {
      ASSERT_NE(policy::find_entry(reason.parameter), nullptr) << reason.parameter;
    }
  }
  ASSERT_EQ(verdict.reasons.empty(), verdict.outcome == Outcome::pass);
  ASSERT_EQ(verdict.outcome, presented.emergency == Emergency::none ? harshest : Outcome::pass_with_reminder);
}

// Returns how many combinations were seen.
std::size_t walk(const std::vector<Axis>& axes, const GatePolicy& policy) {
  std::size_t total = 1;
  for (const Axis& a : axes) total *= a.looks.size();
  std::vector<Outcome> outcomes(total);
  for (std::size_t index = 0; index < total; ++index) {
    Presented presented = neighbour();
    std::size_t rest = index;
    for (const Axis& a : axes) {
      a.looks[rest % a.looks.size()](presented);
      rest /= a.looks.size();
    }
    const Verdict verdict = decide(presented, policy, noon);
    outcomes[index] = verdict.outcome;
    check_shape(presented, verdict);
    if (testing::Test::HasFatalFailure()) return index;
  }
  std::size_t stride = 1;
  for (const Axis& a : axes) {
    for (std::size_t index = 0; index < total; ++index)
      for (const auto& [better, worse] : a.worse)
        if (index / stride % a.looks.size() == better &&
            outcomes[index + (worse - better) * stride] < outcomes[index]) {
          ADD_FAILURE() << a.name << " " << better << " > " << worse << " at " << index;
          return index;
        }
    stride *= a.looks.size();
  }
  return total;
}

GatePolicy shipped_policy(const char* date) {
  return *policy::gate_policy(policy::embedded_library().in_force("620102", *parse_date(date)));
}

void walk_all(const GatePolicy& policy) {
  const std::size_t health = walk({direction(), relation(), age(), code(), nat(), temperature(), emergency()}, policy);
  const std::size_t orders = walk({direction(), relation(), isolation(), seal("home", &Presented::home),
                                   seal("compound", &Presented::compound), pass_use(), emergency()},
                                  policy);
  const std::size_t people = walk(
      {direction(), relation(), visitor(), trip(), mask(), card(), isolation(), seal("compound", &Presented::compound)},
      policy);
  testing::Test::RecordProperty("combinations", static_cast<int>(health + orders + people));
  EXPECT_EQ(health + orders + people, 69984u + 13824u + 51840u);
}

TEST(Walk, demanding_policy) { walk_all(demanding_policy()); }
TEST(Walk, lanzhou_march_2022) { walk_all(shipped_policy("2022-03-15")); }
TEST(Walk, lanzhou_july_2022) { walk_all(shipped_policy("2022-07-15")); }
TEST(Walk, class_b) { walk_all(shipped_policy("2023-01-08")); }

}  // namespace
}  // namespace firstline::gate
