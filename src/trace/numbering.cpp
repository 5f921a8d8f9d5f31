#include "trace/numbering.hpp"

#include <bit>

#include "base/check.hpp"

namespace firstline::trace {
namespace {

constexpr unsigned table_bits_min = 10;

}  // namespace

Numbering::Numbering() { grow(table_bits_min); }
Numbering::~Numbering() = default;

void Numbering::begin_with(std::span<const std::int64_t> names) {
  FL_CHECK(size() == 0);
  grow(std::max<unsigned>(table_bits_min, static_cast<unsigned>(std::bit_width(names.size() * 3 / 2))));
  for (const std::int64_t name : names) number(name);
}

std::uint32_t Numbering::number(std::int64_t name) {
  if (const auto known = find(name)) return *known;
  return add(name);
}

std::optional<std::uint32_t> Numbering::find(std::int64_t name) const {
  const Table& table = *table_.load(std::memory_order_acquire);
  const std::size_t mask = table.size() - 1;
  for (std::size_t at = home(name, table.shift);; at = (at + 1) & mask) {
    const std::uint32_t slot = table.slots[at].load(std::memory_order_acquire);
    if (slot == 0) return std::nullopt;
    if (this->name(slot - 1) == name) return slot - 1;
  }
}

std::uint32_t Numbering::add(std::int64_t name) {
  const std::uint32_t number = size_.load(std::memory_order_relaxed);
  FL_CHECK(number < UINT32_MAX - 1);
  if (number % chunk_size == 0) {
    chunk_owner_.push_back(std::make_unique<std::int64_t[]>(chunk_size));
    chunks_[number >> chunk_bits].store(chunk_owner_.back().get(), std::memory_order_release);
  }
  chunk_owner_.back()[number % chunk_size] = name;
  Table* table = table_.load(std::memory_order_relaxed);
  if (std::size_t{number} * 3 / 2 >= table->size()) {
    grow(64 - table->shift + 1);
    table = table_.load(std::memory_order_relaxed);
  }
  put(*table, name, number);
  if (ordered_ == number && (number == 0 || this->name(number - 1) < name))
    ordered_.store(number + 1, std::memory_order_release);
  size_.store(number + 1, std::memory_order_release);
  return number;
}

void Numbering::put(Table& table, std::int64_t name, std::uint32_t number) {
  const std::size_t mask = table.size() - 1;
  std::size_t at = home(name, table.shift);
  while (table.slots[at].load(std::memory_order_relaxed) != 0) at = (at + 1) & mask;
  table.slots[at].store(number + 1, std::memory_order_release);
}

void Numbering::grow(unsigned bits) {
  auto table = std::make_unique<Table>(bits);
  const std::uint32_t count = size_.load(std::memory_order_relaxed);
  for (std::uint32_t number = 0; number < count; ++number) put(*table, name(number), number);
  table_.store(table.get(), std::memory_order_release);
  tables_.push_back(std::move(table));
}

std::size_t Numbering::memory_bytes() const {
  std::size_t bytes = sizeof *this + chunk_owner_.size() * chunk_size * sizeof(std::int64_t);
  for (const auto& table : tables_) bytes += table->size() * sizeof(std::uint32_t);
  return bytes;
}

}  // namespace firstline::trace
