#include "offline/one_record.hpp"

#include <algorithm>

#include "http/once.hpp"
#include "issuing/service.hpp"
#include "json/json.hpp"
#include "ledger/fact.hpp"
#include "movement/trips.hpp"
#include "movement/visits.hpp"
#include "offline/trip_fields.hpp"
#include "store/acting.hpp"

namespace firstline::offline {
namespace {

using http::Call;

struct FactBody {
  std::string kind;
  DeviceId device_id;
  std::int64_t sequence = 0;
};
BOOST_DESCRIBE_STRUCT(FactBody, (), (kind, device_id, sequence))

// Which of the eleven it is; empty unless it is exactly one.
std::string kind_of(const api::Record& record) {
  const std::pair<bool, const char*> kinds[] = {
      {record.passage.has_value(), "passage"},   {record.emergency.has_value(), "emergency"},
      {record.override.has_value(), "override"}, {record.undo.has_value(), "undo"},
      {record.visit.has_value(), "visit"},       {record.answer.has_value(), "answer"},
      {record.trip.has_value(), "trip"},         {record.shift_start.has_value(), "shift_start"},
      {record.handover.has_value(), "handover"}, {record.certificate.has_value(), "certificate"}};
  std::string kind;
  for (const auto& [is_there, name] : kinds) {
    if (!is_there) continue;
    if (!kind.empty()) return {};
    kind = name;
  }
  return kind;
}

// The commands inside carry the record's own id, or sending one by the network and again by the queue would make two.
bool same_id(const api::Record& record) {
  return (!record.passage || record.passage->id == record.id) &&
         (!record.emergency || record.emergency->id == record.id) && (!record.visit || record.visit->id == record.id) &&
         (!record.trip || record.trip->id == record.id) && (!record.certificate || record.certificate->id == record.id);
}

struct Work {
  Call& late;
  const Outpost& outpost;
  const Origin& origin;
  const api::Record& record;
  RecordRow& row;
  api::RecordResult& taken;

