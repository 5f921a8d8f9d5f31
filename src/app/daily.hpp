#pragma once

// What a node does by itself. Once a day: seals the passages of the day that is over and the heads of all chains, and
// forgets the answers of commands that nobody will send again. Every five minutes: reports of temperature that are
// overdue become alerts. Safe to run again and on several nodes: what is sealed stays as it is.

#include <condition_variable>
#include <mutex>
#include <thread>

#include "base/clock.hpp"
#include "isolation/service.hpp"
#include "person/service.hpp"
#include "store/database.hpp"

namespace firstline::app {

// How long a command may be sent again for its first answer.
inline constexpr std::chrono::days answers_kept{7};
inline constexpr std::chrono::days files_kept{7};  // Of lists that nobody took.

// Seals `day` of every community that has gates. Faults: invalid ledger.day_not_over.
Result<void> seal_day(store::Database& database, Date day, Instant now);

// A thread that seals yesterday at the start and after each midnight in Shanghai. At the start it also makes the search
// index of communities that have none, because their people are older than it.
class DailyWork {
 public:
  // All outlive it.
  DailyWork(store::Database& database, const person::Directory& people, const isolation::Desk& isolating,
            const Clock& clock);
  ~DailyWork();

 private:
  void run();
  void index_old();
  void ask_after_reports(Instant now);

  store::Database& database_;
  const person::Directory& people_;
  const isolation::Desk& isolating_;
  const Clock& clock_;
  std::mutex mutex_;
  std::condition_variable wake_;
  bool stopping_ = false;
  std::thread thread_;
};

}  // namespace firstline::app
