#include "store/page_memory.hpp"

#include <cstring>
#include <set>

#include <gtest/gtest.h>
#include <sqlite3.h>

namespace firstline::store {
namespace {

TEST(PageMemory, gives_blocks_until_none_is_left_and_takes_them_back) {
  constexpr std::size_t blocks = 3;
  PageMemory memory(blocks * PageMemory::block_bytes + 1);
  std::set<void*> taken;
  for (std::size_t i = 0; i < blocks; ++i) {
    void* block = memory.take();
    ASSERT_NE(block, nullptr);
    EXPECT_EQ(reinterpret_cast<std::uintptr_t>(block) % 8, 0u) << "SQLite asks for that";
    EXPECT_TRUE(memory.holds(block));
    std::memset(block, 0xff, PageMemory::block_bytes);
    taken.insert(block);
  }
  EXPECT_EQ(taken.size(), blocks);
  EXPECT_EQ(memory.take(), nullptr);
  int elsewhere = 0;
  EXPECT_FALSE(memory.holds(&elsewhere));
  memory.give(*taken.begin());
  EXPECT_EQ(memory.take(), *taken.begin());
  EXPECT_EQ(memory.take(), nullptr);
}

TEST(PageMemory, keeps_what_sqlite_puts_into_it) {
  use_page_memory();
  const int sizes[] = {100, 4095, 4096, 4300, 4480, 4481, 20'000};
  for (const int from : sizes) {
    for (const int to : sizes) {
      auto* block = static_cast<unsigned char*>(sqlite3_malloc(from));
      ASSERT_NE(block, nullptr);
      EXPECT_GE(sqlite3_msize(block), static_cast<sqlite3_uint64>(from));
      for (int i = 0; i < from; ++i) block[i] = static_cast<unsigned char>(i * 7);
      block = static_cast<unsigned char*>(sqlite3_realloc(block, to));
      ASSERT_NE(block, nullptr);
      EXPECT_GE(sqlite3_msize(block), static_cast<sqlite3_uint64>(to));
      for (int i = 0; i < std::min(from, to); ++i) ASSERT_EQ(block[i], static_cast<unsigned char>(i * 7)) << from << to;
      sqlite3_free(block);
    }
  }
}

}  // namespace
}  // namespace firstline::store
