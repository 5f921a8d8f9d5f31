#include <optional>

#include "person/field_key.hpp"

namespace firstline::person {
namespace {

constexpr std::string_view alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

int value_of(char c) {
  if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
  const auto at = alphabet.find(c);
  return at == std::string_view::npos ? -1 : static_cast<int>(at);
}

}  // namespace

std::string base32(std::span<const std::byte> bytes) {
  std::string text;
  text.reserve((bytes.size() * 8 + 4) / 5);
  unsigned pending = 0;
  int bits = 0;
  for (const std::byte byte : bytes) {
    pending = (pending << 8) | std::to_integer<unsigned>(byte);
    bits += 8;
    while (bits >= 5) {
      bits -= 5;
      text += alphabet[(pending >> bits) & 31];
    }
    pending &= (1u << bits) - 1;
  }
  if (bits > 0) text += alphabet[(pending << (5 - bits)) & 31];
  return text;
}

std::optional<Bytes> parse_base32(std::string_view text) {
  Bytes bytes;
  bytes.reserve(text.size() * 5 / 8);
  unsigned pending = 0;
  int bits = 0;
  for (const char c : text) {
    const int value = value_of(c);
    if (value < 0) return std::nullopt;
    pending = (pending << 5) | static_cast<unsigned>(value);
    bits += 5;
    if (bits >= 8) {
      bits -= 8;
      bytes.push_back(static_cast<std::byte>((pending >> bits) & 0xff));
      pending &= (1u << bits) - 1;
    }
  }
  if (bits >= 5 || pending != 0) return std::nullopt;  // A character too many, or bits that no byte explains.
  return bytes;
}

}  // namespace firstline::person
