#pragma once

// Sorts by a whole number of known width, keeping the order of equals: a few passes over the memory instead of many
// comparisons. `spare` is room of the same size, kept by the caller from one call to the next.

#include <algorithm>
#include <array>
#include <cstdint>
#include <utility>
#include <vector>

namespace firstline::trace {

template <class Item, class Key>
void radix_sort(std::vector<Item>& items, std::vector<Item>& spare, unsigned key_bits, Key key) {
  constexpr unsigned digit_bits_max = 11;
  constexpr std::size_t few = 128;
  if (items.size() < few) {
    std::stable_sort(items.begin(), items.end(), [&](const Item& a, const Item& b) { return key(a) < key(b); });
    return;
  }
  if (key_bits == 0) return;
  const unsigned passes = (key_bits + digit_bits_max - 1) / digit_bits_max;
  const unsigned digit_bits = (key_bits + passes - 1) / passes;
  const std::uint64_t mask = (std::uint64_t{1} << digit_bits) - 1;
  spare.resize(items.size());
  std::array<std::size_t, std::size_t{1} << digit_bits_max> begin;
  for (unsigned shift = 0; shift < key_bits; shift += digit_bits) {
    std::fill_n(begin.begin(), mask + 1, 0);
    for (const Item& item : items) ++begin[(key(item) >> shift) & mask];
    std::size_t sum = 0;
    for (std::size_t digit = 0; digit <= mask; ++digit) sum += std::exchange(begin[digit], sum);
    for (const Item& item : items) spare[begin[(key(item) >> shift) & mask]++] = item;
    items.swap(spare);
  }
}

}  // namespace firstline::trace
