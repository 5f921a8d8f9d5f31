#pragma once

// Cuts a laboratory's table into pieces of some hundred rows, so that a file of a million needs the memory of one
// piece. CSV in UTF-8 or GB18030 is streamed; XLSX and UTF-16 are read whole, within intake's limits. What the cells
// mean is for columns.hpp. Faults: of intake/table.hpp and of Headings::find; table.row_too_long (invalid).

#include <array>
#include <istream>
#include <optional>
#include <string>
#include <vector>

#include "laboratory/columns.hpp"

namespace firstline::laboratory {

inline constexpr std::size_t table_row_bytes_max = 64 * 1024;

class TableStream {
 public:
  TableStream(std::istream& in, Kind kind) : in_(in), kind_(kind) {}
  // Rows below the headings, with their lines in the file; nothing at the end.
  Result<std::optional<std::vector<intake::Row>>> next();
  // After the first piece.
  const Headings& headings() const { return *headings_; }

 private:
  enum class Where { cell_start, plain, quoted, quote_in_quotes };

  Result<std::optional<std::vector<intake::Row>>> first(std::vector<intake::Row> rows);
  Result<std::optional<std::vector<intake::Row>>> whole();
  // Some hundred records as they stand in the file; empty at the end.
  Result<std::string> records();
  bool ends_record(char c);

  std::istream& in_;
  Kind kind_;
  std::optional<Headings> headings_;
  std::array<char, 64 * 1024> block_;
  std::size_t at_ = 0, size_ = 0;
  std::string heading_text_;  // The heading row again, so that every piece is read with the same separator.
  int heading_lines_ = 0;
  Where where_ = Where::cell_start;
  std::int64_t lines_before_ = 0;
  bool ended_ = false;
};

}  // namespace firstline::laboratory
