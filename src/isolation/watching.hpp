#pragma once

// Watching over people under orders: reports of temperature and symptoms, by themselves or by the health manager for
// them; what is missed or worrying becomes an alert; whoever is brought away goes step by step from door to door.
// Inside the module only.

#include "isolation/acts.hpp"
#include "isolation/watch_api.hpp"
#include "isolation/watch_store.hpp"

namespace firstline::isolation {

// Who may report for somebody, and answer what was missed; symptoms are the health officer's.
inline constexpr http::RoleSet managing{http::Role::grid_worker, http::Role::secretary, http::Role::health_officer};

Result<api::HealthReportGiven> give_my_report(http::Call& call, const Desk& desk, const api::GiveHealthReport& command);
Result<api::HealthReportGiven> give_report(http::Call& call, const Desk& desk, const IsolationOrder& order,
                                           const api::GiveHealthReport& command);
Result<api::IsolationAlerts> alerts(http::Call& call, const Desk& desk);
Result<void> answer_alert(http::Call& call, IsolationAlertId id, const api::AnswerIsolationAlert& command);
Result<void> record_transfer(http::Call& call, const Desk& desk, const IsolationOrder& order,
                             const api::RecordTransfer& command);

// What the pages of one order show.
Result<std::vector<ReportLine>> lines_of(store::Session& session, const IsolationOrder& order,
                                         const policy::MonitoredPolicy& policy, Instant now);
Result<std::vector<api::HealthReportView>> reports_of(store::Session& session, const IsolationOrder& order);
Result<std::vector<api::TransferView>> transfers_of(store::Session& session, const Desk& desk,
                                                    const IsolationOrder& order);

}  // namespace firstline::isolation
