#pragma once

// Described structs to JSON text, straight into one string: the answer at the gate is on the hot path.
// Output is always valid UTF-8; a byte that is not becomes U+FFFD.

#include <string>
#include <string_view>

#include <boost/json/value.hpp>

#include "base/check.hpp"
#include "json/json_kinds.hpp"

namespace firstline::json::detail {

void append_string(std::string& out, std::string_view text);  // With quotes and escapes.
void append_integer(std::string& out, std::int64_t value);
void append_unsigned(std::string& out, std::uint64_t value);
void append_real(std::string& out, double value);  // Finite only.
void append_any(std::string& out, const boost::json::value& value);
void append_date(std::string& out, Date day);
void append_moment(std::string& out, Instant at);
void append_uuid(std::string& out, const Uuid& uuid);
void append_id(std::string& out, std::int64_t value);  // 0 is null.

template <class T>
void append(std::string& out, const T& value) {
  if constexpr (std::is_same_v<T, bool>) {
    out += value ? "true" : "false";
  } else if constexpr (std::is_enum_v<T>) {
    const char* name = boost::describe::enum_to_string(value, nullptr);
    FL_CHECK(name != nullptr);
    out += '"';
    out += name;
    out += '"';
  } else if constexpr (is_integer<T>) {
    if constexpr (std::is_signed_v<T>) append_integer(out, value);
    else append_unsigned(out, value);
  } else if constexpr (std::is_floating_point_v<T>) {
    append_real(out, value);
  } else if constexpr (is_id<T>) {
    append_id(out, value.value);
  } else if constexpr (std::is_same_v<T, Uuid>) {
    append_uuid(out, value);
  } else if constexpr (std::is_same_v<T, Instant>) {
    append_moment(out, value);
  } else if constexpr (std::is_same_v<T, Date>) {
    append_date(out, value);
  } else if constexpr (std::is_same_v<T, boost::json::value>) {
    append_any(out, value);
  } else if constexpr (is_optional<T>) {
    if (value) append(out, *value);
    else out += "null";
  } else if constexpr (is_list<T>) {
    out += '[';
    bool first = true;
    for (const auto& item : value) {
      if (!first) out += ',';
      first = false;
      append(out, static_cast<const typename T::value_type&>(item));
    }
    out += ']';
  } else if constexpr (is_map<T>) {
    out += '{';
    bool first = true;
    for (const auto& [name, item] : value) {
      if (!first) out += ',';
      first = false;
      append_string(out, name);
      out += ':';
      append(out, item);
    }
    out += '}';
  } else if constexpr (is_struct<T>) {
    out += '{';
    bool first = true;
    boost::mp11::mp_for_each<Members<T>>([&](auto member) {
      const auto& field = value.*member.pointer;
      if constexpr (is_optional<FieldOf<T, decltype(member)>>) {
        if (!field) return;  // Absent, not null.
      } else if constexpr (is_sparse<T>) {
        if (field == default_of<T>().*member.pointer) return;
      }
      out += first ? "\"" : ",\"";
      first = false;
      out += member.name;
      out += "\":";
      append(out, field);
    });
    out += '}';
  } else if constexpr (std::is_convertible_v<T, std::string_view>) {
    append_string(out, value);
  } else {
    static_assert(no_json_form<T>, "this type has no form in JSON");
  }
}

}  // namespace firstline::json::detail
