#pragma once

// Scans of a city that never existed, the same from the same seed, to try tracing with at the size of a city.
//
// Each day somebody goes out with a chance of 54 %: through the gate of their compound (1,500 people each), to one
// venue, and back through the gate. A venue is asked for its code (an instant) seven times of ten, else a stay of a
// quarter of an hour to four hours, or one in ten of these a shift of eight hours, is known. There is a venue for each
// 40 people; some are visited far more than others (Zipf, exponent 0.6). That makes 1.62 scans a person and day.
// Persons are numbered from 1, gates from 1, venues after the gates.
//
// Pure, and in parts that can be made in any order and on several threads.

#include <cstdint>
#include <vector>

#include "trace/model.hpp"

namespace firstline::drill {

struct CityOptions {
  std::int64_t people = 100'000;
  std::int64_t days = 14;
  std::uint64_t seed = 1;
  std::int64_t outings_percent = 54;  // Chance that somebody goes out on a day.
  std::int64_t first_day = 19'057;    // Days since 1970: 2022-03-06.
};

class City {
 public:
  explicit City(const CityOptions& options);

  // Ascending by day.
  std::size_t parts() const { return static_cast<std::size_t>(options_.days) * parts_a_day_; }
  std::vector<trace::Scan> scans(std::size_t part) const;

  // People drawn without repetition (as far as there are so many), each infectious for four days that end in the last
  // days.
  std::vector<trace::Case> cases(std::int64_t count, std::uint64_t seed) const;

 private:
  CityOptions options_;
  std::size_t parts_a_day_;
  std::int64_t doors_, venues_;
  std::vector<double> venue_below_;  // Share of all visits that goes to the venues up to this one.
};

}  // namespace firstline::drill
