#pragma once

// What a tube's people are told to health as, step by step: each step is a later version of one record, so that a
// result that is corrected replaces the wrong one. Inside the module only.

#include "health/results.hpp"
#include "round/service.hpp"

namespace firstline::round {

inline constexpr std::int64_t version_sampled = 1, version_testing = 2;  // The n-th result of the tube: 2 + n.

// Records it for everybody in the tube. Only a result can be positive, so only a result is told on.
Result<void> tell_health(http::Call& call, const Tube& tube, health::NatState state, std::int64_t version,
                         const health::Reactions* reactions = nullptr);

}  // namespace firstline::round
