// firstline import linelist, firstline import contacts: an outbreak's own lists at the command line.

#include "app/case_lists.hpp"

#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>

#include "app/lists.hpp"
#include "app/serve.hpp"
#include "app/wiring.hpp"
#include "area/service.hpp"
#include "base/clock.hpp"
#include "casebook/lists.hpp"
#include "intake/table.hpp"
#include "json/json.hpp"

namespace firstline::app {
namespace {

using casebook::ListKind;

// A line a refused row, with what to do in Chinese and English.
Result<void> write_report(const std::string& file, const std::vector<casebook::Rejection>& rejections) {
  std::ofstream out(file, std::ios::binary);
  out << "\xef\xbb\xbf" << intake::csv_line({"line", "field", "code", "zh", "en"});
  for (const auto& each : rejections) {
    const auto& words = casebook::rejection_words(each.code);
    out << intake::csv_line(
        {std::to_string(each.line), each.field, each.code, std::string(words.zh), std::string(words.en)});
  }
  if (!out.flush()) return fail(FaultCode::unavailable, "report.unwritable", {}, file);
  return {};
}

Result<std::string> content_of(const std::string& file) {
  std::error_code error;
  if (!std::filesystem::is_regular_file(file, error)) return fail(FaultCode::invalid, "usage.unreadable", {}, file);
  if (std::filesystem::file_size(file, error) > intake::file_bytes_max)
    return fail(FaultCode::invalid, "table.too_large", {}, file);
  std::ifstream in(file, std::ios::binary);
  return std::string(std::istreambuf_iterator<char>(in), {});
}

Result<int> run(const Arguments& arguments, ListKind kind) {
  FL_TRY(const auto settings, settings_of(arguments));
  FL_TRY(const std::string bytes, content_of(arguments.text("file")));
  casebook::WantedList wanted;
  wanted.kind = kind;
  wanted.source = arguments.text("source");
  wanted.only_look = arguments.on("dry-run");
  FL_TRY(wanted.mapping, casebook::parse_mapping(arguments.text("map")));
  FL_TRY(const auto application, open_application(settings));
  FL_TRY(const auto area, application->database->read([&](store::Session& session) {
    return area::find_on_path(session, arguments.text("area"));
  }));
  if (area.kind != area::AreaKind::community)
    return fail(FaultCode::invalid, "usage.no_community", {}, arguments.text("area"));
  wanted.community = area.id;
  const casebook::By by{{}, {}, system_clock().now(), &system_random()};
  FL_TRY(const auto outcome, casebook::take_list(*application->database, application->cases, wanted, bytes, by));
  for (const auto& [column, heading] : outcome.mapping)
    std::cerr << store::enum_name(column) << " = " << heading << '\n';
  if (const auto report = arguments.text("report"); !report.empty()) FL_TRYV(write_report(report, outcome.rejections));
  std::cout << json::write(outcome.counts) << '\n';
  return outcome.counts.refused == 0 ? exit_good : exit_no;
}

Command command_of(std::string words, std::string summary, ListKind kind) {
  auto flags = data_flags();
  flags.insert(flags.end(), {{"area", "PATH", "the community whose cases these are, as in 620102/020/901", ""},
                             {"file", "FILE", "CSV or XLSX", ""},
                             {"source", "NAME", "whose list it is: what its ids are unique within", ""},
                             {"map", "COLUMNS", "where headings are unusual: onset=dt_onset,id=case", ""},
                             {"dry-run", "", "only say what would come of it", ""},
                             {"report", "FILE", "which row was refused and why, as CSV", ""}});
  return {std::move(words), "", std::move(summary), std::move(flags),
          [kind](const Arguments& arguments) { return exit_code(run(arguments, kind)); }};
}

}  // namespace

std::vector<Command> case_list_commands() {
  return {command_of("import linelist",
                     "Takes in a line list of cases; good rows are taken, exit 1 if any was refused.", ListKind::cases),
          command_of("import contacts",
                     "Takes in who infected whom, by the ids of a line list; good rows are taken, exit 1 if any was "
                     "refused.",
                     ListKind::contacts)};
}

}  // namespace firstline::app
