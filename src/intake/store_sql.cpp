#include "intake/store.hpp"
#include "store/migration.hpp"

namespace firstline::intake {
namespace {

using store::Bytes;
using store::Scope;
using store::Session;
using store::Statement;

const store::Migration imports{30, "intake", R"sql(
create table intake_import (
  community_id bigint not null,
  id bigint not null,
  command_id bytea not null,
  file_name text not null,
  state text not null,
  at bigint not null,
  account_id bigint,
  headings text not null,
  mapping text not null,
  allow_new_homes smallint not null,
  take_good_rows smallint not null,
  counts text not null,
  problems text not null,
  gone text not null,
  done bigint not null,
  total bigint not null,
  kept_back bigint not null,
  ended_at bigint,
  primary key (community_id, id)
);
create unique index intake_import_command on intake_import (community_id, command_id);

create table intake_file (
  community_id bigint not null,
  import_id bigint not null,
  sealed bytea not null,
  primary key (community_id, import_id)
);

create table intake_taken (
  community_id bigint not null,
  import_id bigint not null,
  line bigint not null,
  action text not null,
  person_id bigint not null,
  after_hash bytea not null,
  before_sealed bytea,
  primary key (community_id, import_id, line)
);

create table intake_mapping (
  community_id bigint not null,
  headings text not null,
  mapping text not null,
  primary key (community_id, headings)
);
)sql"};

// Rows that may be somebody who is there, and what a person said to that.
const store::Migration questions{66, "intake", R"sql(
alter table intake_import add column questions text not null default '[]';
alter table intake_import add column answers text not null default '[]';
)sql"};

// Compounds, grids and buildings that a list brings, and the grids that its buildings were in.
const store::Migration places{98, "intake", R"sql(
alter table intake_import add column brought text not null
  default '{"compounds":[],"grids":[],"buildings_added":0,"buildings_moved":0}';
alter table intake_import add column moved_buildings text not null default '[]';
)sql"};

const std::string columns = store::columns_of<Import>();
const Statement insert_import{
    "intake.insert", Scope::community,
    store::insert_text<Import>("intake_import", "on conflict (community_id, command_id) do nothing")};
const Statement select_import{"intake.select", Scope::community,
                              "select " + columns + " from intake_import where community_id = $1 and id = $2"};
const Statement select_by_command{
    "intake.select_by_command", Scope::community,
    "select " + columns + " from intake_import where community_id = $1 and command_id = $2"};
const Statement select_newest{
    "intake.select_newest", Scope::community,
    "select " + columns + " from intake_import where community_id = $1 order by id desc limit $2"};
const Statement update_import{
    "intake.update", Scope::community,
    "update intake_import set state = $3, mapping = $4, allow_new_homes = $5, take_good_rows = $6, counts = $7, "
    "problems = $8, gone = $9, questions = $10, answers = $11, brought = $12, moved_buildings = $13, done = $14, "
    "total = $15, kept_back = $16, ended_at = $17 where community_id = $1 and id = $2"};
const Statement insert_file{"intake.insert_file", Scope::community,
                            "insert into intake_file (community_id, import_id, sealed) values ($1, $2, $3) "
                            "on conflict (community_id, import_id) do nothing"};
const Statement select_file{"intake.select_file", Scope::community,
                            "select sealed from intake_file where community_id = $1 and import_id = $2"};
const Statement delete_file_of{"intake.delete_file", Scope::community,
                               "delete from intake_file where community_id = $1 and import_id = $2"};
const Statement discard_old{
    "intake.discard_old", Scope::community,
    "update intake_import set state = 'discarded' where community_id = $1 and id < $2 and state in "
    "('uploaded', 'compared')"};
const Statement delete_old_files{"intake.delete_old_files", Scope::community,
                                 "delete from intake_file where community_id = $1 and import_id < $2"};
const Statement insert_taken{"intake.insert_taken", Scope::community, store::insert_text<Taken>("intake_taken")};
const Statement select_taken{"intake.select_taken", Scope::community,
                             "select " + store::columns_of<Taken>() +
                                 " from intake_taken where community_id = $1 and import_id = $2 and line < $3 "
                                 "order by line desc limit $4"};
const Statement select_one_taken{
    "intake.select_one_taken", Scope::community,
    "select person_id from intake_taken where community_id = $1 and import_id = $2 and line = $3"};
const Statement select_mapping{"intake.select_mapping", Scope::community,
                               "select mapping from intake_mapping where community_id = $1 and headings = $2"};
const Statement upsert_mapping{"intake.upsert_mapping", Scope::community,
                               "insert into intake_mapping (community_id, headings, mapping) values ($1, $2, $3) "
                               "on conflict (community_id, headings) do update set mapping = excluded.mapping"};

}  // namespace

Result<bool> add(Session& session, const Import& import) {
  FL_TRY(const auto added, session.insert(insert_import, import));
  return added > 0;
}
Result<std::optional<Import>> load(Session& session, AreaId community, ImportId id) {
  return session.maybe<Import>(select_import, community, id);
}
Result<std::optional<Import>> load_by_command(Session& session, AreaId community, const Uuid& command) {
  return session.maybe<Import>(select_by_command, community, command);
}
Result<std::vector<Import>> load_newest(Session& session, AreaId community, int limit) {
  return session.all<Import>(select_newest, community, limit);
}
Result<void> save(Session& session, const Import& import) {
  FL_TRYV(session.run(update_import, import.community_id, import.id, import.state, import.mapping,
                      import.allow_new_homes, import.take_good_rows, import.counts, import.problems, import.gone,
                      import.questions, import.answers, import.brought, import.moved_buildings, import.done,
                      import.total, import.kept_back, import.ended_at));
  return {};
}

Result<void> save_file(Session& session, AreaId community, ImportId id, const Bytes& sealed) {
  FL_TRYV(session.run(insert_file, community, id, sealed));
  return {};
}
Result<std::optional<Bytes>> load_file(Session& session, AreaId community, ImportId id) {
  return session.maybe<Bytes>(select_file, community, id);
}
Result<void> delete_file(Session& session, AreaId community, ImportId id) {
  FL_TRYV(session.run(delete_file_of, community, id));
  return {};
}

Result<void> discard_before(Session& session, AreaId community, std::int64_t id) {
  FL_TRYV(session.run(discard_old, community, id));
  FL_TRYV(session.run(delete_old_files, community, id));
  return {};
}

Result<void> add(Session& session, const Taken& taken) {
  FL_TRYV(session.insert(insert_taken, taken));
  return {};
}
Result<bool> has_taken(Session& session, AreaId community, ImportId id, int line) {
  FL_TRY(const auto found, session.maybe<PersonId>(select_one_taken, community, id, line));
  return found.has_value();
}
Result<std::vector<Taken>> taken_below(Session& session, AreaId community, ImportId id, int line, int limit) {
  return session.all<Taken>(select_taken, community, id, line, limit);
}

Result<std::optional<std::string>> load_mapping(Session& session, AreaId community, std::string_view headings) {
  return session.maybe<std::string>(select_mapping, community, headings);
}
Result<void> save_mapping(Session& session, AreaId community, std::string_view headings, std::string_view mapping) {
  FL_TRYV(session.run(upsert_mapping, community, headings, mapping));
  return {};
}

}  // namespace firstline::intake
