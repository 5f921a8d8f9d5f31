#pragma once

// A policy pack (防控方案参数包): one document of one issuer, as data. Where it applies (area code prefix), from which
// to which civil day, and the parameters that it sets, each with its source and the grade of that source. A pack that
// was read without a fault never changes; its digest names its content.

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/fault.hpp"
#include "base/time.hpp"
#include "policy/catalogue.hpp"
#include "policy/risk_place.hpp"

namespace firstline::policy {

// How good the source is.
enum class Grade : std::uint8_t {
  A,  // Official text, or a press agency quoting it.
  B,  // Notice of a province, a city or a disease-control centre, or press quoting it.
  C,  // Secondary page that agrees with others.
  K,  // General knowledge; no source was found.
  U,  // Uncertain: allowed only as the default of a choice that somebody has to make (`default_of`).
};

struct Parameter {
  const Entry* entry = nullptr;
  Value value;
  std::string source;
  Grade grade = Grade::U;
  std::string note;
  std::string default_of;  // Whose choice the value stands in for; only uncertain values need it.
  int line = 0;            // In the pack's file.
};

// The tree of administrations, by the length of the area code: 0, 2, 4, 6 digits.
enum class Level : std::uint8_t { nation, province, city, district };

struct Pack {
  std::string id;    // "lz-gate-2022": lower-case letters, digits, '-', also upper-case after a '-'.
  std::string area;  // Prefix of the division code: "" nation, "62", "6201", "620102".
  std::string issuer;
  std::string document;
  Date valid_from{};             // In force from 00:00 of this day in Asia/Shanghai
  std::optional<Date> valid_to;  // to the end of this day.
  std::map<std::string, Parameter, std::less<>> parameters;
  std::vector<RiskPlace> risk_places;  // In the order of the file.
  std::string digest;  // First 8 hex digits of SHA-256 over the content; comments and layout do not count.

  Level level() const { return static_cast<Level>(area.size() / 2); }
  bool in_force_on(Date day) const { return valid_from <= day && (!valid_to || day <= *valid_to); }
  bool covers(std::string_view area_code) const { return area_code.substr(0, area.size()) == area; }
};

struct PackReading {
  std::optional<Pack> pack;   // Absent when there is any fault.
  std::vector<Fault> faults;  // In the order of the lines; `where` is "file:line".
};

// `file` is used for messages only. Never throws, whatever the text. Reasons: policy.syntax, policy.unknown_key,
// policy.unknown_parameter, policy.wrong_type, policy.out_of_range, policy.unit_wrong, policy.missing_key,
// policy.source_missing, policy.grade_missing, policy.grade_unknown, policy.uncertain_without_default, policy.bad_id,
// policy.bad_area, policy.valid_to_before_valid_from, policy.too_large; of a place at risk also policy.bad_code,
// policy.risk_unknown, policy.until_before_from, policy.place_twice, policy.too_many_places.
PackReading read_pack(std::string_view toml_text, std::string_view file);

inline constexpr std::size_t pack_bytes_max = 1 << 20, risk_places_max = 5000;

}  // namespace firstline::policy
