// firstline trace, firstline generate city: tracing over files, without a database.

#include "app/tracing.hpp"

#include <filesystem>
#include <iostream>

#include "app/lists.hpp"
#include "drill/city.hpp"
#include "trace/answer_file.hpp"
#include "trace/command.hpp"
#include "trace/parallel.hpp"
#include "trace/scan_file.hpp"

namespace firstline::app {
namespace {

Result<std::string> given(const Arguments& arguments, std::string_view flag) {
  auto value = arguments.text(flag);
  if (value.empty()) return fail(FaultCode::invalid, "usage.missing_value", {}, "--" + std::string(flag));
  return value;
}

Result<int> run_trace(const Arguments& arguments) {
  trace::CommandRequest request;
  FL_TRY(request.scans_path, given(arguments, "scans"));
  FL_TRY(request.cases_path, given(arguments, "cases"));
  FL_TRY(request.out_path, given(arguments, "out"));
  FL_TRY(request.rule.linger_seconds, arguments.number("linger", 0, trace::second_max));
  FL_TRY(request.rule.overlap_seconds_min, arguments.number("min-overlap", 0, INT64_MAX));
  FL_TRY(const long depth, arguments.number("depth", 1, 2));
  request.rule.depth = static_cast<trace::Depth>(depth);
  FL_TRY(const auto counts, trace::trace_files(request));
  std::cerr << counts.scans << " scans, " << counts.cases << " cases: " << counts.rows << " rows\n";
  return exit_good;
}

Result<void> write_cases(const std::string& path, const std::vector<trace::Case>& cases) {
  FL_TRY(trace::AnswerFile out, trace::AnswerFile::create(path));
  std::string text = std::string(trace::case_heading) + "\n";
  for (const trace::Case& one : cases) trace::write_row(text, std::array{one.person, one.from, one.until});
  out.write(text);
  return out.finish();
}

Result<int> generate_city(const Arguments& arguments) {
  drill::CityOptions options;
  FL_TRY(options.people, arguments.number("people", 1, 100'000'000));
  FL_TRY(options.days, arguments.number("days", 1, 1'000));
  FL_TRY(options.outings_percent, arguments.number("outings", 1, 100));
  FL_TRY(const long seed, arguments.number("seed", 0, INT64_MAX));
  FL_TRY(const long cases, arguments.number("cases", 0, 1'000'000));
  FL_TRY(const std::string folder, given(arguments, "out"));
  options.seed = static_cast<std::uint64_t>(seed);
  std::error_code error;
  std::filesystem::create_directories(folder, error);
  if (error) return fail(FaultCode::unavailable, "trace.file_unwritable", error.message(), folder);

  const drill::City city(options);
  FL_TRY(trace::AnswerFile out, trace::AnswerFile::create(folder + "/scans.csv"));
  out.write(std::string(trace::scan_heading) + "\n");
  std::uint64_t rows = 0;
  trace::in_parallel_in_order(
      city.parts(), trace::threads_of(0), 16,
      [&](unsigned, std::size_t part) {
        std::pair<std::string, std::size_t> made;
        for (const trace::Scan& scan : city.scans(part)) {
          trace::write_row(made.first, std::array{scan.person, scan.place, scan.enter, scan.leave});
          ++made.second;
        }
        return made;
      },
      [&](const std::pair<std::string, std::size_t>& made) {
        out.write(made.first);
        rows += made.second;
      });
  FL_TRYV(out.finish());
  FL_TRYV(write_cases(folder + "/cases.csv", city.cases(cases, options.seed)));
  std::cerr << "generated: " << rows << " scans of " << options.people << " people\n";
  return exit_good;
}

// There is no question here that could be answered no: what is wrong with a file is a fault.
int ended(const Result<int>& outcome) {
  const int code = exit_code(outcome);
  return code == exit_no ? exit_fault : code;
}

}  // namespace

std::vector<Command> trace_commands() {
  return {
      {"trace",
       "",
       "Finds who met the cases: scans and cases from CSV files, contacts into one. docs/trace.md has the rule.",
       {{"scans", "FILE", "person,place,enter,leave; whole numbers, seconds", ""},
        {"cases", "FILE", "person,from,until", ""},
        {"linger", "SECONDS", "a stay lasts at least so long after entering", ""},
        {"min-overlap", "SECONDS", "together at least so long, in sum", ""},
        {"depth", "1|2", "2: contacts of contacts too", "1"},
        {"out", "FILE", "case,contact,encounters,overlap_seconds,first,last", ""}},
       [](const Arguments& arguments) { return ended(run_trace(arguments)); }},
      {"generate city",
       "",
       "Makes scans and cases of a city that never existed, for firstline trace and benchmarks.",
       {{"people", "N", "in all", "100000"},
        {"days", "N", "from 2022-03-06 on", "14"},
        {"outings", "PERCENT", "who goes out on a day", "54"},
        {"seed", "S", "the same seed makes the same scans", "1"},
        {"cases", "N", "drawn from all", "100"},
        {"out", "DIR", "for scans.csv and cases.csv", ""}},
       [](const Arguments& arguments) { return ended(generate_city(arguments)); }},
  };
}

}  // namespace firstline::app
