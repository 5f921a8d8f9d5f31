#include "offline/records.hpp"

#include <algorithm>
#include <map>

#include "access/service.hpp"
#include "json/json.hpp"
#include "offline/one_record.hpp"
#include "store/acting.hpp"

namespace firstline::offline {
namespace {

using http::Call;
using store::Session;

constexpr std::size_t ranges_max = 50;
constexpr int shown_max = 200;

// A fault of the database says nothing about the record: the phone sends it again. A record that breaks a promise of
// ours would break it every time: it comes back.
bool is_ours(const Fault& fault) {
  if (fault.reason == "internal.broken_promise") return false;
  if (fault.reason.starts_with("store.")) return true;
  return fault.code == FaultCode::busy || fault.code == FaultCode::unavailable || fault.code == FaultCode::corrupt;
}

std::vector<api::Missing> missing_in(const std::vector<std::int64_t>& sequences) {
  std::vector<api::Missing> missing;
  std::int64_t next = 1;
  for (const std::int64_t each : sequences) {
    if (each > next && missing.size() < ranges_max) missing.push_back({next, each - 1});
    next = std::max(next, each + 1);
  }
  return missing;
}

Result<std::vector<api::Missing>> missing_of(Session& session, AreaId community, const QueueCount& queue) {
  if (queue.records == queue.highest) return std::vector<api::Missing>();
  FL_TRY(const auto sequences, load_sequences(session, community, queue.device_id));
  return missing_in(sequences);
}

struct Parsed {
  std::size_t index;
  std::optional<api::Record> record;
  api::RecordResult taken;
};

// A record that cannot be read comes back under its own id, if that can be.
api::RecordResult unreadable(const boost::json::value& value, const Fault& fault) {
  api::RecordResult taken;
  taken.code = fault.reason;
  taken.where = fault.where;
  if (!value.is_object()) return taken;
  const auto& object = value.get_object();
  if (const auto* id = object.if_contains("id"); id && id->is_string())
    taken.id = parse_uuid(std::string_view(id->get_string().data(), id->get_string().size()));
  if (const auto* sequence = object.if_contains("sequence"); sequence && sequence->is_int64())
    taken.sequence = sequence->get_int64();
  return taken;
}

std::vector<Parsed> parsed(const api::Batch& batch) {
  std::vector<Parsed> all;
  for (std::size_t i = 0; i < batch.records.size(); ++i) {
    const auto& value = batch.records[i].value;
    auto record = json::from_value<api::Record>(value);
    if (record) all.push_back({i, std::move(*record), {}});
    else all.push_back({i, {}, unreadable(value, record.error())});
  }
  std::stable_sort(all.begin(), all.end(), [](const Parsed& a, const Parsed& b) {
    return (a.record ? a.record->sequence : 0) < (b.record ? b.record->sequence : 0);
  });
  return all;
}

// A copy of the call for one transaction; nothing of one record is left for the next.
Call one_call(const Call& call, Session& session) {
  Call copy;
  copy.session = &session;
  copy.actor = call.actor;
  copy.acting = call.acting;
  store::act_as(session, call.acting);
  copy.place = call.place;
  copy.now = call.now;
  copy.random = call.random;
  return copy;
}

Result<api::RecordResult> take_in_turn(const Call& call, const Outpost& outpost, const Origin& origin,
                                       const api::Record& record) {
  auto taken = outpost.database->write([&](Session& session) {
    Call one = one_call(call, session);
    return take_one(one, outpost, origin, record);
  });
  if (taken || is_ours(taken.error())) return taken;
  return outpost.database->write([&](Session& session) {
    Call one = one_call(call, session);
    return give_back(one, origin, record, taken.error());
  });
}

Result<Origin> origin_of(const Call& call, const Outpost& outpost, const area::Gate& gate, const api::Batch& batch) {
  Origin origin{&gate, call.actor.device, {}, batch.sent_at};
  if (!batch.carried_for) {
    if (!origin.device) return fail(FaultCode::invalid, "offline.no_device");
    return origin;
  }
  if (!call.actor.account) return fail(FaultCode::invalid, "offline.bad_carrier", {}, "/carried_for");
  FL_TRY(const auto devices,
         outpost.database->read([&](Session& session) { return access::devices_of(session, gate.community_id); }));
  const bool known = std::any_of(devices.begin(), devices.end(), [&](const access::DeviceView& device) {
    return device.device_id == *batch.carried_for;
  });
  if (!known) return fail(FaultCode::not_found, "device.unknown", {}, "/carried_for");
  origin.device = *batch.carried_for;
  origin.carried_by = call.actor.account;
  return origin;
}

struct CarriedBody {
  DeviceId device_id;
  std::int64_t records = 0;
};
BOOST_DESCRIBE_STRUCT(CarriedBody, (), (device_id, records))

// What the desk must know of the whole: a hole in the sequence that was not there before, and a carried queue.
Result<void> note_whole(const Call& call, const Outpost& outpost, const Origin& origin, const api::Batch& batch,
                        std::size_t holes_before, const api::BatchAnswer& answer) {
  const bool new_hole = answer.missing.size() > holes_before;
  if (!new_hole && !origin.carried_by) return {};
  return outpost.database->write([&](Session& session) -> Result<void> {
    Call one = one_call(call, session);
    const AreaId community = origin.gate->community_id;
    const std::string subject = "device:" + format_id(origin.device.value);
    if (new_hole)
      FL_TRYV(note_fact(one, community, "offline.hole_in_sequence", subject, json::write(answer.missing.back())));
    if (origin.carried_by)
      FL_TRYV(note_fact(one, community, "offline.queue_carried", subject,
                        json::write(CarriedBody{origin.device, static_cast<std::int64_t>(batch.records.size())})));
    return {};
  });
}

struct Holes {
  std::vector<api::Missing> missing;
  std::int64_t highest = 0;
};
Result<Holes> holes_of(const Outpost& outpost, AreaId community, DeviceId device) {
  return outpost.database->read([&](Session& session) -> Result<Holes> {
    FL_TRY(const auto queue, count_queue(session, community, device));
    if (!queue) return Holes{};
    FL_TRY(auto missing, missing_of(session, community, *queue));
    return Holes{std::move(missing), queue->highest};
  });
}

}  // namespace

Result<api::BatchAnswer> take(Call& call, const Outpost& outpost, const area::Gate& gate, const api::Batch& batch) {
  if (batch.records.size() > records_max) return fail(FaultCode::invalid, "offline.too_many", {}, "/records");
  FL_TRY(const auto origin, origin_of(call, outpost, gate, batch));
  FL_TRY(const auto before, holes_of(outpost, gate.community_id, origin.device));
  auto all = parsed(batch);
  api::BatchAnswer answer;
  answer.at = call.now;
  answer.results.resize(all.size());
  for (Parsed& each : all) {
    if (each.record) {
      FL_TRY(each.taken, take_in_turn(call, outpost, origin, *each.record));
    }
    answer.results[each.index] = std::move(each.taken);
  }
  FL_TRY(auto after, holes_of(outpost, gate.community_id, origin.device));
  answer.missing = std::move(after.missing);
  answer.highest = after.highest;
  FL_TRYV(note_whole(call, outpost, origin, batch, before.missing.size(), answer));
  return answer;
}

Result<api::Overview> overview(Call& call) {
  Session& session = *call.session;
  const AreaId community = call.place.community;
  std::map<DeviceId, std::string> device_names;
  std::map<GateId, std::string> gate_names;
  FL_TRY(const auto devices, access::devices_of(session, community));
  for (const auto& device : devices) device_names[device.device_id] = device.name;
  FL_TRY(const auto gates, area::gates_of(session, community));
  for (const auto& gate : gates) gate_names[gate.id] = gate.name;

  api::Overview overview;
  FL_TRY(const auto differences, load_differences(session, community, shown_max));
  for (const RecordRow& row : differences) {
    FL_TRY(auto taken, json::read<api::RecordResult>(row.result));
    FL_TRY(auto decided, json::read<std::vector<gate::Decided>>(row.decided));
    overview.differences.push_back({row.id, row.gate_id, gate_names[row.gate_id], device_names[row.device_id],
                                    row.happened_at, row.recorded_at, std::move(taken.passage_ids), std::move(decided),
                                    std::move(taken.server), row.reproduced});
  }
  FL_TRY(const auto conflicts, load_open_conflicts(session, community, shown_max));
  for (const ConflictRow& row : conflicts)
    overview.conflicts.push_back({row.id, row.record_id, row.subject, row.field, row.base, row.device, row.server,
                                  device_names[row.device_id], row.happened_at, row.recorded_at});
  FL_TRY(const auto queues, count_queues(session, community));
  for (const QueueCount& queue : queues) {
    FL_TRY(auto missing, missing_of(session, community, queue));
    overview.devices.push_back({queue.device_id, device_names[queue.device_id], queue.highest, queue.records,
                                queue.returned, queue.last_at, std::move(missing)});
  }
  return overview;
}

Result<void> mark_seen(Call& call, RecordId record) {
  FL_TRY(const bool first, save_seen(*call.session, call.place.community, record, call.actor.account, call.now));
  if (!first) return fail(FaultCode::conflict, "offline.seen_already");
  return note_fact(call, call.place.community, "offline.difference_seen", "record:" + format_id(record.value), "{}");
}

Result<int> forget_contents(Session& session, AreaId community, Instant before) {
  constexpr int at_once = 300;
  FL_TRY(auto rows, load_contents(session, community, before, at_once));
  for (ContentRow& row : rows) {
    FL_TRY(auto taken, json::read<api::RecordResult>(row.result));
    taken.server.clear();
    row.result = json::write(taken);
    FL_TRYV(clear_content(session, community, row));
  }
  FL_TRY(const auto conflicts, delete_decided_conflicts(session, community, before));
  return static_cast<int>(rows.size()) + static_cast<int>(conflicts);
}

struct DecidedBody {
  std::string subject, field;
  ConflictSide taken = ConflictSide::server;
};
BOOST_DESCRIBE_STRUCT(DecidedBody, (), (subject, field, taken))

Result<void> decide(Call& call, const Outpost& outpost, ConflictId id, ConflictSide side) {
  FL_TRY(auto conflict, load_conflict(*call.session, call.place.community, id));
  if (!conflict) return fail(FaultCode::not_found, "offline.unknown_conflict");
  conflict->taken = side;
  conflict->decided_at = call.now;
  conflict->decided_by = call.actor.account;
  FL_TRY(const bool first, save_decision(*call.session, *conflict));
  if (!first) return fail(FaultCode::conflict, "offline.decided_already");
  if (side == ConflictSide::device) {
    FL_TRYV(put_device_value(call, *outpost.ground->movement, *conflict));
  }
  return note_fact(call, conflict->community_id, "offline.conflict_decided", "conflict:" + format_id(id.value),
                   json::write(DecidedBody{conflict->subject, conflict->field, side}));
}

}  // namespace firstline::offline
