#include <algorithm>

#include "area/edit.hpp"
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

Result<GateView> get_gate(Call& call) { return view(*call.session, gate_met(call)); }

Result<Venue> get_venue(Call& call) {
  FL_TRY(const auto gate, find_gate_by_venue_code(*call.session, call.parameter("venue_code")));
  FL_TRY(auto shown, view(*call.session, gate));
  return Venue{shown.gate_id, std::move(shown.name), std::move(shown.compound_name), std::move(shown.community_name),
               shown.generated};
}

struct Gates {
  std::vector<GateView> items;
};
BOOST_DESCRIBE_STRUCT(Gates, (), (items))

// For a phone that is not enrolled: its keeper picks the gate. Only what the caller's own roles cover.
Result<Gates> my_gates(Call& call) {
  constexpr http::RoleSet keepers{Role::keeper, Role::volunteer, Role::secretary};
  Gates mine;
  for (const auto& grant : call.actor.grants) {
    if (!keepers.has(grant.role)) continue;
    FL_TRY(const auto area, find_on_path(*call.session, grant.path));
    FL_TRY(const auto place, place_of(*call.session, area));
    if (!place.community) continue;
    FL_TRY(const auto gates, gates_of(*call.session, place.community));
    for (const auto& gate : gates) {
      const auto known = [&gate](const GateView& each) { return each.gate_id == gate.id; };
      if (!http::path_covers(grant.path, gate.path) || std::any_of(mine.items.begin(), mine.items.end(), known))
        continue;
      FL_TRY(auto shown, view(*call.session, gate));
      mine.items.push_back(std::move(shown));
    }
  }
  return mine;
}

struct CommunityView {
  AreaId community_id;
  std::string name;
};
BOOST_DESCRIBE_STRUCT(CommunityView, (), (community_id, name))
struct Communities {
  std::vector<CommunityView> items;
};
BOOST_DESCRIBE_STRUCT(Communities, (), (items))

// Where a role is held in a community or below it: that one, gates or not. Above: the communities that have gates.
Result<std::vector<AreaId>> communities_of(store::Session& session, const http::Grant& grant) {
  FL_TRY(const auto node, find_on_path(session, grant.path));
  if (node.kind == AreaKind::community) return std::vector{node.id};
  if (node.community_id) return std::vector{node.community_id};
  FL_TRY(auto all, communities_with_gates(session));
  std::vector<AreaId> below;
  for (const AreaId id : all) {
    FL_TRY(const auto community, find_community(session, id));
    if (http::path_covers(grant.path, community.path)) below.push_back(id);
  }
  return below;
}

// For the desk: which communities the caller works in. A resident's role is no work.
Result<Communities> my_communities(Call& call) {
  Communities mine;
  for (const auto& grant : call.actor.grants) {
    if (grant.role == Role::resident) continue;
    FL_TRY(const auto ids, communities_of(*call.session, grant));
    for (const AreaId id : ids) {
      const auto known = [id](const CommunityView& each) { return each.community_id == id; };
      if (std::any_of(mine.items.begin(), mine.items.end(), known)) continue;
      FL_TRY(auto community, find_community(*call.session, id));
      mine.items.push_back({id, std::move(community.name)});
    }
  }
  return mine;
}

struct UpperArea {
  AreaId area_id;
  AreaKind kind = AreaKind::subdistrict;
  std::string name;
};
BOOST_DESCRIBE_STRUCT(UpperArea, (), (area_id, kind, name))
struct UpperAreas {
  std::vector<UpperArea> items;
};
BOOST_DESCRIBE_STRUCT(UpperAreas, (), (items))

bool above_communities(const Area& area) {
  return area.kind == AreaKind::district || area.kind == AreaKind::subdistrict;
}

// For the desk of a street or a district: those that the caller's roles are held over, and those below them.
Result<UpperAreas> my_offices(Call& call) {
  UpperAreas mine;
  const auto take = [&mine](const Area& area) {
    const auto known = [&area](const UpperArea& each) { return each.area_id == area.id; };
    if (above_communities(area) && std::none_of(mine.items.begin(), mine.items.end(), known))
      mine.items.push_back({area.id, area.kind, area.name});
  };
  for (const auto& grant : call.actor.grants) {
    FL_TRY(const auto node, find_on_path(*call.session, grant.path));
    if (!above_communities(node)) continue;
    take(node);
    if (node.kind != AreaKind::district) continue;
    FL_TRY(const auto streets, children(*call.session, {}, node.id));
    for (const Area& street : streets) take(street);
  }
  return mine;
}

}  // namespace

void add_routes(http::RouteTable& table, Renamed renamed) {
  add_desk_routes(table, renamed);
  table.query<GateView>(
      {Method::get, "/api/v1/gates/{gate}", "get_gate", Access::role_or_device(at_work, at_gate("gate")),
       "A gate with its compound, community and venue code."},
      get_gate);
  table.query<Communities>({Method::get, "/api/v1/my/communities", "my_communities", Access::signed_in(),
                            "The communities that the caller's roles cover, by name."},
                           my_communities);
  table.query<UpperAreas>({Method::get, "/api/v1/my/offices", "my_offices", Access::signed_in(),
                           "The streets and districts that the caller's roles are held over."},
                          my_offices);
  table.query<Gates>({Method::get, "/api/v1/my/gates", "my_gates", Access::signed_in(),
                      "The gates at which the caller may keep watch."},
                     my_gates);
  table.query<Venue>({Method::get, "/api/v1/venues/{venue_code}", "get_venue", Access::anyone(),
                      "Which gate a venue code on a poster belongs to."},
                     get_venue);
}

}  // namespace firstline::area
