#pragma once

// Whether everybody inside has a negative result that is young enough (全员核酸阴性), and when that was first so.
// Internal to the module; pure.

#include "seal/projection.hpp"

namespace firstline::seal {

struct RoundWindow {
  std::optional<Millis> age_max;  // Between sample and release.
  Instant since{};                // Where no age is set: samples from here on count.
};

// Judged for a release at `release` (now or later), by the results that are out at `now`.
ConditionState full_round(const Evidence& evidence, const RoundWindow& window, Instant release, Instant now);
// The first moment in [from, now] at which the round was complete.
std::optional<Instant> first_complete(const Evidence& evidence, const RoundWindow& window, Instant from, Instant now);

}  // namespace firstline::seal
