#include "isolation/store.hpp"
#include "store/migration.hpp"
#include "store/statement.hpp"

namespace firstline::isolation {
namespace {

using store::Scope;
using store::Session;
using store::Statement;

const store::Migration orders{140, "isolation", R"sql(
create table isolation_order (
  community_id bigint not null,
  id bigint not null,
  person_id bigint not null,
  record_id bigint not null,
  ground text not null,
  ground_ref text not null,
  category text not null,
  exposed_at bigint,
  terms text not null,
  policy_version text not null,
  day_one bigint,
  effective_at bigint,
  ended_at bigint,
  created_by bigint not null,
  created_at bigint not null,
  primary key (community_id, id)
);
create index isolation_order_person on isolation_order (community_id, person_id, id);
create index isolation_order_record on isolation_order (community_id, record_id, id);
create table isolation_act (
  community_id bigint not null,
  id bigint not null,
  order_id bigint not null,
  kind text not null,
  terms text not null,
  policy_version text not null,
  reason_sealed bytea not null,
  proposed_by bigint not null,
  proposed_at bigint not null,
  decided_by bigint,
  decided_at bigint,
  approved smallint,
  issuer text not null,
  document text not null,
  note_sealed bytea,
  withdrawn_by bigint,
  withdrawn_at bigint,
  primary key (community_id, id)
);
create index isolation_act_order on isolation_act (community_id, order_id, id);
create table isolation_span (
  community_id bigint not null,
  id bigint not null,
  order_id bigint not null,
  person_id bigint not null,
  record_id bigint not null,
  kind text not null,
  from_at bigint not null,
  until_at bigint not null,
  planned_until bigint,
  primary key (community_id, id)
);
create index isolation_span_until on isolation_span (community_id, until_at);
create index isolation_span_person on isolation_span (community_id, person_id, until_at);
create index isolation_span_order on isolation_span (community_id, order_id, id);
create index isolation_span_record on isolation_span (community_id, record_id);
)sql"};

const std::string order_columns = store::columns_of<IsolationOrder>();
const std::string act_columns = store::columns_of<IsolationAct>();
const std::string span_columns = store::columns_of<IsolationSpan>();
const std::string of_one = " where community_id = $1 and id = $2";

const Statement insert_order{"isolation.insert_order", Scope::community,
                             store::insert_text<IsolationOrder>("isolation_order")};
const Statement select_order{"isolation.select_order", Scope::community,
                             "select " + order_columns + " from isolation_order" + of_one};
const Statement select_orders{
    "isolation.select_orders", Scope::community,
    "select " + order_columns +
        " from isolation_order where community_id = $1 and (ended_at is null or ended_at >= $2) order by id desc "
        "limit 500"};
const Statement select_orders_of{
    "isolation.select_orders_of", Scope::community,
    "select " + order_columns +
        " from isolation_order where community_id = $1 and person_id = $2 order by id desc limit 50"};
const Statement update_course{"isolation.update_course", Scope::community,
                              "update isolation_order set terms = $3, policy_version = $4, day_one = $5, "
                              "effective_at = $6, ended_at = $7" +
                                  of_one};

const Statement insert_act{"isolation.insert_act", Scope::community, store::insert_text<IsolationAct>("isolation_act")};
const Statement select_act{"isolation.select_act", Scope::community,
                           "select " + act_columns + " from isolation_act" + of_one};
const Statement select_acts{
    "isolation.select_acts", Scope::community,
    "select " + act_columns + " from isolation_act where community_id = $1 and order_id = $2 order by id"};
const Statement update_decided{
    "isolation.decide_act", Scope::community,
    "update isolation_act set decided_by = $3, decided_at = $4, approved = $5, issuer = $6, document = $7, "
    "note_sealed = $8" +
        of_one + " and decided_at is null and withdrawn_at is null"};
const Statement update_withdrawn{"isolation.withdraw_act", Scope::community,
                                 "update isolation_act set withdrawn_by = $3, withdrawn_at = $4" + of_one +
                                     " and decided_at is null and withdrawn_at is null"};

const Statement insert_span{"isolation.insert_span", Scope::community,
                            store::insert_text<IsolationSpan>("isolation_span")};
const Statement select_spans_of{
    "isolation.select_spans_of", Scope::community,
    "select " + span_columns +
        " from isolation_span where community_id = $1 and person_id = $2 and until_at > $3 and from_at <= $3"};
const Statement select_spans_at{
    "isolation.select_spans_at", Scope::community,
    "select " + span_columns + " from isolation_span where community_id = $1 and until_at > $2 and from_at <= $2"};
const Statement update_spans_end{
    "isolation.end_spans", Scope::community,
    "update isolation_span set until_at = $3 where community_id = $1 and order_id = $2 and until_at > $3"};

const Statement give_orders{"isolation.give_orders", Scope::community,
                            "update isolation_order set person_id = $3 where community_id = $1 and person_id = $2"};
const Statement give_spans{"isolation.give_spans", Scope::community,
                           "update isolation_span set person_id = $3 where community_id = $1 and person_id = $2"};
const Statement return_orders{"isolation.return_orders", Scope::community,
                              "update isolation_order set person_id = $3 where community_id = $1 and record_id = $2"};
const Statement return_spans{"isolation.return_spans", Scope::community,
                             "update isolation_span set person_id = $3 where community_id = $1 and record_id = $2"};

Result<bool> whether(Result<std::int64_t> changed) {
  if (!changed) return tl::unexpected(std::move(changed).error());
  return *changed > 0;
}

}  // namespace

Result<void> save(Session& session, const IsolationOrder& order) {
  FL_TRYV(session.insert(insert_order, order));
  return {};
}
Result<std::optional<IsolationOrder>> load_order(Session& session, AreaId community, OrderId id) {
  return session.maybe<IsolationOrder>(select_order, community, id);
}
Result<std::vector<IsolationOrder>> load_orders(Session& session, AreaId community, Instant ended_since) {
  return session.all<IsolationOrder>(select_orders, community, ended_since);
}
Result<std::vector<IsolationOrder>> load_orders_of(Session& session, AreaId community, PersonId person) {
  return session.all<IsolationOrder>(select_orders_of, community, person);
}
Result<void> save_course(Session& session, const IsolationOrder& order) {
  FL_TRYV(session.run(update_course, order.community_id, order.id, order.terms, order.policy_version, order.day_one,
                      order.effective_at, order.ended_at));
  return {};
}

Result<void> save(Session& session, const IsolationAct& act) {
  FL_TRYV(session.insert(insert_act, act));
  return {};
}
Result<std::optional<IsolationAct>> load_act(Session& session, AreaId community, IsolationActId id) {
  return session.maybe<IsolationAct>(select_act, community, id);
}
Result<std::vector<IsolationAct>> load_acts(Session& session, AreaId community, OrderId order) {
  return session.all<IsolationAct>(select_acts, community, order);
}
Result<bool> decide(Session& session, const IsolationAct& act) {
  return whether(session.run(update_decided, act.community_id, act.id, act.decided_by, act.decided_at, act.approved,
                             act.issuer, act.document, act.note_sealed));
}
Result<bool> withdraw(Session& session, const IsolationAct& act) {
  return whether(session.run(update_withdrawn, act.community_id, act.id, act.withdrawn_by, act.withdrawn_at));
}

Result<void> save(Session& session, const IsolationSpan& span) {
  FL_TRYV(session.insert(insert_span, span));
  return {};
}
Result<std::vector<IsolationSpan>> load_spans_of(Session& session, AreaId community, PersonId person, Instant at) {
  return session.all<IsolationSpan>(select_spans_of, community, person, at);
}
Result<std::vector<IsolationSpan>> load_spans_at(Session& session, AreaId community, Instant at) {
  return session.all<IsolationSpan>(select_spans_at, community, at);
}
Result<void> end_spans(Session& session, AreaId community, OrderId order, Instant at) {
  FL_TRYV(session.run(update_spans_end, community, order, at));
  return {};
}

Result<void> give(Session& session, AreaId community, PersonId from, PersonId to) {
  FL_TRYV(session.run(give_orders, community, from, to));
  FL_TRYV(session.run(give_spans, community, from, to));
  return {};
}
Result<void> give_back(Session& session, AreaId community, PersonId record, PersonId to) {
  FL_TRYV(session.run(return_orders, community, record, to));
  FL_TRYV(session.run(return_spans, community, record, to));
  return {};
}

}  // namespace firstline::isolation
