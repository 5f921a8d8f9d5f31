#pragma once

// Commands and answers about watching over people under orders, as they go over the wire.

#include "isolation/watch_record.hpp"
#include "person/wire.hpp"

namespace firstline::isolation::api {

struct GiveHealthReport {
  Uuid id;
  std::optional<int> temperature_tenths;
  std::vector<Symptom> symptoms;
};
BOOST_DESCRIBE_STRUCT(GiveHealthReport, (), (id, temperature_tenths, symptoms))
struct HealthReportGiven {
  bool escalated = false;  // The health officer was told at once.
};
BOOST_DESCRIBE_STRUCT(HealthReportGiven, (), (escalated))

struct HealthReportView {
  Instant at{};
  std::optional<int> temperature_tenths;
  std::vector<Symptom> symptoms;
  bool on_behalf = false;
};
BOOST_DESCRIBE_STRUCT(HealthReportView, (), (at, temperature_tenths, symptoms, on_behalf))

struct IsolationAlertView {
  IsolationAlertId alert_id;
  OrderId order_id;
  IsolationAlertKind kind = IsolationAlertKind::report_missed;
  Instant about_at{}, raised_at{};
  person::PersonMasked person;
  std::string household_label;
  std::optional<int> temperature_tenths;  // Of the report that raised it.
  std::vector<Symptom> symptoms;
  std::optional<Instant> reported_at;
  std::optional<IsolationAlertAnswer> answer;
  std::string answered_by_name;
  std::optional<Instant> answered_at;
  bool open = false;  // Nobody has answered it, and no report came.
  bool may_answer = false;
};
BOOST_DESCRIBE_STRUCT(IsolationAlertView, (),
                      (alert_id, order_id, kind, about_at, raised_at, person, household_label, temperature_tenths,
                       symptoms, reported_at, answer, answered_by_name, answered_at, open, may_answer))
struct IsolationAlerts {
  std::vector<IsolationAlertView> items;  // Open ones first, symptoms before missed reports, the oldest first.
};
BOOST_DESCRIBE_STRUCT(IsolationAlerts, (), (items))
struct AnswerIsolationAlert {
  Uuid id;
  IsolationAlertAnswer answer = IsolationAlertAnswer::called;
};
BOOST_DESCRIBE_STRUCT(AnswerIsolationAlert, (), (id, answer))

struct RecordTransfer {
  Uuid id;
  TransferStep step = TransferStep::arranged;
  std::string from_place, to_place, vehicle, by_whom;
};
BOOST_DESCRIBE_STRUCT(RecordTransfer, (), (id, step, from_place, to_place, vehicle, by_whom))
struct TransferView {
  TransferStep step = TransferStep::arranged;
  Instant at{};
  std::string from_place, to_place, vehicle, by_whom, recorded_by_name;
};
BOOST_DESCRIBE_STRUCT(TransferView, (), (step, at, from_place, to_place, vehicle, by_whom, recorded_by_name))

}  // namespace firstline::isolation::api
