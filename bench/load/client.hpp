#pragma once

// A small HTTP/1.1 client for load: keep-alive connections, one request in flight on each, one thread, epoll. It reads
// of an answer what it must: status, length, and the first outcome or problem code in the body. Nothing is parsed.

#include <cstdint>
#include <cstdio>
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
  bool stop_when_cut = false;         // A lost connection ends the round instead of failing it.
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
};

// Faults: load.cannot_connect, load.cut (unavailable), load.bad_answer (corrupt).
Result<LoadOutcome> run_load(const LoadPlan& plan);

}  // namespace firstline::bench
