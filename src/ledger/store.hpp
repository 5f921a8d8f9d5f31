#pragma once

// What the audit and the seals read. Inside the ledger only.

#include <vector>

#include "ledger/row.hpp"

namespace firstline::ledger {

// A place in the order of all chains: by writer, then seq; community and id tell two facts of a fork apart.
struct ChainPlace {
  std::int64_t writer = 0, seq = 0, community_id = 0, id = 0;
};

struct WriterEnd {
  std::int64_t writer = 0, seq = 0;
};
BOOST_DESCRIBE_STRUCT(WriterEnd, (), (writer, seq))

Result<std::vector<FactRow>> chains_after(store::Session& session, const ChainPlace& place, int limit);
// Empty: no fact there; more than one: a fork.
Result<std::vector<store::Bytes>> hashes_at(store::Session& session, std::int64_t writer, std::int64_t seq);
Result<std::vector<WriterEnd>> chain_ends(store::Session& session);

}  // namespace firstline::ledger
