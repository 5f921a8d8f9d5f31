#pragma once

// Row ids are 63-bit, time-ordered and made by the application; in JSON they are strings, because JavaScript's numbers
// end at 2^53. Commands carry a UUIDv7 made by the client.
//
// Layout of a row id: 41 bits of milliseconds since 2020-01-01 UTC (until 2089) | 10 bits of node | 12 bits of counter.

#include <array>
#include <atomic>
#include <compare>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "base/time.hpp"

namespace firstline {

template <class Tag>
struct Id {
  std::int64_t value = 0;  // 0 is "none"; a real id is positive.
  explicit operator bool() const { return value != 0; }
  auto operator<=>(const Id&) const = default;
};

struct AreaTag {};
struct PersonTag {};
struct AccountTag {};
struct DeviceTag {};
struct GateTag {};
struct PassageTag {};
struct FactTag {};
struct OrderTag {};
struct TripTag {};
struct VisitorTag {};
using AreaId = Id<AreaTag>;  // Any node of the place tree, households included.
using PersonId = Id<PersonTag>;
using AccountId = Id<AccountTag>;
using DeviceId = Id<DeviceTag>;
using GateId = Id<GateTag>;
using PassageId = Id<PassageTag>;
using FactId = Id<FactTag>;
using OrderId = Id<OrderTag>;
using TripId = Id<TripTag>;
using VisitorId = Id<VisitorTag>;

// Decimal digits of a positive 63-bit id; empty on anything else.
std::optional<std::int64_t> parse_id(std::string_view text);
std::string format_id(std::int64_t value);

// Makes row ids. Ids of one source only grow, also when the clock steps back. Safe to share between threads.
class IdSource {
 public:
  explicit IdSource(int node) : node_(node & 0x3ff) {}  // node: 0..1023, unique among running nodes of one database.
  std::int64_t next(Instant now);

 private:
  const int node_;
  std::atomic<std::int64_t> last_{0};  // Milliseconds and counter, without the node.
};

// When the id was made, to the millisecond.
Instant instant_of(std::int64_t row_id);
// The smallest id that could be made at this instant: for "everything since" ranges.
std::int64_t first_id_at(Instant at);

class Random;

struct Uuid {
  std::array<std::byte, 16> bytes{};
  auto operator<=>(const Uuid&) const = default;
};

Uuid make_uuid_v7(Instant now, Random& random);
// The canonical 36-character form, either case.
std::optional<Uuid> parse_uuid(std::string_view text);
std::string format_uuid(const Uuid& uuid);
// The milliseconds that the maker's clock showed; nothing if it is no version 7.
std::optional<Instant> instant_of(const Uuid& uuid);

}  // namespace firstline

template <class Tag>
struct std::hash<firstline::Id<Tag>> {
  std::size_t operator()(firstline::Id<Tag> id) const { return std::hash<std::int64_t>{}(id.value); }
};
