// Trips over HTTP: the household's page, a gate, the desk. No rule, no SQL.

#include "movement/destinations.hpp"
#include "movement/route_parts.hpp"
#include "movement/trips.hpp"

namespace firstline::movement {
namespace {

using http::Access;
using http::Call;
using http::Method;
using http::Role;
using store::Urgency;

constexpr http::RoleSet follow{Role::secretary, Role::grid_worker, Role::health_officer};

Result<AreaId> own_home(Call& call, const Ground& ground) {
  if (!call.actor.person) return fail(FaultCode::not_found, "person.none_of_this_account");
  FL_TRY(const auto me, ground.people->resident(*call.session, {call.actor.person_community, call.actor.person}));
  return me.person.household_id;
}

constexpr std::size_t destinations_shown = 8;

struct AskDestination {
  std::string text;
};
BOOST_DESCRIBE_STRUCT(AskDestination, (), (text))
struct Destinations {
  std::vector<Destination> items;
};
BOOST_DESCRIBE_STRUCT(Destinations, (), (items))

// Names of the official tree are public; where somebody goes is not, so the words stand in no address.
void add_destination_route(http::RouteTable& table) {
  table.question<AskDestination, Destinations>(
      {Method::post, "/api/v1/destinations", "find_destinations", Access::anyone(),
       "Places of the official tree by characters, pinyin, first letters or code, for a trip's or a visitor's form."},
      [](Call& call, const AskDestination& asked) -> Result<Destinations> {
        const auto& grants = call.actor.grants;  // Places about the asker's own come first.
        const std::string near = grants.empty() ? std::string() : policy::division_code(grants.front().path);
        return Destinations{gazetteer().find(asked.text, near, destinations_shown)};
      });
}

void add_own_routes(http::RouteTable& table, const Ground& ground) {
  table.query<api::TripList>({Method::get, "/api/v1/my/trips", "my_trips", Access::signed_in(),
                              "Trips of the caller's own household, newest first."},
                             [&ground](Call& call) -> Result<api::TripList> {
                               FL_TRY(const auto home, own_home(call, ground));
                               return my_trips(call, ground, home);
                             });
  table.command<api::FileTrip, api::TripList>(
      {Method::post, "/api/v1/my/trips", "file_my_trip", Access::signed_in(),
       "Registers a trip of the caller's family ahead, one form for all."},
      [&ground](Call& call, const api::FileTrip& command) -> Result<api::TripList> {
        FL_TRY(const auto home, own_home(call, ground));
        return file_trips(call, ground, call.actor.person_community, command, TripSource::resident, home);
      });
  table.command<api::ExtendTrip, api::TripView>(
      {Method::post, "/api/v1/my/trips/{trip}/extend", "extend_my_trip", Access::signed_in(), "Another day of return."},
      [&ground](Call& call, const api::ExtendTrip& command) -> Result<api::TripView> {
        FL_TRY(const auto home, own_home(call, ground));
        FL_TRY(const auto trip, call.id_parameter<TripId>("trip"));
        return extend_trip(call, ground, call.actor.person_community, trip, command.back_on, home);
      });
  table.command<api::CancelTrip, api::TripView>({Method::post, "/api/v1/my/trips/{trip}/cancel", "cancel_my_trip",
                                                 Access::signed_in(), "A trip that has not begun is not made."},
                                                [&ground](Call& call, const api::CancelTrip&) -> Result<api::TripView> {
                                                  FL_TRY(const auto home, own_home(call, ground));
                                                  FL_TRY(const auto trip, call.id_parameter<TripId>("trip"));
                                                  return cancel_trip(call, ground, call.actor.person_community, trip,
                                                                     home);
                                                });
  table.command<api::FileTrip, api::TripList>(
      http::urgent(Urgency::duty, {Method::post, "/api/v1/gates/{gate}/trips", "file_trip_at_gate",
                                   Access::role(keepers, area::at_gate("gate")),
                                   "A keeper asks where somebody is going and writes it down."}),
      [&ground](Call& call, const api::FileTrip& command) -> Result<api::TripList> {
        const area::Gate& gate = area::gate_met(call);
        for (const PersonId id : command.person_ids) {
          FL_TRY(const auto who, ground.people->resident(*call.session, {gate.community_id, id}));
          if (!http::path_covers(gate.path, who.household_path))
            return fail(FaultCode::not_found, "person.unknown", {}, "/person_ids");
        }
        return file_trips(call, ground, gate.community_id, command, TripSource::gate);
      });
}

void add_desk_routes(http::RouteTable& table, const Ground& ground) {
  const auto here = area::at_community("community");
  table.query<api::TripList>({Method::get,
                              "/api/v1/communities/{community}/trips",
                              "trips",
                              Access::role(follow, here),
                              "Trips in one state, or overdue returns.",
                              {"state"}},
                             [&ground](Call& call) {
                               return trips_of(call, ground, call.place.community,
                                               call.query("state").value_or("open"));
                             });
  table.command<api::FileTrip, api::TripList>(
      {Method::post, "/api/v1/communities/{community}/trips", "file_paper_trip", Access::role(office, here),
       "Types in a paper slip, which keeps its own times."},
      [&ground](Call& call, const api::FileTrip& command) {
        return file_trips(call, ground, call.place.community, command, TripSource::paper);
      });
  table.command<api::ExtendTrip, api::TripView>(
      {Method::post, "/api/v1/communities/{community}/trips/{trip}/extend", "extend_trip", Access::role(office, here),
       "Another day of return, as the family said."},
      [&ground](Call& call, const api::ExtendTrip& command) -> Result<api::TripView> {
        FL_TRY(const auto trip, call.id_parameter<TripId>("trip"));
        return extend_trip(call, ground, call.place.community, trip, command.back_on);
      });
  table.command<api::CancelTrip, api::TripView>(
      {Method::post, "/api/v1/communities/{community}/trips/{trip}/cancel", "cancel_trip", Access::role(office, here),
       "A trip that has not begun is not made."},
      [&ground](Call& call, const api::CancelTrip&) -> Result<api::TripView> {
        FL_TRY(const auto trip, call.id_parameter<TripId>("trip"));
        return cancel_trip(call, ground, call.place.community, trip);
      });
  table.command<api::CloseTrip, api::TripView>(
      {Method::post, "/api/v1/communities/{community}/trips/{trip}/close", "close_trip", Access::role(office, here),
       "Somebody came back and no gate saw it."},
      [&ground](Call& call, const api::CloseTrip& command) -> Result<api::TripView> {
        FL_TRY(const auto trip, call.id_parameter<TripId>("trip"));
        return close_trip(call, ground, call.place.community, trip, command.at);
      });
  table.query<api::FollowUpList>(
      {Method::get, "/api/v1/communities/{community}/follow-ups", "follow_ups", Access::role(follow, here),
       "What the policy proposes for those who came back, with the parameter and its source."},
      [&ground](Call& call) { return follow_ups(call, ground, call.place.community); });
  table.command<api::DecideFollowUp, api::FollowUpDecided>(
      {Method::post, "/api/v1/communities/{community}/follow-ups/{follow_up}/decide", "decide_follow_up",
       Access::role(follow, here), "A person takes a proposal or leaves it."},
      [](Call& call, const api::DecideFollowUp& command) -> Result<api::FollowUpDecided> {
        FL_TRY(const auto id, call.id_parameter<FollowUpId>("follow_up"));
        return decide_follow_up(call, call.place.community, id, command.accepted);
      });
  table.query<api::RiskPlaces>({Method::get, "/api/v1/communities/{community}/risk-places", "risk_places",
                                Access::role(follow, here), "The places at risk in force here."},
                               [&ground](Call& call) { return risk_places(call, ground, call.place.community); });
  http::RouteSpec import{Method::post, "/api/v1/communities/{community}/risk-places", "import_risk_places",
                         Access::role({Role::secretary, Role::health_officer}, here),
                         "The list of places at risk, whole, as CSV: code,name,risk,from,until,source."};
  import.body_bytes_max = 1024 * 1024;
  table.command<api::ImportRiskPlaces, api::RiskImported>(
      std::move(import), [&ground](Call& call, const api::ImportRiskPlaces& command) {
        return import_risk_places(call, ground, call.place.community, command.csv);
      });
  // The answer is in clear and is not kept for a repeated id.
  http::RouteSpec reveal{Method::post, "/api/v1/communities/{community}/trips/{trip}/reveal", "reveal_trip",
                         Access::role(follow, here),
                         "A trip's plate and companions in clear, on a stated ground; a fact."};
  reveal.own_idempotency = true;
  table.command<person::RevealCommand, api::TripRevealed>(
      std::move(reveal), [&ground](Call& call, const person::RevealCommand& command) -> Result<api::TripRevealed> {
        FL_TRY(const auto trip, call.id_parameter<TripId>("trip"));
        return reveal_trip(call, ground, call.place.community, trip, command);
      });
}

}  // namespace

void add_trip_routes(http::RouteTable& table, const Ground& ground) {
  add_destination_route(table);
  add_own_routes(table, ground);
  add_desk_routes(table, ground);
}

}  // namespace firstline::movement
