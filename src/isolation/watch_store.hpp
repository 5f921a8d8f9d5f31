#pragma once

// What is kept of watching over people under orders. SQL stands in watch_store_sql.cpp only.

#include <vector>

#include "base/fault.hpp"
#include "isolation/watch_record.hpp"
#include "store/session.hpp"

namespace firstline::isolation {

Result<void> save(store::Session& session, const HealthReport& report);
Result<std::vector<HealthReport>> load_reports(store::Session& session, AreaId community,
                                               OrderId order);  // Oldest first.
// Of all orders of a community.
Result<std::vector<HealthReport>> load_reports_since(store::Session& session, AreaId community, Instant since);

// False if there is one about the same moment already.
Result<bool> save(store::Session& session, const IsolationAlert& alert);
Result<std::optional<IsolationAlert>> load_alert(store::Session& session, AreaId community, IsolationAlertId id);
// Raised since, newest first.
Result<std::vector<IsolationAlert>> load_alerts(store::Session& session, AreaId community, Instant since);
Result<std::vector<IsolationAlert>> load_alerts_after(store::Session& session, AreaId community, std::int64_t after_id,
                                                      int limit);
Result<void> close_missed(store::Session& session, AreaId community, OrderId order, Instant reported_at);
Result<bool> answer(store::Session& session, const IsolationAlert& alert);

// False if this step was taken already.
Result<bool> save(store::Session& session, const Transfer& transfer);
Result<std::vector<Transfer>> load_transfers(store::Session& session, AreaId community, OrderId order);

}  // namespace firstline::isolation
