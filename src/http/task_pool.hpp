#pragma once

// Threads for work that takes long and opens its own transactions: password hashing, exports. Bounded.

#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

namespace firstline::http {

class TaskPool {
 public:
  TaskPool(int threads, std::size_t queue_max);
  ~TaskPool();  // Finishes what was accepted.
  // False if the queue is full; the task then never runs.
  bool submit(std::function<void()> task);
  std::size_t waiting() const;

 private:
  void work();

  const std::size_t queue_max_;
  mutable std::mutex mutex_;
  std::condition_variable wake_;
  std::deque<std::function<void()>> queue_;
  bool stopping_ = false;
  std::vector<std::thread> threads_;
};

}  // namespace firstline::http
