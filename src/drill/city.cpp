#include "drill/city.hpp"

#include <algorithm>
#include <cmath>
#include <set>

#include "base/clock.hpp"

namespace firstline::drill {
namespace {

constexpr std::int64_t people_a_part = 20'000, people_a_door = 300, people_a_venue = 40;
constexpr double zipf_exponent = 0.6;
constexpr std::int64_t hour = 3'600;

// Later hours are reached by adding two even spreads, so that the middle is the busiest.
std::int64_t about(SeededRandom& random, std::int64_t earliest, std::int64_t width) {
  const auto half = static_cast<std::uint64_t>(width / 2);
  return earliest + static_cast<std::int64_t>(random.below(half) + random.below(half));
}

std::int64_t length_of_visit(SeededRandom& random) {
  if (random.below(10) < 7) return 0;
  if (random.below(10) == 0) return about(random, 7 * hour, 2 * hour);
  return hour / 4 + static_cast<std::int64_t>(random.below(15 * hour / 4));
}

}  // namespace

City::City(const CityOptions& options)
    : options_(options),
      parts_a_day_(static_cast<std::size_t>((options.people + people_a_part - 1) / people_a_part)),
      doors_((options.people + people_a_door - 1) / people_a_door),
      venues_((options.people + people_a_venue - 1) / people_a_venue) {
  double sum = 0;
  for (std::int64_t rank = 1; rank <= venues_; ++rank)
    venue_below_.push_back(sum += std::pow(static_cast<double>(rank), -zipf_exponent));
  for (double& share : venue_below_) share /= sum;
}

std::vector<trace::Scan> City::scans(std::size_t part) const {
  const auto day = static_cast<std::int64_t>(part / parts_a_day_);
  const std::int64_t first = static_cast<std::int64_t>(part % parts_a_day_) * people_a_part;
  const std::int64_t end = std::min(first + people_a_part, options_.people);
  const std::int64_t midnight = (options_.first_day + day) * trace::day_seconds;
  SeededRandom random(SeededRandom(options_.seed ^ (std::uint64_t{part} + 1) * 0x9E3779B97F4A7C15u).next());
  std::vector<trace::Scan> scans;
  for (std::int64_t person = first; person < end; ++person) {
    if (random.below(100) >= static_cast<std::uint64_t>(options_.outings_percent)) continue;
    const double drawn = static_cast<double>(random.next() >> 11) * 0x1p-53;
    const auto venue = std::upper_bound(venue_below_.begin(), venue_below_.end() - 1, drawn) - venue_below_.begin();
    const std::int64_t door = 1 + person / people_a_door;
    const std::int64_t out = midnight + about(random, 6 * hour, 10 * hour);
    const std::int64_t arrival = out + 300 + static_cast<std::int64_t>(random.below(2 * hour));
    const std::int64_t length = length_of_visit(random);
    const std::int64_t back = std::min(arrival + length + 300 + static_cast<std::int64_t>(random.below(3 * hour)),
                                       midnight + trace::day_seconds - 1);
    scans.push_back({person + 1, door, out, out});
    scans.push_back({person + 1, doors_ + 1 + venue, arrival, arrival + length});
    scans.push_back({person + 1, door, back, back});
  }
  return scans;
}

std::vector<trace::Case> City::cases(std::int64_t count, std::uint64_t seed) const {
  SeededRandom random(seed);
  std::set<std::int64_t> drawn;
  std::vector<trace::Case> cases;
  const std::int64_t end = (options_.first_day + options_.days) * trace::day_seconds;
  while (static_cast<std::int64_t>(drawn.size()) < std::min(count, options_.people)) {
    const auto person = 1 + static_cast<std::int64_t>(random.below(static_cast<std::uint64_t>(options_.people)));
    if (!drawn.insert(person).second) continue;
    const std::int64_t until = end - static_cast<std::int64_t>(random.below(3 * trace::day_seconds));
    cases.push_back({person, until - 4 * trace::day_seconds, until});
  }
  return cases;
}

}  // namespace firstline::drill
