#pragma once

// The requests of one round, written out in full before it starts, so that sending one costs a copy and two small
// patches: the command's id and the device's time. The order of people is a permutation of all, from the seed: nobody
// is asked for twice until everybody was, because the server does not count a second passage within 30 s.

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "base/clock.hpp"
#include "people_file.hpp"

namespace firstline::bench {

struct Request {
  std::string text;                // Head and body.
  std::size_t id_at = 0;           // Where the 36 characters of the command's id go; 0: it has none.
  std::size_t device_time_at = 0;  // Where the 29 characters of its time go.
  bool emergency = false;
};

// In percent; the rest is a pick by building, unit and room.
struct Mix {
  int personal_code = 70;
  int id_number = 10;
};

Request get_request(const std::string& path);

struct PassageRequests {
  const LoadFile* file = nullptr;
  std::uint64_t seed = 1;
  std::size_t skip = 0;  // How many of the permutation were used by rounds before.
  std::size_t count = 0;
  Mix mix;
  int emergencies_per_mille = 0;  // Of all requests, instead of a passage at the same gate.
  // The token that the person's phone would show now.
  std::function<std::string(const LoadPerson&)> personal_code;
};
std::vector<Request> passage_requests(const PassageRequests& wanted);

}  // namespace firstline::bench
