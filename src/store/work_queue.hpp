#pragma once

// A bounded queue of use cases between the program's threads and the store's. Inside the store only.

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
};

class WorkQueue {
 public:
  explicit WorkQueue(int max) : max_(static_cast<std::size_t>(max)) {}

  // False if full or closed; `work` is then untouched.
  bool push(Work& work) {
    {
      const std::lock_guard lock(mutex_);
      if (closed_ || waiting_.size() >= max_) return false;
      waiting_.push_back(std::move(work));
    }
    ready_.notify_one();
    return true;
  }

  // Waits for work and takes up to `most`. Empty only when closed and drained.
  std::vector<Work> take(std::size_t most) {
    std::unique_lock lock(mutex_);
    while (!closed_ && waiting_.empty()) {
      ready_.wait(lock);
      // Whoever woke us is likely bringing more: on a busy core, let them finish, so that one commit serves all.
      lock.unlock();
      std::this_thread::yield();
      lock.lock();
    }
    std::vector<Work> taken;
    move_to(taken, most);
    return taken;
  }

  // Adds what is waiting now, until `group` holds `most`. Whether there was anything.
  bool add_waiting(std::vector<Work>& group, std::size_t most) {
    const std::lock_guard lock(mutex_);
    const std::size_t before = group.size();
    move_to(group, most);
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
    return static_cast<int>(waiting_.size());
  }

 private:
  void move_to(std::vector<Work>& group, std::size_t most) {
    while (!waiting_.empty() && group.size() < most) {
      group.push_back(std::move(waiting_.front()));
      waiting_.pop_front();
    }
  }

  const std::size_t max_;
  mutable std::mutex mutex_;
  std::condition_variable ready_;
  std::deque<Work> waiting_;
  bool closed_ = false;
};

}  // namespace firstline::store
