#pragma once

// What is kept of venues. SQL stands in store_sql.cpp only.

#include <optional>
#include <string_view>
#include <vector>

#include "store/session.hpp"
#include "venue/model.hpp"

namespace firstline::venue {

// False: the code is taken.
Result<bool> add(store::Session& session, const Venue& venue);
Result<std::optional<Venue>> load(store::Session& session, VenueId id);
Result<std::optional<Venue>> load_with_code(store::Session& session, std::string_view venue_code);
Result<std::vector<Venue>> load_of(store::Session& session, AreaId community);

// Sent twice it is one.
Result<void> add(store::Session& session, const VenueScan& scan);
// In order of id, both ends left out.
Result<std::vector<VenueScan>> load_scans(store::Session& session, AreaId community, std::int64_t after_id,
                                          std::int64_t until_id, int limit);
Result<void> remove_scans(store::Session& session, AreaId community, Instant before);

}  // namespace firstline::venue
