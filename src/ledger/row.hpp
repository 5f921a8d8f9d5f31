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
  std::string role;                  // In which the actor acted; empty: none was needed, or hash_version is 1.
  int hash_version = 0;              // Which fields the hash covers: 1 knows no role.
};
BOOST_DESCRIBE_STRUCT(FactRow, (),
                      (community_id, id, writer, seq, at, recorded_at, actor, device, area, kind, subject,
                       policy_version, body, previous_hash, hash, role, hash_version))

inline constexpr int hash_version_now = 2;

// SHA-256 over every field but `hash`: integers as 8 bytes, texts with their length before them, so that no two facts
// write down the same. A fact of version 1 verifies as it did when it was written; calling a newer one old, or giving
// an old one a role, changes its hash.
store::Bytes hash_of(const FactRow& row);

}  // namespace firstline::ledger
