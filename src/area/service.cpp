#include "area/service.hpp"

#include "area/store.hpp"
#include "base/check.hpp"

namespace firstline::area {
namespace {

constexpr std::string_view venue_alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
constexpr int venue_code_length = 8;
constexpr int venue_code_attempts_max = 8;

// Which kind may stand directly below which.
bool may_stand_below(const Area* parent, AreaKind kind) {
  if (!parent) return kind == AreaKind::district;
  switch (kind) {
    case AreaKind::district:
      return false;
    case AreaKind::subdistrict:
      return parent->kind == AreaKind::district;
    case AreaKind::community:
      return parent->kind == AreaKind::subdistrict;
    case AreaKind::grid:
    case AreaKind::compound:
      return parent->kind == AreaKind::community;
    case AreaKind::building:
      return parent->kind == AreaKind::compound;
    case AreaKind::unit:
      return parent->kind == AreaKind::building;
    case AreaKind::floor:
      return parent->kind == AreaKind::unit;
    // A cottage has neither unit nor floor.
    case AreaKind::household:
      return parent->kind == AreaKind::floor || parent->kind == AreaKind::unit || parent->kind == AreaKind::building;
  }
  return false;
}

// Below a community the shard is the community; the community's own node and all above belong to the official tree.
AreaId shard_below(const Area* parent) {
  if (!parent) return {};
  return parent->kind == AreaKind::community ? parent->id : parent->community_id;
}

template <class T>
Result<T> known(Result<std::optional<T>> found, std::string_view reason) {
  if (!found) return tl::unexpected(std::move(found).error());
  if (!*found) return fail(FaultCode::not_found, reason);
  return std::move(**found);
}

std::string normal_venue_code(std::string_view code) {
  std::string normal;
  for (char c : code.substr(0, 32)) {
    if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
    if (c == 'O') c = '0';  // What an eye takes for something else.
    if (c == 'I' || c == 'L') c = '1';
    if (c != '-' && c != ' ') normal += c;
  }
  return normal;
}

}  // namespace

using store::Session;

Result<Area> find(Session& session, AreaId community, AreaId id) {
  return known(load_area(session, community, id), "area.unknown");
}

Result<Area> find_community(Session& session, AreaId id) {
  FL_TRY(auto area, find(session, {}, id));
  if (area.kind != AreaKind::community) return fail(FaultCode::not_found, "area.unknown");
  return area;
}

Result<Area> find_by_path(Session& session, AreaId community, std::string_view path) {
  return known(load_area_at(session, community, path), "area.unknown");
}

Result<Area> find_on_path(Session& session, std::string_view path) {
  AreaId community;
  for (const std::string& prefix : path_prefixes(path)) {
    FL_TRY(auto node, load_area_at(session, {}, prefix));
    if (!node) break;
    if (prefix == path) return std::move(*node);
    if (node->kind == AreaKind::community) community = node->id;
  }
  return find_by_path(session, community, path);
}

Result<std::vector<Area>> children(Session& session, AreaId community, AreaId parent) {
  return load_children(session, community, parent);
}

Result<std::vector<Area>> below(Session& session, AreaId community, std::string_view path) {
  return load_below(session, community, path);
}

Result<std::vector<Area>> labelled(Session& session, AreaId community, std::string_view label) {
  return load_labelled(session, community, label);
}

Result<std::vector<Area>> way_to(Session& session, AreaId community, std::string_view path) {
  std::vector<Area> way;
  for (const std::string& prefix : path_prefixes(path)) {
    FL_TRY(auto node, load_area_at(session, community, prefix));
    if (node) way.push_back(std::move(*node));
  }
  return way;
}

Result<Area> add(Session& session, const Area* parent, const NewArea& made, Instant now) {
  if (!valid_code(made.code)) return fail(FaultCode::invalid, "area.bad_code", {}, "/code");
  if (!may_stand_below(parent, made.kind)) return fail(FaultCode::invalid, "area.wrong_parent", {}, "/parent_id");
  Area area;
  area.community_id = shard_below(parent);
  area.id = session.new_id<AreaId>(now);
  area.parent_id = parent ? parent->id : AreaId{};
  area.kind = made.kind;
  area.code = made.code;
  area.name = made.name;
  area.label = made.label.empty() ? made.name : made.label;
  area.path = join_path(parent ? parent->path : std::string(), made.code);
  area.grid_id = made.kind == AreaKind::building ? made.grid_id : AreaId{};
  area.generated = made.generated;
  FL_TRYV(save(session, area));
  return area;
}

Result<void> move_to_grid(Session& session, AreaId community, AreaId building, AreaId grid) {
  if (grid) {
    FL_TRY(const auto target, find(session, community, grid));
    if (target.kind != AreaKind::grid) return fail(FaultCode::invalid, "area.wrong_parent", {}, "/grid_id");
  }
  FL_TRY(const auto changed, save_grid(session, community, building, grid));
  if (changed == 0) return fail(FaultCode::not_found, "area.unknown");
  return {};
}

Result<Gate> find_gate(Session& session, GateId id) { return known(load_gate(session, id), "gate.unknown"); }

Result<Gate> find_gate_by_venue_code(Session& session, std::string_view code) {
  return known(load_gate_with_code(session, normal_venue_code(code)), "gate.unknown");
}

Result<std::vector<AreaId>> communities_with_gates(Session& session) { return load_communities_with_gates(session); }
Result<std::vector<Gate>> gates_of(Session& session, AreaId community) { return load_gates(session, community); }

Result<Gate> add_gate(Session& session, const Area& compound, const Area* grid, std::string name, Instant now,
                      Random& random) {
  if (compound.kind != AreaKind::compound) return fail(FaultCode::invalid, "area.wrong_parent", {}, "/compound_id");
  if (grid && (grid->kind != AreaKind::grid || grid->community_id != compound.community_id)) {
    return fail(FaultCode::invalid, "area.wrong_parent", {}, "/grid_id");
  }
  Gate gate{session.new_id<GateId>(now),
            compound.community_id,
            compound.id,
            std::move(name),
            {},
            compound.path,
            compound.generated,
            grid ? grid->path : std::string()};
  FL_TRY(gate.venue_code, free_venue_code(session, random));
  FL_TRYV(save(session, gate));
  return gate;
}

Result<std::string> free_venue_code(Session& session, Random& random) {
  for (int attempt = 0; attempt < venue_code_attempts_max; ++attempt) {
    std::string code;
    for (int i = 0; i < venue_code_length; ++i) code += venue_alphabet[random.below(venue_alphabet.size())];
    FL_TRY(const auto taken, load_gate_with_code(session, code));
    if (!taken) return code;
  }
  return fail(FaultCode::busy, "gate.no_free_venue_code");
}

Result<GateView> view(Session& session, const Gate& gate) {
  FL_TRY(const auto compound, find(session, gate.community_id, gate.compound_id));
  FL_TRY(const auto community, find_community(session, gate.community_id));
  return GateView{gate.id,           gate.name,      gate.compound_id, compound.name,
                  gate.community_id, community.name, gate.venue_code,  gate.generated};
}

http::Place place_of(const Gate& gate) { return {gate.community_id, gate.path, gate.grid_path}; }

Result<http::Place> place_of(Session& session, const Area& area) {
  http::Place place{area.kind == AreaKind::community ? area.id : area.community_id, area.path, {}};
  AreaId grid = area.grid_id;
  if (area.kind == AreaKind::unit || area.kind == AreaKind::floor || area.kind == AreaKind::household) {
    FL_TRY(const auto way, way_to(session, area.community_id, area.path));
    for (const Area& node : way) {
      if (node.kind == AreaKind::building) grid = node.grid_id;
    }
  }
  if (grid) {
    FL_TRY(auto node, find(session, area.community_id, grid));
    place.grid_path = std::move(node.path);
  }
  return place;
}

http::PlaceOf at_gate(std::string parameter) {
  return [parameter = std::move(parameter)](http::Call& call) -> Result<http::Place> {
    FL_TRY(const auto id, call.id_parameter<GateId>(parameter));
    FL_TRY(auto gate, find_gate(*call.session, id));
    auto place = place_of(gate);
    call.met = std::move(gate);
    return place;
  };
}

const Gate& gate_met(const http::Call& call) {
  const auto* gate = std::any_cast<Gate>(&call.met);
  FL_CHECK(gate);
  return *gate;
}

http::PlaceOf at_area(std::string parameter) {
  return [parameter = std::move(parameter)](const http::Call& call) -> Result<http::Place> {
    FL_TRY(const auto community, call.id_parameter<AreaId>("community"));
    FL_TRY(const auto id, call.id_parameter<AreaId>(parameter));
    FL_TRY(const auto node, find(*call.session, community, id));
    return place_of(*call.session, node);
  };
}

Result<std::string> grid_of(Session& session, const Area& community, const http::Actor& actor) {
  std::string grid;
  for (const http::Grant& grant : actor.grants) {
    const bool inside = grant.path.size() > community.path.size() && http::path_covers(community.path, grant.path);
    if (grant.role != http::Role::grid_worker || !inside) continue;
    // A grid's worker is at home in the community's lists; a role over one compound or home does not open them.
    const auto area = find_by_path(session, community.id, grant.path);
    if (!area && area.error().code != FaultCode::not_found) return tl::unexpected(area.error());
    if (area && area->kind == AreaKind::grid) grid = grant.path;
  }
  return grid;
}

http::PlaceOf at_community(std::string parameter) {
  return [parameter = std::move(parameter)](const http::Call& call) -> Result<http::Place> {
    FL_TRY(const auto id, call.id_parameter<AreaId>(parameter));
    FL_TRY(auto community, find_community(*call.session, id));
    FL_TRY(auto grid, grid_of(*call.session, community, call.actor));
    return http::Place{community.id, std::move(community.path), std::move(grid)};
  };
}

http::PlaceOf at_office(std::string parameter) {
  return [parameter = std::move(parameter)](const http::Call& call) -> Result<http::Place> {
    FL_TRY(const auto id, call.id_parameter<AreaId>(parameter));
    FL_TRY(auto node, find(*call.session, {}, id));
    if (node.kind != AreaKind::community) return http::Place{{}, std::move(node.path), {}};
    FL_TRY(auto grid, grid_of(*call.session, node, call.actor));
    return http::Place{node.id, std::move(node.path), std::move(grid)};
  };
}

}  // namespace firstline::area
