#include "area/edit.hpp"

#include "area/store.hpp"
#include "json/json.hpp"
#include "ledger/fact.hpp"
#include "store/row_version.hpp"

namespace firstline::area {
namespace {

using store::Session;

struct NameBody {
  std::optional<std::string> from, to;
};
BOOST_DESCRIBE_STRUCT(NameBody, (), (from, to))
struct GridBody {
  std::optional<AreaId> from, to;
};
BOOST_DESCRIBE_STRUCT(GridBody, (), (from, to))

constexpr std::size_t name_bytes_max = 100;

std::string version_of(const Area& area) {
  return store::version_of_values({std::string_view(area.name), std::string_view(area.label), area.grid_id.value});
}
std::string version_of(const Gate& gate) {
  return store::version_of_values({std::string_view(gate.name), std::string_view(gate.venue_code)});
}

std::string subject_of(AreaId id) { return "area:" + format_id(id.value); }
std::string subject_of(GateId id) { return "gate:" + format_id(id.value); }

Result<void> good_name(std::string_view name) {
  if (name.find_first_not_of(" \t") == std::string_view::npos || name.size() > name_bytes_max)
    return fail(FaultCode::invalid, "area.bad_name", {}, "/name");
  return {};
}

// The first number or code in a name: "7" of building 7, "502" of room 502, "12a".
std::string number_in(std::string_view name) {
  std::string number;
  for (char c : name) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c | 0x20);
    const bool digit = c >= '0' && c <= '9', letter = c >= 'a' && c <= 'z';
    if (digit || (letter && !number.empty())) number += c;
    else if (!number.empty()) break;
  }
  return number;
}

std::string two_digits(const std::string& number) { return number.size() < 2 ? "0" + number : number; }

// Compounds and grids may have names without a number ("阳光家园"), or with the number of another: they are counted.
Result<std::string> number_for(Session& session, AreaId community, AreaId parent, AreaKind kind,
                               std::string_view name) {
  FL_TRY(const auto there, children(session, community, parent));
  std::string number = number_in(name);
  int last = 0;
  for (const Area& each : there) {
    if (each.kind != kind) continue;
    if (each.name == name) return fail(FaultCode::conflict, "area.exists", {}, "/name");
    if (each.code.substr(1) == number) number.clear();
    last = std::max(last, std::atoi(each.code.c_str() + 1));
  }
  return number.empty() ? std::to_string(last + 1) : number;
}

// Code and label as the rest of the community has them.
NewArea made_of(const Area& parent, const AddArea& command, const std::string& number) {
  NewArea made{command.kind, number, command.name, number, command.grid_id.value_or(AreaId{}), parent.generated};
  switch (command.kind) {
    case AreaKind::compound:
      made.code = "c" + number;
      made.label.clear();
      break;
    case AreaKind::grid:
      made.code = "g" + number;
      made.label.clear();
      break;
    case AreaKind::building:
      made.code = "b" + two_digits(number);
      break;
    case AreaKind::unit:
      made.code = "u" + number;
      made.label = parent.label + "-" + number;
      break;
    default:
      made.label = parent.label + "-" + number;
  }
  return made;
}

// A home is added to a unit; where the unit has floors, it stands on its own.
Result<Area> floor_for(Session& session, const Area& unit, const std::string& number) {
  if (unit.kind != AreaKind::unit || number.size() < 3) return unit;
  const std::string floor = two_digits(number.substr(0, number.size() - 2));
  FL_TRY(auto found, load_area_at(session, unit.community_id, join_path(unit.path, "f" + floor)));
  if (!found) return unit;
  found->label = unit.label;  // Rooms are labelled after the unit.
  return std::move(*found);
}

Result<void> label_free(Session& session, const Area& at, AreaId self, std::string_view label) {
  if (label.empty()) return {};
  FL_TRY(const auto same, load_labelled(session, at.community_id, label));
  for (const Area& other : same) {
    const auto inside = path_prefixes(at.path), elsewhere = path_prefixes(other.path);
    const bool compound_same = inside.size() > 3 && elsewhere.size() > 3 && inside[3] == elsewhere[3];
    if (other.id != self && other.kind != AreaKind::grid && compound_same)
      return fail(FaultCode::conflict, "area.label_taken", {}, "/label");
  }
  return {};
}

Result<Area> area_for(Session& session, AreaId community, AreaId id, std::string_view base_version) {
  FL_TRY(auto area, find(session, community, id));
  if (version_of(area) != base_version) return fail(FaultCode::stale, "area.changed");
  return area;
}

Result<Gate> gate_for(Session& session, GateId id, std::string_view base_version) {
  FL_TRY(auto gate, find_gate(session, id));
  if (version_of(gate) != base_version) return fail(FaultCode::stale, "gate.changed");
  return gate;
}

}  // namespace

AreaShown shown(const Area& area) {
  return {area.id,
          area.parent_id ? std::optional(area.parent_id) : std::nullopt,
          area.grid_id ? std::optional(area.grid_id) : std::nullopt,
          area.kind,
          area.name,
          area.label,
          version_of(area)};
}

Result<GateShown> shown(Session& session, const Gate& gate) {
  FL_TRY(auto gate_view, view(session, gate));
  return GateShown{std::move(gate_view), version_of(gate)};
}

Result<void> note_change(Session& session, AreaId community, AreaId where, const char* kind, std::string subject,
                         std::string body, const Editing& by) {
  ledger::Draft fact;
  fact.community = community;
  fact.at = fact.recorded_at = by.now;
  fact.actor = by.actor.account;
  fact.device = by.actor.device;
  fact.area = where;
  fact.kind = kind;
  fact.subject = std::move(subject);
  fact.body = std::move(body);
  FL_TRYV(ledger::write(session, fact));
  return {};
}

