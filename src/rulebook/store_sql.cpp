#include "rulebook/store.hpp"
#include "store/migration.hpp"
#include "store/statement.hpp"

namespace firstline::rulebook {
namespace {

using store::Scope;
using store::Session;
using store::Statement;

const store::Migration changes{80, "rulebook", R"sql(
create table rule_change (
  id bigint not null primary key,
  area_id bigint not null,
  area_path text not null,
  pack text not null,
  put_in smallint not null,
  starts_at bigint not null,
  order_text text not null,
  proposed_by bigint not null,
  proposed_at bigint not null,
  confirmed_by bigint,
  confirmed_at bigint,
  withdrawn_by bigint,
  withdrawn_at bigint
);
)sql"};

const Statement insert_change{"rulebook.insert_change", Scope::key, store::insert_text<Change>("rule_change")};
const Statement select_change{"rulebook.select_change", Scope::key,
                              "select " + store::columns_of<Change>() + " from rule_change where id = $1"};
const Statement select_changes{"rulebook.select_changes", Scope::city,
                               "select " + store::columns_of<Change>() + " from rule_change order by starts_at, id"};
const Statement update_confirmed{
    "rulebook.confirm", Scope::key,
    "update rule_change set confirmed_by = $2, confirmed_at = $3 where id = $1 and confirmed_at is null and "
    "withdrawn_at is null"};
const Statement update_withdrawn{
    "rulebook.withdraw", Scope::key,
    "update rule_change set withdrawn_by = $2, withdrawn_at = $3 where id = $1 and withdrawn_at is null"};

Result<bool> whether(Result<std::int64_t> changed) {
  if (!changed) return tl::unexpected(std::move(changed).error());
  return *changed > 0;
}

}  // namespace

Result<void> save(Session& session, const Change& change) {
  FL_TRYV(session.insert(insert_change, change));
  return {};
}
Result<std::optional<Change>> load_change(Session& session, ChangeId id) {
  return session.maybe<Change>(select_change, id);
}
Result<std::vector<Change>> load_changes(Session& session) { return session.all<Change>(select_changes); }
Result<bool> confirm(Session& session, ChangeId id, AccountId by, Instant at) {
  return whether(session.run(update_confirmed, id, by, at));
}
Result<bool> withdraw(Session& session, ChangeId id, AccountId by, Instant at) {
  return whether(session.run(update_withdrawn, id, by, at));
}

}  // namespace firstline::rulebook
