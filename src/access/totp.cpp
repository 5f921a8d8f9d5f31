#include "access/totp.hpp"

#include <array>

#include <openssl/evp.h>
#include <openssl/hmac.h>

#include "base/check.hpp"
#include "person/field_key.hpp"

namespace firstline::access {
namespace {

constexpr std::string_view alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

}  // namespace

std::int64_t totp_step(Instant now) { return to_millis(now) / (totp_step_seconds * 1000); }

std::string totp_digits(std::span<const std::byte> secret, std::int64_t step, int digits) {
  std::array<unsigned char, 8> counter;
  for (int i = 0; i < 8; ++i) counter[static_cast<std::size_t>(i)] = static_cast<unsigned char>(step >> (8 * (7 - i)));
  std::array<unsigned char, EVP_MAX_MD_SIZE> mac;
  unsigned int size = 0;
  FL_CHECK(HMAC(EVP_sha1(), secret.data(), static_cast<int>(secret.size()), counter.data(), counter.size(), mac.data(),
                &size));
  // RFC 4226 section 5.3: the low four bits of the last byte say where the four bytes stand.
  const std::size_t at = mac[size - 1] & 0x0f;
  std::uint32_t number = 0;
  for (std::size_t i = 0; i < 4; ++i) number = (number << 8) | mac[at + i];
  number &= 0x7fffffff;
  std::string text(static_cast<std::size_t>(digits), '0');
  for (auto place = text.rbegin(); place != text.rend(); ++place, number /= 10)
    *place = static_cast<char>('0' + number % 10);
  return text;
}

std::optional<std::int64_t> totp_accept(std::span<const std::byte> secret, std::string_view digits, Instant now,
                                        std::int64_t last_used_step) {
  std::optional<std::int64_t> accepted;
  for (std::int64_t step = totp_step(now) - 1; step <= totp_step(now) + 1; ++step) {
    const std::string expected = totp_digits(secret, step);
    const bool equal =
        person::equal_in_constant_time(std::as_bytes(std::span(expected)), std::as_bytes(std::span(digits)));
    if (equal && step > last_used_step && !accepted) accepted = step;
  }
  return accepted;
}

std::string totp_base32(std::span<const std::byte> secret) {
  std::string text;
  unsigned pending = 0;
  int bits = 0;
  for (const std::byte byte : secret) {
    pending = ((pending & 0xff) << 8) | std::to_integer<unsigned>(byte);
    for (bits += 8; bits >= 5;) text += alphabet[(pending >> (bits -= 5)) & 31];
  }
  if (bits > 0) text += alphabet[(pending << (5 - bits)) & 31];
  return text;
}

std::optional<std::vector<std::byte>> totp_from_base32(std::string_view text) {
  std::vector<std::byte> bytes;
  std::uint32_t bits = 0;
  int held = 0;
  for (const char c : text) {
    if (c == ' ') continue;
    const char upper = c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
    int value;
    if (upper >= 'A' && upper <= 'Z') value = upper - 'A';
    else if (upper >= '2' && upper <= '7') value = upper - '2' + 26;
    else return std::nullopt;
    bits = (bits << 5) | static_cast<std::uint32_t>(value);
    held += 5;
    if (held >= 8) {
      held -= 8;
      bytes.push_back(static_cast<std::byte>(bits >> held));
    }
  }
  return bytes;
}

std::string totp_uri(std::string_view login, std::span<const std::byte> secret) {
  return "otpauth://totp/Firstline:" + std::string(login) + "?secret=" + totp_base32(secret) + "&issuer=Firstline";
}

}  // namespace firstline::access
