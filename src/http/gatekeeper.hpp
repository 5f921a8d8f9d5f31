#pragma once

// Lets a request through to its handler or not: who is asking, over which place, may they, did our own page send it.
// Deny by default. Changes nothing.

#include "base/fault.hpp"
#include "http/exchange.hpp"

namespace firstline::http {

// Fills call.actor and call.place inside call.session. Faults: session.none, access.denied, request.forged, what the
// authenticator says of a bad token, what the place rule says of an unknown place.
Result<void> admit(const Request& request, Call& call, Authenticator& authenticator);

}  // namespace firstline::http
