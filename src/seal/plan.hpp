#pragma once

// The way out, day by day: which level from when, when tests are due, when a full round counts. Internal; pure.

#include "seal/bounds.hpp"

namespace firstline::seal {

// Fills steps and plan of a projection whose clock and earliest moment are known.
void lay_out(Projection& projection, const Rule& rule, const policy::SealPolicy& policy,
             std::optional<Millis> round_age_max);

}  // namespace firstline::seal
