#pragma once

// What time alone decides about a release: which rule applies, when its clock started, from when each condition could
// be met. Internal to the module; pure.

#include "seal/projection.hpp"

namespace firstline::seal {

// The evidence as it stands at `now`, with at most one thing more that has not happened.
struct Known {
  const Evidence& evidence;
  Instant now{};
  const CaseInside* case_more = nullptr;
  const ContactInside* contact_more = nullptr;

  template <class Visit>
  void each_case(Visit visit) const {
    for (const CaseInside& each : evidence.cases)
      if (each.found_at <= now) visit(each);
    if (case_more) visit(*case_more);
  }
  template <class Visit>
  void each_contact(Visit visit) const {
    for (const ContactInside& each : evidence.contacts)
      if (each.found_at <= now) visit(each);
    if (contact_more) visit(*contact_more);
  }
};

// What of the policy applies to this order now.
struct Rule {
  Level level = Level::sealed;
  bool turns_sealed = false;
  bool after_sealed = false;  // Counted from the step down.
  const policy::SealLevelPolicy* of_level = nullptr;
  std::optional<int> days;
  const std::vector<policy::ReleaseNeed>* needs = nullptr;
};

Rule rule_for(const Order& order, const Known& known, const policy::SealPolicy& policy);
SealClock clock_of(const Order& order, const Known& known, const policy::SealPolicy& policy, const Rule& rule);
// Day 1 of a clock.
Instant first_day(Instant clock, const policy::SealPolicy& policy);

// A condition, and the moment before which it cannot be met.
struct Bounded {
  ConditionState state;
  Instant bound{};
  bool certain = true;  // False: the bound may move although nothing happens that restarts the clock.
  bool results_missing = false;
  Instant results_at{};  // When the last result came that it needs; the epoch if it needs none.
};
Bounded without_case(const SealClock& clock, const Rule& rule, const policy::SealPolicy& policy, Instant now);
Bounded contacts_clear(const Order& order, const Known& known, const policy::SealPolicy& policy);

inline Millis days_long(int days) { return std::chrono::hours(24) * days; }

}  // namespace firstline::seal
