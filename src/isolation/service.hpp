#pragma once

// Isolation orders (隔离医学观察): proposed by one person, decided by another with the power, in force from that
// moment, changed and ended in the same way. The days and test days are those of the rules in force when it was
// decided. What an order means at a gate at any moment is computed from spans; nothing has to be undone when it ends.
//
// Facts: isolation.proposed, isolation.decided, isolation.refused, isolation.withdrawn, isolation.read.
//
// Faults: isolation.unknown, isolation.act_unknown (not_found); isolation.no_power, isolation.by_the_same (forbidden);
// isolation.one_open, isolation.act_open, isolation.act_decided, isolation.not_in_force, isolation.no_rule,
// isolation.not_isolated (conflict); isolation.bad_kind, isolation.bad_days, isolation.bad_time, isolation.bad_ref,
// isolation.reason_missing, isolation.issuer_missing (invalid).

#include <map>

#include "http/route.hpp"
#include "isolation/model.hpp"
#include "person/service.hpp"
#include "policy/rules_in_force.hpp"

namespace firstline::isolation {

// What the use cases depend on; all of it outlives them.
struct Desk {
  const person::Directory* people;
  const policy::RulesInForce* rules;
};

// Where somebody has to stay at a moment; the strictest, if there are several orders. A plan that has passed without an
// end goes on, with `until` behind.
struct Holding {
  IsolationKind kind = IsolationKind::none;
  std::optional<Instant> until;  // As planned.
  bool operator==(const Holding&) const = default;
};
Result<Holding> holding(store::Session& session, AreaId community, PersonId person, Instant at);
// Everybody of a community who has to stay somewhere, by one statement.
Result<std::map<PersonId, Holding>> holdings(store::Session& session, AreaId community, Instant at);

// Two records became one person, or two again.
Result<void> hand_over(store::Session& session, const person::Merged& merged);
Result<void> hand_back(store::Session& session, const person::Merged& merged);

// communities/{community}/isolation-orders..., my/isolation. `desk` outlives the table.
void add_routes(http::RouteTable& table, const Desk& desk);

}  // namespace firstline::isolation
