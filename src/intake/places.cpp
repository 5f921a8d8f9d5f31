#include "intake/places.hpp"

#include <algorithm>

#include "intake/text.hpp"

namespace firstline::intake {
namespace {

using area::Area;
using area::AreaKind;

bool is_plain_character(char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z'); }

// What makes "3号楼", "03", "3 栋" one building, and "502A室" another room than "502": the letters and digits, without
// leading zeros; the whole text where there are none.
std::string sign_key(std::string_view text) {
  std::string whole = plain(text);
  std::string key;
  for (const char c : whole)
    if (is_plain_character(c)) key += c;
  if (key.empty()) return whole;
  const auto first = key.find_first_not_of('0');
  return first == key.npos ? "0" : key.substr(first);
}

bool is_number(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

std::string floor_of(const Door& door) {
  if (auto written = digits_in(door.floor); !written.empty()) return written;
  const std::string room = sign_key(door.room);
  return is_number(room) && room.size() >= 3 ? room.substr(0, room.size() - 2) : std::string();
}

std::string sign_of(AreaKind kind, std::string_view text) {
  if (!is_number(plain(text))) return std::string(trimmed(text));
  switch (kind) {
    case AreaKind::building:
      return sign_key(text) + "号楼";
    case AreaKind::unit:
      return sign_key(text) + "单元";
    case AreaKind::floor:
      return sign_key(text) + "层";
    default:
      return plain(text) + "室";
  }
}

std::string code_of(AreaKind kind, std::string_view text) {
  std::string key = sign_key(text);
  if (!std::all_of(key.begin(), key.end(), is_plain_character)) return {};
  switch (kind) {
    case AreaKind::building:
      return "b" + (key.size() == 1 ? "0" + key : key);
    case AreaKind::unit:
      return "u" + key;
    case AreaKind::floor:
      return "f" + (key.size() == 1 ? "0" + key : key);
    default:
      return key;
  }
}

}  // namespace

Result<Places> Places::load(store::Session& session, const Area& community) {
  Places places;
  places.community_ = community;
  FL_TRY(auto nodes, area::below(session, community.id, community.path));
  for (Area& node : nodes) places.put(std::move(node));  // Parents come before children: the order of paths.
  return places;
}

const Area* Places::put(Area node) {
  const std::int64_t id = node.id.value;
  if (node.kind == AreaKind::compound) compounds_.push_back(id);
  if (node.kind == AreaKind::grid) grids_.push_back(id);
  // A room is counted in its unit, whatever its floor.
  std::int64_t parent = node.parent_id.value;
  if (node.kind == AreaKind::household) {
    if (const auto* above = by_id(node.parent_id); above && above->kind == AreaKind::floor)
      parent = above->parent_id.value;
    unit_of_[id] = parent;
  }
  children_.emplace(std::tuple(parent, node.kind, sign_key(node.name)), id);
  paths_.insert(node.path);
  return &nodes_.insert_or_assign(id, std::move(node)).first->second;
}

const Area* Places::by_id(AreaId id) const {
  const auto found = nodes_.find(id.value);
  return found == nodes_.end() ? nullptr : &found->second;
}

const Area* Places::child(AreaId parent, AreaKind kind, std::string_view text) const {
  const auto found = children_.find({parent.value, kind, sign_key(text)});
  return found == children_.end() ? nullptr : by_id(AreaId{found->second});
}

const Area* Places::compound(const Door& door) const {
  if (door.compound.empty()) return compounds_.size() == 1 ? by_id(AreaId{compounds_.front()}) : nullptr;
  return named(compounds_, door.compound);
}

// "3" is the third grid, whatever words its name has around it, as long as there is but one.
const Area* Places::grid(std::string_view name) const {
  if (const Area* there = named(grids_, name)) return there;
  const Area* with_number = nullptr;
  if (!is_number(plain(name))) return nullptr;
  for (const auto id : grids_) {
    const Area* each = by_id(AreaId{id});
    if (sign_key(each->name) != sign_key(name)) continue;
    if (with_number) return nullptr;
    with_number = each;
  }
  return with_number;
}

const Area* Places::named(const std::vector<std::int64_t>& nodes, std::string_view name) const {
  for (const auto id : nodes)
    if (const Area* each = by_id(AreaId{id}); plain(each->name) == plain(name)) return each;
  return nullptr;
}

const Area* Places::building(const Door& door) const {
  const Area* in = compound(door);
  return in && !door.building.empty() ? child(in->id, AreaKind::building, door.building) : nullptr;
}

Places::Found Places::find(const Door& door) const {
  const Area* in = compound(door);
  if (!in) return {nullptr, door.compound.empty() ? "home.no_compound" : ""};
  if (door.building.empty()) return {in, {}};
  const Area* building = child(in->id, AreaKind::building, door.building);
  if (!building || (door.unit.empty() && door.room.empty())) return {building, {}};
  const auto has_below = [&](AreaKind kind) {
    const auto first = children_.lower_bound({building->id.value, kind, ""});
    return first != children_.end() && std::get<0>(first->first) == building->id.value &&
           std::get<1>(first->first) == kind;
  };
  const bool units = has_below(AreaKind::unit), rooms = has_below(AreaKind::household);
  if ((door.unit.empty() && units) || (!door.unit.empty() && !units && rooms)) return {nullptr, "home.mixed"};
  const Area* unit = door.unit.empty() ? building : child(building->id, AreaKind::unit, door.unit);
  if (!unit || door.room.empty()) return {unit, {}};
  return {child(unit->id, AreaKind::household, door.room), {}};
}

std::string Places::key(const Door& door) const {
  return building_key(door) + "/" + sign_key(door.unit) + "/" + sign_key(door.room);
}

std::string Places::building_key(const Door& door) const {
  const Area* in = compound(door);
  return (in ? in->path : plain(door.compound)) + "/" + sign_key(door.building);
}

std::string Places::grid_of(const Area& home) const {
  for (const Area* node = &home; node; node = by_id(node->parent_id))
    if (const Area* grid = by_id(node->grid_id)) return grid->name;
  return {};
}

std::string Places::building_path(std::string_view path) const {
  // The community's path has so many parts; a building stands two below it.
  std::size_t at = community_.path.size();
  for (int parts = 0; parts < 2; ++parts) {
    if (at >= path.size()) return {};
    at = std::min(path.find('/', at + 1), path.size());
  }
  return std::string(path.substr(0, at));
}

Door Places::door_of(const Area& home) const {
  Door door;
  for (const Area* node = &home; node; node = by_id(node->parent_id)) {
    if (node->kind == AreaKind::household) door.room = node->name;
    if (node->kind == AreaKind::floor) door.floor = node->name;
    if (node->kind == AreaKind::unit) door.unit = node->name;
    if (node->kind == AreaKind::building) door.building = node->name;
    if (node->kind == AreaKind::compound) door.compound = node->name;
  }
  return door;
}

Result<const Area*> Places::make_child(store::Session& session, const Area& parent, AreaKind kind,
                                       std::string_view text, std::string label, const area::Editing& by) {
  if (const Area* there = child(parent.id, kind, text)) return there;
  std::string code = code_of(kind, text);
  // A code may be taken by a node whose sign says something else.
  const auto taken = [&](const std::string& wanted) { return paths_.contains(area::join_path(parent.path, wanted)); };
  if (!area::valid_code(code) || taken(code))
    for (int n = 1; code = "x" + std::to_string(n), taken(code);) ++n;
  FL_TRY(auto made, area::add(session, &parent,
                              {kind, code, sign_of(kind, text), std::move(label), {}, community_.generated}, by.now));
  return put(std::move(made));
}

// The desk's own way, with its fact: a compound or a grid is new but once.
Result<const Area*> Places::make_named(store::Session& session, AreaKind kind, std::string name,
                                       const area::Editing& by) {
  FL_TRY(auto node, area::add_named(session, community_, kind, std::move(name), by));
  return put(std::move(node));
}

Result<Area> Places::make_grid(store::Session& session, std::string_view name, const area::Editing& by) {
  if (const Area* there = grid(name)) return *there;
  const std::string number = plain(name);
  FL_TRY(const Area* made, make_named(session, AreaKind::grid,
                                      is_number(number) ? "第" + number + "网格" : std::string(trimmed(name)), by));
  return *made;
}

Result<void> Places::put_into_grid(store::Session& session, AreaId building, AreaId grid, const area::Editing& by) {
  Area& node = nodes_.at(building.value);
  FL_TRYV(area::put_into_grid(session, node, grid, by));
  node.grid_id = grid;
  return {};
}

Result<Area> Places::make(store::Session& session, const Door& door, const area::Editing& by) {
  const Area* node = compound(door);
  if (!node) {
    FL_TRY(node, make_named(session, AreaKind::compound, std::string(trimmed(door.compound)), by));
  }
  if (door.building.empty()) return *node;
  std::string label = sign_key(door.building);
  FL_TRY(node, make_child(session, *node, AreaKind::building, door.building, label, by));
  if (!door.unit.empty()) {
    label += "-" + sign_key(door.unit);
    FL_TRY(node, make_child(session, *node, AreaKind::unit, door.unit, label, by));
  }
  if (door.room.empty()) return *node;
  const Area* rooms_of = node;
  if (const std::string floor = floor_of(door); !floor.empty() && node->kind == AreaKind::unit) {
    FL_TRY(node, make_child(session, *node, AreaKind::floor, floor, label + "-" + floor + "F", by));
  }
  if (const Area* there = child(rooms_of->id, AreaKind::household, door.room)) return *there;
  FL_TRY(node, make_child(session, *node, AreaKind::household, door.room, label + "-" + sign_key(door.room), by));
  return *node;
}

}  // namespace firstline::intake
