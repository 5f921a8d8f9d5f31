#include "trace/index.hpp"

#include <atomic>
#include <thread>

#include <gtest/gtest.h>

#include "base/clock.hpp"
#include "trace/exposure.hpp"

namespace firstline::trace {
namespace {

constexpr std::int64_t midnight = 19'000 * day_seconds;

TEST(Index, forgets_whole_days) {
  Index index({.open_rows = 2, .threads = 1});
  for (int day = 0; day < 6; ++day)
    for (int person = 0; person < 3; ++person)
      ASSERT_TRUE(index.append({person, 7, midnight + day * day_seconds + 9, midnight + day * day_seconds + 99}));
  while (index.settle()) {
  }
  EXPECT_EQ(index.view().scans(), 18u);
  index.forget_before(midnight + 3 * day_seconds + 5000);
  // The newest two wait in the order of arrival; of the sorted days those before the fourth are gone.
  EXPECT_EQ(index.view().scans(), 9u);
  EXPECT_FALSE(index.append({1, 7, midnight, midnight}));
  EXPECT_TRUE(index.append({1, 7, midnight + 3 * day_seconds, midnight + 3 * day_seconds}));
  Exposure exposure(index.view(), {});
  const auto& contacts = exposure.contacts_of({1, second_min, second_max});
  ASSERT_EQ(contacts.size(), 2u);
  EXPECT_EQ(contacts[0].encounters, 3);
}

TEST(Index, rows_of_forgotten_days_are_left_out_when_sorted) {
  Index index({.open_rows = 2, .threads = 1});
  for (int at = 0; at < 3; ++at) ASSERT_TRUE(index.append({at, 7, midnight, midnight}));
  index.forget_before(midnight + day_seconds);
  EXPECT_TRUE(index.settle());
  EXPECT_EQ(index.view().segments().size(), 0u);
}

TEST(Index, joins_small_segments_of_a_day) {
  Index index({.open_rows = 8, .threads = 1});
  for (int at = 0; at < 8 * 64 + 1; ++at) ASSERT_TRUE(index.append({at % 50, at % 3, midnight + at, midnight + at}));
  while (index.settle()) {
  }
  EXPECT_LT(index.view().segments().size(), 8u);
  EXPECT_EQ(index.view().scans(), 8u * 64 + 1);
}

TEST(Index, a_view_stays_as_it_was) {
  Index index({.open_rows = 4, .threads = 1});
  for (int at = 0; at < 6; ++at) ASSERT_TRUE(index.append({at, 7, midnight, midnight + 60}));
  const Index::View before = index.view();
  for (int at = 6; at < 60; ++at) {
    ASSERT_TRUE(index.append({at, 7, midnight, midnight + 60}));
    index.settle();
  }
  index.forget_before(midnight + 9 * day_seconds);
  EXPECT_EQ(Exposure(before, {}).contacts_of({0, second_min, second_max}).size(), 5u);
}

// One appends, one settles, two ask. What is asked is of what was there when the view was taken: person 0 stays at the
// place all the time, so the contacts are exactly the others that have come, and their number never goes down.
TEST(Index, appends_while_it_answers) {
  Index index({.open_rows = 64, .threads = 1});
  constexpr int people = 4000;
  ASSERT_TRUE(index.append({0, 7, midnight, midnight + day_seconds}));
  std::atomic<int> appended{0};
  std::atomic<bool> done{false};
  std::jthread settler([&] {
    while (!done) index.settle();
  });
  std::vector<std::jthread> readers;
  std::atomic<int> answers{0};
  for (int reader = 0; reader < 2; ++reader) {
    readers.emplace_back([&] {
      std::size_t before = 0;
      while (!done) {
        const int least = appended.load();
        Exposure exposure(index.view(), {60, 0, {}});
        const auto& contacts = exposure.contacts_of({0, midnight, midnight + day_seconds});
        ASSERT_GE(contacts.size(), static_cast<std::size_t>(least));
        ASSERT_GE(contacts.size(), before);
        for (std::size_t at = 0; at < contacts.size(); ++at) {
          ASSERT_EQ(contacts[at].person, static_cast<std::int64_t>(at + 1));
          ASSERT_EQ(contacts[at].overlap_seconds, 60);
        }
        before = contacts.size();
        ++answers;
      }
    });
  }
  for (int person = 1; person <= people; ++person) {
    ASSERT_TRUE(index.append({person, 7, midnight + person, midnight + person}));
    appended = person;
    if (person % 64 == 0) std::this_thread::yield();
  }
  while (answers < 10) std::this_thread::yield();
  done = true;
  readers.clear();
  settler.join();
  EXPECT_EQ(Exposure(index.view(), {60, 0, {}}).contacts_of({0, midnight, midnight + day_seconds}).size(), 4000u);
}

TEST(Numbering, gives_numbers_in_the_order_of_arrival_and_finds_them) {
  Numbering numbering;
  std::vector<std::int64_t> names{5, -3, INT64_MAX, INT64_MIN, 0};
  for (std::int64_t each = 0; each < 100'000; ++each) names.push_back(each * 4096 + 1'000'000);
  for (std::size_t at = 0; at < names.size(); ++at) ASSERT_EQ(numbering.number(names[at]), at);
  for (std::size_t at = 0; at < names.size(); ++at) {
    ASSERT_EQ(numbering.number(names[at]), at);
    ASSERT_EQ(numbering.name(static_cast<std::uint32_t>(at)), names[at]);
  }
  EXPECT_FALSE(numbering.find(6).has_value());
  EXPECT_EQ(numbering.ordered(), 1u);
  EXPECT_EQ(numbering.size(), names.size());
}

}  // namespace
}  // namespace firstline::trace
