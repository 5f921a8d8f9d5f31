#pragma once

// The tracer's list 流调: a run is asked on a purpose, finds everybody who shared a home, a stairwell or a place's
// minutes with a case inside the window, and is kept with its rows until the response is over. What is proposed of a
// row is rules.hpp's; what is done about it is the officer's, and each step is a fact.
//
// Names and phones are masked. People who live in another community stand in the list without a name: their own officer
// finds them once they are handed off.
//
// Faults: person.unknown, trace.unknown_run, trace.unknown_row (not_found); trace.not_determined,
// trace.secondary_not_determined (conflict: the policy in force names no contacts, or none of contacts, any more),
// trace.case_needed (conflict: a case is opened first), trace.onset_missing, trace.window_bad, trace.parameter_bad
// (invalid), trace.not_ready (unavailable: the index is being rebuilt).

#include "http/route.hpp"
#include "person/service.hpp"
#include "policy/rules_in_force.hpp"
#include "trace/service.hpp"
#include "tracer/api.hpp"

namespace firstline::tracer {

// What the use cases depend on; all of it outlives them.
struct Ground {
  const person::Directory* people;
  const policy::RulesInForce* rules;
  const trace::Follower* follower;
};

inline constexpr std::size_t rows_max = 300, latest_max = 5, encounters_max = 100;

// In the community of the call's place, where the case must live. Asked again under the same id it is the same run.
Result<api::TraceRun> ask(http::Call& call, const Ground& ground, const api::TraceCommand& command);
Result<api::TraceRuns> runs(http::Call& call, const Ground& ground);
Result<api::TraceRun> run(http::Call& call, const Ground& ground, RunId id);
Result<api::TraceRowDetail> row(http::Call& call, const Ground& ground, RowId id);

// Under communities/{community}/traces. `ground` outlives the table.
void add_routes(http::RouteTable& table, const Ground& ground);

}  // namespace firstline::tracer
