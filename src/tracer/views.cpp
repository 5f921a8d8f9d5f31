// Runs and rows as they are shown: masked, and without a name where somebody lives elsewhere.

#include "access/service.hpp"
#include "area/service.hpp"
#include "ledger/fact.hpp"
#include "tracer/parts.hpp"
#include "tracer/rules.hpp"

namespace firstline::tracer {

using http::Call;

Result<Run> met_run(Call& call, RunId id) {
  FL_TRY(auto run, load_run(*call.session, call.place.community, id));
  if (!run) return fail(FaultCode::not_found, "trace.unknown_run");
  return std::move(*run);
}
Result<Row> met_row(Call& call, RowId id) {
  FL_TRY(auto row, load_row(*call.session, call.place.community, id));
  if (!row) return fail(FaultCode::not_found, "trace.unknown_row");
  return *row;
}
Result<void> change(Call& call, const Row& row) {
  FL_TRY(const bool mine, save(*call.session, row));
  if (!mine) return fail(FaultCode::conflict, "trace.changed");
  return {};
}

Result<void> write_fact(Call& call, AreaId community, std::string kind, PersonId subject, std::string body,
                        std::string policy_version) {
  ledger::Draft fact;
  fact.community = fact.area = community;
  fact.at = call.now;
  fact.recorded_at = call.recorded_at();
  fact.actor = call.actor.account;
  fact.device = call.actor.device;
  fact.kind = std::move(kind);
  fact.subject = "person:" + format_id(subject.value);
  fact.policy_version = std::move(policy_version);
  fact.body = std::move(body);
  FL_TRYV(ledger::write(*call.session, fact));
  return {};
}

api::TraceEncounter view_of(const RowEncounter& encounter) {
  return {encounter.basis, encounter.place_name, encounter.from_at, encounter.until_at};
}

Result<std::string> RowViews::community_name(AreaId community) {
  if (const auto known = communities_.find(community); known != communities_.end()) return known->second;
  FL_TRY(auto found, area::find_community(*call_.session, community));
  return communities_.emplace(community, std::move(found.name)).first->second;
}

Result<std::string> RowViews::masked_name(PersonId person) {
  if (const auto known = names_.find(person); known != names_.end()) return known->second;
  const auto resident = ground_.people->resident(*call_.session, {call_.place.community, person});
  if (!resident && resident.error().code != FaultCode::not_found) return tl::unexpected(resident.error());
  return names_.emplace(person, resident ? person::mask_name(resident->person.name) : std::string()).first->second;
}

Result<void> RowViews::name(api::TraceRow& shown, const Row& row) {
  if (row.home_id != call_.place.community) {
    FL_TRY(shown.home_name, community_name(row.home_id));
    return {};
  }
  const person::PersonRef ref{row.home_id, row.person_id};
  const auto resident = ground_.people->resident(*call_.session, ref);
  // A record that was withdrawn since stays in the list, without a name.
  if (!resident)
    return resident.error().code == FaultCode::not_found ? Result<void>() : tl::unexpected(resident.error());
  FL_TRY(const auto whole, ground_.people->find(*call_.session, ref));
  shown.name_masked = person::mask_name(resident->person.name);
  shown.household_label = resident->household_label;
  if (whole.phone) shown.phone_masked = person::mask_phone(*whole.phone);
  return {};
}

Result<api::TraceRow> RowViews::of(const Row& row, const std::vector<RowEncounter>& encounters,
                                   std::optional<ObjectionState> objection) {
  api::TraceRow shown;
  shown.row_id = row.id;
  shown.person_id = row.person_id;
  FL_TRYV(name(shown, row));
  shown.basis = BasisSet(row.bases).list();
  if (row.via_id) {
    FL_TRY(shown.via, masked_name(row.via_id));
  }
  shown.encounters = row.encounters;
  shown.overlap_seconds = row.overlap_seconds;
  shown.first = row.first_at;
  shown.last = row.last_at;
  const std::size_t first = encounters.size() > latest_max ? encounters.size() - latest_max : 0;
  for (std::size_t at = first; at < encounters.size(); ++at) shown.latest.push_back(view_of(encounters[at]));
  shown.objection = objection;
  shown.proposed = row.proposed;
  shown.category = row.category;
  shown.confidence = row.confidence;
  shown.calls = row.calls;
  shown.last_outcome = row.last_outcome;
  shown.last_called_at = row.last_called_at;
  shown.isolation_proposed_at = row.isolation_proposed_at;
  shown.test_proposed_at = row.test_proposed_at;
  shown.handed_off_at = row.handed_off_at;
  shown.next_action = next_action({row.category, row.home_id != call_.place.community, !shown.phone_masked.empty(),
                                   row.calls, row.last_outcome, row.isolation_proposed_at.has_value(),
                                   row.test_proposed_at.has_value(), row.handed_off_at.has_value()});
  return shown;
}

namespace {

Result<api::TraceRunHead> head_of(Call& call, const Ground& ground, const Run& run, const Progress& progress) {
  api::TraceRunHead head;
  head.run_id = run.id;
  if (run.case_id) head.case_id = run.case_id;
  head.purpose = run.purpose;
  head.direction = run.direction;
  head.contacts_of_contacts = run.depth == 2;
  head.asked_at = run.asked_at;
  head.progress = {progress.rows, progress.called, progress.reached};
  if (run.asked_by) {
    FL_TRY(head.asked_by, access::display_name(*call.session, run.asked_by));
  }
  if (run.origin_id) {
    FL_TRY(auto origin, area::find_community(*call.session, run.origin_id));
    head.origin_name = std::move(origin.name);
  }
  if (!run.person_id) return head;
  head.person_id = run.person_id;
  const auto who = ground.people->resident(*call.session, {call.place.community, run.person_id});
  if (!who && who.error().code != FaultCode::not_found) return tl::unexpected(who.error());
  if (who) {
    head.name_masked = person::mask_name(who->person.name);
    head.household_label = who->household_label;
  }
  return head;
}

}  // namespace

Result<api::TraceRuns> runs(Call& call, const Ground& ground) {
  FL_TRY(const auto all, load_runs(*call.session, call.place.community));
  api::TraceRuns shown;
  if (all.empty()) return shown;
  FL_TRY(const auto progress, load_progress(*call.session, call.place.community, all.back().id));
  for (const Run& run : all) {
    const auto known = progress.find(run.id);
    FL_TRY(auto head, head_of(call, ground, run, known == progress.end() ? Progress{} : known->second));
    shown.items.push_back(std::move(head));
  }
  return shown;
}

Result<api::TraceRun> view_of(Call& call, const Ground& ground, const Run& run) {
  FL_TRY(const auto rows, load_rows(*call.session, run.community_id, run.id));
  FL_TRY(const auto encounters, load_encounters(*call.session, run.community_id, run.id));
  std::map<RowId, std::vector<RowEncounter>> by_row;
  for (const RowEncounter& each : encounters) by_row[each.row_id].push_back(each);
  FL_TRY(const auto objections, load_objections(*call.session, run.community_id, run.id));
  std::map<RowId, ObjectionState> objected;
  for (const Objection& each : objections) objected[each.row_id] = each.state;
  api::TraceRun shown;
  Progress progress;
  RowViews views(call, ground);
  for (const Row& row : rows) {
    const auto objection = objected.find(row.id);
    FL_TRY(auto view, views.of(row, by_row[row.id],
                               objection == objected.end() ? std::nullopt : std::optional(objection->second)));
    ++progress.rows;
    if (is_called(row)) ++progress.called;
    if (row.last_outcome == CallOutcome::reached) ++progress.reached;
    shown.items.push_back(std::move(view));
  }
  FL_TRY(shown.head, head_of(call, ground, run, progress));
  shown.left_out = run.left_out;
  shown.unknown = run.unknown;
  shown.onset_at = run.onset_at;
  shown.from = run.from_at;
  shown.until = run.until_at;
  shown.known_until = run.known_until;
  shown.lookback_days = run.lookback_days;
  shown.linger_minutes = run.linger_minutes;
  shown.overlap_minutes_min = run.overlap_minutes_min;
  shown.close_minutes_min = run.close_minutes_min;
  shown.neighbours = run.neighbours;
  shown.policy_version = run.policy_version;
  shown.found_microseconds = run.found_microseconds;
  shown.listed_microseconds = run.listed_microseconds;
  return shown;
}

Result<api::TraceRun> run(Call& call, const Ground& ground, RunId id) {
  FL_TRY(const auto found, met_run(call, id));
  return view_of(call, ground, found);
}

Result<api::TraceRowDetail> detail(Call& call, const Ground& ground, const Row& row) {
  FL_TRY(const auto encounters, load_encounters(*call.session, row.community_id, row.id));
  FL_TRY(const auto objection, load_objection(*call.session, row.community_id, row.id));
  FL_TRY(const auto steps, load_steps(*call.session, row.community_id, row.id));
  api::TraceRowDetail shown;
  RowViews views(call, ground);
  FL_TRY(shown.row, views.of(row, encounters, objection ? std::optional(objection->state) : std::nullopt));
  for (const RowEncounter& each : encounters) shown.encounters.push_back(view_of(each));
  const bool works_it = call.actor.holds_any({http::Role::health_officer}, call.place);
  for (const Step& step : steps) {
    api::TraceStep one{step.kind, step.at, {}, step.outcome, step.category, {}};
    FL_TRY(one.by, access::display_name(*call.session, step.account_id));
    if (works_it && step.note_sealed) {
      FL_TRY(one.note, ground.people->key().open(note_field, step.id, *step.note_sealed));
    }
    shown.steps.push_back(std::move(one));
  }
  return shown;
}

Result<api::TraceRowDetail> row(Call& call, const Ground& ground, RowId id) {
  FL_TRY(const auto found, met_row(call, id));
  return detail(call, ground, found);
}

}  // namespace firstline::tracer
