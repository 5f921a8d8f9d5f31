#include "seal/projection.hpp"

#include <algorithm>

#include "seal/bounds.hpp"
#include "seal/plan.hpp"
#include "seal/round.hpp"

namespace firstline::seal {
namespace {

using policy::ReleaseNeed;
using policy::SealPolicy;
using policy::StepsDownTo;

bool needs(const Rule& rule, ReleaseNeed need) {
  return rule.needs && std::find(rule.needs->begin(), rule.needs->end(), need) != rule.needs->end();
}

std::optional<Bounded> extension(const Order& order, Instant now) {
  if (!order.not_before || *order.not_before <= order.designated_at) return std::nullopt;
  Bounded found;
  found.state.clause = "SEAL-7";
  found.state.condition = Condition::extension_over;
  found.state.from = found.bound = *order.not_before;
  found.state.met = found.bound <= now ? Met::met : Met::unmet;
  if (found.state.met == Met::unmet) found.state.missing.push_back({Lack::time, {}, {}});
  return found;
}

// All conditions that time bounds, in the order of their clauses.
std::vector<Bounded> bounded(const Order& order, const Known& known, const SealPolicy& policy, const Rule& rule,
                             const SealClock& clock) {
  std::vector<Bounded> found;
  // Whatever else a rule asks, its days have to pass.
  found.push_back(without_case(clock, rule, policy, known.now));
  if (needs(rule, ReleaseNeed::last_contact_clear)) found.push_back(contacts_clear(order, known, policy));
  if (auto extended = extension(order, known.now)) found.push_back(std::move(*extended));
  return found;
}

bool all_met(const std::vector<ConditionState>& conditions) {
  return std::all_of(conditions.begin(), conditions.end(),
                     [](const ConditionState& each) { return each.met == Met::met; });
}

Instant bound_of(const std::vector<Bounded>& conditions) {
  Instant bound = Instant::min();
  for (const Bounded& each : conditions) bound = std::max(bound, each.bound);
  return bound;
}

// SEAL-8: ends when no other zone of the county is left.
Projection precautionary(const Order& order, const Evidence& evidence, const SealPolicy& policy, Instant now) {
  Projection projection;
  projection.level = order.level;
  projection.policy_version = policy.version;
  ConditionState state;
  state.clause = "SEAL-8";
  state.condition = Condition::zones_lifted;
  if (evidence.zones_in_county) state.met = *evidence.zones_in_county == 0 ? Met::met : Met::unmet;
  if (state.met != Met::met) state.missing.push_back({Lack::zones, evidence.zones_in_county, {}});
  projection.releasable = state.met == Met::met;
  projection.sureness = projection.releasable ? Sureness::now : Sureness::at_least;
  projection.earliest = now;
  projection.then = StepsDownTo::released;
  projection.steps = {{order.level, now}};
  projection.conditions.push_back(std::move(state));
  return projection;
}

int whole_days(Millis span) {
  const Millis day = std::chrono::hours(24);
  return span.count() <= 0 ? 0 : static_cast<int>((span + day - Millis(1)) / day);
}

void add_sensitivity(Projection& projection, const Order& order, const Evidence& evidence, const SealPolicy& policy,
                     Instant now) {
  const auto tried = [&](Event event, const CaseInside* found, const ContactInside* contact) {
    const Known known{evidence, now, found, contact};
    const Rule rule = rule_for(order, known, policy);
    const SealClock clock = clock_of(order, known, policy, rule);
    const Instant then = std::max(bound_of(bounded(order, known, policy, rule, clock)), *projection.earliest);
    const int more = whole_days(then - *projection.earliest);
    if (more > 0) projection.sensitivity.push_back({event, then, more});
  };
  CaseInside found;
  found.found_at = now;
  found.sampled_at = found.removed_at = now;
  found.outside_unit = true;
  tried(Event::new_case, &found, nullptr);
  ContactInside contact;
  contact.found_at = now;
  contact.last_exposure_at = contact.transferred_at = contact.negative_at = now;
  tried(Event::contact_found, nullptr, &contact);
}

}  // namespace

Projection project(const Order& order, const Evidence& evidence, const SealPolicy& policy, Instant now) {
  if (order.level == Level::precautionary) return precautionary(order, evidence, policy, now);
  const Known known{evidence, now};
  const Rule rule = rule_for(order, known, policy);
  Projection projection;
  projection.level = order.level;
  projection.turns_sealed = rule.turns_sealed;
  projection.policy_version = policy.version;
  projection.steps = {{rule.turns_sealed ? Level::sealed : order.level, now}};
  if (!rule.days) return projection;  // SEAL-1

  projection.clock = clock_of(order, known, policy, rule);
  const std::vector<Bounded> conditions = bounded(order, known, policy, rule, projection.clock);
  bool certain = true, results_missing = false;
  Instant complete_from = Instant::min();  // When all but the round was met, if it is.
  for (const Bounded& each : conditions) {
    certain = certain && each.certain;
    results_missing = results_missing || each.results_missing;
    complete_from = std::max({complete_from, each.bound, each.results_at});
    projection.conditions.push_back(each.state);
  }
  const Instant release = std::max(bound_of(conditions), now);
  const bool others_met = all_met(projection.conditions) && complete_from <= now;
  RoundWindow window{{}, projection.clock.not_before};
  if (const auto within = rule.of_level->full_round_within_days) window.age_max = days_long(*within);
  if (needs(rule, ReleaseNeed::full_round_negative)) {
    projection.conditions.push_back(full_round(evidence, window, release, now));
    results_missing = results_missing || projection.conditions.back().met != Met::met;
    if (others_met) projection.met_since = first_complete(evidence, window, complete_from, now);
  } else if (others_met) {
    projection.met_since = complete_from;
  }
  projection.releasable = all_met(projection.conditions);
  projection.earliest = projection.releasable ? projection.met_since.value_or(now) : release;
  projection.sureness = !certain                ? Sureness::at_least
                        : projection.releasable ? Sureness::now
                        : results_missing       ? Sureness::if_negative
                                                : Sureness::by_time;
  projection.then = rule.of_level->steps_down_to;
  lay_out(projection, rule, policy, window.age_max);
  add_sensitivity(projection, order, evidence, policy, now);
  return projection;
}

}  // namespace firstline::seal
