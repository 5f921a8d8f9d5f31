#pragma once

#include "base/clock.hpp"

namespace firstline {

// The system's, moved by a fixed span: a demo or a test lives through a midnight or an old spring in real time.
class ShiftedClock final : public Clock {
 public:
  explicit ShiftedClock(Millis by) : by_(by) {}
  Instant now() const override { return system_clock().now() + by_; }

 private:
  const Millis by_;
};

}  // namespace firstline
