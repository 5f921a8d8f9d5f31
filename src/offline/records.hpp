#pragma once

// Takes in what a phone recorded without the network: every record once, in the order of the phone's own sequence, each
// in a transaction of its own, so that one that must come back takes none with it. Nothing is dropped: a record is
// applied, waits for a person's decision, or comes back with a reason, and that stays its answer.
//
// Faults of single records stand in their results. Of the whole: offline.no_device, offline.too_many,
// offline.bad_carrier (invalid), device.unknown (not_found), and those of the database, after which the phone sends
// everything again.

#include "offline/record_api.hpp"
#include "offline/service.hpp"

namespace firstline::offline {

inline constexpr std::size_t records_max = 200;
inline constexpr std::chrono::hours record_age_max = contents_kept;

// Not from inside a transaction.
Result<api::BatchAnswer> take(http::Call& call, const Outpost& outpost, const area::Gate& gate,
                              const api::Batch& batch);

// The desk. A difference is looked at by one person; a conflict is decided by one person who was not there.
Result<api::Overview> overview(http::Call& call);
Result<void> mark_seen(http::Call& call, RecordId record);
Result<void> decide(http::Call& call, const Outpost& outpost, ConflictId conflict, ConflictSide side);

}  // namespace firstline::offline
