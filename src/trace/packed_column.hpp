#pragma once

// A column of whole numbers of one width in bits, side by side without gaps. Written once, then read by many.

#include <bit>
#include <cstdint>
#include <cstring>
#include <vector>

#include "base/check.hpp"

namespace firstline::trace {

static_assert(std::endian::native == std::endian::little, "the columns are read as they lie in memory");

class PackedColumn {
 public:
  // A read takes eight bytes from the byte where the value begins, so up to seven bits of them are not its own.
  static constexpr unsigned width_max = 57;

  PackedColumn() = default;
  PackedColumn(unsigned width, std::size_t count)
      : width_(width), mask_((std::uint64_t{1} << width) - 1), bytes_((width * count + 7) / 8 + 8) {
    FL_CHECK(width <= width_max);
  }

  // Bits needed for every number up to `largest`.
  static unsigned width_of(std::uint64_t largest) { return static_cast<unsigned>(std::bit_width(largest)); }

  std::uint64_t operator[](std::size_t at) const {
    const std::size_t bit = at * width_;
    std::uint64_t word;
    std::memcpy(&word, bytes_.data() + (bit >> 3), sizeof word);
    return (word >> (bit & 7)) & mask_;
  }

  // Each place is set once.
  void set(std::size_t at, std::uint64_t value) {
    const std::size_t bit = at * width_;
    std::uint64_t word;
    std::memcpy(&word, bytes_.data() + (bit >> 3), sizeof word);
    word |= value << (bit & 7);
    std::memcpy(bytes_.data() + (bit >> 3), &word, sizeof word);
  }

  void expect(std::size_t at) const { __builtin_prefetch(bytes_.data() + (at * width_ >> 3)); }

  std::size_t memory_bytes() const { return bytes_.capacity(); }

 private:
  unsigned width_ = 0;
  std::uint64_t mask_ = 0;
  std::vector<std::uint8_t> bytes_ = std::vector<std::uint8_t>(8);
};

}  // namespace firstline::trace
