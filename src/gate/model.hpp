#pragma once

// What stands before the gate: everything that the verdict may look at, as plain values, and what it answers.
// Pure: also compiled for the keeper's phone. Holds no rule; a default Presented is an adult resident going out, about
// whom nothing is known.

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/time.hpp"
#include "health/model.hpp"
#include "isolation/model.hpp"
#include "policy/gate_policy.hpp"
#include "seal/model.hpp"

namespace firstline::gate {

using health::CodeColour;
using health::CodeReading;
using health::EvidenceGrade;
using health::NatState;
using health::NatStatus;
using health::NegativeResult;
using policy::GatePolicy;
using policy::Outcome;

enum class Direction : std::uint8_t { in, out };

// Relation of the person to the gate's compound.
enum class Relation : std::uint8_t { resident_here, resident_elsewhere, visitor, worker, courier, unknown };

enum class AgeBand : std::uint8_t { child, adult, elder };

// Paper code for children, elders and disabled people (离线码).
struct OfflineCode {
  Instant valid_until{};  // First moment at which it is no longer valid.
  bool operator==(const OfflineCode&) const = default;
};

// Isolation order (隔离医学观察). Released orders are not handed in.
using isolation::IsolationKind;
struct Isolation {
  IsolationKind kind = IsolationKind::none;
  std::optional<Instant> until;  // First moment after the order; empty = until released.
  bool operator==(const Isolation&) const = default;
};

using SealLevel = seal::Level;

// Passes and outings (出入证) of the household, today in Asia/Shanghai.
struct PassUse {
  bool pass_valid = false;       // An entry pass that is valid now.
  int outings_today = 0;         // Of the whole household, not counting this one.
  bool outing_approved = false;  // The community approved this very outing.
  bool operator==(const PassUse&) const = default;
};

// A trip to another district (跨区出行): of which this passage is the start or the end.
enum class TripState : std::uint8_t { filed, open, returned };  // Filed ahead, under way, over.
enum class PlaceRisk : std::uint8_t { low, medium, high };      // The highest of its places.
struct Trip {
  TripState state = TripState::open;
  PlaceRisk risk = PlaceRisk::low;
  bool registered = false;  // Where, why and when back are written down.
  bool operator==(const Trip&) const = default;
};

// A visit to this compound (访客登记).
enum class VisitorRecord : std::uint8_t { none, expected, expired };  // Expired: closed or withdrawn.
struct Visitor {
  VisitorRecord record = VisitorRecord::none;
  SealLevel host_home = SealLevel::none;  // Of the host's home.
  std::optional<Instant> from;            // Hours of the visit, [from, until).
  std::optional<Instant> until;
  bool operator==(const Visitor&) const = default;
};

enum class Mask : std::uint8_t { worn, not_looked, missing };
enum class Emergency : std::uint8_t { none, medical, fire, danger, other };

struct Presented {
  Direction direction = Direction::out;
  Relation relation = Relation::resident_here;
  AgeBand age_band = AgeBand::adult;
  Emergency emergency = Emergency::none;
  std::optional<CodeReading> code;  // The latest reading.
  std::optional<OfflineCode> offline_code;
  NatStatus nat;
  Isolation isolation;
  SealLevel home = SealLevel::none;      // Orders from the household up to its building.
  SealLevel compound = SealLevel::none;  // Orders on this gate's compound and above.
  PassUse pass_use;
  std::optional<Trip> trip;
  Visitor visitor;
  std::optional<int> temperature_tenths;
  Mask mask = Mask::not_looked;
  bool health_card_due = false;  // There is a card that this person has not been shown yet.
  bool operator==(const Presented&) const = default;
};

// Why (理由). In the order of the clauses; one clause may have several.
enum class ReasonKind : std::uint8_t {
  emergency_exit,     // GATE-1
  red_code,           // GATE-2
  nat_positive,       // GATE-3
  pool_abnormal,      // GATE-4
  fever,              // GATE-5
  isolation_central,  // GATE-6
  isolation_home,
  home_monitoring,
  isolation_past_end,
  home_sealed,  // GATE-7
  home_controlled,
  home_elsewhere_closed,
  home_precautionary,
  compound_sealed,  // GATE-8
  compound_controlled,
  compound_precautionary,
  code_missing,  // GATE-9
  offline_code_expired,
  code_stale,  // GATE-10
  code_from_future,
  yellow_code,  // GATE-11
  seen_by_eye,  // GATE-12
  nat_missing,  // GATE-13
  nat_expired,
  nat_pending,
  nat_from_future,
  pass_missing,          // GATE-14
  outings_used_up,       // GATE-15
  visitor_unregistered,  // GATE-16
  visitor_outside_hours,
  visitor_expired,
  visitor_not_now,
  visitor_of_closed_home,
  visitor_overstayed,
  worker,  // GATE-17
  courier,
  person_unknown,
  trip_unregistered,  // GATE-18
  trip_to_risk_area,
  trip_back_from_medium_risk,
  trip_back_from_high_risk,
  mask_missing,           // GATE-19
  temperature_not_taken,  // GATE-20
  temperature_implausible,
  health_card,  // GATE-21
};

// What the person, or the keeper for them, can do now.
enum class NextStep : std::uint8_t {
  go_and_write_down_later,
  wait_here_for_staff,
  wait_for_single_retest,
  go_straight_home,
  stay_at_home,
  ask_community,
  avoid_gatherings,
  show_id_card,
  renew_offline_code,
  read_code_again,
  report_to_community,
  scan_to_verify,
  sample_at_point,
  wait_for_result,
  show_pass,
  go_tomorrow,
  register_visit,
  come_in_visiting_hours,
  meet_outside,
  register_work,
  leave_goods_at_gate,
  register_person,
  register_trip,
  put_off_trip,
  wear_mask,
  take_temperature,
  read_card,
};

struct Reason {
  std::string clause;  // "GATE-13": the section of docs/policy/gate.md.
  ReasonKind reason = ReasonKind::emergency_exit;
  Outcome outcome = Outcome::pass;  // What this reason alone would lead to; never pass.
  NextStep next = NextStep::ask_community;
  std::string parameter;       // The policy parameter that decided, "gate.nat.overdue_out"; empty for GATE-1, which no
                               // policy can change.
  std::optional<int> hours;    // The window that was missed.
  std::optional<int> tenths;   // The temperature that was read.
  std::optional<int> count;    // Outings so far today.
  bool recorded_only = false;  // True beside an emergency: written down, decides nothing.
  bool operator==(const Reason&) const = default;
};

struct Verdict {
  Outcome outcome = Outcome::pass;
  std::vector<Reason> reasons;  // In clause order; empty exactly when the outcome is pass.
  bool operator==(const Verdict&) const = default;
};

}  // namespace firstline::gate
