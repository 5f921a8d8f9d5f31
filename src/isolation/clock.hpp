#pragma once

// On which day of an isolation order somebody is, which tests are due or were missed, and when the order may end at the
// earliest. Pure: no clock, no store, and no number of a policy: the terms carry them. What is later than `now` is not
// looked at, so a clock of the past reads the same whenever it is asked.

#include <optional>
#include <vector>

#include "base/time.hpp"
#include "health/model.hpp"
#include "isolation/terms.hpp"

namespace firstline::isolation {

// One order in force, as far as its days go.
struct Course {
  IsolationTerms terms;
  Instant day_one{};       // When day 1 begins: see day_one_of.
  Instant effective_at{};  // When it was decided: a test day that was over by then was nobody's duty.
  bool operator==(const Course&) const = default;
};

// A sample of the person, as it is known.
struct Sample {
  Instant sampled_at{};
  std::optional<Instant> reported_at;
  health::NatState state = health::NatState::sampled;
  bool operator==(const Sample&) const = default;
};

// ahead: not yet its day; due: today; late: sampled after its day, before the next test day; missed: neither.
enum class TestDayState : std::uint8_t { ahead, due, done, late, missed };

struct TestDay {
  int day = 1;  // Of the whole order.
  IsolationKind kind = IsolationKind::central;
  Instant from{}, until{};  // [from, until)
  TestDayState state = TestDayState::ahead;
  int samples = 0;  // On the day, or late for it.
  bool operator==(const TestDay&) const = default;
};

// One kind of stay from then to then; an end that is not there is open.
struct Stay {
  IsolationKind kind = IsolationKind::central;
  Instant from{};
  std::optional<Instant> until;
  int first_day = 1;
  std::optional<int> days;
  bool operator==(const Stay&) const = default;
};

// What the end of an order waits for.
enum class EndLack : std::uint8_t {
  time,
  rule,           // No rule in force says when it ends: a person decides.
  sample,         // The last test day has none.
  result,         // It is sampled and not negative yet.
  second_sample,  // The rules ask for two samples at the end.
  positive,       // The latest result is positive, or its tube was.
};

struct IsolationClock {
  int day = 0;  // 0 before day 1; goes on growing after the last.
  std::optional<int> days;
  IsolationKind kind = IsolationKind::none;  // Where they have to stay now; after the last day as on it.
  std::vector<Stay> stays;
  std::vector<TestDay> tests;
  std::optional<Instant> ends_at;  // By time alone.
  std::vector<EndLack> lacks;      // Empty: it may end.
  bool operator==(const IsolationClock&) const = default;
};

[[nodiscard]] Instant day_one_of(Instant counted_from, policy::DayBegins begins);
[[nodiscard]] std::vector<Stay> stays_of(const Course& course);
[[nodiscard]] IsolationClock clock(const Course& course, const std::vector<Sample>& samples, Instant now);
// The test day that is due, or else the next one ahead.
[[nodiscard]] const TestDay* next_test(const IsolationClock& clock);

}  // namespace firstline::isolation
