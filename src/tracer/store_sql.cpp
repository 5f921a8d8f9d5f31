#include "store/migration.hpp"
#include "tracer/store.hpp"

namespace firstline::tracer {
namespace {

using store::Scope;
using store::Session;
using store::Statement;

const store::Migration runs{150, "tracer", R"sql(
create table trace_run (
  community_id bigint not null,
  id bigint not null,
  command bytea not null,
  case_id bigint,
  person_id bigint,
  origin_id bigint,
  origin_run bigint,
  purpose text not null,
  onset_at bigint,
  from_at bigint not null,
  until_at bigint not null,
  direction text not null,
  depth smallint not null,
  lookback_days bigint not null,
  linger_minutes bigint not null,
  overlap_minutes_min bigint not null,
  close_minutes_min bigint not null,
  neighbours text not null,
  policy_version text not null,
  asked_by bigint,
  asked_at bigint not null,
  known_until bigint not null,
  left_out bigint not null,
  unknown bigint not null,
  found_microseconds bigint not null,
  listed_microseconds bigint not null,
  primary key (community_id, id)
);
create unique index trace_run_command on trace_run (community_id, command);
create table trace_row (
  community_id bigint not null,
  run_id bigint not null,
  id bigint not null,
  person_id bigint not null,
  home_id bigint not null,
  proposed text not null,
  category text not null,
  confidence text not null,
  bases bigint not null,
  via_id bigint,
  encounters bigint not null,
  overlap_seconds bigint not null,
  first_at bigint,
  last_at bigint,
  calls bigint not null,
  last_outcome text,
  last_called_at bigint,
  isolation_proposed_at bigint,
  test_proposed_at bigint,
  handed_off_at bigint,
  version bigint not null,
  primary key (community_id, id)
);
create unique index trace_row_once on trace_row (community_id, run_id, person_id);
create index trace_row_person on trace_row (community_id, person_id, id);
create table trace_encounter (
  community_id bigint not null,
  row_id bigint not null,
  id bigint not null,
  run_id bigint not null,
  basis text not null,
  place_id bigint not null,
  place_name text not null,
  from_at bigint not null,
  until_at bigint not null,
  primary key (community_id, row_id, id)
);
create index trace_encounter_run on trace_encounter (community_id, run_id);
)sql"};

const store::Migration work{151, "tracer", R"sql(
create index trace_run_origin on trace_run (community_id, origin_id, origin_run) where origin_id is not null;
create table trace_step (
  community_id bigint not null,
  row_id bigint not null,
  id bigint not null,
  command bytea not null,
  at bigint not null,
  account_id bigint,
  kind text not null,
  outcome text,
  category text,
  note_sealed bytea,
  primary key (community_id, row_id, id)
);
create unique index trace_step_command on trace_step (community_id, command);
create table trace_objection (
  community_id bigint not null,
  row_id bigint not null,
  id bigint not null,
  run_id bigint not null,
  said_at bigint not null,
  words_sealed bytea not null,
  state text not null,
  answered_at bigint,
  answered_by bigint,
  answer_sealed bytea,
  primary key (community_id, row_id)
);
create index trace_objection_run on trace_objection (community_id, run_id);
)sql"};

const std::string run_columns = store::columns_of<Run>(), row_columns = store::columns_of<Row>(),
                  encounter_columns = store::columns_of<RowEncounter>();

const Statement insert_run{"tracer.insert_run", Scope::community, store::insert_text<Run>("trace_run")};
const Statement select_run{"tracer.select_run", Scope::community,
                           "select " + run_columns + " from trace_run where community_id = $1 and id = $2"};
const Statement select_run_of_command{
    "tracer.select_run_of_command", Scope::community,
    "select " + run_columns + " from trace_run where community_id = $1 and command = $2"};
const Statement select_runs{
    "tracer.select_runs", Scope::community,
    "select " + run_columns + " from trace_run where community_id = $1 order by id desc limit 100"};
const Statement insert_row{"tracer.insert_row", Scope::community, store::insert_text<Row>("trace_row")};
const Statement select_rows{
    "tracer.select_rows", Scope::community,
    "select " + row_columns + " from trace_row where community_id = $1 and run_id = $2 order by id"};
const Statement select_row{"tracer.select_row", Scope::community,
                           "select " + row_columns + " from trace_row where community_id = $1 and id = $2"};
const Statement update_row{
    "tracer.update_row", Scope::community,
    "update trace_row set category = $4, calls = $5, last_outcome = $6, last_called_at = $7, isolation_proposed_at = $8, "
    "test_proposed_at = $9, handed_off_at = $10, version = $3 + 1 where community_id = $1 and id = $2 and version = $3"};
const Statement select_progress{
    "tracer.select_progress", Scope::community,
    "select run_id, count(*), sum(case when calls > 0 or handed_off_at is not null or category = 'not_a_contact' then 1 "
    "else 0 end), sum(case when last_outcome = 'reached' then 1 else 0 end) from trace_row where community_id = $1 and "
    "run_id >= $2 group by run_id"};
const Statement insert_encounter{"tracer.insert_encounter", Scope::community,
                                 store::insert_text<RowEncounter>("trace_encounter")};
const Statement select_encounters{"tracer.select_encounters", Scope::community,
                                  "select " + encounter_columns +
                                      " from trace_encounter where community_id = $1 and run_id = $2 order by row_id, "
                                      "from_at, id"};
const Statement select_encounters_of_row{
    "tracer.select_encounters_of_row", Scope::community,
    "select " + encounter_columns +
        " from trace_encounter where community_id = $1 and row_id = $2 order by from_at, id"};

const Statement select_run_of_origin{
    "tracer.select_run_of_origin", Scope::community,
    "select " + run_columns + " from trace_run where community_id = $1 and origin_id = $2 and origin_run = $3"};
const Statement select_rows_of{
    "tracer.select_rows_of", Scope::community,
    "select " + row_columns + " from trace_row where community_id = $1 and person_id = $2 order by id desc limit 50"};
const Statement insert_step{"tracer.insert_step", Scope::community, store::insert_text<Step>("trace_step")};
const Statement select_steps{
    "tracer.select_steps", Scope::community,
    "select " + store::columns_of<Step>() + " from trace_step where community_id = $1 and row_id = $2 order by id"};
const Statement select_step_of_command{"tracer.select_step_of_command", Scope::community,
                                       "select id from trace_step where community_id = $1 and command = $2"};
const std::string objection_columns = store::columns_of<Objection>();
const Statement insert_objection{"tracer.insert_objection", Scope::community,
                                 store::insert_text<Objection>("trace_objection")};
const Statement select_objection{
    "tracer.select_objection", Scope::community,
    "select " + objection_columns + " from trace_objection where community_id = $1 and row_id = $2"};
const Statement select_objections{
    "tracer.select_objections", Scope::community,
    "select " + objection_columns + " from trace_objection where community_id = $1 and run_id = $2"};
const Statement update_objection{
    "tracer.update_objection", Scope::community,
    "update trace_objection set state = $3, answered_at = $4, answered_by = $5, answer_sealed = $6 where community_id = "
    "$1 and row_id = $2 and state = 'open'"};

struct ProgressRow {
  RunId run_id;
  int rows = 0, called = 0, reached = 0;
};
BOOST_DESCRIBE_STRUCT(ProgressRow, (), (run_id, rows, called, reached))

}  // namespace

Result<void> add(Session& session, const Run& run) {
  FL_TRYV(session.insert(insert_run, run));
  return {};
}
Result<std::optional<Run>> load_run(Session& session, AreaId community, RunId id) {
  return session.maybe<Run>(select_run, community, id);
}
Result<std::optional<Run>> load_run_of_command(Session& session, AreaId community, const Uuid& command) {
  return session.maybe<Run>(select_run_of_command, community, command);
}
Result<std::vector<Run>> load_runs(Session& session, AreaId community) {
  return session.all<Run>(select_runs, community);
}

Result<void> add(Session& session, const Row& row) {
  FL_TRYV(session.insert(insert_row, row));
  return {};
}
Result<std::vector<Row>> load_rows(Session& session, AreaId community, RunId run) {
  return session.all<Row>(select_rows, community, run);
}
Result<std::optional<Row>> load_row(Session& session, AreaId community, RowId id) {
  return session.maybe<Row>(select_row, community, id);
}
Result<bool> save(Session& session, Row row) {
  FL_TRY(const auto rows,
         session.run(update_row, row.community_id, row.id, row.version, row.category, row.calls, row.last_outcome,
                     row.last_called_at, row.isolation_proposed_at, row.test_proposed_at, row.handed_off_at));
  return rows == 1;
}

Result<std::map<RunId, Progress>> load_progress(Session& session, AreaId community, RunId oldest) {
  FL_TRY(const auto rows, session.all<ProgressRow>(select_progress, community, oldest));
  std::map<RunId, Progress> progress;
  for (const ProgressRow& row : rows) progress[row.run_id] = {row.rows, row.called, row.reached};
  return progress;
}

Result<void> add(Session& session, const RowEncounter& encounter) {
  FL_TRYV(session.insert(insert_encounter, encounter));
  return {};
}
Result<std::vector<RowEncounter>> load_encounters(Session& session, AreaId community, RunId run) {
  return session.all<RowEncounter>(select_encounters, community, run);
}
Result<std::vector<RowEncounter>> load_encounters(Session& session, AreaId community, RowId row) {
  return session.all<RowEncounter>(select_encounters_of_row, community, row);
}

Result<std::optional<Run>> load_run_of_origin(Session& session, AreaId community, AreaId origin, RunId origin_run) {
  return session.maybe<Run>(select_run_of_origin, community, origin, origin_run);
}
Result<std::vector<Row>> load_rows_of(Session& session, AreaId community, PersonId person) {
  return session.all<Row>(select_rows_of, community, person);
}

Result<void> add(Session& session, const Step& step) {
  FL_TRYV(session.insert(insert_step, step));
  return {};
}
Result<std::vector<Step>> load_steps(Session& session, AreaId community, RowId row) {
  return session.all<Step>(select_steps, community, row);
}
Result<bool> has_step(Session& session, AreaId community, const Uuid& command) {
  FL_TRY(const auto found, session.maybe<std::int64_t>(select_step_of_command, community, command));
  return found.has_value();
}

Result<void> add(Session& session, const Objection& objection) {
  FL_TRYV(session.insert(insert_objection, objection));
  return {};
}
Result<std::optional<Objection>> load_objection(Session& session, AreaId community, RowId row) {
  return session.maybe<Objection>(select_objection, community, row);
}
Result<std::vector<Objection>> load_objections(Session& session, AreaId community, RunId run) {
  return session.all<Objection>(select_objections, community, run);
}
Result<bool> save(Session& session, const Objection& objection) {
  FL_TRY(const auto rows, session.run(update_objection, objection.community_id, objection.row_id, objection.state,
                                      objection.answered_at, objection.answered_by, objection.answer_sealed));
  return rows == 1;
}

}  // namespace firstline::tracer
