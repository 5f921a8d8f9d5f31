#include "rulebook/follower.hpp"

#include "base/log.hpp"

namespace firstline::rulebook {

Follower::Follower(const Book& book) : book_(book), thread_([this] { run(); }) {}

Follower::~Follower() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  wake_.notify_all();
  thread_.join();
}

void Follower::run() {
  std::unique_lock lock(mutex_);
  while (!wake_.wait_for(lock, follow_step, [this] { return stopping_; })) {
    lock.unlock();
    const auto done = book_.database->read([this](store::Session& session) { return refresh(session, *book_.rules); });
    if (!done) log(LogLevel::warning, "rulebook.follow", {{"reason", done.error().reason}});
    lock.lock();
  }
}

}  // namespace firstline::rulebook
