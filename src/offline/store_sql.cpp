#include "offline/store.hpp"
#include "store/migration.hpp"

namespace firstline::offline {
namespace {

using store::Scope;
using store::Session;
using store::Statement;

const store::Migration records{24, "offline", R"sql(
create table offline_record (
  community_id bigint not null,
  id bigint not null,
  command_id bytea not null,
  device_id bigint,
  sequence bigint not null,
  gate_id bigint not null,
  account_id bigint,
  carried_by bigint,
  device_at bigint not null,
  skew_ms bigint not null,
  happened_at bigint not null,
  recorded_at bigint not null,
  pack_version bigint not null,
  kind text not null,
  state text not null check (state in ('applied', 'returned', 'conflict')),
  differs smallint not null,
  reproduced smallint not null,
  decided text not null,
  result text not null,
  seen_at bigint,
  seen_by bigint,
  primary key (community_id, id)
);
create unique index offline_record_command on offline_record (command_id, community_id);
create index offline_record_device on offline_record (community_id, device_id, sequence);
create index offline_record_open on offline_record (community_id, id) where differs = 1 and seen_at is null;

create table offline_conflict (
  community_id bigint not null,
  id bigint not null,
  record_id bigint not null,
  device_id bigint,
  gate_id bigint not null,
  subject text not null,
  field text not null,
  base text,
  device text,
  server text,
  happened_at bigint not null,
  recorded_at bigint not null,
  taken text,
  decided_at bigint,
  decided_by bigint,
  primary key (community_id, id)
);
create index offline_conflict_open on offline_conflict (community_id, id) where decided_at is null;
)sql"};

// Only what holds something that is to be forgotten one day.
const store::Migration contents{102, "offline", R"sql(
create index offline_record_content on offline_record (community_id, id) where decided <> '';
)sql"};

const std::string record_columns = store::columns_of<RecordRow>();
const std::string conflict_columns = store::columns_of<ConflictRow>();

const Statement insert_record{"offline.insert_record", Scope::community,
                              store::insert_text<RecordRow>("offline_record")};
const Statement select_record{
    "offline.select_record", Scope::community,
    "select " + record_columns + " from offline_record where community_id = $1 and command_id = $2"};
const Statement select_differences{"offline.select_differences", Scope::community,
                                   "select " + record_columns +
                                       " from offline_record where community_id = $1 and differs = 1 and seen_at is "
                                       "null order by id desc limit $2"};
const Statement update_seen{"offline.update_seen", Scope::community,
                            "update offline_record set seen_by = $3, seen_at = $4 where community_id = $1 and id = $2 "
                            "and differs = 1 and seen_at is null"};
const std::string counting =
    "select device_id, count(distinct sequence), max(sequence), sum(case when state = 'returned' then 1 else 0 end), "
    "max(recorded_at) from offline_record where community_id = $1 and ";
const Statement select_queue{"offline.select_queue", Scope::community, counting + "device_id = $2 group by device_id"};
const Statement select_queues{"offline.select_queues", Scope::community,
                              counting + "device_id is not null group by device_id order by device_id"};
const Statement select_sequences{"offline.select_sequences", Scope::community,
                                 "select distinct sequence from offline_record where community_id = $1 and device_id = "
                                 "$2 order by sequence"};

// Ids grow with the time of recording.
const Statement select_contents{"offline.select_contents", Scope::community,
                                "select id, result from offline_record where community_id = $1 and id < $2 and "
                                "decided <> '' and (differs = 0 or seen_at is not null) order by id limit $3"};
const Statement update_content{
    "offline.clear_content", Scope::community,
    "update offline_record set decided = '', result = $3 where community_id = $1 and id = $2"};
const Statement delete_conflicts{"offline.delete_conflicts", Scope::community,
                                 "delete from offline_conflict where community_id = $1 and decided_at < $2"};

const Statement insert_conflict{"offline.insert_conflict", Scope::community,
                                store::insert_text<ConflictRow>("offline_conflict")};
const Statement select_conflict{
    "offline.select_conflict", Scope::community,
    "select " + conflict_columns + " from offline_conflict where community_id = $1 and id = $2"};
const Statement select_conflicts{"offline.select_conflicts", Scope::community,
                                 "select " + conflict_columns +
                                     " from offline_conflict where community_id = $1 and decided_at is null order by "
                                     "id desc limit $2"};
const Statement update_conflict{"offline.update_conflict", Scope::community,
                                "update offline_conflict set taken = $3, decided_at = $4, decided_by = $5 where "
                                "community_id = $1 and id = $2 and decided_at is null"};

Result<void> done(Result<std::int64_t> changed) {
  if (!changed) return tl::unexpected(std::move(changed).error());
  return {};
}
Result<bool> whether(Result<std::int64_t> changed) {
  if (!changed) return tl::unexpected(std::move(changed).error());
  return *changed > 0;
}

}  // namespace

Result<void> add(Session& session, const RecordRow& record) { return done(session.insert(insert_record, record)); }
Result<std::optional<RecordRow>> load_record(Session& session, AreaId community, const Uuid& command) {
  return session.maybe<RecordRow>(select_record, community, command);
}
Result<std::vector<RecordRow>> load_differences(Session& session, AreaId community, int limit) {
  return session.all<RecordRow>(select_differences, community, limit);
}
Result<bool> save_seen(Session& session, AreaId community, RecordId record, AccountId by, Instant now) {
  return whether(session.run(update_seen, community, record, by, now));
}
Result<std::optional<QueueCount>> count_queue(Session& session, AreaId community, DeviceId device) {
  return session.maybe<QueueCount>(select_queue, community, device);
}
Result<std::vector<QueueCount>> count_queues(Session& session, AreaId community) {
  return session.all<QueueCount>(select_queues, community);
}
Result<std::vector<std::int64_t>> load_sequences(Session& session, AreaId community, DeviceId device) {
  return session.all<std::int64_t>(select_sequences, community, device);
}

Result<std::vector<ContentRow>> load_contents(Session& session, AreaId community, Instant before, int limit) {
  return session.all<ContentRow>(select_contents, community, first_id_at(before), limit);
}
Result<void> clear_content(Session& session, AreaId community, const ContentRow& row) {
  return done(session.run(update_content, community, row.id, row.result));
}
Result<std::int64_t> delete_decided_conflicts(Session& session, AreaId community, Instant before) {
  return session.run(delete_conflicts, community, before);
}
Result<void> add(Session& session, const ConflictRow& conflict) {
  return done(session.insert(insert_conflict, conflict));
}
Result<std::optional<ConflictRow>> load_conflict(Session& session, AreaId community, ConflictId id) {
  return session.maybe<ConflictRow>(select_conflict, community, id);
}
Result<std::vector<ConflictRow>> load_open_conflicts(Session& session, AreaId community, int limit) {
  return session.all<ConflictRow>(select_conflicts, community, limit);
}
Result<bool> save_decision(Session& session, const ConflictRow& conflict) {
  return whether(session.run(update_conflict, conflict.community_id, conflict.id, conflict.taken, conflict.decided_at,
                             conflict.decided_by));
}

}  // namespace firstline::offline
