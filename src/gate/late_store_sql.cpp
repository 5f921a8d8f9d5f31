#include "area/model.hpp"
#include "gate/late_store.hpp"
#include "store/migration.hpp"

namespace firstline::gate {
namespace {

using store::Scope;
using store::Session;
using store::Statement;

const store::Migration late{22, "gate", R"sql(
create table pack_change (
  community_id bigint not null,
  id bigint not null,
  compound_id bigint not null,
  version bigint not null,
  primary key (community_id, id)
);
create table late_passage (
  -- in key order
  community_id bigint not null,
  happened_at bigint not null,
  passage_id bigint not null,
  decided_at bigint not null,
  primary key (community_id, happened_at, passage_id)
);
)sql"};

const Statement select_outings_below{
    "gate.select_outings_below", Scope::community,
    "select o.household_id, o.outings from area a join outing o on o.community_id = a.community_id and "
    "o.household_id = a.id where a.community_id = $1 and a.path >= $2 and a.path < $3 and a.kind = 'household' and "
    "o.day = $4"};
const Statement insert_change{"gate.insert_pack_change", Scope::community,
                              store::insert_text<PackChange>("pack_change")};
const Statement select_changes{"gate.select_pack_changes", Scope::community,
                               "select " + store::columns_of<PackChange>() +
                                   " from pack_change where community_id = $1 and id > $2 order by id limit $3"};
const Statement delete_changes{"gate.delete_pack_changes", Scope::community,
                               "delete from pack_change where community_id = $1 and id < $2"};
const Statement insert_late{
    "gate.insert_late", Scope::community,
    "insert into late_passage (community_id, happened_at, passage_id, decided_at) values ($1, $2, $3, $4)"};

const Statement select_late{
    "gate.select_late", Scope::community,
    "select decided_at from late_passage where community_id = $1 and happened_at = $2 and passage_id = $3"};
const Statement select_shift_at{
    "gate.select_shift_at", Scope::community,
    "select id from gate_shift where community_id = $1 and gate_id = $2 and account_id = $3 and started_at <= $4 and "
    "(ended_at is null or ended_at >= $4) order by id desc limit 1"};

Result<void> done(Result<std::int64_t> changed) {
  if (!changed) return tl::unexpected(std::move(changed).error());
  return {};
}

}  // namespace

Result<std::vector<HomeOutings>> outings_below(Session& session, AreaId community, std::string_view path, Date day) {
  const auto range = area::range_below(path);
  return session.all<HomeOutings>(select_outings_below, community, std::as_bytes(std::span(range.first)),
                                  std::as_bytes(std::span(range.last)), day);
}
Result<void> add(Session& session, const PackChange& change) { return done(session.insert(insert_change, change)); }
Result<std::vector<PackChange>> pack_changes_after(Session& session, AreaId community, std::int64_t after_id,
                                                   int limit) {
  return session.all<PackChange>(select_changes, community, after_id, limit);
}
Result<void> forget_pack_changes(Session& session, AreaId community, std::int64_t before_id) {
  return done(session.run(delete_changes, community, before_id));
}
Result<std::optional<Instant>> late_decision(Session& session, AreaId community, Instant at, PassageId passage) {
  return session.maybe<Instant>(select_late, community, at, passage);
}
Result<bool> had_shift(Session& session, AreaId community, GateId gate, AccountId account, Instant moment) {
  FL_TRY(const auto found, session.maybe<ShiftId>(select_shift_at, community, gate, account, moment));
  return found.has_value();
}
Result<void> add_late(Session& session, AreaId community, PassageId passage, Instant happened_at, Instant decided_at) {
  return done(session.run(insert_late, community, happened_at, passage, decided_at));
}

}  // namespace firstline::gate
