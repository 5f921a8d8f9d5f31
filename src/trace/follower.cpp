#include "trace/follower.hpp"

#include "area/service.hpp"
#include "base/log.hpp"

namespace firstline::trace {

Follower::~Follower() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  wake_.notify_all();
  if (thread_.joinable()) thread_.join();
}

void Follower::start() {
  thread_ = std::thread([this] { run(); });
}

void Follower::run() {
  std::unique_lock lock(mutex_);
  do {
    lock.unlock();
    if (const auto done = step(system_clock().now()); !done)
      log(LogLevel::warning, "trace.follow", {{"reason", done.error().reason}});
    lock.lock();
  } while (!wake_.wait_for(lock, follow_step, [this] { return stopping_; }));
}

Result<void> Follower::step(Instant now) {
  const Instant settled = now - settled_after;
  auto done = database_->read([&](store::Session& session) -> Result<void> {
    FL_TRY(const auto communities, area::communities_with_gates(session));
    for (const AreaId community : communities) FL_TRYV(take(session, community, now - kept, settled));
    return {};
  });
  FL_TRYV(std::move(done));
  index_.forget_before((now - kept).time_since_epoch() / std::chrono::seconds(1));
  while (index_.settle()) {
  }
  known_until_ms_.store(to_millis(settled), std::memory_order_release);
  return {};
}

Result<void> Follower::take(store::Session& session, AreaId community, Instant oldest, Instant until) {
  auto& taken = taken_.try_emplace(community, sources_.size(), 0).first->second;
  const TakeScan add = [&](const Scan& scan, AreaId home) {
    index_.append(scan);
    if (!home || home == community) return;
    const std::lock_guard lock(homes_mutex_);
    homes_[scan.person] = home;
  };
  for (std::size_t at = 0; at < sources_.size(); ++at) {
    for (;;) {
      FL_TRY(const std::int64_t reached, sources_[at].scans(session, community, taken[at], oldest, until, add));
      if (reached == taken[at]) break;
      taken[at] = reached;
    }
  }
  return {};
}

std::optional<Instant> Follower::known_until() const {
  const std::int64_t ms = known_until_ms_.load(std::memory_order_acquire);
  return ms == 0 ? std::nullopt : std::optional(from_millis(ms));
}

std::optional<AreaId> Follower::home_elsewhere(std::int64_t person) const {
  const std::lock_guard lock(homes_mutex_);
  const auto found = homes_.find(person);
  return found == homes_.end() ? std::nullopt : std::optional(found->second);
}

Result<std::optional<NamedPlace>> Follower::place(store::Session& session, AreaId community, std::int64_t place) const {
  for (const ScanSource& source : sources_) {
    FL_TRY(auto found, source.place(session, community, place));
    if (found) return found;
  }
  return std::nullopt;
}

}  // namespace firstline::trace
