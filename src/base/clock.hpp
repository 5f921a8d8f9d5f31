#pragma once

// Time and chance come in as arguments or through these two. Nothing else in the project may ask the system for them,
// so every run can be replayed.

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>

#include "base/time.hpp"

namespace firstline {

class Clock {
 public:
  virtual ~Clock() = default;
  virtual Instant now() const = 0;
};

class Random {
 public:
  virtual ~Random() = default;
  virtual void fill(std::span<std::byte> bytes) = 0;
  // Uniform in [0, bound); bound > 0.
  std::uint64_t below(std::uint64_t bound);
};

// Both are safe to share between threads.
const Clock& system_clock();
Random& system_random();

// Stands still until moved. For tests and drills.
class ManualClock final : public Clock {
 public:
  explicit ManualClock(Instant at) : at_(at) {}
  Instant now() const override { return at_; }
  void set(Instant at) { at_ = at; }
  void advance(Millis by) { at_ += by; }

 private:
  Instant at_;
};

// The same seed gives the same bytes on every machine (SplitMix64). Not for secrets. One thread.
class SeededRandom final : public Random {
 public:
  explicit SeededRandom(std::uint64_t seed) : state_(seed) {}
  void fill(std::span<std::byte> bytes) override;
  std::uint64_t next();

 private:
  std::uint64_t state_;
};

}  // namespace firstline
