#pragma once

// How C++ values become SQL values and back. SQL knows four kinds here: integer (BIGINT), real, text and bytes, and
// null.
//   bool, integers, Instant (UTC ms), Date (days), Id<T> (0 is null)  > integer
//   double > real    std::string, string_view, enum (by name) > text    Bytes, Uuid > bytes    std::optional<T> > T or
//   null

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <variant>
#include <vector>

#include <boost/describe.hpp>
#include <boost/mp11.hpp>

#include "base/check.hpp"
#include "base/id.hpp"
#include "base/time.hpp"

namespace firstline::store {

using Bytes = std::vector<std::byte>;
using Null = std::monostate;
// A bound parameter. Views must outlive the call they are passed to.
using Value = std::variant<Null, std::int64_t, double, std::string_view, std::span<const std::byte>>;

// One row as the engine gives it; valid only inside the callback that receives it.
class RowView {
 public:
  virtual ~RowView() = default;
  virtual int columns() const = 0;
  virtual bool is_null(int column) const = 0;
  virtual std::int64_t integer(int column) const = 0;
  virtual double real(int column) const = 0;
  virtual std::string_view text(int column) const = 0;
  virtual std::span<const std::byte> bytes(int column) const = 0;
};

template <class T>
inline constexpr bool is_id = false;
template <class Tag>
inline constexpr bool is_id<Id<Tag>> = true;
template <class T>
inline constexpr bool is_optional = false;
template <class T>
inline constexpr bool is_optional<std::optional<T>> = true;

// Names of described enumerators. An unknown text is a broken promise: the database holds only what we wrote.
template <class E>
const char* enum_name(E value) {
  return boost::describe::enum_to_string(value, "");
}
template <class E>
E enum_value(std::string_view name) {
  E value{};
  bool known = false;
  boost::mp11::mp_for_each<boost::describe::describe_enumerators<E>>([&](auto enumerator) {
    if (name == enumerator.name) value = enumerator.value, known = true;
  });
  FL_CHECK(known);
  return value;
}

template <class T>
Value to_value(const T& v) {
  if constexpr (is_optional<T>) {
    return v ? to_value(*v) : Value(Null{});
  } else if constexpr (is_id<T>) {
    return v ? Value(v.value) : Value(Null{});
  } else if constexpr (std::is_same_v<T, Instant>) {
    return to_millis(v);
  } else if constexpr (std::is_same_v<T, Date>) {
    return static_cast<std::int64_t>(v.time_since_epoch().count());
  } else if constexpr (std::is_same_v<T, Uuid>) {
    return std::span<const std::byte>(v.bytes);
  } else if constexpr (std::is_same_v<T, Bytes> || std::is_same_v<T, std::span<const std::byte>>) {
    return std::span<const std::byte>(v);
  } else if constexpr (std::is_enum_v<T>) {
    return std::string_view(enum_name(v));
  } else if constexpr (std::is_integral_v<T>) {
    return static_cast<std::int64_t>(v);
  } else if constexpr (std::is_floating_point_v<T>) {
    return static_cast<double>(v);
  } else {
    return std::string_view(v);
  }
}

template <class T>
T from_column(const RowView& row, int column) {
  if constexpr (is_optional<T>) {
    if (row.is_null(column)) return std::nullopt;
    return from_column<typename T::value_type>(row, column);
  } else if constexpr (is_id<T>) {
    return row.is_null(column) ? T{} : T{row.integer(column)};
  } else if constexpr (std::is_same_v<T, Instant>) {
    return from_millis(row.integer(column));
  } else if constexpr (std::is_same_v<T, Date>) {
    return Date(std::chrono::days(row.integer(column)));
  } else if constexpr (std::is_same_v<T, Uuid>) {
    const auto bytes = row.bytes(column);
    Uuid uuid;
    FL_CHECK(bytes.size() == uuid.bytes.size());
    std::copy(bytes.begin(), bytes.end(), uuid.bytes.begin());
    return uuid;
  } else if constexpr (std::is_same_v<T, Bytes>) {
    const auto bytes = row.bytes(column);
    return Bytes(bytes.begin(), bytes.end());
  } else if constexpr (std::is_same_v<T, bool>) {
    return row.integer(column) != 0;
  } else if constexpr (std::is_enum_v<T>) {
    return enum_value<T>(row.text(column));
  } else if constexpr (std::is_integral_v<T>) {
    return static_cast<T>(row.integer(column));
  } else if constexpr (std::is_floating_point_v<T>) {
    return static_cast<T>(row.real(column));
  } else {
    return T(row.text(column));
  }
}

// A described struct takes its columns in the order of its members; any other type takes column 0.
template <class Row>
Row from_row(const RowView& row) {
  if constexpr (boost::describe::has_describe_members<Row>::value) {
    Row out{};
    int column = 0;
    using Members = boost::describe::describe_members<Row, boost::describe::mod_public>;
    boost::mp11::mp_for_each<Members>([&](auto member) {
      using Field = std::remove_cvref_t<decltype(out.*member.pointer)>;
      out.*member.pointer = from_column<Field>(row, column++);
    });
    return out;
  } else {
    return from_column<Row>(row, 0);
  }
}

// "id, community_id, name": the members of a described struct, for select and insert lists.
template <class Row>
std::string columns_of(std::string_view prefix = {}) {
  std::string list;
  boost::mp11::mp_for_each<boost::describe::describe_members<Row, boost::describe::mod_public>>([&](auto member) {
    if (!list.empty()) list += ", ";
    list += prefix;
    list += member.name;
  });
  return list;
}

// "insert into person (id, ...) values ($1, ...)", with an optional tail such as "on conflict do nothing".
template <class Row>
std::string insert_text(std::string_view table, std::string_view tail = {}) {
  std::string text = "insert into " + std::string(table) + " (" + columns_of<Row>() + ") values (";
  int n = 0;
  boost::mp11::mp_for_each<boost::describe::describe_members<Row, boost::describe::mod_public>>([&](auto) {
    text += (n ? ", $" : "$") + std::to_string(n + 1);
    ++n;
  });
  text += ')';
  if (!tail.empty()) text += ' ' + std::string(tail);
  return text;
}

template <class Row>
auto values_of(const Row& row) {
  using Members = boost::describe::describe_members<Row, boost::describe::mod_public>;
  std::array<Value, boost::mp11::mp_size<Members>::value> values;
  std::size_t n = 0;
  boost::mp11::mp_for_each<Members>([&](auto member) { values[n++] = to_value(row.*member.pointer); });
  return values;
}

}  // namespace firstline::store
