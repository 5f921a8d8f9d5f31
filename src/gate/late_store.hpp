#pragma once

// What the gate keeps for phones without a network: that a gate's pack has changed, which passages were written down
// later than they happened, and outings of many homes at once. SQL stands in late_store_sql.cpp only.

#include <vector>

#include "base/fault.hpp"
#include "gate/passage.hpp"
#include "store/session.hpp"

namespace firstline::gate {

struct HomeOutings {
  AreaId household_id;
  int outings = 0;
};
BOOST_DESCRIBE_STRUCT(HomeOutings, (), (household_id, outings))
Result<std::vector<HomeOutings>> outings_below(store::Session& session, AreaId community, std::string_view path,
                                               Date day);

// A pack's change, for the streams of the compound's gates.
struct PackChange {
  AreaId community_id;
  std::int64_t id = 0;
  AreaId compound_id;
  std::int64_t version = 0;
};
BOOST_DESCRIBE_STRUCT(PackChange, (), (community_id, id, compound_id, version))
Result<void> add(store::Session& session, const PackChange& change);
Result<std::vector<PackChange>> pack_changes_after(store::Session& session, AreaId community, std::int64_t after_id,
                                                   int limit);
Result<void> forget_pack_changes(store::Session& session, AreaId community, std::int64_t before_id);

// A passage that was recorded after it happened counts where it happened; its row's own `at` says when that was.
// By which moment a late passage was decided; nothing for one that was not late.
Result<std::optional<Instant>> late_decision(store::Session& session, AreaId community, Instant at, PassageId passage);
Result<bool> had_shift(store::Session& session, AreaId community, GateId gate, AccountId account, Instant moment);
Result<void> add_late(store::Session& session, AreaId community, PassageId passage, Instant happened_at,
                      Instant decided_at);

}  // namespace firstline::gate
