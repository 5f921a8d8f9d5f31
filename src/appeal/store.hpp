#pragma once

// What is kept of appeals and of colours set by hand; words and papers sealed. SQL stands in store_sql.cpp.

#include "appeal/model.hpp"
#include "store/session.hpp"

namespace firstline::appeal {

Result<void> add(store::Session& session, const Appeal& appeal);
Result<std::optional<Appeal>> load(store::Session& session, AreaId community, AppealId id);
// Newest first.
Result<std::vector<Appeal>> load_of(store::Session& session, AreaId community, PersonId person);
// Open ones and those that ended since, the one that is due first before the others.
Result<std::vector<Appeal>> load_here(store::Session& session, AreaId community, Instant ended_since);
// Level, clock, state and answer. False if somebody changed the state or the level meanwhile.
Result<bool> save(store::Session& session, const Appeal& appeal, Level level_before);

Result<void> add(store::Session& session, const Paper& paper);
// Without their content.
Result<std::vector<Paper>> load_papers(store::Session& session, AreaId community, AppealId appeal);
Result<std::optional<Paper>> load_paper(store::Session& session, AreaId community, AppealId appeal, PaperId id);
Result<void> add(store::Session& session, const Step& step);
Result<std::vector<Step>> load_steps(store::Session& session, AreaId community, AppealId appeal);

Result<void> add(store::Session& session, const Proposal& proposal);
Result<std::optional<Proposal>> load(store::Session& session, AreaId community, ProposalId id);
Result<std::vector<Proposal>> load_waiting(store::Session& session, AreaId community);
// False if it is decided already.
Result<bool> save_decision(store::Session& session, const Proposal& proposal);

}  // namespace firstline::appeal
