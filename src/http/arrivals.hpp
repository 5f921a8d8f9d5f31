#pragma once

// Commands that are read but find no place at the store yet: who is heard next, and who is told no. One thread's; knows
// no socket and asks no clock.
//
// Everybody is read at once, whatever the crowd, because only who is read can be put in order. The newest of the most
// urgent line goes first: in a crowd all cannot be served, and whoever came last can still be served soon. Whoever
// waited longer than a line's patience while a crowd waits is told no, so that his phone decides by itself. Who was
// told to wait and asks again before that comes after all others, and is told no again about as late as he was told to
// come: a hurry must not pay. Those are told one after the other, evenly, or all would come back at once.

#include <array>
#include <chrono>
#include <deque>
#include <optional>

#include "store/urgency.hpp"

namespace firstline::http {

class Link;

class Arrivals {
 public:
  using Time = std::chrono::steady_clock::time_point;
  static constexpr std::chrono::seconds told_to_wait{2};  // The Retry-After of whoever is told no.

  static constexpr std::size_t crowd = 64;  // So many find a place soon.

  // Not for emergencies: they wait for no place. `early`: before he was told to come back.
  void add(Link& link, store::Urgency urgency, bool early, Time now);
  Link* next(Time now);       // Null: nobody waits, or nobody who can still be served in time.
  Link* impatient(Time now);  // Who waited long enough to be told no; null: nobody.
  void remove(const Link& link);
  bool empty() const { return waiting_ == 0; }
  std::size_t waiting() const { return waiting_; }

 private:
  struct Waiting {
    Link* link;
    Time since;
  };
  struct Line {
    std::chrono::milliseconds patience;
    std::deque<Waiting> in_time{}, early{};  // The oldest first.
    double to_tell = 0;                      // How many of the early ones are to be told no by now.
  };
  static constexpr int turn_of_the_least = 8;  // Each eighth goes to the least urgent, or they would never come.

  Link* newest(Time now, bool early);
  std::chrono::milliseconds patience(const Line& line) const { return waiting_ > crowd ? line.patience : told_to_wait; }
  Link* take(std::deque<Waiting>& from, bool oldest);

  void count_to_tell(Time now);

  // Gates, where a quarter of a second is all they have; duty; others.
  std::array<Line, 3> lines_{
      {{std::chrono::milliseconds(100)}, {std::chrono::milliseconds(400)}, {std::chrono::milliseconds(400)}}};
  std::size_t waiting_ = 0;
  int turn_ = 0;
  Time counted_{};  // When to_tell was.
};

}  // namespace firstline::http
