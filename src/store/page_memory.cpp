#include "store/page_memory.hpp"

#include <cstdint>
#include <cstring>

#include <sqlite3.h>
#include <sys/mman.h>

namespace firstline::store {
namespace {

constexpr std::size_t large_page_bytes = std::size_t{2} << 20;
constexpr std::size_t region_bytes = std::size_t{1} << 30;

// Never destroyed: SQLite may free after main has ended.
PageMemory& pages() {
  static auto& memory = *new PageMemory(region_bytes);
  return memory;
}

sqlite3_mem_methods own;  // SQLite's.

bool is_page(int bytes) {
  return bytes >= static_cast<int>(PageMemory::block_bytes_min) && bytes <= static_cast<int>(PageMemory::block_bytes);
}

void* allocate(int bytes) {
  void* block = is_page(bytes) ? pages().take() : nullptr;
  return block ? block : own.xMalloc(bytes);
}
void release(void* block) {
  if (pages().holds(block)) pages().give(block);
  else own.xFree(block);
}
int size_of(void* block) { return pages().holds(block) ? static_cast<int>(PageMemory::block_bytes) : own.xSize(block); }
void* change(void* block, int bytes) {
  if (!pages().holds(block)) return own.xRealloc(block, bytes);
  if (bytes <= static_cast<int>(PageMemory::block_bytes)) return block;
  void* larger = own.xMalloc(bytes);
  if (!larger) return nullptr;
  std::memcpy(larger, block, PageMemory::block_bytes);
  pages().give(block);
  return larger;
}

}  // namespace

PageMemory::PageMemory(std::size_t bytes_max) {
  void* region = ::mmap(nullptr, bytes_max + large_page_bytes, PROT_READ | PROT_WRITE,
                        MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
  if (region == MAP_FAILED) return;
  const auto address = reinterpret_cast<std::uintptr_t>(region);
  const std::size_t skipped = (large_page_bytes - address % large_page_bytes) % large_page_bytes;
  begin_ = unused_ = static_cast<std::byte*>(region) + skipped;
  end_ = begin_ + bytes_max;
  ::madvise(begin_, bytes_max, MADV_HUGEPAGE);  // Refused where the kernel has none: then they are small.
}

void* PageMemory::take() {
  const std::lock_guard lock(mutex_);
  if (free_) {
    void* block = free_;
    free_ = *static_cast<void**>(block);
    return block;
  }
  if (static_cast<std::size_t>(end_ - unused_) < block_bytes) return nullptr;
  void* block = unused_;
  unused_ += block_bytes;
  return block;
}

void PageMemory::give(void* block) {
  const std::lock_guard lock(mutex_);
  *static_cast<void**>(block) = free_;
  free_ = block;
}

bool PageMemory::holds(const void* block) const { return block >= begin_ && block < end_; }

void use_page_memory() {
  if (sqlite3_config(SQLITE_CONFIG_GETMALLOC, &own) != SQLITE_OK) return;
  sqlite3_mem_methods ours = own;
  ours.xMalloc = allocate;
  ours.xFree = release;
  ours.xRealloc = change;
  ours.xSize = size_of;
  sqlite3_config(SQLITE_CONFIG_MALLOC, &ours);
}

}  // namespace firstline::store
