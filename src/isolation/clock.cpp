#include "isolation/clock.hpp"

#include <algorithm>

namespace firstline::isolation {
namespace {

using health::NatState;

constexpr std::chrono::days one_day{1};

bool counts(const Sample& sample, Instant now) { return sample.sampled_at <= now && sample.state != NatState::invalid; }

// What was known of a sample by then.
NatState state_at(const Sample& sample, Instant now) {
  const bool told = sample.state == NatState::negative || sample.state == NatState::positive ||
                    sample.state == NatState::pool_abnormal;
  if (told && (!sample.reported_at || *sample.reported_at > now)) return NatState::testing;
  return sample.state;
}

std::vector<TestDay> planned(const Course& course) {
  std::vector<TestDay> tests;
  int before = 0;
  for (const IsolationStep& step : course.terms.steps) {
    for (const int day : step.nat_days) {
      TestDay test;
      test.day = before + day;
      test.kind = step.kind;
      test.from = course.day_one + (test.day - 1) * one_day;
      test.until = test.from + one_day;
      if (test.until > course.effective_at) tests.push_back(test);
    }
    before += step.days.value_or(0);
  }
  return tests;
}

int taken_within(const std::vector<Sample>& samples, Instant from, std::optional<Instant> until, Instant now) {
  return static_cast<int>(std::count_if(samples.begin(), samples.end(), [&](const Sample& sample) {
    return counts(sample, now) && from <= sample.sampled_at && (!until || sample.sampled_at < *until);
  }));
}

void judge(std::vector<TestDay>& tests, const std::vector<Sample>& samples, Instant now) {
  for (std::size_t i = 0; i < tests.size(); ++i) {
    TestDay& test = tests[i];
    if (now < test.from) continue;
    test.samples = taken_within(samples, test.from, test.until, now);
    if (test.samples > 0) {
      test.state = TestDayState::done;
    } else if (now < test.until) {
      test.state = TestDayState::due;
    } else {
      const auto next = i + 1 < tests.size() ? std::optional(tests[i + 1].from) : std::nullopt;
      test.samples = taken_within(samples, test.until, next, now);
      test.state = test.samples > 0 ? TestDayState::late : TestDayState::missed;
    }
  }
}

void add_tests_missing(const IsolationClock& clock, bool double_test, const std::vector<Sample>& samples, Instant now,
                       std::vector<EndLack>& lacks) {
  if (clock.tests.empty()) return;
  const TestDay& last = clock.tests.back();
  int negative = 0;
  for (const Sample& sample : samples)
    negative += counts(sample, now) && sample.sampled_at >= last.from && state_at(sample, now) == NatState::negative;
  const int needed = double_test ? 2 : 1;
  if (negative >= needed) return;
  const int taken = taken_within(samples, last.from, std::nullopt, now);
  if (taken == 0) lacks.push_back(EndLack::sample);
  else lacks.push_back(taken < needed ? EndLack::second_sample : EndLack::result);
}

bool is_positive(const std::vector<Sample>& samples, Instant now) {
  const Sample* latest = nullptr;
  for (const Sample& sample : samples) {
    const NatState state = state_at(sample, now);
    const bool told = state == NatState::negative || state == NatState::positive || state == NatState::pool_abnormal;
    if (counts(sample, now) && told && (!latest || latest->sampled_at <= sample.sampled_at)) latest = &sample;
  }
  return latest && state_at(*latest, now) != NatState::negative;
}

}  // namespace

Instant day_one_of(Instant counted_from, policy::DayBegins begins) {
  return begins == policy::DayBegins::at_clock ? counted_from : start_of(civil_date(counted_from) + one_day);
}

std::vector<Stay> stays_of(const Course& course) {
  std::vector<Stay> stays;
  Instant from = course.day_one;
  int day = 1;
  for (const IsolationStep& step : course.terms.steps) {
    Stay stay{step.kind, from, {}, day, step.days};
    if (step.days) {
      from += *step.days * one_day;
      day += *step.days;
      stay.until = from;
    }
    stays.push_back(stay);
  }
  return stays;
}

IsolationClock clock(const Course& course, const std::vector<Sample>& samples, Instant now) {
  IsolationClock clock;
  clock.stays = stays_of(course);
  if (now >= course.day_one)
    clock.day = static_cast<int>(std::chrono::floor<std::chrono::days>(now - course.day_one).count()) + 1;
  for (const Stay& stay : clock.stays)
    if (clock.kind == IsolationKind::none || stay.from <= now) clock.kind = stay.kind;
  if (!clock.stays.empty() && clock.stays.back().until) {
    clock.ends_at = clock.stays.back().until;
    clock.days = clock.stays.back().first_day + *clock.stays.back().days - 1;
  }
  clock.tests = planned(course);
  judge(clock.tests, samples, now);
  if (!clock.ends_at) clock.lacks.push_back(EndLack::rule);
  else if (now < *clock.ends_at) clock.lacks.push_back(EndLack::time);
  add_tests_missing(clock, course.terms.double_test_at_end, samples, now, clock.lacks);
  if (is_positive(samples, now)) clock.lacks.push_back(EndLack::positive);
  return clock;
}

const TestDay* next_test(const IsolationClock& clock) {
  for (const TestDay& test : clock.tests)
    if (test.state == TestDayState::due || test.state == TestDayState::ahead) return &test;
  return nullptr;
}

}  // namespace firstline::isolation
