#pragma once

// One thread with one event loop, and the connections that live on it. Everything here belongs to that thread except
// where it says otherwise. Included by the three socket files only: it brings Asio.

#include <chrono>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include <boost/asio/basic_stream_socket.hpp>
#include <boost/asio/basic_waitable_timer.hpp>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/post.hpp>

#include "http/arrivals.hpp"
#include "http/front.hpp"

namespace firstline::http {

namespace net = boost::asio;
using Steady = std::chrono::steady_clock;
using Executor = net::io_context::executor_type;
using Socket = net::basic_stream_socket<net::ip::tcp, Executor>;
using Timer = net::basic_waitable_timer<Steady, net::wait_traits<Steady>, Executor>;

// A connection as its thread sees it.
class Link {
 public:
  virtual ~Link() = default;
  virtual void use_case_done() = 0;
  virtual void heard() = 0;                       // After arrived(): go on.
  virtual void turned_away() = 0;                 // After arrived(): say that there is no place.
  virtual void tick(Steady::time_point now) = 0;  // Looks at its deadline.
  virtual void stop() = 0;                        // Closes as soon as nothing is owed.
  virtual void cut() = 0;                         // Closes now.

 private:
  friend class IoThread;
  std::size_t slot_ = 0;
};

class IoThread {
 public:
  explicit IoThread(Front& front);
  ~IoThread();

  Executor executor() { return context_.get_executor(); }
  void add(Link& link);
  void remove(Link& link);
  // Any thread: calls link.use_case_done() on this one. Many at once cost one wake-up.
  void finished(Link& link);
  // A request has begun to come in: heard() or turned_away() follows, here or later. `first` is what came of it so far.
  void arrived(Link& link, std::string_view first, bool early);
  void leave(const Link& link) { arrivals_.remove(link); }  // Wants neither any more.
  void command_begun() { ++commands_; }
  void command_ended() { --commands_; }
  void stop_links();
  void cut_links();

  Steady::time_point now() const { return now_; }  // To a quarter of a second; for deadlines.
  const std::string& date() const { return date_; }
  // Whether this request is within its address's and its asker's limits. Emergencies are counted apart.
  bool within_limits(const std::string& address, const Request& request);

 private:
  void tick();
  void drain_finished();
  bool has_place() const { return commands_ < commands_max_; }
  void hear_waiting();
  void watch_waiting();
  void turn_away_impatient();

  Front& front_;
  net::io_context context_{1};
  net::executor_work_guard<Executor> work_;
  Timer timer_, patience_timer_;
  std::vector<Link*> links_;
  Arrivals arrivals_;
  int commands_ = 0;  // At the store, whose answer is still to come; emergencies are not counted.
  const int commands_max_;
  bool watching_ = false;  // Somebody waits, so patience_timer_ runs.
  RateLimiter addresses_, askers_, emergencies_;
  Steady::time_point now_;
  std::string date_;
  std::mutex mutex_;
  std::vector<Link*> finished_;  // Under the mutex.
  std::vector<Link*> draining_;
  std::thread thread_;
};

}  // namespace firstline::http
