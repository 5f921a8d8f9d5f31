#include "trace/follower.hpp"

#include "area/service.hpp"
#include "base/log.hpp"
#include "gate/service.hpp"

namespace firstline::trace {
namespace {

// Ids are made before the commit: a row may become visible a little after its id's moment.
constexpr std::chrono::seconds commit_time_max{2};
constexpr int rows_together = 5'000;

}  // namespace

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
  const Instant settled = now - gate::undo_window - commit_time_max;
  FL_TRYV(database_->read([&](store::Session& session) -> Result<void> {
    FL_TRY(const auto communities, area::communities_with_gates(session));
    for (const AreaId community : communities) {
      taken_.try_emplace(community, first_id_at(now - kept));
      FL_TRYV(take(session, community, first_id_at(settled)));
    }
    return {};
  }));
  index_.forget_before((now - kept).time_since_epoch() / std::chrono::seconds(1));
  while (index_.settle()) {
  }
  known_until_ms_.store(to_millis(settled), std::memory_order_release);
  return {};
}

Result<void> Follower::take(store::Session& session, AreaId community, std::int64_t until_id) {
  std::int64_t& after = taken_.at(community);
  for (;;) {
    FL_TRY(const auto rows, gate::presences(session, community, after, until_id, rows_together));
    for (const gate::Presence& row : rows) {
      const auto second = std::chrono::floor<std::chrono::seconds>(row.at).time_since_epoch().count();
      index_.append({row.person_id.value, row.gate_id.value, second, second});
      after = row.id.value;
    }
    if (rows.size() < rows_together) return {};
  }
}

std::optional<Instant> Follower::known_until() const {
  const std::int64_t ms = known_until_ms_.load(std::memory_order_acquire);
  return ms == 0 ? std::nullopt : std::optional(from_millis(ms));
}

}  // namespace firstline::trace
