#include "gate/replay.hpp"

#include "gate/store.hpp"
#include "gate/verdict.hpp"
#include "json/json.hpp"

namespace firstline::gate {
namespace {

// "cn-8@1a2b3c4d+lz-gate-2022@9f8e7d6c" > cn-8, lz-gate-2022
std::vector<std::string> packs_of(std::string_view version) {
  std::vector<std::string> ids;
  while (!version.empty()) {
    const auto end = std::min(version.find('+'), version.size());
    ids.emplace_back(version.substr(0, version.substr(0, end).find('@')));
    version.remove_prefix(std::min(end + 1, version.size()));
  }
  return ids;
}

}  // namespace

Result<Replay> replay(store::Session& session, const policy::Library& library, PassageId id) {
  FL_TRY(const auto passage, find_passage_anywhere(session, id));
  if (!passage) return fail(FaultCode::not_found, "passage.unknown");
  const auto ids = packs_of(passage->policy_version);
  FL_TRY(const auto set, library.chosen(ids));
  if (set.version != passage->policy_version)
    return fail(FaultCode::stale, "policy.version_gone", passage->policy_version);
  FL_TRY(const auto policy, policy::gate_policy(set));
  Replay answer;
  answer.passage_id = id;
  answer.at = passage->at;
  answer.policy_version = passage->policy_version;
  FL_TRY(answer.presented, json::read<Presented>(passage->arguments));
  answer.kept.outcome = passage->outcome;
  FL_TRY(answer.kept.reasons, json::read<std::vector<Reason>>(passage->reasons));
  answer.again = decide(answer.presented, policy, passage->at);
  answer.equal = answer.again == answer.kept;
  return answer;
}

}  // namespace firstline::gate
