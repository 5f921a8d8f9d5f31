#pragma once

// What is kept of records that came later than they happened, and of conflicts that a person must decide. SQL stands in
// store_sql.cpp only.

#include <optional>
#include <vector>

#include "base/fault.hpp"
#include "offline/record_api.hpp"
#include "store/session.hpp"

namespace firstline::offline {

struct RecordRow {
  AreaId community_id;
  RecordId id;
  Uuid command_id;
  DeviceId device_id;
  std::int64_t sequence = 0;
  GateId gate_id;
  AccountId account_id;
  AccountId carried_by;  // Whoever brought another phone's queue.
  Instant device_at{};
  std::int64_t skew_ms = 0;
  Instant happened_at{};
  Instant recorded_at{};
  std::int64_t pack_version = 0;
  std::string kind;
  RecordState state = RecordState::applied;
  bool differs = false;
  bool reproduced = true;
  std::string decided;  // JSON of the phone's verdicts,
  std::string result;   // and of what the phone was told, the server's verdicts among it.
  std::optional<Instant> seen_at;
  AccountId seen_by;
};
BOOST_DESCRIBE_STRUCT(RecordRow, (),
                      (community_id, id, command_id, device_id, sequence, gate_id, account_id, carried_by, device_at,
                       skew_ms, happened_at, recorded_at, pack_version, kind, state, differs, reproduced, decided,
                       result, seen_at, seen_by))

struct ConflictRow {
  AreaId community_id;
  ConflictId id;
  RecordId record_id;
  DeviceId device_id;
  GateId gate_id;
  std::string subject, field;
  std::optional<std::string> base, device, server;
  Instant happened_at{};
  Instant recorded_at{};
  std::optional<ConflictSide> taken;
  std::optional<Instant> decided_at;
  AccountId decided_by;
};
BOOST_DESCRIBE_STRUCT(ConflictRow, (),
                      (community_id, id, record_id, device_id, gate_id, subject, field, base, device, server,
                       happened_at, recorded_at, taken, decided_at, decided_by))

Result<void> add(store::Session& session, const RecordRow& record);
Result<std::optional<RecordRow>> load_record(store::Session& session, AreaId community, const Uuid& command);
Result<std::vector<RecordRow>> load_differences(store::Session& session, AreaId community, int limit);
// False if somebody has seen it before, or there is no such difference.
Result<bool> save_seen(store::Session& session, AreaId community, RecordId record, AccountId by, Instant now);

struct QueueCount {
  DeviceId device_id;
  std::int64_t records = 0, highest = 0, returned = 0;
  Instant last_at{};
};
BOOST_DESCRIBE_STRUCT(QueueCount, (), (device_id, records, highest, returned, last_at))
Result<std::optional<QueueCount>> count_queue(store::Session& session, AreaId community, DeviceId device);
Result<std::vector<QueueCount>> count_queues(store::Session& session, AreaId community);
// Upwards, each once.
Result<std::vector<std::int64_t>> load_sequences(store::Session& session, AreaId community, DeviceId device);

// Of records that came in before `before` and hold what a phone decided, seen by the desk if that differed.
struct ContentRow {
  RecordId id;
  std::string result;
};
BOOST_DESCRIBE_STRUCT(ContentRow, (), (id, result))
Result<std::vector<ContentRow>> load_contents(store::Session& session, AreaId community, Instant before, int limit);
// Takes out what was decided; `row.result` is what stays.
Result<void> clear_content(store::Session& session, AreaId community, const ContentRow& row);
Result<std::int64_t> delete_decided_conflicts(store::Session& session, AreaId community, Instant before);

Result<void> add(store::Session& session, const ConflictRow& conflict);
Result<std::optional<ConflictRow>> load_conflict(store::Session& session, AreaId community, ConflictId id);
Result<std::vector<ConflictRow>> load_open_conflicts(store::Session& session, AreaId community, int limit);
// False if it is decided already.
Result<bool> save_decision(store::Session& session, const ConflictRow& conflict);

}  // namespace firstline::offline
