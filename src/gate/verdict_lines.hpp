#pragma once

// The rule at the command line: `firstline verdict --jsonl`, one question a line in, one answer a line out, same order.
//
//   {"id"?, "presented": {...}, "now": "2022-03-15T12:00:00+08:00", and one of
//    "policy": {...GatePolicy...} | "packs": ["fl-base", "cn-8"] | "area": "620102"}
//   {"id"?, "outcome": "refuse", "reasons": [...], "policy_version": "..."}      or
//   {"id"?, "error": {"code": "json.unknown_field", "where": "/presented/colour"}}
//
// What is left out of `presented` or `policy` has the value of a default Presented or GatePolicy; what they do not have
// is refused. `area` takes what was in force there at `now`.

#include <iosfwd>
#include <map>
#include <span>
#include <string>
#include <string_view>

#include "base/fault.hpp"
#include "gate/model.hpp"

namespace firstline::gate {

class VerdictLines {
 public:
  // Reasons json.*, policy.*, and verdict.policy_missing or verdict.policy_twice.
  Result<std::string> answer(std::string_view question);

 private:
  std::map<std::string, GatePolicy, std::less<>> known_;  // By how it was asked for.
};

// One line on its own.
Result<std::string> verdict_line(std::string_view question);

// Answers every line of `in`; empty lines are skipped. 0 all answered, 1 some refused, 2 usage.
int verdict_command(std::span<const std::string> arguments, std::istream& in, std::ostream& out, std::ostream& err);

inline constexpr const char* verdict_usage = "usage: firstline verdict --jsonl < questions > answers";

}  // namespace firstline::gate
