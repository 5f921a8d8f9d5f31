// Isolation orders over HTTP: the desk and the person's own page. No rule, no SQL.

#include "area/service.hpp"
#include "isolation/views.hpp"

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
  table.query<api::MyIsolations>({Method::get, "/api/v1/my/isolation", "my_isolation", Access::signed_in(),
                                  "The caller's own isolation order: which day, which test, until when, by whom."},
                                 [&desk](Call& call) { return my_isolations(call, desk); });
}

}  // namespace firstline::isolation
