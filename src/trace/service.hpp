#pragma once

// The tracer's list 流调: everybody who shared the household or a gate's minutes with a case inside the infectious
// window. The window, how long a scan counts and how much together is enough are the policy's in force there; who is a
// close contact is decided by a person, not here.
//
// Asking is a fact with its purpose; the auditor sees it. Names and phones are masked. People who live in another
// community are counted, not shown: their own officer finds them.
//
// Faults: person.unknown (not_found), trace.not_determined (conflict: the policy in force names no contacts any more),
// trace.window_bad (invalid), trace.not_ready (unavailable: the index is being rebuilt).

#include <optional>
#include <string>
#include <vector>

#include <boost/describe.hpp>

#include "base/id.hpp"
#include "base/time.hpp"
#include "http/call.hpp"
#include "http/route.hpp"
#include "person/service.hpp"
#include "policy/rules_in_force.hpp"
#include "trace/follower.hpp"

namespace firstline::trace {

// Why somebody is traced 确诊 疑似 无症状 混管阳性 溯源
enum class TracePurpose { confirmed_case, suspected_case, asymptomatic_case, pool_abnormal, source_search };
BOOST_DESCRIBE_ENUM(TracePurpose, confirmed_case, suspected_case, asymptomatic_case, pool_abnormal, source_search)

struct TraceCommand {
  Uuid id;
  PersonId person_id;
  Instant onset_at{};            // First symptoms, or the first positive sample.
  std::optional<Instant> until;  // When they were isolated; now if not given.
  TracePurpose purpose = TracePurpose::confirmed_case;
};
BOOST_DESCRIBE_STRUCT(TraceCommand, (), (id, person_id, onset_at, until, purpose))

enum class TraceBasis { household, gate };
BOOST_DESCRIBE_ENUM(TraceBasis, household, gate)
// What to do with a row first: call, or go there where no phone is known.
enum class NextAction { call, visit };
BOOST_DESCRIBE_ENUM(NextAction, call, visit)

struct TraceEncounter {
  std::string gate_name;
  Instant from{}, until{};
};
BOOST_DESCRIBE_STRUCT(TraceEncounter, (), (gate_name, from, until))

struct TraceRow {
  PersonId person_id;
  std::string name_masked;
  std::string household_label;
  std::string phone_masked;  // Empty: none is known.
  std::vector<TraceBasis> basis;
  int encounters = 0;
  std::int64_t overlap_seconds = 0;
  std::optional<Instant> first, last;
  std::vector<TraceEncounter> latest;  // The latest few.
  NextAction next_action = NextAction::call;
};
BOOST_DESCRIBE_STRUCT(TraceRow, (),
                      (person_id, name_masked, household_label, phone_masked, basis, encounters, overlap_seconds, first,
                       last, latest, next_action))

struct TraceList {
  std::vector<TraceRow> items;  // The household first, then by time together.
  int elsewhere = 0;            // Contacts who live in other communities.
  int left_out = 0;             // Beyond the longest list; those with the least time together.
  Instant from{}, until{};      // The infectious window that was asked.
  Instant known_until{};        // Passages after this are not in it yet.
  int lookback_days = 0, linger_minutes = 0, overlap_minutes_min = 0;
  std::string policy_version;
  int took_microseconds = 0;  // Finding them; without reading their names.
};
BOOST_DESCRIBE_STRUCT(TraceList, (),
                      (items, elsewhere, left_out, from, until, known_until, lookback_days, linger_minutes,
                       overlap_minutes_min, policy_version, took_microseconds))

// All of it outlives the table.
struct Ground {
  const person::Directory* people;
  const policy::RulesInForce* rules;
  const Follower* follower;
};

inline constexpr std::size_t rows_max = 300, latest_max = 5;

// In the community of the call's place, where the case must live.
Result<TraceList> contacts_of_person(http::Call& call, const Ground& ground, const TraceCommand& command);

// POST communities/{community}/traces.
void add_routes(http::RouteTable& table, const Ground& ground);

}  // namespace firstline::trace
