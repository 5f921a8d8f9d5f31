#include "http/stream_hub.hpp"

#include <algorithm>

#include "base/log.hpp"

namespace firstline::http {
namespace {

std::string text_of(const Event& event) {
  return "id: " + std::to_string(event.id) + "\nevent: " + event.kind + "\ndata: " + event.data_json + "\n\n";
}

std::string key_of(const Route& route, const Topic& topic) {
  std::string key = route.spec.name + '\n' + topic.place.path;
  for (const auto& [name, value] : topic.parameters) key += '\n' + name + '=' + value;
  for (const auto& [name, value] : topic.queries) key += "\n?" + name + '=' + value;
  return key;
}

using Steady = std::chrono::steady_clock;

}  // namespace

StreamHub::StreamHub(store::Database& database, const Clock& clock, StreamSettings settings)
    : database_(database), clock_(clock), settings_(settings), thread_([this] { work(); }) {}

StreamHub::~StreamHub() { stop(); }

void StreamHub::listen(std::shared_ptr<Listener> listener, const Route& route, Topic topic, std::int64_t after_id) {
  if (after_id == 0) after_id = first_id_at(clock_.now());
  std::string key = key_of(route, topic);
  const std::lock_guard lock(mutex_);
  if (stopping_) return listener->end();
  arrivals_.push_back({std::move(key), &route, std::move(topic), {std::move(listener), after_id, false, {}}});
  woken_ = true;
  changed_.notify_one();
}

void StreamHub::wake() {
  const std::lock_guard lock(mutex_);
  if (woken_) return;
  woken_ = true;
  changed_.notify_one();
}

void StreamHub::stop() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
    changed_.notify_one();
  }
  if (thread_.joinable()) thread_.join();
}

void StreamHub::work() {
  auto beat_at = Steady::now() + settings_.heartbeat, recheck_at = Steady::now() + settings_.recheck;
  std::unique_lock lock(mutex_);
  while (!stopping_) {
    changed_.wait_for(lock, settings_.poll, [this] { return woken_ || stopping_; });
    woken_ = false;
    auto arrivals = std::move(arrivals_);
    arrivals_.clear();
    lock.unlock();

    take_arrivals(std::move(arrivals));
    for (auto& [key, follower] : followers_) follow(follower);
    const auto now = Steady::now();
    beat(now >= beat_at, now >= recheck_at);
    if (now >= beat_at) beat_at = now + settings_.heartbeat;
    if (now >= recheck_at) recheck_at = now + settings_.recheck;

    lock.lock();
    changed_.wait_for(lock, settings_.pause, [this] { return stopping_; });
  }
  for (auto& arrival : arrivals_) arrival.listening.listener->end();
  for (auto& [key, follower] : followers_)
    for (auto& listening : follower.listening) listening.listener->end();
  followers_.clear();
}

void StreamHub::take_arrivals(std::vector<Arrival> arrivals) {
  for (auto& arrival : arrivals) {
    auto& follower = followers_[arrival.key];
    if (!follower.route) {
      follower.route = arrival.route;
      follower.topic = std::move(arrival.topic);
      follower.position = first_id_at(clock_.now());
    }
    follower.listening.push_back(std::move(arrival.listening));
  }
}

Result<std::vector<Event>> StreamHub::read(const Follower& follower, std::int64_t after_id) {
  auto events = database_.read([&](store::Session& session) {
    return follower.route->events(session, follower.topic, after_id, settings_.page);
  });
  if (!events)
    log(LogLevel::warning, "stream.unread", {{"route", follower.route->spec.name}, {"reason", events.error().reason}});
  return events;
}

void StreamHub::follow(Follower& follower) {
  for (;;) {
    const bool looks_back = settings_.overlap.count() > 0 && follower.position > 0;
    const std::int64_t after =
        looks_back ? first_id_at(instant_of(follower.position) - settings_.overlap) : follower.position;
    const auto events = read(follower, after);
    if (!events) return;
    std::vector<const Event*> fresh;
    for (const Event& event : *events)
      if (!follower.seen.contains(event.id)) fresh.push_back(&event);
    auto all = std::make_shared<std::string>();
    for (const Event* event : fresh) *all += text_of(*event);
    for (Listening& listening : follower.listening) {
      if (!listening.live || fresh.empty()) continue;
      if (listening.ahead.empty()) {
        listening.listener->push(all);
        continue;
      }
      auto rest = std::make_shared<std::string>();
      for (const Event* event : fresh)
        if (listening.ahead.erase(event->id) == 0) *rest += text_of(*event);
      if (!rest->empty()) listening.listener->push(std::move(rest));
    }
    for (const Event* event : fresh) {
      follower.position = std::max(follower.position, event->id);
      if (settings_.overlap.count() > 0) follower.seen.insert(event->id);
    }
    if (settings_.overlap.count() > 0)
      follower.seen.erase(follower.seen.begin(),
                          follower.seen.lower_bound(first_id_at(instant_of(follower.position) - settings_.overlap)));
    // A page full of what was seen already would come again for ever.
    if (static_cast<int>(events->size()) < settings_.page || fresh.empty()) break;
  }
  for (Listening& listening : follower.listening)
    if (!listening.live) catch_up(follower, listening);
}

void StreamHub::catch_up(Follower& follower, Listening& listening) {
  // One page a round, and only into an empty buffer: a slow client catches up at its own pace.
  if (listening.listener->room() < 64 * 1024) return;
  const auto events = read(follower, listening.position);
  if (!events) return;
  const bool looks_back = settings_.overlap.count() > 0;
  const std::int64_t seen_from = looks_back ? first_id_at(instant_of(follower.position) - settings_.overlap) : 0;
  auto text = std::make_shared<std::string>();
  for (const Event& event : *events) {
    *text += text_of(event);
    listening.position = std::max(listening.position, event.id);
    if (event.id > follower.position || (looks_back && event.id > seen_from && !follower.seen.contains(event.id)))
      listening.ahead.insert(event.id);
  }
  if (!text->empty()) listening.listener->push(std::move(text));
  listening.live = static_cast<int>(events->size()) < settings_.page;
  if (!listening.live) wake();
}

void StreamHub::beat(bool heartbeat, bool recheck) {
  static const auto comment = std::make_shared<const std::string>(": \n\n");
  for (auto at = followers_.begin(); at != followers_.end();) {
    auto& listening = at->second.listening;
    for (auto& each : listening) {
      if (recheck && !each.listener->gone() && !each.listener->still_allowed()) each.listener->end();
      if (heartbeat && !each.listener->gone()) each.listener->push(comment);
    }
    std::erase_if(listening, [](const Listening& each) { return each.listener->gone(); });
    at = listening.empty() ? followers_.erase(at) : std::next(at);
  }
}

}  // namespace firstline::http
