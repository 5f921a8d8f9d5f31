#include "area/edit.hpp"

namespace firstline::area {
namespace {

using http::Access;
using http::Call;
using http::Method;
using http::Role;

constexpr http::RoleSet may_look{Role::grid_worker, Role::secretary, Role::health_officer, Role::commander,
                                 Role::auditor};

struct CompoundShown {
  AreaShown compound;
  std::vector<AreaShown> buildings;
};
BOOST_DESCRIBE_STRUCT(CompoundShown, (), (compound, buildings))
struct Grounds {
  std::vector<AreaShown> grids;
  std::vector<CompoundShown> compounds;
  std::vector<GateShown> gates;
};
BOOST_DESCRIBE_STRUCT(Grounds, (), (grids, compounds, gates))
struct BuildingShown {
  AreaShown building;
  std::vector<AreaShown> units;
  std::vector<AreaShown> households;  // Of all units, in the order of their paths; parent_id may be a floor.
  std::vector<AreaId> unit_ids;       // Of each household: its unit, or the building itself.
};
BOOST_DESCRIBE_STRUCT(BuildingShown, (), (building, units, households, unit_ids))

Result<Grounds> get_grounds(Call& call) {
  const AreaId community = call.place.community;
  Grounds grounds;
  FL_TRY(const auto tops, children(*call.session, community, community));
  for (const Area& top : tops) {
    if (top.kind == AreaKind::grid) grounds.grids.push_back(shown(top));
    if (top.kind != AreaKind::compound) continue;
    CompoundShown compound{shown(top), {}};
    FL_TRY(const auto buildings, children(*call.session, community, top.id));
    for (const Area& building : buildings)
      if (building.kind == AreaKind::building) compound.buildings.push_back(shown(building));
    grounds.compounds.push_back(std::move(compound));
  }
  FL_TRY(const auto gates, gates_of(*call.session, community));
  for (const Gate& gate : gates) {
    FL_TRY(auto one, shown(*call.session, gate));
    grounds.gates.push_back(std::move(one));
  }
  return grounds;
}

Result<BuildingShown> get_building(Call& call) {
  const AreaId community = call.place.community;
  FL_TRY(const auto id, call.id_parameter<AreaId>("building"));
  FL_TRY(const auto building, find(*call.session, community, id));
  if (building.kind != AreaKind::building) return fail(FaultCode::not_found, "area.unknown");
  BuildingShown out{shown(building), {}, {}, {}};
  FL_TRY(const auto nodes, below(*call.session, community, building.path));
  AreaId unit = building.id;  // Path order: a unit comes before what is in it.
  for (const Area& node : nodes) {
    if (node.kind == AreaKind::unit) {
      unit = node.id;
      out.units.push_back(shown(node));
    } else if (node.kind == AreaKind::household) {
      out.households.push_back(shown(node));
      out.unit_ids.push_back(node.parent_id == building.id ? building.id : unit);
    }
  }
  return out;
}

http::RouteSpec command_of(std::string path, std::string name, http::PlaceOf place, std::string summary) {
  return {Method::post, std::move(path), std::move(name), Access::role({Role::secretary}, std::move(place)),
          std::move(summary)};
}

Editing editing(Call& call) { return {call.actor, call.now, *call.random}; }

void add_gate_edits(http::RouteTable& table) {
  table.command<AddGate, GateShown>(command_of("/api/v1/communities/{community}/gates", "add_gate",
                                               at_community("community"), "A new gate at a compound; a fact."),
                                    [](Call& call, const AddGate& command) {
                                      return add_gate(*call.session, call.place.community, command, editing(call));
                                    });
  table.command<RenameGate, GateShown>(
      command_of("/api/v1/gates/{gate}/rename", "rename_gate", at_gate("gate"), "Names a gate; a fact."),
      [](Call& call, const RenameGate& command) {
        return rename_gate(*call.session, gate_met(call).id, command, editing(call));
      });
  table.command<ReissueCode, GateShown>(
      command_of("/api/v1/gates/{gate}/reissue", "reissue_venue_code", at_gate("gate"),
                 "A new venue code for a gate's poster; the old one stops; a fact."),
      [](Call& call, const ReissueCode& command) {
        return reissue_code(*call.session, gate_met(call).id, command, editing(call));
      });
}

}  // namespace

void add_desk_routes(http::RouteTable& table, Renamed renamed) {
  table.query<Grounds>({Method::get, "/api/v1/communities/{community}/grounds", "get_grounds",
                        Access::role(may_look, at_community("community")),
                        "Grids, compounds with their buildings, and gates of a community."},
                       get_grounds);
  table.query<BuildingShown>({Method::get, "/api/v1/communities/{community}/buildings/{building}", "get_building",
                              Access::role(may_look, at_area("building")), "One building with its units and homes."},
                             get_building);
  table.command<AddArea, AreaShown>(
      command_of("/api/v1/communities/{community}/areas", "add_area", at_community("community"),
                 "A new grid, compound, building, unit or home; a fact."),
      [](Call& call, const AddArea& command) {
        return add_area(*call.session, call.place.community, command, editing(call));
      });
  table.command<RenameArea, AreaShown>(
      command_of("/api/v1/communities/{community}/areas/{area}/rename", "rename_area", at_area("area"),
                 "Names a place, and how it is called in short; a fact."),
      [renamed](Call& call, const RenameArea& command) -> Result<AreaShown> {
        FL_TRY(const auto id, call.id_parameter<AreaId>("area"));
        return rename_area(*call.session, call.place.community, id, command, editing(call), renamed);
      });
  table.command<PutIntoGrid, AreaShown>(
      command_of("/api/v1/communities/{community}/buildings/{building}/grid", "put_into_grid", at_area("building"),
                 "Puts a building into another grid; a fact."),
      [](Call& call, const PutIntoGrid& command) -> Result<AreaShown> {
        FL_TRY(const auto id, call.id_parameter<AreaId>("building"));
        return put_into_grid(*call.session, call.place.community, id, command, editing(call));
      });
  add_gate_edits(table);
  add_plan_routes(table);
}

}  // namespace firstline::area
