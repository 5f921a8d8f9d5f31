#include "drill/store.hpp"
#include "store/migration.hpp"

namespace firstline::drill {
namespace {

using store::Scope;
using store::Session;
using store::Statement;

// Which communities were generated, from what: a reference table, changed by hand.
const store::Migration generated{90, "drill", R"sql(
create table generated_community (
  number bigint not null primary key,
  community_id bigint not null,
  seed bigint not null,
  people bigint not null,
  of_communities bigint not null,
  finished smallint not null
);
)sql"};

// When its people were born as of, and when their readings were last renewed.
const store::Migration dated{91, "drill", R"sql(
alter table generated_community add column made_at bigint not null default 0;
alter table generated_community add column readings_at bigint not null default 0;
)sql"};

const std::string columns = store::columns_of<MadeCommunity>();
const Statement insert_made{"drill.insert_generated", Scope::key,
                            store::insert_text<MadeCommunity>("generated_community")};
const Statement update_finished{"drill.finish_generated", Scope::key,
                                "update generated_community set finished = 1 where number = $1"};
const Statement update_readings{"drill.set_readings_at", Scope::key,
                                "update generated_community set readings_at = $2 where number = $1"};
const Statement select_made{"drill.select_generated", Scope::key,
                            "select " + columns + " from generated_community order by number"};

}  // namespace

Result<void> save(Session& session, const MadeCommunity& made) {
  FL_TRYV(session.insert(insert_made, made));
  return {};
}
Result<void> finish(Session& session, std::int64_t number) {
  FL_TRYV(session.run(update_finished, number));
  return {};
}
Result<void> set_readings_at(Session& session, std::int64_t number, Instant at) {
  FL_TRYV(session.run(update_readings, number, at));
  return {};
}
Result<std::vector<MadeCommunity>> load_made(Session& session) { return session.all<MadeCommunity>(select_made); }

}  // namespace firstline::drill
