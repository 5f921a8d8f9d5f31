#include "json/json_read.hpp"

#include <cmath>

namespace firstline::json::detail {
namespace {

std::string pointer_to(const Path* path) {
  if (!path) return {};
  std::string text = pointer_to(path->parent) + '/';
  if (path->name.empty()) return text + std::to_string(path->index);
  for (const char c : path->name) {
    if (c == '~') text += "~0";
    else if (c == '/') text += "~1";
    else text += c;
  }
  return text;
}

// Reads a text by one of base's parsers.
template <class T>
bool take_parsed(const boost::json::value& value, T& out, const Path* path, Fault& fault,
                 std::optional<T> (*parse)(std::string_view), const char* expected) {
  std::string_view text;
  if (!take_text(value, text, path, fault)) return false;
  const auto parsed = parse(text);
  if (!parsed) return refuse(fault, path, "json.wrong_type", expected);
  out = *parsed;
  return true;
}

}  // namespace

bool refuse(Fault& fault, const Path* path, std::string_view reason, std::string detail) {
  fault = {FaultCode::invalid, std::string(reason), pointer_to(path), std::move(detail)};
  return false;
}

bool refuse_field(Fault& fault, const Path* path, std::string_view reason, std::string_view name) {
  const Path field{path, name, 0};
  return refuse(fault, &field, reason);
}

bool refuse_number(Fault& fault, const Path* path, const boost::json::value& value) {
  const bool too_large =
      value.is_int64() || value.is_uint64() || (value.is_double() && std::abs(value.get_double()) >= 0x1p63);
  return too_large ? refuse(fault, path, "json.out_of_range")
                   : refuse(fault, path, "json.wrong_type", "expected an integer");
}

bool take_text(const boost::json::value& value, std::string_view& out, const Path* path, Fault& fault) {
  const auto* text = value.if_string();
  if (!text) return refuse(fault, path, "json.wrong_type", "expected a text");
  out = {text->data(), text->size()};
  // PostgreSQL cannot keep U+0000, so nobody may send it.
  if (out.find('\0') != out.npos) return refuse(fault, path, "json.out_of_range", "U+0000 in a text");
  return true;
}

bool take_id(const boost::json::value& value, std::int64_t& out, const Path* path, Fault& fault) {
  return take_parsed<std::int64_t>(value, out, path, fault, &parse_id, "expected an id: a text of digits");
}

bool take_moment(const boost::json::value& value, Instant& out, const Path* path, Fault& fault) {
  return take_parsed<Instant>(value, out, path, fault, &parse_instant, "expected an instant as in RFC 3339");
}

bool take_date(const boost::json::value& value, Date& out, const Path* path, Fault& fault) {
  return take_parsed<Date>(value, out, path, fault, &parse_date, "expected a date: 2022-03-15");
}

bool take_uuid(const boost::json::value& value, Uuid& out, const Path* path, Fault& fault) {
  return take_parsed<Uuid>(value, out, path, fault, &parse_uuid, "expected a UUID");
}

bool take_real(const boost::json::value& value, double& out, const Path* path, Fault& fault) {
  if (const auto* number = value.if_double()) out = *number;
  else if (const auto* whole = value.if_int64()) out = static_cast<double>(*whole);
  else if (const auto* large = value.if_uint64()) out = static_cast<double>(*large);
  else return refuse(fault, path, "json.wrong_type", "expected a number");
  return std::isfinite(out) || refuse(fault, path, "json.out_of_range");
}

}  // namespace firstline::json::detail
