#pragma once

// The words of tracing: a scan, a case with its window, and the contacts that come out. Plain values.
//
// All times are whole seconds. Persons and places are the numbers that the caller uses; nothing is assumed of them.

#include <cstdint>
#include <vector>

#include "base/fault.hpp"

namespace firstline::trace {

// One presence (扫码、通行) of a person at a place. leave == enter: an instant scan.
struct Scan {
  std::int64_t person = 0;
  std::int64_t place = 0;
  std::int64_t enter = 0;
  std::int64_t leave = 0;
  bool operator==(const Scan&) const = default;
};

// An index case (病例) and when it could infect others.
struct Case {
  std::int64_t person = 0;
  std::int64_t from = 0;
  std::int64_t until = 0;
  bool operator==(const Case&) const = default;
};

enum class Depth { contacts = 1, contacts_of_contacts = 2 };

struct Rule {
  std::int64_t linger_seconds = 0;       // How long a scan counts at least: the air of a place keeps.
  std::int64_t overlap_seconds_min = 0;  // Together at least so long, in sum; and always longer than nothing.
  Depth depth = Depth::contacts;
};

// One row of the answer. At depth 2 a row may stand for a contact of a contact: exposure.hpp says what it adds up.
struct Contact {
  std::int64_t person = 0;
  std::int64_t encounters = 0;       // Pairs of stays that overlap.
  std::int64_t overlap_seconds = 0;  // Summed over the encounters.
  std::int64_t first = 0;            // Start of the earliest overlap.
  std::int64_t last = 0;             // End of the latest overlap.
  bool operator==(const Contact&) const = default;
};

struct Encounter {
  std::int64_t place = 0;
  std::int64_t start = 0;
  std::int64_t end = 0;
  bool operator==(const Encounter&) const = default;
};

// Far beyond any calendar, and so that no sum of a few million whole lives overflows.
inline constexpr std::int64_t second_max = 1'000'000'000'000;
inline constexpr std::int64_t second_min = -second_max;
inline constexpr std::int64_t day_seconds = 86'400;

// Days are counted in UTC from 1970-01-01; which hour a day begins at does not change any answer.
constexpr std::int64_t day_of(std::int64_t second) { return second / day_seconds - (second % day_seconds < 0 ? 1 : 0); }

// What is wrong with a scan, a case or a rule: "" if nothing is. Stable ids: trace.leave_before_enter ...
const char* wrong_with(const Scan& scan);
const char* wrong_with(const Case& index_case);
const char* wrong_with(const Rule& rule);

}  // namespace firstline::trace
