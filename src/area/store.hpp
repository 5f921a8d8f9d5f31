#pragma once

// What is kept of the place tree. SQL stands in store_sql.cpp only. A community of 0 is the shard of the official tree.

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "area/model.hpp"
#include "base/fault.hpp"
#include "store/session.hpp"

namespace firstline::area {

Result<std::optional<Area>> load_area(store::Session& session, AreaId community, AreaId id);
Result<std::optional<Area>> load_area_at(store::Session& session, AreaId community, std::string_view path);
Result<std::vector<Area>> load_children(store::Session& session, AreaId community, AreaId parent);
Result<std::vector<Area>> load_below(store::Session& session, AreaId community, std::string_view path);
Result<std::vector<Area>> load_labelled(store::Session& session, AreaId community, std::string_view label);
Result<void> save(store::Session& session, const Area& area);
// Number of rows changed: 0 if there is no such building.
Result<std::int64_t> save_grid(store::Session& session, AreaId community, AreaId building, AreaId grid);

// 0 if it is no longer called as `before` was.
Result<std::int64_t> save_name(store::Session& session, const Area& before, std::string_view name,
                               std::string_view label);

Result<std::optional<Gate>> load_gate(store::Session& session, GateId id);
Result<std::optional<Gate>> load_gate_with_code(store::Session& session, std::string_view venue_code);
Result<std::vector<AreaId>> load_communities_with_gates(store::Session& session);
// Whether any gate stands in a community that was made up.
Result<bool> any_generated(store::Session& session);
Result<std::vector<Gate>> load_gates(store::Session& session, AreaId community);
Result<void> save(store::Session& session, const Gate& gate);
// 0 if the gate is no longer as it was read.
Result<std::int64_t> save_gate_name(store::Session& session, const Gate& before, std::string_view name);
Result<std::int64_t> save_venue_code(store::Session& session, const Gate& before, std::string_view code);

}  // namespace firstline::area
