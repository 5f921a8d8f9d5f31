#pragma once

// A small HTTP/1.1 client for load: keep-alive connections, one request in flight on each, one thread, epoll. It reads
// of an answer what it must: status, length, and the first outcome or problem code in the body. Nothing is parsed.
// Closed loop (the server's rate is the load's rate) or open: requests fall due at a fixed rate whatever the server
// does, and wait for a free connection; latency counts from when they fell due. Whoever is turned away (503, 429) is
// still standing there and asks again later, before anybody new. Emergencies fall due at a rate of their own, on
// connections of their own, and are never given up: somebody else's phone does not stand in their way.

#include <cstdint>
#include <cstdio>
#include <functional>
#include <map>
#include <string>
#include <vector>

#include "base/fault.hpp"
#include "requests.hpp"

namespace firstline::bench {

struct LoadPlan {
  std::string address = "127.0.0.1";
  std::uint16_t port = 0;
  int connections = 64;
  double warm_seconds = 0;  // Sent, not counted.
  double seconds = 5;
  std::vector<Request> requests;      // In turn; over from the start when all were sent.
  std::FILE* acknowledged = nullptr;  // "COMMAND_ID PASSAGE_ID" for every passage answered with 200.
  double offered_per_second = 0;      // 0: closed loop. Emergencies are in it.
  int patience_ms = 1000;             // A request that finds no connection for so long is given up.
  std::vector<Request> emergencies;
  double emergencies_per_second = 0;
  int emergency_connections = 0;  // Beside the others.
  // The code that a phone shows in a step of time; empty: codes stay as they were written out.
  std::function<std::string(const LoadPerson&)> personal_code;
  bool stop_when_cut = false;  // A lost connection ends the round instead of failing it.
};

struct LoadOutcome {
  double seconds = 0;
  std::uint64_t answers = 0;
  double p50_ms = 0, p99_ms = 0, p999_ms = 0, max_ms = 0;
  std::map<int, std::uint64_t> by_status;
  std::map<std::string, std::uint64_t> by_outcome;  // "pass", "refuse", ... or a problem's code.
  std::uint64_t repeated = 0;                       // Answered "already registered".
  std::uint64_t wrapped = 0;                        // How often the requests began anew.
  bool cut = false;
  // Open loop.
  std::uint64_t offered = 0, given_up = 0;
  std::uint64_t accepted = 0, emergencies = 0, emergencies_good = 0;  // Emergencies: all that fell due.
  double accepted_p50_ms = 0, accepted_p99_ms = 0, emergency_p99_ms = 0;
};
// Faults: load.cannot_connect, load.cut (unavailable), load.bad_answer (corrupt).
Result<LoadOutcome> run_load(LoadPlan plan);

}  // namespace firstline::bench
