#pragma once

// What the desk changes of places: buildings, units, homes and grids added and named, buildings put into other grids,
// gates added, named and given new venue codes, points on the plan of a compound. Each is one fact. What somebody else
// changed meanwhile is not overwritten.
//
// Faults: area.unknown, gate.unknown, point.unknown (not_found), area.changed, gate.changed, point.changed (stale),
// area.bad_code, area.bad_name, area.wrong_parent, point.off_plan (invalid), area.exists, area.label_taken (conflict).

#include <optional>

#include <boost/describe.hpp>

#include "area/service.hpp"
#include "area/wire.hpp"

namespace firstline::area {

struct AddArea {
  Uuid id;
  AreaId parent_id;
  AreaKind kind = AreaKind::building;
  std::string name;               // Its digits become code and label: "7" of a building, "502" of a home.
  std::optional<AreaId> grid_id;  // Buildings only.
};
BOOST_DESCRIBE_STRUCT(AddArea, (), (id, parent_id, kind, name, grid_id))
struct RenameArea {
  Uuid id;
  std::string base_version, name;
  std::optional<std::string> label;
};
BOOST_DESCRIBE_STRUCT(RenameArea, (), (id, base_version, name, label))
struct PutIntoGrid {
  Uuid id;
  std::string base_version;
  AreaId grid_id;
};
BOOST_DESCRIBE_STRUCT(PutIntoGrid, (), (id, base_version, grid_id))
struct AddGate {
  Uuid id;
  AreaId compound_id;
  std::string name;
  std::optional<AreaId> grid_id;
};
BOOST_DESCRIBE_STRUCT(AddGate, (), (id, compound_id, name, grid_id))
struct RenameGate {
  Uuid id;
  std::string base_version, name;
};
BOOST_DESCRIBE_STRUCT(RenameGate, (), (id, base_version, name))
struct ReissueCode {
  Uuid id;
  std::string base_version;
};
BOOST_DESCRIBE_STRUCT(ReissueCode, (), (id, base_version))

// An area as its editor sees it.
struct AreaShown {
  AreaId area_id;
  std::optional<AreaId> parent_id, grid_id;
  AreaKind kind = AreaKind::building;
  std::string name, label, version;
};
BOOST_DESCRIBE_STRUCT(AreaShown, (), (area_id, parent_id, grid_id, kind, name, label, version))
struct GateShown {
  GateView gate;
  std::string version;
};
BOOST_DESCRIBE_STRUCT(GateShown, (), (gate, version))
AreaShown shown(const Area& area);
Result<GateShown> shown(store::Session& session, const Gate& gate);

Result<AreaShown> add_area(store::Session& session, AreaId community, const AddArea& command, const Editing& by);
Result<AreaShown> rename_area(store::Session& session, AreaId community, AreaId id, const RenameArea& command,
                              const Editing& by, Renamed renamed);
Result<AreaShown> put_into_grid(store::Session& session, AreaId community, AreaId building, const PutIntoGrid& command,
                                const Editing& by);
Result<GateShown> add_gate(store::Session& session, AreaId community, const AddGate& command, const Editing& by);
Result<GateShown> rename_gate(store::Session& session, GateId id, const RenameGate& command, const Editing& by);
// The poster's old code leads nowhere from now on.
Result<GateShown> reissue_code(store::Session& session, GateId id, const ReissueCode& command, const Editing& by);

// Routes of the desk: grounds, one building, the edits above, plans.
void add_desk_routes(http::RouteTable& table, Renamed renamed);
void add_plan_routes(http::RouteTable& table);

// Writes one fact about a place.
Result<void> note_change(store::Session& session, AreaId community, AreaId where, const char* kind, std::string subject,
                         std::string body, const Editing& by);

}  // namespace firstline::area
