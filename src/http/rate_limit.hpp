#pragma once

// A bucket of tokens for each address: `burst` requests at once, `per_second` in the long run. One thread.

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>

#include "base/time.hpp"

namespace firstline::http {

struct RateLimit {
  double per_second = 200;  // 0: no limit.
  double burst = 400;
};

class RateLimiter {
 public:
  explicit RateLimiter(RateLimit limit, std::size_t addresses_max = 65536)
      : limit_(limit), addresses_max_(addresses_max) {}
  // Takes one token of this address; false if it has none left.
  bool take(const std::string& address, Instant now);
  std::size_t addresses() const { return buckets_.size(); }

 private:
  struct Bucket {
    double tokens;
    Instant at;
  };
  void forget_full(Instant now);

  RateLimit limit_;
  std::size_t addresses_max_;
  std::unordered_map<std::string, Bucket> buckets_;
};

}  // namespace firstline::http
