#pragma once

// Appeals against a code's colour, carried upward with their papers and a clock, and colours set by hand. Gives no
// colour of its own: an appeal that is granted says what the deciding body said, and where that goes against the code's
// own system a second person confirms it. Who asked, carried, answered and confirmed are facts; words, papers and
// answers are sealed, stand in no list, and reading them is a fact.
//
// Facts: appeal.filed, appeal.withdrawn, appeal.read, appeal.carried, appeal.answered, health.colour_proposed,
// health.colour_set, health.colour_refused.
//
// Faults: appeal.unknown, appeal.unknown_paper, colour.unknown_proposal (not_found); appeal.over, appeal.one_open,
// appeal.at_the_top, colour.decided (conflict); appeal.above_you, colour.by_the_same (forbidden); appeal.no_words,
// appeal.bad_paper, appeal.too_many_papers, colour.no_document, health.reading_from_future (invalid).

#include "appeal/api.hpp"
#include "http/route.hpp"
#include "person/service.hpp"
#include "policy/rules_in_force.hpp"

namespace firstline::appeal {

// What the use cases depend on; all of it outlives them.
struct Parts {
  const person::Directory* people;
  const policy::RulesInForce* rules;
};

// Of the signed-in resident.
Result<api::MyCode> my_code_readings(http::Call& call);
Result<api::MyAppeals> my_appeals(http::Call& call, const Parts& parts);
Result<api::MyAppeals> file(http::Call& call, const Parts& parts, const api::FileAppeal& command);
Result<api::MyAppeals> withdraw(http::Call& call, const Parts& parts, AppealId id);

// Of the offices.
Result<api::AppealList> list(http::Call& call, const Parts& parts);
Result<api::AppealOpened> open(http::Call& call, const Parts& parts, AppealId id);
Result<api::PaperContent> paper(http::Call& call, const Parts& parts, AppealId id, PaperId paper);
Result<api::AppealList> carry(http::Call& call, const Parts& parts, AppealId id, const api::CarryAppeal& command);
Result<api::AppealList> answer(http::Call& call, const Parts& parts, AppealId id, const api::AnswerAppeal& command);

Result<api::CodeReadings> code_readings(http::Call& call, person::PersonRef who);
Result<api::ColourSet> set_colour(http::Call& call, person::PersonRef who, const api::SetColour& command);
Result<api::ProposalList> proposals(http::Call& call, const Parts& parts);
Result<api::ProposalList> decide(http::Call& call, const Parts& parts, ProposalId id, bool confirmed);

// Under my/ and communities/{community}. `parts` outlives the table.
void add_routes(http::RouteTable& table, const Parts& parts);

}  // namespace firstline::appeal
