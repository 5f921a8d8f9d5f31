#pragma once

// Which communities were generated. SQL stands in store_sql.cpp only.

#include <cstdint>
#include <vector>

#include <boost/describe.hpp>

#include "base/fault.hpp"
#include "base/id.hpp"
#include "store/session.hpp"

namespace firstline::drill {

struct MadeCommunity {
  std::int64_t number = 0;  // 1.. over the whole database.
  AreaId community_id;
  std::int64_t seed = 0;
  std::int64_t people = 0;          // Of this community.
  std::int64_t of_communities = 0;  // Made in one call.
  bool finished = false;
  Instant made_at{};
  Instant readings_at{};
};
BOOST_DESCRIBE_STRUCT(MadeCommunity, (),
                      (number, community_id, seed, people, of_communities, finished, made_at, readings_at))

Result<void> save(store::Session& session, const MadeCommunity& made);
Result<void> finish(store::Session& session, std::int64_t number);
Result<void> set_readings_at(store::Session& session, std::int64_t number, Instant at);
Result<std::vector<MadeCommunity>> load_made(store::Session& session);

}  // namespace firstline::drill
