#pragma once

// Who went through which gate in the last half minute, so that a second tap of the same scan is answered "already
// registered" and not counted twice. A follower: rebuilt from the passages at start, lost without harm. Several nodes
// each know their own passages; a person scanned on two nodes within the window may be counted twice, never refused.

#include <cstdint>
#include <mutex>
#include <optional>

#include <boost/unordered/unordered_flat_map.hpp>

#include "base/id.hpp"
#include "base/time.hpp"

namespace firstline::gate {

class RecentPassages {
 public:
  static constexpr std::chrono::seconds window{30};

  // The latest passage of this person, if it is younger than the window; at which gate and in which direction, its row
  // says, if there is one: it may have been rolled back.
  std::optional<PassageId> find(PersonId person, Instant now) const;
  void remember(PersonId person, PassageId passage);

 private:
  // Two numbers a person and nothing else: at a busy city's gates a million people are in here.
  using Generation = boost::unordered_flat_map<std::int64_t, std::int64_t>;

  mutable std::mutex mutex_;
  Generation current_,
      previous_;  // Person to passage; turned over once a window, so that memory holds two windows at most.
  Instant turned_{};
};

}  // namespace firstline::gate
