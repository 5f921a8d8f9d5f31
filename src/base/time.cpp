#include "base/time.hpp"

#include <algorithm>

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

// By hand: an instant stands in every answer at the gate.
void put_digits(char* at, unsigned value, int count) {
  for (char* digit = at + count; digit != at; value /= 10) *--digit = static_cast<char>('0' + value % 10);
}

// Ten characters. Years beyond four digits are shown as the nearest that has a form.
void put_date(char* at, Date day) {
  const year_month_day ymd(std::clamp(day, Date(year(0) / 1 / 1), Date(year(9999) / 12 / 31)));
  put_digits(at, static_cast<unsigned>(static_cast<int>(ymd.year())), 4);
  at[4] = at[7] = '-';
  put_digits(at + 5, static_cast<unsigned>(ymd.month()), 2);
  put_digits(at + 8, static_cast<unsigned>(ymd.day()), 2);
}

}  // namespace

int age_years(Date born, Date today) {
  const year_month_day b(born), t(today);
  int age = static_cast<int>(t.year()) - static_cast<int>(b.year());
  if (t.month() < b.month() || (t.month() == b.month() && t.day() < b.day())) --age;
  return age;
}

std::string format_date(Date day) {
  char text[10];
  put_date(text, day);
  return {text, sizeof text};
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
  const auto ms = static_cast<unsigned>((local - midnight).count());
  char text[] = "0000-00-00T00:00:00.000+08:00";
  put_date(text, midnight);
  put_digits(text + 11, ms / 3'600'000, 2);
  put_digits(text + 14, ms / 60'000 % 60, 2);
  put_digits(text + 17, ms / 1000 % 60, 2);
  put_digits(text + 20, ms % 1000, 3);
  return {text, sizeof text - 1};
}

std::optional<Instant> parse_instant(std::string_view text) {
  if (text.size() < 20 || (text[10] != 'T' && text[10] != ' ') || text[13] != ':' || text[16] != ':')
    return std::nullopt;
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
