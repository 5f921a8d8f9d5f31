#pragma once

// Keeps this node's rules at what was decided on any node: asks the database every follow_step.

#include <condition_variable>
#include <mutex>
#include <thread>

#include "rulebook/service.hpp"

namespace firstline::rulebook {

inline constexpr std::chrono::seconds follow_step{2};

class Follower {
 public:
  explicit Follower(const Book& book);  // What it points at outlives it.
  ~Follower();

 private:
  void run();

  const Book book_;
  std::mutex mutex_;
  std::condition_variable wake_;
  bool stopping_ = false;
  std::thread thread_;
};

}  // namespace firstline::rulebook
