#pragma once

// The one table from faults to HTTP: status, words in two languages, and when to try again (RFC 9457).
// Clients go by `code`, which is the fault's reason; the words are for people.

#include <string>
#include <string_view>

#include "base/fault.hpp"

namespace firstline::http {

struct Problem {
  unsigned status;
  std::string_view title, title_zh;
  int retry_after_seconds = 0;  // 0: says nothing.
};

// By reason if it has a row of its own, else by code.
Problem problem_of(const Fault& fault);
// application/problem+json. The detail is told only of bad input; of our own trouble it stays in the log.
std::string problem_body(const Fault& fault, const Problem& problem);

}  // namespace firstline::http
