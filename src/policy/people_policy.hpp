#pragma once

// The view of the isolation rule: who is isolated where, how long, and tested when. Every number stands in a pack; what
// no pack in force sets is absent here, and the rule says so instead of guessing. Pure.

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "policy/seal_policy.hpp"

namespace firstline::policy {

// Where somebody stays. 集中隔离 居家隔离 居家健康监测
enum class StayKind : std::uint8_t { none, central, home, home_monitoring, central_or_home };

struct CloseContactPolicy {
  std::optional<int> central_days, home_days;
  std::optional<StayKind> home_kind;  // Of the days at home after.
  std::vector<int> central_nat_days, home_nat_days;
  std::optional<bool> double_test_at_end;
  bool operator==(const CloseContactPolicy&) const = default;
};
// One stay of one kind.
struct StayPolicy {
  std::optional<int> days;
  std::optional<StayKind> kind;
  std::vector<int> nat_days;
  bool operator==(const StayPolicy&) const = default;
};
struct InboundPolicy {
  std::optional<int> central_days, home_days;
  bool operator==(const InboundPolicy&) const = default;
};
struct DischargedPolicy {
  std::optional<int> monitoring_days;
  bool operator==(const DischargedPolicy&) const = default;
};
struct MonitoredPolicy {
  std::optional<int> temperatures_per_day;
  std::optional<int> first_due_hour, last_due_hour;  // By when the reports of a day are due, in Shanghai.
  bool operator==(const MonitoredPolicy&) const = default;
};

enum class CountedFrom : std::uint8_t { last_exposure, decision };
struct DaysPolicy {
  std::optional<CountedFrom> counted_from;
  std::optional<DayBegins> day_begins;
  bool operator==(const DaysPolicy&) const = default;
};

struct PeoplePolicy {
  std::string version;
  CloseContactPolicy close_contact;
  StayPolicy secondary_contact, from_high_risk, from_medium_risk, closed_loop_worker;
  InboundPolicy inbound;
  DischargedPolicy discharged;
  MonitoredPolicy monitored;
  DaysPolicy isolation;
  bool operator==(const PeoplePolicy&) const = default;
};

}  // namespace firstline::policy
