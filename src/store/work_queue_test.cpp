#include "store/work_queue.hpp"

#include <gtest/gtest.h>

namespace firstline::store {
namespace {

TEST(WorkQueue, what_waits_joins_a_group_until_it_is_full) {
  WorkQueue queue(8);
  std::vector<int> ran;
  const auto push = [&](int number) {
    Work work{[&ran, number](Session&) -> Result<void> { return ran.push_back(number), Result<void>(); }, {}};
    return queue.push(work);
  };
  for (int number = 0; number < 3; ++number) ASSERT_TRUE(push(number));
  auto group = queue.take(2);
  ASSERT_EQ(group.size(), 2u);
  EXPECT_TRUE(queue.add_waiting(group, 4));
  EXPECT_EQ(group.size(), 3u);
  EXPECT_FALSE(queue.add_waiting(group, 4)) << "nothing waits";
  ASSERT_TRUE(push(3));
  ASSERT_TRUE(push(4));
  EXPECT_TRUE(queue.add_waiting(group, 4));
  EXPECT_EQ(group.size(), 4u);
  EXPECT_FALSE(queue.add_waiting(group, 4)) << "full";
  EXPECT_EQ(queue.length(), 1);
  struct NoSession final : Session {
    Result<void> query(const Statement&, std::span<const Value>, const std::function<void(const RowView&)>&) override {
      return {};
    }
    Result<std::int64_t> execute(const Statement&, std::span<const Value>) override { return 0; }
    bool writable() const override { return true; }
    ChainHead& chain() override { return head; }
    IdSource& ids() override { return source; }
    ChainHead head;
    IdSource source{0};
  } session;
  for (const Work& work : group) EXPECT_TRUE(work.use_case(session));
  EXPECT_EQ(ran, (std::vector{0, 1, 2, 3})) << "in the order in which they came";
}

}  // namespace
}  // namespace firstline::store
