#include "gate/service.hpp"
#include "gate/store.hpp"
#include "store/migration.hpp"

namespace firstline::gate {
namespace {

using store::Scope;
using store::Statement;

// Rows and their one index, the command's id, arrive in time order, so that a group of passages fills a handful of
// pages, from however many communities it comes: an index that began with the community would change one page of its
// own for nearly every passage, and writing pages costs more than the verdict. Counting therefore scans a day by id, on
// SQLite that of all communities in the file (usually one), on PostgreSQL that of the community. The outcomes stand in
// no list: SQLite would make a table of it for every row.
const store::Migration passages{20, "gate", R"sql(
create table passage (
  -- numbered by id
  community_id bigint not null,
  id bigint not null,
  command_id bytea not null,
  line smallint not null,
  gate_id bigint not null,
  person_community_id bigint,
  person_id bigint,
  household_id bigint,
  at bigint not null,
  device_at bigint not null,
  direction text not null check (direction in ('in', 'out')),
  recognised_by text not null,
  outcome text not null check (outcome = 'pass' or outcome = 'pass_with_reminder' or outcome = 'register_first' or
    outcome = 'refuse' or outcome = 'hold'),
  people smallint not null,
  policy_version text not null,
  arguments text not null,
  reasons text not null,
  account_id bigint,
  device_id bigint,
  primary key (community_id, id)
);
create unique index passage_command on passage (command_id, community_id, line);

create table passage_note (
  community_id bigint not null,
  id bigint not null,
  passage_id bigint not null,
  kind text not null check (kind in ('undo', 'override')),
  at bigint not null,
  account_id bigint,
  reason text not null,
  note text not null,
  primary key (community_id, id)
);
create unique index passage_note_once on passage_note (community_id, passage_id, kind);

create table outing (
  -- in key order
  community_id bigint not null,
  household_id bigint not null,
  day bigint not null,
  outings bigint not null,
  primary key (community_id, household_id, day)
);

create table alarm (
  community_id bigint not null,
  id bigint not null,
  kind text not null check (kind in ('override', 'emergency', 'hold')),
  at bigint not null,
  gate_id bigint not null,
  passage_id bigint not null,
  note text not null,
  primary key (community_id, id)
);
create table alarm_seen (
  community_id bigint not null,
  id bigint not null,
  alarm_id bigint not null,
  account_id bigint not null,
  at bigint not null,
  primary key (community_id, id)
);
create unique index alarm_seen_once on alarm_seen (community_id, alarm_id, account_id);

create table gate_shift (
  community_id bigint not null,
  id bigint not null,
  gate_id bigint not null,
  account_id bigint not null,
  started_at bigint not null,
  ended_at bigint,
  note text not null,
  primary key (community_id, id)
);
create index gate_shift_gate on gate_shift (community_id, gate_id, id);
)sql"};

const store::Migration shifts_of_account{71, "gate", R"sql(
create index gate_shift_account on gate_shift (account_id);
)sql"};

// A late override's row is as young as its recording, its time is not.
const store::Migration notes_by_time{101, "gate", R"sql(
create index passage_note_at on passage_note (community_id, at) where kind = 'override';
)sql"};

// An alarm may be about what happened at no gate: gate and passage may be missing, and its kind is no longer one of
// three.
const store::Migration alarms_about_anything{131, "gate", R"sql(
create table alarm_of_any_kind (
  community_id bigint not null,
  id bigint not null,
  kind text not null,
  at bigint not null,
  gate_id bigint,
  passage_id bigint,
  subject text not null,
  note text not null,
  primary key (community_id, id)
);
insert into alarm_of_any_kind (community_id, id, kind, at, gate_id, passage_id, subject, note)
  select community_id, id, kind, at, gate_id, passage_id, '', note from alarm;
drop table alarm;
alter table alarm_of_any_kind rename to alarm;
)sql"};

const std::string passage_columns = store::columns_of<Passage>();

const Statement insert_passage{
    "gate.insert_passage", Scope::community,
    store::insert_text<Passage>("passage", "on conflict (command_id, community_id, line) do nothing")};
const Statement select_by_command{
    "gate.select_by_command", Scope::community,
    "select " + passage_columns + " from passage where community_id = $1 and command_id = $2 order by line"};
const Statement select_passage{"gate.select_passage", Scope::community,
                               "select " + passage_columns + " from passage where community_id = $1 and id = $2"};
const Statement select_anywhere{"gate.select_anywhere", Scope::city,
                                "select " + passage_columns + " from passage where id = $1"};
const Statement select_after{
    "gate.select_after", Scope::community,
    "select " + passage_columns + " from passage where community_id = $1 and id > $2 order by id limit $3"};
const Statement select_range{
    "gate.select_range", Scope::community,
    "select " + passage_columns + " from passage where community_id = $1 and id >= $2 and id < $3 order by id"};

const Statement insert_note{"gate.insert_note", Scope::community, store::insert_text<PassageNote>("passage_note")};
const Statement select_notes{"gate.select_notes", Scope::community,
                             "select " + store::columns_of<PassageNote>() +
                                 " from passage_note where community_id = $1 and passage_id = $2 order by id"};

const Statement select_outings{"gate.select_outings", Scope::community,
                               "select outings from outing where community_id = $1 and household_id = $2 and day = $3"};
const Statement upsert_outing{
    "gate.upsert_outing", Scope::community,
    "insert into outing (community_id, household_id, day, outings) values ($1, $2, $3, $4) "
    "on conflict (community_id, household_id, day) do update set outings = outing.outings + excluded.outings"};

const std::string not_undone =
    " not exists (select 1 from passage_note n where n.community_id = p.community_id and n.passage_id = p.id and n.kind = 'undo')";
// Passages of a span of ids; one that was recorded later than it happened (at most 32 days) counts where it happened.
std::string counted(const std::string& columns) {
  return "(select " + columns +
         " from passage p where p.community_id = $1 and p.id >= $2 and p.id < $3 and p.id not in (select l.passage_id "
         "from late_passage l where l.community_id = $1 and l.happened_at >= $4 - 2764800000 and l.happened_at < $5) and" +
         not_undone + " union all select " + columns +
         " from late_passage l join passage p on p.community_id = l.community_id and p.id = l.passage_id "
         "where l.community_id = $1 and l.happened_at >= $4 and l.happened_at < $5 and" +
         not_undone + ") p";
}
const Statement select_counts{
    "gate.select_counts", Scope::community,
    "select p.gate_id, p.direction, p.outcome, p.recognised_by, sum(p.people), max(p.at) from " +
        counted("p.gate_id, p.direction, p.outcome, p.recognised_by, p.people, p.at") +
        " group by p.gate_id, p.direction, p.outcome, p.recognised_by"};
const Statement select_presences{
    "gate.select_presences", Scope::community,
    "select p.id, p.person_id, p.gate_id, p.at, p.person_community_id from passage p where p.community_id = $1 and p.id > $2 "
    "and p.id < $3 and p.person_id is not null and" +
        not_undone + " order by p.id limit $4"};
// People per gate and step of time: through inward, through outward, turned back.
std::string flow_by(const std::string& step) {
  return "select p.gate_id, " + step +
         ", sum(case when p.direction = 'in' and p.outcome in ('pass', 'pass_with_reminder') then p.people else 0 end), "
         "sum(case when p.direction = 'out' and p.outcome in ('pass', 'pass_with_reminder') then p.people else 0 end), "
         "sum(case when p.outcome in ('refuse', 'hold', 'register_first') then p.people else 0 end) from " +
         counted("p.gate_id, p.at, p.direction, p.outcome, p.people") + " group by p.gate_id, " + step +
         " order by 2, 1";
}
const Statement select_flow{"gate.select_flow", Scope::community, flow_by("(p.at + 28800000) / 3600000")};
const Statement select_flow_by_steps{"gate.select_flow_by_steps", Scope::community, flow_by("p.at / 300000")};
const Statement select_refused_reasons{
    "gate.select_refused_reasons", Scope::community,
    "select p.reasons, sum(p.people) from " + counted("p.reasons, p.people, p.outcome") +
        " where p.outcome in ('refuse', 'hold', 'register_first') group by p.reasons"};
const Statement select_overrides{
    "gate.select_overrides", Scope::community,
    "select p.gate_id, count(*) from passage_note n join passage p on p.community_id = n.community_id and "
    "p.id = n.passage_id where n.community_id = $1 and n.at >= $2 and n.at < $3 and n.kind = 'override' "
    "group by p.gate_id"};

const Statement insert_alarm{"gate.insert_alarm", Scope::community, store::insert_text<Alarm>("alarm")};
const Statement select_alarm{
    "gate.select_alarm", Scope::community,
    "select " + store::columns_of<Alarm>() + " from alarm where community_id = $1 and id = $2"};
const Statement select_alarms_since{"gate.select_alarms_since", Scope::community,
                                    "select " + store::columns_of<Alarm>() +
                                        " from alarm where community_id = $1 and id >= $2 order by id desc limit $3"};
const Statement select_alarms_after{
    "gate.select_alarms_after", Scope::community,
    "select " + store::columns_of<Alarm>() + " from alarm where community_id = $1 and id > $2 order by id limit $3"};
const Statement select_seen{"gate.select_seen", Scope::community,
                            "select " + store::columns_of<AlarmSeen>() +
                                " from alarm_seen where community_id = $1 and alarm_id = $2 order by id"};
const Statement select_seen_after{"gate.select_seen_after", Scope::community,
                                  "select " + store::columns_of<AlarmSeen>() +
                                      " from alarm_seen where community_id = $1 and id > $2 order by id limit $3"};
const Statement insert_seen{
    "gate.insert_seen", Scope::community,
    store::insert_text<AlarmSeen>("alarm_seen", "on conflict (community_id, alarm_id, account_id) do nothing")};

const Statement insert_shift{"gate.insert_shift", Scope::community, store::insert_text<GateShift>("gate_shift")};
const Statement select_open_shift{
    "gate.select_open_shift", Scope::community,
    "select " + store::columns_of<GateShift>() +
        " from gate_shift where community_id = $1 and gate_id = $2 and account_id = $3 and ended_at is null "
        "order by id desc limit 1"};
const Statement select_open_shifts_of{
    "gate.select_open_shifts_of", Scope::city,
    "select " + store::columns_of<GateShift>() + " from gate_shift where account_id = $1 and ended_at is null"};
const Statement select_last_closed{
    "gate.select_last_closed_shift", Scope::community,
    "select " + store::columns_of<GateShift>() +
        " from gate_shift where community_id = $1 and gate_id = $2 and ended_at is not null "
        "order by id desc limit 1"};
const Statement update_shift_closed{
    "gate.update_shift_closed", Scope::community,
    "update gate_shift set ended_at = $3, note = $4 where community_id = $1 and id = $2"};

Result<void> done(Result<std::int64_t> changed) {
  if (!changed) return tl::unexpected(std::move(changed).error());
  return {};
}

}  // namespace

using store::Session;

Result<bool> add(Session& session, const Passage& passage) {
  FL_TRY(const auto added, session.insert(insert_passage, passage));
  return added > 0;
}
Result<std::vector<Passage>> passages_of_command(Session& session, AreaId community, const Uuid& command_id) {
  return session.all<Passage>(select_by_command, community, command_id);
}
Result<std::optional<Passage>> find_passage(Session& session, AreaId community, PassageId id) {
  return session.maybe<Passage>(select_passage, community, id);
}
Result<std::optional<Passage>> find_passage_anywhere(Session& session, PassageId id) {
  return session.maybe<Passage>(select_anywhere, id);
}
Result<std::vector<Passage>> passages_after(Session& session, AreaId community, std::int64_t after_id, int limit) {
  return session.all<Passage>(select_after, community, after_id, limit);
}
Result<void> each_passage(Session& session, AreaId community, std::int64_t from_id, std::int64_t until_id,
                          const std::function<void(const store::RowView&)>& on_row) {
  const std::array values{store::to_value(community), store::to_value(from_id), store::to_value(until_id)};
  return session.query(select_range, values, on_row);
}
Result<std::vector<Presence>> presences(Session& session, AreaId community, std::int64_t after_id,
                                        std::int64_t until_id, int limit) {
  return session.all<Presence>(select_presences, community, after_id, until_id, limit);
}
Result<void> add(Session& session, const PassageNote& note) { return done(session.insert(insert_note, note)); }
Result<std::vector<PassageNote>> notes_of(Session& session, AreaId community, PassageId id) {
  return session.all<PassageNote>(select_notes, community, id);
}

Result<int> outings(Session& session, AreaId community, AreaId household, Date day) {
  FL_TRY(auto found, session.maybe<int>(select_outings, community, household, day));
  return found.value_or(0);
}
Result<void> count_outing(Session& session, AreaId community, AreaId household, Date day, int by) {
  return done(session.run(upsert_outing, community, household, day, by));
}

Result<std::vector<StepCount>> flow_by_steps(Session& session, AreaId community, std::int64_t from_id,
                                             std::int64_t until_id) {
  return session.all<StepCount>(select_flow_by_steps, community, from_id, until_id, instant_of(from_id),
                                instant_of(until_id));
}
Result<std::vector<RefusedReasons>> refused_reasons(Session& session, AreaId community, std::int64_t from_id,
                                                    std::int64_t until_id) {
  return session.all<RefusedReasons>(select_refused_reasons, community, from_id, until_id, instant_of(from_id),
                                     instant_of(until_id));
}
Result<std::vector<Count>> counts(Session& session, AreaId community, std::int64_t from_id, std::int64_t until_id) {
  return session.all<Count>(select_counts, community, from_id, until_id, instant_of(from_id), instant_of(until_id));
}
Result<std::vector<HourCount>> flow(Session& session, AreaId community, std::int64_t from_id, std::int64_t until_id) {
  return session.all<HourCount>(select_flow, community, from_id, until_id, instant_of(from_id), instant_of(until_id));
}
Result<std::vector<GateCount>> overrides(Session& session, AreaId community, std::int64_t from_id,
                                         std::int64_t until_id) {
  return session.all<GateCount>(select_overrides, community, instant_of(from_id), instant_of(until_id));
}

Result<void> add(Session& session, const Alarm& alarm) { return done(session.insert(insert_alarm, alarm)); }
Result<std::optional<Alarm>> find_alarm(Session& session, AreaId community, AlarmId id) {
  return session.maybe<Alarm>(select_alarm, community, id);
}
Result<std::vector<Alarm>> alarms_since(Session& session, AreaId community, std::int64_t since_id, int limit) {
  return session.all<Alarm>(select_alarms_since, community, since_id, limit);
}
Result<std::vector<Alarm>> alarms_after(Session& session, AreaId community, std::int64_t after_id, int limit) {
  return session.all<Alarm>(select_alarms_after, community, after_id, limit);
}
Result<std::vector<AlarmSeen>> seen_of(Session& session, AreaId community, AlarmId id) {
  return session.all<AlarmSeen>(select_seen, community, id);
}
Result<std::vector<AlarmSeen>> seen_after(Session& session, AreaId community, std::int64_t after_id, int limit) {
  return session.all<AlarmSeen>(select_seen_after, community, after_id, limit);
}
Result<bool> add(Session& session, const AlarmSeen& seen) {
  FL_TRY(const auto added, session.insert(insert_seen, seen));
  return added > 0;
}

Result<void> add(Session& session, const GateShift& shift) { return done(session.insert(insert_shift, shift)); }
Result<std::optional<GateShift>> open_shift(Session& session, AreaId community, GateId gate, AccountId account) {
  return session.maybe<GateShift>(select_open_shift, community, gate, account);
}
Result<std::optional<GateShift>> last_closed_shift(Session& session, AreaId community, GateId gate) {
  return session.maybe<GateShift>(select_last_closed, community, gate);
}
Result<std::vector<GateShift>> open_shifts_of(Session& session, AccountId account) {
  return session.all<GateShift>(select_open_shifts_of, account);
}
Result<void> close_shift(Session& session, const GateShift& shift) {
  return done(session.run(update_shift_closed, shift.community_id, shift.id, shift.ended_at, shift.note));
}

}  // namespace firstline::gate
