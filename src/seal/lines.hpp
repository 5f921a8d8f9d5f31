#pragma once

// The rule at the command line: `firstline project-release --jsonl`, one question a line in, one answer a line out,
// same order.
//
//   {"id"?, "order": {"level": "sealed", "designated_at": "2022-03-01T12:00:00+08:00", ...}, "evidence"?: {...},
//    "now": "2022-03-15T12:00:00+08:00", and one of
//    "policy": {...SealPolicy...} | "packs": ["fl-base", "cn-8"] | "area": "110108"}
//   {"id"?, "projection": {...}}                                                    or
//   {"id"?, "error": {"code": "json.unknown_field", "where": "/order/colour"}}
//
// What is left out of `evidence` or `policy` is not known or not set; what they do not have is refused. `area` takes
// what is in force there at `now`.

#include <iosfwd>
#include <map>
#include <span>
#include <string>
#include <string_view>

#include "base/fault.hpp"
#include "policy/seal_policy.hpp"

namespace firstline::seal {

class ReleaseLines {
 public:
  // Reasons json.*, policy.*, and release.policy_missing, release.policy_twice, release.bad_area, release.bad_time
  // (where: the field).
  Result<std::string> answer(std::string_view question);

 private:
  std::map<std::string, policy::SealPolicy, std::less<>> known_;  // By how it was asked for.
};

// Answers every line of `in`; empty lines are skipped. 0 all answered, 1 some refused, 2 usage.
int release_command(std::span<const std::string> arguments, std::istream& in, std::ostream& out, std::ostream& err);

inline constexpr const char* release_usage = "usage: firstline project-release --jsonl < questions > answers";

}  // namespace firstline::seal
