// Text to Boost.JSON values: limits of depth and size, valid UTF-8 only, no field twice.

#include <charconv>
#include <cstdlib>

#include <boost/json/basic_parser_impl.hpp>
#include <boost/json/value_stack.hpp>

#include "base/check.hpp"
#include "json/json.hpp"

namespace firstline::json::detail {
namespace {

namespace bj = boost::json;
using bj::error_code;

// Builds the value as Boost's own handler does, and counts the fields it is given: the object keeps one of two
// fields of the same name, so the counts then differ.
struct Builder {
  static constexpr std::size_t max_object_size = 4096;
  static constexpr std::size_t max_array_size = 1'000'000;
  static constexpr std::size_t max_key_size = 1024;
  static constexpr std::size_t max_string_size = 64 * 1024 * 1024;

  bj::value_stack stack;
  std::size_t fields = 0;

  Builder(unsigned char* buffer, std::size_t size) : stack({}, buffer, size) {}

  bool on_document_begin(error_code&) { return true; }
  bool on_document_end(error_code&) { return true; }
  bool on_object_begin(error_code&) { return true; }
  bool on_object_end(std::size_t count, error_code&) {
    fields += count;
    stack.push_object(count);
    return true;
  }
  bool on_array_begin(error_code&) { return true; }
  bool on_array_end(std::size_t count, error_code&) {
    stack.push_array(count);
    return true;
  }
  bool on_key_part(bj::string_view part, std::size_t, error_code&) {
    stack.push_chars(part);
    return true;
  }
  bool on_key(bj::string_view rest, std::size_t, error_code&) {
    stack.push_key(rest);
    return true;
  }
  bool on_string_part(bj::string_view part, std::size_t, error_code&) {
    stack.push_chars(part);
    return true;
  }
  bool on_string(bj::string_view rest, std::size_t, error_code&) {
    stack.push_string(rest);
    return true;
  }
  bool on_number_part(bj::string_view, error_code&) { return true; }
  bool on_int64(std::int64_t number, bj::string_view, error_code&) {
    stack.push_int64(number);
    return true;
  }
  bool on_uint64(std::uint64_t number, bj::string_view, error_code&) {
    stack.push_uint64(number);
    return true;
  }
  bool on_double(double number, bj::string_view text, error_code&) {
    // The parser's own figure may be off in the last digit; the text is whole, because it is given in one piece.
    double exact = number;
#ifdef __wasm__  // The phone's library has no from_chars for real numbers, and no locale that could disturb strtod.
    exact = std::strtod(std::string(text).c_str(), nullptr);
#else
    if (std::from_chars(text.data(), text.data() + text.size(), exact).ec != std::errc{}) exact = number;
#endif
    stack.push_double(exact);
    return true;
  }
  bool on_bool(bool flag, error_code&) {
    stack.push_bool(flag);
    return true;
  }
  bool on_null(error_code&) {
    stack.push_null();
    return true;
  }
  bool on_comment_part(bj::string_view, error_code&) { return false; }
  bool on_comment(bj::string_view, error_code&) { return false; }
};

std::size_t count_fields(const bj::value& value) {
  std::size_t count = 0;
  if (const auto* object = value.if_object()) {
    count = object->size();
    for (const auto& entry : *object) count += count_fields(entry.value());
  } else if (const auto* items = value.if_array()) {
    for (const auto& item : *items) count += count_fields(item);
  }
  return count;
}

}  // namespace

Result<void> Document::parse(std::string_view text) {
  unsigned char scratch[2048];
  bj::parse_options options;
  options.max_depth = 32;
  bj::basic_parser<Builder> parser(options, scratch, sizeof scratch);
  parser.handler().stack.reset(bj::storage_ptr(&memory_));
  error_code error;
  const std::size_t used = parser.write_some(false, text.data(), text.size(), error);
  if (!error && used < text.size()) error = bj::error::extra_data;
  if (error) return fail(FaultCode::invalid, "json.syntax", error.message());
  root_.emplace(parser.handler().stack.release());
  if (count_fields(*root_) != parser.handler().fields) return fail(FaultCode::invalid, "json.duplicate_field");
  return {};
}

boost::json::value parse_own(std::string_view text) {
  Document document;
  const auto parsed = document.parse(text);
  FL_CHECK(parsed.has_value());
  return boost::json::value(document.root(), bj::storage_ptr{});
}

}  // namespace firstline::json::detail
