#pragma once

// Decides what the list proposes of a row: category, confidence, and what to do next. Who is a close contact is decided
// by a person; the rule only says where to begin.
//
//   TRACE-1  who lives with the case is proposed as a close contact (密接)
//   TRACE-2  so is who shared close_minutes_min with them in one place or more, in sum
//   TRACE-3  so are the neighbours that the policy names (close_neighbours)
//   TRACE-4  everybody else that was met, or lives in the same stairwell, is a general contact (一般接触者)
//   TRACE-5  who lives with a close contact, or shared close_minutes_min with them, is a contact of a contact
//   TRACE-6  confidence is high for a home, three encounters or half an hour; medium for two, or for a contact that
//            lasted as long as a scan counts; low for everything else
//   TRACE-7  no phone, a wrong number, a refusal or three calls in vain: somebody goes there
//   TRACE-8  once reached: isolation is proposed for close contacts and contacts of contacts, a test for the others
//   TRACE-9  who lives in another community is handed off to its officer, before anything else
//
// Pure.

#include "policy/library.hpp"
#include "tracer/model.hpp"

namespace firstline::tracer {

struct TracePolicy {
  bool traced = true, secondary_traced = true;
  int lookback_days = 0, source_lookback_days = 0;
  int linger_minutes = 0, overlap_minutes_min = 0, close_minutes_min = 0;
  Neighbours neighbours = Neighbours::none, close_neighbours = Neighbours::none;
  std::string version;
};
// Fault policy.parameter_missing.
Result<TracePolicy> trace_policy(const policy::PolicySet& set);

struct Evidence {
  BasisSet bases;
  std::int64_t encounters = 0, overlap_seconds = 0;
  bool of_contact = false;  // Met a close contact, not the case.
};
Category category_of(const Evidence& evidence, int close_minutes_min, Neighbours close_neighbours);
Confidence confidence_of(const Evidence& evidence, int linger_minutes);

// A row as far as the next step goes.
struct Standing {
  Category category = Category::general_contact;
  bool elsewhere = false, has_phone = false;
  int calls = 0;
  std::optional<CallOutcome> last_outcome;
  bool isolation_proposed = false, test_proposed = false, handed_off = false;
};
NextAction next_action(const Standing& standing);

}  // namespace firstline::tracer
