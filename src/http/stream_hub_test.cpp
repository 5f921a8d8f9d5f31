// Each event reaches each listener once, whenever it becomes visible.

#include "http/stream_hub.hpp"

#include <atomic>
#include <thread>

#include <gtest/gtest.h>

#include "http/fake_store.hpp"

namespace firstline::http {
namespace {

class Collecting final : public Listener {
 public:
  void push(std::shared_ptr<const std::string> text) override {
    const std::lock_guard lock(mutex_);
    all_ += *text;
  }
  std::size_t room() const override { return 1 << 20; }
  bool gone() const override { return gone_; }
  void end() override { gone_ = true; }
  bool still_allowed() override { return true; }

  std::string ids() const {  // "5 7 "
    const std::lock_guard lock(mutex_);
    std::string found;
    for (std::size_t at = all_.find("id: "); at != all_.npos; at = all_.find("id: ", at + 1))
      found += all_.substr(at + 4, all_.find('\n', at) - at - 4) + ' ';
    return found;
  }

 private:
  mutable std::mutex mutex_;
  std::string all_;
  std::atomic<bool> gone_{false};
};

// A source whose answers depend on how often it was asked.
struct Bench {
  using Visible = std::function<std::vector<std::int64_t>(int reading)>;
  explicit Bench(Visible visible, Millis overlap = Millis(0)) : hub(database, clock, settings(overlap)) {
    route.spec.name = "watch";
    route.events = [this, visible](store::Session&, const Topic&, std::int64_t after_id,
                                   int limit) -> Result<std::vector<Event>> {
      std::vector<Event> found;
      for (const std::int64_t id : visible(++readings))
        if (id > after_id && static_cast<int>(found.size()) < limit) found.push_back({id, "e", "{}"});
      return found;
    };
  }
  static StreamSettings settings(Millis overlap) {
    StreamSettings s;
    s.poll = Millis(2);
    s.pause = Millis(0);
    s.overlap = overlap;
    return s;
  }
  std::string ids_after(int more_readings) {
    const auto until = std::chrono::steady_clock::now() + std::chrono::seconds(5);
    while (readings < more_readings && std::chrono::steady_clock::now() < until) std::this_thread::sleep_for(Millis(1));
    hub.stop();
    return listener->ids();
  }

  ManualClock clock{from_millis(1'647'327'600'000)};
  const std::int64_t now = first_id_at(clock.now());
  FakeDatabase database;
  Route route{};
  std::atomic<int> readings{0};
  std::shared_ptr<Collecting> listener = std::make_shared<Collecting>();
  StreamHub hub;
};

TEST(StreamHub, WhatAppearsBetweenCatchingUpAndFollowingComesOnce) {
  // Reading 1 is the follower's, 2 the listener's own, 3 the follower's again.
  std::int64_t first = 0;
  Bench bench([&](int reading) { return reading >= 2 ? std::vector{first} : std::vector<std::int64_t>{}; });
  first = bench.now + 7;
  bench.hub.listen(bench.listener, bench.route, {}, bench.now);
  EXPECT_EQ(bench.ids_after(8), std::to_string(first) + " ");
}

TEST(StreamHub, PagesFollowEachOtherWithoutGapOrRepetition) {
  std::vector<std::int64_t> all;
  std::string wanted;
  for (int i = 1; i <= 450; ++i) {
    all.push_back(i);
    if (i > 30) wanted += std::to_string(i) + ' ';
  }
  Bench bench([&](int) { return all; });
  bench.hub.listen(bench.listener, bench.route, {}, 30);
  EXPECT_EQ(bench.ids_after(12), wanted);
}

TEST(StreamHub, AnEventCommittedLateIsNotLostAndTheOthersDoNotComeAgain) {
  std::int64_t early = 0, late = 0;
  Bench bench([&](int reading) { return reading < 6 ? std::vector{late} : std::vector{early, late}; }, Millis(2000));
  early = bench.now + 5;
  late = bench.now + 9;
  bench.hub.listen(bench.listener, bench.route, {}, bench.now);
  EXPECT_EQ(bench.ids_after(14), std::to_string(late) + ' ' + std::to_string(early) + ' ');
}

TEST(StreamHub, StoppingEndsAllListeners) {
  Bench bench([](int) { return std::vector<std::int64_t>{}; });
  bench.hub.listen(bench.listener, bench.route, {}, 0);
  bench.ids_after(3);
  EXPECT_TRUE(bench.listener->gone());
}

}  // namespace
}  // namespace firstline::http
