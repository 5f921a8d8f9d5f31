#include "isolation/watch_store.hpp"
#include "store/migration.hpp"
#include "store/statement.hpp"

namespace firstline::isolation {
namespace {

using store::Scope;
using store::Session;
using store::Statement;

const store::Migration watching{141, "isolation watch", R"sql(
create table isolation_report (
  community_id bigint not null,
  id bigint not null,
  order_id bigint not null,
  at bigint not null,
  temperature_tenths bigint,
  symptoms text not null,
  given_by bigint not null,
  on_behalf smallint not null,
  primary key (community_id, id)
);
create index isolation_report_order on isolation_report (community_id, order_id, id);
create index isolation_report_at on isolation_report (community_id, at);
create table isolation_alert (
  community_id bigint not null,
  id bigint not null,
  order_id bigint not null,
  kind text not null,
  about_at bigint not null,
  raised_at bigint not null,
  reported_at bigint,
  answered_by bigint,
  answered_at bigint,
  answer text,
  primary key (community_id, id)
);
create unique index isolation_alert_about on isolation_alert (community_id, order_id, kind, about_at);
create table isolation_transfer (
  community_id bigint not null,
  id bigint not null,
  order_id bigint not null,
  step text not null,
  at bigint not null,
  details_sealed bytea not null,
  recorded_by bigint not null,
  primary key (community_id, id)
);
create unique index isolation_transfer_step on isolation_transfer (community_id, order_id, step);
)sql"};

const std::string report_columns = store::columns_of<HealthReport>();
const std::string alert_columns = store::columns_of<IsolationAlert>();
const Statement insert_report{"isolation.insert_report", Scope::community,
                              store::insert_text<HealthReport>("isolation_report")};
const Statement select_reports{
    "isolation.select_reports", Scope::community,
    "select " + report_columns + " from isolation_report where community_id = $1 and order_id = $2 order by id"};
const Statement select_reports_since{
    "isolation.select_reports_since", Scope::community,
    "select " + report_columns + " from isolation_report where community_id = $1 and at >= $2 order by id"};
const Statement insert_alert{"isolation.insert_alert", Scope::community,
                             store::insert_text<IsolationAlert>("isolation_alert") +
                                 " on conflict (community_id, order_id, kind, about_at) do nothing"};
const Statement select_alert{"isolation.select_alert", Scope::community,
                             "select " + alert_columns + " from isolation_alert where community_id = $1 and id = $2"};
const Statement select_alerts{
    "isolation.select_alerts", Scope::community,
    "select " + alert_columns +
        " from isolation_alert where community_id = $1 and id >= $2 order by id desc limit 300"};
const Statement select_alerts_after{
    "isolation.select_alerts_after", Scope::community,
    "select " + alert_columns + " from isolation_alert where community_id = $1 and id > $2 order by id limit $3"};
const Statement update_missed{
    "isolation.close_missed", Scope::community,
    "update isolation_alert set reported_at = $3 where community_id = $1 and order_id = $2 and kind = 'report_missed' "
    "and reported_at is null"};
const Statement update_answered{
    "isolation.answer_alert", Scope::community,
    "update isolation_alert set answered_by = $3, answered_at = $4, answer = $5 where community_id = $1 and id = $2 and "
    "answered_at is null"};
const Statement insert_transfer{
    "isolation.insert_transfer", Scope::community,
    store::insert_text<Transfer>("isolation_transfer") + " on conflict (community_id, order_id, step) do nothing"};
const Statement select_transfers{"isolation.select_transfers", Scope::community,
                                 "select " + store::columns_of<Transfer>() +
                                     " from isolation_transfer where community_id = $1 and order_id = $2 order by id"};

template <class Row>
Result<bool> inserted(Session& session, const Statement& statement, const Row& row) {
  FL_TRY(const auto rows, session.insert(statement, row));
  return rows == 1;
}

}  // namespace

Result<void> save(Session& session, const HealthReport& report) {
  FL_TRYV(session.insert(insert_report, report));
  return {};
}
Result<std::vector<HealthReport>> load_reports(Session& session, AreaId community, OrderId order) {
  return session.all<HealthReport>(select_reports, community, order);
}
Result<std::vector<HealthReport>> load_reports_since(Session& session, AreaId community, Instant since) {
  return session.all<HealthReport>(select_reports_since, community, since);
}

Result<bool> save(Session& session, const IsolationAlert& alert) { return inserted(session, insert_alert, alert); }
Result<std::optional<IsolationAlert>> load_alert(Session& session, AreaId community, IsolationAlertId id) {
  return session.maybe<IsolationAlert>(select_alert, community, id);
}
Result<std::vector<IsolationAlert>> load_alerts(Session& session, AreaId community, Instant since) {
  return session.all<IsolationAlert>(select_alerts, community, first_id_at(since));
}
Result<std::vector<IsolationAlert>> load_alerts_after(Session& session, AreaId community, std::int64_t after_id,
                                                      int limit) {
  return session.all<IsolationAlert>(select_alerts_after, community, after_id, limit);
}
Result<void> close_missed(Session& session, AreaId community, OrderId order, Instant reported_at) {
  FL_TRYV(session.run(update_missed, community, order, reported_at));
  return {};
}
Result<bool> answer(Session& session, const IsolationAlert& alert) {
  FL_TRY(const auto rows, session.run(update_answered, alert.community_id, alert.id, alert.answered_by,
                                      alert.answered_at, alert.answer));
  return rows == 1;
}

Result<bool> save(Session& session, const Transfer& transfer) { return inserted(session, insert_transfer, transfer); }
Result<std::vector<Transfer>> load_transfers(Session& session, AreaId community, OrderId order) {
  return session.all<Transfer>(select_transfers, community, order);
}

}  // namespace firstline::isolation
