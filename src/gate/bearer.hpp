#pragma once

// Somebody whom no row names: the bearer of a volunteer's badge or of a visitor's code that the desk signed, known by
// the signature alone. A phone without a network takes them as the same (standsOf of the gate page). Internal to the
// gate.

#include "gate/service.hpp"
#include "gate/stands.hpp"
#include "issuing/service.hpp"

namespace firstline::gate {

// As their code says it. Only a code of the gate's own community writes its bearer down as expected, for its hours.
Stands stands_of(const issuing::Recognised& bearer, const area::Gate& gate);
// The passage is a row of nobody; the fact beside it names the code, which the desk can revoke and trace.
Result<api::PassageAnswer> record_bearer(http::Call& call, const Ground& ground, const area::Gate& gate,
                                         const api::PassageCommand& command, const issuing::Recognised& bearer);
// Of a late record: who bore the code that was shown then. Nothing if it names somebody, or cannot be read any more.
Result<std::optional<issuing::Recognised>> bearer_of(const http::Call& late, const api::PassageCommand& said);

}  // namespace firstline::gate
