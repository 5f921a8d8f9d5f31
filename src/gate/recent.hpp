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
#include "gate/model.hpp"

namespace firstline::gate {

class RecentPassages {
 public:
  static constexpr std::chrono::seconds window{30};

  // The latest passage of this person at this gate in this direction, if it is younger than the window. The caller
  // makes sure that the row exists: it may have been rolled back.
  std::optional<PassageId> find(PersonId person, GateId gate, Direction direction, Instant now) const;
  void remember(PersonId person, GateId gate, Direction direction, PassageId passage, Instant at);

 private:
  struct Last {
    PassageId passage;
    GateId gate;
    Direction direction;
    Instant at;
  };
  using Generation = boost::unordered_flat_map<std::int64_t, Last>;

  mutable std::mutex mutex_;
  Generation current_, previous_;  // Turned over once a window, so that memory holds two windows at most.
  Instant turned_{};
};

}  // namespace firstline::gate
