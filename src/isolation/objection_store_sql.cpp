#include "isolation/objections.hpp"
#include "store/migration.hpp"
#include "store/statement.hpp"

namespace firstline::isolation {
namespace {

using store::Scope;
using store::Session;
using store::Statement;

const store::Migration objecting{142, "isolation objection", R"sql(
create table isolation_objection (
  community_id bigint not null,
  id bigint not null,
  order_id bigint not null,
  account_id bigint not null,
  text_sealed bytea not null,
  at bigint not null,
  due_at bigint not null,
  answered_for text not null,
  answer_sealed bytea,
  answered_by bigint,
  answered_at bigint,
  primary key (community_id, id)
);
create index isolation_objection_order on isolation_objection (community_id, order_id, id);
create index isolation_objection_open on isolation_objection (community_id, due_at) where answered_at is null;
)sql"};

const std::string columns = store::columns_of<IsolationObjection>();
const Statement insert_objection{"isolation.insert_objection", Scope::community,
                                 store::insert_text<IsolationObjection>("isolation_objection")};
const Statement select_objections{
    "isolation.select_objections", Scope::community,
    "select " + columns + " from isolation_objection where community_id = $1 and order_id = $2 order by id desc"};
const Statement select_open{"isolation.select_open_objections", Scope::community,
                            "select " + columns +
                                " from isolation_objection where community_id = $1 and answered_at is null order by "
                                "due_at limit 500"};
const Statement update_answer{
    "isolation.answer_objection", Scope::community,
    "update isolation_objection set answered_for = $3, answer_sealed = $4, answered_by = $5, answered_at = $6 where "
    "community_id = $1 and id = $2 and answered_at is null"};

}  // namespace

Result<void> save(Session& session, const IsolationObjection& objection) {
  FL_TRYV(session.insert(insert_objection, objection));
  return {};
}
Result<std::vector<IsolationObjection>> load_objections(Session& session, AreaId community, OrderId order) {
  return session.all<IsolationObjection>(select_objections, community, order);
}
Result<std::vector<IsolationObjection>> load_open_objections(Session& session, AreaId community) {
  return session.all<IsolationObjection>(select_open, community);
}
Result<bool> save_answer(Session& session, const IsolationObjection& objection) {
  FL_TRY(const auto rows, session.run(update_answer, objection.community_id, objection.id, objection.answered_for,
                                      objection.answer_sealed, objection.answered_by, objection.answered_at));
  return rows == 1;
}

}  // namespace firstline::isolation
