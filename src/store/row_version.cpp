#include "store/row_version.hpp"

namespace firstline::store {
namespace {

// FNV-1a, 64 bits: tells rows apart, keeps no secret.
class Mixer {
 public:
  void add(const void* data, std::size_t size) {
    for (const auto* at = static_cast<const unsigned char*>(data); size > 0; ++at, --size)
      state_ = (state_ ^ *at) * 0x100000001b3ull;
  }
  std::uint64_t state() const { return state_; }

 private:
  std::uint64_t state_ = 0xcbf29ce484222325ull;
};

}  // namespace

std::string version_of_values(const std::vector<Value>& values) {
  Mixer mixer;
  for (const Value& value : values) {
    const auto kind = static_cast<unsigned char>(value.index());
    mixer.add(&kind, 1);
    if (const auto* integer = std::get_if<std::int64_t>(&value)) mixer.add(integer, sizeof *integer);
    if (const auto* real = std::get_if<double>(&value)) mixer.add(real, sizeof *real);
    const auto span_of = [&](const auto& text) {
      const std::uint64_t size = text.size();
      mixer.add(&size, sizeof size);
      mixer.add(text.data(), text.size());
    };
    if (const auto* text = std::get_if<std::string_view>(&value)) span_of(*text);
    if (const auto* bytes = std::get_if<std::span<const std::byte>>(&value)) span_of(*bytes);
  }
  std::string text;
  for (int shift = 60; shift >= 0; shift -= 4) text += "0123456789abcdef"[(mixer.state() >> shift) & 15];
  return text;
}

}  // namespace firstline::store
