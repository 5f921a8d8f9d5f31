#include "http/io_thread.hpp"

namespace firstline::http {

namespace {
constexpr std::chrono::milliseconds tick_step{250};
}

IoThread::IoThread(Front& front)
    : front_(front),
      work_(context_.get_executor()),
      timer_(context_),
      addresses_(front.options.rate),
      askers_(front.options.device_rate),
      emergencies_(front.options.emergency_rate) {
  tick();
  thread_ = std::thread([this] { context_.run(); });
}

IoThread::~IoThread() {
  net::post(context_, [this] {
    timer_.cancel();
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
