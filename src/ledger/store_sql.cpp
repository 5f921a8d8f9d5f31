#include <algorithm>
#include <limits>

#include "base/check.hpp"
#include "ledger/query.hpp"
#include "ledger/store.hpp"
#include "store/acting.hpp"
#include "store/migration.hpp"

namespace firstline::ledger {
namespace {

using store::Scope;
using store::Statement;

// A chain crosses communities, so its order cannot be a unique key on a sharded database: `audit verify` finds a fork.
// The index serves both: unique within a community, and a chain in its order.
const store::Migration facts{5, "ledger", R"sql(
create table fact (
  community_id bigint not null,
  id bigint not null,
  writer bigint not null,
  seq bigint not null,
  at bigint not null,
  recorded_at bigint not null,
  actor bigint not null,
  device bigint not null,
  area bigint not null,
  kind text not null,
  subject text not null,
  policy_version text not null,
  body text not null,
  previous_hash bytea not null,
  hash bytea not null,
  primary key (community_id, id)
);
create unique index fact_chain on fact (writer, seq, community_id);
)sql"};

const std::string fact_columns = store::columns_of<FactRow>();

// Everything about one person, pass or import, of which a community's facts hold only a few.
const store::Migration fact_subject{60, "ledger", R"sql(
create index fact_subject on fact (community_id, subject, id);
)sql"};

// In which role somebody acted. Facts of before verify by their own version.
const store::Migration fact_role{72, "ledger", R"sql(
alter table fact add column role text not null default '';
alter table fact add column hash_version smallint not null default 1;
)sql"};

const Statement insert_fact{"ledger.insert_fact", Scope::community, store::insert_text<FactRow>("fact")};
const Statement select_head{"ledger.select_head", Scope::city,
                            "select " + fact_columns + " from fact where writer = $1 order by seq desc limit 1"};
const Statement select_chains{"ledger.select_chains", Scope::city,
                              "select " + fact_columns +
                                  " from fact where (writer, seq, community_id, id) > ($1, $2, $3, $4) "
                                  "order by writer, seq, community_id, id limit $5"};
const Statement select_place{"ledger.select_place", Scope::city,
                             "select hash from fact where writer = $1 and seq = $2 order by community_id, id"};
const Statement select_writers{"ledger.select_writers", Scope::city,
                               "select writer, max(seq) from fact group by writer order by writer"};
const Statement select_facts{
    "ledger.select_facts", Scope::community,
    "select " + fact_columns +
        " from fact where community_id = $1 and id >= $2 and id < $3 and substr(kind, 1, length($4)) = $4 "
        "and ($5 = 0 or actor = $5) and ($6 = '' or role = $6) and substr(kind, length(kind) - length($7) + 1) = $7 order by id desc limit $8"};
const Statement select_facts_about{
    "ledger.select_facts_about", Scope::community,
    "select " + fact_columns +
        " from fact where community_id = $1 and subject = $2 and id >= $3 and id < $4 and substr(kind, 1, length($5)) = $5 "
        "and ($6 = 0 or actor = $6) and ($7 = '' or role = $7) and substr(kind, length(kind) - length($8) + 1) = $8 order by id desc limit $9"};
const Statement select_fact{"ledger.select_fact", Scope::community,
                            "select " + fact_columns + " from fact where community_id = $1 and id = $2"};
const Statement select_fact_anywhere{"ledger.select_fact_anywhere", Scope::city,
                                     "select " + fact_columns + " from fact where id = $1"};

}  // namespace

Result<FactId> write(store::Session& session, const Draft& draft) {
  store::ChainHead& chain = session.chain();
  FL_CHECK(chain.writer != 0);
  FactRow row;
  row.community_id = draft.community.value;
  row.id = session.new_id<FactId>(draft.recorded_at);
  row.writer = chain.writer;
  row.seq = chain.seq + 1;
  row.at = draft.at;
  row.recorded_at = draft.recorded_at;
  row.actor = draft.actor.value;
  row.device = draft.device.value;
  row.area = draft.area.value;
  row.kind = draft.kind;
  row.subject = draft.subject;
  row.policy_version = draft.policy_version;
  row.body = draft.body;
  row.previous_hash.assign(chain.hash.begin(), chain.hash.end());
  row.role = draft.role.value_or(draft.actor ? store::acting_as(session) : std::string());
  row.hash_version = hash_version_now;
  row.hash = hash_of(row);
  FL_TRY([[maybe_unused]] const auto inserted, session.insert(insert_fact, row));
  chain.seq = row.seq;
  std::copy(row.hash.begin(), row.hash.end(), chain.hash.begin());
  return row.id;
}

Result<store::ChainHead> load_chain(store::Session& session, std::int64_t chain) {
  store::ChainHead head{chain, 0, {}};
  FL_TRY(const auto last, session.maybe<FactRow>(select_head, chain));
  if (last) {
    FL_CHECK(last->hash.size() == head.hash.size());
    head.seq = last->seq;
    std::copy(last->hash.begin(), last->hash.end(), head.hash.begin());
  }
  return head;
}

Result<std::vector<FactRow>> chains_after(store::Session& session, const ChainPlace& place, int limit) {
  return session.all<FactRow>(select_chains, place.writer, place.seq, place.community_id, place.id, limit);
}

Result<std::vector<store::Bytes>> hashes_at(store::Session& session, std::int64_t writer, std::int64_t seq) {
  return session.all<store::Bytes>(select_place, writer, seq);
}

Result<std::vector<WriterEnd>> chain_ends(store::Session& session) { return session.all<WriterEnd>(select_writers); }

Result<std::vector<FactRow>> facts(store::Session& session, const FactFilter& filter) {
  const std::int64_t until = filter.until ? filter.until.value : std::numeric_limits<std::int64_t>::max();
  if (!filter.subject.empty())
    return session.all<FactRow>(select_facts_about, filter.community.value, filter.subject, filter.since.value, until,
                                filter.kind_prefix, filter.actor.value, filter.role, filter.kind_end, filter.limit);
  return session.all<FactRow>(select_facts, filter.community.value, filter.since.value, until, filter.kind_prefix,
                              filter.actor.value, filter.role, filter.kind_end, filter.limit);
}

Result<std::optional<FactRow>> find_fact(store::Session& session, AreaId community, FactId id) {
  return session.maybe<FactRow>(select_fact, community.value, id);
}

Result<std::optional<FactRow>> find_fact_anywhere(store::Session& session, FactId id) {
  return session.maybe<FactRow>(select_fact_anywhere, id);
}

}  // namespace firstline::ledger
