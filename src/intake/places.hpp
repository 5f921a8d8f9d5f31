#pragma once

// The places of one community, found by what stands on their doors. Holds a copy of the tree while a list is worked on.

#include <map>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "area/service.hpp"
#include "intake/columns.hpp"

namespace firstline::intake {

class Places {
 public:
  static Result<Places> load(store::Session& session, const area::Area& community);

  struct Found {
    const area::Area* node = nullptr;  // Nothing: it may be made.
    std::string_view problem;          // A code of problem_words: it cannot even be made.
  };
  // The home, or in a list of places the lowest place that the door names.
  Found find(const Door& door) const;
  const area::Area* compound(const Door& door) const;
  const area::Area* grid(std::string_view name) const;
  // The building in which the door is; nothing if that is to be made.
  const area::Area* building(const Door& door) const;
  // The same as `find`, made with everything above it. Call it only for what `find` has no problem with.
  Result<area::Area> make(store::Session& session, const Door& door, const area::Editing& by);
  Result<area::Area> make_grid(store::Session& session, std::string_view name, const area::Editing& by);
  Result<void> put_into_grid(store::Session& session, AreaId building, AreaId grid, const area::Editing& by);

  // For telling homes that are the same door written differently apart from new ones.
  std::string key(const Door& door) const;
  // "620102/020/901/c1/b03" of any path below it; empty above a building.
  std::string building_path(std::string_view path) const;
  std::string building_key(const Door& door) const;
  const area::Area* by_id(AreaId id) const;
  Door door_of(const area::Area& home) const;
  std::string grid_of(const area::Area& home) const;

 private:
  const area::Area* child(AreaId parent, area::AreaKind kind, std::string_view text) const;
  const area::Area* named(const std::vector<std::int64_t>& nodes, std::string_view name) const;
  const area::Area* put(area::Area node);
  Result<const area::Area*> make_named(store::Session& session, area::AreaKind kind, std::string name,
                                       const area::Editing& by);
  Result<const area::Area*> make_child(store::Session& session, const area::Area& parent, area::AreaKind kind,
                                       std::string_view text, std::string label, const area::Editing& by);

  area::Area community_;
  std::unordered_map<std::int64_t, area::Area> nodes_;  // By id; addresses stay.
  std::map<std::tuple<std::int64_t, area::AreaKind, std::string>, std::int64_t> children_;
  std::unordered_map<std::int64_t, std::int64_t>
      unit_of_;  // Household > the unit or building that rooms are counted in.
  std::unordered_set<std::string> paths_;
  std::vector<std::int64_t> compounds_, grids_;
};

}  // namespace firstline::intake
