#pragma once

// Isolation orders (隔离医学观察): proposed by one person, decided by another with the power, in force from that
// moment, changed and ended in the same way. The days and test days are those of the rules in force when it was
// decided. What an order means at a gate at any moment is computed from spans; nothing has to be undone when it ends.
// Meanwhile the person, or the health manager for them, reports temperature and symptoms; what is missed or worrying is
// an alert.
//
// Facts: isolation.proposed, isolation.decided, isolation.refused, isolation.withdrawn, isolation.read,
// isolation.reported, isolation.report_missed, isolation.symptoms, isolation.alert_answered, isolation.transferred,
// isolation.paper_made, isolation.objected, isolation.objection_answered.
//
// Faults: isolation.unknown, isolation.act_unknown, isolation.alert_unknown,
// isolation.objection_unknown (not_found); isolation.no_power,
// isolation.by_the_same, isolation.health_officers (forbidden); isolation.one_open, isolation.act_open,
// isolation.act_decided, isolation.not_in_force, isolation.no_rule, isolation.not_isolated, isolation.step_order,
// isolation.no_paper, isolation.one_objection (conflict); isolation.bad_kind, isolation.bad_days, isolation.bad_time,
// isolation.bad_ref, isolation.reason_missing, isolation.issuer_missing, isolation.bad_temperature,
// isolation.transfer_incomplete (invalid); of paper::pdf_of.

#include <map>

#include "http/route.hpp"
#include "isolation/model.hpp"
#include "person/service.hpp"
#include "policy/rules_in_force.hpp"
#include "store/database.hpp"

namespace firstline::isolation {

// What the use cases depend on; all of it outlives them.
struct Desk {
  const person::Directory* people;
  const policy::RulesInForce* rules;
  store::Database* database = nullptr;  // Papers are drawn outside a transaction.
  std::string office_phone{};           // What stands on them; empty: none.
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

// Somebody who should have reported has not: an alert and a fact each, once. How many are new. For a clock to call.
Result<int> raise_missed(store::Session& session, const Desk& desk, AreaId community, Instant now);
// For the live stream: alerts in the order in which they were raised.
struct AlertRaised {
  std::int64_t id = 0;
  OrderId order_id;
};
Result<std::vector<AlertRaised>> alerts_after(store::Session& session, AreaId community, std::int64_t after_id,
                                              int limit);

// Two records became one person, or two again.
Result<void> hand_over(store::Session& session, const person::Merged& merged);
Result<void> hand_back(store::Session& session, const person::Merged& merged);

// communities/{community}/isolation-orders..., .../isolation-alerts, my/isolation... `desk` outlives the table.
void add_routes(http::RouteTable& table, const Desk& desk);

}  // namespace firstline::isolation
