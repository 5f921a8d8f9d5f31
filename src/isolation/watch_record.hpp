#pragma once

// What is kept of watching over somebody under an order: what they reported, what had to be looked at, and how they
// were brought away. Rows and nothing else.

#include "isolation/monitoring.hpp"
#include "isolation/record.hpp"

namespace firstline::isolation {

struct HealthReportTag {};
struct IsolationAlertTag {};
struct TransferTag {};
using HealthReportId = Id<HealthReportTag>;
using IsolationAlertId = Id<IsolationAlertTag>;
using TransferId = Id<TransferTag>;

BOOST_DESCRIBE_ENUM(Symptom, cough, sore_throat, loss_of_smell, diarrhoea, fatigue, short_of_breath, other)
BOOST_DESCRIBE_ENUM(ReportState, ahead, open, given, late, overdue, missed)
BOOST_DESCRIBE_STRUCT(ReportSlot, (), (date, number, opens_at, due_at, closes_at))
BOOST_DESCRIBE_STRUCT(ReportLine, (), (slot, state, given_at))

struct HealthReport {
  AreaId community_id;
  HealthReportId id;
  OrderId order_id;
  Instant at{};
  std::optional<int> temperature_tenths;
  std::string symptoms;  // JSON: list of Symptom.
  AccountId given_by;
  bool on_behalf = false;  // By the health manager, on the telephone or at the door.
};
BOOST_DESCRIBE_STRUCT(HealthReport, (),
                      (community_id, id, order_id, at, temperature_tenths, symptoms, given_by, on_behalf))

enum class IsolationAlertKind { report_missed, symptoms };
BOOST_DESCRIBE_ENUM(IsolationAlertKind, report_missed, symptoms)
// What whoever saw it did: a closed list. 已电话联系 已上门 已安排转运 已请医生 误报
enum class IsolationAlertAnswer { called, visited, transfer_arranged, doctor_called, mistaken };
BOOST_DESCRIBE_ENUM(IsolationAlertAnswer, called, visited, transfer_arranged, doctor_called, mistaken)

struct IsolationAlert {
  AreaId community_id;
  IsolationAlertId id;
  OrderId order_id;
  IsolationAlertKind kind = IsolationAlertKind::report_missed;
  Instant about_at{};  // When the report was due, or given.
  Instant raised_at{};
  std::optional<Instant> reported_at;  // The report came late.
  std::optional<AccountId> answered_by;
  std::optional<Instant> answered_at;
  std::optional<IsolationAlertAnswer> answer;
};
BOOST_DESCRIBE_STRUCT(IsolationAlert, (),
                      (community_id, id, order_id, kind, about_at, raised_at, reported_at, answered_by, answered_at,
                       answer))

// From door to door in a closed loop (闭环转运): each step once, in order.
enum class TransferStep { arranged, picked_up, arrived, received };
BOOST_DESCRIBE_ENUM(TransferStep, arranged, picked_up, arrived, received)

struct Transfer {
  AreaId community_id;
  TransferId id;
  OrderId order_id;
  TransferStep step = TransferStep::arranged;
  Instant at{};
  store::Bytes details_sealed;  // JSON: TransferDetails.
  AccountId recorded_by;
};
BOOST_DESCRIBE_STRUCT(Transfer, (), (community_id, id, order_id, step, at, details_sealed, recorded_by))

struct TransferDetails {
  std::string from_place, to_place, vehicle, by_whom;  // Who brings; at the end, who received.
};
BOOST_DESCRIBE_STRUCT(TransferDetails, (), (from_place, to_place, vehicle, by_whom))

}  // namespace firstline::isolation
