#include "trace/open_rows.hpp"

#include <bit>

#include "base/check.hpp"

namespace firstline::trace {

// Twice as many slots as rows, so that a search ends soon.
OpenRows::OpenRows(std::uint32_t capacity)
    : capacity_(capacity),
      slot_count_(std::bit_ceil(std::size_t{capacity} * 2)),
      slot_shift_(32 - static_cast<unsigned>(std::countr_zero(slot_count_))),
      rows_(std::make_unique<Row[]>(capacity)),
      of_person_(std::make_unique<std::atomic<std::uint32_t>[]>(slot_count_)),
      of_place_(std::make_unique<std::atomic<std::uint32_t>[]>(slot_count_)) {
  FL_CHECK(capacity > 0 && capacity <= (1u << 30));
}

std::size_t OpenRows::slot_of(const Slots& slots, std::uint32_t key, std::uint32_t Row::*member) const {
  for (std::size_t at = home(key);; at = (at + 1) & (slot_count_ - 1)) {
    const std::uint32_t newest = slots[at].load(std::memory_order_relaxed);
    if (newest == 0 || rows_[newest - 1].*member == key) return at;
  }
}

bool OpenRows::append(std::uint32_t person, std::uint32_t place, std::int64_t enter, std::int64_t leave) {
  const std::uint32_t row = count_.load(std::memory_order_relaxed);
  if (row == capacity_) return false;
  auto& of_person = of_person_[slot_of(of_person_, person, &Row::person)];
  auto& of_place = of_place_[slot_of(of_place_, place, &Row::place)];
  rows_[row] = {
      person, place, enter, leave, of_person.load(std::memory_order_relaxed), of_place.load(std::memory_order_relaxed)};
  of_person.store(row + 1, std::memory_order_release);
  of_place.store(row + 1, std::memory_order_release);
  count_.store(row + 1, std::memory_order_release);
  return true;
}

std::size_t OpenRows::memory_bytes() const {
  return sizeof *this + capacity_ * sizeof(Row) + 2 * slot_count_ * sizeof(std::atomic<std::uint32_t>);
}

}  // namespace firstline::trace
