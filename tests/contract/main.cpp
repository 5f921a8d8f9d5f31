#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <cstring>

#include <unistd.h>

#include "contract/engines.hpp"
#include "contract/modes.hpp"

namespace firstline::tests {
namespace {

// Keeps up to 64 inserts waiting; `answered` is called on the store's thread with each id that is durable.
class Writer {
 public:
  Writer(const std::string& url, std::int64_t next) : next_(next) {
    store::Options options;
    options.url = url;
    options.load_chain = ledger::load_chain;
    auto opened = Database::open(options);
    if (!opened) {
      std::fprintf(stderr, "%s %s\n", opened.error().reason.c_str(), opened.error().detail.c_str());
      std::exit(3);
    }
    database_ = std::move(*opened);
  }

  void submit_one(const std::function<void(std::int64_t)>& answered) {
    {
      std::unique_lock lock(mutex_);
      room_.wait(lock, [&] { return waiting_ < 64; });
      ++waiting_;
    }
    const std::int64_t id = next_++;
    database_->submit_write([id](Session& s) { return add_with_fact(s, id); },
                            [this, id, &answered](Result<void> result) {
                              if (result) answered(id);
                              const std::lock_guard lock(mutex_);
                              --waiting_;
                              room_.notify_one();
                            });
  }

 private:
  std::int64_t next_;
  std::mutex mutex_;
  std::condition_variable room_;
  int waiting_ = 0;
  std::unique_ptr<Database> database_;  // Last: it goes first and answers what waits.
};

int write_until_killed(const std::string& url, std::int64_t first_id) {
  Writer writer(url, first_id);
  const std::function<void(std::int64_t)> print = [](std::int64_t id) {
    const std::string line = std::to_string(id) + "\n";
    if (::write(STDOUT_FILENO, line.data(), line.size()) < 0) std::exit(3);
  };
  for (;;) writer.submit_one(print);
}

int measure(const std::string& url, int seconds) {
  using SteadyClock = std::chrono::steady_clock;
  std::atomic<std::int64_t> count{0};
  const std::function<void(std::int64_t)> counted = [&](std::int64_t) { ++count; };
  const auto from = SteadyClock::now();
  {
    Writer writer(url, 1);
    while (SteadyClock::now() - from < std::chrono::seconds(seconds)) writer.submit_one(counted);
  }
  const double took = std::chrono::duration<double>(SteadyClock::now() - from).count();
  std::printf("{\"use_cases_per_second\":%.0f}\n", static_cast<double>(count) / took);
  return 0;
}

}  // namespace
}  // namespace firstline::tests

int main(int argc, char** argv) {
  using namespace firstline::tests;
  if (argc == 4 && std::strcmp(argv[1], write_until_killed_mode) == 0)
    return write_until_killed(argv[2], std::atoll(argv[3]));
  if (argc == 4 && std::strcmp(argv[1], measure_mode) == 0) return measure(argv[2], std::atoi(argv[3]));
  testing::InitGoogleMock(&argc, argv);
  return RUN_ALL_TESTS();
}
