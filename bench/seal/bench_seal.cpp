// firstline_bench_seal [--orders N] [--people N] [--homes N] [--seconds N]: projects every open order of a district
// anew, then asks how strictly homes were closed at moments of the past. In memory and on one core: what the database
// takes to hand the rows over is not in it. The last line is one JSON object.

#include <algorithm>
#include <chrono>
#include <iostream>
#include <map>
#include <string>

#include "base/check.hpp"
#include "base/clock.hpp"
#include "json/json.hpp"
#include "policy/library.hpp"
#include "seal/projection.hpp"
#include "seal/spans.hpp"

namespace firstline::bench {
namespace {

using namespace std::chrono_literals;
using Timer = std::chrono::steady_clock;

struct Report {
  std::int64_t orders = 0, people = 0, tests = 0, rounds = 0;
  double seconds_a_district = 0, longest_seconds_a_district = 0, projections_per_second = 0;
  std::int64_t homes = 0, spans = 0;
  double seconds_of_states = 0;
  std::int64_t releasable = 0, closed = 0;  // So that nothing is left out as unused.
};
BOOST_DESCRIBE_STRUCT(Report, (),
                      (orders, people, tests, rounds, seconds_a_district, longest_seconds_a_district,
                       projections_per_second, homes, spans, seconds_of_states, releasable, closed))

const Instant begin = from_millis(1'647'327'600'000);  // 2022-03-15 15:00 in Shanghai.

struct Sealed {
  seal::Order order;
  seal::Evidence evidence;
};

// Five rounds of tests, two cases, three contacts; one person in fifty is missing from the last round.
Sealed sealed_place(SeededRandom& random, int people) {
  Sealed place;
  place.order.designated_at = begin + 1h * static_cast<int>(random.below(24 * 5));
  for (int i = 0; i < 2; ++i) {
    const Instant found = place.order.designated_at + 6h * i;
    place.evidence.cases.push_back({"fact:1", found, found, found + 4h, {}, {}, {}});
  }
  for (int i = 0; i < 3; ++i) {
    const Instant exposed = place.order.designated_at - 12h;
    place.evidence.contacts.push_back({"fact:2", exposed, exposed, exposed + 20h, exposed + 14 * 24h});
  }
  place.evidence.contacts_complete = true;
  for (int i = 1; i <= people; ++i) {
    seal::PersonInside person{PersonId{i}, {}};
    for (const int day : {1, 4, 7, 10, 14}) {
      if (day == 14 && random.below(50) == 0) continue;
      const Instant sampled = place.order.designated_at + 24h * (day - 1) + 1h * static_cast<int>(random.below(8));
      person.tests.push_back({"nat_result:1", sampled, sampled + 8h, seal::TestResult::negative});
    }
    place.evidence.people.push_back(std::move(person));
  }
  return place;
}

double seconds_since(Timer::time_point from) { return std::chrono::duration<double>(Timer::now() - from).count(); }

std::int64_t flag(const std::map<std::string, std::string>& flags, const std::string& name, std::int64_t otherwise) {
  const auto found = flags.find(name);
  return found == flags.end() ? otherwise : std::stoll(found->second);
}

}  // namespace

int run(const std::map<std::string, std::string>& flags) {
  Report report;
  report.orders = flag(flags, "--orders", 2000);
  report.people = flag(flags, "--people", 400'000);
  report.homes = flag(flags, "--homes", 10'000);
  const double seconds = static_cast<double>(flag(flags, "--seconds", 10));
  const auto policy =
      policy::seal_policy(policy::embedded_library().chosen(std::vector<std::string>{"fl-base", "cn-8"}).value());
  FL_CHECK(policy.has_value());
  SeededRandom random(11);
  std::vector<Sealed> district;
  for (std::int64_t i = 0; i < report.orders; ++i)
    district.push_back(sealed_place(random, static_cast<int>(report.people / report.orders)));
  for (const Sealed& place : district)
    for (const auto& person : place.evidence.people) report.tests += static_cast<std::int64_t>(person.tests.size());

  const auto started = Timer::now();
  while (report.rounds < 3 || seconds_since(started) < seconds) {
    const auto from = Timer::now();
    const Instant now = begin + 16 * 24h + 1min * report.rounds;
    for (const Sealed& place : district)
      report.releasable += seal::project(place.order, place.evidence, *policy, now).releasable;
    report.longest_seconds_a_district = std::max(report.longest_seconds_a_district, seconds_since(from));
    ++report.rounds;
  }
  const double all = seconds_since(started);
  report.seconds_a_district = all / static_cast<double>(report.rounds);
  report.projections_per_second = static_cast<double>(report.rounds * report.orders) / all;

  std::vector<seal::Span> spans;
  for (std::int64_t i = 0; i < report.orders; ++i) {
    const Instant from = begin + 1h * static_cast<int>(random.below(24 * 20));
    spans.push_back({"620102/020/901/c" + std::to_string(i % 40) + "/b" + std::to_string(i / 40),
                     static_cast<seal::Level>(1 + random.below(3)), from, from + 14 * 24h});
  }
  report.spans = static_cast<std::int64_t>(spans.size());
  const auto from = Timer::now();
  for (std::int64_t home = 0; home < report.homes; ++home) {
    const std::string path = "620102/020/901/c" + std::to_string(home % 40) + "/b" + std::to_string(home / 40 % 50) +
                             "/u1/f01/" + std::to_string(home);
    report.closed += seal::level_at(spans, path, begin + 10 * 24h) != seal::Level::none;
  }
  report.seconds_of_states = seconds_since(from);
  std::cout << json::write(report) << '\n';
  return 0;
}

}  // namespace firstline::bench

int main(int count, char** words) {
  std::map<std::string, std::string> flags;
  for (int i = 1; i + 1 < count; i += 2) flags[words[i]] = words[i + 1];
  return firstline::bench::run(flags);
}
