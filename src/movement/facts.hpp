#pragma once

// The facts that this module writes: ids and words of our own, no name, number or plate.

#include <string>

#include "base/fault.hpp"
#include "http/call.hpp"

namespace firstline::movement {

struct Noted {
  AreaId community;
  AreaId area;          // The home, mostly.
  std::string kind;     // "movement.pass_issued"
  std::string subject;  // "pass:123"
  std::string body = "{}";
  Instant at{};                  // When it happened, where that is not now: a paper slip typed later.
  std::string policy_version{};  // Of what the policy decided.
};
Result<FactId> write_fact(http::Call& call, Noted noted);
Result<void> note_fact(http::Call& call, Noted noted);  // Where nothing refers to it.

}  // namespace firstline::movement
