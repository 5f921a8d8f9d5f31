#include "credential/text_codes.hpp"

#include <array>
#include <cstdint>

namespace firstline::credential {
namespace {

constexpr std::string_view common = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

std::string encode(std::string_view octets, std::string_view last_two, bool padded) {
  const auto letter = [&](std::uint32_t value) { return value < 62 ? common[value] : last_two[value - 62]; };
  std::string text;
  text.reserve((octets.size() + 2) / 3 * 4);
  for (std::size_t i = 0; i < octets.size(); i += 3) {
    const std::size_t have = std::min<std::size_t>(3, octets.size() - i);
    std::uint32_t group = 0;
    for (std::size_t j = 0; j < 3; ++j)
      group = (group << 8) | (j < have ? static_cast<unsigned char>(octets[i + j]) : 0u);
    for (std::size_t j = 0; j <= have; ++j) text += letter((group >> (18 - 6 * j)) & 63);
    if (padded) text.append(3 - have, '=');
  }
  return text;
}

int value_of(char c) {
  if (c >= 'A' && c <= 'Z') return c - 'A';
  if (c >= 'a' && c <= 'z') return c - 'a' + 26;
  if (c >= '0' && c <= '9') return c - '0' + 52;
  if (c == '+' || c == '-') return 62;
  if (c == '/' || c == '_') return 63;
  return -1;
}

int nibble(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

}  // namespace

std::string to_hex(std::string_view octets) {
  constexpr std::string_view digits = "0123456789abcdef";
  std::string text;
  text.reserve(octets.size() * 2);
  for (const char c : octets) {
    const auto octet = static_cast<unsigned char>(c);
    text += digits[octet >> 4];
    text += digits[octet & 15];
  }
  return text;
}

std::optional<std::string> from_hex(std::string_view text) {
  if (text.size() % 2 != 0) return std::nullopt;
  std::string octets;
  octets.reserve(text.size() / 2);
  for (std::size_t i = 0; i < text.size(); i += 2) {
    const int high = nibble(text[i]), low = nibble(text[i + 1]);
    if (high < 0 || low < 0) return std::nullopt;
    octets += static_cast<char>(high * 16 + low);
  }
  return octets;
}

std::string to_base64(std::string_view octets) { return encode(octets, "+/", true); }
std::string to_base64url(std::string_view octets) { return encode(octets, "-_", false); }

std::optional<std::string> from_base64(std::string_view text) {
  std::string octets;
  octets.reserve(text.size() / 4 * 3);
  std::uint32_t group = 0;
  int held = 0;
  bool ended = false;
  for (const char c : text) {
    if (c == ' ' || c == '\n' || c == '\r' || c == '\t') continue;
    if (c == '=') {
      ended = true;
      continue;
    }
    const int value = value_of(c);
    if (value < 0 || ended) return std::nullopt;
    group = (group << 6) | static_cast<std::uint32_t>(value);
    if (++held < 4) continue;
    for (int shift = 16; shift >= 0; shift -= 8) octets += static_cast<char>((group >> shift) & 0xff);
    group = 0;
    held = 0;
  }
  if (held == 1) return std::nullopt;
  if (held >= 2) octets += static_cast<char>((group >> (held == 2 ? 4 : 10)) & 0xff);
  if (held == 3) octets += static_cast<char>((group >> 2) & 0xff);
  return octets;
}

}  // namespace firstline::credential
