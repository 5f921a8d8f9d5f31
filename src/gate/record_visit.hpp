#pragma once

// Somebody who does not live here, known by a visit's code or picked from the list of the expected. Internal to the
// gate.

#include "gate/service.hpp"

namespace firstline::gate {

bool names_visitor(const api::PassageCommand& command);
Result<api::PassageAnswer> record_visitor(http::Call& call, const Ground& ground, const area::Gate& gate,
                                          const api::PassageCommand& command);
// A passage happened, or happened after all (an override): what it means for a visit.
Result<void> visit_went(http::Call& call, const Ground& ground, const Passage& passage);
Result<void> visit_taken_back(http::Call& call, const Ground& ground, const Passage& passage);

}  // namespace firstline::gate
