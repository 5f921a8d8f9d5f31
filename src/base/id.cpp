#include "base/id.hpp"

#include <charconv>

#include "base/clock.hpp"

namespace firstline {
namespace {

constexpr Instant epoch{std::chrono::sys_days(std::chrono::year(2020) / 1 / 1)};
constexpr int node_bits = 10, counter_bits = 12;

}  // namespace

std::optional<std::int64_t> parse_id(std::string_view text) {
  std::int64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{} || end != text.data() + text.size() || value <= 0 || text.front() == '0')
    return std::nullopt;
  return value;
}

std::string format_id(std::int64_t value) { return std::to_string(value); }

std::int64_t IdSource::next(Instant now) {
  const std::int64_t floor = (now - epoch).count() << counter_bits;
  std::int64_t last = last_.load(std::memory_order_relaxed), stamp;
  do {
    // A full counter, or a clock that stepped back, simply borrows from the next millisecond.
    stamp = floor > last ? floor : last + 1;
  } while (!last_.compare_exchange_weak(last, stamp, std::memory_order_relaxed));
  const std::int64_t counter = stamp & ((1 << counter_bits) - 1);
  return ((stamp >> counter_bits) << (node_bits + counter_bits)) | (std::int64_t{node_} << counter_bits) | counter;
}

Instant instant_of(std::int64_t row_id) { return epoch + Millis(row_id >> (node_bits + counter_bits)); }
std::int64_t first_id_at(Instant at) { return (at - epoch).count() << (node_bits + counter_bits); }

Uuid make_uuid_v7(Instant now, Random& random) {
  Uuid uuid;
  random.fill(uuid.bytes);
  const auto ms = static_cast<std::uint64_t>(to_millis(now));
  for (int i = 0; i < 6; ++i) uuid.bytes[static_cast<std::size_t>(i)] = static_cast<std::byte>(ms >> (40 - 8 * i));
  uuid.bytes[6] = (uuid.bytes[6] & std::byte{0x0f}) | std::byte{0x70};
  uuid.bytes[8] = (uuid.bytes[8] & std::byte{0x3f}) | std::byte{0x80};
  return uuid;
}

std::optional<Uuid> parse_uuid(std::string_view text) {
  if (text.size() != 36) return std::nullopt;
  Uuid uuid;
  std::size_t nibble = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (i == 8 || i == 13 || i == 18 || i == 23) {
      if (c != '-') return std::nullopt;
      continue;
    }
    int digit;
    if (c >= '0' && c <= '9') digit = c - '0';
    else if (c >= 'a' && c <= 'f') digit = c - 'a' + 10;
    else if (c >= 'A' && c <= 'F') digit = c - 'A' + 10;
    else return std::nullopt;
    auto& byte = uuid.bytes[nibble / 2];
    byte = static_cast<std::byte>((std::to_integer<int>(byte) << 4) | digit);
    ++nibble;
  }
  return uuid;
}

std::string format_uuid(const Uuid& uuid) {
  static constexpr char hex[] = "0123456789abcdef";
  std::string text;
  text.reserve(36);
  for (std::size_t i = 0; i < uuid.bytes.size(); ++i) {
    if (i == 4 || i == 6 || i == 8 || i == 10) text += '-';
    text += hex[std::to_integer<int>(uuid.bytes[i] >> 4)];
    text += hex[std::to_integer<int>(uuid.bytes[i] & std::byte{0x0f})];
  }
  return text;
}

std::optional<Instant> instant_of(const Uuid& uuid) {
  if ((uuid.bytes[6] & std::byte{0xf0}) != std::byte{0x70}) return std::nullopt;
  std::int64_t ms = 0;
  for (std::size_t i = 0; i < 6; ++i) ms = (ms << 8) | std::to_integer<std::int64_t>(uuid.bytes[i]);
  return from_millis(ms);
}

}  // namespace firstline
