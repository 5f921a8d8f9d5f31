// A run: from a person and a purpose to a list that is kept.

#include "area/service.hpp"
#include "casebook/service.hpp"
#include "tracer/finding.hpp"
#include "tracer/parts.hpp"

namespace firstline::tracer {
namespace {

using http::Call;

struct RunFact {
  RunId run_id;
  std::optional<casebook::CaseId> case_id;
  TracePurpose purpose = TracePurpose::confirmed_case;
  Direction direction = Direction::forward;
  int depth = 1;
  Instant from{}, until{};
  int rows = 0, left_out = 0, unknown = 0;
};
BOOST_DESCRIBE_STRUCT(RunFact, (), (run_id, case_id, purpose, direction, depth, from, until, rows, left_out, unknown))

// In microseconds since it was made.
class StopWatch {
 public:
  std::int64_t microseconds() const {
    return std::chrono::duration_cast<std::chrono::microseconds>(std::chrono::steady_clock::now() - begun_).count();
  }

 private:
  const std::chrono::steady_clock::time_point begun_ = std::chrono::steady_clock::now();
};

Result<int> within(std::optional<int> given, int otherwise, int min, int max, const char* where) {
  const int value = given.value_or(otherwise);
  if (value < min || value > max) return fail(FaultCode::invalid, "trace.parameter_bad", {}, where);
  return value;
}

Result<Parameters> parameters_of(const api::TraceCommand& command, const TracePolicy& policy) {
  Parameters parameters;
  const bool source = command.purpose == TracePurpose::source_search;
  parameters.direction = command.direction.value_or(source ? Direction::backward : Direction::forward);
  if (command.contacts_of_contacts.value_or(false)) {
    if (!policy.secondary_traced) return fail(FaultCode::conflict, "trace.secondary_not_determined");
    parameters.depth = trace::Depth::contacts_of_contacts;
  }
  const int lookback = parameters.direction == Direction::forward ? policy.lookback_days : policy.source_lookback_days;
  FL_TRY(parameters.lookback_days, within(command.lookback_days, lookback, 0, 28, "/lookback_days"));
  FL_TRY(parameters.linger_minutes, within(command.linger_minutes, policy.linger_minutes, 0, 1440, "/linger_minutes"));
  FL_TRY(parameters.overlap_minutes_min,
         within(command.overlap_minutes_min, policy.overlap_minutes_min, 0, 1440, "/overlap_minutes_min"));
  FL_TRY(parameters.close_minutes_min,
         within(command.close_minutes_min, policy.close_minutes_min, 0, 1440, "/close_minutes_min"));
  parameters.neighbours = command.neighbours.value_or(policy.neighbours);
  return parameters;
}

// A tracing needs a case; a positive pool has none yet, and a source may be looked for before there is one.
bool needs_case(TracePurpose purpose) {
  return purpose != TracePurpose::pool_abnormal && purpose != TracePurpose::source_search;
}

// What is traced, with the moments that the case says and the officer did not.
struct Traced {
  casebook::CaseId case_id;
  Instant onset_at{};
  std::optional<Instant> until;
};
Result<Traced> traced_as(Call& call, const api::TraceCommand& command, person::PersonRef who) {
  FL_TRY(const auto open_case, casebook::open_case_of(*call.session, who));
  if (!open_case && needs_case(command.purpose)) return fail(FaultCode::conflict, "trace.case_needed");
  const auto known = open_case ? casebook::window_of(*open_case) : std::nullopt;
  if (!command.onset_at && !known) return fail(FaultCode::invalid, "trace.onset_missing", {}, "/onset_at");
  Traced traced;
  if (open_case) traced.case_id = open_case->id;
  traced.onset_at = command.onset_at ? *command.onset_at : known->anchor;
  traced.until = command.until || !known ? command.until : known->until;
  return traced;
}

// Forward: until they were isolated. Backward: until they fell ill.
Result<Window> window_of(const Traced& traced, const Parameters& parameters, Instant now) {
  const Instant from = traced.onset_at - std::chrono::days(parameters.lookback_days);
  const Instant until = parameters.direction == Direction::backward ? traced.onset_at : traced.until.value_or(now);
  if (until < from || until > now || from < now - trace::kept)
    return fail(FaultCode::invalid, "trace.window_bad", {}, "/onset_at");
  return Window{from, until};
}

TraceBasis basis_of(trace::PlaceKind kind) {
  switch (kind) {
    case trace::PlaceKind::gate:
      return TraceBasis::gate;
    case trace::PlaceKind::venue:
      return TraceBasis::venue;
    case trace::PlaceKind::sampling_point:
      break;
  }
  return TraceBasis::sampling_point;
}

// Writes the rows of a run; places are asked for once each.
class Writer {
 public:
  Writer(Call& call, const Ground& ground, const Run& run, Neighbours close_neighbours)
      : call_(call), ground_(ground), run_(run), close_neighbours_(close_neighbours) {}

