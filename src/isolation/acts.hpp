#pragma once

// The life of an act: proposed by one person, decided by another with the power, and in force from then on. An order is
// imposed, changed and ended in this one way. Inside the module only.

#include "http/call.hpp"
#include "isolation/api.hpp"
#include "isolation/clock.hpp"
#include "isolation/service.hpp"
#include "isolation/store.hpp"

namespace firstline::isolation {

// Who brings it forward, and who may decide: 疾控人员 指挥部 of a county or above, as with a seal.
inline constexpr http::RoleSet proposing{http::Role::secretary, http::Role::health_officer};
inline constexpr http::RoleSet deciding{http::Role::health_officer, http::Role::commander};
bool has_power(const http::Actor& actor, std::string_view community_path);

Result<api::IsolationProposed> propose(http::Call& call, const Desk& desk, const api::ProposeIsolation& command);
Result<api::IsolationProposed> propose_change(http::Call& call, const Desk& desk, const IsolationOrder& order,
                                              const api::ProposeIsolationChange& command);
Result<api::IsolationProposed> propose_end(http::Call& call, const Desk& desk, const IsolationOrder& order,
                                           const api::ProposeIsolationEnd& command);
Result<void> decide(http::Call& call, const Desk& desk, const IsolationOrder& order, IsolationActId act,
                    const api::DecideIsolationAct& command);
Result<void> withdraw(http::Call& call, const IsolationOrder& order, IsolationActId act);

// not_found isolation.unknown.
Result<IsolationOrder> order_met(store::Session& session, AreaId community, OrderId id);
IsolationState state_of(const IsolationOrder& order, const std::vector<IsolationAct>& acts);
// The order as the clock takes it; nothing before it is decided.
Result<std::optional<Course>> course_of(const IsolationOrder& order);

// Sealed words of an act.
inline constexpr person::Field reason_field{"isolation_act", "reason"}, note_field{"isolation_act", "note"};

Result<void> write_fact(http::Call& call, const IsolationOrder& order, std::string kind, std::string subject,
                        std::string body);

}  // namespace firstline::isolation
