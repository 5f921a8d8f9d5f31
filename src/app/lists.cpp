// firstline import, firstline export people: the office's lists at the command line, through the same service as the
// pages.

#include "app/lists.hpp"

#include <fstream>
#include <iostream>

#include <unistd.h>

#include "app/serve.hpp"
#include "app/wiring.hpp"
#include "intake/service.hpp"
#include "json/json.hpp"

namespace firstline::app {
namespace {

Result<area::Area> community_of(store::Database& database, const std::string& path) {
  return database.read([&](store::Session& session) -> Result<area::Area> {
    FL_TRY(auto area, area::find_on_path(session, path));
    if (area.kind != area::AreaKind::community) return fail(FaultCode::invalid, "usage.no_community", {}, path);
    return area;
  });
}

Result<std::string> content_of(const std::string& file) {
  std::ifstream in(file, std::ios::binary);
  if (!in) return fail(FaultCode::invalid, "usage.unreadable", {}, file);
  return std::string(std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>());
}

// A line a problem: line, column, code, what to do in Chinese and English; and a line for every person whom a row may
// mean under another spelling, by the id of the record (the console shows it under #/person/ID).
Result<void> write_report(const std::string& file, const std::vector<intake::RowProblem>& problems,
                          const std::vector<intake::Question>& questions) {
  std::ofstream out(file, std::ios::binary);
  out << "\xef\xbb\xbf" << intake::csv_line({"line", "column", "severity", "code", "zh", "en", "record"});
  for (const auto& problem : problems) {
    const auto& words = intake::problem_words(problem.code);
    out << intake::csv_line({std::to_string(problem.line), problem.column ? store::enum_name(*problem.column) : "",
                             store::enum_name(problem.severity), problem.code, std::string(words.zh),
                             std::string(words.en), ""});
  }
  for (const auto& question : questions) {
    const auto& words = intake::problem_words("person.may_be_same");
    out << intake::csv_line({std::to_string(question.line), "name", "question", std::string(words.code),
                             std::string(words.zh), std::string(words.en), format_id(question.person_id.value)});
  }
  if (!out.flush()) return fail(FaultCode::unavailable, "report.unwritable", {}, file);
  return {};
}

Result<int> run_import(const Arguments& arguments) {
  FL_TRY(const auto settings, settings_of(arguments));
  FL_TRY(const auto application, open_application(settings));
  FL_TRY(const auto community, community_of(*application->database, arguments.text("community")));
  FL_TRY(const auto bytes, content_of(arguments.text("file")));
  const intake::By by{{}, system_clock().now()};
  intake::Intake& work = *application->intake;
  FL_TRY(auto import,
         work.upload(community.id, make_uuid_v7(by.now, system_random()), arguments.text("file"), bytes, by));
  intake::Wanted wanted;
  wanted.allow_new_homes = arguments.on("allow-new-homes");
  FL_TRY(wanted.mapping, json::read<intake::Mapping>(import.mapping));
  FL_TRY(import, work.compare(community.id, import.id, wanted, by));
  FL_TRY(const auto problems, json::read<std::vector<intake::RowProblem>>(import.problems));
  FL_TRY(const auto questions, json::read<std::vector<intake::Question>>(import.questions));
  if (const auto report = arguments.text("report"); !report.empty()) FL_TRYV(write_report(report, problems, questions));
  FL_TRY(const auto counts, json::read<intake::Counts>(import.counts));
  const bool all_good = (counts.refused == 0 && counts.asked == 0) || arguments.on("take-good-rows");
  if (arguments.on("dry-run") || !all_good) {
    FL_TRYV(work.discard(community.id, import.id, by));
  } else {
    const bool terminal = isatty(STDERR_FILENO) != 0;
    FL_TRY(import, work.take(community.id, import.id, {arguments.on("take-good-rows"), {}}, by,
                             [terminal](std::int64_t done, std::int64_t total) {
                               if (terminal) std::cerr << '\r' << done << " / " << total << (done == total ? "\n" : "");
                             }));
  }
  std::cout << import.counts << '\n';
  return all_good ? exit_good : exit_no;
}

Result<int> run_export(const Arguments& arguments) {
  FL_TRY(const auto settings, settings_of(arguments));
  FL_TRY(const auto application, open_application(settings));
  FL_TRY(const auto community, community_of(*application->database, arguments.text("community")));
  const intake::By by{{}, system_clock().now()};
  FL_TRY(const auto text, application->database->write([&](store::Session& session) {
    return intake::export_people(session, application->people, community, arguments.text("reason"), by);
  }));
  std::cout << text;
  return exit_good;
}

}  // namespace

int exit_code(const Result<int>& outcome) {
  if (outcome) return *outcome;
  const Fault& fault = outcome.error();
  std::cerr << "firstline: " << fault.reason << (fault.where.empty() ? "" : " ") << fault.where
            << (fault.detail.empty() ? "" : ": ") << fault.detail << '\n';
  if (fault.reason.starts_with("usage.")) return exit_usage;
  return fault.code == FaultCode::invalid || fault.code == FaultCode::conflict ? exit_no : exit_fault;
}

std::vector<Command> list_commands() {
  auto import_flags = data_flags(), export_flags = data_flags();
  import_flags.insert(
      import_flags.end(),
      {{"community", "PATH", "as in 620102/020/901", ""},
       {"file", "FILE", "CSV or XLSX", ""},
       {"allow-new-homes", "", "make the compounds, grids, buildings, units and rooms that are not there yet", ""},
       {"take-good-rows", "", "take what is good although some rows are refused or may be somebody who is there", ""},
       {"dry-run", "", "only say what would change", ""},
       {"report", "FILE", "what is wrong with which row, and which may be whom, as CSV", ""}});
  export_flags.insert(export_flags.end(),
                      {{"community", "PATH", "as in 620102/020/901", ""},
                       {"reason", "WORD", "correction | handover | asked_by_superior; kept as a fact", ""}});
  return {{"import", "", "Takes in a list of homes and people; exit 1 if rows are refused or undecided.",
           std::move(import_flags), [](const Arguments& arguments) { return exit_code(run_import(arguments)); }},
          {"export people", "", "Prints a community's people as CSV, in clear; a fact.", std::move(export_flags),
           [](const Arguments& arguments) { return exit_code(run_export(arguments)); }}};
}

}  // namespace firstline::app
