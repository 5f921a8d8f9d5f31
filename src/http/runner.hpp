#pragma once

// Runs one request as a use case: one transaction in which the asker is authenticated and admitted, a repeated command
// is answered from what was kept, and the handler works. The answer is given after the commit, never before.
//
// Safe to share between threads. Handlers' exceptions end the request with 500, roll back and raise an alarm.

#include <functional>

#include "base/clock.hpp"
#include "http/exchange.hpp"
#include "http/metrics.hpp"
#include "http/task_pool.hpp"
#include "store/database.hpp"

namespace firstline::http {

class Runner {
 public:
  struct Parts {
    store::Database& database;
    Authenticator& authenticator;
    const Clock& clock;
    Random& random;
    Metrics& metrics;
    TaskPool& tasks;
    std::function<void()> committed;  // After each command that changed something.
  };
  explicit Runner(Parts parts) : parts_(std::move(parts)) {}

  // exchange.finished() follows, with the answer filled in. A stream's answer is 200 when it may be opened.
  void run(Exchange& exchange);
  // Whether the exchange's asker may (still) call its route. Blocking.
  Result<void> check(Exchange& exchange);

 private:
  Result<void> serve(store::Session& session, Exchange& exchange);
  Result<void> serve_command(Exchange& exchange);
  static void finish_body(Exchange& exchange);
  void run_task(Exchange& exchange);
  template <class Work>
  Result<void> guarded(Exchange& exchange, Work work);
  void begin(Exchange& exchange, store::Session* session);
  void settle(Exchange& exchange, Result<void> outcome);

  Parts parts_;
};

}  // namespace firstline::http
