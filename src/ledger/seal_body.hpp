#pragma once

// The bodies of the facts that seal a day. Inside the ledger only.

#include "ledger/audit.hpp"

namespace firstline::ledger {

inline constexpr const char* chains_sealed_kind = "ledger.day_sealed";

struct SealBody {
  Date day{};
  std::string part;
  std::int64_t count = 0;
  std::string digest;
};
BOOST_DESCRIBE_STRUCT(SealBody, (), (day, part, count, digest))

struct ChainsBody {
  Date day{};
  std::vector<Head> heads;
};
BOOST_DESCRIBE_STRUCT(ChainsBody, (), (day, heads))

}  // namespace firstline::ledger
