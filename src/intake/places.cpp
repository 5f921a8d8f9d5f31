#include "intake/places.hpp"

#include <algorithm>

#include "base/check.hpp"
#include "intake/text.hpp"

namespace firstline::intake {
namespace {

using area::Area;
using area::AreaKind;

bool is_plain_character(char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z'); }

// What makes "3号楼", "03", "3 栋" one building, and "502A室" another room than "502": the letters and digits, without
// leading zeros; the whole text where there are none.
std::string sign_key(std::string_view text) {
  const std::string whole = plain(text);
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
  if (const auto written = digits_in(door.floor); !written.empty()) return written;
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
  const std::string key = sign_key(text);
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

void Places::put(Area node) {
  const std::int64_t id = node.id.value;
  if (node.kind == AreaKind::compound) compounds_.push_back(id);
  // A room is counted in its unit, whatever its floor.
  std::int64_t parent = node.parent_id.value;
  if (node.kind == AreaKind::household) {
    if (const auto* above = by_id(node.parent_id); above && above->kind == AreaKind::floor)
      parent = above->parent_id.value;
    unit_of_[id] = parent;
  }
  children_.emplace(std::tuple(parent, node.kind, sign_key(node.name)), id);
  paths_.insert(node.path);
  nodes_.emplace(id, std::move(node));
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
  for (const auto id : compounds_) {
    const Area* each = by_id(AreaId{id});
    if (plain(each->name) == plain(door.compound)) return each;
  }
  return nullptr;
}

Places::Found Places::find(const Door& door) const {
  const Area* in = compound(door);
  if (!in) return {nullptr, door.compound.empty() ? "home.no_compound" : "home.unknown_compound"};
  const Area* building = child(in->id, AreaKind::building, door.building);
  if (!building) return {};
  const auto has_below = [&](AreaKind kind) {
    const auto first = children_.lower_bound({building->id.value, kind, ""});
    return first != children_.end() && std::get<0>(first->first) == building->id.value &&
           std::get<1>(first->first) == kind;
  };
  const bool units = has_below(AreaKind::unit), rooms = has_below(AreaKind::household);
  if ((door.unit.empty() && units) || (!door.unit.empty() && !units && rooms)) return {nullptr, "home.mixed"};
  const Area* unit = door.unit.empty() ? building : child(building->id, AreaKind::unit, door.unit);
  if (!unit) return {};
  return {child(unit->id, AreaKind::household, door.room), {}};
}

std::string Places::key(const Door& door) const {
  const Area* in = compound(door);
  return (in ? in->path : plain(door.compound)) + "/" + sign_key(door.building) + "/" + sign_key(door.unit) + "/" +
         sign_key(door.room);
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
                                       std::string_view text, std::string label, bool generated, Instant now) {
  if (const Area* there = child(parent.id, kind, text)) return there;
  std::string code = code_of(kind, text);
  // A code may be taken by a node whose sign says something else.
  const auto taken = [&](const std::string& wanted) { return paths_.contains(area::join_path(parent.path, wanted)); };
  if (!area::valid_code(code) || taken(code))
    for (int n = 1; code = "x" + std::to_string(n), taken(code);) ++n;
  FL_TRY(auto made,
         area::add(session, &parent, {kind, code, sign_of(kind, text), std::move(label), {}, generated}, now));
  const AreaId id = made.id;
  put(std::move(made));
  return by_id(id);
}

Result<Area> Places::make(store::Session& session, const Door& door, bool generated, Instant now) {
  const Area* node = compound(door);
  FL_CHECK(node);
  std::string label = sign_key(door.building);
  FL_TRY(node, make_child(session, *node, AreaKind::building, door.building, label, generated, now));
  if (!door.unit.empty()) {
    label += "-" + sign_key(door.unit);
    FL_TRY(node, make_child(session, *node, AreaKind::unit, door.unit, label, generated, now));
  }
  const Area* rooms_of = node;
  if (const std::string floor = floor_of(door); !floor.empty() && node->kind == AreaKind::unit) {
    FL_TRY(node, make_child(session, *node, AreaKind::floor, floor, label + "-" + floor + "F", generated, now));
  }
  if (const Area* there = child(rooms_of->id, AreaKind::household, door.room)) return *there;
  FL_TRY(node,
         make_child(session, *node, AreaKind::household, door.room, label + "-" + sign_key(door.room), generated, now));
  return *node;
}

}  // namespace firstline::intake
