#pragma once

// One transaction on one connection. A use case gets a Session, does its reads and writes, and returns a Result:
// a fault rolls everything back, anything else commits. A use case must be safe to run again: on a serialization
// failure or a lost connection the store runs it once more from the start.
//
// Not thread-safe; never kept beyond the use case.

#include <array>
#include <functional>
#include <optional>
#include <span>
#include <vector>

#include "base/clock.hpp"
#include "base/fault.hpp"
#include "base/id.hpp"
#include "store/statement.hpp"
#include "store/value.hpp"

namespace firstline::store {

// The ledger's chain of this writer connection. Rolled back with the transaction (or savepoint) that moved it.
struct ChainHead {
  std::int64_t writer = 0;  // Which chain; 0 on a read-only session.
  std::int64_t seq = 0;     // Of the last fact written.
  std::array<std::byte, 32> hash{};
  bool operator==(const ChainHead&) const = default;
};

class Session {
 public:
  virtual ~Session() = default;

  // Rows of a select, mapped to `Row` (see from_row).
  template <class Row, class... Args>
  Result<std::vector<Row>> all(const Statement& statement, const Args&... args) {
    std::vector<Row> rows;
    const std::array<Value, sizeof...(Args)> values{to_value(args)...};
    FL_TRYV(query(statement, values, [&](const RowView& row) { rows.push_back(from_row<Row>(row)); }));
    return rows;
  }

  // The first row, or nothing.
  template <class Row, class... Args>
  Result<std::optional<Row>> maybe(const Statement& statement, const Args&... args) {
    std::optional<Row> found;
    const std::array<Value, sizeof...(Args)> values{to_value(args)...};
    FL_TRYV(query(statement, values, [&](const RowView& row) {
      if (!found) found = from_row<Row>(row);
    }));
    return found;
  }

  // Number of rows changed by an insert, update or delete.
  template <class... Args>
  Result<std::int64_t> run(const Statement& statement, const Args&... args) {
    const std::array<Value, sizeof...(Args)> values{to_value(args)...};
    return execute(statement, values);
  }

  // An insert whose columns are the members of a described struct (see insert_text).
  template <class Row>
  Result<std::int64_t> insert(const Statement& statement, const Row& row) {
    return execute(statement, values_of(row));
  }

  virtual Result<void> query(const Statement& statement, std::span<const Value> values,
                             const std::function<void(const RowView&)>& on_row) = 0;
  virtual Result<std::int64_t> execute(const Statement& statement, std::span<const Value> values) = 0;

  virtual bool writable() const = 0;
  virtual ChainHead& chain() = 0;
  // Row ids of this node, time-ordered.
  template <class AnyId>
  AnyId new_id(Instant now) {
    return AnyId{ids().next(now)};
  }
  virtual IdSource& ids() = 0;
};

}  // namespace firstline::store
