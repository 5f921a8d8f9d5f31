#pragma once

// Server-sent events. One follower for each topic reads the database after wake() and at least every `poll`, and hands
// what is new to all who listen. The database is the only memory: a client that was away names the last id it saw and
// gets the rest, page by page, before it joins the others.
//
// One thread of its own. A listener that does not keep up is closed; it comes back and catches up.
// On PostgreSQL transactions may commit out of the order of their ids, so followers look back by `overlap` and a client
// that comes back may get the last events once more: pages go by the id.

#include <condition_variable>
#include <map>
#include <memory>
#include <mutex>
#include <set>
#include <string>
#include <thread>
#include <vector>

#include "base/clock.hpp"
#include "http/route.hpp"
#include "store/database.hpp"

namespace firstline::http {

// Called from the hub's thread only.
class Listener {
 public:
  virtual ~Listener() = default;
  virtual void push(std::shared_ptr<const std::string> text) = 0;
  virtual std::size_t room() const = 0;  // Bytes that may still be pushed.
  virtual bool gone() const = 0;         // Closed by either side.
  virtual void end() = 0;
  virtual bool still_allowed() = 0;  // Asks the database. Blocking.
};

struct StreamSettings {
  Millis poll{500};
  Millis pause{20};  // At least so long between two readings, however many wakes.
  Millis heartbeat{15'000};
  Millis recheck{60'000};
  Millis overlap{0};
  int page = 200;
};

class StreamHub {
 public:
  StreamHub(store::Database& database, const Clock& clock, StreamSettings settings);
  ~StreamHub();
  // after_id 0: from now on.
  void listen(std::shared_ptr<Listener> listener, const Route& route, Topic topic, std::int64_t after_id);
  void wake();
  // Closes all listeners and ends the thread.
  void stop();

 private:
  struct Listening {
    std::shared_ptr<Listener> listener;
    std::int64_t position;
    bool live = false;
    std::set<std::int64_t> ahead;  // Got while catching up, before the follower saw them.
  };
  struct Follower {
    const Route* route;
    Topic topic;
    std::int64_t position = 0;
    std::set<std::int64_t> seen;  // Within the overlap.
    std::vector<Listening> listening;
  };
  struct Arrival {
    std::string key;
    const Route* route;
    Topic topic;
    Listening listening;
  };

  void work();
  void take_arrivals(std::vector<Arrival> arrivals);
  void follow(Follower& follower);
  void catch_up(Follower& follower, Listening& listening);
  Result<std::vector<Event>> read(const Follower& follower, std::int64_t after_id);
  void beat(bool heartbeat, bool recheck);

  store::Database& database_;
  const Clock& clock_;
  const StreamSettings settings_;
  std::map<std::string, Follower> followers_;  // The thread's own.
  std::mutex mutex_;
  std::condition_variable changed_;
  std::vector<Arrival> arrivals_;
  bool woken_ = false, stopping_ = false;
  std::thread thread_;
};

}  // namespace firstline::http