  const area::Gate& gate() const { return *origin.gate; }
};

Result<void> take_passage(const Work& work) {
  if (!work.record.decided) return fail(FaultCode::invalid, "offline.verdicts_missing", {}, "/decided");
  FL_TRY(auto passages,
         gate::record_late(work.late, *work.outpost.ground, work.gate(), *work.record.passage, *work.record.decided));
  for (gate::LatePassage& each : passages) {
    work.taken.passage_ids.push_back(each.passage_id);
    work.row.differs = work.row.differs || each.differs || !each.reproduced;
    work.row.reproduced = work.row.reproduced && each.reproduced;
    if (each.server) work.taken.server.push_back(std::move(*each.server));
    else work.taken.state = RecordState::repeated;
  }
  work.taken.differs = work.row.differs;
  work.row.decided = json::write(*work.record.decided);
  return {};
}

Result<void> take_emergency(const Work& work) {
  FL_TRY(const auto passage,
         gate::record_late_emergency(work.late, *work.outpost.ground, work.gate(), *work.record.emergency));
  work.taken.passage_ids.push_back(passage.passage_id);
  return {};
}

Result<void> take_override(const Work& work) {
  const auto& said = *work.record.override;
  PassageId passage = said.passage_id.value_or(PassageId{});
  if (said.of) {
    FL_TRY(passage, gate::passage_of_command(*work.late.session, work.gate(), *said.of, said.line.value_or(0)));
  }
  FL_TRYV(gate::override_verdict(work.late, *work.outpost.ground, work.gate(), passage,
                                 {work.record.id, work.record.at, said.reason, said.note}));
  work.taken.passage_ids.push_back(passage);
  return {};
}

Result<void> take_undo(const Work& work) {
  FL_TRY(const auto passage, gate::passage_of_command(*work.late.session, work.gate(), work.record.undo->of,
                                                      work.record.undo->line.value_or(0)));
  FL_TRYV(gate::undo(work.late, *work.outpost.ground, work.gate(), passage));
  work.taken.passage_ids.push_back(passage);
  return {};
}

Result<void> take_visit(const Work& work) {
  FL_TRY(const auto visit,
         movement::ask_host(work.late, *work.outpost.ground->movement, work.gate(), *work.record.visit));
  work.taken.visit_id = visit.visit_id;
  return {};
}

Result<void> add_conflicts(const Work& work, const std::string& subject, const std::vector<FieldVersions>& conflicts) {
  for (const FieldVersions& each : conflicts) {
    const ConflictRow row{work.gate().community_id,
                          work.late.session->new_id<ConflictId>(work.late.recorded_at()),
                          work.row.id,
                          work.origin.device,
                          work.gate().id,
                          subject,
                          each.field,
                          each.base,
                          each.device,
                          each.server,
                          work.late.now,
                          work.late.recorded_at(),
                          {},
                          {},
                          {}};
    FL_TRYV(add(*work.late.session, row));
    work.taken.conflict_ids.push_back(row.id);
  }
  if (conflicts.empty()) return {};
  work.taken.state = RecordState::conflict;
  work.taken.code = "offline.conflict";
  return note_fact(work.late, work.gate().community_id, "offline.conflict_found", subject, "{}");
}

// Whoever has come in was let in: that is an answer as well.
std::string answer_in(movement::VisitState state) {
  using enum movement::VisitState;
  if (state == inside || state == left) return store::enum_name(confirmed);
  return store::enum_name(state);
}

Result<void> take_answer(const Work& work) {
  const auto& said = *work.record.answer;
  const auto& ground = *work.outpost.ground->movement;
  FL_TRY(const auto visit,
         movement::find_visit(*work.late.session, ground, work.gate().community_id, said.visit_id, work.late.now));
  if (visit.compound_id != work.gate().compound_id) return fail(FaultCode::not_found, "visit.unknown");
  const std::string mine =
      store::enum_name(said.confirmed ? movement::VisitState::confirmed : movement::VisitState::declined);
  work.taken.visit_id = visit.id;
  const Merge merge = three_way({{"state", answer_in(said.base_state), mine, answer_in(visit.state)}});
  if (!merge.take.empty()) {
    FL_TRYV(movement::answer_by_call(work.late, ground, work.gate(), visit.id, said.confirmed));
  }
  return add_conflicts(work, "visit:" + format_id(visit.id.value), merge.conflicts);
}

// A trip of somebody who has one already is other words about that one.
Result<void> merge_trip(const Work& work, const movement::TripRow& active) {
  const Merge merge =
      three_way(versions_of(work.record.base_trip.value_or(api::BaseTrip{}), *work.record.trip, active));
  if (!merge.take.empty()) {
    FL_TRY(const auto change, change_of(merge.take));
    FL_TRYV(movement::amend_trip(work.late, *work.outpost.ground->movement, active.community_id, active.id, change));
  }
  return add_conflicts(work, "trip:" + format_id(active.id.value), merge.conflicts);
}

Result<void> take_trip(const Work& work) {
  movement::api::FileTrip rest = *work.record.trip;
  std::vector<PersonId> fresh;
  for (const PersonId id : rest.person_ids) {
    FL_TRY(const auto who, work.outpost.ground->people->resident(*work.late.session, {work.gate().community_id, id}));
    if (!http::path_covers(work.gate().path, who.household_path))
      return fail(FaultCode::not_found, "person.unknown", {}, "/trip/person_ids");
    FL_TRY(const auto active, movement::active_trip(*work.late.session, work.gate().community_id, id));
    if (!active) {
      fresh.push_back(id);
      continue;
    }
    FL_TRYV(merge_trip(work, *active));
  }
  if (fresh.empty()) return {};
  rest.person_ids = std::move(fresh);
  FL_TRYV(movement::file_trips(work.late, *work.outpost.ground->movement, work.gate().community_id, rest,
                               movement::TripSource::gate));
  return {};
}

// What the phone verified is verified again, with the bearer's whole name, by the clock of then.
Result<void> take_certificate(const Work& work) {
  const auto& ground = *work.outpost.ground;
  FL_TRYV(issuing::take_certificate(work.late, {ground.people, ground.rules}, work.gate(), *work.record.certificate));
  return {};
}

Result<void> apply(const Work& work) {
  const std::string& kind = work.row.kind;
  if (kind == "passage") return take_passage(work);
  if (kind == "emergency") return take_emergency(work);
  // Anything else by the network is answered from what was kept then.
  FL_TRY(const auto before, http::answer_of(*work.late.session, work.gate().community_id, work.record.id));
  if (before) {
    work.taken.state = RecordState::repeated;
    return {};
  }
  if (kind == "override") return take_override(work);
  if (kind == "undo") return take_undo(work);
  if (kind == "visit") return take_visit(work);
  if (kind == "answer") return take_answer(work);
  if (kind == "trip") return take_trip(work);
  if (kind == "certificate") return take_certificate(work);
  // A shift is a person's: whoever begins or ends one is signed in.
  if (!work.late.actor.account) return fail(FaultCode::invalid, "offline.nobody_signed_in");
  if (kind == "shift_start") {
    FL_TRYV(gate::start_shift(work.late, work.gate()));
    return {};
  }
  FL_TRYV(gate::hand_over(work.late, work.gate(), {work.record.id, work.record.at, work.record.handover->note}));
  return {};
}

RecordRow row_of(Call& call, const Origin& origin, const api::Record& record) {
  RecordRow row;
  row.community_id = origin.gate->community_id;
  row.id = call.session->new_id<RecordId>(call.recorded_at());
  row.command_id = record.id;
  row.device_id = origin.device;
  row.sequence = record.sequence;
  row.gate_id = origin.gate->id;
  row.account_id = call.actor.account;
  row.carried_by = origin.carried_by;
  row.device_at = record.at;
  row.skew_ms = record.skew_ms.value_or((call.recorded_at() - origin.sent_at).count());
  row.happened_at = happened_at(record, origin, call.recorded_at());
  row.recorded_at = call.recorded_at();
  row.pack_version = record.pack_version.value_or(PackVersion{}).value;
  row.kind = kind_of(record);
  return row;
}

Result<std::optional<api::RecordResult>> came_before(Call& call, const Origin& origin, const api::Record& record) {
  FL_TRY(const auto row, load_record(*call.session, origin.gate->community_id, record.id));
  if (!row) return std::optional<api::RecordResult>();
  if (row->device_id != origin.device || row->gate_id != origin.gate->id)
    return fail(FaultCode::conflict, "command.id_reused", {}, "/id");
  FL_TRY(auto taken, json::read<api::RecordResult>(row->result));
  if (taken.state == RecordState::applied) taken.state = RecordState::repeated;
  return std::optional(std::move(taken));
}

Result<void> keep(Call& call, RecordRow& row, api::RecordResult& taken) {
  // "Repeated" is for whoever asks twice; what is kept says what became of it.
  row.state = taken.state == RecordState::repeated ? RecordState::applied : taken.state;
  api::RecordResult kept = taken;
  kept.state = row.state;
  row.result = json::write(kept);
  return add(*call.session, row);
}

// From here on `now` is when it happened; ids still come from now, because no clock that generates them goes back.
void set_back(Call& call, Instant happened) {
  call.written_at = call.now;
  (void)call.session->ids().next(call.now);
  call.now = happened;
}

// Who was on duty, if the shift is known; otherwise whoever sends it.
Result<void> attribute(Call& call, const Origin& origin, const api::Record& record) {
  call.actor.device = origin.device;
  if (!record.account_id || *record.account_id == call.actor.account) return {};
  FL_TRY(const bool on_duty, gate::was_on_duty(*call.session, *origin.gate, *record.account_id, call.now));
  if (!on_duty) return {};
  call.actor.account = *record.account_id;
  store::act_as(*call.session, "");  // The role is the sender's, not theirs.
  return {};
}

}  // namespace

Instant happened_at(const api::Record& record, const Origin& origin, Instant now) {
  const Millis skew = record.skew_ms ? Millis(*record.skew_ms) : now - origin.sent_at;
  return std::min(record.at + skew, now);
}

Result<void> note_fact(Call& call, AreaId community, const char* kind, std::string subject, std::string body) {
  ledger::Draft fact;
  fact.community = community;
  fact.at = call.now;
  fact.recorded_at = call.recorded_at();
  fact.actor = call.actor.account;
  fact.device = call.actor.device;
  fact.area = community;
  fact.kind = kind;
  fact.subject = std::move(subject);
  fact.body = std::move(body);
  FL_TRYV(ledger::write(*call.session, fact));
  return {};
}

Result<api::RecordResult> take_one(Call& call, const Outpost& outpost, const Origin& origin,
                                   const api::Record& record) {
  FL_TRY(auto before, came_before(call, origin, record));
  if (before) return std::move(*before);
  if (record.sequence < 1) return fail(FaultCode::invalid, "json.out_of_range", {}, "/sequence");
  const Instant happened = happened_at(record, origin, call.now);
  if (call.now - happened > record_age_max) return fail(FaultCode::stale, "offline.too_old", {}, "/at");
  if (kind_of(record).empty()) return fail(FaultCode::invalid, "offline.not_one_kind");
  if (!same_id(record)) return fail(FaultCode::invalid, "offline.other_id", {}, "/id");

  set_back(call, happened);
  FL_TRYV(attribute(call, origin, record));
  RecordRow row = row_of(call, origin, record);
  api::RecordResult taken;
  taken.id = record.id;
  taken.sequence = record.sequence;
  taken.state = RecordState::applied;
  FL_TRYV(apply({call, outpost, origin, record, row, taken}));
  FL_TRYV(keep(call, row, taken));
  if (row.differs) {
    FL_TRYV(note_fact(call, row.community_id, "offline.verdict_differs", "record:" + format_id(row.id.value),
                      json::write(FactBody{row.kind, row.device_id, row.sequence})));
  }
  return taken;
}

Result<api::RecordResult> give_back(Call& call, const Origin& origin, const api::Record& record, const Fault& fault) {
  api::RecordResult taken;
  taken.id = record.id;
  taken.sequence = record.sequence;
  taken.state = RecordState::returned;
  taken.code = fault.reason;
  taken.where = fault.where;
  FL_TRY(const auto known, load_record(*call.session, origin.gate->community_id, record.id));
  if (known) return taken;  // Somebody else's id: what is kept under it stays.
  set_back(call, happened_at(record, origin, call.now));
  call.actor.device = origin.device;
  RecordRow row = row_of(call, origin, record);
  FL_TRYV(keep(call, row, taken));
  FL_TRYV(note_fact(call, row.community_id, "offline.record_returned", "record:" + format_id(row.id.value),
                    json::write(FactBody{row.kind, row.device_id, row.sequence})));
  return taken;
}

Result<void> put_device_value(Call& call, const movement::Ground& ground, const ConflictRow& conflict) {
  const auto colon = conflict.subject.find(':');
  const auto id = parse_id(std::string_view(conflict.subject).substr(colon + 1));
  FL_CHECK(id.has_value());
  if (conflict.subject.starts_with("visit:"))
    return movement::correct_answer(call, conflict.community_id, VisitorId{*id},
                                    conflict.device == store::enum_name(movement::VisitState::confirmed));
  FL_TRY(const auto change, change_of({{conflict.field, conflict.base, conflict.device, conflict.server}}));
  return movement::amend_trip(call, ground, conflict.community_id, TripId{*id}, change);
}

}  // namespace firstline::offline
