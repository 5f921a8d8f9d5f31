#pragma once

// The file between `firstline_bench_people` (which looks into a generated data folder) and `firstline_load` (which
// sends requests): gates with a keeper's session each, and people with the gate of their compound. Lines of words:
//   gate ID TOKEN CSRF
//   person GATE_INDEX COMMUNITY_ID PERSON_ID ID_NUMBER|-
//   coded GATE_INDEX PERSON_ID ID_NUMBER CODE          of the comparator, whose codes this program cannot make
// It holds clear ID numbers of people who never lived and tokens of a throw-away server: never use it on real data.

#include <cstdint>
#include <string>
#include <vector>

#include "base/fault.hpp"

namespace firstline::bench {

struct LoadGate {
  std::int64_t id = 0;
  std::string token, csrf;
};

struct LoadPerson {
  std::uint32_t gate = 0;  // Index into LoadFile::gates.
  std::int64_t community_id = 0, person_id = 0;
  std::string id_number;  // Empty: has none.
  std::string code;       // Empty: to be made when it is shown.
};

struct LoadFile {
  std::vector<LoadGate> gates;
  std::vector<LoadPerson> people;
};

// Faults: load_file.unreadable (unavailable), load_file.bad_line (invalid).
Result<LoadFile> read_load_file(const std::string& file);
Result<void> write_load_file(const std::string& file, const LoadFile& content);

}  // namespace firstline::bench
