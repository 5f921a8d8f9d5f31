#pragma once

// The life of an act: proposed by one person, decided by another with the power, announced, and only then in force. An
// order is imposed, amended and released in this one way. Inside the module only.

#include "seal/api.hpp"
#include "seal/service.hpp"
#include "seal/store.hpp"

namespace firstline::seal {

// Who brings it forward, and who may decide: 疾控人员 指挥部 of a county or above (Law on Infectious Diseases, art. 41,
// 43).
inline constexpr http::RoleSet proposing{http::Role::secretary, http::Role::health_officer};
inline constexpr http::RoleSet deciding{http::Role::health_officer, http::Role::commander};
bool has_power(const http::Actor& actor, std::string_view community_path);

Result<api::SealProposed> propose(http::Call& call, const Desk& desk, const api::ProposeSeal& command);
Result<api::SealProposed> propose_amendment(http::Call& call, const SealOrder& order,
                                            const api::ProposeSealAmendment& command);
Result<api::SealProposed> propose_release(http::Call& call, const SealOrder& order,
                                          const api::ProposeSealRelease& command);
Result<void> decide(http::Call& call, const SealOrder& order, ActId act, const api::DecideSealAct& command);
Result<void> announce(http::Call& call, const Desk& desk, const SealOrder& order, ActId act);
Result<void> withdraw(http::Call& call, const SealOrder& order, ActId act);

// not_found seal.unknown.
Result<SealOrder> order_met(store::Session& session, AreaId community, OrderId id);
// A node of the community, or the community itself.
Result<area::Area> place_met(store::Session& session, AreaId community, AreaId id);
// Writes the fact and the line of the live streams.
Result<FactId> note(store::Session& session, const SealOrder& order, const By& by, std::string kind,
                    std::string subject, std::string body, std::string_view change);
Result<FactId> note(http::Call& call, const SealOrder& order, std::string kind, std::string subject, std::string body,
                    std::string_view change);
By by_of(const http::Call& call);

inline std::string path_of(const SpanRow& span) {
  return {reinterpret_cast<const char*>(span.path.data()), span.path.size()};
}

}  // namespace firstline::seal
