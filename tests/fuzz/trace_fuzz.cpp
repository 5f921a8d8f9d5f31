// Scans as CSV: read or refused with a line; what is read can be written and read again to the same scans.

#include <array>
#include <cstdint>
#include <cstdlib>

#include "trace/scan_file.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace firstline;
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  (void)trace::read_cases(text, "cases");
  const auto scans = trace::read_scans(text, "scans", 1);
  if (!scans) {
    if (scans.error().where.rfind("scans:", 0) != 0) std::abort();
    return 0;
  }
  std::string again(trace::scan_heading);
  again += '\n';
  for (const auto& block : *scans)
    for (const trace::Scan& scan : block) {
      if (*trace::wrong_with(scan)) std::abort();
      trace::write_row(again, std::array{scan.person, scan.place, scan.enter, scan.leave});
    }
  const auto read = trace::read_scans(again, "again", 1);
  if (!read || *read != *scans) std::abort();
  return 0;
}
