#pragma once

// Proves that no fact was changed, taken out or put in, and names the first place of each chain where that is not so.
// It reads only. What it cannot see: somebody who holds the database and writes a whole chain again from some fact on,
// together with every day seal after it. Whoever keeps `heads` of an earlier report elsewhere sees that too.

#include <string>
#include <vector>

#include "ledger/seal.hpp"

namespace firstline::ledger {

enum class Trouble {
  hash_mismatch,  // The fact is not what was written.
  broken_link,    // The fact is whole, but the one before it is not the one that it followed.
  gap,            // `seq` is not there; `fact` is the one that stands where it should be.
  fork,           // A second fact with the same place in the chain.
  missing,        // A day seal names this place, but the chain ends before it or holds another fact there.
  seal_mismatch,  // Rows of a sealed table are not those that the fact sealed.
};
BOOST_DESCRIBE_ENUM(Trouble, hash_mismatch, broken_link, gap, fork, missing, seal_mismatch)

struct Finding {
  Trouble what = Trouble::hash_mismatch;
  std::int64_t writer = 0, seq = 0;
  FactId fact;  // For `missing`: the fact that seals the day.
  std::string detail;
};
BOOST_DESCRIBE_STRUCT(Finding, (), (what, writer, seq, fact, detail))

struct Head {
  std::int64_t writer = 0, seq = 0;
  std::string hash;  // Hexadecimal.
};
BOOST_DESCRIBE_STRUCT(Head, (), (writer, seq, hash))

struct AuditReport {
  std::int64_t facts = 0, chains = 0, seals = 0;
  std::vector<Finding> findings;  // At most one of a chain's own, plus those of seals. Empty: all is whole.
  std::vector<Head> heads;
};
BOOST_DESCRIBE_STRUCT(AuditReport, (), (facts, chains, seals, findings, heads))

// Reads page by page; memory does not grow with the ledger. Run it on a read session.
Result<AuditReport> verify(store::Session& session, const std::vector<SealedTable>& tables);

}  // namespace firstline::ledger
