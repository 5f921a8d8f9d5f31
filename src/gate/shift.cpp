// A keeper's shift at a gate: 上岗, the counters, 交班 with a note for the next.

#include "gate/raise.hpp"
#include "gate/service.hpp"
#include "gate/store.hpp"
#include "gate/tally.hpp"
#include "ledger/fact.hpp"

namespace firstline::gate {
namespace {

// Everything that happened at this gate since the shift began, whoever recorded it.
Result<void> fill_counters(store::Session& session, const GateShift& shift, Instant now, api::ShiftView& view) {
  const std::int64_t from = first_id_at(shift.started_at);
  const std::int64_t until = first_id_at(shift.ended_at.value_or(now) + std::chrono::seconds(1));
  api::Today today;
  FL_TRY(const auto groups, counts(session, shift.community_id, from, until));
  for (const auto& group : groups)
    if (group.gate_id == shift.gate_id) add_to(today, group);
  FL_TRY(const auto overridden, overrides(session, shift.community_id, from, until));
  for (const auto& count : overridden)
    if (count.gate_id == shift.gate_id) today.overrides = count.count;
  fill(view, today);
  view.shift_id = shift.id;
  view.started_at = shift.started_at;
  view.ended_at = shift.ended_at;
  return {};
}

Result<api::ShiftView> view_of(http::Call& call, const area::Gate& gate, const std::optional<GateShift>& shift) {
  api::ShiftView view;
  if (shift) {
    FL_TRYV(fill_counters(*call.session, *shift, call.now, view));
  }
  FL_TRY(const auto before, last_closed_shift(*call.session, gate.community_id, gate.id));
  if (before && !(shift && shift->id == before->id) && !before->note.empty()) view.handover_note = before->note;
  return view;
}

}  // namespace

Result<api::ShiftView> current_shift(http::Call& call, const area::Gate& gate) {
  FL_TRY(const auto shift, open_shift(*call.session, gate.community_id, gate.id, call.actor.account));
  return view_of(call, gate, shift);
}

Result<api::ShiftView> start_shift(http::Call& call, const area::Gate& gate) {
  FL_TRY(auto shift, open_shift(*call.session, gate.community_id, gate.id, call.actor.account));
  if (!shift) {
    shift = GateShift{
        gate.community_id, call.session->new_id<ShiftId>(call.now), gate.id, call.actor.account, call.now, {}, {}};
    FL_TRYV(add(*call.session, *shift));
    FL_TRYV(note_fact(call, gate.community_id, "gate.shift_started", "gate:" + format_id(gate.id.value), {}, "{}"));
  }
  return view_of(call, gate, shift);
}

Result<api::ShiftView> hand_over(http::Call& call, const area::Gate& gate, const api::HandoverCommand& command) {
  if (command.note.size() > 4000) return fail(FaultCode::invalid, "json.out_of_range", {}, "/note");
  FL_TRY(auto shift, open_shift(*call.session, gate.community_id, gate.id, call.actor.account));
  if (!shift) return fail(FaultCode::conflict, "shift.none_open");
  shift->ended_at = call.now;
  shift->note = command.note;
  FL_TRYV(close_shift(*call.session, *shift));
  FL_TRYV(note_fact(call, gate.community_id, "gate.handed_over", "gate:" + format_id(gate.id.value), {}, "{}"));
  return view_of(call, gate, shift);
}

Result<void> end_shifts_of(store::Session& session, AccountId account, Instant now) {
  FL_TRY(auto shifts, open_shifts_of(session, account));
  for (GateShift& shift : shifts) {
    shift.ended_at = now;
    FL_TRYV(close_shift(session, shift));
    ledger::Draft fact;
    fact.community = shift.community_id;
    fact.at = fact.recorded_at = now;
    fact.actor = account;
    fact.area = shift.community_id;
    fact.role = "keeper";  // Theirs that ends, not of whoever ended it.
    fact.kind = "gate.handed_over";
    fact.subject = "gate:" + format_id(shift.gate_id.value);
    fact.body = "{}";
    FL_TRYV(ledger::write(session, fact));
  }
  return {};
}

}  // namespace firstline::gate
