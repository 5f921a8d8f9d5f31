#include "isolation/watching.hpp"

#include <algorithm>

#include "access/service.hpp"
#include "area/service.hpp"
#include "json/json.hpp"
#include "ledger/fact.hpp"

namespace firstline::isolation {
namespace {

using http::Call;
using http::Role;
using store::Session;

constexpr int tenths_min = 340, tenths_max = 429;
constexpr std::size_t symptoms_max = 7, text_bytes_max = 300;
constexpr std::chrono::hours shown_for{48}, looked_back{24};
constexpr http::RoleSet answering_symptoms{Role::health_officer, Role::commander};
constexpr person::Field details_field{"isolation_transfer", "details"};

struct AlertBody {
  OrderId order_id;
  IsolationAlertKind kind = IsolationAlertKind::report_missed;
  Instant about_at{};
  std::optional<IsolationAlertAnswer> answer;
};
BOOST_DESCRIBE_STRUCT(AlertBody, (), (order_id, kind, about_at, answer))

std::string subject_of(const IsolationAlert& alert) { return "isolation_alert:" + format_id(alert.id.value); }
std::string body_of(const IsolationAlert& alert) {
  return json::write(AlertBody{alert.order_id, alert.kind, alert.about_at, alert.answer});
}
const char* fact_of(IsolationAlertKind kind) {
  return kind == IsolationAlertKind::symptoms ? "isolation.symptoms" : "isolation.report_missed";
}

IsolationAlert alert_of(Session& session, const IsolationOrder& order, IsolationAlertKind kind, Instant about,
                        Instant now) {
  IsolationAlert alert;
  alert.community_id = order.community_id;
  alert.id = session.new_id<IsolationAlertId>(now);
  alert.order_id = order.id;
  alert.kind = kind;
  alert.about_at = about;
  alert.raised_at = now;
  return alert;
}

Result<policy::Rules> rules_at(const Desk& desk, const std::string& path, Instant now) {
  FL_TRY(const auto rules, desk.rules->at(policy::division_code(path), now));
  return *rules;
}

Result<api::HealthReportGiven> take(Call& call, const Desk& desk, const IsolationOrder& order, const std::string& path,
                                    const api::GiveHealthReport& command, bool on_behalf) {
  if (!order.effective_at || order.ended_at) return fail(FaultCode::conflict, "isolation.not_in_force");
  const auto& tenths = command.temperature_tenths;
  if (tenths && (*tenths < tenths_min || *tenths > tenths_max))
    return fail(FaultCode::invalid, "isolation.bad_temperature", {}, "/temperature_tenths");
  if (command.symptoms.size() > symptoms_max || (!tenths && command.symptoms.empty()))
    return fail(FaultCode::invalid, "isolation.bad_temperature", {}, "/temperature_tenths");
  FL_TRY(const auto rules, rules_at(desk, path, call.now));
  HealthReport report;
  report.community_id = order.community_id;
  report.id = call.session->new_id<HealthReportId>(call.now);
  report.order_id = order.id;
  report.at = call.now;
  report.temperature_tenths = tenths;
  report.symptoms = json::write(command.symptoms);
  report.given_by = call.actor.account;
  report.on_behalf = on_behalf;
  FL_TRYV(save(*call.session, report));
  FL_TRYV(close_missed(*call.session, order.community_id, order.id, call.now));
  FL_TRYV(write_fact(call, order, "isolation.reported", "isolation_report:" + format_id(report.id.value), "{}"));
  if (!is_worrying(tenths, command.symptoms, rules.gate.signs.fever_tenths)) return api::HealthReportGiven{};
  const auto alert = alert_of(*call.session, order, IsolationAlertKind::symptoms, report.at, call.now);
  FL_TRYV(save(*call.session, alert));
  FL_TRYV(write_fact(call, order, fact_of(alert.kind), subject_of(alert), body_of(alert)));
  return api::HealthReportGiven{true};
}

std::vector<Instant> moments_of(const std::vector<HealthReport>& reports, OrderId order) {
  std::vector<Instant> moments;
  for (const HealthReport& each : reports)
    if (each.order_id == order) moments.push_back(each.at);
  return moments;
}

Result<api::HealthReportView> view_of(const HealthReport& report) {
  FL_TRY(auto symptoms, json::read<std::vector<Symptom>>(report.symptoms));
  return api::HealthReportView{report.at, report.temperature_tenths, std::move(symptoms), report.on_behalf};
}

bool is_open(const IsolationAlert& alert) { return !alert.answered_at && !alert.reported_at; }
bool may_answer(const Call& call, const IsolationAlert& alert) {
  return call.actor.holds_any(alert.kind == IsolationAlertKind::symptoms ? answering_symptoms : managing, call.place);
}

Result<void> add_report(Session& session, const IsolationAlert& alert, api::IsolationAlertView& view) {
  if (alert.kind != IsolationAlertKind::symptoms) return {};
  FL_TRY(const auto reports, load_reports(session, alert.community_id, alert.order_id));
  for (const HealthReport& each : reports) {
    if (each.at != alert.about_at) continue;
    view.temperature_tenths = each.temperature_tenths;
    FL_TRY(view.symptoms, json::read<std::vector<Symptom>>(each.symptoms));
  }
  return {};
}

Result<api::IsolationAlertView> view_of(Call& call, const Desk& desk, const IsolationAlert& alert) {
  Session& session = *call.session;
  api::IsolationAlertView view;
  view.alert_id = alert.id;
  view.order_id = alert.order_id;
  view.kind = alert.kind;
  view.about_at = alert.about_at;
  view.raised_at = alert.raised_at;
  FL_TRY(const auto order, order_met(session, alert.community_id, alert.order_id));
  FL_TRY(const auto resident, desk.people->resident(session, {order.community_id, order.person_id}));
  view.person = person::masked(resident.person, civil_date(call.now));
  view.household_label = resident.household_label;
  FL_TRYV(add_report(session, alert, view));
  view.reported_at = alert.reported_at;
  view.answer = alert.answer;
  if (alert.answered_by) {
    FL_TRY(view.answered_by_name, access::display_name(session, *alert.answered_by));
  }
  view.answered_at = alert.answered_at;
  view.open = is_open(alert);
  view.may_answer = !alert.answered_at && may_answer(call, alert);
  return view;
}

int rank(const api::IsolationAlertView& view) {
  return (view.open ? 0 : 2) + (view.kind == IsolationAlertKind::symptoms ? 0 : 1);
}

// Missed by somebody: an alert each, once. How many are new.
Result<int> raise_for(Session& session, const IsolationOrder& order, const std::vector<HealthReport>& reports,
                      const policy::MonitoredPolicy& policy, Instant now) {
  int raised = 0;
  const Instant from = std::max(*order.effective_at, now - looked_back);
  for (const ReportLine& line : report_lines(slots_of(from, {}, policy, now), moments_of(reports, order.id), now)) {
    if (line.state != ReportState::overdue && line.state != ReportState::missed) continue;
    const auto alert = alert_of(session, order, IsolationAlertKind::report_missed, line.slot.due_at, now);
    FL_TRY(const bool first, save(session, alert));
    if (!first) continue;
    ++raised;
    ledger::Draft fact;
    fact.community = fact.area = order.community_id;
    fact.at = fact.recorded_at = now;
    fact.kind = fact_of(alert.kind);
    fact.subject = subject_of(alert);
    fact.policy_version = order.policy_version;
    fact.body = body_of(alert);
    FL_TRYV(ledger::write(session, fact));
  }
  return raised;
}

}  // namespace

Result<api::HealthReportGiven> give_my_report(Call& call, const Desk& desk, const api::GiveHealthReport& command) {
  if (!call.actor.person) return fail(FaultCode::not_found, "person.none_of_this_account");
  Session& session = *call.session;
  FL_TRY(const auto me, person::counted_as(session, {call.actor.person_community, call.actor.person}));
  FL_TRY(const auto orders, load_orders_of(session, me.community_id, me.person_id));
  FL_TRY(const auto community, area::find_community(session, me.community_id));
  for (const IsolationOrder& order : orders)
    if (order.effective_at && !order.ended_at) return take(call, desk, order, community.path, command, false);
  return fail(FaultCode::conflict, "isolation.not_in_force");
}

Result<api::HealthReportGiven> give_report(Call& call, const Desk& desk, const IsolationOrder& order,
                                           const api::GiveHealthReport& command) {
  return take(call, desk, order, call.place.path, command, true);
}

Result<api::IsolationAlerts> alerts(Call& call, const Desk& desk) {
  FL_TRY(const auto rows, load_alerts(*call.session, call.place.community, call.now - shown_for));
  api::IsolationAlerts listed;
  for (const IsolationAlert& each : rows) {
    FL_TRY(auto view, view_of(call, desk, each));
    listed.items.push_back(std::move(view));
  }
  std::stable_sort(listed.items.begin(), listed.items.end(), [](const auto& a, const auto& b) {
    return std::tuple(rank(a), a.raised_at) < std::tuple(rank(b), b.raised_at);
  });
  return listed;
}

Result<void> answer_alert(Call& call, IsolationAlertId id, const api::AnswerIsolationAlert& command) {
  FL_TRY(auto alert, load_alert(*call.session, call.place.community, id));
  if (!alert) return fail(FaultCode::not_found, "isolation.alert_unknown");
  if (!may_answer(call, *alert)) return fail(FaultCode::forbidden, "isolation.health_officers");
  alert->answered_by = call.actor.account;
  alert->answered_at = call.now;
  alert->answer = command.answer;
  FL_TRY(const bool first, answer(*call.session, *alert));
  if (!first) return fail(FaultCode::conflict, "isolation.act_decided");
  FL_TRY(const auto order, order_met(*call.session, alert->community_id, alert->order_id));
  return write_fact(call, order, "isolation.alert_answered", subject_of(*alert), body_of(*alert));
}

Result<void> record_transfer(Call& call, const Desk& desk, const IsolationOrder& order,
                             const api::RecordTransfer& command) {
  Session& session = *call.session;
  if (!order.effective_at || order.ended_at) return fail(FaultCode::conflict, "isolation.not_in_force");
  FL_TRY(const auto before, load_transfers(session, order.community_id, order.id));
  if (before.size() != static_cast<std::size_t>(command.step)) return fail(FaultCode::conflict, "isolation.step_order");
  const TransferDetails details{command.from_place, command.to_place, command.vehicle, command.by_whom};
  const bool first = command.step == TransferStep::arranged;
  if (details.by_whom.empty() ||
      (first && (details.from_place.empty() || details.to_place.empty() || details.vehicle.empty())))
    return fail(FaultCode::invalid, "isolation.transfer_incomplete", {}, "/by_whom");
  for (const auto* text : {&details.from_place, &details.to_place, &details.vehicle, &details.by_whom})
    if (text->size() > text_bytes_max) return fail(FaultCode::invalid, "isolation.transfer_incomplete", {}, "/by_whom");
  Transfer transfer;
  transfer.community_id = order.community_id;
  transfer.id = session.new_id<TransferId>(call.now);
  transfer.order_id = order.id;
  transfer.step = command.step;
  transfer.at = call.now;
  transfer.details_sealed =
      desk.people->key().seal(*call.random, details_field, transfer.id.value, json::write(details));
  transfer.recorded_by = call.actor.account;
  FL_TRY(const bool new_step, save(session, transfer));
  if (!new_step) return fail(FaultCode::conflict, "isolation.step_order");
  return write_fact(call, order, "isolation.transferred", "isolation_order:" + format_id(order.id.value),
                    "{\"step\":" + json::write(command.step) + "}");
}

Result<std::vector<ReportLine>> lines_of(Session& session, const IsolationOrder& order,
                                         const policy::MonitoredPolicy& policy, Instant now) {
  if (!order.effective_at) return std::vector<ReportLine>{};
  FL_TRY(const auto reports, load_reports(session, order.community_id, order.id));
  return report_lines(slots_of(*order.effective_at, order.ended_at, policy, now), moments_of(reports, order.id), now);
}

Result<std::vector<api::HealthReportView>> reports_of(Session& session, const IsolationOrder& order) {
  FL_TRY(const auto reports, load_reports(session, order.community_id, order.id));
  std::vector<api::HealthReportView> shown;
  for (auto each = reports.rbegin(); each != reports.rend(); ++each) {
    FL_TRY(auto view, view_of(*each));
    shown.push_back(std::move(view));
  }
  return shown;
}

Result<std::vector<api::TransferView>> transfers_of(Session& session, const Desk& desk, const IsolationOrder& order) {
  FL_TRY(const auto rows, load_transfers(session, order.community_id, order.id));
  std::vector<api::TransferView> shown;
  for (const Transfer& each : rows) {
    FL_TRY(const auto text, desk.people->key().open(details_field, each.id.value, each.details_sealed));
    FL_TRY(auto details, json::read<TransferDetails>(text));
    FL_TRY(auto name, access::display_name(session, each.recorded_by));
    shown.push_back({each.step, each.at, std::move(details.from_place), std::move(details.to_place),
                     std::move(details.vehicle), std::move(details.by_whom), std::move(name)});
  }
  return shown;
}

Result<int> raise_missed(Session& session, const Desk& desk, AreaId community, Instant now) {
  FL_TRY(const auto orders, load_orders(session, community, now));
  if (orders.empty()) return 0;
  FL_TRY(const auto place, area::find_community(session, community));
  FL_TRY(const auto rules, desk.rules->at(policy::division_code(place.path), now));
  FL_TRY(const auto reports, load_reports_since(session, community, now - 2 * looked_back));
  int raised = 0;
  for (const IsolationOrder& order : orders) {
    if (!order.effective_at || order.ended_at) continue;
    FL_TRY(const int more, raise_for(session, order, reports, rules->people.monitored, now));
    raised += more;
  }
  return raised;
}

Result<std::vector<AlertRaised>> alerts_after(Session& session, AreaId community, std::int64_t after_id, int limit) {
  FL_TRY(const auto rows, load_alerts_after(session, community, after_id, limit));
  std::vector<AlertRaised> raised;
  for (const IsolationAlert& each : rows) raised.push_back({each.id.value, each.order_id});
  return raised;
}

}  // namespace firstline::isolation
