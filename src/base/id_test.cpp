#include "base/id.hpp"

#include <set>
#include <thread>
#include <vector>

#include <gtest/gtest.h>

#include "base/clock.hpp"

namespace firstline {
namespace {

using namespace std::chrono_literals;
const Instant noon = *parse_instant("2022-03-15T12:00:00+08:00");

TEST(Id, GrowsAlsoWhenTheClockStepsBack) {
  IdSource ids(7);
  std::int64_t last = 0;
  for (int i = 0; i < 20000; ++i) {
    const std::int64_t id = ids.next(i % 3 == 0 ? noon - 5s : noon);
    ASSERT_GT(id, last);
    last = id;
  }
  EXPECT_GE(instant_of(last), noon);
  EXPECT_LT(instant_of(last), noon + 10ms);  // 20,000 ids borrow 5 ms at 4,096 a millisecond.
}

TEST(Id, IsUniqueAcrossThreadsAndNodes) {
  IdSource first(1), second(2);
  std::vector<std::vector<std::int64_t>> made(4);
  std::vector<std::thread> threads;
  for (std::size_t t = 0; t < made.size(); ++t)
    threads.emplace_back([&, t] {
      for (int i = 0; i < 5000; ++i) made[t].push_back((t % 2 ? first : second).next(noon));
    });
  for (auto& thread : threads) thread.join();
  std::set<std::int64_t> all;
  for (const auto& part : made) all.insert(part.begin(), part.end());
  EXPECT_EQ(all.size(), 20000u);
}

TEST(Id, RangesStartAtTheInstant) {
  IdSource ids(1023);
  const std::int64_t before = ids.next(noon - 1ms), at = ids.next(noon);
  EXPECT_LT(before, first_id_at(noon));
  EXPECT_GE(at, first_id_at(noon));
  EXPECT_EQ(instant_of(at), noon);
}

TEST(Id, TextIsStrict) {
  EXPECT_EQ(parse_id("9223372036854775807"), INT64_MAX);
  for (const char* text : {"", "0", "-1", "01", "1x", " 1", "9223372036854775808", "+1"})
    EXPECT_FALSE(parse_id(text)) << text;
}

TEST(Uuid, Version7CarriesItsTimeAndRoundTrips) {
  SeededRandom random(1);
  const Uuid uuid = make_uuid_v7(noon, random);
  EXPECT_EQ(instant_of(uuid), noon);
  EXPECT_EQ(parse_uuid(format_uuid(uuid)), uuid);
  EXPECT_EQ(parse_uuid("F81D4FAE-7DEC-11D0-A765-00A0C91E6BF6"), parse_uuid("f81d4fae-7dec-11d0-a765-00a0c91e6bf6"));
  EXPECT_FALSE(instant_of(*parse_uuid("f81d4fae-7dec-11d0-a765-00a0c91e6bf6")));
  for (const char* text : {"", "f81d4fae7dec11d0a76500a0c91e6bf6", "f81d4fae-7dec-11d0-a765-00a0c91e6bfg",
                           "f81d4fae-7dec-11d0-a765-00a0c91e6bf"})
    EXPECT_FALSE(parse_uuid(text)) << text;
}

TEST(Random, SameSeedSameBytesAndBelowStaysBelow) {
  SeededRandom a(42), b(42);
  for (int i = 0; i < 1000; ++i) {
    const auto value = a.below(7);
    EXPECT_LT(value, 7u);
    EXPECT_EQ(value, b.below(7));
  }
}

}  // namespace
}  // namespace firstline
