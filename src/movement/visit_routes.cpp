// Visits over HTTP: the host's page, a gate, the desk, and a courier at the poster. No rule, no SQL.

#include <mutex>

#include "area/wire.hpp"
#include "http/rate_limit.hpp"
#include "movement/route_parts.hpp"
#include "movement/visits.hpp"

namespace firstline::movement {
namespace {

using http::Access;
using http::Call;
using http::Method;
using http::Role;
using store::Urgency;

constexpr http::RoleSet may_reveal{Role::grid_worker, Role::secretary, Role::health_officer};

// Anybody may stand at the poster: a few announcements at once from one address, then one every ten seconds.
class CourierLimit {
 public:
  bool take(const std::string& address, Instant now) {
    const std::lock_guard lock(mutex_);
    return limiter_.take(address, now);
  }

 private:
  std::mutex mutex_;
  http::RateLimiter limiter_{{0.1, 6}};
};

void add_host_routes(http::RouteTable& table, const Ground& ground) {
  table.query<api::VisitList>({Method::get, "/api/v1/my/visits", "my_visits", Access::signed_in(),
                               "Visits to the caller's own household, newest first."},
                              [&ground](Call& call) { return my_visits(call, ground); });
  table.command<api::VisitCommand, api::VisitView>(
      {Method::post, "/api/v1/my/visits", "invite_visitor", Access::signed_in(),
       "Invites somebody to the caller's own home."},
      [&ground](Call& call, const api::VisitCommand& command) { return invite(call, ground, command); });
  table.command<api::AnswerVisit, api::VisitView>(
      {Method::post, "/api/v1/my/visits/{visit}/answer", "answer_visit", Access::signed_in(),
       "The host says whether somebody who stands at the gate is expected."},
      [&ground](Call& call, const api::AnswerVisit& command) -> Result<api::VisitView> {
        FL_TRY(const auto visit, call.id_parameter<VisitorId>("visit"));
        return answer_as_host(call, ground, visit, command.confirmed);
      });
  table.command<api::WithdrawVisit, api::VisitView>(
      {Method::post, "/api/v1/my/visits/{visit}/withdraw", "withdraw_my_visit", Access::signed_in(),
       "The host takes an invitation back."},
      [&ground](Call& call, const api::WithdrawVisit&) -> Result<api::VisitView> {
        FL_TRY(const auto visit, call.id_parameter<VisitorId>("visit"));
        return withdraw_as_host(call, ground, visit);
      });
}

void add_gate_routes(http::RouteTable& table, const Ground& ground) {
  const auto here = area::at_gate("gate");
  table.query<api::VisitList>(
      http::urgent(Urgency::duty,
                   {Method::get, "/api/v1/gates/{gate}/visits", "visits_at_gate", Access::role_or_device(keepers, here),
                    "Whom this gate may expect until tomorrow, and who is still inside."}),
      [&ground](Call& call) { return visits_at(call, ground, area::gate_met(call)); });
  table.command<api::VisitCommand, api::VisitView>(
      http::urgent(Urgency::duty, {Method::post, "/api/v1/gates/{gate}/visits", "ask_host", Access::role(keepers, here),
                                   "Writes down a visitor who stands at the gate; the host is asked."}),
      [&ground](Call& call, const api::VisitCommand& command) {
        return ask_host(call, ground, area::gate_met(call), command);
      });
  table.command<api::AnswerVisit, api::VisitView>(
      http::urgent(Urgency::duty, {Method::post, "/api/v1/gates/{gate}/visits/{visit}/answer", "answer_visit_by_call",
                                   Access::role(keepers, here), "What the host said on the telephone."}),
      [&ground](Call& call, const api::AnswerVisit& command) -> Result<api::VisitView> {
        FL_TRY(const auto visit, call.id_parameter<VisitorId>("visit"));
        return answer_by_call(call, ground, area::gate_met(call), visit, command.confirmed);
      });
  auto limit = std::make_shared<CourierLimit>();
  table.command<api::AnnounceCourier, api::CourierAnnounced>(
      {Method::post, "/api/v1/venues/{venue_code}/couriers", "announce_courier", Access::anyone(),
       "A courier at the gate's poster announces a delivery; no account."},
      [&ground, limit](Call& call, const api::AnnounceCourier& command) -> Result<api::CourierAnnounced> {
        if (!limit->take(call.peer_address, call.now)) return fail(FaultCode::busy, "visit.too_many");
        FL_TRY(const auto gate, area::find_gate_by_venue_code(*call.session, call.parameter("venue_code")));
        return announce_courier(call, ground, gate, command);
      });
}

void add_desk_routes(http::RouteTable& table, const Ground& ground) {
  const auto here = area::at_community("community");
  table.query<api::VisitList>({Method::get, "/api/v1/communities/{community}/visits", "visits",
                               Access::role(office, here), "Visits that are on, to come or over since two days."},
                              [&ground](Call& call) { return visits_of(call, ground, call.place.community); });
  table.command<api::VisitCommand, api::VisitView>(
      {Method::post, "/api/v1/communities/{community}/visits", "register_visit", Access::role(office, here),
       "Registers a visitor for a household that cannot do it itself."},
      [&ground](Call& call, const api::VisitCommand& command) {
        return register_visit(call, ground, call.place.community, command);
      });
  table.command<api::WithdrawVisit, api::VisitView>(
      {Method::post, "/api/v1/communities/{community}/visits/{visit}/withdraw", "withdraw_visit",
       Access::role(office, here), "The office takes a registration back."},
      [&ground](Call& call, const api::WithdrawVisit&) -> Result<api::VisitView> {
        FL_TRY(const auto visit, call.id_parameter<VisitorId>("visit"));
        return withdraw_at_desk(call, ground, call.place.community, visit);
      });
  // The answer is a clear record and is not kept for a repeated id.
  http::RouteSpec reveal{Method::post, "/api/v1/communities/{community}/visits/{visit}/reveal", "reveal_visit",
                         Access::role(may_reveal, here), "A visitor's name, phone and plate in clear; a fact."};
  reveal.own_idempotency = true;
  table.command<person::RevealCommand, api::VisitRevealed>(
      std::move(reveal), [&ground](Call& call, const person::RevealCommand& command) -> Result<api::VisitRevealed> {
        FL_TRY(const auto visit, call.id_parameter<VisitorId>("visit"));
        return reveal_visit(call, ground, call.place.community, visit, command);
      });
}

}  // namespace

void add_visit_routes(http::RouteTable& table, const Ground& ground) {
  add_host_routes(table, ground);
  add_gate_routes(table, ground);
  add_desk_routes(table, ground);
}

}  // namespace firstline::movement
