#include "base/time.hpp"

#include <cstdio>

namespace firstline {
namespace {

using namespace std::chrono;

// Reads exactly `count` digits; nothing on any other character.
std::optional<int> digits(std::string_view text, std::size_t from, std::size_t count) {
  if (from + count > text.size()) return std::nullopt;
  int value = 0;
  for (std::size_t i = from; i < from + count; ++i) {
    if (text[i] < '0' || text[i] > '9') return std::nullopt;
    value = value * 10 + (text[i] - '0');
  }
  return value;
}

}  // namespace

int age_years(Date born, Date today) {
  const year_month_day b(born), t(today);
  int age = static_cast<int>(t.year()) - static_cast<int>(b.year());
  if (t.month() < b.month() || (t.month() == b.month() && t.day() < b.day())) --age;
  return age;
}

std::string format_date(Date day) {
  const year_month_day ymd(day);
  char text[32];
  std::snprintf(text, sizeof text, "%04d-%02u-%02u", static_cast<int>(ymd.year()), static_cast<unsigned>(ymd.month()),
                static_cast<unsigned>(ymd.day()));
  return text;
}

std::optional<Date> parse_date(std::string_view text) {
  if (text.size() != 10 || text[4] != '-' || text[7] != '-') return std::nullopt;
  const auto y = digits(text, 0, 4), m = digits(text, 5, 2), d = digits(text, 8, 2);
  if (!y || !m || !d) return std::nullopt;
  const year_month_day ymd(year(*y), month(static_cast<unsigned>(*m)), day(static_cast<unsigned>(*d)));
  if (!ymd.ok()) return std::nullopt;
  return Date(ymd);
}

std::string format_instant(Instant at) {
  const auto local = at + shanghai_offset;
  const auto midnight = floor<days>(local);
  const hh_mm_ss clock(local - midnight);
  char text[48];
  std::snprintf(text, sizeof text, "%sT%02d:%02d:%02d.%03d+08:00", format_date(midnight).c_str(),
                static_cast<int>(clock.hours().count()), static_cast<int>(clock.minutes().count()),
                static_cast<int>(clock.seconds().count()), static_cast<int>(clock.subseconds().count()));
  return text;
}

std::optional<Instant> parse_instant(std::string_view text) {
  if (text.size() < 20 || (text[10] != 'T' && text[10] != ' ') || text[13] != ':' || text[16] != ':') return std::nullopt;
  const auto day = parse_date(text.substr(0, 10));
  const auto h = digits(text, 11, 2), m = digits(text, 14, 2), s = digits(text, 17, 2);
  if (!day || !h || !m || !s || *h > 23 || *m > 59 || *s > 59) return std::nullopt;
  Instant at = Instant(*day) + hours(*h) + minutes(*m) + seconds(*s);
  std::size_t i = 19;
  if (text[i] == '.') {
    int scale = 100;
    std::size_t fraction_digits = 0;
    for (++i; i < text.size() && text[i] >= '0' && text[i] <= '9'; ++i, ++fraction_digits, scale /= 10)
      at += Millis((text[i] - '0') * scale);
    if (fraction_digits == 0) return std::nullopt;
  }
  if (i >= text.size()) return std::nullopt;
  if (text[i] == 'Z' && i + 1 == text.size()) return at;
  if ((text[i] != '+' && text[i] != '-') || i + 6 != text.size() || text[i + 3] != ':') return std::nullopt;
  const auto oh = digits(text, i + 1, 2), om = digits(text, i + 4, 2);
  if (!oh || !om || *oh > 23 || *om > 59) return std::nullopt;
  const auto offset = hours(*oh) + minutes(*om);
  return text[i] == '+' ? at - offset : at + offset;
}

}  // namespace firstline
