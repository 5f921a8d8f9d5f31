#pragma once

// A bounded queue of use cases between the program's threads and the store's, the more urgent first. Inside the store
// only.
//
// Two things keep an answer near while more is asked than can be done. Each urgency may fill only a part of the places,
// so that there is always room for an emergency. And what has waited longer than its patience while a crowd waits still
// is given back undone: it would be answered too late for whoever stands there, and its place is better used.

#include <array>
#include <chrono>
#include <condition_variable>
#include <deque>
#include <mutex>
#include <thread>
#include <vector>

#include "store/database.hpp"

namespace firstline::store {

struct Work {
  UseCase use_case;
  Done done;
  Urgency urgency = Urgency::own;
  std::chrono::steady_clock::time_point since{};
};

class WorkQueue {
 public:
  // `crowd`: how many must wait before anybody is given back.
  WorkQueue(int max, int crowd) : max_(static_cast<std::size_t>(max)), crowd_(static_cast<std::size_t>(crowd)) {}

  // False if there is no place for it or the queue is closed; `work` is then untouched.
  bool push(Work& work) {
    {
      const std::lock_guard lock(mutex_);
      if (closed_ || waiting_ >= places_for(work.urgency)) return false;
      work.since = std::chrono::steady_clock::now();
      lines_[static_cast<std::size_t>(work.urgency)].push_back(std::move(work));
      ++waiting_;
    }
    ready_.notify_one();
    return true;
  }

  struct Taken {
    std::vector<Work> work;
    std::vector<Work> given_back;  // To be answered "busy".
  };
  // Waits for work and takes up to `most`. Nothing of either only when closed and drained.
  Taken take(std::size_t most) {
    std::unique_lock lock(mutex_);
    while (!closed_ && waiting_ == 0) {
      ready_.wait(lock);
      // Whoever woke us is likely bringing more: on a busy core, let them finish, so that one commit serves all.
      lock.unlock();
      std::this_thread::yield();
      lock.lock();
    }
    Taken taken;
    move_to(taken.work, most, &taken.given_back);
    return taken;
  }

  // Adds what is waiting now, until `group` holds `most`. Whether there was anything.
  bool add_waiting(std::vector<Work>& group, std::size_t most) {
    const std::lock_guard lock(mutex_);
    const std::size_t before = group.size();
    move_to(group, most, nullptr);
    return group.size() > before;
  }

  void close() {
    {
      const std::lock_guard lock(mutex_);
      closed_ = true;
    }
    ready_.notify_all();
  }

  int length() const {
    const std::lock_guard lock(mutex_);
    return static_cast<int>(waiting_);
  }
  // Whether one more of this urgency would find no place.
  bool full_for(Urgency urgency) const {
    const std::lock_guard lock(mutex_);
    return waiting_ >= places_for(urgency);
  }

 private:
  using Line = std::deque<Work>;

  // The most urgent first; who waited too long goes to `given_back`, if there is such.
  void move_to(std::vector<Work>& group, std::size_t most, std::vector<Work>* given_back) {
    const auto now = std::chrono::steady_clock::now();
    while (waiting_ > 0 && group.size() < most) {
      Line& line = next_line();
      Work& first = line.front();
      const bool late = given_back && !closed_ && waiting_ > crowd_ && now - first.since > patience(first.urgency);
      (late ? *given_back : group).push_back(std::move(first));
      line.pop_front();
      --waiting_;
    }
  }
  static constexpr int turn_of_the_least = 8;  // Each eighth place goes to the least urgent, or they would never come.

  std::size_t places_for(Urgency urgency) const {
    switch (urgency) {
      case Urgency::emergency:
      case Urgency::own:
        break;
      case Urgency::gate:
        return max_ - max_ / 8;
      case Urgency::duty:
        return max_ - max_ / 4;
      case Urgency::other:
        return max_ / 2;
    }
    return max_;
  }
  static std::chrono::milliseconds patience(Urgency urgency) {
    switch (urgency) {
      case Urgency::gate:
        return std::chrono::milliseconds(120);  // Half of what somebody at a gate should wait at most.
      case Urgency::duty:
      case Urgency::other:
        return std::chrono::milliseconds(400);
      case Urgency::emergency:
      case Urgency::own:
        break;
    }
    return std::chrono::hours(1);
  }
  Line& next_line() {
    const bool from_the_end = ++turn_ % turn_of_the_least == 0;
    for (std::size_t i = 0; i < lines_.size(); ++i) {
      Line& line = lines_[from_the_end ? lines_.size() - 1 - i : i];
      if (!line.empty()) return line;
    }
    return lines_.front();
  }

  const std::size_t max_, crowd_;
  mutable std::mutex mutex_;
  std::condition_variable ready_;
  std::array<Line, urgencies> lines_;
  std::size_t waiting_ = 0;
  int turn_ = 0;
  bool closed_ = false;
};

}  // namespace firstline::store
