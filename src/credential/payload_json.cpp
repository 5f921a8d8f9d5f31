#include "credential/payload_json.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <chrono>
#include <cmath>

#include <fmt/format.h>
#include <unicode/normalizer2.h>
#include <unicode/stringpiece.h>
#include <unicode/unistr.h>

#include "json/json.hpp"

namespace firstline::credential {
namespace {

constexpr std::uint64_t epoch_tag = 1, day_tag = 100;

void append_text(std::string& out, std::string_view text) { out += json::write(to_nfc(text)); }

void append_integer(std::string& out, const CborItem& item) {
  if (item.kind == CborKind::unsigned_integer) out += std::to_string(item.number);
  else if (item.number == UINT64_MAX) out += "-18446744073709551616";
  else out += "-" + std::to_string(item.number + 1);
}

void append_real(std::string& out, double value) {
  if (!std::isfinite(value)) {
    out += "null";
    return;
  }
  std::array<char, 32> text;
  constexpr double whole_max = 9007199254740992.0;  // Beyond it, doubles do not hold every integer.
  const bool whole = std::trunc(value) == value && std::abs(value) <= whole_max;
  const auto end = whole ? std::to_chars(text.data(), text.data() + text.size(), static_cast<std::int64_t>(value))
                         : std::to_chars(text.data(), text.data() + text.size(), value);
  out.append(text.data(), end.ptr);
}

// The number of a date tag as text; false if it is none that we can tell.
bool append_date(std::string& out, const CborItem& tag, CborValue inside) {
  if (tag.number != epoch_tag && tag.number != day_tag) return false;
  std::optional<std::int64_t> number = inside.integer();
  if (!number && inside.is(CborKind::real) && std::abs(inside.item().real) < 1e12)
    number = static_cast<std::int64_t>(std::floor(inside.item().real));
  if (!number || *number > 1'000'000'000'000 || *number < -1'000'000'000'000) return false;
  const std::string text = iso_time(tag.number == day_tag ? *number * 86400 : *number);
  if (text.empty()) return false;
  out += '"' + (tag.number == day_tag ? text.substr(0, 10) : text) + '"';
  return true;
}

void append_key(std::string& out, const CborItem& item) {
  if (item.kind == CborKind::text) {
    append_text(out, item.octets);
    return;
  }
  out += '"';
  if (item.kind == CborKind::octets) {
    for (const char c : item.octets) fmt::format_to(std::back_inserter(out), "{:02x}", static_cast<unsigned char>(c));
  } else {
    append_integer(out, item);
  }
  out += '"';
}

void append_scalar(std::string& out, const CborItem& item) {
  switch (item.kind) {
    case CborKind::unsigned_integer:
    case CborKind::negative_integer:
      return append_integer(out, item);
    case CborKind::text:
      return append_text(out, item.octets);
    case CborKind::octets:
      return append_key(out, item);
    case CborKind::boolean:
      out += item.number != 0 ? "true" : "false";
      return;
    case CborKind::real:
      return append_real(out, item.real);
    default:
      out += "null";
  }
}

struct Open {
  std::uint32_t left = 0;
  bool map = false, first = true;
};

}  // namespace

std::string to_nfc(std::string_view text) {
  if (std::all_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < 0x80; }))
    return std::string(text);
  UErrorCode error = U_ZERO_ERROR;
  const icu::Normalizer2* const nfc = icu::Normalizer2::getNFCInstance(error);
  if (U_FAILURE(error)) return std::string(text);
  const auto whole =
      icu::UnicodeString::fromUTF8(icu::StringPiece(text.data(), static_cast<std::int32_t>(text.size())));
  const icu::UnicodeString normal = nfc->normalize(whole, error);
  if (U_FAILURE(error)) return std::string(text);
  std::string out;
  normal.toUTF8String(out);
  return out;
}

std::string iso_time(std::int64_t epoch_seconds) {
  using namespace std::chrono;
  const sys_seconds at{seconds(epoch_seconds)};
  const auto day = floor<days>(at);
  const year_month_day date(day);
  const int year = static_cast<int>(date.year());
  if (year < 0 || year > 9999) return {};
  const hh_mm_ss time(at - day);
  return fmt::format("{:04}-{:02}-{:02}T{:02}:{:02}:{:02}Z", year, static_cast<unsigned>(date.month()),
                     static_cast<unsigned>(date.day()), time.hours().count(), time.minutes().count(),
                     time.seconds().count());
}

void append_json(std::string& out, CborValue root) {
  std::array<Open, cbor_depth_max> open;
  std::size_t depth = 0;
  CborValue at = root;
  while (true) {
    if (depth > 0) {
      Open& here = open[depth - 1];
      if (!here.first) out += ',';
      here.first = false;
      --here.left;
      if (here.map) {
        append_key(out, at.item());
        out += ':';
        at = at.following();
      }
    }
    bool written = false;
    std::uint32_t behind = at.item().next;
    while (at.is(CborKind::tag)) {
      const CborValue inside = at.first();
      if (append_date(out, at.item(), inside)) {
        written = true;
        break;
      }
      at = inside;
    }
    const bool map = at.is(CborKind::map), array = at.is(CborKind::array);
    if (!written && (map || array)) {
      out += map ? '{' : '[';
      if (at.item().count > 0) {
        open[depth++] = {at.item().count, map, true};
        at = at.first();
        continue;
      }
      out += map ? '}' : ']';
    } else if (!written) {
      append_scalar(out, at.item());
    }
    while (depth > 0 && open[depth - 1].left == 0) out += open[--depth].map ? '}' : ']';
    if (depth == 0) return;
    at = CborValue(at, behind);
  }
}

}  // namespace firstline::credential
