#include "seal/bounds.hpp"

#include <algorithm>

namespace firstline::seal {
namespace {

using policy::ClockAnchor;
using policy::RestartOn;
using policy::SealPolicy;

bool has(const std::vector<RestartOn>& set, RestartOn what) {
  return std::find(set.begin(), set.end(), what) != set.end();
}

// SEAL-9: moves nothing, by the rule.
bool exempt(const CaseInside& found, const Order& order, const SealPolicy& policy) {
  return found.found_at > order.designated_at && found.kept_at_home == true &&
         policy.extended_by_home_isolated_positive == false;
}

// When somebody stopped being a danger inside; nothing while they are still there.
std::optional<Instant> gone_at(const CaseInside& found, Instant now) {
  if (found.removed_at && *found.removed_at <= now) return found.removed_at;
  if (found.kept_at_home == true) return found.found_at;
  return std::nullopt;
}
Instant sampled_at(const CaseInside& found) { return found.sampled_at.value_or(found.found_at); }

void wait_for(SealClock& clock, Lack what, int count, Instant not_before) {
  StillMissing missing{what, {}, {}};
  if (count > 0) missing.count = count;
  clock.missing.push_back(std::move(missing));
  clock.started_at.reset();
  clock.not_before = std::max(clock.not_before, not_before);
}

// The latest of what was seen; ties name all.
struct Latest {
  std::optional<Instant> at;
  std::vector<std::string> evidence;
  void see(Instant seen, const std::string& by) {
    if (!at || seen > *at) at = seen, evidence.clear();
    if (seen == *at && !by.empty()) evidence.push_back(by);
  }
};

void start(SealClock& clock, const Latest& latest, Lack otherwise, Instant designated_at) {
  if (!latest.at) return wait_for(clock, otherwise, 0, designated_at);
  clock.started_at = clock.not_before = *latest.at;
  clock.evidence = latest.evidence;
}

void start_at_removal(SealClock& clock, const Order& order, const Known& known, const SealPolicy& policy) {
  Latest latest;
  int inside = 0;
  known.each_case([&](const CaseInside& found) {
    if (exempt(found, order, policy)) return;
    if (const auto gone = gone_at(found, known.now)) latest.see(*gone, found.evidence);
    else ++inside;
  });
  start(clock, latest, Lack::anchor, order.designated_at);
  if (inside > 0) {
    if (clock.missing.empty() || clock.missing.back().what == Lack::anchor) clock.missing.clear();
    wait_for(clock, Lack::case_removal, inside, known.now);
  }
}

void start_at_transfer(SealClock& clock, const Order& order, const Known& known) {
  Latest latest;
  int inside = 0;
  known.each_contact([&](const ContactInside& contact) {
    if (contact.transferred_at && *contact.transferred_at <= known.now)
      latest.see(*contact.transferred_at, contact.evidence);
    else ++inside;
  });
  if (inside > 0) return wait_for(clock, Lack::contact_transfer, inside, known.now);
  start(clock, latest, Lack::anchor, order.designated_at);
}

void start_at_exposure(SealClock& clock, const Order& order, const Known& known) {
  Latest latest;
  known.each_contact([&](const ContactInside& contact) {
    if (contact.last_exposure_at && *contact.last_exposure_at <= known.now)
      latest.see(*contact.last_exposure_at, contact.evidence);
  });
  start(clock, latest, Lack::anchor, order.designated_at);
}

void see_positive_samples(Latest& latest, const Known& known, Instant after) {
  for (const EnvironmentSample& sample : known.evidence.environment)
    if (sample.positive && sample.reported_at <= known.now && sample.sampled_at > after)
      latest.see(sample.sampled_at, sample.evidence);
  for (const PersonInside& person : known.evidence.people)
    for (const Test& test : person.tests)
      if (test.result == TestResult::positive && test.reported_at <= known.now && test.sampled_at > after)
        latest.see(test.sampled_at, test.evidence);
}

void start_at_sample(SealClock& clock, const Order& order, const Known& known, const SealPolicy& policy) {
  Latest latest;
  known.each_case([&](const CaseInside& found) {
    if (!exempt(found, order, policy)) latest.see(sampled_at(found), found.evidence);
  });
  see_positive_samples(latest, known, Instant::min());
  start(clock, latest, Lack::anchor, order.designated_at);
}

void start_at_disinfection(SealClock& clock, const Order& order, const Known& known) {
  Latest latest;
  for (const Disinfection& each : known.evidence.disinfections)
    if (each.done_at <= known.now) latest.see(each.done_at, each.evidence);
  if (latest.at) return start(clock, latest, Lack::disinfection, order.designated_at);
  wait_for(clock, Lack::disinfection, 0, known.now);
}

// SEAL-2, by the environmental samples: all negative, the case's removal counts; else the disinfection.
std::optional<ClockAnchor> by_environment(const Known& known) {
  std::optional<ClockAnchor> anchor;
  for (const EnvironmentSample& sample : known.evidence.environment) {
    if (sample.reported_at > known.now) continue;
    if (sample.positive) return ClockAnchor::terminal_disinfection_done;
    anchor = ClockAnchor::last_case_removed;
  }
  return anchor;
}

void start_at_anchor(SealClock& clock, const Order& order, const Known& known, const SealPolicy& policy) {
  clock.not_before = order.designated_at;
  clock.anchor = order.clock_anchor ? order.clock_anchor : policy.clock_anchor;
  if (order.clock_at) {
    clock.started_at = clock.not_before = *order.clock_at;
    return;
  }
  if (!order.clock_anchor && policy.anchor_by_environment == true) {
    clock.anchor = by_environment(known);
    if (!clock.anchor) {
      start_at_removal(clock, order, known, policy);
      return wait_for(clock, Lack::environment_samples, 0, clock.not_before);
    }
  }
  if (!clock.anchor) return wait_for(clock, Lack::anchor, 0, order.designated_at);
  switch (*clock.anchor) {
    case ClockAnchor::designated_at:
      clock.started_at = order.designated_at;
      return;
    case ClockAnchor::last_case_removed:
      return start_at_removal(clock, order, known, policy);
    case ClockAnchor::terminal_disinfection_done:
      return start_at_disinfection(clock, order, known);
    case ClockAnchor::last_contact_transferred:
      return start_at_transfer(clock, order, known);
    case ClockAnchor::last_exposure:
      return start_at_exposure(clock, order, known);
    case ClockAnchor::last_positive_sample:
      return start_at_sample(clock, order, known, policy);
  }
}

bool restarts(const CaseInside& found, const Order& order, const SealPolicy& policy) {
  if (found.found_at <= order.designated_at || exempt(found, order, policy)) return false;
  const auto& on = policy.restart_on;
  return has(on, RestartOn::new_case) || has(on, RestartOn::new_positive) ||
         (has(on, RestartOn::new_positive_outside_unit) && found.outside_unit == true) ||
         (has(on, RestartOn::new_contacts_of_confirmed_contact) && found.contact_with_new_contacts == true);
}

// SEAL-3. A case still inside holds the clock; where samples are the anchor, its sample counts.
void restart(SealClock& clock, const Order& order, const Known& known, const SealPolicy& policy) {
  Latest latest;
  int inside = 0;
  known.each_case([&](const CaseInside& found) {
    if (!restarts(found, order, policy)) return;
    if (clock.anchor == ClockAnchor::last_positive_sample) return latest.see(sampled_at(found), found.evidence);
    if (const auto gone = gone_at(found, known.now)) latest.see(std::max(*gone, found.found_at), found.evidence);
    else ++inside;
  });
  if (has(policy.restart_on, RestartOn::new_positive)) see_positive_samples(latest, known, order.designated_at);
  if (has(policy.restart_on, RestartOn::new_positive_outside_unit))
    for (const EnvironmentSample& sample : known.evidence.environment)
      if (sample.positive && sample.outside_unit == true && sample.reported_at <= known.now &&
          sample.sampled_at > order.designated_at)
        latest.see(sample.sampled_at, sample.evidence);
  if (latest.at && *latest.at > clock.not_before) {
    clock.restarted = true;
    clock.not_before = *latest.at;
    clock.evidence = latest.evidence;
    if (clock.started_at) clock.started_at = clock.not_before;
  }
  const bool told = std::any_of(clock.missing.begin(), clock.missing.end(),
                                [](const StillMissing& each) { return each.what == Lack::case_removal; });
  if (inside > 0 && !told) wait_for(clock, Lack::case_removal, inside, known.now);
}

bool positive_since(const Order& order, const Known& known, const SealPolicy& policy, Instant since) {
  bool found_one = false;
  known.each_case(
      [&](const CaseInside& found) { found_one |= found.found_at > since && !exempt(found, order, policy); });
  Latest latest;
  see_positive_samples(latest, known, since);
  return found_one || latest.at;
}

}  // namespace

Instant first_day(Instant clock, const SealPolicy& policy) {
  if (policy.day_begins != policy::DayBegins::midnight_after) return clock;
  const Instant midnight = start_of(civil_date(clock));
  return midnight == clock ? clock : start_of(civil_date(clock) + std::chrono::days(1));
}

Rule rule_for(const Order& order, const Known& known, const SealPolicy& policy) {
  Rule rule;
  rule.level = order.level;
  if (order.level == Level::none || order.level == Level::precautionary) return rule;
  const Instant since = std::max(order.designated_at, order.level_since.value_or(order.designated_at));
  rule.turns_sealed = order.level == Level::controlled && policy.sealed_on_positive == true &&
                      positive_since(order, known, policy, since);
  const bool sealed = order.level == Level::sealed || rule.turns_sealed;
  rule.of_level = sealed ? &policy.sealed : &policy.controlled;
  rule.days = rule.of_level->days_without_case;
  rule.needs = &rule.of_level->release_needs;
  rule.after_sealed = !sealed && order.came_from_sealed == true && policy.after_sealed.days;
  if (rule.after_sealed) {
    rule.days = policy.after_sealed.days;
    rule.needs = &policy.after_sealed.release_needs;
  }
  return rule;
}

SealClock clock_of(const Order& order, const Known& known, const SealPolicy& policy, const Rule& rule) {
  SealClock clock;
  if (rule.after_sealed) {
    clock.anchor = order.clock_anchor ? order.clock_anchor : policy.clock_anchor;
    clock.started_at = clock.not_before = order.level_since.value_or(order.designated_at);
  } else {
    start_at_anchor(clock, order, known, policy);
  }
  restart(clock, order, known, policy);
  return clock;
}

Bounded without_case(const SealClock& clock, const Rule& rule, const SealPolicy& policy, Instant now) {
  Bounded found;
  found.state.clause = "SEAL-4";
  found.state.condition = Condition::no_new_case;
  found.state.evidence = clock.evidence;
  found.bound = first_day(clock.not_before, policy) + days_long(rule.days.value_or(0));
  if (clock.started_at) {
    found.state.from = found.bound;
    found.state.met = found.bound <= now ? Met::met : Met::unmet;
    if (found.state.met == Met::unmet) found.state.missing.push_back({Lack::time, {}, {}});
    return found;
  }
  found.certain = false;
  found.state.missing = clock.missing;
  // What was not done yet is known not to be met; what nobody wrote down is not known.
  const bool not_done = std::any_of(clock.missing.begin(), clock.missing.end(), [](const StillMissing& each) {
    return each.what == Lack::case_removal || each.what == Lack::disinfection || each.what == Lack::contact_transfer;
  });
  found.state.met = not_done ? Met::unmet : Met::unknown;
  return found;
}

Bounded contacts_clear(const Order& order, const Known& known, const SealPolicy& policy) {
  Bounded found;
  found.state.clause = "SEAL-5";
  found.state.condition = Condition::last_contact_clear;
  found.bound = order.designated_at;
  const bool by_transfer = policy.contact_counted_from == policy::ContactClock::transfer;
  int undated = 0, inside = 0, untested = 0, all = 0;
  Latest latest;
  known.each_contact([&](const ContactInside& contact) {
    ++all;
    const auto& at = by_transfer ? contact.transferred_at : contact.last_exposure_at;
    if (at && *at <= known.now) latest.see(*at, contact.evidence);
    else ++(by_transfer ? inside : undated);
    if (!contact.negative_at || *contact.negative_at > known.now) ++untested;
    else found.results_at = std::max(found.results_at, *contact.negative_at);
  });
  if (latest.at) found.bound = std::max(found.bound, *latest.at + days_long(policy.contact_days.value_or(0)));
  found.state.evidence = latest.evidence;
  const auto miss = [&](Lack what, int count) {
    StillMissing missing{what, {}, {}};
    if (count > 0) missing.count = count;
    found.state.missing.push_back(std::move(missing));
  };
  if (!known.evidence.contacts_complete) miss(Lack::contact_list, 0);
  if (undated > 0) miss(Lack::contact_exposure, undated);
  if (inside > 0) {
    miss(Lack::contact_transfer, inside);
    found.bound = std::max(found.bound, known.now + days_long(policy.contact_days.value_or(0)));
  }
  if (untested > 0) miss(Lack::contact_negative, untested);
  found.results_missing = untested > 0;
  found.certain = known.evidence.contacts_complete && undated == 0 && inside == 0;
  const bool over = found.bound <= known.now;
  if (found.certain) found.state.from = found.bound;
  if (found.certain && !over) miss(Lack::time, 0);
  if (!known.evidence.contacts_complete || undated > 0) found.state.met = Met::unknown;
  else found.state.met = inside == 0 && untested == 0 && over ? Met::met : Met::unmet;
  return found;
}

}  // namespace firstline::seal
