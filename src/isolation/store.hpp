#pragma once

// What is kept of isolation orders. SQL stands in store_sql.cpp only.

#include <vector>

#include "base/fault.hpp"
#include "isolation/record.hpp"
#include "store/session.hpp"

namespace firstline::isolation {

Result<void> save(store::Session& session, const IsolationOrder& order);
Result<std::optional<IsolationOrder>> load_order(store::Session& session, AreaId community, OrderId id);
// Those that have not ended, and those that ended since; newest first.
Result<std::vector<IsolationOrder>> load_orders(store::Session& session, AreaId community, Instant ended_since);
Result<std::vector<IsolationOrder>> load_orders_of(store::Session& session, AreaId community, PersonId person);
// Terms, version, day one, effect and end.
Result<void> save_course(store::Session& session, const IsolationOrder& order);

Result<void> save(store::Session& session, const IsolationAct& act);
Result<std::optional<IsolationAct>> load_act(store::Session& session, AreaId community, IsolationActId id);
Result<std::vector<IsolationAct>> load_acts(store::Session& session, AreaId community, OrderId order);  // Oldest first.
// Each once: false if it had happened already, or the other had.
Result<bool> decide(store::Session& session, const IsolationAct& act);
Result<bool> withdraw(store::Session& session, const IsolationAct& act);

Result<void> save(store::Session& session, const IsolationSpan& span);
Result<std::vector<IsolationSpan>> load_spans_of(store::Session& session, AreaId community, PersonId person,
                                                 Instant at);
Result<std::vector<IsolationSpan>> load_spans_at(store::Session& session, AreaId community, Instant at);
Result<void> end_spans(store::Session& session, AreaId community, OrderId order, Instant at);

// Orders and spans of the record that went count for the one that stayed, and the other way round.
Result<void> give(store::Session& session, AreaId community, PersonId from, PersonId to);
Result<void> give_back(store::Session& session, AreaId community, PersonId record, PersonId to);

}  // namespace firstline::isolation
