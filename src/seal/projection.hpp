#pragma once

// When may a sealed place be opened (解封), and what is still missing? Says for each condition of release whether it is
// met, unmet or unknown, by which evidence, and what is missing; the earliest moment of the next step and how sure it
// is; the days until then; and what a new case would do.
//
// Pure: no clock, no store, no network. What is later than `now` is not looked at, so a projection of the past is the
// same whenever it is asked for. The clauses stand in docs/policy/seal.md.

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/id.hpp"
#include "base/time.hpp"
#include "policy/seal_policy.hpp"
#include "seal/model.hpp"

namespace firstline::seal {

// One place under an order, as it stands now.
struct Order {
  Level level = Level::sealed;
  Instant designated_at{};                          // When it was first closed.
  std::optional<Instant> level_since;               // Of this level, if it was stepped down or up.
  std::optional<bool> came_from_sealed;             // Controlled now, sealed before.
  std::optional<policy::ClockAnchor> clock_anchor;  // The order's own word; else the policy's.
  std::optional<Instant> clock_at;                  // When that was, if the order says so itself.
  std::optional<Instant> not_before;                // Extended: not opened before this.
  bool operator==(const Order&) const = default;
};

// A case or asymptomatic infection of somebody who was in the place (病例、无症状感染者).
struct CaseInside {
  std::string evidence;  // The fact that says so.
  Instant found_at{};
  std::optional<Instant> sampled_at;
  std::optional<Instant> removed_at;              // Brought away.
  std::optional<bool> outside_unit;               // Not in the unit where it began.
  std::optional<bool> kept_at_home;               // Strictly isolated at home, and no spread outside was found.
  std::optional<bool> contact_with_new_contacts;  // A contact brought away, confirmed then, with new contacts here.
  bool operator==(const CaseInside&) const = default;
};
struct ContactInside {
  std::string evidence;
  Instant found_at{};
  std::optional<Instant> last_exposure_at;
  std::optional<Instant> transferred_at;
  std::optional<Instant> negative_at;  // When the negative result was reported that counts at the end.
  bool operator==(const ContactInside&) const = default;
};
struct Disinfection {
  std::string evidence;
  Instant done_at{};
  bool operator==(const Disinfection&) const = default;
};
struct EnvironmentSample {
  std::string evidence;
  Instant sampled_at{};
  Instant reported_at{};
  bool positive = false;
  std::optional<bool> outside_unit;
  bool operator==(const EnvironmentSample&) const = default;
};
enum class TestResult : std::uint8_t { negative, pool_abnormal, positive };
struct Test {
  std::string evidence;
  Instant sampled_at{};
  Instant reported_at{};
  TestResult result = TestResult::negative;
  bool operator==(const Test&) const = default;
};
// Somebody who is inside and has to be tested; whoever is away or was brought away is not handed in.
struct PersonInside {
  PersonId person;
  std::vector<Test> tests;
  bool operator==(const PersonInside&) const = default;
};

// All that is known of a place. An empty list says that nothing was found, not that nothing is there: see
// contacts_complete.
struct Evidence {
  std::vector<CaseInside> cases;
  std::vector<ContactInside> contacts;
  bool contacts_complete = false;  // Whoever traces says that these are all.
  std::vector<Disinfection> disinfections;
  std::vector<EnvironmentSample> environment;
  std::vector<PersonInside> people;
  std::optional<int> zones_in_county;  // Sealed and controlled zones left: for a precautionary one.
  bool operator==(const Evidence&) const = default;
};

enum class Condition : std::uint8_t {
  no_new_case,
  last_contact_clear,
  full_round_negative,
  extension_over,
  zones_lifted,
};
enum class Met : std::uint8_t { met, unmet, unknown };

// What a condition waits for.
enum class Lack : std::uint8_t {
  time,
  anchor,  // Nothing says when the clock began.
  case_removal,
  disinfection,
  environment_samples,
  contact_list,
  contact_exposure,
  contact_transfer,
  contact_negative,
  people_list,
  negative_result,
  single_retest,
  positive_person,  // Somebody inside is positive and still here.
  zones,
};
struct StillMissing {
  Lack what = Lack::time;
  std::optional<int> count;
  std::vector<PersonId> people;  // For those who may see names; never on a card.
  bool operator==(const StillMissing&) const = default;
};

struct ConditionState {
  std::string clause;  // "SEAL-4": the section of docs/policy/seal.md.
  Condition condition = Condition::no_new_case;
  Met met = Met::unknown;
  std::optional<Instant> from;  // When time alone meets it; for a round, from when samples count.
  std::vector<std::string> evidence;
  std::vector<StillMissing> missing;
  bool operator==(const ConditionState&) const = default;
};

struct SealClock {
  std::optional<policy::ClockAnchor> anchor;
  std::optional<Instant> started_at;  // Absent: not known yet.
  Instant not_before{};               // It did not start before this, known or not.
  bool restarted = false;
  std::vector<std::string> evidence;
  std::vector<StillMissing> missing;
  bool operator==(const SealClock&) const = default;
};

enum class Sureness : std::uint8_t {
  now,          // All conditions are met.
  by_time,      // Only time has to pass.
  if_negative,  // If every result that is still missing is negative.
  at_least,     // Something is unknown: not before this.
  no_rule,      // No rule in force says when such a place opens.
};

struct SealStep {
  Level level = Level::none;  // none: free.
  Instant from{};
  bool operator==(const SealStep&) const = default;
};
struct PlannedDay {
  Date date{};
  int number = 0;  // Day 1 is the first of its level.
  Level level = Level::sealed;
  bool nat = false, antigen = false;
  bool full_round = false;  // A full round sampled on this day counts for the release.
  bool operator==(const PlannedDay&) const = default;
};
enum class Event : std::uint8_t { new_case, contact_found };
// What would move the release, if it happened now.
struct Sensitivity {
  Event event = Event::new_case;
  Instant earliest{};
  int more_days = 0;
  bool operator==(const Sensitivity&) const = default;
};

struct Projection {
  Level level = Level::sealed;
  bool turns_sealed = false;  // Controlled, but a positive inside makes it a sealed zone by the rule.
  SealClock clock;
  std::vector<ConditionState> conditions;
  bool releasable = false;           // All met now.
  std::optional<Instant> met_since;  // When all were met for the first time since the clock started.
  std::optional<Instant> earliest;   // Of the next step.
  Sureness sureness = Sureness::no_rule;
  std::optional<policy::StepsDownTo> then;
  std::vector<SealStep> steps;  // From now on, as far as the rules say.
  std::vector<PlannedDay> plan;
  std::vector<Sensitivity> sensitivity;
  std::string policy_version;
  bool operator==(const Projection&) const = default;
};

[[nodiscard]] Projection project(const Order& order, const Evidence& evidence, const policy::SealPolicy& policy,
                                 Instant now);

}  // namespace firstline::seal
