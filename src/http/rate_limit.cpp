#include "http/rate_limit.hpp"

#include <algorithm>

namespace firstline::http {
namespace {

double seconds_between(Instant from, Instant to) {
  return std::max(0.0, static_cast<double>((to - from).count()) / 1000);
}

}  // namespace

bool RateLimiter::take(const std::string& address, Instant now) {
  if (limit_.per_second <= 0) return true;
  if (buckets_.size() >= addresses_max_) forget_full(now);
  const auto [at, fresh] = buckets_.try_emplace(address, Bucket{limit_.burst, now});
  Bucket& bucket = at->second;
  bucket.tokens = std::min(limit_.burst, bucket.tokens + seconds_between(bucket.at, now) * limit_.per_second);
  bucket.at = now;
  if (bucket.tokens < 1) return false;
  bucket.tokens -= 1;
  return true;
}

void RateLimiter::forget_full(Instant now) {
  // A full bucket is as good as none. If a flood of addresses leaves no full one, all are forgotten: memory is bounded
  // before fairness.
  std::erase_if(buckets_, [&](const auto& entry) {
    const Bucket& bucket = entry.second;
    return bucket.tokens + seconds_between(bucket.at, now) * limit_.per_second >= limit_.burst;
  });
  if (buckets_.size() >= addresses_max_) buckets_.clear();
}

}  // namespace firstline::http
