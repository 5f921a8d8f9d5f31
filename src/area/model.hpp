#pragma once

// The place tree (区 > 街道 > 社区 > 小区 > 楼栋 > 单元 > 楼层 > 户), the grids (网格) that stand beside it, and gates
// (卡口).
//
// A path names a node by the codes on the way down, "620102/020/901/c1/b03/u2/f05/502", so that "everything below" is
// one range of an index. A grid is a set of buildings: a building names its grid, and moving it to another changes no
// path. Pure.

#include <string>
#include <string_view>
#include <vector>

#include "base/id.hpp"

namespace firstline::area {

// 区 街道 社区 网格 小区 楼栋 单元 楼层 户
enum class AreaKind { district, subdistrict, community, grid, compound, building, unit, floor, household };

struct Area {
  // The community it lies in. 0 for the official tree: districts, subdistricts and the communities themselves.
  AreaId community_id;
  AreaId id;
  AreaId parent_id;  // 0: a root.
  AreaKind kind = AreaKind::household;
  std::string code;   // Among its siblings: "620102", "020", "c1", "b03", "502". Lower-case letters and digits.
  std::string name;   // As its sign says: "3号楼".
  std::string label;  // Short and unique within the compound: "3-2-502". Shown to the keeper.
  std::string path;
  AreaId grid_id;  // Buildings only.
  bool generated = false;
};

struct Gate {
  GateId id;
  AreaId community_id;
  AreaId compound_id;
  std::string name;
  std::string venue_code;  // What the poster's QR holds: 8 letters and digits, random, unique.
  std::string path;        // Of its compound: who holds a role there holds it at the gate.
  bool generated = false;
  std::string grid_path;  // Of the grid in charge of it; may be empty.
};

// A gate with the names around it, as pages show it.
struct GateView {
  GateId gate_id;
  std::string name;
  AreaId compound_id;
  std::string compound_name;
  AreaId community_id;
  std::string community_name;
  std::string venue_code;
  bool generated = false;
};

// "620102/020/901" and "c1" make "620102/020/901/c1"; an empty parent gives the code itself.
std::string join_path(std::string_view parent, std::string_view code);
// Every node on the way: "a", "a/b", "a/b/c" for "a/b/c".
std::vector<std::string> path_prefixes(std::string_view path);
// Paths strictly below `path` are exactly those with first <= p < last, compared as bytes.
struct PathRange {
  std::string first, last;
};
PathRange range_below(std::string_view path);

// Lower-case letters and digits, 1 to 12 of them.
bool valid_code(std::string_view code);

}  // namespace firstline::area
