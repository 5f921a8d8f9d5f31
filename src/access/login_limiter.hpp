#pragma once

// Slows down guessing: failures are counted per address, per login and per pair of both, and each further one doubles
// the wait. In memory and bounded; the account's own row holds the lock that outlives a restart. Safe to share between
// threads.

#include <cstdint>
#include <mutex>
#include <string>
#include <string_view>
#include <unordered_map>

#include "base/time.hpp"

namespace firstline::access {

class LoginLimiter {
 public:
  explicit LoginLimiter(std::size_t entries_max = 20'000) : entries_max_(entries_max) {}

  // How long until another attempt is looked at; zero: now.
  Millis wait(std::string_view address, std::string_view login, Instant now);
  void failed(std::string_view address, std::string_view login, Instant now);
  // Forgets the login and the pair; the address keeps its count, or one good login would pay for many bad ones.
  void succeeded(std::string_view address, std::string_view login);
  std::size_t entries() const;

 private:
  struct Entry {
    int failures = 0;
    Instant last{};
  };
  void make_room(Instant now);

  const std::size_t entries_max_;
  mutable std::mutex mutex_;
  std::unordered_map<std::string, Entry> entries_;
};

}  // namespace firstline::access
