// What follows a passage: taken back within ten seconds, or decided otherwise by the keeper.

#include "gate/raise.hpp"
#include "gate/record_visit.hpp"
#include "gate/service.hpp"
#include "gate/store.hpp"

namespace firstline::gate {
namespace {

Result<Passage> passage_at(store::Session& session, const area::Gate& gate, PassageId id) {
  FL_TRY(auto found, find_passage(session, gate.community_id, id));
  if (!found || found->gate_id != gate.id) return fail(FaultCode::not_found, "passage.unknown");
  return std::move(*found);
}

Result<void> add_note(http::Call& call, const Passage& passage, NoteKind kind, std::string reason, std::string note) {
  FL_TRY(const auto notes, notes_of(*call.session, passage.community_id, passage.id));
  if (!notes.empty()) return fail(FaultCode::conflict, "passage.already_noted");
  return add(*call.session, PassageNote{passage.community_id, call.session->ids().next(call.now), passage.id, kind,
                                        call.now, call.actor.account, std::move(reason), std::move(note)});
}

}  // namespace

Result<Passage> passage_of(store::Session& session, AreaId community, PassageId id) {
  FL_TRY(auto found, find_passage(session, community, id));
  if (!found) return fail(FaultCode::not_found, "passage.unknown");
  return std::move(*found);
}

Result<void> undo(http::Call& call, const Ground& ground, const area::Gate& gate, PassageId id) {
  FL_TRY(const auto passage, passage_at(*call.session, gate, id));
  if (call.now - passage.at > undo_window) return fail(FaultCode::conflict, "passage.undo_too_late");
  FL_TRYV(add_note(call, passage, NoteKind::undo, {}, {}));
  const bool counted =
      passage.direction == Direction::out && passage.household_id && passage.outcome <= Outcome::pass_with_reminder;
  if (counted) {
    FL_TRY(const int outings_before,
           outings(*call.session, passage.community_id, passage.household_id, civil_date(passage.at)));
    if (outings_before > 0) {
      FL_TRYV(count_outing(*call.session, passage.community_id, passage.household_id, civil_date(passage.at), -1));
    }
  }
  FL_TRYV(visit_taken_back(call, ground, passage));
  if (passage.person_id) FL_TRYV(movement::trip_taken_back(call, passage.community_id, passage.person_id, id));
  return note_fact(call, passage.community_id, "gate.passage_undone", "passage:" + format_id(id.value), {}, "{}");
}

Result<api::AlarmRaised> override_verdict(http::Call& call, const Ground& ground, const area::Gate& gate, PassageId id,
                                          const api::OverrideCommand& command) {
  if (command.note.find_first_not_of(" \t\r\n") == std::string::npos)
    return fail(FaultCode::invalid, "passage.note_missing", {}, "/note");
  if (command.note.size() > 2000) return fail(FaultCode::invalid, "json.out_of_range", {}, "/note");
  FL_TRY(const auto passage, passage_at(*call.session, gate, id));
  FL_TRYV(add_note(call, passage, NoteKind::override, store::enum_name(command.reason), command.note));
  FL_TRYV(visit_went(call, ground, passage));
  if (passage.person_id && passage.outcome > Outcome::pass_with_reminder) {
    FL_TRYV(movement::trip_passed(call, *ground.movement, gate, passage.household_id, passage.person_id, id,
                                  passage.direction == Direction::out));
  }
  FL_TRY(const auto alarm,
         raise_alarm(call, passage, AlarmKind::override, command.note, store::enum_name(command.reason)));
  return api::AlarmRaised{alarm};
}

}  // namespace firstline::gate
