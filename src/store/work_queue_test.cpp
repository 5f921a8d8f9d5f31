// A queue that is full: who still gets in, who goes first, and who is given back.

#include "store/work_queue.hpp"

#include <gtest/gtest.h>

namespace firstline::store {
namespace {

using namespace std::chrono_literals;

Work work(Urgency urgency) {
  Work made;
  made.urgency = urgency;
  return made;
}
bool push(WorkQueue& queue, Urgency urgency) {
  Work made = work(urgency);
  return queue.push(made);
}
int fill(WorkQueue& queue, Urgency urgency) {
  int count = 0;
  while (push(queue, urgency)) ++count;
  return count;
}

TEST(WorkQueue, KeepsPlacesForTheMoreUrgent) {
  WorkQueue queue(80, 1000);
  EXPECT_EQ(fill(queue, Urgency::other), 40);
  EXPECT_TRUE(queue.full_for(Urgency::other));
  EXPECT_FALSE(queue.full_for(Urgency::duty));
  EXPECT_EQ(fill(queue, Urgency::duty), 20);
  EXPECT_EQ(fill(queue, Urgency::gate), 10);
  EXPECT_FALSE(queue.full_for(Urgency::emergency));
  EXPECT_EQ(fill(queue, Urgency::emergency), 10) << "an emergency finds a place when nobody else does";
}

TEST(WorkQueue, TakesTheMostUrgentFirstAndLetsNobodyWaitForEver) {
  WorkQueue queue(1000, 1000);
  for (int i = 0; i < 20; ++i) push(queue, Urgency::gate);
  for (int i = 0; i < 3; ++i) push(queue, Urgency::other);
  push(queue, Urgency::emergency);
  const auto taken = queue.take(16);
  ASSERT_EQ(taken.work.size(), 16u);
  EXPECT_EQ(taken.work[0].urgency, Urgency::emergency);
  EXPECT_EQ(taken.work[1].urgency, Urgency::gate);
  EXPECT_EQ(taken.work[7].urgency, Urgency::other) << "each eighth place";
  EXPECT_EQ(taken.work[15].urgency, Urgency::other);
}

TEST(WorkQueue, GivesBackWhatWaitedTooLongInACrowd) {
  WorkQueue queue(1000, 4);
  for (int i = 0; i < 10; ++i) push(queue, Urgency::gate);
  push(queue, Urgency::emergency);
  push(queue, Urgency::own);
  std::this_thread::sleep_for(150ms);
  const auto taken = queue.take(100);
  EXPECT_EQ(taken.given_back.size() + taken.work.size(), 12u);
  EXPECT_GE(taken.given_back.size(), 6u);
  EXPECT_EQ(taken.work.front().urgency, Urgency::emergency) << "an emergency is never given back";
  int own = 0;
  for (const Work& each : taken.work) own += each.urgency == Urgency::own;
  EXPECT_EQ(own, 1) << "nor is the server's own work";
  for (const Work& each : taken.given_back) EXPECT_EQ(each.urgency, Urgency::gate);
}

TEST(WorkQueue, WithoutACrowdNobodyIsGivenBack) {
  WorkQueue queue(1000, 64);
  for (int i = 0; i < 10; ++i) push(queue, Urgency::gate);
  std::this_thread::sleep_for(150ms);
  EXPECT_TRUE(queue.take(100).given_back.empty());
}

TEST(WorkQueue, WhatWasAcceptedIsDoneAtTheEnd) {
  WorkQueue queue(1000, 1);
  for (int i = 0; i < 10; ++i) push(queue, Urgency::gate);
  queue.close();
  std::this_thread::sleep_for(150ms);
  EXPECT_EQ(queue.take(100).work.size(), 10u);
  EXPECT_FALSE(push(queue, Urgency::emergency));
  const auto drained = queue.take(100);
  EXPECT_TRUE(drained.work.empty() && drained.given_back.empty());
}

TEST(WorkQueue, what_waits_joins_a_group_until_it_is_full) {
  WorkQueue queue(8, 8);
  std::vector<int> ran;
  const auto push = [&](int number) {
    Work work{[&ran, number](Session&) -> Result<void> { return ran.push_back(number), Result<void>(); },
              {},
              Urgency::own,
              {}};
    return queue.push(work);
  };
  for (int number = 0; number < 3; ++number) ASSERT_TRUE(push(number));
  auto group = queue.take(2).work;
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
