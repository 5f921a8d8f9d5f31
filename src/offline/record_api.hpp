#pragma once

// What a phone hands in after a time without a network, and what it is told (docs/api.md).

#include <optional>
#include <string>
#include <vector>

#include <boost/describe.hpp>

#include "gate/api.hpp"
#include "gate/late.hpp"
#include "movement/trip_api.hpp"
#include "movement/visit_api.hpp"
#include "offline/api.hpp"

namespace firstline::offline {

struct RecordTag {};
using RecordId = Id<RecordTag>;
struct ConflictTag {};
using ConflictId = Id<ConflictTag>;

// 已补录 已收到 退回 待裁定
enum class RecordState { applied, repeated, returned, conflict };
BOOST_DESCRIBE_ENUM(RecordState, applied, repeated, returned, conflict)
enum class ConflictSide { device, server };
BOOST_DESCRIBE_ENUM(ConflictSide, device, server)

namespace api {

// A passage by the id of its own command, or by the server's id where the phone knows that.
struct LateOverride {
  std::optional<Uuid> of;
  std::optional<PassageId> passage_id;
  std::optional<int> line;  // Of a family's command; none: the first.
  gate::OverrideReason reason = gate::OverrideReason::other;
  std::string note;
};
BOOST_DESCRIBE_STRUCT(LateOverride, (), (of, passage_id, line, reason, note))
struct LateUndo {
  Uuid of;
  std::optional<int> line;
};
BOOST_DESCRIBE_STRUCT(LateUndo, (), (of, line))
// What the host said on the telephone. `base_state`: how the visit stood in the phone's pack.
struct LateAnswer {
  VisitorId visit_id;
  bool confirmed = false;
  movement::VisitState base_state = movement::VisitState::asked;
};
BOOST_DESCRIBE_STRUCT(LateAnswer, (), (visit_id, confirmed, base_state))
// The trip that the phone had seen when it filed another for the same person.
struct BaseTrip {
  std::optional<std::string> to_name, to_code;
  std::optional<movement::TripPurpose> purpose;
  std::optional<movement::Transport> transport;
  std::optional<Date> leaves_on, back_on;
};
BOOST_DESCRIBE_STRUCT(BaseTrip, (), (to_name, to_code, purpose, transport, leaves_on, back_on))
struct LateHandover {
  std::string note;
};
BOOST_DESCRIBE_STRUCT(LateHandover, (), (note))

// One command of a phone's queue: exactly one of the last eleven, as it would have been sent with the network, with the
// record's own id.
struct Record {
  Uuid id;
  std::int64_t sequence = 0;            // 1, 2, 3 ... of one device, without a hole.
  Instant at{};                         // The device's own clock; a verdict was decided at this moment.
  std::optional<std::int64_t> skew_ms;  // The server's clock minus the device's, as last measured.
  std::optional<PackVersion> pack_version;
  std::optional<AccountId> account_id;  // Who was on duty.
  std::optional<gate::api::PassageCommand> passage;
  std::optional<std::vector<gate::Decided>> decided;  // With a passage: one verdict for each person.
  std::optional<gate::api::EmergencyCommand> emergency;
  std::optional<LateOverride> override;
  std::optional<LateUndo> undo;
  std::optional<movement::api::VisitCommand> visit;
  std::optional<LateAnswer> answer;
  std::optional<movement::api::FileTrip> trip;
  std::optional<BaseTrip> base_trip;  // With a trip.
  std::optional<http::Empty> shift_start;
  std::optional<LateHandover> handover;
  std::optional<issuing::api::ShowCertificate> certificate;
};
BOOST_DESCRIBE_STRUCT(Record, (),
                      (id, sequence, at, skew_ms, pack_version, account_id, passage, decided, emergency, override, undo,
                       visit, answer, trip, base_trip, shift_start, handover, certificate))

struct Batch {
  Instant sent_at{};                    // The device's own clock.
  std::optional<DeviceId> carried_for;  // Another phone's queue, carried here as a file.
  std::vector<UnreadRecord> records;    // A bad one comes back alone.
};
BOOST_DESCRIBE_STRUCT(Batch, (), (sent_at, carried_for, records))

struct RecordResult {
  std::optional<Uuid> id;  // None where it could not be read.
  std::int64_t sequence = 0;
  RecordState state = RecordState::returned;
  std::string code;   // Why it came back or waits for a decision; empty otherwise.
  std::string where;  // JSON pointer into the record.
  std::vector<PassageId> passage_ids;
  std::vector<gate::Decided> server;  // What the server would have decided, for each passage.
  bool differs = false;
  std::optional<VisitorId> visit_id;
  std::vector<ConflictId> conflict_ids;
};
BOOST_DESCRIBE_STRUCT(RecordResult, (),
                      (id, sequence, state, code, where, passage_ids, server, differs, visit_id, conflict_ids))
struct Missing {
  std::int64_t from = 0, to = 0;
};
BOOST_DESCRIBE_STRUCT(Missing, (), (from, to))
struct BatchAnswer {
  Instant at{};
  std::vector<RecordResult> results;  // In the order of the records.
  std::vector<Missing> missing;       // Sequences of this device that never came.
  std::int64_t highest = 0;
};
BOOST_DESCRIBE_STRUCT(BatchAnswer, (), (at, results, missing, highest))

// The desk's view.
struct VerdictDifference {
  RecordId record_id;
  GateId gate_id;
  std::string gate_name, device_name;
  Instant happened_at{}, recorded_at{};
  std::vector<PassageId> passage_ids;
  std::vector<gate::Decided> device, server;
  bool reproduced = true;
};
BOOST_DESCRIBE_STRUCT(VerdictDifference, (),
                      (record_id, gate_id, gate_name, device_name, happened_at, recorded_at, passage_ids, device,
                       server, reproduced))
struct Conflict {
  ConflictId conflict_id;
  RecordId record_id;
  std::string subject;  // "trip:123", "visit:45"
  std::string field;
  std::optional<std::string> base, device, server;
  std::string device_name;
  Instant happened_at{}, recorded_at{};
};
BOOST_DESCRIBE_STRUCT(Conflict, (),
                      (conflict_id, record_id, subject, field, base, device, server, device_name, happened_at,
                       recorded_at))
struct DeviceQueue {
  DeviceId device_id;
  std::string name;
  std::int64_t highest = 0, records = 0, returned = 0;
  Instant last_at{};
  std::vector<Missing> missing;
};
BOOST_DESCRIBE_STRUCT(DeviceQueue, (), (device_id, name, highest, records, returned, last_at, missing))
struct Overview {
  std::vector<VerdictDifference> differences;  // Not looked at yet, newest first.
  std::vector<Conflict> conflicts;             // Not decided yet.
  std::vector<DeviceQueue> devices;            // That handed something in during the last days.
};
BOOST_DESCRIBE_STRUCT(Overview, (), (differences, conflicts, devices))
struct DecideConflict {
  Uuid id;
  ConflictSide take = ConflictSide::server;
};
BOOST_DESCRIBE_STRUCT(DecideConflict, (), (id, take))

}  // namespace api
}  // namespace firstline::offline
