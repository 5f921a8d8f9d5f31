#pragma once

// Passages are too many to be facts: once a day they are sealed into the ledger by a digest per gate.

#include "ledger/seal.hpp"

namespace firstline::gate {

// For ledger::seal_day and for `firstline audit verify`. Reads the rows of one community and day in order of their ids.
ledger::SealedTable sealed_passages();

}  // namespace firstline::gate
