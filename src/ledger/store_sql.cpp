#include <algorithm>

#include "base/check.hpp"
#include "ledger/row.hpp"
#include "store/migration.hpp"

namespace firstline::ledger {
namespace {

using store::Scope;
using store::Statement;

// A chain crosses communities, so its order cannot be a unique key on a sharded database: `audit verify` finds a fork.
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
create unique index fact_chain on fact (community_id, writer, seq);
)sql"};

const Statement insert_fact{"ledger.insert_fact", Scope::community, store::insert_text<FactRow>("fact")};
const Statement select_head{"ledger.select_head", Scope::city,
                            "select " + store::columns_of<FactRow>() + " from fact where writer = $1 order by seq desc limit 1"};

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

}  // namespace firstline::ledger
