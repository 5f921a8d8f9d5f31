#pragma once

// Keeps this node's trace index at what the gates wrote down: rebuilt from the passages at start, then asked for anew
// every follow_step. Nothing of it is kept; a node that is killed makes it again.
//
// A passage is taken once it can no longer be undone, so that nobody is listed for a scan that was a mistake.

#include <atomic>
#include <condition_variable>
#include <map>
#include <mutex>
#include <optional>
#include <thread>

#include "base/clock.hpp"
#include "store/database.hpp"
#include "trace/index.hpp"

namespace firstline::trace {

inline constexpr std::chrono::seconds follow_step{1};
// Twice the longest incubation that was used (14 days): a case of today may look back so far.
inline constexpr std::chrono::days kept{28};

class Follower {
 public:
  // `database` outlives it; null where the index stays empty.
  explicit Follower(store::Database* database) : database_(database) {}
  ~Follower();

  void start();                    // A thread that steps until the end.
  Result<void> step(Instant now);  // What that thread does; for tests without it.

  Index::View view() const { return index_.view(); }
  // Passages older than this are in the index. Nothing: it is still being built.
  std::optional<Instant> known_until() const;

 private:
  Result<void> take(store::Session& session, AreaId community, std::int64_t until_id);
  void run();

  store::Database* database_;
  Index index_;
  std::map<AreaId, std::int64_t> taken_;  // By community: the last passage that was taken.
  std::atomic<std::int64_t> known_until_ms_{0};
  std::mutex mutex_;
  std::condition_variable wake_;
  bool stopping_ = false;
  std::thread thread_;
};

}  // namespace firstline::trace
