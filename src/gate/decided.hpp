#pragma once

// The row of a passage that is decided now: everything but whose it is, and how they were known.

#include "area/model.hpp"
#include "gate/passage.hpp"
#include "gate/verdict.hpp"
#include "http/call.hpp"

namespace firstline::gate {

Passage decided_now(http::Call& call, const area::Gate& gate, const Presented& asked, const GatePolicy& policy,
                    const Verdict& verdict);

}  // namespace firstline::gate
