#pragma once

// Scans and cases as CSV: whole numbers, commas, one row a line. Strict: the first wrong row refuses the file, with its
// line and the reason, because a row left out silently is a contact who is never told.
//
// The first line may be the heading (`person,place,enter,leave`; `person,from,until`), and must be it if it is not
// numbers. Lines end with LF or CRLF. No quotes, no spaces, no empty lines.

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "trace/model.hpp"

namespace firstline::trace {

// In the order of the text, in pieces. Faults: invalid trace.heading, trace.columns, trace.not_a_whole_number and what
// wrong_with() says; where = "NAME:LINE".
Result<std::vector<std::vector<Scan>>> read_scans(std::string_view text, std::string_view name, unsigned threads);
Result<std::vector<Case>> read_cases(std::string_view text, std::string_view name);

// The same from a file, which is mapped, not copied. Fault not_found trace.file_unreadable, where = path.
Result<std::vector<std::vector<Scan>>> read_scan_file(const std::string& path, unsigned threads);
Result<std::vector<Case>> read_case_file(const std::string& path);

inline constexpr std::string_view scan_heading = "person,place,enter,leave";
inline constexpr std::string_view case_heading = "person,from,until";
inline constexpr std::string_view contact_heading = "case,contact,encounters,overlap_seconds,first,last";

// Adds one line of numbers.
void write_row(std::string& text, std::span<const std::int64_t> numbers);

}  // namespace firstline::trace
