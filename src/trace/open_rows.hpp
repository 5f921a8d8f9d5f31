#pragma once

// The newest scans, in the order of arrival: one thread appends while any number read. When it is full it is made into
// segments and thrown away.
//
// A row is written, then hung into the chains of its person and of its place, then counted. Who reads takes the count
// first and never looks at a row beyond it, so an answer knows all rows up to some moment and none after it.

#include <atomic>
#include <cstdint>
#include <memory>
#include <vector>

namespace firstline::trace {

class OpenRows {
 public:
  struct Row {
    std::uint32_t person = 0;
    std::uint32_t place = 0;
    std::int64_t enter = 0;
    std::int64_t leave = 0;
    std::uint32_t before_of_person = 0;  // Row + 1 of the one before; 0: none.
    std::uint32_t before_of_place = 0;
  };

  explicit OpenRows(std::uint32_t capacity);

  // For the one thread that appends. False: full.
  bool append(std::uint32_t person, std::uint32_t place, std::int64_t enter, std::int64_t leave);

  std::uint32_t capacity() const { return capacity_; }
  std::uint32_t count() const { return count_.load(std::memory_order_acquire); }
  const Row& operator[](std::uint32_t at) const { return rows_[at]; }

  // use(Row) for each of the first `count` rows of the person, or at the place; the newest first.
  template <class Use>
  void scans_of(std::uint32_t person, std::uint32_t count, Use use) const {
    walk(of_person_.get(), person, count, &Row::person, &Row::before_of_person, use);
  }
  template <class Use>
  void scans_at(std::uint32_t place, std::uint32_t count, Use use) const {
    walk(of_place_.get(), place, count, &Row::place, &Row::before_of_place, use);
  }

  std::size_t memory_bytes() const;

 private:
  using Slots = std::unique_ptr<std::atomic<std::uint32_t>[]>;
  std::size_t home(std::uint32_t key) const { return (key * 0x9E3779B1u) >> slot_shift_; }
  std::size_t slot_of(const Slots& slots, std::uint32_t key, std::uint32_t Row::*member) const;

  template <class Use>
  void walk(const std::atomic<std::uint32_t>* slots, std::uint32_t key, std::uint32_t count, std::uint32_t Row::*member,
            std::uint32_t Row::*before, Use& use) const {
    const std::size_t mask = slot_count_ - 1;
    std::uint32_t next = 0;
    for (std::size_t at = home(key);; at = (at + 1) & mask) {
      next = slots[at].load(std::memory_order_acquire);
      if (next == 0) return;
      if (rows_[next - 1].*member == key) break;
    }
    for (; next != 0; next = rows_[next - 1].*before)
      if (next <= count) use(rows_[next - 1]);
  }

  std::uint32_t capacity_;
  std::size_t slot_count_;
  unsigned slot_shift_;
  std::unique_ptr<Row[]> rows_;
  Slots of_person_, of_place_;  // Row + 1 of the newest; 0: free.
  std::atomic<std::uint32_t> count_{0};
};

}  // namespace firstline::trace
