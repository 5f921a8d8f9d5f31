#pragma once

// One check at a gate without a server: from how somebody stands and what is seen now to the verdict, with the
// arguments it was made on, so that the server can decide again from them. Compiled for the keeper's phone; no pack, no
// file.
//
//   {"stands": {...Stands...}, "moment": {...Moment...}, "policy": {...GatePolicy...}, "now":
//   "2022-03-15T12:00:00+08:00"}
//   {"arguments": {...Presented...}, "outcome": "refuse", "reasons": [...], "policy_version": "..."}      or
//   {"error": {"code": "json.unknown_field", "where": "/moment/colour"}}

#include <string>
#include <string_view>

namespace firstline::gate {

// Always one line.
std::string answer_check(std::string_view text);

}  // namespace firstline::gate
