#pragma once

// Described structs <-> JSON text <-> JSON Schema. A field is written once, in the struct; everything else follows.
//
// Reading is strict: an unknown field, a missing one, a wrong type or a number out of range is a Fault `invalid` with
// reason json.* and `where` = JSON pointer. std::optional may be absent or null. Depth <= 32.
//   Id<T> is a string of digits (absent id: null for optional), Uuid its 36 characters, Instant RFC 3339, Date "2022-03-15",
//   enums their names, std::vector an array, nested described structs objects, boost::json::value anything.

#include <map>
#include <string>
#include <string_view>

#include <boost/json/value.hpp>

#include "base/fault.hpp"

namespace firstline::json {

// Named schemas collected for "components/schemas": struct name > schema.
using Schemas = std::map<std::string, boost::json::value>;

template <class T>
std::string write(const T& value);
template <class T>
Result<T> read(std::string_view text);
template <class T>
boost::json::value to_value(const T& value);
template <class T>
Result<T> from_value(const boost::json::value& value);
// A reference ("$ref") for a described struct, which is added to `schemas`; an inline schema for anything else.
template <class T>
boost::json::value schema_of(Schemas& schemas);

}  // namespace firstline::json

#include "json/json_impl.hpp"
