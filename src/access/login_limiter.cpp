#include "access/login_limiter.hpp"

#include <algorithm>
#include <array>
#include <vector>

#include <arpa/inet.h>

namespace firstline::access {
namespace {

using namespace std::chrono_literals;

constexpr Millis first_wait = 1s, wait_max = 15min, forget_after = 1h;
constexpr int doublings_max = 20;

struct Counted {
  std::string key;
  int free;  // Failures that cost nothing. A whole street of phones may stand behind one address.
};

// Whoever has one IPv6 address has 2^64 of them: the network counts as one. Anything else counts as it is written.
std::string network_of(std::string_view address) {
  const std::string text(address.substr(0, 64));
  in6_addr bytes{};
  if (inet_pton(AF_INET6, text.c_str(), &bytes) != 1 || IN6_IS_ADDR_V4MAPPED(&bytes)) return text;
  return {reinterpret_cast<const char*>(bytes.s6_addr), 8};
}

std::array<Counted, 3> counted(std::string_view address, std::string_view login) {
  const std::string a = network_of(address), l(login.substr(0, 64));
  return {Counted{"a " + a, 30}, Counted{"l " + l, 10}, Counted{"p " + a + " " + l, 3}};
}

Millis wait_after(int failures, int free) {
  if (failures <= free) return 0ms;
  return std::min(wait_max, first_wait * (1 << std::min(failures - free - 1, doublings_max)));
}

}  // namespace

Millis LoginLimiter::wait(std::string_view address, std::string_view login, Instant now) {
  const std::lock_guard lock(mutex_);
  Millis longest = 0ms;
  for (const auto& [key, free] : counted(address, login)) {
    const auto found = entries_.find(key);
    if (found == entries_.end() || now - found->second.last >= forget_after) continue;
    longest = std::max(longest, found->second.last + wait_after(found->second.failures, free) - now);
  }
  return longest;
}

void LoginLimiter::failed(std::string_view address, std::string_view login, Instant now) {
  const std::lock_guard lock(mutex_);
  make_room(now);
  for (const auto& item : counted(address, login)) {
    Entry& entry = entries_[item.key];
    if (now - entry.last >= forget_after) entry.failures = 0;
    ++entry.failures;
    entry.last = now;
  }
}

void LoginLimiter::succeeded(std::string_view address, std::string_view login) {
  const std::lock_guard lock(mutex_);
  const auto items = counted(address, login);
  entries_.erase(items[1].key);
  entries_.erase(items[2].key);
}

std::size_t LoginLimiter::entries() const {
  const std::lock_guard lock(mutex_);
  return entries_.size();
}

// Drops what is forgotten; if that is not enough, the older half.
void LoginLimiter::make_room(Instant now) {
  if (entries_.size() + 3 <= entries_max_) return;
  std::erase_if(entries_, [&](const auto& item) { return now - item.second.last >= forget_after; });
  if (entries_.size() + 3 <= entries_max_) return;
  std::vector<Instant> ages;
  ages.reserve(entries_.size());
  for (const auto& item : entries_) ages.push_back(item.second.last);
  const auto middle = ages.begin() + static_cast<std::ptrdiff_t>(ages.size() / 2);
  std::nth_element(ages.begin(), middle, ages.end());
  std::erase_if(entries_, [limit = *middle](const auto& item) { return item.second.last <= limit; });
}

}  // namespace firstline::access
