#pragma once

// The database behind all nodes: SQLite in a folder, or PostgreSQL behind an address. One interface, one SQL text.
//
// SQLite: one writer thread takes queued use cases, runs them in one transaction, commits (WAL, synchronous=FULL), then
// answers all of them; if one fails after writing, the group is rolled back and its members run again, each alone.
// Readers run beside it on their own connections.
// PostgreSQL: a pool of connections, one transaction a use case; group commit is the server's own.

#include <functional>
#include <memory>
#include <string>
#include <type_traits>

#include "base/fault.hpp"
#include "store/session.hpp"
#include "store/urgency.hpp"

namespace firstline::store {

struct Options {
  std::string url;       // "sqlite:///folder/firstline.db" or "postgresql://user@host/db?..."
  int node = 0;          // 0..1023; part of row ids and chain ids.
  int readers = 4;       // Reader threads and connections.
  int writers = 4;       // PostgreSQL only; SQLite has one.
  int queue_max = 4096;  // Waiting use cases; beyond it submit answers `busy` at once (work_queue.hpp).
  int group_max = 256;   // Use cases in one SQLite commit.
  // Reads the head of a chain when a writer opens (ledger::load_chain); without it chains start at 0.
  std::function<Result<ChainHead>(Session&, std::int64_t chain)> load_chain{};
};

// Ran inside a transaction. The fault, if any, has rolled it back.
using UseCase = std::function<Result<void>(Session&)>;
// Called exactly once, after commit or roll-back, on a store thread; must not block.
using Done = std::function<void(Result<void>)>;

// For a Done that would wake another thread: `action` runs once the whole group that this Done belongs to was answered,
// on the same thread; at once where there is no group. One wake-up for 64 answers instead of 64.
void after_group(std::function<void()> action);

class Database {
 public:
  // Opens, migrates, and starts the threads. Faults: unavailable, corrupt, stale (database is newer than this program).
  static Result<std::unique_ptr<Database>> open(const Options& options);
  virtual ~Database() = default;  // Finishes what was accepted.

  // Where more is asked than can be done, some are answered `busy` (store.queue_full, store.waited_too_long), the least
  // urgent first; their use case has not run then.
  virtual void submit_write(UseCase use_case, Done done, Urgency urgency = Urgency::own) = 0;
  virtual void submit_read(UseCase use_case, Done done, Urgency urgency = Urgency::own) = 0;
  // Whether one more write of this urgency would be answered `busy` at once.
  virtual bool full_for(Urgency urgency) const = 0;

  // Blocking forms, for commands, jobs and tests: value of the use case or its fault.
  template <class F, class R = std::invoke_result_t<F, Session&>>
  R write(F use_case) {
    return wait<R>(std::move(use_case), &Database::submit_write);
  }
  template <class F, class R = std::invoke_result_t<F, Session&>>
  R read(F use_case) {
    return wait<R>(std::move(use_case), &Database::submit_read);
  }

  virtual std::string engine() const = 0;  // "sqlite" | "postgresql"
  // Answers whether the database takes a write now. For /readyz and doctor.
  virtual Result<void> probe() = 0;
  virtual int queue_length() const = 0;

 private:
  using Submit = void (Database::*)(UseCase, Done, Urgency);
  template <class R, class F>
  R wait(F use_case, Submit submit);
  void wait_done(Submit submit, UseCase use_case, Result<void>& outcome);
};

template <class R, class F>
R Database::wait(F use_case, Submit submit) {
  Result<void> outcome;
  if constexpr (std::is_same_v<R, Result<void>>) {
    wait_done(
        submit, [&](Session& session) { return use_case(session); }, outcome);
    return outcome;
  } else {
    R value = tl::unexpected(Fault{FaultCode::unavailable, "store.not_run", {}, {}});
    wait_done(
        submit,
        [&](Session& session) -> Result<void> {
          value = use_case(session);
          if (!value) return tl::unexpected(value.error());
          return {};
        },
        outcome);
    if (!outcome) return tl::unexpected(outcome.error());
    return value;
  }
}

}  // namespace firstline::store
