#pragma once

// A passage 通行: one person, one gate, one moment, one verdict. Rows are only added: an undo or an override is a row
// of its own beside the passage, so the day's digest can seal them.

#include <optional>
#include <string>
#include <vector>

#include <boost/describe.hpp>

#include "base/id.hpp"
#include "base/time.hpp"
#include "gate/wire.hpp"

namespace firstline::gate {

struct AlarmTag {};
using AlarmId = Id<AlarmTag>;
struct ShiftTag {};
using ShiftId = Id<ShiftTag>;

enum class RecognisedBy {
  venue_code,
  personal_code,
  id_number,
  room_pick,
  family,
  visit,
  nobody
};  // nobody: emergency exit.
BOOST_DESCRIBE_ENUM(RecognisedBy, venue_code, personal_code, id_number, room_pick, family, visit, nobody)

struct Passage {
  AreaId community_id;
  PassageId id;
  Uuid command_id;
  int line = 0;  // Position in a family's command.
  GateId gate_id;
  AreaId person_community_id;  // Where the person's row lives; not always the gate's community.
  PersonId person_id;          // 0: emergency exit, nobody was looked up.
  AreaId household_id;
  Instant at{};         // The server's time.
  Instant device_at{};  // The phone's.
  Direction direction = Direction::in;
  RecognisedBy recognised_by = RecognisedBy::room_pick;
  Outcome outcome = Outcome::pass;
  int people = 1;              // More than one only for an emergency exit.
  std::string policy_version;  // Of the packs that decided.
  std::string arguments;       // JSON of what the rule saw (Presented): `firstline replay` decides again from it.
  std::string reasons;         // JSON array of what it answered.
  AccountId account_id;        // Keeper, or the resident who scanned.
  DeviceId device_id;
};
BOOST_DESCRIBE_STRUCT(Passage, (),
                      (community_id, id, command_id, line, gate_id, person_community_id, person_id, household_id, at,
                       device_at, direction, recognised_by, outcome, people, policy_version, arguments, reasons,
                       account_id, device_id))

// That somebody stood at a gate, whatever the verdict was: what tracing takes from a passage.
struct Presence {
  PassageId id;
  PersonId person_id;
  GateId gate_id;
  Instant at{};
  AreaId person_community_id;
};
BOOST_DESCRIBE_STRUCT(Presence, (), (id, person_id, gate_id, at, person_community_id))

// What came after a passage.
enum class NoteKind { undo, override };
BOOST_DESCRIBE_ENUM(NoteKind, undo, override)

enum class OverrideReason { medical_need, care_duty, official_duty, system_wrong, document_seen, other };
BOOST_DESCRIBE_ENUM(OverrideReason, medical_need, care_duty, official_duty, system_wrong, document_seen, other)

struct PassageNote {
  AreaId community_id;
  std::int64_t id = 0;
  PassageId passage_id;
  NoteKind kind = NoteKind::undo;
  Instant at{};
  AccountId account_id;
  std::string reason;  // Name of an OverrideReason; empty for an undo.
  std::string note;
};
BOOST_DESCRIBE_STRUCT(PassageNote, (), (community_id, id, passage_id, kind, at, account_id, reason, note))

// 上报: something two supervisors must see: an override, an emergency exit, somebody held at the gate; a new case,
// which happened at no gate.
enum class AlarmKind { override, emergency, hold, case_opened };
BOOST_DESCRIBE_ENUM(AlarmKind, override, emergency, hold, case_opened)
inline constexpr int alarm_seers_min = 2;

struct Alarm {
  AreaId community_id;
  AlarmId id;
  AlarmKind kind = AlarmKind::hold;
  Instant at{};
  GateId gate_id;  // 0: at no gate; what it is about is the subject then.
  PassageId passage_id;
  std::string subject;  // "case:123"; empty: the passage.
  std::string note;
};
BOOST_DESCRIBE_STRUCT(Alarm, (), (community_id, id, kind, at, gate_id, passage_id, subject, note))

struct AlarmSeen {
  AreaId community_id;
  std::int64_t id = 0;
  AlarmId alarm_id;
  AccountId account_id;
  Instant at{};
};
BOOST_DESCRIBE_STRUCT(AlarmSeen, (), (community_id, id, alarm_id, account_id, at))

// 班: from 上岗 to 交班 of one keeper at one gate.
struct GateShift {
  AreaId community_id;
  ShiftId id;
  GateId gate_id;
  AccountId account_id;
  Instant started_at{};
  std::optional<Instant> ended_at;
  std::string note;  // Handover: what the next keeper must know.
};
BOOST_DESCRIBE_STRUCT(GateShift, (), (community_id, id, gate_id, account_id, started_at, ended_at, note))

}  // namespace firstline::gate
