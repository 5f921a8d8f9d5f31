#include "round/rules.hpp"

#include <algorithm>

#include "base/check.hpp"

namespace firstline::round {
namespace {

char check_digit(std::string_view digits) {
  int sum = 0;
  bool doubled = true;
  for (std::size_t i = digits.size(); i > 0; --i) {
    int value = digits[i - 1] - '0';
    if (doubled) value = value * 2 > 9 ? value * 2 - 9 : value * 2;
    sum += value;
    doubled = !doubled;
  }
  return static_cast<char>('0' + (10 - sum % 10) % 10);
}

std::string padded(std::int64_t number, std::size_t width) {
  std::string text = std::to_string(number);
  return text.size() < width ? std::string(width - text.size(), '0') + text : text;
}

}  // namespace

std::string label_of(std::int64_t round_number, std::int64_t serial) {
  FL_CHECK(round_number > 0 && round_number <= round_number_max && serial > 0 && serial <= tube_serial_max);
  const std::string round = padded(round_number, 3), tube = padded(serial, 5);
  return round + "-" + tube + "-" + check_digit(round + tube);
}

bool valid_label(std::string_view label) {
  if (label.size() != 11 || label[3] != '-' || label[9] != '-') return false;
  const std::string digits = std::string(label.substr(0, 3)) + std::string(label.substr(4, 5));
  for (const char c : digits + label[10])
    if (c < '0' || c > '9') return false;
  return check_digit(digits) == label[10];
}

std::vector<Slot> slots_of(const Point& point) {
  std::vector<Slot> slots;
  const auto length = std::chrono::minutes(point.slot_minutes);
  for (Instant from = point.opens_at; from < point.closes_at; from += length)
    slots.push_back({from, std::min(Instant(from + length), point.closes_at)});
  return slots;
}

std::optional<Slot> slot_for(const Point& point, std::int64_t before) {
  const auto slots = slots_of(point);
  if (slots.empty()) return std::nullopt;
  const auto at = static_cast<std::size_t>(before / std::max(1, point.homes_per_slot));
  return slots[std::min(at, slots.size() - 1)];
}

MayTake may_take(const std::optional<Last>& last, const Tube& into) {
  if (into.state != TubeState::empty && into.state != TubeState::filling) return MayTake::tube_closed;
  if (into.people >= into.size) return MayTake::tube_full;
  if (!last || last->tube == TubeState::invalid) return MayTake::yes;
  if (last->tube != TubeState::abnormal || last->tube_people == 1) return MayTake::sampled_already;
  return into.size == 1 ? MayTake::yes : MayTake::single_only;
}

OnRoll on_roll(bool sampled, bool exempt, bool away) {
  if (sampled) return OnRoll::sampled;
  if (exempt) return OnRoll::exempt;
  return away ? OnRoll::away : OnRoll::missed;
}

void count(Progress& progress, OnRoll one) {
  switch (one) {
    case OnRoll::sampled:
      ++progress.sampled;
      break;
    case OnRoll::exempt:
      ++progress.exempt;
      break;
    case OnRoll::away:
      ++progress.away;
      break;
    case OnRoll::missed:
      ++progress.missed;
      break;
  }
  // Who need not come is not expected.
  progress.expected = progress.sampled + progress.missed;
}

}  // namespace firstline::round
