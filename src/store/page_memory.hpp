#pragma once

// Memory for SQLite's pages. A gate's look-ups touch some twenty pages all over a few hundred megabytes, and with
// ordinary memory the processor then looks for each of them in its own tables first: so blocks of a page's size come
// from one region for which large pages are asked. Everything else comes from SQLite's own allocator. Inside the store
// only.

#include <cstddef>
#include <mutex>

namespace firstline::store {

// Blocks of one size. Safe to share between threads.
class PageMemory {
 public:
  static constexpr std::size_t block_bytes = 4480;  // A page of 4096 bytes and what SQLite keeps beside it.
  static constexpr std::size_t block_bytes_min = 4096;

  // Address space for so many bytes; memory is taken as it is used. Without it every call goes elsewhere.
  explicit PageMemory(std::size_t bytes_max);

  void* take();            // nullptr: none left.
  void give(void* block);  // One that `holds`.
  bool holds(const void* block) const;

 private:
  std::mutex mutex_;
  std::byte *begin_ = nullptr, *end_ = nullptr;
  std::byte* unused_ = nullptr;  // From here on no block was ever taken.
  void* free_ = nullptr;         // Each free block holds the address of the next.
};

// Before the first connection is opened; if it comes too late, SQLite goes on as it was.
void use_page_memory();

}  // namespace firstline::store
