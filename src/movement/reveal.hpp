#pragma once

// What every look into a sealed field of a visit or a trip leaves behind: a reason, a sealed note, a fact. Internal to
// the module.

#include "movement/facts.hpp"
#include "movement/service.hpp"
#include "person/wire.hpp"

namespace firstline::movement {

// Faults: reveal.note_missing, reveal.note_too_long. A command sent again writes nothing a second time. `noted` without
// a body.
Result<void> note_reveal(http::Call& call, const Ground& ground, const person::RevealCommand& command, Noted noted);

}  // namespace firstline::movement
