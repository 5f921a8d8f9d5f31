#pragma once

// One question to the rule and its answer, as lines of JSON. What `firstline verdict --jsonl` and the keeper's phone
// have in common: also compiled for the phone, so no pack, no file and no area is known here.
//
//   {"id"?, "presented": {...}, "policy": {...GatePolicy...}, "now": "2022-03-15T12:00:00+08:00"}
//   {"id"?, "outcome": "refuse", "reasons": [...], "policy_version": "..."}      or
//   {"id"?, "error": {"code": "json.unknown_field", "where": "/presented/colour"}}

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <boost/describe.hpp>
#include <boost/json/value.hpp>

#include "base/fault.hpp"
#include "gate/model.hpp"

namespace firstline::gate {

// Exactly one of policy, packs and area. `id` is anything, and comes back.
struct VerdictQuestion {
  std::optional<boost::json::value> id;
  boost::json::value presented;
  std::optional<boost::json::value> policy;
  std::optional<std::vector<std::string>> packs;
  std::optional<std::string> area;
  Instant now{};
};
BOOST_DESCRIBE_STRUCT(VerdictQuestion, (), (id, presented, policy, packs, area, now))

// Reasons json.*, verdict.policy_missing, verdict.policy_twice.
Result<VerdictQuestion> read_question(std::string_view text);
// Strict about what is given, the default for what is not.
Result<Presented> written_presented(const VerdictQuestion& question);
Result<GatePolicy> written_policy(const VerdictQuestion& question);
std::string answer_by(const VerdictQuestion& question, const Presented& presented, const GatePolicy& policy);
// What a line gets that could not be answered.
std::string refused_line(std::string_view text, const Fault& fault);

// Always one line. A question by packs or area is refused with verdict.policy_missing: the phone has none.
std::string answer_written_out(std::string_view text);

}  // namespace firstline::gate
