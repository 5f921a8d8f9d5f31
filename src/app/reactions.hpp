#pragma once

// What one module's event does to others, on one page: no module calls another sideways.

#include "casebook/service.hpp"
#include "health/results.hpp"
#include "isolation/service.hpp"
#include "person/service.hpp"
#include "seal/service.hpp"
#include "tracer/service.hpp"

namespace firstline::app {

person::Reactions reactions_to_people();
// `cases` outlives what is returned.
health::Reactions reactions_to_results(const casebook::Parts& cases);
casebook::Reactions reactions_to_cases();
seal::Reactions reactions_to_seals();
// An officer's proposal for a contact is an order that waits for the second person. `desk` outlives it.
tracer::OnProposed reactions_to_tracing(const isolation::Desk& desk);

}  // namespace firstline::app
