#pragma once

// Keeps this node's trace index at what the sources wrote down: rebuilt from them at start, then asked for anew every
// follow_step. Nothing of it is kept; a node that is killed makes it again.
//
// A scan is taken once it can no longer be undone, so that nobody is listed for a scan that was a mistake.

#include <atomic>
#include <condition_variable>
#include <map>
#include <mutex>
#include <optional>
#include <thread>
#include <unordered_map>

#include "base/clock.hpp"
#include "store/database.hpp"
#include "trace/index.hpp"
#include "trace/source.hpp"

namespace firstline::trace {

inline constexpr std::chrono::seconds follow_step{1};
// Twice the longest incubation that was used (14 days): a case of today may look back so far.
inline constexpr std::chrono::days kept{28};

class Follower {
 public:
  // `database` outlives it; null where the index stays empty.
  explicit Follower(store::Database* database, std::vector<ScanSource> sources = {})
      : database_(database), sources_(std::move(sources)) {}
  ~Follower();

  void start();                    // A thread that steps until the end.
  Result<void> step(Instant now);  // What that thread does; for tests without it.

  Index::View view() const { return index_.view(); }
  // Scans older than this are in the index. Nothing: it is still being built.
  std::optional<Instant> known_until() const;
  // Where somebody lives who was scanned in another community than their own; nothing for everybody else.
  std::optional<AreaId> home_elsewhere(std::int64_t person) const;
  // Asks the sources in their order. Nothing: the place is gone.
  Result<std::optional<NamedPlace>> place(store::Session& session, AreaId community, std::int64_t place) const;

 private:
  Result<void> take(store::Session& session, AreaId community, Instant oldest, Instant until);
  void run();

  store::Database* database_;
  const std::vector<ScanSource> sources_;
  Index index_;
  std::map<AreaId, std::vector<std::int64_t>> taken_;  // By community, of each source: how far it was read.
  std::atomic<std::int64_t> known_until_ms_{0};
  mutable std::mutex homes_mutex_;
  std::unordered_map<std::int64_t, AreaId> homes_;  // Few: people seen outside their own community.
  std::mutex mutex_;
  std::condition_variable wake_;
  bool stopping_ = false;
  std::thread thread_;
};

}  // namespace firstline::trace
