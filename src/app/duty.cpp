#include "app/duty.hpp"

#include <chrono>
#include <cmath>
#include <ctime>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>
#include <set>

#include <fmt/format.h>

#include "app/lists.hpp"
#include "care/hhcrsp.hpp"
#include "intake/table.hpp"
#include "mobilise/matching.hpp"
#include "roster/benchmark.hpp"
#include "roster/search.hpp"

namespace firstline::app {
namespace {

Result<std::string> bytes_of(const std::string& file) {
  if (file.empty()) return fail(FaultCode::invalid, "usage.file_missing");
  std::ifstream in(file, std::ios::binary);
  if (!in) return fail(FaultCode::invalid, "usage.unreadable", {}, file);
  return std::string(std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>());
}

Fault bad_cell(const std::string& file, const intake::Row& row, std::string_view what) {
  return {FaultCode::invalid, "usage.bad_row", fmt::format("{}:{}", file, row.line), std::string(what)};
}

Result<double> number_of(const std::string& file, const intake::Row& row, std::size_t column, std::string_view name) {
  const std::string& text = row.cells[column];
  std::size_t used = 0;
  double value = NAN;
  try {
    value = std::stod(text, &used);
  } catch (const std::exception&) {
    used = 0;
  }
  if (used == 0 || used != text.size() || !std::isfinite(value) || std::fabs(value) > 1e9)
    return tl::unexpected(bad_cell(file, row, fmt::format("{} is no number of metres", name)));
  return value;
}

std::vector<std::string> skills_of(const intake::Row& row, std::size_t column) {
  std::vector<std::string> skills(1);
  if (column >= row.cells.size()) return {};
  for (const char c : row.cells[column]) {
    if (c == ' ' || c == ';' || c == '|' || c == ',' || c == '+') skills.emplace_back();
    else skills.back() += c;
  }
  std::erase(skills, "");
  return skills;
}

// Rows behind a header that names these columns in this order; the last of them may be missing.
Result<std::vector<intake::Row>> rows_of(const std::string& file, const std::vector<std::string>& columns) {
  FL_TRY(const auto bytes, bytes_of(file));
  auto rows = intake::read_csv(bytes);
  if (!rows) {
    const Fault& fault = rows.error();
    return fail(fault.code, "usage.bad_table", fault.reason, fault.where.empty() ? file : file + ", " + fault.where);
  }
  if (rows->empty()) return fail(FaultCode::invalid, "usage.bad_header", {}, file);
  for (std::size_t c = 0; c < columns.size(); ++c) {
    if (c >= rows->front().cells.size() && c + 1 == columns.size()) break;
    if (c >= rows->front().cells.size() || rows->front().cells[c] != columns[c])
      return tl::unexpected(Fault{FaultCode::invalid, "usage.bad_header", fmt::format("{}:1", file),
                                  fmt::format("column {} is to be {}", c + 1, columns[c])});
  }
  rows->erase(rows->begin());
  for (auto& row : *rows)
    if (row.cells.size() < columns.size()) row.cells.resize(columns.size());
  return rows;
}

Result<std::optional<mobilise::Point>> point_of(const std::string& file, const intake::Row& row, std::size_t column,
                                                std::string_view name) {
  if (row.cells[column].empty() && row.cells[column + 1].empty()) return std::optional<mobilise::Point>();
  FL_TRY(const double x, number_of(file, row, column, fmt::format("{}_x", name)));
  FL_TRY(const double y, number_of(file, row, column + 1, fmt::format("{}_y", name)));
  return std::optional<mobilise::Point>({x, y});
}

// Whole metres as such, others to the millimetre.
std::string metres_text(double metres) {
  std::string text = fmt::format("{:.3f}", metres);
  while (text.back() == '0') text.pop_back();
  if (text.back() == '.') text.pop_back();
  return text;
}

Result<int> run_match(const Arguments& arguments) {
  const std::string volunteer_file = arguments.text("volunteers"), community_file = arguments.text("communities"),
                    out_file = arguments.text("out");
  FL_TRY(const long unfairness, arguments.number("spread-shortage", 0, 1'000'000));
  FL_TRY(const auto people, rows_of(volunteer_file, {"volunteer", "home_x_metres", "home_y_metres", "work_x_metres",
                                                     "work_y_metres", "skills"}));
  FL_TRY(const auto places, rows_of(community_file, {"community", "x_metres", "y_metres", "needed", "skills"}));
  std::vector<mobilise::Volunteer> volunteers;
  std::set<std::string> seen;
  for (const auto& row : people) {
    if (row.cells[0].empty() || !seen.insert(row.cells[0]).second)
      return tl::unexpected(bad_cell(volunteer_file, row, "volunteer is missing or named twice"));
    mobilise::Volunteer one;
    FL_TRY(one.home, point_of(volunteer_file, row, 1, "home"));
    FL_TRY(one.work, point_of(volunteer_file, row, 3, "work"));
    if (!one.home && !one.work) return tl::unexpected(bad_cell(volunteer_file, row, "neither home nor work"));
    one.skills = skills_of(row, 5);
    volunteers.push_back(std::move(one));
  }
  std::vector<mobilise::Demand> demands;
  for (const auto& row : places) {
    if (row.cells[0].empty()) return tl::unexpected(bad_cell(community_file, row, "community is missing"));
    FL_TRY(const auto at, point_of(community_file, row, 1, "community"));
    if (!at) return tl::unexpected(bad_cell(community_file, row, "x_metres is missing"));
    FL_TRY(const double needed, number_of(community_file, row, 3, "needed"));
    if (needed < 0 || needed > 1e6 || needed != std::floor(needed))
      return tl::unexpected(bad_cell(community_file, row, "needed is a whole number of people"));
    demands.push_back({*at, static_cast<int>(needed), skills_of(row, 4)});
  }

  const auto matching = mobilise::match(volunteers, demands, {static_cast<double>(unfairness)});
  std::string text = intake::csv_line({"volunteer", "community", "metres", "near"});
  for (std::size_t v = 0; v < volunteers.size(); ++v) {
    const mobilise::Match& match = matching.matches[v];
    if (match.demand < 0) text += intake::csv_line({people[v].cells[0], "", "", ""});
    else
      text += intake::csv_line({people[v].cells[0], places[match.demand].cells[0], metres_text(match.metres),
                                match.near == mobilise::Near::home ? "home" : "work"});
  }
  std::ofstream out(out_file, std::ios::binary);
  if (!(out << text).flush()) return fail(FaultCode::unavailable, "match.unwritable", {}, out_file);
  std::cerr << fmt::format("{} of {} placed, {} m in sum\n", matching.placed, volunteers.size(),
                           metres_text(matching.metres));
  return exit_good;
}

// Processor seconds, since others may be at work beside it; never longer than twice that by the wall.
std::function<double(std::int64_t)> progress_over(double seconds) {
  const auto began = std::chrono::steady_clock::now();
  const std::clock_t cpu = std::clock();
  return [=](std::int64_t) {
    const double used = static_cast<double>(std::clock() - cpu) / CLOCKS_PER_SEC;
    const double passed = std::chrono::duration<double>(std::chrono::steady_clock::now() - began).count();
    return std::max(used, passed / 2) / seconds;
  };
}

Result<void> write_file(const std::filesystem::path& file, const std::string& text) {
  std::ofstream out(file, std::ios::binary);
  if (!(out << text).flush()) return fail(FaultCode::unavailable, "file.unwritable", {}, file.string());
  return {};
}

int say_no_roster() {
  std::cerr << "firstline: no roster was found that breaks no rule\n";
  return exit_no;
}

Result<int> solve_nrp(const Arguments& arguments, const roster::SearchOptions& options) {
  FL_TRY(const auto text, bytes_of(arguments.text("in")));
  FL_TRY(const auto instance, roster::read_nrp(text));
  const auto found = roster::search(instance.problem, options);
  if (!found) return say_no_roster();
  FL_TRYV(write_file(arguments.text("out"), roster::write_nrp(instance, *found)));
  std::cerr << "cost " << found->cost << '\n';
  return exit_good;
}

Result<int> solve_inrc2(const Arguments& arguments, const roster::SearchOptions& options) {
  const std::filesystem::path folder = arguments.text("in"), out = arguments.text("out");
  std::string name;
  std::error_code missing;
  for (const auto& entry : std::filesystem::directory_iterator(folder, missing))
    if (const auto file = entry.path().filename().string(); file.starts_with("Sc-") && file.ends_with(".txt"))
      name = file.substr(3, file.size() - 7);
  if (missing || name.empty()) return fail(FaultCode::invalid, "usage.no_scenario", {}, folder.string());
  std::vector<std::string> weeks(1);
  for (const char c : arguments.text("weeks")) {
    if (c == '-') weeks.emplace_back();
    else weeks.back() += c;
  }
  roster::Inrc2Files files;
  FL_TRY(files.scenario, bytes_of(folder / fmt::format("Sc-{}.txt", name)));
  FL_TRY(files.history, bytes_of(folder / fmt::format("H0-{}-{}.txt", name, arguments.text("history"))));
  for (const auto& week : weeks) {
    FL_TRY(files.weeks.emplace_back(), bytes_of(folder / fmt::format("WD-{}-{}.txt", name, week)));
  }
  FL_TRY(const auto instance, roster::read_inrc2(files));
  const auto found = roster::search(instance.problem, options);
  if (!found || !is_covered(instance, *found)) return say_no_roster();
  std::filesystem::create_directories(out, missing);
  const auto texts = roster::write_inrc2(instance, *found);
  for (std::size_t week = 0; week < texts.size(); ++week)
    FL_TRYV(write_file(out / fmt::format("Sol-{}-{}-{}.txt", name, weeks[week], week), texts[week]));
  std::cerr << "cost " << found->cost << '\n';
  return exit_good;
}

Result<int> run_roster(const Arguments& arguments) {
  FL_TRY(const long seconds, arguments.number("seconds", 1, 86'400));
  FL_TRY(const long seed, arguments.number("seed", 0, INT64_MAX));
  roster::SearchOptions options;
  options.seed = static_cast<std::uint64_t>(seed);
  options.progress = progress_over(static_cast<double>(seconds));
  const std::string format = arguments.text("format");
  if (format == "nrp") return solve_nrp(arguments, options);
  if (format == "inrc2") return solve_inrc2(arguments, options);
  return fail(FaultCode::invalid, "usage.unknown_format", {}, format);
}

Result<int> run_care(const Arguments& arguments) {
  if (arguments.text("format") != "hhcrsp")
    return fail(FaultCode::invalid, "usage.unknown_format", {}, arguments.text("format"));
  FL_TRY(const long seconds, arguments.number("seconds", 1, 86'400));
  FL_TRY(const long seed, arguments.number("seed", 0, INT64_MAX));
  FL_TRY(const auto text, bytes_of(arguments.text("in")));
  FL_TRY(const auto instance, care::read_hhcrsp(text));
  const auto plan = care::plan_visits(instance.problem,
                                      {static_cast<std::uint64_t>(seed), progress_over(static_cast<double>(seconds))});
  FL_TRYV(write_file(arguments.text("out"), care::write_hhcrsp(instance, plan)));
  std::cerr << fmt::format("cost {:.3f}: way {:.3f}, late {:.3f}, latest {:.3f}\n", plan.cost(), plan.way, plan.late,
                           plan.latest);
  return exit_good;
}

}  // namespace

std::vector<Command> duty_commands() {
  return {{"care solve",
           "",
           "Plans the visits of a public home-care problem; the same search plans the community's visits.",
           {{"format", "FORMAT", "hhcrsp", "hhcrsp"},
            {"in", "FILE", "the instance, JSON", ""},
            {"out", "FILE", "routes, JSON", ""},
            {"seconds", "N", "of one processor", "60"},
            {"seed", "S", "the same seed and speed give the same plan", "1"}},
           [](const Arguments& arguments) { return exit_code(run_care(arguments)); }},
          {"roster solve",
           "",
           "Solves a public rostering problem; the same search makes the community's rosters.",
           {{"format", "FORMAT", "nrp | inrc2", "nrp"},
            {"in", "FILE", "nrp: the instance; inrc2: the folder of its files", ""},
            {"out", "FILE", "nrp: a line a person, a cell a day; inrc2: a folder for the solution of each week", ""},
            {"history", "N", "inrc2: which initial history", "0"},
            {"weeks", "A-B-...", "inrc2: which week data, in order", "0"},
            {"seconds", "N", "of one processor", "60"},
            {"seed", "S", "the same seed and speed give the same roster", "1"}},
           [](const Arguments& arguments) { return exit_code(run_roster(arguments)); }},
          {"match",
           "",
           "Matches volunteers to communities near home or work; as many as can be, then the fewest metres.",
           {{"volunteers", "FILE", "volunteer,home_x_metres,home_y_metres,work_x_metres,work_y_metres[,skills]", ""},
            {"communities", "FILE", "community,x_metres,y_metres,needed[,skills]", ""},
            {"out", "FILE", "volunteer,community,metres,near; an empty community is the pool", ""},
            {"spread-shortage", "METRES", "how much farther people go so that no community is left with nobody", "0"}},
           [](const Arguments& arguments) { return exit_code(run_match(arguments)); }}};
}

}  // namespace firstline::app
