#include "area/service.hpp"
#include "area/wire.hpp"

namespace firstline::area {
namespace {

using http::Access;
using http::Call;
using http::Method;
using http::Role;

struct Venue {
  GateId gate_id;
  std::string name;
  std::string compound_name;
  std::string community_name;
  bool generated = false;
};
BOOST_DESCRIBE_STRUCT(Venue, (), (gate_id, name, compound_name, community_name, generated))

constexpr http::RoleSet at_work{Role::keeper,         Role::volunteer, Role::grid_worker, Role::secretary,
                                Role::health_officer, Role::commander, Role::auditor};

Result<GateView> get_gate(Call& call) {
  FL_TRY(const auto id, call.id_parameter<GateId>("gate"));
  FL_TRY(const auto gate, find_gate(*call.session, id));
  return view(*call.session, gate);
}

Result<Venue> get_venue(Call& call) {
  FL_TRY(const auto gate, find_gate_by_venue_code(*call.session, call.parameter("venue_code")));
  FL_TRY(auto shown, view(*call.session, gate));
  return Venue{shown.gate_id, std::move(shown.name), std::move(shown.compound_name), std::move(shown.community_name),
               shown.generated};
}

}  // namespace

void add_routes(http::RouteTable& table) {
  table.query<GateView>(
      {Method::get, "/api/v1/gates/{gate}", "get_gate", Access::role_or_device(at_work, at_gate("gate")),
       "A gate with its compound, community and venue code."},
      get_gate);
  table.query<Venue>({Method::get, "/api/v1/venues/{venue_code}", "get_venue", Access::anyone(),
                      "Which gate a venue code on a poster belongs to."},
                     get_venue);
}

}  // namespace firstline::area
