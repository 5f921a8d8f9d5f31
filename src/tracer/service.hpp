#pragma once

// The tracer's list 流调: a run is asked on a purpose, finds everybody who shared a home, a stairwell or a place's
// minutes with a case inside the window, and is kept with its rows until the response is over. What is proposed of a
// row is rules.hpp's; what is done about it is the officer's, and each step is a fact.
//
// Names and phones are masked. People who live in another community stand in the list without a name: their own officer
// finds them once they are handed off.
//
// Facts, each about its person: trace.asked, trace.called, trace.classified, trace.isolation_proposed,
// trace.test_proposed, trace.handed_off, trace.taken_over, trace.objected, trace.objection_read,
// trace.objection_answered.
//
// Faults: trace.no_objection (not_found); trace.changed, trace.handed_off, trace.same_category,
// trace.nothing_to_propose, trace.proposed_before, trace.lives_here, trace.objected_before, trace.objection_answered
// (conflict); trace.words_bad (invalid); person.unknown, trace.unknown_run, trace.unknown_row (not_found);
// trace.not_determined, trace.secondary_not_determined (conflict: the policy in force names no contacts, or none of
// contacts, any more), trace.case_needed (conflict: a case is opened first), trace.onset_missing, trace.window_bad,
// trace.parameter_bad (invalid), trace.not_ready (unavailable: the index is being rebuilt).

#include "http/route.hpp"
#include "person/service.hpp"
#include "policy/rules_in_force.hpp"
#include "trace/service.hpp"
#include "tracer/api.hpp"

namespace firstline::tracer {

// Something proposed for somebody in a list: what other modules make of it stands in app/reactions.cpp.
struct Proposed {
  person::PersonRef who;
  Proposal what = Proposal::isolation;
  Category category = Category::close_contact;
  std::optional<Instant> last_exposure;
  RunId run_id;
  RowId row_id;
};
using OnProposed = std::function<Result<void>(http::Call&, const Proposed&)>;

// What the use cases depend on; all of it outlives them.
struct Ground {
  const person::Directory* people;
  const policy::RulesInForce* rules;
  const trace::Follower* follower;
  OnProposed proposed{};  // In the same transaction; none: the proposal stands in the list alone.
};

inline constexpr std::size_t rows_max = 300, latest_max = 5, encounters_max = 100;

// In the community of the call's place, where the case must live. Asked again under the same id it is the same run.
Result<api::TraceRun> ask(http::Call& call, const Ground& ground, const api::TraceCommand& command);
Result<api::TraceRuns> runs(http::Call& call, const Ground& ground);
Result<api::TraceRun> run(http::Call& call, const Ground& ground, RunId id);
Result<api::TraceRowDetail> row(http::Call& call, const Ground& ground, RowId id);

// Of the officer: each a step that is kept, and a fact. Asked again under the same id nothing happens twice.
Result<api::TraceRowDetail> log_call(http::Call& call, const Ground& ground, RowId id,
                                     const api::LogTraceCall& command);
Result<api::TraceRowDetail> classify(http::Call& call, const Ground& ground, RowId id,
                                     const api::ClassifyContact& command);
Result<api::TraceRowDetail> propose(http::Call& call, const Ground& ground, RowId id,
                                    const api::ProposeForContact& command);
// To the officer of the community that they live in, with only what is needed there.
Result<api::TraceRowDetail> hand_off(http::Call& call, const Ground& ground, RowId id, const http::CommandId& command);
Result<api::TraceObjection> read_objection(http::Call& call, const Ground& ground, RowId id);
Result<api::TraceRowDetail> answer_objection(http::Call& call, const Ground& ground, RowId id,
                                             const api::AnswerTraceObjection& command);

// Of the signed-in resident.
Result<api::MyTracings> my_tracings(http::Call& call, const Ground& ground);
Result<api::MyTracings> object(http::Call& call, const Ground& ground, RowId id, const api::ObjectToTracing& command);

// Under communities/{community} and my/. `ground` outlives the table.
void add_routes(http::RouteTable& table, const Ground& ground);

}  // namespace firstline::tracer
