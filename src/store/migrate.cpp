#include <set>

#include "base/clock.hpp"
#include "store/connection.hpp"
#include "store/migration.hpp"

namespace firstline::store {
namespace {

const Statement select_applied{"store.select_migrations", Scope::key, "select name from migration order by name"};
const Statement insert_applied{"store.insert_migration", Scope::key,
                               "insert into migration (name, applied_at) values ($1, $2)"};

Result<void> apply(Connection& connection, const Migration& step) {
  FL_TRYV(connection.begin());
  auto outcome = connection.run_script(step.text);
  if (outcome) {
    if (auto marked = connection.run(insert_applied, step.key(), system_clock().now()); !marked)
      outcome = tl::unexpected(marked.error());
  }
  if (outcome) outcome = connection.commit();
  if (!outcome) {
    connection.rollback();
    outcome.error().where = step.key();
  }
  return outcome;
}

}  // namespace

Result<void> migrate(Connection& connection) {
  FL_TRYV(connection.run_script(
      "create table if not exists migration (name text primary key, applied_at bigint not null)"));
  FL_TRY(const auto names, connection.all<std::string>(select_applied));
  std::set<std::string> applied(names.begin(), names.end());
  for (const Migration* step : migrations()) {
    if (applied.erase(step->key()) != 0) continue;
    FL_TRYV(apply(connection, *step));
  }
  if (!applied.empty())
    return fail(FaultCode::stale, "store.database_newer", "the database has a step that this program does not know",
                *applied.begin());
  return {};
}

}  // namespace firstline::store
