#pragma once

// The rules of a round: labels, time slots, who still has to come, who may be sampled into which tube. Pure.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "round/model.hpp"

namespace firstline::round {

inline constexpr int tube_sizes[] = {1, 10, 20};
inline constexpr std::int64_t round_number_max = 999, tube_serial_max = 99'999;

// "003-00127-5": round, serial, and a digit by which a mistyped label is seen (Luhn). Digits and hyphens only, so that
// every kind of barcode can hold it.
std::string label_of(std::int64_t round_number, std::int64_t serial);
bool valid_label(std::string_view label);

struct Slot {
  Instant from{}, until{};
  bool operator==(const Slot&) const = default;
};
// The last slot takes whoever is left.
std::vector<Slot> slots_of(const Point& point);
// Homes come in the order of their numbers, so many a slot. `before`: homes before this one.
std::optional<Slot> slot_for(const Point& point, std::int64_t before);

// A person's last sample in the round.
struct Last {
  TubeState tube = TubeState::empty;
  int tube_people = 1;
};
enum class MayTake { yes, sampled_already, single_only, tube_full, tube_closed };
// After an invalid tube again; after an abnormal one alone in a tube of one.
MayTake may_take(const std::optional<Last>& last, const Tube& into);

enum class OnRoll { sampled, exempt, away, missed };
struct Progress {
  int expected = 0, sampled = 0, exempt = 0, away = 0, missed = 0;
  bool operator==(const Progress&) const = default;
};
// Whoever was sampled counts as sampled, exempt or away or not; whoever is exempt need not be here.
OnRoll on_roll(bool sampled, bool exempt, bool away);
void count(Progress& progress, OnRoll one);

}  // namespace firstline::round
