#include <algorithm>
#include <charconv>

#include <fmt/format.h>

#include "roster/benchmark.hpp"

namespace firstline::roster {
namespace {

std::vector<std::string_view> split(std::string_view text, char by) {
  std::vector<std::string_view> parts;
  for (;;) {
    const auto at = text.find(by);
    std::string_view part = text.substr(0, at);
    while (!part.empty() && (part.front() == ' ' || part.front() == '\t')) part.remove_prefix(1);
    while (!part.empty() && (part.back() == ' ' || part.back() == '\t' || part.back() == '\r')) part.remove_suffix(1);
    parts.push_back(part);
    if (at == std::string_view::npos) return parts;
    text.remove_prefix(at + 1);
  }
}

// One line at a time, with its section; comments and empty lines left out.
class NrpReader {
 public:
  Result<NrpInstance> read(std::string_view text) {
    for (const auto raw : split(text, '\n')) {
      ++line_;
      if (raw.empty() || raw.front() == '#') continue;
      if (raw.starts_with("SECTION_")) {
        section_ = raw.substr(8);
        continue;
      }
      FL_TRYV(take(split(raw, ','), raw));
    }
    if (instance_.problem.people == 0 || instance_.problem.days == 0) return bad("no people or no days");
    return std::move(instance_);
  }

 private:
  tl::unexpected<Fault> bad(std::string detail) const {
    return fail(FaultCode::invalid, "roster.bad_line", std::move(detail), fmt::format("line {}", line_));
  }
  Result<int> number(std::string_view text, int min, int max) const {
    int value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc() || end != text.data() + text.size() || value < min || value > max)
      return bad(fmt::format("not a number from {} to {}: {}", min, max, text));
    return value;
  }
  Result<int> index(const std::vector<std::string>& names, std::string_view name) const {
    const auto found = std::find(names.begin(), names.end(), name);
    if (found == names.end()) return bad(fmt::format("unknown: {}", name));
    return static_cast<int>(found - names.begin());
  }
  Cost& cell(int person, int day, int symbol) {
    return instance_.problem.rules[person].cell[static_cast<std::size_t>(day) * instance_.problem.symbols + symbol];
  }

  Result<void> take(const std::vector<std::string_view>& fields, std::string_view raw) {
    const auto has = [&](std::size_t count) { return fields.size() >= count; };
    Problem& problem = instance_.problem;
    if (section_ == "HORIZON") {
      FL_TRY(problem.days, number(raw, 1, 1000));
    } else if (section_ == "SHIFTS" && has(2)) {
      return take_shift(fields);
    } else if (section_ == "STAFF" && has(8)) {
      return take_person(fields);
    } else if (section_ == "DAYS_OFF" && has(1)) {
      FL_TRY(const int person, index(instance_.people, fields[0]));
      for (std::size_t i = 1; i < fields.size(); ++i) {
        if (fields[i].empty()) continue;
        FL_TRY(const int day, number(fields[i], 0, problem.days - 1));
        for (int symbol = 1; symbol < problem.symbols; ++symbol) cell(person, day, symbol) = never;
      }
    } else if ((section_ == "SHIFT_ON_REQUESTS" || section_ == "SHIFT_OFF_REQUESTS") && has(4)) {
      FL_TRY(const int person, index(instance_.people, fields[0]));
      FL_TRY(const int day, number(fields[1], 0, problem.days - 1));
      FL_TRY(const int shift, index(instance_.shifts, fields[2]));
      FL_TRY(const int weight, number(fields[3], 0, 1'000'000));
      const bool on = section_ == "SHIFT_ON_REQUESTS";
      for (int symbol = 0; symbol < problem.symbols; ++symbol)
        if ((symbol == shift + 1) != on) cell(person, day, symbol) += weight;
    } else if (section_ == "COVER" && has(5)) {
      return take_cover(fields);
    } else {
      return bad("section or number of fields");
    }
    return {};
  }

  Result<void> take_shift(const std::vector<std::string_view>& fields) {
    if (static_cast<int>(instance_.shifts.size()) + 1 >= symbols_max) return bad("too many shifts");
    FL_TRY(const int minutes, number(fields[1], 1, 1440));
    instance_.shifts.emplace_back(fields[0]);
    instance_.problem.kinds.resize(1);
    minutes_.push_back(minutes);
    refused_.emplace_back(fields.size() > 2 ? std::string(fields[2]) : std::string());
    return {};
  }

