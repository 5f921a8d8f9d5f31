#include "seal/plan.hpp"

#include <algorithm>

namespace firstline::seal {
namespace {

using policy::SealLevelPolicy;
using policy::SealPolicy;
using policy::StepsDownTo;

constexpr int days_max = 60;  // Of one level: no pack names more.

Level level_after(StepsDownTo then) {
  switch (then) {
    case StepsDownTo::controlled:
      return Level::controlled;
    case StepsDownTo::precautionary:
      return Level::precautionary;
    case StepsDownTo::released:
      break;
  }
  return Level::none;
}

bool among(const std::vector<int>& days, int day) { return std::find(days.begin(), days.end(), day) != days.end(); }

// Days of one level from `begin`, up to the day on which `end` falls; a level that ends at midnight does not touch it.
void add_days(std::vector<PlannedDay>& plan, Level level, const SealLevelPolicy& rule, Instant begin, Instant end,
              bool round, std::optional<Millis> age_max) {
  const Date first = civil_date(begin);
  for (int number = 1; number <= days_max; ++number) {
    const Date day = first + std::chrono::days(number - 1);
    if (start_of(day) >= end) break;
    PlannedDay planned{day, number, level, among(rule.nat_days, number), among(rule.antigen_days, number), false};
    planned.full_round = round && age_max && start_of(day + std::chrono::days(1)) > end - *age_max;
    if (!plan.empty() && plan.back().date == day) plan.back() = planned;  // The stricter level ended within this day.
    else plan.push_back(planned);
  }
}

bool asks_round(const std::vector<policy::ReleaseNeed>& needs) {
  return std::find(needs.begin(), needs.end(), policy::ReleaseNeed::full_round_negative) != needs.end();
}

std::optional<Millis> age_of(const SealLevelPolicy& rule) {
  if (!rule.full_round_within_days) return std::nullopt;
  return days_long(*rule.full_round_within_days);
}

}  // namespace

void lay_out(Projection& projection, const Rule& rule, const SealPolicy& policy, std::optional<Millis> round_age_max) {
  const Instant begin = first_day(projection.clock.not_before, policy), end = *projection.earliest;
  const Level level = projection.steps.front().level;
  add_days(projection.plan, level, *rule.of_level, begin, end, asks_round(*rule.needs), round_age_max);
  if (!projection.then) return;
  const Level next = level_after(*projection.then);
  projection.steps.push_back({next, end});
  if (level != Level::sealed || next != Level::controlled) return;
  const bool own = policy.after_sealed.days.has_value();
  const auto days = own ? policy.after_sealed.days : policy.controlled.days_without_case;
  if (!days) return;
  const Instant out = std::max(end, (own ? end : begin) + days_long(*days));
  const auto& needs = own ? policy.after_sealed.release_needs : policy.controlled.release_needs;
  add_days(projection.plan, Level::controlled, policy.controlled, end, out, asks_round(needs),
           age_of(policy.controlled));
  if (policy.controlled.steps_down_to) projection.steps.push_back({level_after(*policy.controlled.steps_down_to), out});
}

}  // namespace firstline::seal
