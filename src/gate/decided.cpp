#include "gate/decided.hpp"

#include "json/json.hpp"

namespace firstline::gate {

Passage decided_now(http::Call& call, const area::Gate& gate, const Presented& asked, const GatePolicy& policy,
                    const Verdict& verdict) {
  Passage row;
  row.community_id = gate.community_id;
  row.id = call.session->new_id<PassageId>(call.now);
  row.gate_id = gate.id;
  row.at = call.now;
  row.outcome = verdict.outcome;
  row.policy_version = policy.version;
  row.arguments = json::write(asked);
  row.reasons = json::write(verdict.reasons);
  row.account_id = call.actor.account;
  row.device_id = call.actor.device;
  return row;
}

}  // namespace firstline::gate
