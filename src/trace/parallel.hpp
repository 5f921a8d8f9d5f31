#pragma once

// Work that falls into independent parts, on a few threads that live as long as the work.

#include <algorithm>
#include <atomic>
#include <condition_variable>
#include <cstddef>
#include <mutex>
#include <optional>
#include <thread>
#include <utility>
#include <vector>

namespace firstline::trace {

// work(thread, part) for every part, each once; threads >= 1.
template <class Work>
void in_parallel(std::size_t parts, unsigned threads, Work work) {
  if (threads > parts) threads = static_cast<unsigned>(parts);
  std::atomic<std::size_t> next{0};
  const auto take = [&](unsigned thread) {
    for (std::size_t part = next++; part < parts; part = next++) work(thread, part);
  };
  std::vector<std::jthread> others;
  for (unsigned thread = 1; thread < threads; ++thread) others.emplace_back(take, thread);
  if (threads > 0) take(0);
}

// make(thread, part) for every part, on `threads` threads; use(made) in the order of the parts, by one thread at a
// time. At most `ahead` parts are made and not yet used, so the room needed stays small.
template <class Make, class Use>
void in_parallel_in_order(std::size_t parts, unsigned threads, std::size_t ahead, Make make, Use use) {
  using Made = decltype(make(0u, std::size_t{0}));
  std::mutex mutex;
  std::condition_variable moved;
  std::vector<std::optional<Made>> waiting(ahead);
  std::size_t next = 0, used = 0;
  in_parallel(threads, threads, [&](unsigned thread, std::size_t) {
    for (std::unique_lock lock(mutex);;) {
      moved.wait(lock, [&] { return next >= parts || next < used + ahead; });
      if (next >= parts) return;
      const std::size_t part = next++;
      lock.unlock();
      Made made = make(thread, part);
      lock.lock();
      waiting[part % ahead] = std::move(made);
      while (used < parts && waiting[used % ahead]) {
        use(*waiting[used % ahead]);
        waiting[used++ % ahead].reset();
      }
      moved.notify_all();
    }
  });
}

// 0: as many as the machine has.
inline unsigned threads_of(unsigned threads) {
  return threads ? threads : std::max(1u, std::thread::hardware_concurrency());
}

}  // namespace firstline::trace
