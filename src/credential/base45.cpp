#include "credential/base45.hpp"

#include <array>
#include <cstdint>

namespace firstline::credential {
namespace {

constexpr std::string_view alphabet = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:";
constexpr std::uint32_t none = 1 << 20;  // So large that a sum with it is told from every good group.

constexpr std::array<std::uint32_t, 256> values = [] {
  std::array<std::uint32_t, 256> table{};
  table.fill(none);
  for (std::size_t i = 0; i < alphabet.size(); ++i) table[static_cast<unsigned char>(alphabet[i])] = i;
  return table;
}();

std::uint32_t value_of(char c) { return values[static_cast<unsigned char>(c)]; }

}  // namespace

std::string to_base45(std::string_view octets) {
  std::string text;
  text.reserve(octets.size() * 3 / 2 + 2);
  std::size_t i = 0;
  for (; i + 1 < octets.size(); i += 2) {
    const unsigned number = static_cast<unsigned char>(octets[i]) * 256u + static_cast<unsigned char>(octets[i + 1]);
    text += alphabet[number % 45];
    text += alphabet[number / 45 % 45];
    text += alphabet[number / 2025];
  }
  if (i < octets.size()) {
    const unsigned number = static_cast<unsigned char>(octets[i]);
    text += alphabet[number % 45];
    text += alphabet[number / 45];
  }
  return text;
}

Result<std::string> from_base45(std::string_view text) {
  if (text.size() % 3 == 1) return fail(FaultCode::invalid, "base45.length");
  std::string octets(text.size() / 3 * 2 + (text.size() % 3 == 2), '\0');
  const auto refuse = [](std::uint32_t sum) {
    return fail(FaultCode::invalid, sum >= none ? "base45.character" : "base45.value");
  };
  char* out = octets.data();
  std::size_t i = 0;
  for (; i + 2 < text.size(); i += 3) {
    const std::uint32_t number = value_of(text[i]) + value_of(text[i + 1]) * 45 + value_of(text[i + 2]) * 2025;
    if (number > 0xffff) return refuse(number);
    *out++ = static_cast<char>(number >> 8);
    *out++ = static_cast<char>(number & 0xff);
  }
  if (i < text.size()) {
    const std::uint32_t number = value_of(text[i]) + value_of(text[i + 1]) * 45;
    if (number > 0xff) return refuse(number);
    *out++ = static_cast<char>(number);
  }
  return octets;
}

}  // namespace firstline::credential
