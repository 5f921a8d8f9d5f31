// Isolation orders over HTTP: the desk and the person's own page. No rule, no SQL.

#include "area/service.hpp"
#include "isolation/papers.hpp"
#include "isolation/watching.hpp"

namespace firstline::isolation {
namespace {

using http::Access;
using http::Call;
using http::CommandId;
using http::Empty;
using http::Method;
using http::Role;

constexpr http::RoleSet readers{Role::grid_worker, Role::secretary, Role::health_officer, Role::commander,
                                Role::auditor};
constexpr http::RoleSet watching{Role::grid_worker, Role::secretary, Role::health_officer, Role::commander};
constexpr http::RoleSet printing{Role::secretary, Role::health_officer, Role::commander};

Result<IsolationOrder> order_of(Call& call) {
  FL_TRY(const auto id, call.id_parameter<OrderId>("order"));
  return order_met(*call.session, call.place.community, id);
}

void add_act_routes(http::RouteTable& table, const Desk& desk, const http::PlaceOf& here, const std::string& one) {
  table.command<api::ProposeIsolationChange, api::IsolationProposed>(
      {Method::post, one + "/changes", "propose_isolation_change", Access::role(proposing, here),
       "Proposes to make an order longer or shorter, or to go by the rules in force now."},
      [&desk](Call& call, const api::ProposeIsolationChange& command) -> Result<api::IsolationProposed> {
        FL_TRY(const auto order, order_of(call));
        return propose_change(call, desk, order, command);
      });
  table.command<api::ProposeIsolationEnd, api::IsolationProposed>(
      {Method::post, one + "/ends", "propose_isolation_end", Access::role(proposing, here),
       "Proposes to end an order."},
      [&desk](Call& call, const api::ProposeIsolationEnd& command) -> Result<api::IsolationProposed> {
        FL_TRY(const auto order, order_of(call));
        return propose_end(call, desk, order, command);
      });
  table.command<api::DecideIsolationAct, Empty>(
      {Method::post, one + "/acts/{act}/decide", "decide_isolation_act", Access::role(deciding, here),
       "The body with the power, a second person: approves or refuses, and says why; it holds at once."},
      [&desk](Call& call, const api::DecideIsolationAct& command) -> Result<Empty> {
        FL_TRY(const auto order, order_of(call));
        FL_TRY(const auto act, call.id_parameter<IsolationActId>("act"));
        FL_TRYV(decide(call, desk, order, act, command));
        return Empty{};
      });
  table.command<CommandId, Empty>({Method::post, one + "/acts/{act}/withdraw", "withdraw_isolation_act",
                                   Access::role(proposing, here), "Takes a proposal back before it is decided."},
                                  [](Call& call, const CommandId&) -> Result<Empty> {
                                    FL_TRY(const auto order, order_of(call));
                                    FL_TRY(const auto act, call.id_parameter<IsolationActId>("act"));
                                    FL_TRYV(withdraw(call, order, act));
                                    return Empty{};
                                  });
}

void add_watch_routes(http::RouteTable& table, const Desk& desk, const http::PlaceOf& here, const std::string& one) {
  table.command<api::GiveHealthReport, api::HealthReportGiven>(
      {Method::post, one + "/reports", "give_isolation_report", Access::role(managing, here),
       "Temperature and symptoms of somebody under an order, by the health manager for them."},
      [&desk](Call& call, const api::GiveHealthReport& command) -> Result<api::HealthReportGiven> {
        FL_TRY(const auto order, order_of(call));
        return give_report(call, desk, order, command);
      });
  table.command<api::RecordTransfer, Empty>(
      {Method::post, one + "/transfers", "record_isolation_transfer", Access::role(managing, here),
       "The next step of bringing somebody from door to door: arranged, picked up, arrived, received."},
      [&desk](Call& call, const api::RecordTransfer& command) -> Result<Empty> {
        FL_TRY(const auto order, order_of(call));
        FL_TRYV(record_transfer(call, desk, order, command));
        return Empty{};
      });
  table.command<api::AnswerIsolationObjection, Empty>(
      {Method::post, one + "/objections/{objection}/answer", "answer_isolation_objection", Access::role(deciding, here),
       "Answers the person's objection in the name of the body that decided."},
      [&desk](Call& call, const api::AnswerIsolationObjection& command) -> Result<Empty> {
        FL_TRY(const auto order, order_of(call));
        FL_TRY(const auto id, call.id_parameter<IsolationObjectionId>("objection"));
        FL_TRYV(answer_objection(call, desk, order, id, command));
        return Empty{};
      });
  const std::string alerts_path = "/api/v1/communities/{community}/isolation-alerts";
  table.query<api::IsolationAlerts>(
      {Method::get, alerts_path, "isolation_alerts", Access::role(readers, here),
       "Who has not reported, and who reported fever or symptoms, of the last two days; the open ones first."},
      [&desk](Call& call) { return alerts(call, desk); });
  table.command<api::AnswerIsolationAlert, Empty>(
      {Method::post, alerts_path + "/{alert}/answer", "answer_isolation_alert", Access::role(watching, here),
       "What was done about an alert; symptoms are the health officer's."},
      [](Call& call, const api::AnswerIsolationAlert& command) -> Result<Empty> {
        FL_TRY(const auto id, call.id_parameter<IsolationAlertId>("alert"));
        FL_TRYV(answer_alert(call, id, command));
        return Empty{};
      });
}

// The answer is a file with a name in clear, so none is kept for a repeated id.
void add_paper_route(http::RouteTable& table, const Desk& desk, std::string path, const char* name, Access access,
                     bool mine) {
  http::RouteSpec paper{Method::post, std::move(path), name, std::move(access),
                        "The order, or the certificate of its end, as a PDF in Chinese or English; a fact."};
  paper.own_idempotency = true;
  table.task<api::MakeIsolationDocument, api::IsolationDocument>(
      std::move(paper),
      [&desk, mine](Call& call, const api::MakeIsolationDocument& command) -> Result<api::IsolationDocument> {
        FL_TRY(const auto id, call.id_parameter<OrderId>("order"));
        return make_paper(call, desk, id, mine, command);
      });
}

}  // namespace

void add_routes(http::RouteTable& table, const Desk& desk) {
  const auto here = area::at_community("community");
  const std::string all = "/api/v1/communities/{community}/isolation-orders", one = all + "/{order}";
  table.query<api::IsolationList>(
      {Method::get, all, "isolation_orders", Access::role(readers, here),
       "Isolation orders of the community: what waits for somebody first, then by their end; masked, without words."},
      [&desk](Call& call) { return list_orders(call, desk); });
  table.command<api::ProposeIsolation, api::IsolationProposed>(
      {Method::post, all, "propose_isolation", Access::role(proposing, here),
       "Proposes to isolate somebody, by the rules in force for such people; in force only after a decision."},
      [&desk](Call& call, const api::ProposeIsolation& command) { return propose(call, desk, command); });
  // The answer holds words in clear, so none is kept for a repeated id.
  http::RouteSpec opening{Method::post, one + "/open", "open_isolation_order", Access::role(readers, here),
                          "One order with its clock, its history and its words; a fact."};
  opening.own_idempotency = true;
  table.command<CommandId, api::IsolationOrderView>(
      std::move(opening), [&desk](Call& call, const CommandId&) -> Result<api::IsolationOrderView> {
        FL_TRY(const auto id, call.id_parameter<OrderId>("order"));
        return open_order(call, desk, id);
      });
  add_act_routes(table, desk, here, one);
  add_watch_routes(table, desk, here, one);
  add_paper_route(table, desk, one + "/paper", "isolation_paper", Access::role(printing, here), false);
  table.query<api::MyIsolations>({Method::get, "/api/v1/my/isolation", "my_isolation", Access::signed_in(),
                                  "The caller's own isolation order: which day, which test, until when, by whom."},
                                 [&desk](Call& call) { return my_isolations(call, desk); });
  table.command<api::GiveHealthReport, api::HealthReportGiven>(
      {Method::post, "/api/v1/my/isolation/reports", "give_my_report", Access::signed_in(),
       "The caller's own temperature and symptoms; fever or a symptom goes to the health officer at once."},
      [&desk](Call& call, const api::GiveHealthReport& command) { return give_my_report(call, desk, command); });
  table.command<api::ObjectToIsolation, Empty>(
      {Method::post, "/api/v1/my/isolation/{order}/objections", "object_to_isolation", Access::signed_in(),
       "Objects to the caller's own order, in a few words; the body that decided answers within its hours."},
      [&desk](Call& call, const api::ObjectToIsolation& command) -> Result<Empty> {
        FL_TRY(const auto id, call.id_parameter<OrderId>("order"));
        FL_TRYV(object(call, desk, id, command));
        return Empty{};
      });
  add_paper_route(table, desk, "/api/v1/my/isolation/{order}/paper", "my_isolation_paper", Access::signed_in(), true);
}

}  // namespace firstline::isolation
