#include "trace/scan_file.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <mutex>

#include <fmt/format.h>

#include "base/check.hpp"
#include "trace/mapped_file.hpp"
#include "trace/parallel.hpp"

namespace firstline::trace {
namespace {

constexpr std::size_t piece_bytes = 4u << 20;

// What is wrong with a row: where it begins, and why.
struct Wrong {
  const char* row = nullptr;  // Null: nothing.
  const char* reason = "";
};

// Reads one whole number and stands behind it. False: there is none, or none of 64 bits.
bool read_number(const char*& at, const char* end, std::int64_t& number) {
  const bool negative = at != end && *at == '-';
  const char* digits = negative ? at + 1 : at;
  std::uint64_t value = 0;
  const char* next = digits;
  for (; next != end && static_cast<unsigned>(*next - '0') < 10; ++next)
    value = value * 10 + static_cast<unsigned>(*next - '0');
  if (next == digits) return false;
  if (next - digits > 18) {
    // Perhaps too large: the slow way knows.
    if (std::from_chars(at, end, number).ec != std::errc{}) return false;
  } else {
    number = negative ? -static_cast<std::int64_t>(value) : static_cast<std::int64_t>(value);
  }
  at = next;
  return true;
}

// use(numbers) for each line of `text`; says what is wrong with the row, or "".
template <std::size_t columns, class Use>
Wrong read_rows(std::string_view text, Use use) {
  std::array<std::int64_t, columns> numbers;
  const char *at = text.data(), *end = at + text.size();
  while (at != end) {
    const char* const row = at;
    for (std::size_t column = 0; column < columns; ++column) {
      if (!read_number(at, end, numbers[column])) return {row, "trace.not_a_whole_number"};
      if (column + 1 == columns) break;
      if (at == end || *at == '\n' || *at == '\r') return {row, "trace.columns"};
      if (*at != ',') return {row, "trace.not_a_whole_number"};
      ++at;
    }
    if (at != end && *at == '\r' && at + 1 != end && at[1] == '\n') ++at;
    if (at != end && *at != '\n') return {row, *at == ',' ? "trace.columns" : "trace.not_a_whole_number"};
    if (const char* reason = use(numbers); *reason) return {row, reason};
    if (at != end) ++at;
  }
  return {};
}

// What follows the heading, if there is one.
Result<std::string_view> without_heading(std::string_view text, std::string_view heading, std::string_view name) {
  if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
  if (!text.empty() && (text[0] == '-' || (text[0] >= '0' && text[0] <= '9'))) return text;
  const std::size_t end = std::min(text.find('\n'), text.size());
  std::string_view first = text.substr(0, end);
  if (first.ends_with('\r')) first.remove_suffix(1);
  if (first != heading)
    return fail(FaultCode::invalid, "trace.heading", fmt::format("the columns are {}", heading),
                fmt::format("{}:1", name));
  return text.substr(std::min(end + 1, text.size()));
}

tl::unexpected<Fault> refused(const Wrong& wrong, std::string_view whole, std::string_view name) {
  const auto line = 1 + std::count(whole.data(), wrong.row, '\n');
  return fail(FaultCode::invalid, wrong.reason, {}, fmt::format("{}:{}", name, line));
}

// Pieces of whole lines.
std::vector<std::string_view> pieces_of(std::string_view text) {
  std::vector<std::string_view> pieces;
  while (!text.empty()) {
    std::size_t length = text.size();
    if (length > piece_bytes) length = std::min(text.find('\n', piece_bytes), text.size() - 1) + 1;
    pieces.push_back(text.substr(0, length));
    text.remove_prefix(length);
  }
  return pieces;
}

}  // namespace

Result<std::vector<std::vector<Scan>>> read_scans(std::string_view text, std::string_view name, unsigned threads) {
  FL_TRY(const std::string_view rows, without_heading(text, scan_heading, name));
  const auto pieces = pieces_of(rows);
  std::vector<std::vector<Scan>> scans(pieces.size());
  std::mutex mutex;
  Wrong first;
  in_parallel(pieces.size(), threads_of(threads), [&](unsigned, std::size_t at) {
    std::vector<Scan>& block = scans[at];
    block.reserve(static_cast<std::size_t>(std::count(pieces[at].begin(), pieces[at].end(), '\n')) + 1);
    const Wrong wrong = read_rows<4>(pieces[at], [&](const std::array<std::int64_t, 4>& numbers) {
      block.push_back({numbers[0], numbers[1], numbers[2], numbers[3]});
      return wrong_with(block.back());
    });
    if (!wrong.row) return;
    const std::lock_guard lock(mutex);
    if (!first.row || wrong.row < first.row) first = wrong;
  });
  if (first.row) return refused(first, text, name);
  return scans;
}

Result<std::vector<Case>> read_cases(std::string_view text, std::string_view name) {
  FL_TRY(const std::string_view rows, without_heading(text, case_heading, name));
  std::vector<Case> cases;
  const Wrong wrong = read_rows<3>(rows, [&](const std::array<std::int64_t, 3>& numbers) {
    cases.push_back({numbers[0], numbers[1], numbers[2]});
    return wrong_with(cases.back());
  });
  if (wrong.row) return refused(wrong, text, name);
  return cases;
}

Result<std::vector<std::vector<Scan>>> read_scan_file(const std::string& path, unsigned threads) {
  FL_TRY(const MappedFile file, MappedFile::open(path));
  return read_scans(file.text(), path, threads);
}

Result<std::vector<Case>> read_case_file(const std::string& path) {
  FL_TRY(const MappedFile file, MappedFile::open(path));
  return read_cases(file.text(), path);
}

void write_row(std::string& text, std::span<const std::int64_t> numbers) {
  char line[6 * 21];
  char* at = line;
  FL_CHECK(!numbers.empty() && numbers.size() <= 6);
  for (const std::int64_t number : numbers) {
    at = std::to_chars(at, std::end(line), number).ptr;
    *at++ = ',';
  }
  at[-1] = '\n';
  text.append(line, at);
}

}  // namespace firstline::trace
