#include "json/json_write.hpp"

#include <charconv>
#include <cmath>

#include <boost/json/serialize.hpp>

namespace firstline::json::detail {
namespace {

// Length of the well-formed UTF-8 sequence at the start of `text`; 0 if there is none. Not for ASCII.
std::size_t sequence_length(std::string_view text) {
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
  const unsigned char lead = byte(0);
  std::size_t length;
  unsigned char second_min = 0x80, second_max = 0xbf;
  if (lead >= 0xc2 && lead <= 0xdf) {
    length = 2;
  } else if (lead >= 0xe0 && lead <= 0xef) {
    length = 3;
    if (lead == 0xe0) second_min = 0xa0;  // Overlong.
    if (lead == 0xed) second_max = 0x9f;  // Surrogates.
  } else if (lead >= 0xf0 && lead <= 0xf4) {
    length = 4;
    if (lead == 0xf0) second_min = 0x90;
    if (lead == 0xf4) second_max = 0x8f;  // Above U+10FFFF.
  } else {
    return 0;
  }
  if (text.size() < length || byte(1) < second_min || byte(1) > second_max) return 0;
  for (std::size_t i = 2; i < length; ++i)
    if (byte(i) < 0x80 || byte(i) > 0xbf) return 0;
  return length;
}

void append_escape(std::string& out, unsigned char c) {
  static constexpr char hex[] = "0123456789abcdef";
  switch (c) {
    case '"':
      out += "\\\"";
      break;
    case '\\':
      out += "\\\\";
      break;
    case '\n':
      out += "\\n";
      break;
    case '\r':
      out += "\\r";
      break;
    case '\t':
      out += "\\t";
      break;
    default:
      out += "\\u00";
      out += hex[c >> 4];
      out += hex[c & 0x0f];
  }
}

template <class Number>
void append_number(std::string& out, Number value) {
  char digits[32];
  const auto end = std::to_chars(digits, digits + sizeof digits, value).ptr;
  out.append(digits, end);
}

}  // namespace

void append_string(std::string& out, std::string_view text) {
  out += '"';
  std::size_t plain = 0;  // Start of the run that needs no change.
  for (std::size_t i = 0; i < text.size();) {
    const auto c = static_cast<unsigned char>(text[i]);
    if (c >= 0x20 && c < 0x80 && c != '"' && c != '\\') {
      ++i;
      continue;
    }
    if (c >= 0x80) {
      if (const std::size_t length = sequence_length(text.substr(i))) {
        i += length;
        continue;
      }
    }
    out.append(text, plain, i - plain);
    if (c >= 0x80) out += "\xef\xbf\xbd";
    else append_escape(out, c);
    plain = ++i;
  }
  out.append(text, plain);
  out += '"';
}

void append_integer(std::string& out, std::int64_t value) { append_number(out, value); }
void append_unsigned(std::string& out, std::uint64_t value) { append_number(out, value); }

void append_real(std::string& out, double value) {
  FL_CHECK(std::isfinite(value));
  append_number(out, value);
}

void append_any(std::string& out, const boost::json::value& value) { out += boost::json::serialize(value); }

void append_date(std::string& out, Date day) {
  out += '"';
  out += format_date(day);
  out += '"';
}

void append_moment(std::string& out, Instant at) {
  out += '"';
  out += format_instant(at);
  out += '"';
}

void append_uuid(std::string& out, const Uuid& uuid) {
  out += '"';
  out += format_uuid(uuid);
  out += '"';
}

void append_id(std::string& out, std::int64_t value) {
  if (value == 0) {
    out += "null";
    return;
  }
  out += '"';
  append_number(out, value);
  out += '"';
}

}  // namespace firstline::json::detail
