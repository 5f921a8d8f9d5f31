// Files of laboratories, FHIR or table: read or refused, never a crash; a row that is read names its record, and every
// refusal has words.

#include <cstdint>
#include <cstdlib>
#include <sstream>
#include <string>

#include "laboratory/reading.hpp"

namespace {

using namespace firstline;
using namespace firstline::laboratory;

void read_as(const std::string& text, Kind kind) {
  std::int64_t rows = 0;
  const OpenFile open = [&] { return std::make_unique<std::istringstream>(text); };
  (void)read_file(open, kind, [&](AnyRow row) -> Result<void> {
    ++rows;
    if (const auto* result = std::get_if<ResultRow>(&row))
      if (result->external_id.empty() || kind != Kind::results) std::abort();
    if (const auto* vaccination = std::get_if<VaccinationRow>(&row))
      if (vaccination->external_id.empty() || kind != Kind::vaccinations) std::abort();
    if (const auto* rejection = std::get_if<Rejection>(&row))
      if (rejection_words(rejection->code).code != rejection->code) std::abort();
    return {};
  });
  if (rows > static_cast<std::int64_t>(text.size())) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string text(reinterpret_cast<const char*>(data), size);
  read_as(text, Kind::results);
  read_as(text, Kind::vaccinations);
  return 0;
}
