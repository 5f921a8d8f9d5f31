#pragma once

// Who was where and when, in memory: closed days as segments, the newest scans as they come. It decides nothing: which
// of them met is exposure.hpp's.
//
// Everything here can be made again from the scans, and is, after a restart.
//
// Threads: one appends; one settles and forgets (it may be the same); any number take views and read. Nobody waits for
// a sort: a view is taken under a lock that is held for the copy of a pointer.

#include <atomic>
#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <span>
#include <vector>

#include "trace/model.hpp"
#include "trace/numbering.hpp"
#include "trace/open_rows.hpp"
#include "trace/segment.hpp"

namespace firstline::trace {

struct IndexOptions {
  std::uint32_t open_rows = 1u << 16;  // So many scans wait in the order of arrival before they are sorted.
  unsigned threads = 0;                // For begin_with(); 0: as many as the machine has.
};

class Index {
 public:
  struct World {
    std::vector<std::shared_ptr<const Segment>> segments;  // By day; a day may have several.
    std::vector<std::shared_ptr<OpenRows>> open;           // In the order of arrival; only the last is not full.
    std::int64_t horizon = INT64_MIN;                      // Scans that enter before it are no longer kept.
  };

  // What the index knew at one moment. Keeps it alive as long as it is held.
  class View {
   public:
    const std::vector<std::shared_ptr<const Segment>>& segments() const { return world_->segments; }
    // use(OpenRows, count) for the scans not yet sorted.
    template <class Use>
    void each_open(Use use) const {
      for (std::size_t at = 0; at < world_->open.size(); ++at)
        if (counts_[at]) use(*world_->open[at], counts_[at]);
    }
    const Numbering& persons() const { return *persons_; }
    const Numbering& places() const { return *places_; }
    std::uint64_t scans() const;

   private:
    friend class Index;
    std::shared_ptr<const World> world_;
    std::vector<std::uint32_t> counts_;
    const Numbering* persons_ = nullptr;
    const Numbering* places_ = nullptr;
  };

  explicit Index(IndexOptions options = {});

  // All scans at once, into an empty index; takes the blocks apart while it goes, to need less room.
  void begin_with(std::vector<std::vector<Scan>> blocks);

  // A scan that wrong_with() finds nothing about. False: it is from before the horizon and is not kept.
  bool append(const Scan& scan);
  // Makes what is full into segments and joins small segments of one day. True: there was something to do.
  bool settle();
  // Drops every scan that entered before the midnight of `second`; for good.
  void forget_before(std::int64_t second);

  View view() const;
  std::size_t memory_bytes() const;  // For the thread that appends.

 private:
  std::shared_ptr<const World> world() const;
  void change_world(const std::function<void(World&)>& change);
  std::vector<std::shared_ptr<const Segment>> sorted(std::span<const std::shared_ptr<OpenRows>> full,
                                                     std::int64_t horizon) const;

  IndexOptions options_;
  Numbering persons_, places_;
  std::shared_ptr<OpenRows> filling_;  // The last of the world's open rows; of the thread that appends.
  std::atomic<std::int64_t> horizon_{INT64_MIN};
  std::mutex change_mutex_;         // Held while a new world is made of the old one.
  mutable std::mutex world_mutex_;  // Held while the pointer is copied.
  std::shared_ptr<const World> world_;
};

}  // namespace firstline::trace
