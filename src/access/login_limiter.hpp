#pragma once

// Slows down guessing: failures are counted per address, per login, per pair of both and per secret tried, and each
// further one doubles the wait. The last is against one password tried on everybody from everywhere. In memory and
// bounded; the account's own row holds the lock that outlives a restart. Safe to share between threads.

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

  // A login that begins with '/' is no user but a kind of code: nobody may shut others out by guessing, so it is
  // counted per address only. `secret` is a keyed hash of what was tried, never the thing itself; empty: not counted.
  // How long until another attempt is looked at; zero: now.
  Millis wait(std::string_view address, std::string_view login, Instant now, std::string_view secret = {});
  void failed(std::string_view address, std::string_view login, Instant now, std::string_view secret = {});
  // Forgets the login and the pair; the address and the secret keep their counts, or one good login would pay for many
  // bad ones.
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
