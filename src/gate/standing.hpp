#pragma once

// Gathers how people stand at a gate from the modules that know: one person for a passage, everybody behind a gate for
// its pack. Decides nothing.

#include <vector>

#include "area/service.hpp"
#include "gate/stands.hpp"
#include "movement/service.hpp"
#include "person/masked.hpp"
#include "store/session.hpp"

namespace firstline::gate {

// `outings`: whether today's outings of the home are wanted.
Result<Stands> stands_of(store::Session& session, const area::Gate& gate, const person::Resident& resident, Instant now,
                         bool outings);
// As it was at an earlier moment, as far as that is known: health by its history, seals and isolation by their spans,
// passes and trips as they are kept now.
Result<Stands> stands_at(store::Session& session, const area::Gate& gate, const person::Resident& resident,
                         Instant moment, bool outings);
Relation relation_of(const area::Gate& gate, const person::Resident& resident);

Result<Stands> stands_of(store::Session& session, const area::Gate& gate, const movement::VisitAtGate& visit,
                         Instant now);

// How strictly the gate's own compound is closed, by orders on it and above: for whoever else comes.
Result<SealLevel> compound_level(store::Session& session, const area::Gate& gate, Instant at);

struct StandsOf {
  person::ResidentMasked who;
  Stands stands;
};
// Everybody whose home lies behind the gate, in the order of their homes; a handful of statements over ranges.
// `before`: what was opened of the same compound before.
Result<std::vector<StandsOf>> stands_below(store::Session& session, const person::Directory& people,
                                           const area::Gate& gate, Instant now, person::MaskedBefore& before);

}  // namespace firstline::gate
