// What supervisors see: gates now, flow by hour, alarms and who has seen them.

#include <algorithm>
#include <map>

#include "access/service.hpp"
#include "gate/raise.hpp"
#include "gate/service.hpp"
#include "gate/store.hpp"
#include "gate/tally.hpp"
#include "json/json.hpp"

namespace firstline::gate {
namespace {

// A device that has not been heard of for so long is shown as away; "last seen" is written once a minute.
constexpr std::chrono::minutes online_window{3};
constexpr int alarms_max = 200;
constexpr std::chrono::hours alarms_age{48};

using Minutes5 = std::chrono::duration<std::int64_t, std::ratio<300>>;
constexpr Minutes5 flow_window = std::chrono::hours(2);

bool goes_through(Outcome outcome) { return outcome <= Outcome::pass_with_reminder; }

struct DayRange {
  std::int64_t from, until;
};
DayRange ids_of(Date day) { return {first_id_at(start_of(day)), first_id_at(start_of(day + std::chrono::days(1)))}; }

Result<api::AlarmView> view_of(store::Session& session, const Alarm& alarm) {
  api::AlarmView view;
  view.alarm_id = alarm.id;
  view.kind = alarm.kind;
  view.at = alarm.at;
  view.subject = alarm.subject;
  view.note = alarm.note;
  if (alarm.gate_id) {
    view.gate_id = alarm.gate_id;
    FL_TRY(const auto gate, area::find_gate(session, alarm.gate_id));
    view.gate_name = gate.name;
  }
  std::optional<Passage> passage;
  if (alarm.passage_id) {
    view.passage_id = alarm.passage_id;
    FL_TRY(passage, find_passage(session, alarm.community_id, alarm.passage_id));
  }
  if (passage) {
    if (passage->person_id) view.person_id = passage->person_id;
    view.direction = passage->direction;
    view.outcome = passage->outcome;
    FL_TRY(view.reasons, json::read<std::vector<Reason>>(passage->reasons));
    FL_TRY(const auto notes, notes_of(session, alarm.community_id, alarm.passage_id));
    for (const auto& note : notes)
      if (note.kind == NoteKind::override) view.override_reason = store::enum_value<OverrideReason>(note.reason);
  }
  FL_TRY(const auto seen, seen_of(session, alarm.community_id, alarm.id));
  for (const auto& one : seen) {
    FL_TRY(auto name, access::display_name(session, one.account_id));
    view.seen_by.push_back({one.account_id, std::move(name), one.at});
  }
  return view;
}

}  // namespace

Result<api::GateLiveList> gates_live(http::Call& call) {
  store::Session& session = *call.session;
  const AreaId community = call.place.community;
  FL_TRY(const auto gates, area::gates_of(session, community));
  FL_TRY(const auto devices, access::devices_of(session, community));
  const auto [from, until] = ids_of(civil_date(call.now));
  FL_TRY(const auto groups, counts(session, community, from, until));
  FL_TRY(const auto overridden, overrides(session, community, from, until));
  api::GateLiveList list;
  for (const auto& gate : gates) {
    api::GateLive live;
    FL_TRY(live.gate, area::view(session, gate));
    for (const auto& device : devices) {
      if (device.gate_id != gate.id || device.revoked_at) continue;
      ++live.devices;
      if (device.last_seen_at && call.now - *device.last_seen_at < online_window) ++live.devices_online;
      else live.devices_away.push_back(device.name);
    }
    for (const auto& group : groups) {
      if (group.gate_id != gate.id) continue;
      add_to(live.today, group);
      live.last_passage_at = std::max(live.last_passage_at, group.last_at);
    }
    for (const auto& count : overridden)
      if (count.gate_id == gate.id) live.today.overrides = count.count;
    list.items.push_back(std::move(live));
  }
  return list;
}

Result<api::FlowList> flow_of(http::Call& call, Date day) {
  const auto [from, until] = ids_of(day);
  FL_TRY(const auto rows, flow(*call.session, call.place.community, from, until));
  const std::int64_t midnight = day.time_since_epoch().count() * 24;
  api::FlowList list;
  for (const auto& row : rows)
    list.items.push_back({row.gate_id, static_cast<int>(row.hour - midnight), row.in, row.out, row.refused});
  return list;
}

Result<api::Board> board(http::Call& call) {
  store::Session& session = *call.session;
  const AreaId community = call.place.community;
  api::Board board;
  board.flow_from = std::chrono::floor<Minutes5>(call.now) - flow_window + Minutes5(1);
  const std::int64_t end = first_id_at(call.now + std::chrono::minutes(1));
  FL_TRY(const auto steps, flow_by_steps(session, community, first_id_at(board.flow_from), end));
  for (const StepCount& step : steps)
    board.flow.push_back({step.gate_id, Instant(Minutes5(step.step)), step.in, step.out, step.refused});
  const auto [from, until] = ids_of(civil_date(call.now));
  FL_TRY(const auto refused, refused_reasons(session, community, from, until));
  std::map<ReasonKind, std::int64_t> people;
  for (const RefusedReasons& group : refused) {
    FL_TRY(const auto reasons, json::read<std::vector<Reason>>(group.reasons));
    for (const Reason& reason : reasons)
      if (!goes_through(reason.outcome)) people[reason.reason] += group.people;
  }
  for (const auto& [reason, count] : people) board.refusals.push_back({reason, count});
  std::stable_sort(board.refusals.begin(), board.refusals.end(),
                   [](const auto& a, const auto& b) { return a.people > b.people; });
  return board;
}

Result<api::AlarmList> alarms(http::Call& call, bool open_only) {
  FL_TRY(const auto rows,
         alarms_since(*call.session, call.place.community, first_id_at(call.now - alarms_age), alarms_max));
  api::AlarmList list;
  for (const auto& row : rows) {
    FL_TRY(auto view, view_of(*call.session, row));
    if (!open_only || static_cast<int>(view.seen_by.size()) < alarm_seers_min) list.items.push_back(std::move(view));
  }
  return list;
}

Result<api::AlarmView> mark_seen(http::Call& call, AlarmId id) {
  FL_TRY(const auto alarm, find_alarm(*call.session, call.place.community, id));
  if (!alarm) return fail(FaultCode::not_found, "alarm.unknown");
  FL_TRY(const bool first, add(*call.session, AlarmSeen{alarm->community_id, call.session->ids().next(call.now), id,
                                                        call.actor.account, call.now}));
  if (first) {
    // About the passage, so that whoever asks why finds the supervisors beside the keeper; about the case likewise.
    const std::string about =
        alarm->passage_id ? "passage:" + format_id(alarm->passage_id.value) : std::string(alarm->subject);
    FL_TRYV(note_fact(call, alarm->community_id, "gate.alarm_seen", about, {}, "{}"));
  }
  return view_of(*call.session, *alarm);
}

}  // namespace firstline::gate
