#include "http/io_thread.hpp"

namespace firstline::http {

namespace {
constexpr std::chrono::milliseconds tick_step{250};
}

IoThread::IoThread(Front& front)
    : front_(front), work_(context_.get_executor()), timer_(context_), limiter_(front.options.rate) {
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
