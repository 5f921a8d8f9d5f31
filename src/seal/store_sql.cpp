#include <span>

#include "area/model.hpp"
#include "seal/store.hpp"
#include "store/migration.hpp"
#include "store/statement.hpp"

namespace firstline::seal {

BOOST_DESCRIBE_STRUCT(CodeOwner, (), (community_id, order_id))

namespace {

using store::Scope;
using store::Session;
using store::Statement;

const store::Migration orders{110, "seal", R"sql(
create table seal_order (
  community_id bigint not null,
  id bigint not null,
  code text not null,
  ground text not null,
  ground_ref text not null,
  justification text not null,
  smaller_scope text not null,
  review_at bigint not null,
  clock_anchor text,
  clock_at bigint,
  not_before bigint,
  policy_version text not null,
  created_by bigint not null,
  created_at bigint not null,
  primary key (community_id, id)
);
create table seal_code (
  -- in key order
  code text not null primary key,
  community_id bigint not null,
  order_id bigint not null
);
create table seal_act (
  community_id bigint not null,
  id bigint not null,
  order_id bigint not null,
  kind text not null,
  changes text not null,
  reason text not null,
  starts_at bigint,
  review_at bigint,
  not_before bigint,
  proposed_by bigint not null,
  proposed_at bigint not null,
  decided_by bigint,
  decided_at bigint,
  approved smallint,
  issuer text not null,
  document text not null,
  note text not null,
  announced_by bigint,
  announced_at bigint,
  effective_at bigint,
  withdrawn_by bigint,
  withdrawn_at bigint,
  primary key (community_id, id)
);
create index seal_act_order on seal_act (community_id, order_id, id);
create table seal_span (
  community_id bigint not null,
  id bigint not null,
  order_id bigint not null,
  area_id bigint not null,
  path bytea not null,
  level text not null,
  from_at bigint not null,
  until_at bigint not null,
  designated_at bigint not null,
  came_from_sealed smallint not null,
  primary key (community_id, id)
);
create index seal_span_until on seal_span (community_id, until_at);
create index seal_span_order on seal_span (community_id, order_id, id);
create table seal_happening (
  community_id bigint not null,
  id bigint not null,
  order_id bigint not null,
  area_id bigint,
  kind text not null,
  ref text not null,
  person_id bigint,
  at bigint not null,
  reported_at bigint,
  outside_unit smallint,
  kept_at_home smallint,
  new_contacts smallint,
  fact_id bigint not null,
  recorded_by bigint not null,
  recorded_at bigint not null,
  struck_by bigint,
  struck_at bigint,
  primary key (community_id, id)
);
create index seal_happening_order on seal_happening (community_id, order_id, id);
create table seal_exit_check (
  community_id bigint not null,
  id bigint not null,
  order_id bigint not null,
  area_id bigint not null,
  kind text not null,
  open smallint not null,
  note text not null,
  photo bytea not null,
  checked_by bigint not null,
  checked_at bigint not null,
  primary key (community_id, id)
);
create index seal_exit_check_order on seal_exit_check (community_id, order_id, id);
create table seal_objection (
  community_id bigint not null,
  id bigint not null,
  order_id bigint not null,
  household_id bigint not null,
  account_id bigint not null,
  text bytea not null,
  at bigint not null,
  due_at bigint not null,
  answered_for text not null,
  answer text not null,
  answered_by bigint,
  answered_at bigint,
  primary key (community_id, id)
);
create table seal_change (
  community_id bigint not null,
  id bigint not null,
  order_id bigint not null,
  kind text not null,
  primary key (community_id, id)
);
)sql"};

const std::string of_one = " where community_id = $1 and id = $2";
const std::string of_order = " where community_id = $1 and order_id = $2 order by id";
const std::string span_columns = store::columns_of<SpanRow>();

const Statement insert_order{"seal.insert_order", Scope::community, store::insert_text<SealOrder>("seal_order")};
const Statement select_order{"seal.select_order", Scope::community,
                             "select " + store::columns_of<SealOrder>() + " from seal_order" + of_one};
const Statement select_orders{
    "seal.select_orders", Scope::community,
    "select " + store::columns_of<SealOrder>() + " from seal_order where community_id = $1 order by id desc"};
const Statement update_terms{"seal.update_terms", Scope::community,
                             "update seal_order set review_at = $3, not_before = $4" + of_one};
const Statement insert_code{"seal.insert_code", Scope::key,
                            "insert into seal_code (code, community_id, order_id) values ($1, $2, $3)"};
const Statement select_code{"seal.select_code", Scope::key,
                            "select community_id, order_id from seal_code where code = $1"};

const Statement insert_act{"seal.insert_act", Scope::community, store::insert_text<Act>("seal_act")};
const Statement select_act{"seal.select_act", Scope::community,
                           "select " + store::columns_of<Act>() + " from seal_act" + of_one};
const Statement select_acts{"seal.select_acts", Scope::community,
                            "select " + store::columns_of<Act>() + " from seal_act" + of_order};
const Statement update_decided{
    "seal.decide_act", Scope::community,
    "update seal_act set decided_by = $3, decided_at = $4, approved = $5, issuer = $6, document = $7, note = $8" +
        of_one + " and decided_at is null and withdrawn_at is null"};
const Statement update_announced{"seal.announce_act", Scope::community,
                                 "update seal_act set announced_by = $3, announced_at = $4, effective_at = $5" +
                                     of_one + " and approved = 1 and announced_at is null and withdrawn_at is null"};
const Statement update_withdrawn{"seal.withdraw_act", Scope::community,
                                 "update seal_act set withdrawn_by = $3, withdrawn_at = $4" + of_one +
                                     " and announced_at is null and withdrawn_at is null"};

const Statement insert_span{"seal.insert_span", Scope::community, store::insert_text<SpanRow>("seal_span")};
const Statement select_spans_at{
    "seal.select_spans_at", Scope::community,
    "select " + span_columns + " from seal_span where community_id = $1 and until_at > $2 and from_at <= $2"};
const Statement select_spans_from{
    "seal.select_spans_from", Scope::community,
    "select " + span_columns + " from seal_span where community_id = $1 and until_at > $2 order by id"};
const Statement select_spans_of{"seal.select_spans_of", Scope::community,
                                "select " + span_columns + " from seal_span" + of_order};
const Statement update_span_end{"seal.end_span", Scope::community,
                                "update seal_span set until_at = $3" + of_one + " and until_at > $3"};

const Statement insert_happening{"seal.insert_happening", Scope::community,
                                 store::insert_text<Happening>("seal_happening")};
const Statement select_happenings{"seal.select_happenings", Scope::community,
                                  "select " + store::columns_of<Happening>() + " from seal_happening" + of_order};
const Statement update_struck{
    "seal.strike_happening", Scope::community,
    "update seal_happening set struck_by = $3, struck_at = $4" + of_one + " and struck_at is null"};

const Statement insert_check{"seal.insert_check", Scope::community, store::insert_text<ExitCheck>("seal_exit_check")};
const Statement select_checks{
    "seal.select_checks", Scope::community,
    "select community_id, id, order_id, area_id, kind, open, note, checked_by, checked_at from seal_exit_check" +
        of_order};
const Statement select_check{"seal.select_check", Scope::community,
                             "select " + store::columns_of<ExitCheck>() + " from seal_exit_check" + of_one};

const Statement insert_objection{"seal.insert_objection", Scope::community,
                                 store::insert_text<Objection>("seal_objection")};
const Statement select_objection{"seal.select_objection", Scope::community,
                                 "select " + store::columns_of<Objection>() + " from seal_objection" + of_one};
const Statement select_objections{"seal.select_objections", Scope::community,
                                  "select " + store::columns_of<Objection>() +
                                      " from seal_objection where community_id = $1 order by "
                                      "case when answered_at is null then 0 else 1 end, due_at, id"};
const Statement update_answered{
    "seal.answer_objection", Scope::community,
    "update seal_objection set answered_for = $3, answer = $4, answered_by = $5, answered_at = $6" + of_one +
        " and answered_at is null"};

const Statement insert_change{"seal.insert_change", Scope::community, store::insert_text<Change>("seal_change")};
const Statement select_changes{"seal.select_changes", Scope::community,
                               "select " + store::columns_of<Change>() +
                                   " from seal_change where community_id = $1 and id > $2 order by id "
                                   "limit $3"};

// With the path's own node, which may be a home.
const Statement select_people{
    "seal.select_people_below", Scope::community,
    "select p.id from area a join person p on p.community_id = a.community_id and p.household_id = a.id "
    "where a.community_id = $1 and a.path >= $2 and a.path < $3 and a.kind = 'household'"};

struct CheckRow {
  AreaId community_id;
  ExitCheckId id;
  OrderId order_id;
  AreaId area_id;
  ExitKind kind = ExitKind::fire_exit;
  bool open = true;
  std::string note;
  AccountId checked_by;
  Instant checked_at{};
};
BOOST_DESCRIBE_STRUCT(CheckRow, (), (community_id, id, order_id, area_id, kind, open, note, checked_by, checked_at))

Result<bool> whether(Result<std::int64_t> changed) {
  if (!changed) return tl::unexpected(std::move(changed).error());
  return *changed > 0;
}
template <class Row>
Result<void> put(Session& session, const Statement& statement, const Row& row) {
  FL_TRYV(session.insert(statement, row));
  return {};
}

}  // namespace

Result<void> save(Session& session, const SealOrder& order) {
  FL_TRYV(put(session, insert_order, order));
  FL_TRYV(session.run(insert_code, order.code, order.community_id, order.id));
  return {};
}
Result<std::optional<SealOrder>> load_order(Session& session, AreaId community, OrderId id) {
  return session.maybe<SealOrder>(select_order, community, id);
}
Result<std::vector<SealOrder>> load_orders(Session& session, AreaId community) {
  return session.all<SealOrder>(select_orders, community);
}
Result<std::optional<CodeOwner>> find_code(Session& session, std::string_view code) {
  return session.maybe<CodeOwner>(select_code, code);
}
Result<void> save_terms(Session& session, const SealOrder& order) {
  FL_TRYV(session.run(update_terms, order.community_id, order.id, order.review_at, order.not_before));
  return {};
}

Result<void> save(Session& session, const Act& act) { return put(session, insert_act, act); }
Result<std::optional<Act>> load_act(Session& session, AreaId community, ActId id) {
  return session.maybe<Act>(select_act, community, id);
}
Result<std::vector<Act>> load_acts(Session& session, AreaId community, OrderId order) {
  return session.all<Act>(select_acts, community, order);
}
Result<bool> decide(Session& session, const Act& act) {
  return whether(session.run(update_decided, act.community_id, act.id, act.decided_by, act.decided_at, act.approved,
                             act.issuer, act.document, act.note));
}
Result<bool> announce(Session& session, const Act& act) {
  return whether(
      session.run(update_announced, act.community_id, act.id, act.announced_by, act.announced_at, act.effective_at));
}
Result<bool> withdraw(Session& session, const Act& act) {
  return whether(session.run(update_withdrawn, act.community_id, act.id, act.withdrawn_by, act.withdrawn_at));
}

Result<void> save(Session& session, const SpanRow& span) { return put(session, insert_span, span); }
Result<std::vector<SpanRow>> load_spans_at(Session& session, AreaId community, Instant at) {
  return session.all<SpanRow>(select_spans_at, community, at);
}
Result<std::vector<SpanRow>> load_spans_of(Session& session, AreaId community, OrderId order) {
  return session.all<SpanRow>(select_spans_of, community, order);
}
Result<std::vector<SpanRow>> load_spans_from(Session& session, AreaId community, Instant at) {
  return session.all<SpanRow>(select_spans_from, community, at);
}
Result<bool> end_span(Session& session, AreaId community, SpanId id, Instant until) {
  return whether(session.run(update_span_end, community, id, until));
}

Result<void> save(Session& session, const Happening& happening) { return put(session, insert_happening, happening); }
Result<std::vector<Happening>> load_happenings(Session& session, AreaId community, OrderId order) {
  return session.all<Happening>(select_happenings, community, order);
}
Result<bool> strike(Session& session, AreaId community, HappeningId id, AccountId by, Instant at) {
  return whether(session.run(update_struck, community, id, by, at));
}

Result<void> save(Session& session, const ExitCheck& check) { return put(session, insert_check, check); }
Result<std::vector<ExitCheck>> load_checks(Session& session, AreaId community, OrderId order) {
  FL_TRY(auto rows, session.all<CheckRow>(select_checks, community, order));
  std::vector<ExitCheck> checks;
  for (CheckRow& row : rows)
    checks.push_back({row.community_id,
                      row.id,
                      row.order_id,
                      row.area_id,
                      row.kind,
                      row.open,
                      std::move(row.note),
                      {},
                      row.checked_by,
                      row.checked_at});
  return checks;
}
Result<std::optional<ExitCheck>> load_check(Session& session, AreaId community, ExitCheckId id) {
  return session.maybe<ExitCheck>(select_check, community, id);
}

Result<void> save(Session& session, const Objection& objection) { return put(session, insert_objection, objection); }
Result<std::optional<Objection>> load_objection(Session& session, AreaId community, ObjectionId id) {
  return session.maybe<Objection>(select_objection, community, id);
}
Result<std::vector<Objection>> load_objections(Session& session, AreaId community) {
  return session.all<Objection>(select_objections, community);
}
Result<bool> answer(Session& session, const Objection& objection) {
  return whether(session.run(update_answered, objection.community_id, objection.id, objection.answered_for,
                             objection.answer, objection.answered_by, objection.answered_at));
}

Result<std::vector<PersonId>> load_people_below(Session& session, AreaId community, std::string_view path) {
  const auto range = area::range_below(path);
  return session.all<PersonId>(select_people, community, std::as_bytes(std::span(path)),
                               std::as_bytes(std::span(range.last)));
}

Result<void> note_change(Session& session, const Change& change) { return put(session, insert_change, change); }
Result<std::vector<Change>> load_changes_after(Session& session, AreaId community, std::int64_t after, int limit) {
  return session.all<Change>(select_changes, community, after, limit);
}

}  // namespace firstline::seal
