#pragma once

// The list of every parameter that a pack may set: its name, type, unit, range, words, and who reads it. A name that is
// not here is refused in a pack, so a spelling mistake can never silently leave a rule out.

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "base/fault.hpp"

namespace firstline::policy {

enum class ValueType : std::uint8_t {
  integer,  // In [min, max].
  yes_no,
  choice,    // One of `choices`.
  day_list,  // Days counted from the start of a measure, growing, each in [min, max].
  choice_list,
};

using Value = std::variant<std::int64_t, bool, std::string, std::vector<std::int64_t>, std::vector<std::string>>;

struct Entry {
  std::string_view name;  // "gate.nat.window_hours_out"; the last word carries the unit.
  ValueType type;
  std::string_view unit;  // "" where none is needed; a pack must say the same.
  std::int64_t min;
  std::int64_t max;
  std::string_view choices;  // Separated by one blank.
  std::string_view zh;
  std::string_view en;
  std::string_view reader;  // The module that decides by it; "" = kept for reports, no code reads it yet.
};

// In the order in which they are shown.
std::span<const Entry> catalogue();
// Null for a name that no pack may use.
const Entry* find_entry(std::string_view name);
// Whether the value has the entry's type and lies in its range: invalid policy.wrong_type | policy.out_of_range.
Result<void> check_value(const Entry& entry, const Value& value);
// "48", "yes", "refuse", "1 4 7".
std::string format_value(const Value& value);

}  // namespace firstline::policy
