// Lists as CSV in any encoding: read or refused, and what is read can be written and read to the same cells.

#include <cstdint>
#include <cstdlib>

#include "intake/columns.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace firstline;
  const auto rows = intake::read_csv({reinterpret_cast<const char*>(data), size});
  if (!rows) return 0;
  const auto heading = intake::heading_row(*rows);
  auto mapping = intake::suggest((*rows)[heading].cells);
  mapping.resize(12);
  for (std::size_t i = 0; i < mapping.size(); ++i)
    if (!mapping[i]) mapping[i] = static_cast<intake::Column>(i);
  std::vector<intake::RowProblem> problems;
  for (const auto& row : *rows) {
    const auto before = problems.size();
    if (!intake::read_entry(row, mapping, *parse_date("2022-03-15"), problems) && problems.size() == before)
      std::abort();
  }
  for (const auto& problem : problems) (void)intake::problem_words(problem.code);
  return 0;
}
