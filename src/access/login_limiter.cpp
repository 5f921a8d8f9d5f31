#include "access/login_limiter.hpp"

#include <algorithm>
#include <vector>

#include <arpa/inet.h>

namespace firstline::access {
namespace {

using namespace std::chrono_literals;

constexpr Millis first_wait = 1s, wait_max = 15min, forget_after = 1h;
// Whoever really has that password must not be kept out for long.
constexpr Millis wait_max_of_secret = 1min;
constexpr int doublings_max = 20;

struct Counted {
  std::string key;
  int free;  // Failures that cost nothing. A whole street of phones may stand behind one address.
  Millis longest = wait_max;
};

// Whoever has one IPv6 address has 2^64 of them: the network counts as one. Anything else counts as it is written.
std::string network_of(std::string_view address) {
  std::string text(address.substr(0, 64));
  in6_addr bytes{};
  if (inet_pton(AF_INET6, text.c_str(), &bytes) != 1 || IN6_IS_ADDR_V4MAPPED(&bytes)) return text;
  return {reinterpret_cast<const char*>(bytes.s6_addr), 8};
}

std::string pair_key(std::string_view address, std::string_view login) {
  return "p " + network_of(address) + " " + std::string(login.substr(0, 64));
}
std::string login_key(std::string_view login) { return "l " + std::string(login.substr(0, 64)); }

std::vector<Counted> counted(std::string_view address, std::string_view login, std::string_view secret) {
  std::vector<Counted> items{{"a " + network_of(address), 30}, {pair_key(address, login), 3}};
  if (!login.starts_with('/')) items.push_back({login_key(login), 10});
  if (!secret.empty()) items.push_back({"s " + std::string(secret.substr(0, 64)), 20, wait_max_of_secret});
  return items;
}

Millis wait_after(int failures, const Counted& item) {
  if (failures <= item.free) return 0ms;
  return std::min(item.longest, first_wait * (1 << std::min(failures - item.free - 1, doublings_max)));
}

}  // namespace

Millis LoginLimiter::wait(std::string_view address, std::string_view login, Instant now, std::string_view secret) {
  const std::lock_guard lock(mutex_);
  Millis longest = 0ms;
  for (const Counted& item : counted(address, login, secret)) {
    const auto found = entries_.find(item.key);
    if (found == entries_.end() || now - found->second.last >= forget_after) continue;
    longest = std::max(longest, found->second.last + wait_after(found->second.failures, item) - now);
  }
  return longest;
}

void LoginLimiter::failed(std::string_view address, std::string_view login, Instant now, std::string_view secret) {
  const std::lock_guard lock(mutex_);
  make_room(now);
  for (const Counted& item : counted(address, login, secret)) {
    Entry& entry = entries_[item.key];
    if (now - entry.last >= forget_after) entry.failures = 0;
    ++entry.failures;
    entry.last = now;
  }
}

void LoginLimiter::succeeded(std::string_view address, std::string_view login) {
  const std::lock_guard lock(mutex_);
  entries_.erase(login_key(login));
  entries_.erase(pair_key(address, login));
}

std::size_t LoginLimiter::entries() const {
  const std::lock_guard lock(mutex_);
  return entries_.size();
}

// Drops what is forgotten; if that is not enough, the older half.
void LoginLimiter::make_room(Instant now) {
  if (entries_.size() + 4 <= entries_max_) return;
  std::erase_if(entries_, [&](const auto& item) { return now - item.second.last >= forget_after; });
  if (entries_.size() + 4 <= entries_max_) return;
  std::vector<Instant> ages;
  ages.reserve(entries_.size());
  for (const auto& item : entries_) ages.push_back(item.second.last);
  const auto middle = ages.begin() + static_cast<std::ptrdiff_t>(ages.size() / 2);
  std::nth_element(ages.begin(), middle, ages.end());
  std::erase_if(entries_, [limit = *middle](const auto& item) { return item.second.last <= limit; });
}

}  // namespace firstline::access
