#include "laboratory/store.hpp"
#include "store/migration.hpp"

namespace firstline::laboratory {
namespace {

using store::Scope;
using store::Session;
using store::Statement;

const store::Migration batches{121, "laboratory", R"sql(
create table laboratory_batch (
  community_id bigint not null,
  id bigint not null,
  command_id bytea not null,
  kind text not null,
  source text not null,
  file_name text not null,
  at bigint not null,
  account_id bigint,
  state text not null,
  counts text not null,
  rejections text not null,
  primary key (community_id, id)
);
create unique index laboratory_batch_command on laboratory_batch (community_id, command_id);
)sql"};

const std::string columns = store::columns_of<Batch>();
// A batch of several communities has no community: 0, not null, because it is part of the key.
const Statement insert_batch{
    "laboratory.insert", Scope::community,
    "insert into laboratory_batch (" + columns +
        ") values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) on conflict (community_id, command_id) do nothing"};
const Statement select_batch{"laboratory.select", Scope::community,
                             "select " + columns + " from laboratory_batch where community_id = $1 and id = $2"};
const Statement select_by_command{
    "laboratory.select_by_command", Scope::community,
    "select " + columns + " from laboratory_batch where community_id = $1 and command_id = $2"};
const Statement select_newest{
    "laboratory.select_newest", Scope::community,
    "select " + columns + " from laboratory_batch where community_id = $1 order by id desc limit $2"};
const Statement update_batch{
    "laboratory.update", Scope::community,
    "update laboratory_batch set state = $3, counts = $4, rejections = $5 where community_id = $1 and id = $2"};

}  // namespace

Result<bool> add(Session& session, const Batch& batch) {
  FL_TRY(const auto rows,
         session.run(insert_batch, batch.community_id.value, batch.id, batch.command_id, batch.kind, batch.source,
                     batch.file_name, batch.at, batch.account_id, batch.state, batch.counts, batch.rejections));
  return rows == 1;
}
Result<std::optional<Batch>> load(Session& session, AreaId community, health::BatchId id) {
  return session.maybe<Batch>(select_batch, community.value, id);
}
Result<std::optional<Batch>> load_by_command(Session& session, AreaId community, const Uuid& command) {
  return session.maybe<Batch>(select_by_command, community.value, command);
}
Result<std::vector<Batch>> load_newest(Session& session, AreaId community, int limit) {
  return session.all<Batch>(select_newest, community.value, limit);
}
Result<void> save_progress(Session& session, const Batch& batch) {
  FL_TRYV(session.run(update_batch, batch.community_id.value, batch.id, batch.state, batch.counts, batch.rejections));
  return {};
}

}  // namespace firstline::laboratory
