#include "gate/replay.hpp"

#include "gate/late_store.hpp"
#include "gate/store.hpp"
#include "gate/verdict.hpp"
#include "json/json.hpp"

namespace firstline::gate {
Result<policy::GatePolicy> policy_of_version(const policy::Library& library, const std::string& version) {
  FL_TRY(const auto set, library.of_version(version));
  return policy::gate_policy(set);
}

Result<Replay> replay(store::Session& session, const policy::Library& library, PassageId id) {
  FL_TRY(const auto passage, find_passage_anywhere(session, id));
  if (!passage) return fail(FaultCode::not_found, "passage.unknown");
  FL_TRY(const auto policy, policy_of_version(library, passage->policy_version));
  // A phone without a network decided by its own clock.
  FL_TRY(const auto late, late_decision(session, passage->community_id, passage->at, id));
  const Instant decided_at = late.value_or(passage->at);
  Replay answer;
  answer.passage_id = id;
  answer.at = passage->at;
  answer.policy_version = passage->policy_version;
  FL_TRY(answer.presented, json::read<Presented>(passage->arguments));
  answer.kept.outcome = passage->outcome;
  FL_TRY(answer.kept.reasons, json::read<std::vector<Reason>>(passage->reasons));
  answer.again = decide(answer.presented, policy, decided_at);
  answer.equal = answer.again == answer.kept;
  return answer;
}

}  // namespace firstline::gate
