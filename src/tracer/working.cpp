// What an officer does about a row: calls, another category, a proposal, a hand-off. Each is a step that is kept, and a
// fact without its words.

#include "area/service.hpp"
#include "tracer/parts.hpp"

namespace firstline::tracer {
namespace {

using http::Call;

constexpr std::size_t words_bytes_max = 600;

bool is_blank(const std::string& text) { return text.find_first_not_of(" \t\r\n") == text.npos; }

Result<void> keep(Call& call, const Ground& ground, Step step, const std::string& words) {
  step.community_id = call.place.community;
  step.id = call.session->ids().next(call.now);
  step.at = call.now;
  step.account_id = call.actor.account;
  if (!is_blank(words)) step.note_sealed = ground.people->key().seal(*call.random, note_field, step.id, words);
  return add(*call.session, step);
}

// A row that was handed off is somebody else's now.
Result<Row> row_in_hand(Call& call, RowId id) {
  FL_TRY(auto row, met_row(call, id));
  if (row.handed_off_at) return fail(FaultCode::conflict, "trace.handed_off");
  return row;
}

Result<void> note(Call& call, const Row& row, const char* kind) {
  return write_fact(call, row.community_id, kind, row.person_id,
                    json::write(RowFact{row.run_id, row.id, row.category}));
}

// The run of the other community that holds what was handed over from this one; made with its first row.
Result<Run> run_there(Call& call, const Run& here, AreaId there) {
  FL_TRY(auto known, load_run_of_origin(*call.session, there, here.community_id, here.id));
  if (known) return std::move(*known);
  Run run = here;
  run.community_id = there;
  run.id = call.session->new_id<RunId>(call.now);
  run.command = make_uuid_v7(call.now, *call.random);
  run.case_id = {};
  run.person_id = {};
  run.onset_at.reset();
  run.origin_id = here.community_id;
  run.origin_run = here.id;
  run.asked_by = {};
  run.asked_at = call.now;
  run.left_out = run.unknown = 0;
  run.found_microseconds = run.listed_microseconds = 0;
  FL_TRYV(add(*call.session, run));
  return run;
}

// Who, as what, on what kind of basis and how lately: no place, no time of day, and nothing of the case.
Row row_there(const Row& here, const Run& run, RowId id) {
  Row row;
  row.community_id = run.community_id;
  row.run_id = run.id;
  row.id = id;
  row.person_id = here.person_id;
  row.home_id = run.community_id;
  row.proposed = row.category = here.category;
  row.confidence = here.confidence;
  row.bases = here.bases;
  if (here.last_at) row.last_at = start_of(civil_date(*here.last_at));
  return row;
}

}  // namespace

Result<bool> is_done(Call& call, const Uuid& command) { return has_step(*call.session, call.place.community, command); }

Result<void> classify_as(Call& call, const Ground& ground, Row& row, Category category, const std::string& reason,
                         const Uuid& command) {
  row.category = category;
  FL_TRYV(change(call, row));
  Step step;
  step.row_id = row.id;
  step.command = command;
  step.kind = StepKind::classified;
  step.category = category;
  FL_TRYV(keep(call, ground, step, reason));
  return note(call, row, "trace.classified");
}

Result<api::TraceRowDetail> log_call(Call& call, const Ground& ground, RowId id, const api::LogTraceCall& command) {
  FL_TRY(const bool again, is_done(call, command.id));
  if (again) return tracer::row(call, ground, id);
  if (command.note.size() > words_bytes_max) return fail(FaultCode::invalid, "trace.words_bad", {}, "/note");
  FL_TRY(auto row, row_in_hand(call, id));
  ++row.calls;
  row.last_outcome = command.outcome;
  row.last_called_at = call.now;
  FL_TRYV(change(call, row));
  Step step;
  step.row_id = id;
  step.command = command.id;
  step.kind = StepKind::called;
  step.outcome = command.outcome;
  FL_TRYV(keep(call, ground, step, command.note));
  FL_TRYV(note(call, row, "trace.called"));
  return detail(call, ground, row);
}

Result<api::TraceRowDetail> classify(Call& call, const Ground& ground, RowId id, const api::ClassifyContact& command) {
  FL_TRY(const bool again, is_done(call, command.id));
  if (again) return tracer::row(call, ground, id);
  if (is_blank(command.reason) || command.reason.size() > words_bytes_max)
    return fail(FaultCode::invalid, "trace.words_bad", {}, "/reason");
  FL_TRY(auto row, row_in_hand(call, id));
  if (row.category == command.category) return fail(FaultCode::conflict, "trace.same_category");
  FL_TRYV(classify_as(call, ground, row, command.category, command.reason, command.id));
  return detail(call, ground, row);
}

Result<api::TraceRowDetail> propose(Call& call, const Ground& ground, RowId id, const api::ProposeForContact& command) {
  FL_TRY(const bool again, is_done(call, command.id));
  if (again) return tracer::row(call, ground, id);
  FL_TRY(auto row, row_in_hand(call, id));
  const bool of_case = row.category == Category::close_contact || row.category == Category::contact_of_contact;
  if (row.home_id != call.place.community || row.category == Category::not_a_contact ||
      (command.what == Proposal::isolation && !of_case))
    return fail(FaultCode::conflict, "trace.nothing_to_propose");
  auto& proposed_at = command.what == Proposal::isolation ? row.isolation_proposed_at : row.test_proposed_at;
  if (proposed_at) return fail(FaultCode::conflict, "trace.proposed_before");
  proposed_at = call.now;
  FL_TRYV(change(call, row));
  Step step;
  step.row_id = id;
  step.command = command.id;
  step.kind = command.what == Proposal::isolation ? StepKind::isolation_proposed : StepKind::test_proposed;
  FL_TRYV(keep(call, ground, step, {}));
  FL_TRYV(note(call, row, command.what == Proposal::isolation ? "trace.isolation_proposed" : "trace.test_proposed"));
  if (ground.proposed) {
    FL_TRY(const Run run, met_run(call, row.run_id));
    // Who lives with the case meets them until the end of the window.
    const bool at_home = BasisSet(row.bases).has(TraceBasis::household) && run.person_id;
    const std::optional<Instant> last = at_home ? run.until_at : row.last_at;
    FL_TRYV(
        ground.proposed(call, {{row.home_id, row.person_id}, command.what, row.category, last, row.run_id, row.id}));
  }
  return detail(call, ground, row);
}

Result<api::TraceRowDetail> hand_off(Call& call, const Ground& ground, RowId id, const http::CommandId& command) {
  FL_TRY(const bool again, is_done(call, command.id));
  if (again) return tracer::row(call, ground, id);
  FL_TRY(auto here, row_in_hand(call, id));
  if (here.home_id == call.place.community) return fail(FaultCode::conflict, "trace.lives_here");
  const auto there = ground.people->resident(*call.session, {here.home_id, here.person_id});
  if (!there) return tl::unexpected(there.error());
  FL_TRY(const Run run, met_run(call, here.run_id));
  here.handed_off_at = call.now;
  FL_TRYV(change(call, here));
  Step step;
  step.row_id = id;
  step.command = command.id;
  step.kind = StepKind::handed_off;
  FL_TRYV(keep(call, ground, step, {}));
  FL_TRY(const Run over_there, run_there(call, run, here.home_id));
  Row row = row_there(here, over_there, call.session->new_id<RowId>(call.now));
  row.person_id = there->person.id;
  FL_TRYV(add(*call.session, row));
  FL_TRYV(note(call, here, "trace.handed_off"));
  FL_TRYV(note(call, row, "trace.taken_over"));
  return detail(call, ground, here);
}

}  // namespace firstline::tracer
