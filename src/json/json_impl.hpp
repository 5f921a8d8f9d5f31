#pragma once

// The templates behind json.hpp. Nothing but json.hpp includes this.

#include "json/json_read.hpp"
#include "json/json_schema.hpp"
#include "json/json_write.hpp"

namespace firstline::json {

template <class T>
std::string write(const T& value) {
  std::string out;
  out.reserve(256);
  detail::append(out, value);
  return out;
}

template <class T>
Result<T> read(std::string_view text) {
  detail::Document document;
  FL_TRYV(document.parse(text));
  return from_value<T>(document.root());
}

template <class T>
boost::json::value to_value(const T& value) {
  return detail::parse_own(write(value));
}

template <class T>
Result<T> from_value(const boost::json::value& value) {
  T out{};
  Fault fault;
  if (!detail::take(value, out, nullptr, fault)) return tl::unexpected(std::move(fault));
  return out;
}

template <class T>
boost::json::value schema_of(Schemas& schemas) {
  return detail::schema<T>(schemas);
}

}  // namespace firstline::json
