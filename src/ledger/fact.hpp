#pragma once

// A fact: one change, who made it, where, on what ground. Written in the same transaction as the rows that it is about.
// Facts of one writer form a hash chain; a fact can be neither changed nor taken out without `firstline audit verify`
// naming the place.

#include <optional>
#include <string>
#include <string_view>

#include "base/fault.hpp"
#include "base/id.hpp"
#include "base/time.hpp"
#include "store/session.hpp"

namespace firstline::ledger {

// What a service says about the change; the ledger adds id, recorded_at, writer, seq and hashes.
struct Draft {
  AreaId community;       // 0 for facts above any community.
  Instant at{};           // When it happened, by the best clock we have (the device's, if it was offline).
  Instant recorded_at{};  // When we took it in.
  AccountId actor;        // 0: nobody signed in (device only) or the system itself.
  DeviceId device;
  AreaId area;                      // Where.
  std::string kind;                 // "gate.override", "person.revealed": module.verb in the past tense.
  std::string subject;              // "person:123", "passage:456": what it is about, by id.
  std::string policy_version;       // Of the decision, if it was one; else empty.
  std::string body;                 // JSON object; no personal field in clear.
  std::optional<std::string> role;  // In which the actor acted. None: as the session says.
};

Result<FactId> write(store::Session& session, const Draft& draft);

// The head of a chain as the database has it; for store::Options::load_chain.
Result<store::ChainHead> load_chain(store::Session& session, std::int64_t chain);

}  // namespace firstline::ledger