  // When the last shift is known.
  Result<void> begin_people() {
    Problem& problem = instance_.problem;
    problem.shifts = static_cast<int>(instance_.shifts.size());
    problem.symbols = problem.shifts + 1;
    problem.kinds.assign(1, {});
    problem.may_follow.assign(static_cast<std::size_t>(problem.shifts) * problem.shifts, 1);
    for (int shift = 0; shift < problem.shifts; ++shift) {
      problem.kinds.push_back({static_cast<std::uint8_t>(shift), minutes_[shift]});
      for (const auto name : split(refused_[shift], '|')) {
        if (name.empty()) continue;
        FL_TRY(const int next, index(instance_.shifts, name));
        problem.may_follow[static_cast<std::size_t>(shift) * problem.shifts + next] = 0;
      }
    }
    return {};
  }

  Result<void> take_person(const std::vector<std::string_view>& fields) {
    Problem& problem = instance_.problem;
    if (problem.people == 0) FL_TRYV(begin_people());
    RowRules rules;
    rules.cell.assign(static_cast<std::size_t>(problem.days) * problem.symbols, 0);
    rules.shift_run.resize(static_cast<std::size_t>(problem.shifts));
    rules.shift_max.assign(static_cast<std::size_t>(problem.shifts), problem.days);
    for (const auto part : split(fields[1], '|')) {
      const auto sides = split(part, '=');
      if (sides.size() != 2) return bad("shift=most");
      FL_TRY(const int shift, index(instance_.shifts, sides[0]));
      FL_TRY(rules.shift_max[shift], number(sides[1], 0, 1000));
    }
    rules.load = {0, 0, never, never};
    FL_TRY(rules.load.max, number(fields[2], 0, 10'000'000));
    FL_TRY(rules.load.min, number(fields[3], 0, 10'000'000));
    rules.work_run.under = rules.work_run.over = rules.off_run.under = never;
    FL_TRY(rules.work_run.max, number(fields[4], 1, 1000));
    FL_TRY(rules.work_run.min, number(fields[5], 0, 250));
    FL_TRY(rules.off_run.min, number(fields[6], 0, 250));
    FL_TRY(rules.weekends_max, number(fields[7], 0, 1000));
    rules.weekend_over = never;
    instance_.people.emplace_back(fields[0]);
    problem.rules.push_back(std::move(rules));
    ++problem.people;
    problem.cover.assign(static_cast<std::size_t>(problem.days) * problem.symbols * (problem.people + 1), 0);
    return {};
  }

  Result<void> take_cover(const std::vector<std::string_view>& fields) {
    Problem& problem = instance_.problem;
    FL_TRY(const int day, number(fields[0], 0, problem.days - 1));
    FL_TRY(const int shift, index(instance_.shifts, fields[1]));
    FL_TRY(const int needed, number(fields[2], 0, 100'000));
    FL_TRY(const int under, number(fields[3], 0, 1'000'000));
    FL_TRY(const int over, number(fields[4], 0, 1'000'000));
    for (int count = 0; count <= problem.people; ++count)
      problem.cover[(static_cast<std::size_t>(day) * problem.symbols + shift + 1) * (problem.people + 1) + count] =
          count < needed ? Cost{needed - count} * under : Cost{count - needed} * over;
    return {};
  }

  NrpInstance instance_;
  std::string_view section_;
  std::vector<int> minutes_;
  std::vector<std::string> refused_;
  int line_ = 0;
};

}  // namespace

Result<NrpInstance> read_nrp(std::string_view text) { return NrpReader().read(text); }

std::string write_nrp(const NrpInstance& instance, const Roster& roster) {
  std::string text;
  for (std::size_t person = 0; person < roster.rows.size(); ++person) {
    text += instance.people[person];
    for (const Symbol symbol : roster.rows[person]) text += symbol == 0 ? "," : "," + instance.shifts[symbol - 1];
    text += '\n';
  }
  return text;
}

}  // namespace firstline::roster
