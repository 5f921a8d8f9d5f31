#pragma once

// Counts per gate, direction and outcome, added up for people. Pure; inside the gate only.

#include "gate/api.hpp"
#include "gate/store.hpp"

namespace firstline::gate {

// Adds one group of passages of a gate to its day.
void add_to(api::Today& today, const Count& count);
// The same figures in a shift's words.
void fill(api::ShiftView& shift, const api::Today& counts);

}  // namespace firstline::gate
