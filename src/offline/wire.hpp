#pragma once

// Two forms that JSON has here only: a pack that travels as a text, because a signature is over its octets, and records
// that are read one by one, because a bad one must not spoil those beside it. Their schemas say what is inside.

#include <string>

#include <boost/json/value.hpp>

#include "json/json.hpp"

namespace firstline::offline::api {

struct Pack;
struct Record;

struct PackText {
  std::string text;
  bool operator==(const PackText&) const = default;
};
struct UnreadRecord {
  boost::json::value value;
};

}  // namespace firstline::offline::api

namespace firstline::json::detail {

template <>
inline void append(std::string& out, const offline::api::PackText& pack) {
  append_string(out, pack.text);
}
template <>
inline bool take(const boost::json::value& value, offline::api::PackText& pack, const Path* path, Fault& fault) {
  return take(value, pack.text, path, fault);
}
template <>
boost::json::value schema<offline::api::PackText>(Schemas& schemas);

template <>
inline void append(std::string& out, const offline::api::UnreadRecord& record) {
  append_any(out, record.value);
}
template <>
inline bool take(const boost::json::value& value, offline::api::UnreadRecord& record, const Path* path, Fault& fault) {
  return take(value, record.value, path, fault);
}
template <>
boost::json::value schema<offline::api::UnreadRecord>(Schemas& schemas);

}  // namespace firstline::json::detail
