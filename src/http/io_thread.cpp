#include "http/io_thread.hpp"

namespace firstline::http {

namespace {
constexpr std::chrono::milliseconds tick_step{250}, patience_step{10};
constexpr int turned_away_at_once = 32;  // Then who has come meanwhile is read, an emergency perhaps.
}  // namespace

IoThread::IoThread(Front& front)
    : front_(front),
      work_(context_.get_executor()),
      timer_(context_),
      patience_timer_(context_),
      commands_max_(std::max(1, front.options.commands_max / std::max(1, front.options.io_threads))),
      addresses_(front.options.rate),
      askers_(front.options.device_rate),
      emergencies_(front.options.emergency_rate) {
  tick();
  thread_ = std::thread([this] { context_.run(); });
}

IoThread::~IoThread() {
  net::post(context_, [this] {
    timer_.cancel();
    patience_timer_.cancel();
    work_.reset();
    context_.stop();
  });
  thread_.join();
}

void IoThread::add(Link& link) {
  link.slot_ = links_.size();
  links_.push_back(&link);
}

void IoThread::remove(Link& link) {
  links_.back()->slot_ = link.slot_;
  links_[link.slot_] = links_.back();
  links_.pop_back();
}

void IoThread::finished(Link& link) {
  bool first;
  {
    const std::lock_guard lock(mutex_);
    first = finished_.empty();
    finished_.push_back(&link);
  }
  if (first) store::after_group([this] { net::post(context_, [this] { drain_finished(); }); });
}

void IoThread::drain_finished() {
  {
    const std::lock_guard lock(mutex_);
    draining_.swap(finished_);
  }
  for (Link* link : draining_) link->use_case_done();
  draining_.clear();
  hear_waiting();
}

void IoThread::arrived(Link& link, std::string_view first, bool early) {
  if (has_place() && arrivals_.empty()) return link.heard();
  const auto urgency = front_.urgency_of_command(first);
  if (!urgency || *urgency == store::Urgency::emergency) return link.heard();
  arrivals_.add(link, *urgency, early, Steady::now());
  hear_waiting();
  watch_waiting();
}

void IoThread::hear_waiting() {
  while (has_place()) {
    Link* const link = arrivals_.next(Steady::now());
    if (!link) return;
    link->heard();
  }
}

void IoThread::watch_waiting() {
  if (watching_ || arrivals_.empty()) return;
  watching_ = true;
  patience_timer_.expires_after(patience_step);
  patience_timer_.async_wait([this](const boost::system::error_code& error) {
    if (!error) turn_away_impatient();
  });
}

void IoThread::turn_away_impatient() {
  const auto now = Steady::now();
  for (int i = 0; i < turned_away_at_once; ++i) {
    Link* const link = arrivals_.impatient(now);
    if (!link) {
      watching_ = false;
      return watch_waiting();
    }
    link->turned_away();
  }
  net::post(context_, [this] { turn_away_impatient(); });
}

bool IoThread::within_limits(const std::string& address, const Request& request) {
  const Instant now = front_.clock.now();
  if (request.route && request.route->spec.urgency == store::Urgency::emergency) return emergencies_.take(address, now);
  if (!addresses_.take(address, now)) return false;
  // By the token as it was sent: a wrong one is somebody as well. A phone counts as itself, whoever is signed in on it.
  const std::string& asker = request.device_token.empty() ? request.session_token : request.device_token;
  return asker.empty() || askers_.take(asker, now);
}

void IoThread::stop_links() {
  for (Link* link : std::vector(links_)) link->stop();
}

void IoThread::cut_links() {
  for (Link* link : std::vector(links_)) link->cut();
}

void IoThread::tick() {
  now_ = Steady::now();
  date_ = date_line(front_.clock.now());
  for (Link* link : std::vector(links_)) link->tick(now_);
  timer_.expires_after(tick_step);
  timer_.async_wait([this](const boost::system::error_code& error) {
    if (!error) tick();
  });
}

}  // namespace firstline::http