Result<AreaShown> add_area(Session& session, AreaId community, const AddArea& command, const Editing& by) {
  FL_TRYV(good_name(command.name));
  std::string number = number_in(command.name);
  const bool at_top = command.parent_id == community;
  FL_TRY(auto parent, find(session, at_top ? AreaId{} : community, command.parent_id));
  const bool has_a_name = command.kind == AreaKind::compound || command.kind == AreaKind::grid;
  if (has_a_name) {
    FL_TRY(number, number_for(session, community, parent.id, command.kind, command.name));
  }
  if (number.empty()) return fail(FaultCode::invalid, "area.no_number", {}, "/name");
  if (command.kind < AreaKind::grid) return fail(FaultCode::invalid, "area.wrong_parent", {}, "/kind");
  if (command.kind == AreaKind::household) {
    FL_TRY(parent, floor_for(session, parent, number));
  }
  if (command.grid_id) {
    FL_TRY(const auto grid, find(session, community, *command.grid_id));
    if (grid.kind != AreaKind::grid) return fail(FaultCode::invalid, "area.wrong_parent", {}, "/grid_id");
  }
  const NewArea made = made_of(parent, command, number);
  FL_TRYV(label_free(session, parent, {}, made.label));
  FL_TRY(const auto area, add(session, &parent, made, by.now));
  FL_TRYV(note_change(session, community, area.id, "area.added", subject_of(area.id),
                      json::write(NameBody{{}, area.name}), by));
  return shown(area);
}

Result<AreaShown> rename_area(Session& session, AreaId community, AreaId id, const RenameArea& command,
                              const Editing& by, Renamed renamed) {
  FL_TRYV(good_name(command.name));
  FL_TRY(auto area, area_for(session, community, id, command.base_version));
  const Area before = area;
  area.name = command.name;
  if (command.label) area.label = *command.label;
  if (area.label.size() > name_bytes_max) return fail(FaultCode::invalid, "area.bad_name", {}, "/label");
  if (area.label != before.label) FL_TRYV(label_free(session, area, area.id, area.label));
  FL_TRY(const auto changed, save_name(session, before, area.name, area.label));
  if (changed == 0) return fail(FaultCode::stale, "area.changed");
  FL_TRYV(renamed(session, area));
  FL_TRYV(note_change(session, community, id, "area.renamed", subject_of(id),
                      json::write(NameBody{before.name, area.name}), by));
  return shown(area);
}

Result<AreaShown> put_into_grid(Session& session, AreaId community, AreaId building, const PutIntoGrid& command,
                                const Editing& by) {
  FL_TRY(auto area, area_for(session, community, building, command.base_version));
  FL_TRYV(put_into_grid(session, area, command.grid_id, by));
  area.grid_id = command.grid_id;
  return shown(area);
}

Result<void> put_into_grid(Session& session, const Area& building, AreaId grid, const Editing& by) {
  FL_TRYV(move_to_grid(session, building.community_id, building.id, grid));
  const auto in = [](AreaId grid) { return grid ? std::optional(grid) : std::nullopt; };
  const GridBody body{in(building.grid_id), in(grid)};
  return note_change(session, building.community_id, building.id, "area.put_into_grid", subject_of(building.id),
                     json::write(body), by);
}

Result<Area> add_named(Session& session, const Area& community, AreaKind kind, std::string name, const Editing& by) {
  FL_TRY(const auto added, add_area(session, community.id, {{}, community.id, kind, std::move(name), {}}, by));
  return find(session, community.id, added.area_id);
}

Result<GateShown> add_gate(Session& session, AreaId community, const AddGate& command, const Editing& by) {
  FL_TRYV(good_name(command.name));
  FL_TRY(const auto compound, find(session, community, command.compound_id));
  std::optional<Area> grid;
  if (command.grid_id) {
    FL_TRY(grid, find(session, community, *command.grid_id));
  }
  FL_TRY(const auto gate, add_gate(session, compound, grid ? &*grid : nullptr, command.name, by.now, by.random));
  FL_TRYV(note_change(session, community, compound.id, "gate.added", subject_of(gate.id),
                      json::write(NameBody{{}, gate.name}), by));
  return shown(session, gate);
}

Result<GateShown> rename_gate(Session& session, GateId id, const RenameGate& command, const Editing& by) {
  FL_TRYV(good_name(command.name));
  FL_TRY(auto gate, gate_for(session, id, command.base_version));
  const std::string before = gate.name;
  FL_TRY(const auto changed, save_gate_name(session, gate, command.name));
  if (changed == 0) return fail(FaultCode::stale, "gate.changed");
  gate.name = command.name;
  FL_TRYV(note_change(session, gate.community_id, gate.compound_id, "gate.renamed", subject_of(id),
                      json::write(NameBody{before, gate.name}), by));
  return shown(session, gate);
}

Result<GateShown> reissue_code(Session& session, GateId id, const ReissueCode& command, const Editing& by) {
  FL_TRY(auto gate, gate_for(session, id, command.base_version));
  FL_TRY(const std::string code, free_venue_code(session, by.random));
  FL_TRY(const auto changed, save_venue_code(session, gate, code));
  if (changed == 0) return fail(FaultCode::stale, "gate.changed");
  gate.venue_code = code;
  // Neither code stands in the fact: facts are read by many, and a code is what lets one in front of the right gate.
  FL_TRYV(note_change(session, gate.community_id, gate.compound_id, "gate.code_reissued", subject_of(id), "{}", by));
  return shown(session, gate);
}

}  // namespace firstline::area