  Result<void> write(const Found& found) {
    Row row;
    row.community_id = run_.community_id;
    row.run_id = run_.id;
    row.id = call_.session->new_id<RowId>(call_.now);
    row.person_id = found.person;
    row.home_id = found.home;
    row.via_id = found.via;
    row.encounters = found.encounters;
    row.overlap_seconds = found.overlap_seconds;
    row.first_at = found.first;
    row.last_at = found.last;
    BasisSet bases = found.bases;
    for (const FoundEncounter& each : found.latest) {
      FL_TRY(const trace::NamedPlace place, place_of(each.place));
      bases.add(basis_of(place.kind));
      FL_TRYV(add(*call_.session, RowEncounter{run_.community_id, row.id, call_.session->ids().next(call_.now), run_.id,
                                               basis_of(place.kind), each.place, place.name, each.from, each.until}));
    }
    row.bases = bases.bits();
    row.proposed = row.category = category_of(found.evidence(), run_.close_minutes_min, close_neighbours_);
    row.confidence = confidence_of(found.evidence(), run_.linger_minutes);
    return add(*call_.session, row);
  }

 private:
  // A place that is gone was there when they met.
  Result<trace::NamedPlace> place_of(std::int64_t number) {
    if (const auto known = places_.find(number); known != places_.end()) return known->second;
    FL_TRY(const auto found, ground_.follower->place(*call_.session, run_.community_id, number));
    return places_.emplace(number, found.value_or(trace::NamedPlace{})).first->second;
  }

  Call& call_;
  const Ground& ground_;
  const Run& run_;
  const Neighbours close_neighbours_;
  std::map<std::int64_t, trace::NamedPlace> places_;
};

}  // namespace

Result<api::TraceRun> ask(Call& call, const Ground& ground, const api::TraceCommand& command) {
  const StopWatch asked;
  FL_TRY(const auto before, load_run_of_command(*call.session, call.place.community, command.id));
  if (before) return view_of(call, ground, *before);
  FL_TRY(const auto who, ground.people->resident(*call.session, {call.place.community, command.person_id}));
  FL_TRY(const auto rules, ground.rules->at(policy::division_code(call.place.path), call.now));
  FL_TRY(const TracePolicy policy, trace_policy(rules->set));
  if (!policy.traced) return fail(FaultCode::conflict, "trace.not_determined");
  FL_TRY(const Parameters parameters, parameters_of(command, policy));
  FL_TRY(const Traced traced, traced_as(call, command, {call.place.community, who.person.id}));
  FL_TRY(const Window window, window_of(traced, parameters, call.now));
  const auto known_until = ground.follower->known_until();
  if (!known_until) return fail(FaultCode::unavailable, "trace.not_ready");

  const StopWatch searching;
  FL_TRY(const Finding finding, find_contacts(call, ground, who, parameters, policy.close_neighbours, window));
  Run run;
  run.found_microseconds = searching.microseconds();
  run.community_id = call.place.community;
  run.id = call.session->new_id<RunId>(call.now);
  run.command = command.id;
  run.case_id = traced.case_id;
  run.person_id = who.person.id;
  run.purpose = command.purpose;
  run.onset_at = traced.onset_at;
  run.from_at = window.from;
  run.until_at = window.until;
  run.direction = parameters.direction;
  run.depth = static_cast<int>(parameters.depth);
  run.lookback_days = parameters.lookback_days;
  run.linger_minutes = parameters.linger_minutes;
  run.overlap_minutes_min = parameters.overlap_minutes_min;
  run.close_minutes_min = parameters.close_minutes_min;
  run.neighbours = parameters.neighbours;
  run.policy_version = policy.version;
  run.asked_by = call.actor.account;
  run.asked_at = call.now;
  run.known_until = *known_until;
  run.left_out = finding.left_out;
  run.unknown = finding.unknown;
  Writer writer(call, ground, run, policy.close_neighbours);
  for (const Found& found : finding.people) FL_TRYV(writer.write(found));
  FL_TRYV(write_fact(call, run.community_id, "trace.asked", run.person_id,
                     json::write(RunFact{run.id, run.case_id ? std::optional(run.case_id) : std::nullopt, run.purpose,
                                         run.direction, run.depth, run.from_at, run.until_at,
                                         static_cast<int>(finding.people.size()), run.left_out, run.unknown}),
                     run.policy_version));
  run.listed_microseconds = asked.microseconds();
  FL_TRYV(add(*call.session, run));
  return view_of(call, ground, run);
}

}  // namespace firstline::tracer
