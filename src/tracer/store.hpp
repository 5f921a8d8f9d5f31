#pragma once

// What is kept of tracing: runs, rows, encounters. SQL stands in store_sql.cpp only.

#include <map>

#include "store/session.hpp"
#include "tracer/model.hpp"

namespace firstline::tracer {

Result<void> add(store::Session& session, const Run& run);
Result<std::optional<Run>> load_run(store::Session& session, AreaId community, RunId id);
Result<std::optional<Run>> load_run_of_command(store::Session& session, AreaId community, const Uuid& command);
// Newest first; the newest hundred.
Result<std::vector<Run>> load_runs(store::Session& session, AreaId community);

Result<void> add(store::Session& session, const Row& row);
// In the order in which they were listed.
Result<std::vector<Row>> load_rows(store::Session& session, AreaId community, RunId run);
Result<std::optional<Row>> load_row(store::Session& session, AreaId community, RowId id);
// False if somebody changed it meanwhile.
Result<bool> save(store::Session& session, Row row);

// How far a run is: rows in all, and those that need nobody's call any more.
struct Progress {
  int rows = 0, called = 0, reached = 0;
};
Result<std::map<RunId, Progress>> load_progress(store::Session& session, AreaId community, RunId oldest);

Result<void> add(store::Session& session, const RowEncounter& encounter);
// By row and time.
Result<std::vector<RowEncounter>> load_encounters(store::Session& session, AreaId community, RunId run);
Result<std::vector<RowEncounter>> load_encounters(store::Session& session, AreaId community, RowId row);

// The run that holds what another community handed over.
Result<std::optional<Run>> load_run_of_origin(store::Session& session, AreaId community, AreaId origin,
                                              RunId origin_run);
// Newest first; at most fifty.
Result<std::vector<Row>> load_rows_of(store::Session& session, AreaId community, PersonId person);

Result<void> add(store::Session& session, const Step& step);
// Oldest first.
Result<std::vector<Step>> load_steps(store::Session& session, AreaId community, RowId row);
Result<bool> has_step(store::Session& session, AreaId community, const Uuid& command);

Result<void> add(store::Session& session, const Objection& objection);
Result<std::optional<Objection>> load_objection(store::Session& session, AreaId community, RowId row);
Result<std::vector<Objection>> load_objections(store::Session& session, AreaId community, RunId run);
// The answer. False if it has one.
Result<bool> save(store::Session& session, const Objection& objection);

}  // namespace firstline::tracer
