#pragma once

// Decides a kept passage again from its kept arguments and the packs that its version names. Changes nothing.

#include "base/fault.hpp"
#include "gate/passage.hpp"
#include "policy/library.hpp"
#include "store/session.hpp"

namespace firstline::gate {

struct Replay {
  PassageId passage_id;
  Instant at{};
  std::string policy_version;
  Presented presented;
  Verdict kept;
  Verdict again;
  bool equal = false;
};
BOOST_DESCRIBE_STRUCT(Replay, (), (passage_id, at, policy_version, presented, kept, again, equal))

// Faults: passage.unknown (not_found), policy.version_gone (stale: this program carries other packs than those that
// decided).
Result<Replay> replay(store::Session& session, const policy::Library& library, PassageId passage);

// The rules that a kept version names. Faults policy.unknown_pack (not_found), policy.version_gone (stale).
Result<policy::GatePolicy> policy_of_version(const policy::Library& library, const std::string& version);

}  // namespace firstline::gate
