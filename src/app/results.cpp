// firstline import results, firstline import vaccinations: a laboratory's files at the command line, through the same
// service as the pages.

#include "app/results.hpp"

#include <filesystem>
#include <fstream>
#include <iostream>

#include <unistd.h>

#include "app/lists.hpp"
#include "app/serve.hpp"
#include "app/wiring.hpp"
#include "area/service.hpp"
#include "base/clock.hpp"
#include "intake/table.hpp"
#include "json/json.hpp"

namespace firstline::app {
namespace {

using laboratory::Kind;

// A line a refused row, with what to do in Chinese and English.
Result<void> write_report(const std::string& file, const std::vector<laboratory::Rejection>& rejections) {
  std::ofstream out(file, std::ios::binary);
  out << "\xef\xbb\xbf" << intake::csv_line({"line", "field", "code", "zh", "en"});
  for (const auto& each : rejections) {
    const auto& words = laboratory::rejection_words(each.code);
    out << intake::csv_line(
        {std::to_string(each.line), each.field, each.code, std::string(words.zh), std::string(words.en)});
  }
  if (!out.flush()) return fail(FaultCode::unavailable, "report.unwritable", {}, file);
  return {};
}

Result<int> run(const Arguments& arguments, Kind kind) {
  FL_TRY(const auto settings, settings_of(arguments));
  const std::string file = arguments.text("file");
  std::error_code error;
  if (!std::filesystem::is_regular_file(file, error)) return fail(FaultCode::invalid, "usage.unreadable", {}, file);
  FL_TRY(const auto application, open_application(settings));
  FL_TRY(const auto area, application->database->read([&](store::Session& session) {
    return area::find_on_path(session, arguments.text("area"));
  }));
  const laboratory::By by{{}, system_clock().now()};
  laboratory::Wanted wanted;
  wanted.kind = kind;
  wanted.source = arguments.text("source");
  wanted.file_name = std::filesystem::path(file).filename().string();
  wanted.command = make_uuid_v7(by.now, system_random());
  wanted.area = area.id;
  wanted.path = area.path;
  if (area.kind == area::AreaKind::community) wanted.community = area.id;
  const laboratory::OpenFile open = [&file] { return std::make_unique<std::ifstream>(file, std::ios::binary); };
  const bool terminal = isatty(STDERR_FILENO) != 0;
  const auto progress = [terminal](std::int64_t rows) {
    if (terminal) std::cerr << '\r' << rows << " rows" << std::flush;
  };
  FL_TRY(const auto outcome, arguments.on("dry-run") ? application->laboratory->look(wanted, open, by, progress)
                                                     : application->laboratory->take(wanted, open, by, progress));
  if (terminal) std::cerr << '\n';
  if (const auto report = arguments.text("report"); !report.empty()) FL_TRYV(write_report(report, outcome.rejections));
  std::cout << json::write(outcome.counts) << '\n';
  return outcome.counts.refused == 0 ? exit_good : exit_no;
}

Command command_of(std::string words, std::string summary, Kind kind) {
  auto flags = data_flags();
  flags.insert(flags.end(), {{"area", "PATH", "only people below it; as in 620102/020/901, or 620102", ""},
                             {"file", "FILE", "CSV, XLSX, or FHIR R4 JSON (Bundle or NDJSON)", ""},
                             {"source", "NAME", "the laboratory or clinic: whose record numbers these are", ""},
                             {"dry-run", "", "only say what would come of it", ""},
                             {"report", "FILE", "which row was refused and why, as CSV", ""}});
  return {std::move(words), "", std::move(summary), std::move(flags),
          [kind](const Arguments& arguments) { return exit_code(run(arguments, kind)); }};
}

}  // namespace

std::vector<Command> result_commands() {
  return {command_of("import results", "Takes in test results; good rows are taken, exit 1 if any was refused.",
                     Kind::results),
          command_of("import vaccinations", "Takes in vaccinations; good rows are taken, exit 1 if any was refused.",
                     Kind::vaccinations)};
}

}  // namespace firstline::app
