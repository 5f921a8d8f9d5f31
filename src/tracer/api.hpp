#pragma once

// Commands and answers of tracing, as they go over the wire.

#include "person/wire.hpp"
#include "tracer/model.hpp"

namespace firstline::tracer::api {

struct TraceCommand {
  Uuid id;
  PersonId person_id;
  std::optional<Instant> onset_at;  // First symptoms, or the first positive sample; the case's if not given.
  std::optional<Instant> until;  // When they were isolated; the case's, or now. Not asked when looking for the source.
  TracePurpose purpose = TracePurpose::confirmed_case;
  std::optional<Direction> direction;  // Where nothing is given, here and below: as the policy in force has it.
  std::optional<bool> contacts_of_contacts;
  std::optional<int> lookback_days, linger_minutes, overlap_minutes_min, close_minutes_min;
  std::optional<Neighbours> neighbours;
};
BOOST_DESCRIBE_STRUCT(TraceCommand, (),
                      (id, person_id, onset_at, until, purpose, direction, contacts_of_contacts, lookback_days,
                       linger_minutes, overlap_minutes_min, close_minutes_min, neighbours))

struct TraceEncounter {
  TraceBasis basis = TraceBasis::gate;
  std::string place_name;
  Instant from{}, until{};
};
BOOST_DESCRIBE_STRUCT(TraceEncounter, (), (basis, place_name, from, until))

struct TraceRow {
  RowId row_id;
  PersonId person_id;
  std::string name_masked;      // Empty for people of other communities,
  std::string home_name;        // of whom the community's name is shown. Empty for our own.
  std::string household_label;  // "3-2-502"
  std::string phone_masked;     // Empty: none is known.
  std::vector<TraceBasis> basis;
  std::string via;  // Contact of a contact: of whom, masked.
  std::int64_t encounters = 0, overlap_seconds = 0;
  std::optional<Instant> first, last;
  std::vector<TraceEncounter> latest;  // The latest few.
  Category proposed = Category::general_contact, category = Category::general_contact;
  Confidence confidence = Confidence::low;
  int calls = 0;
  std::optional<CallOutcome> last_outcome;
  std::optional<Instant> last_called_at;
  std::optional<Instant> isolation_proposed_at, test_proposed_at, handed_off_at;
  NextAction next_action = NextAction::call;
  std::optional<ObjectionState> objection;
};
BOOST_DESCRIBE_STRUCT(TraceRow, (),
                      (row_id, person_id, name_masked, home_name, household_label, phone_masked, basis, via, encounters,
                       overlap_seconds, first, last, latest, proposed, category, confidence, calls, last_outcome,
                       last_called_at, isolation_proposed_at, test_proposed_at, handed_off_at, next_action, objection))

struct TraceProgress {
  int rows = 0, called = 0, reached = 0;
};
BOOST_DESCRIBE_STRUCT(TraceProgress, (), (rows, called, reached))

struct TraceRunHead {
  RunId run_id;
  std::optional<PersonId> person_id;  // None: handed over by another community.
  std::optional<casebook::CaseId> case_id;
  std::string name_masked, household_label;
  std::string origin_name;  // That community.
  TracePurpose purpose = TracePurpose::confirmed_case;
  Direction direction = Direction::forward;
  bool contacts_of_contacts = false;
  Instant asked_at{};
  std::string asked_by;  // The post.
  TraceProgress progress;
};
BOOST_DESCRIBE_STRUCT(TraceRunHead, (),
                      (run_id, person_id, case_id, name_masked, household_label, origin_name, purpose, direction,
                       contacts_of_contacts, asked_at, asked_by, progress))
struct TraceRuns {
  std::vector<TraceRunHead> items;  // Newest first.
};
BOOST_DESCRIBE_STRUCT(TraceRuns, (), (items))

struct TraceRun {
  TraceRunHead head;
  std::vector<TraceRow> items;  // The home first, then by time together; contacts of contacts after the contacts.
  int left_out = 0;             // Beyond the longest list; those with the least time together.
  int unknown = 0;              // Met, and nobody here knows where they live.
  std::optional<Instant> onset_at;
  Instant from{}, until{};  // The window.
  Instant known_until{};    // Scans after this are not in it.
  int lookback_days = 0, linger_minutes = 0, overlap_minutes_min = 0, close_minutes_min = 0;
  Neighbours neighbours = Neighbours::none;
  std::string policy_version;
  std::int64_t found_microseconds = 0;   // Finding them, without reading their names,
  std::int64_t listed_microseconds = 0;  // and from the request until the list was written down.
};
BOOST_DESCRIBE_STRUCT(TraceRun, (),
                      (head, items, left_out, unknown, onset_at, from, until, known_until, lookback_days,
                       linger_minutes, overlap_minutes_min, close_minutes_min, neighbours, policy_version,
                       found_microseconds, listed_microseconds))

struct TraceStep {
  StepKind kind = StepKind::called;
  Instant at{};
  std::string by;  // The post.
  std::optional<CallOutcome> outcome;
  std::optional<Category> category;
  std::string note;  // For those who work the list; empty for others.
};
BOOST_DESCRIBE_STRUCT(TraceStep, (), (kind, at, by, outcome, category, note))
struct TraceRowDetail {
  TraceRow row;
  std::vector<TraceEncounter> encounters;  // All that are kept, by time.
  std::vector<TraceStep> steps;            // What was done, oldest first.
};
BOOST_DESCRIBE_STRUCT(TraceRowDetail, (), (row, encounters, steps))

struct LogTraceCall {
  Uuid id;
  CallOutcome outcome = CallOutcome::reached;
  std::string note;
};
BOOST_DESCRIBE_STRUCT(LogTraceCall, (), (id, outcome, note))
struct ClassifyContact {
  Uuid id;
  Category category = Category::close_contact;
  std::string reason;
};
BOOST_DESCRIBE_STRUCT(ClassifyContact, (), (id, category, reason))
struct ProposeForContact {
  Uuid id;
  Proposal what = Proposal::isolation;
};
BOOST_DESCRIBE_STRUCT(ProposeForContact, (), (id, what))

struct TraceObjection {
  Instant said_at{};
  ObjectionState state = ObjectionState::open;
  std::string words;
};
BOOST_DESCRIBE_STRUCT(TraceObjection, (), (said_at, state, words))
struct AnswerTraceObjection {
  Uuid id;
  bool upheld = false;
  std::string answer;  // What the resident reads.
};
BOOST_DESCRIBE_STRUCT(AnswerTraceObjection, (), (id, upheld, answer))

// What a resident sees.
struct MyTracePlace {
  TraceBasis basis = TraceBasis::household;
  std::string place_name;  // Empty: the home, or a place that another community keeps to itself.
  std::optional<Date> day;
};
BOOST_DESCRIBE_STRUCT(MyTracePlace, (), (basis, place_name, day))
struct MyTraceObjection {
  Instant said_at{};
  std::string words;
  ObjectionState state = ObjectionState::open;
  std::string answer;
};
BOOST_DESCRIBE_STRUCT(MyTraceObjection, (), (said_at, words, state, answer))
struct MyTracing {
  RowId row_id;
  Category category = Category::general_contact;
  Date listed_on{};
  std::vector<MyTracePlace> places;
  bool may_object = false;
  std::optional<MyTraceObjection> objection;
};
BOOST_DESCRIBE_STRUCT(MyTracing, (), (row_id, category, listed_on, places, may_object, objection))
struct MyTracings {
  std::vector<MyTracing> items;  // Newest first.
};
BOOST_DESCRIBE_STRUCT(MyTracings, (), (items))
struct ObjectToTracing {
  Uuid id;
  std::string words;
};
BOOST_DESCRIBE_STRUCT(ObjectToTracing, (), (id, words))

}  // namespace firstline::tracer::api
