#pragma once

// Day seals. Rows that are too many to be facts (passages) are sealed into the ledger by a fact a day: how many there
// were and a digest of them. Another fact a day names the heads of all chains, so that the end of a chain cannot be cut
// off unseen.

#include <functional>
#include <string>
#include <vector>

#include "ledger/fact.hpp"
#include "ledger/hash.hpp"

namespace firstline::ledger {

// One part of a table (a gate's passages) on one day.
struct DaySeal {
  std::string part;        // "gate:123".
  std::int64_t count = 0;  // Rows.
  std::string digest;      // DayDigest::finish().
  bool operator==(const DaySeal&) const = default;
};

// A module that wants its rows sealed gives one of these to seal_day and to verify.
// `seals` must answer for a closed day the same for ever: choose rows by the day in which they were taken in (their id:
// first_id_at(start_of(day)) up to the next day's), not by what a device says. Parts without rows are left out.
struct SealedTable {
  std::string kind;  // Of the fact: "gate.day_sealed".
  std::function<Result<std::vector<DaySeal>>(store::Session&, AreaId community, Date day)> seals;
};

// SHA-256 over rows in a fixed order. Feed every column that counts; each value is written with its length before it.
class DayDigest {
 public:
  void add(std::int64_t value) { hasher_.add(value); }
  void add(std::string_view text) { hasher_.add(text.data(), text.size()); }
  void add(std::span<const std::byte> bytes) { hasher_.add(bytes.data(), bytes.size()); }
  std::string finish() { return to_hex(hasher_.finish()); }  // Hexadecimal. Once.

 private:
  Hasher hasher_;
};

// Writes the facts of a day that is over, `now` being later: one of `table.kind` for each part. Safe to run again: a
// part that is sealed already is left as it is. Answers how many facts it wrote. Faults: invalid ledger.day_not_over.
Result<int> seal_day(store::Session& session, const SealedTable& table, AreaId community, Date day, Instant now);
// Writes `ledger.day_sealed` with the heads of all chains, once a day. Run it after the tables of that day.
Result<int> seal_chains(store::Session& session, Date day, Instant now);

}  // namespace firstline::ledger
