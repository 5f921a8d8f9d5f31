#pragma once

// One store thread with one connection. A writer runs a group of use cases in one transaction and answers them after
// the commit; a reader runs them one by one. Inside the store only.

#include <chrono>
#include <functional>
#include <memory>
#include <thread>

#include "store/connection.hpp"
#include "store/work_queue.hpp"

namespace firstline::store {

class Worker {
 public:
  using Load = std::function<Result<void>(Connection&)>;  // Sets the chain head from the database.

  Worker(std::unique_ptr<Connection> connection, WorkQueue& queue, int group_max, Load load_chain);
  ~Worker() { thread_.join(); }  // The queue must be closed first; what it holds is finished.

 private:
  void run();
  void run_group(std::vector<Work>& group);
  Result<void> run_together(std::vector<Work>& group, std::vector<Result<void>>& outcomes);
  Result<void> run_alone(Work& work);
  Result<void> in_transaction(Work& work);
  Result<void> mend();

  std::unique_ptr<Connection> connection_;
  WorkQueue& queue_;
  const std::size_t group_max_;
  const Load load_chain_;
  std::chrono::steady_clock::duration last_commit_{};  // How long it took.
  bool lost_ = false;                                  // The connection, and with it what the chain's head is.
  std::thread thread_;
};

}  // namespace firstline::store
