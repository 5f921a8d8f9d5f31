#pragma once

// What is written down about an order in force: what happened inside, that the exits are open, and what residents
// object to. Inside the module only.

#include "seal/acts.hpp"

namespace firstline::seal {

// Keeps what happened with its fact; whoever writes it down. Gives it its id and who recorded it when.
Result<HappeningId> keep_happening(store::Session& session, const SealOrder& order, Happening happening, const By& by);
// False: it was struck already.
Result<bool> strike_happening(store::Session& session, const SealOrder& order, HappeningId id, const By& by);

Result<api::HappeningRecorded> record_happening(http::Call& call, const SealOrder& order,
                                                const api::RecordHappening& command);
// It was a mistake: it counts no longer, and stays on record.
Result<void> strike_happening(http::Call& call, const SealOrder& order, HappeningId id);

Result<void> record_check(http::Call& call, const SealOrder& order, const api::RecordCheck& command);
Result<api::SealCheckPhoto> check_photo(http::Call& call, ExitCheckId id);

// By somebody who lives inside, about the order of a card.
Result<void> object(http::Call& call, const Desk& desk, const api::ObjectToSeal& command);
Result<api::Objections> objections(http::Call& call, const Desk& desk);
Result<api::Objections> my_objections(http::Call& call, const Desk& desk);
Result<void> answer_objection(http::Call& call, ObjectionId id, const api::AnswerObjection& command);

}  // namespace firstline::seal
