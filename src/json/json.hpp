#pragma once

// Described structs <-> JSON text <-> JSON Schema. A field is written once, in the struct; everything else follows.
//
// Reading is strict: an unknown field, a missing one, a wrong type or a number out of range is a Fault `invalid` with
// reason json.* and `where` = JSON pointer. std::optional may be absent or null. Depth <= 32.
// No field twice, no lone surrogate, no U+0000. Writing leaves absent optionals out and mends invalid UTF-8 with
// U+FFFD.
//   Id<T>     a string of digits; 0, "none", is written as null and never read: use optional where an id may be absent
//   Uuid      its 36 characters        Instant  RFC 3339        Date  "2022-03-15"        enum  its name
//   std::vector  an array    std::map<string, T>  an object of any keys    boost::json::value  anything

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
