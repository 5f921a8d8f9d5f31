#pragma once

// Gives every person, or every place, a small number in the order of arrival, and knows the way back.
//
// One thread gives numbers; any number of threads may look up meanwhile, without waiting. A number is never taken back.

#include <array>
#include <atomic>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <vector>

namespace firstline::trace {

class Numbering {
 public:
  Numbering();
  ~Numbering();
  Numbering(const Numbering&) = delete;
  Numbering& operator=(const Numbering&) = delete;

  // Ascending and without repetition, into an empty numbering: their order is then the order of their numbers.
  void begin_with(std::span<const std::int64_t> names);

  std::uint32_t number(std::int64_t name);  // Gives one if there is none.
  std::optional<std::uint32_t> find(std::int64_t name) const;
  // These begin to fetch what find() or name() will read.
  void expect_name(std::uint32_t number) const {
    __builtin_prefetch(chunks_[number >> chunk_bits].load(std::memory_order_acquire) + (number & (chunk_size - 1)));
  }
  void expect(std::int64_t name) const {
    const Table& table = *table_.load(std::memory_order_acquire);
    __builtin_prefetch(&table.slots[home(name, table.shift)]);
  }
  std::int64_t name(std::uint32_t number) const {
    return chunks_[number >> chunk_bits].load(std::memory_order_acquire)[number & (chunk_size - 1)];
  }
  std::uint32_t size() const { return size_.load(std::memory_order_acquire); }
  // Numbers below this one stand in the order of their names.
  std::uint32_t ordered() const { return ordered_.load(std::memory_order_acquire); }

  std::size_t memory_bytes() const;

 private:
  static constexpr unsigned chunk_bits = 16;
  static constexpr std::uint32_t chunk_size = 1u << chunk_bits;

  // Open addressing; a slot holds number + 1, 0 is free. Never more than two thirds full.
  struct Table {
    explicit Table(unsigned bits)
        : shift(64 - bits), slots(std::make_unique<std::atomic<std::uint32_t>[]>(std::size_t{1} << bits)) {}
    std::size_t size() const { return std::size_t{1} << (64 - shift); }
    unsigned shift;
    std::unique_ptr<std::atomic<std::uint32_t>[]> slots;
  };

  static std::size_t home(std::int64_t name, unsigned shift) {
    auto mixed = static_cast<std::uint64_t>(name);
    mixed = (mixed ^ mixed >> 32) * 0xD6E8FEB86659FD93u;
    return static_cast<std::size_t>(((mixed ^ mixed >> 32) * 0xD6E8FEB86659FD93u) >> shift);
  }
  std::uint32_t add(std::int64_t name);
  void put(Table& table, std::int64_t name, std::uint32_t number);
  void grow(unsigned bits);

  std::array<std::atomic<std::int64_t*>, (std::size_t{1} << (32 - chunk_bits))> chunks_{};
  std::vector<std::unique_ptr<std::int64_t[]>> chunk_owner_;
  std::atomic<Table*> table_{nullptr};
  // Outgrown tables stay until the end, because somebody may still be reading one; together they are smaller than the
  // last.
  std::vector<std::unique_ptr<Table>> tables_;
  std::atomic<std::uint32_t> size_{0};
  std::atomic<std::uint32_t> ordered_{0};
};

}  // namespace firstline::trace
