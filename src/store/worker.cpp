#include "store/worker.hpp"

#include <chrono>
#include <cstdio>
#include <exception>

#include <sys/resource.h>
#include <unistd.h>

#include "base/check.hpp"
#include "store/acting.hpp"

namespace firstline::store {
namespace {

constexpr int attempts_max = 5;
constexpr int steps_back = 5;  // Of niceness: the sockets' thread has three times the weight then.

// When cores are few and more is asked than can be done, whoever works must not keep the sockets' thread from its turn:
// only what it has read can be put in order of urgency, and only it can say no.
void let_the_sockets_go_first() {
  ::setpriority(PRIO_PROCESS, static_cast<id_t>(::gettid()), steps_back);  // Refused: then all are alike, as before.
}

// Whoever lost a deadlock would meet the winner again at once, before it has woken: give it a moment, each time longer.
void pause_before(int attempt) {
  const auto chance = static_cast<int>(system_random().below(10));
  std::this_thread::sleep_for(std::chrono::milliseconds((5 + chance) << attempt));
}

// A use case that breaks its promise is a fault of its own; the thread and its neighbours go on.
Result<void> guarded(const UseCase& use_case, Session& session) {
  act_as(session, {});
  try {
    return use_case(session);
  } catch (const std::exception& error) {
    std::fprintf(stderr, "{\"level\":\"alarm\",\"event\":\"store.broken_promise\",\"what\":\"%s\"}\n", error.what());
    return fail(FaultCode::unavailable, "internal.broken_promise", error.what());
  }
}

// Set while a worker answers its group.
thread_local std::vector<std::function<void()>>* actions_after_group = nullptr;

void answer(std::vector<Work>& group, std::vector<Result<void>>& outcomes) {
  std::vector<std::function<void()>> actions;
  actions_after_group = &actions;
  for (std::size_t i = 0; i < group.size(); ++i) group[i].done(std::move(outcomes[i]));
  actions_after_group = nullptr;
  for (const auto& action : actions) action();
}

// Whoever waited too long is answered at once, before the others' work begins.
void give_back(std::vector<Work>& late) {
  if (late.empty()) return;
  std::vector<Result<void>> outcomes(late.size(), fail(FaultCode::busy, "store.waited_too_long"));
  answer(late, outcomes);
}

}  // namespace

void after_group(std::function<void()> action) {
  if (actions_after_group) actions_after_group->push_back(std::move(action));
  else action();
}

Worker::Worker(std::unique_ptr<Connection> connection, WorkQueue& queue, int group_max, Load load_chain)
    : connection_(std::move(connection)),
      queue_(queue),
      group_max_(static_cast<std::size_t>(group_max)),
      load_chain_(std::move(load_chain)),
      thread_([this] { run(); }) {}

void Worker::run() {
  let_the_sockets_go_first();
  for (;;) {
    auto taken = queue_.take(group_max_);
    if (taken.work.empty() && taken.given_back.empty()) return;
    give_back(taken.given_back);
    if (!taken.work.empty()) run_group(taken.work);
  }
}

void Worker::run_group(std::vector<Work>& group) {
  std::vector<Result<void>> outcomes(group.size());
  // No savepoints on the way that nearly always works: if somebody fails after writing, the whole group is rolled back
  // and its members run again, each alone. Use cases are safe to run again by contract.
  if (group.size() == 1 || !run_together(group, outcomes))
    for (std::size_t i = 0; i < group.size(); ++i) outcomes[i] = run_alone(group[i]);
  answer(group, outcomes);
}

// What arrives while a group runs joins it, as long as it has run for less time than the last commit took: on a slow
// disk waiters share a sync instead of queueing for the next, on a fast one nobody waits for others.
Result<void> Worker::run_together(std::vector<Work>& group, std::vector<Result<void>>& outcomes) {
  const ChainHead before = connection_->chain();
  const auto began = std::chrono::steady_clock::now();
  auto ended = connection_->begin();
  for (std::size_t i = 0; ended && i < group.size(); ++i) {
    connection_->reset_changed();
    outcomes[i] = guarded(group[i].use_case, *connection_);
    if (!outcomes[i] && connection_->changed()) ended = tl::unexpected(outcomes[i].error());
    if (i + 1 == group.size() && std::chrono::steady_clock::now() - began < last_commit_ &&
        queue_.add_waiting(group, group_max_))
      outcomes.resize(group.size());
  }
  if (ended) {
    const auto ran = std::chrono::steady_clock::now();
    ended = connection_->commit();
    last_commit_ = std::chrono::steady_clock::now() - ran;
  }
  if (!ended) {
    connection_->rollback();
    connection_->chain() = before;
  }
  return ended;
}

Result<void> Worker::run_alone(Work& work) {
  Result<void> outcome;
  for (int attempt = 0; attempt < attempts_max; ++attempt) {
    outcome = in_transaction(work);
    if (outcome) return outcome;
    const std::string reason = outcome.error().reason;
    if (reason != "store.retry" && reason != "store.connection_lost") return outcome;
    if (attempt + 1 < attempts_max) pause_before(attempt);
  }
  return outcome;
}

Result<void> Worker::in_transaction(Work& work) {
  if (lost_) FL_TRYV(mend());
  const ChainHead before = connection_->chain();
  auto outcome = connection_->begin();
  if (outcome) outcome = guarded(work.use_case, *connection_);
  if (outcome) outcome = connection_->commit();
  if (!outcome) {
    connection_->rollback();
    connection_->chain() = before;
    lost_ = outcome.error().reason == "store.connection_lost";
  }
  return outcome;
}

// Whether the last commit arrived is unknown: the chain is read again, and the use case finds its own traces.
Result<void> Worker::mend() {
  FL_TRYV(connection_->reopen());
  if (connection_->writable() && load_chain_) FL_TRYV(load_chain_(*connection_));
  lost_ = false;
  return {};
}

}  // namespace firstline::store
