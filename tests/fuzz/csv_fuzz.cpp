// Lists as CSV in any encoding: read or refused, and what is read can be written and read to the same cells. Also as
// line lists and contacts lists: a row is taken or refused with a code that has words.

#include <cstdint>
#include <cstdlib>

#include "casebook/columns.hpp"
#include "intake/columns.hpp"

namespace {

void as_case_list(const std::vector<firstline::intake::Row>& rows, firstline::casebook::ListKind kind) {
  using namespace firstline;
  // Whatever stands on top, its first columns are what the kind needs.
  casebook::Mapping mapping;
  const auto& cells = rows.front().cells;
  const auto first = kind == casebook::ListKind::cases ? casebook::Column::id : casebook::Column::from;
  for (std::size_t i = 0; i < cells.size() && i < 13; ++i)
    if (const int column = static_cast<int>(first) + static_cast<int>(i);
        column <= static_cast<int>(casebook::Column::place))
      mapping.emplace(static_cast<casebook::Column>(column), cells[i]);
  const auto columns = casebook::Columns::find(rows, kind, mapping);
  if (!columns) return;
  const auto check = [](const casebook::Rejection& refused) {
    if (casebook::rejection_words(refused.code).code != refused.code) std::abort();
  };
  for (const auto& row : rows) {
    const Date today = *parse_date("2022-03-15");
    if (kind == casebook::ListKind::cases) {
      const auto read = casebook::read_case(row, *columns, today);
      if (const auto* refused = std::get_if<casebook::Rejection>(&read)) check(*refused);
    } else {
      const auto read = casebook::read_contact(row, *columns, today);
      if (const auto* refused = std::get_if<casebook::Rejection>(&read)) check(*refused);
    }
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace firstline;
  const auto rows = intake::read_csv({reinterpret_cast<const char*>(data), size});
  if (!rows) return 0;
  as_case_list(*rows, casebook::ListKind::cases);
  as_case_list(*rows, casebook::ListKind::contacts);
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
