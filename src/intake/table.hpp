#pragma once

// A list as the office has it: CSV or XLSX, read into rows of text. Decides nothing about what the cells mean.
//
// Faults (invalid), `where` = "line N" where there is one: table.too_large (also: too many cells),
// table.unpacks_too_large, table.too_many_rows, table.too_many_columns, table.cell_too_long, table.empty,
// table.not_text, table.unclosed_quote, table.not_xlsx, table.old_excel, table.protected.

#include <string>
#include <string_view>
#include <vector>

#include "base/fault.hpp"

namespace firstline::intake {

inline constexpr std::size_t file_bytes_max = 32u << 20;
inline constexpr std::size_t unpacked_bytes_max = 256u << 20;  // Of one part of an XLSX.
inline constexpr int rows_max = 300'000;
inline constexpr int columns_max = 100;
inline constexpr std::size_t cell_bytes_max = 2000;
// Of a whole table, however few bytes it takes to say it: a short row can claim a hundred cells, and one text can be
// pointed at from a million.
inline constexpr std::size_t cells_max = 4'500'000, text_bytes_max = 96u << 20;

struct Row {
  int line = 0;  // In the file, from 1.
  std::vector<std::string> cells;
};

// By what the bytes are, not by the file's name. Rows without any text are left out; cells lose spaces around.
Result<std::vector<Row>> read_table(std::string_view bytes);

// UTF-8, UTF-16 (by its mark) or GB18030; comma, semicolon or tab; quotes as in RFC 4180.
Result<std::vector<Row>> read_csv(std::string_view bytes);
// The first sheet. Formulas give the value that was saved with them.
Result<std::vector<Row>> read_xlsx(std::string_view bytes);

// One line of CSV, quoted where needed; a cell that a spreadsheet would take for a formula gets a ' before it.
std::string csv_line(const std::vector<std::string>& cells);
// A sheet with these rows, everything as text, the first row in bold.
Result<std::string> write_xlsx(const std::vector<std::vector<std::string>>& rows);

}  // namespace firstline::intake
