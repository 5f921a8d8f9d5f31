#include "laboratory/table_stream.hpp"

#include <algorithm>

namespace firstline::laboratory {
namespace {

constexpr int records_in_a_piece = 500;

int lines_in(std::string_view text) { return static_cast<int>(std::count(text.begin(), text.end(), '\n')); }

}  // namespace

using Rows = std::vector<intake::Row>;

// Whether a line's end at `c` is a row's end: not inside quotes. Quotes count at the beginning of a cell only, as they
// do for intake::read_csv.
bool TableStream::ends_record(char c) {
  if (where_ == Where::quote_in_quotes) where_ = c == '"' ? Where::quoted : Where::plain;
  else if (where_ == Where::quoted && c == '"') where_ = Where::quote_in_quotes;
  if (where_ == Where::quoted || where_ == Where::quote_in_quotes) return false;
  if (c == '\n') {
    where_ = Where::cell_start;
    return true;
  }
  if (c == ',' || c == ';' || c == '\t') where_ = Where::cell_start;
  else if (c == '"' && where_ == Where::cell_start) where_ = Where::quoted;
  else if (c != ' ' && c != '"') where_ = Where::plain;
  return false;
}

Result<std::string> TableStream::records() {
  std::string text;
  std::size_t begun = 0;
  for (int complete = 0; complete < records_in_a_piece;) {
    if (at_ == size_) {
      in_.read(block_.data(), static_cast<std::streamsize>(block_.size()));
      size_ = static_cast<std::size_t>(in_.gcount());
      at_ = 0;
      if (size_ == 0) {
        ended_ = true;
        return text;
      }
    }
    const char c = block_[at_++];
    text += c;
    if (ends_record(c)) {
      ++complete;
      begun = text.size();
    } else if (text.size() - begun > table_row_bytes_max) {
      return fail(FaultCode::invalid, "table.row_too_long", {},
                  "line " + std::to_string(lines_before_ + lines_in(text) + 1));
    }
  }
  return text;
}

// XLSX, and what cannot be cut at line ends.
Result<std::optional<Rows>> TableStream::whole() {
  std::string bytes(block_.data() + at_, size_ - at_);
  for (std::size_t got = 1; got > 0 && bytes.size() <= intake::file_bytes_max;) {
    in_.read(block_.data(), static_cast<std::streamsize>(block_.size()));
    got = static_cast<std::size_t>(in_.gcount());
    bytes.append(block_.data(), got);
  }
  ended_ = true;
  FL_TRY(auto rows, intake::read_table(bytes));
  return first(std::move(rows));
}

Result<std::optional<Rows>> TableStream::first(Rows rows) {
  FL_TRY(headings_, Headings::find(rows, kind_));
  rows.erase(rows.begin(), rows.begin() + static_cast<std::ptrdiff_t>(headings_->row()) + 1);
  return std::optional(std::move(rows));
}

Result<std::optional<Rows>> TableStream::next() {
  if (!headings_) {
    in_.read(block_.data(), static_cast<std::streamsize>(block_.size()));
    size_ = static_cast<std::size_t>(in_.gcount());
    const std::string_view begin(block_.data(), size_);
    for (const std::string_view mark : {"PK\x03\x04", "\xff\xfe", "\xfe\xff", "\xd0\xcf\x11\xe0"})
      if (begin.starts_with(mark)) return whole();
    FL_TRY(const std::string text, records());
    FL_TRY(auto rows, intake::read_csv(text));
    FL_TRY(const auto headings, Headings::find(rows, kind_));
    const intake::Row& row = rows[headings.row()];
    // As it stands in the file, with the blank lines behind it.
    const int after = headings.row() + 1 < rows.size() ? rows[headings.row() + 1].line : row.line + 1;
    std::size_t from = 0;
    for (int line = 1; line < row.line; ++line) from = text.find('\n', from) + 1;
    std::size_t to = from;
    for (int line = row.line; line < after; ++line) to = std::min(text.find('\n', to), text.size() - 1) + 1;
    heading_text_ = text.substr(from, to - from);
    heading_lines_ = lines_in(heading_text_);
    lines_before_ = lines_in(text);
    return first(std::move(rows));
  }
  if (ended_) return std::optional<Rows>();
  FL_TRY(const std::string text, records());
  if (text.empty()) return std::optional<Rows>();
  FL_TRY(auto rows, intake::read_csv(heading_text_ + text));
  rows.erase(rows.begin());
  for (intake::Row& row : rows) row.line += static_cast<int>(lines_before_) - heading_lines_;
  lines_before_ += lines_in(text);
  return std::optional(std::move(rows));
}

}  // namespace firstline::laboratory
