#pragma once

// What the packs in force say about a gate: one plain value that the verdict is decided on. Every number and every
// yes/no of the gate rule stands here; the rule itself holds none. A default-constructed value asks nothing of anybody.
// Each field is a pack parameter ("gate.nat.window_hours_out"); the catalogue gives its range and its words.
//
// Pure: also compiled for the keeper's phone. Knows no file, no date and no area.

#include <cstdint>
#include <string>

namespace firstline::policy {

// What may be done with a person at the gate (判定). Mildest first; compared with <.
//   pass                放行        go
//   pass_with_reminder  提醒后放行   go, and hear something
//   register_first      先登记      the manual path, then go
//   refuse              劝返        not now; the reason and the next step are said
//   hold                留观        stay here, help is coming
// As a parameter, `pass` means that the policy does not mind.
enum class Outcome : std::uint8_t { pass, pass_with_reminder, register_first, refuse, hold };

// From which moment the age of a negative test counts (核酸时效起点).
enum class NatAnchor : std::uint8_t { sampled_at, reported_at };

// Signs that the person may be infectious.
struct SignsPolicy {
  Outcome red_code = Outcome::pass;
  Outcome nat_positive = Outcome::pass;
  Outcome pool_abnormal = Outcome::pass;
  Outcome fever = Outcome::pass;
  int fever_tenths = 0;                         // At or above is fever; tenths of a degree Celsius; 0 = no fever rule.
  int temperature_tenths_min = 0;               // Below it the thermometer was wrong: measure again.
  Outcome temperature_missing = Outcome::pass;  // Not taken, or wrong.
  bool operator==(const SignsPolicy&) const = default;
};

struct IsolationPolicy {
  Outcome central = Outcome::pass;
  Outcome home_out = Outcome::pass;
  Outcome home_in = Outcome::pass;
  Outcome monitoring_out = Outcome::pass;
  Outcome monitoring_in = Outcome::pass;
  Outcome past_end = Outcome::pass;  // The order's end has passed and nobody has released it yet.
  bool operator==(const IsolationPolicy&) const = default;
};

// The three zones (封控区、管控区、防范区).
struct ZonePolicy {
  // Orders below the compound (building, unit, floor, household) on the person's own home.
  Outcome sealed_home_out = Outcome::pass;
  Outcome sealed_home_in = Outcome::pass;
  Outcome controlled_home_out = Outcome::pass;
  Outcome controlled_home_in = Outcome::pass;
  // Lives in another compound, which or where the home is sealed or controlled.
  Outcome closed_home_elsewhere_in = Outcome::pass;
  Outcome closed_home_elsewhere_out = Outcome::pass;
  // Orders on this compound or above it.
  Outcome sealed_compound_out = Outcome::pass;
  Outcome sealed_compound_in_resident = Outcome::pass;
  Outcome sealed_compound_in_worker = Outcome::pass;
  Outcome sealed_compound_in_other = Outcome::pass;
  Outcome controlled_compound_out = Outcome::pass;
  Outcome controlled_compound_in_resident = Outcome::pass;
  Outcome controlled_compound_in_worker = Outcome::pass;
  Outcome controlled_compound_in_other = Outcome::pass;
  Outcome precautionary = Outcome::pass;
  bool operator==(const ZonePolicy&) const = default;
};

// The health code.
struct CodePolicy {
  Outcome missing = Outcome::pass;
  Outcome missing_child = Outcome::pass;
  Outcome missing_elder = Outcome::pass;
  Outcome stale = Outcome::pass;
  int age_hours_max = 0;  // Of a reading; 0 = any age will do.
  Outcome yellow_out = Outcome::pass;
  Outcome yellow_in_resident = Outcome::pass;
  Outcome yellow_in_other = Outcome::pass;
  Outcome seen_by_eye = Outcome::pass;  // A colour that no machine has verified.
  bool operator==(const CodePolicy&) const = default;
};

// The nucleic acid test.
struct NatPolicy {
  int window_hours_out = 0;  // 0 = not demanded.
  int window_hours_in = 0;
  NatAnchor anchor = NatAnchor::sampled_at;
  bool asked_of_children = false;
  Outcome overdue_out = Outcome::pass;  // Missing or older than the window.
  Outcome overdue_in_resident = Outcome::pass;
  Outcome overdue_in_other = Outcome::pass;
  Outcome pending = Outcome::hold;  // The harshest for somebody overdue whose new sample is on its way.
  bool operator==(const NatPolicy&) const = default;
};

// Passes and outings of residents (出入证).
struct OutingPolicy {
  // The harshest that may happen to somebody whom the community let out for this very outing (dialysis, a funeral):
  // caps isolation at home, seals, passes and the number of outings; `hold` = an approval counts for nothing.
  Outcome approved = Outcome::hold;
  Outcome pass_missing_out = Outcome::pass;
  Outcome pass_missing_in = Outcome::pass;
  int per_household_per_day = 0;  // 0 = as often as they like.
  Outcome used_up = Outcome::pass;
  bool operator==(const OutingPolicy&) const = default;
};

// People who do not live here, on the way in; unknown people either way.
struct VisitPolicy {
  Outcome visitor_in = Outcome::pass;    // With a record and in its hours, too.
  Outcome unregistered = Outcome::pass;  // Without a record, or outside its hours.
  Outcome to_closed_home = Outcome::pass;
  Outcome overstayed = Outcome::pass;  // On the way out.
  Outcome worker_in = Outcome::pass;
  Outcome courier_in = Outcome::pass;
  Outcome unknown_in = Outcome::pass;
  Outcome unknown_out = Outcome::pass;
  bool operator==(const VisitPolicy&) const = default;
};

// Trips to another district (跨区出行).
struct TripPolicy {
  Outcome unregistered = Outcome::pass;
  Outcome to_risk_area = Outcome::pass;
  Outcome back_from_medium_risk = Outcome::pass;
  Outcome back_from_high_risk = Outcome::pass;
  bool operator==(const TripPolicy&) const = default;
};

struct ReminderPolicy {
  Outcome mask_missing = Outcome::pass;
  Outcome health_card = Outcome::pass;  // A health-education card that this person has not been shown yet.
  bool operator==(const ReminderPolicy&) const = default;
};

struct GatePolicy {
  std::string version;             // Packs and their content, "cn-8@1a2b3c4d+lz-gate-2022@9f8e7d6c".
  int clock_skew_seconds_max = 0;  // How far a reading or a sample may lie in the future before it is disbelieved.
  SignsPolicy signs;
  IsolationPolicy isolation;
  ZonePolicy zone;
  CodePolicy code;
  NatPolicy nat;
  OutingPolicy outing;
  VisitPolicy visit;
  TripPolicy trip;
  ReminderPolicy reminder;
  bool operator==(const GatePolicy&) const = default;
};

}  // namespace firstline::policy
