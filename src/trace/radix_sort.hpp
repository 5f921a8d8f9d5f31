#pragma once

// Sorts by a whole number of known width, keeping the order of equals: a few passes over the memory instead of many
// comparisons. `spare` is room of the same size, kept by the caller from one call to the next. Fewer than 2^32 items.

#include <algorithm>
#include <array>
#include <cstdint>
#include <utility>
#include <vector>

namespace firstline::trace {

template <class Item, class Key>
void radix_sort(std::vector<Item>& items, std::vector<Item>& spare, unsigned key_bits, Key key) {
  constexpr unsigned digit_bits_max = 11;
  constexpr std::size_t few = 48, many = 2048;
  if (items.size() < few) {
    for (std::size_t at = 1; at < items.size(); ++at) {
      const Item moved = items[at];
      std::size_t to = at;
      for (; to > 0 && key(moved) < key(items[to - 1]); --to) items[to] = items[to - 1];
      items[to] = moved;
    }
    return;
  }
  if (key_bits == 0) return;
  const unsigned wide = items.size() < many ? 8 : digit_bits_max;  // Counting by wide digits must pay for itself.
  const unsigned passes = (key_bits + wide - 1) / wide;
  const unsigned digit_bits = (key_bits + passes - 1) / passes;
  const std::uint64_t mask = (std::uint64_t{1} << digit_bits) - 1;
  spare.resize(items.size());
  std::array<std::uint32_t, std::size_t{1} << digit_bits_max> begin;
  for (unsigned shift = 0; shift < key_bits; shift += digit_bits) {
    std::fill_n(begin.begin(), mask + 1, 0);
    for (const Item& item : items) ++begin[(key(item) >> shift) & mask];
    std::uint32_t sum = 0;
    for (std::size_t digit = 0; digit <= mask; ++digit) sum += std::exchange(begin[digit], sum);
    for (const Item& item : items) spare[begin[(key(item) >> shift) & mask]++] = item;
    items.swap(spare);
  }
}

}  // namespace firstline::trace
