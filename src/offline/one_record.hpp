#pragma once

// One record of a phone's queue, inside the caller's transaction. Internal to the module.

#include "offline/merge.hpp"
#include "offline/records.hpp"
#include "offline/store.hpp"

namespace firstline::offline {

struct Origin {
  const area::Gate* gate;
  DeviceId device;       // Whose queue it is.
  AccountId carried_by;  // 0: the device itself.
  Instant sent_at{};     // Its clock at sending.
};

// When it happened by our clock: the device's time and its skew, never ahead of now.
Instant happened_at(const api::Record& record, const Origin& origin, Instant now);

// Applies it, unless it came before. Faults are the record's own: nothing is kept then.
Result<api::RecordResult> take_one(http::Call& call, const Outpost& outpost, const Origin& origin,
                                   const api::Record& record);
// Keeps that it came back, with the reason; what it was before stays if it came before.
Result<api::RecordResult> give_back(http::Call& call, const Origin& origin, const api::Record& record,
                                    const Fault& fault);

// What a conflict's field becomes when the device's value is taken.
Result<void> put_device_value(http::Call& call, const movement::Ground& ground, const ConflictRow& conflict);

// "offline.verdict_differs" and so on; ids and words of our own only.
Result<void> note_fact(http::Call& call, AreaId community, const char* kind, std::string subject, std::string body);

}  // namespace firstline::offline
