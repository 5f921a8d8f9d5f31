#pragma once

// A fact as it is kept, and how its hash is made.

#include <boost/describe.hpp>

#include "ledger/fact.hpp"

namespace firstline::ledger {

struct FactRow {
  std::int64_t community_id = 0;  // 0 above any community.
  FactId id;
  std::int64_t writer = 0;  // Which chain.
  std::int64_t seq = 0;     // From 1, without gaps, within the chain.
  Instant at{};
  Instant recorded_at{};
  std::int64_t actor = 0, device = 0, area = 0;  // 0: none.
  std::string kind, subject, policy_version, body;
  store::Bytes previous_hash, hash;  // 32 bytes each; the first fact of a chain has zeros before it.
};
BOOST_DESCRIBE_STRUCT(FactRow, (),
                      (community_id, id, writer, seq, at, recorded_at, actor, device, area, kind, subject,
                       policy_version, body, previous_hash, hash))

// SHA-256 over every field but `hash`: integers as 8 bytes, texts with their length before them, so that no two facts
// write down the same.
store::Bytes hash_of(const FactRow& row);

}  // namespace firstline::ledger
