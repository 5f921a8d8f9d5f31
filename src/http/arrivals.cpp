#include "http/arrivals.hpp"

#include <algorithm>

#include "base/check.hpp"

namespace firstline::http {

void Arrivals::add(Link& link, store::Urgency urgency, bool early, Time now) {
  FL_CHECK(urgency != store::Urgency::emergency);
  const std::size_t index = static_cast<std::size_t>(urgency) - static_cast<std::size_t>(store::Urgency::gate);
  Line& line = lines_[std::min(index, lines_.size() - 1)];
  (early ? line.early : line.in_time).push_back({&link, now});
  ++waiting_;
}

Link* Arrivals::next(Time now) {
  if (waiting_ == 0) return nullptr;
  ++turn_;
  Link* const link = newest(now, false);
  return link ? link : newest(now, true);
}

Link* Arrivals::newest(Time now, bool early) {
  const bool from_the_end = turn_ % turn_of_the_least == 0;
  for (std::size_t i = 0; i < lines_.size(); ++i) {
    Line& line = lines_[from_the_end ? lines_.size() - 1 - i : i];
    auto& waiting = early ? line.early : line.in_time;
    if (!waiting.empty() && now - waiting.back().since < patience(line)) return take(waiting, false);
  }
  return nullptr;
}

Link* Arrivals::impatient(Time now) {
  count_to_tell(now);
  for (Line& line : lines_) {
    if (!line.in_time.empty() && now - line.in_time.front().since >= patience(line)) return take(line.in_time, true);
    const bool one_of_them = line.to_tell >= 1;
    if (!one_of_them && (line.early.empty() || now - line.early.front().since < told_to_wait)) continue;
    if (one_of_them) line.to_tell -= 1;
    return take(line.early, true);
  }
  return nullptr;
}

void Arrivals::count_to_tell(Time now) {
  const auto seconds = [](auto time) { return std::chrono::duration<double>(time).count(); };
  const double passed = std::min(seconds(now - counted_), seconds(told_to_wait));
  counted_ = now;
  for (Line& line : lines_) {
    const auto waiting = static_cast<double>(line.early.size());
    line.to_tell = std::min(waiting, line.to_tell + waiting * passed / seconds(told_to_wait));
  }
}

Link* Arrivals::take(std::deque<Waiting>& from, bool oldest) {
  if (from.empty()) return nullptr;
  Link* const link = oldest ? from.front().link : from.back().link;
  if (oldest) from.pop_front();
  else from.pop_back();
  --waiting_;
  return link;
}

void Arrivals::remove(const Link& link) {
  for (Line& line : lines_)
    for (auto* each : {&line.in_time, &line.early})
      waiting_ -= std::erase_if(*each, [&](const Waiting& waiting) { return waiting.link == &link; });
}

}  // namespace firstline::http
