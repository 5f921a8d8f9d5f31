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
  std::size_t code_at = 0;         // Where a personal code stands; 0: there is none, or it does not change.
  std::int64_t code_step = 0;      // Of which step it is.
  const LoadPerson* person = nullptr;
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
  // The token that the person's phone would show now; all of one length.
  std::function<std::string(const LoadPerson&)> personal_code;
};
// `wanted.file` outlives them.
std::vector<Request> passage_requests(const PassageRequests& wanted);
// Emergency exits at gates taken in turn.
std::vector<Request> emergency_requests(const LoadFile& file, std::size_t count);

}  // namespace firstline::bench
