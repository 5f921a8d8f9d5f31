#pragma once

// The one rule by which Presented is made from how somebody stands and what is said and seen now: for a passage, for
// the replay of what a phone decided, and on the phone itself. Pure: also compiled for the keeper's phone.

#include "gate/stands.hpp"

namespace firstline::gate {

[[nodiscard]] Presented presented(const Stands& stands, const Moment& moment, const GatePolicy& policy, Instant now);

// Whether the answer can depend on how often the home's people went out today: whoever gathers need not look otherwise.
[[nodiscard]] bool outings_matter(Relation relation, Direction direction, const GatePolicy& policy);

}  // namespace firstline::gate
