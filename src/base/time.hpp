#pragma once

// Instants (UTC, milliseconds) and the civil calendar of Asia/Shanghai (UTC+8, no daylight saving; China has one zone).
// Pure: also compiled for the keeper's phone.

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace firstline {

using Millis = std::chrono::milliseconds;
using Instant = std::chrono::sys_time<Millis>;
using Date = std::chrono::sys_days;  // A civil day in Asia/Shanghai, kept as days since 1970-01-01.

inline constexpr std::chrono::hours shanghai_offset{8};

constexpr std::int64_t to_millis(Instant at) { return at.time_since_epoch().count(); }
constexpr Instant from_millis(std::int64_t utc_ms) { return Instant(Millis(utc_ms)); }

constexpr Date civil_date(Instant at) { return std::chrono::floor<std::chrono::days>(at + shanghai_offset); }
constexpr Instant start_of(Date day) { return Instant(day) - shanghai_offset; }  // 00:00 in Shanghai.
constexpr std::chrono::weekday weekday_of(Date day) { return std::chrono::weekday(day); }
constexpr int day_of_month(Date day) {
  return static_cast<int>(static_cast<unsigned>(std::chrono::year_month_day(day).day()));
}
// Minutes since midnight in Shanghai, 0..1439.
constexpr int minute_of_day(Instant at) {
  return static_cast<int>(std::chrono::floor<std::chrono::minutes>(at - start_of(civil_date(at))).count());
}
int age_years(Date born, Date today);

// "2022-03-15T15:00:00.000+08:00". Parsing takes any offset or Z, with or without a fraction; empty on anything else.
std::string format_instant(Instant at);
std::optional<Instant> parse_instant(std::string_view text);
// "2022-03-15"; empty for a day that does not exist.
std::string format_date(Date day);
std::optional<Date> parse_date(std::string_view text);

}  // namespace firstline
