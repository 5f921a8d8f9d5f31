#pragma once

// `firstline trace`: scans and cases from files, contacts into a file.

#include <cstddef>
#include <string>

#include "trace/model.hpp"

namespace firstline::trace {

struct CommandRequest {
  std::string scans_path, cases_path, out_path;
  Rule rule;
  unsigned threads = 0;
};

struct CommandCounts {
  std::uint64_t scans = 0, cases = 0, rows = 0;
};

// Writes the heading and one row for each contact of each case, by case and contact; cases of one person in the order
// of the file. Nothing is written unless everything was read. Faults: those of scan_file.hpp and answer_file.hpp.
Result<CommandCounts> trace_files(const CommandRequest& request);

}  // namespace firstline::trace
