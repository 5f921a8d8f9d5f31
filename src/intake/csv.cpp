#include <array>
#include <cerrno>
#include <memory>

#include <iconv.h>

#include "intake/table.hpp"
#include "intake/text.hpp"

namespace firstline::intake {
namespace {

tl::unexpected<Fault> refuse(std::string_view reason, int line = 0) {
  return fail(FaultCode::invalid, reason, {}, line ? "line " + std::to_string(line) : std::string());
}

bool is_utf8(std::string_view text) {
  for (std::size_t i = 0; i < text.size();) {
    const auto lead = static_cast<unsigned char>(text[i]);
    const std::size_t length = lead < 0x80 ? 1 : lead >> 5 == 6 ? 2 : lead >> 4 == 14 ? 3 : lead >> 3 == 30 ? 4 : 0;
    if (length == 0 || i + length > text.size()) return false;
    for (std::size_t k = 1; k < length; ++k)
      if ((static_cast<unsigned char>(text[i + k]) & 0xc0) != 0x80) return false;
    i += length;
  }
  return true;
}

Result<std::string> converted(std::string_view bytes, const char* from) {
  const iconv_t handle = iconv_open("UTF-8", from);
  if (handle == reinterpret_cast<iconv_t>(-1)) return refuse("table.not_text");
  const std::unique_ptr<void, int (*)(iconv_t)> closing(handle, iconv_close);
  std::string out;
  std::array<char, 16 * 1024> buffer;
  char* in = const_cast<char*>(bytes.data());  // iconv reads only.
  std::size_t left = bytes.size();
  while (left > 0) {
    char* to = buffer.data();
    std::size_t room = buffer.size();
    const std::size_t done = iconv(handle, &in, &left, &to, &room);
    out.append(buffer.data(), buffer.size() - room);
    if (done == static_cast<std::size_t>(-1) && errno != E2BIG) return refuse("table.not_text");
  }
  return out;
}

Result<std::string> as_utf8(std::string_view bytes) {
  if (bytes.starts_with("\xff\xfe")) return converted(bytes.substr(2), "UTF-16LE");
  if (bytes.starts_with("\xfe\xff")) return converted(bytes.substr(2), "UTF-16BE");
  if (bytes.starts_with("\xef\xbb\xbf")) bytes.remove_prefix(3);
  if (bytes.find('\0') != bytes.npos) return refuse("table.not_text");
  return is_utf8(bytes) ? Result<std::string>(std::string(bytes)) : converted(bytes, "GB18030");
}

// The one that the first line has most of, outside quotes.
char separator_of(std::string_view text) {
  std::array<int, 3> counts{};
  constexpr std::string_view candidates = ",;\t";
  bool quoted = false;
  for (const char c : text.substr(0, 64 * 1024)) {
    if (c == '"') quoted = !quoted;
    if (c == '\n' && !quoted) break;
    if (const auto at = candidates.find(c); at != candidates.npos && !quoted) ++counts[at];
  }
  std::size_t best = 0;
  for (std::size_t i = 1; i < counts.size(); ++i)
    if (counts[i] > counts[best]) best = i;
  return candidates[best];
}

constexpr std::string_view formula_signs = "=+-@";

class CsvReader {
 public:
  explicit CsvReader(std::string_view text) : text_(text), separator_(separator_of(text)) {}

  Result<std::vector<Row>> read() {
    for (; at_ < text_.size(); ++at_) {
      const char c = text_[at_];
      if (quoted_) FL_TRYV(inside_quotes(c));
      else FL_TRYV(outside_quotes(c));
    }
    if (quoted_) return refuse("table.unclosed_quote", opened_);
    if (!cell_.empty() || !row_.cells.empty()) FL_TRYV(end_row());
    return std::move(rows_);
  }

 private:
  Result<void> take(char c) {
    if (cell_.size() >= cell_bytes_max) return refuse("table.cell_too_long", line_);
    cell_ += c;
    return {};
  }
  Result<void> inside_quotes(char c) {
    if (c == '\n') ++line_;
    if (c != '"') return take(c);
    if (at_ + 1 < text_.size() && text_[at_ + 1] == '"') {
      ++at_;
      return take('"');
    }
    quoted_ = false;
    return {};
  }
  Result<void> outside_quotes(char c) {
    if (c == separator_) return end_cell();
    if (c == '\n') {
      FL_TRYV(end_row());
      row_.line = ++line_;
      return {};
    }
    if (c == '\r' && (at_ + 1 == text_.size() || text_[at_ + 1] == '\n')) return {};
    if (c == '"' && cell_.find_first_not_of(" \t") == cell_.npos) {
      cell_.clear();
      quoted_ = true;
      opened_ = line_;
      return {};
    }
    return take(c);
  }
  Result<void> end_cell() {
    if (row_.cells.size() >= columns_max) return refuse("table.too_many_columns", line_);
    if (++cells_ > cells_max) return refuse("table.too_large", line_);
    std::string_view clean = trimmed(cell_);
    // The ' that keeps spreadsheets from taking it for a formula (csv_line) is not part of it.
    if (clean.size() > 1 && clean[0] == '\'' && formula_signs.find(clean[1]) != clean.npos) clean.remove_prefix(1);
    row_.cells.emplace_back(clean);
    cell_.clear();
    return {};
  }
  Result<void> end_row() {
    FL_TRYV(end_cell());
    bool any = false;
    for (const std::string& cell : row_.cells) any = any || !cell.empty();
    if (any) {
      if (rows_.size() >= rows_max) return refuse("table.too_many_rows", line_);
      rows_.push_back(std::move(row_));
    }
    row_ = Row{};
    return {};
  }

  std::string_view text_;
  char separator_;
  std::size_t at_ = 0;
  std::size_t cells_ = 0;
  int line_ = 1, opened_ = 1;
  bool quoted_ = false;
  std::string cell_;
  Row row_{1, {}};
  std::vector<Row> rows_;
};

}  // namespace

Result<std::vector<Row>> read_csv(std::string_view bytes) {
  FL_TRY(const std::string text, as_utf8(bytes));
  FL_TRY(auto rows, CsvReader(text).read());
  if (rows.empty()) return refuse("table.empty");
  return rows;
}

Result<std::vector<Row>> read_table(std::string_view bytes) {
  if (bytes.size() > file_bytes_max) return refuse("table.too_large");
  if (bytes.starts_with("PK\x03\x04")) return read_xlsx(bytes);
  // What Excel wrote before 2007, or any newer file behind a password.
  if (bytes.starts_with("\xd0\xcf\x11\xe0")) return refuse("table.old_excel");
  return read_csv(bytes);
}

std::string csv_line(const std::vector<std::string>& cells) {
  std::string line;
  for (std::size_t i = 0; i < cells.size(); ++i) {
    std::string cell = cells[i];
    if (!cell.empty() && formula_signs.find(cell[0]) != formula_signs.npos) cell.insert(0, "'");
    if (i > 0) line += ',';
    if (cell.find_first_of(",;\t\"\r\n") == cell.npos) {
      line += cell;
      continue;
    }
    line += '"';
    for (const char c : cell) line += c == '"' ? "\"\"" : std::string(1, c);
    line += '"';
  }
  return line + "\r\n";
}

}  // namespace firstline::intake
