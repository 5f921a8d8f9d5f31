#pragma once

// Decides whether one person may go through a compound gate (小区卡口) now.
//
// Pure: no clock, no store, no network. The ledger keeps these arguments, so a disputed refusal can be replayed months
// later and must give the same answer. The clauses are explained, one section each, in docs/policy/gate.md.

#include "gate/model.hpp"

namespace firstline::gate {

// The outcome is the harshest of the reasons' own outcomes, except in an emergency: then it is pass_with_reminder,
// whatever else is true, and the other reasons are only recorded.
[[nodiscard]] Verdict decide(const Presented& presented, const GatePolicy& policy, Instant now);

// The number n of the clause GATE-n that a reason belongs to.
[[nodiscard]] int clause_of(ReasonKind reason);

}  // namespace firstline::gate
