#pragma once

// What the gate's routes take and answer (docs/api.md). Plain structs; JSON, OpenAPI and the TypeScript client follow.

#include <optional>
#include <string>
#include <vector>

#include <boost/describe.hpp>

#include "area/wire.hpp"
#include "base/id.hpp"
#include "gate/passage.hpp"
#include "gate/wire.hpp"

namespace firstline::gate::api {

struct PassageCommand {
  Uuid id;
  Instant at{};
  Direction direction = Direction::in;
  RecognisedBy recognised_by = RecognisedBy::room_pick;
  std::optional<std::string> token;                 // personal_code
  std::optional<std::string> id_number;             // id_number
  std::optional<std::vector<PersonId>> person_ids;  // room_pick, family
  std::optional<int> temperature_tenths;
  std::optional<Mask> mask;
  std::optional<VisitorId> visit_id;      // Somebody of the expected; a visit's code comes as token.
  std::optional<int> nat_seen_hours;      // visitors: "48 h" on their phone.
  std::optional<bool> leaves_district;    // They said that they go to another district.
  std::optional<CodeColour> colour_seen;  // What the keeper saw on a screen: recorded as visual evidence.
};
BOOST_DESCRIBE_STRUCT(PassageCommand, (),
                      (id, at, direction, recognised_by, token, id_number, person_ids, temperature_tenths, mask,
                       visit_id, nat_seen_hours, leaves_district, colour_seen))

struct PassageView {
  PassageId passage_id;
  std::optional<PersonId> person_id;
  std::optional<VisitorId> visit_id;
  std::string name_masked;
  std::string household_label;
  Outcome outcome = Outcome::pass;
  std::vector<Reason> reasons;
  std::string policy_version;
  std::optional<int> repeated_seconds;  // The same person passed here so many seconds ago: not counted again.
  Instant undo_until{};
};
BOOST_DESCRIBE_STRUCT(PassageView, (),
                      (passage_id, person_id, visit_id, name_masked, household_label, outcome, reasons, policy_version,
                       repeated_seconds, undo_until))

// "What would happen to ...": the rule asked, and nothing recorded.
struct TryQuestion {
  PersonId person_id;
  Direction direction = Direction::out;
  std::optional<Instant> at;  // None: now. Up to sixty days ahead: under the rules that were decided for then.
  std::optional<int> temperature_tenths;
};
BOOST_DESCRIBE_STRUCT(TryQuestion, (), (person_id, direction, at, temperature_tenths))
struct TryAnswer {
  std::string name_masked;
  std::string household_label;
  Instant at{};
  Outcome outcome = Outcome::pass;
  std::vector<Reason> reasons;
  std::string policy_version;
};
BOOST_DESCRIBE_STRUCT(TryAnswer, (), (name_masked, household_label, at, outcome, reasons, policy_version))

struct PassageAnswer {
  Instant at{};
  GateId gate_id;
  std::vector<PassageView> items;
};
BOOST_DESCRIBE_STRUCT(PassageAnswer, (), (at, gate_id, items))

struct UndoCommand {
  Uuid id;
  Instant at{};
};
BOOST_DESCRIBE_STRUCT(UndoCommand, (), (id, at))

struct OverrideCommand {
  Uuid id;
  Instant at{};
  OverrideReason reason = OverrideReason::other;
  std::string note;
};
BOOST_DESCRIBE_STRUCT(OverrideCommand, (), (id, at, reason, note))

struct EmergencyCommand {
  Uuid id;
  Instant at{};
  Emergency kind = Emergency::medical;
  Direction direction = Direction::out;
  int people = 1;
};
BOOST_DESCRIBE_STRUCT(EmergencyCommand, (), (id, at, kind, direction, people))

struct EmergencyAnswer {
  PassageId passage_id;
  AlarmId alarm_id;
  Outcome outcome = Outcome::pass;
  std::vector<Reason> reasons;
};
BOOST_DESCRIBE_STRUCT(EmergencyAnswer, (), (passage_id, alarm_id, outcome, reasons))

struct AlarmRaised {
  AlarmId alarm_id;
};
BOOST_DESCRIBE_STRUCT(AlarmRaised, (), (alarm_id))

struct ByDirection {
  std::int64_t in = 0, out = 0;
};
BOOST_DESCRIBE_STRUCT(ByDirection, (), (in, out))

struct ShiftView {
  std::optional<ShiftId> shift_id;
  std::optional<Instant> started_at;
  std::optional<Instant> ended_at;
  std::int64_t passes = 0, reminders = 0, registers = 0, refusals = 0, holds = 0, overrides = 0, emergencies = 0;
  ByDirection by_direction;
  std::optional<std::string> handover_note;  // What the shift before left us.
};
BOOST_DESCRIBE_STRUCT(ShiftView, (),
                      (shift_id, started_at, ended_at, passes, reminders, registers, refusals, holds, overrides,
                       emergencies, by_direction, handover_note))

struct ShiftCommand {
  Uuid id;
  Instant at{};
};
BOOST_DESCRIBE_STRUCT(ShiftCommand, (), (id, at))

struct HandoverCommand {
  Uuid id;
  Instant at{};
  std::string note;
};
BOOST_DESCRIBE_STRUCT(HandoverCommand, (), (id, at, note))

struct ScanCommand {  // A resident scans the gate's venue code with their own phone.
  Uuid id;
  Instant at{};
  Direction direction = Direction::in;
  std::vector<PersonId> person_ids;  // Of the own household; empty: only me.
  std::optional<int> temperature_tenths;
};
BOOST_DESCRIBE_STRUCT(ScanCommand, (), (id, at, direction, person_ids, temperature_tenths))

struct Today {
  std::int64_t in = 0, out = 0, pass = 0, pass_with_reminder = 0, register_first = 0, refuse = 0, hold = 0,
               overrides = 0, emergencies = 0;
};
BOOST_DESCRIBE_STRUCT(Today, (),
                      (in, out, pass, pass_with_reminder, register_first, refuse, hold, overrides, emergencies))

struct SeenBy {
  AccountId account_id;
  std::string display_name;
  Instant at{};
};
BOOST_DESCRIBE_STRUCT(SeenBy, (), (account_id, display_name, at))

struct AlarmView {
  AlarmId alarm_id;
  AlarmKind kind = AlarmKind::hold;
  Instant at{};
  std::optional<GateId> gate_id;  // Nothing: it happened at no gate.
  std::string gate_name;
  std::optional<PassageId> passage_id;
  std::string subject;                // "case:123", where it is about no passage.
  std::optional<PersonId> person_id;  // Reveal needs a reason.
  Direction direction = Direction::out;
  Outcome outcome = Outcome::pass;
  std::vector<Reason> reasons;
  std::optional<OverrideReason> override_reason;
  std::string note;
  std::vector<SeenBy> seen_by;
  int needs = alarm_seers_min;
};
BOOST_DESCRIBE_STRUCT(AlarmView, (),
                      (alarm_id, kind, at, gate_id, gate_name, passage_id, subject, person_id, direction, outcome,
                       reasons, override_reason, note, seen_by, needs))

struct SeenCommand {
  Uuid id;
};
BOOST_DESCRIBE_STRUCT(SeenCommand, (), (id))

struct FlowView {
  GateId gate_id;
  int hour = 0;
  std::int64_t in = 0, out = 0, refused = 0;
};
BOOST_DESCRIBE_STRUCT(FlowView, (), (gate_id, hour, in, out, refused))

struct FlowList {
  std::vector<FlowView> items;
};
BOOST_DESCRIBE_STRUCT(FlowList, (), (items))

// The last two hours, per gate in steps of five minutes, and why people were turned back or held today.
struct FlowStep {
  GateId gate_id;
  Instant at{};  // When the step began.
  std::int64_t in = 0, out = 0, refused = 0;
};
BOOST_DESCRIBE_STRUCT(FlowStep, (), (gate_id, at, in, out, refused))
struct RefusalCount {
  ReasonKind reason = ReasonKind::emergency_exit;
  std::int64_t people = 0;  // Somebody with two reasons counts at each.
};
BOOST_DESCRIBE_STRUCT(RefusalCount, (), (reason, people))
struct Board {
  Instant flow_from{};
  std::vector<FlowStep> flow;          // Steps in which somebody came, in order.
  std::vector<RefusalCount> refusals;  // Most frequent first.
};
BOOST_DESCRIBE_STRUCT(Board, (), (flow_from, flow, refusals))

struct AlarmList {
  std::vector<AlarmView> items;
};
BOOST_DESCRIBE_STRUCT(AlarmList, (), (items))

// One gate now, for the console.
struct GateLive {
  area::GateView gate;
  int devices = 0;
  int devices_online = 0;
  Today today;
  std::optional<Instant> last_passage_at;
  std::vector<std::string> devices_away;  // Names of phones that were not heard of lately.
};
BOOST_DESCRIBE_STRUCT(GateLive, (), (gate, devices, devices_online, today, last_passage_at, devices_away))

struct GateLiveList {
  std::vector<GateLive> items;
};
BOOST_DESCRIBE_STRUCT(GateLiveList, (), (items))

struct EventTag {};
struct PackTag {};

// One event of the live streams. Names and homes are there on a gate's own stream only.
struct LiveEvent {
  Id<EventTag> id;  // Of the row behind it; the stream's own event id as well.
  Instant at{};
  GateId gate_id;  // 0: of an alarm that is at no gate.
  std::optional<PassageId> passage_id;
  std::optional<Direction> direction;
  std::optional<Outcome> outcome;
  std::optional<RecognisedBy> recognised_by;
  std::optional<std::vector<Reason>> reasons;
  std::optional<std::string> name_masked;
  std::optional<std::string> household_label;
  std::optional<AlarmId> alarm_id;
  std::optional<AlarmKind> alarm_kind;
  std::optional<std::string> seen_by;
  std::optional<Id<PackTag>> pack_version;  // "pack": the gate's pack has changed.
  std::optional<VisitorId> visit_id;        // "visit": somebody is expected, has answered, came or went.
};
BOOST_DESCRIBE_STRUCT(LiveEvent, (),
                      (id, at, gate_id, passage_id, direction, outcome, recognised_by, reasons, name_masked,
                       household_label, alarm_id, alarm_kind, seen_by, pack_version, visit_id))

}  // namespace firstline::gate::api
