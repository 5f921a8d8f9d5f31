#pragma once

// The view of the seal rule: when a zone may be stepped down. Every number stands in a pack; what no pack in force sets
// is absent here, and the rule says so instead of guessing. Pure.

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace firstline::policy {

// The smallest scope that a zone may have, largest first.
enum class ZoneUnit : std::uint8_t { district, compound, building, unit, floor, household };

// What the days are counted from.
enum class ClockAnchor : std::uint8_t {
  designated_at,
  last_case_removed,
  terminal_disinfection_done,
  last_contact_transferred,
  last_exposure,
  last_positive_sample,
};
// Where day 1 begins: at the clock's very moment, or at the next midnight.
enum class DayBegins : std::uint8_t { at_clock, midnight_after };
// What makes the days count from anew.
enum class RestartOn : std::uint8_t {
  new_case,
  new_positive,               // A positive sample, of a person or of the environment.
  new_positive_outside_unit,  // The same, outside the unit where it began.
  new_contacts_of_confirmed_contact,
};
enum class ReleaseNeed : std::uint8_t { no_new_case, last_contact_clear, full_round_negative };
enum class ContactClock : std::uint8_t { last_exposure, transfer };
enum class StepsDownTo : std::uint8_t { controlled, precautionary, released };

struct SealLevelPolicy {
  std::optional<int> days_without_case;  // Absent: no rule for this level is in force.
  std::optional<StepsDownTo> steps_down_to;
  std::vector<ReleaseNeed> release_needs;  // All of them.
  std::optional<int> full_round_within_days;
  std::vector<int> nat_days, antigen_days;  // Counted from the clock; day 1 is the first.
  std::optional<int> monitoring_days;       // Of the people, after the step.
  bool operator==(const SealLevelPolicy&) const = default;
};

// A controlled zone that came down from sealed.
struct AfterSealedPolicy {
  std::optional<int> days;  // Absent: as any controlled zone.
  std::vector<ReleaseNeed> release_needs;
  bool operator==(const AfterSealedPolicy&) const = default;
};

struct SealPolicy {
  std::string version;
  std::optional<ZoneUnit> smallest_unit;
  std::optional<bool> temporary_sealing_allowed;
  std::optional<ClockAnchor> clock_anchor;
  std::optional<bool> anchor_by_environment;
  std::optional<DayBegins> day_begins;
  std::vector<RestartOn> restart_on;
  std::optional<bool> extended_by_home_isolated_positive;  // Only `false` exempts.
  std::optional<int> contact_days;
  std::optional<ContactClock> contact_counted_from;
  SealLevelPolicy sealed, controlled;
  AfterSealedPolicy after_sealed;
  std::optional<bool> sealed_on_positive;    // A controlled zone turns sealed.
  std::optional<int> escalation_step_hours;  // Undecided so long, an order is the next office's matter.
  std::optional<int> objection_hours;        // Within which an objection is answered.
  bool operator==(const SealPolicy&) const = default;
};

}  // namespace firstline::policy
