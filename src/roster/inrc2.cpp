#include <algorithm>
#include <array>
#include <charconv>
#include <sstream>

#include <fmt/format.h>

#include "roster/benchmark.hpp"

namespace firstline::roster {
namespace {

// Weights of the competition's rules.
constexpr Cost below_optimum = 30, shift_run = 15, work_run = 30, off_run = 30, wish = 10, half_weekend = 30,
               total = 20, weekend = 30;
constexpr Cost below_minimum =
    100'000;  // May never be; dear rather than forbidden, so that the search can pass through.
constexpr std::array<std::string_view, 7> weekdays{"Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"};

// Words of a text, with the line that the last one stood on. "(3,5)" is two words.
class Words {
 public:
  Words(std::string name, const std::string& text) : name_(std::move(name)) {
    int line = 1;
    std::string word;
    const auto end = [&] {
      if (!word.empty()) words_.push_back({std::move(word), line});
      word.clear();
    };
    for (const char c : text) {
      if (c == ' ' || c == '\t' || c == '\r' || c == '\n' || c == '(' || c == ')' || c == ',' || c == '=') end();
      else word += c;
      if (c == '\n') ++line;
    }
    end();
  }
  bool more() const { return at_ < words_.size(); }
  std::string next() { return more() ? words_[at_++].text : std::string(); }
  const std::string& ahead() const {
    static const std::string none;
    return more() ? words_[at_].text : none;
  }
  tl::unexpected<Fault> bad(std::string_view detail) const {
    const int line = words_.empty() ? 1 : words_[at_ == 0 ? 0 : at_ - 1].line;
    return fail(FaultCode::invalid, "roster.bad_line", std::string(detail), fmt::format("{}:{}", name_, line));
  }
  Result<void> expect(std::string_view word) {
    if (next() != word) return bad(fmt::format("{} expected", word));
    return {};
  }
  Result<int> number(int max = 100'000) {
    const std::string text = next();
    int value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc() || end != text.data() + text.size() || value < 0 || value > max)
      return bad("a number expected");
    return value;
  }
  Result<int> one_of(const std::vector<std::string>& names) {
    const auto found = std::find(names.begin(), names.end(), next());
    if (found == names.end()) return bad("an unknown name");
    return static_cast<int>(found - names.begin());
  }

 private:
  struct Word {
    std::string text;
    int line;
  };
  std::string name_;
  std::vector<Word> words_;
  std::size_t at_ = 0;
};

struct Contract {
  Bounds total, work, off;
  int weekends_max = 0;
  bool whole_weekends = false;
};

class Inrc2Reader {
 public:
  Result<Inrc2Instance> read(const Inrc2Files& files) {
    FL_TRYV(read_scenario(files.scenario, static_cast<int>(files.weeks.size())));
    FL_TRYV(read_history(files.history));
    for (std::size_t week = 0; week < files.weeks.size(); ++week)
      FL_TRYV(read_week(files.weeks[week], static_cast<int>(week)));
    return std::move(instance_);
  }

 private:
  Result<Bounds> bounds(Words& words, Cost weight) {
    Bounds bounds{0, 0, weight, weight};
    FL_TRY(bounds.min, words.number());
    FL_TRY(bounds.max, words.number());
    return bounds;
  }
  int symbol(int shift, int skill) const { return 1 + shift * static_cast<int>(instance_.skills.size()) + skill; }

  Result<void> read_scenario(const std::string& text, int weeks) {
    Words words("scenario", text);
    Problem& problem = instance_.problem;
    FL_TRYV(words.expect("SCENARIO"));
    instance_.name = words.next();
    FL_TRYV(words.expect("WEEKS"));
    FL_TRYV(words.number());
    FL_TRYV(words.expect("SKILLS"));
    FL_TRY(const int skills, words.number(16));
    for (int i = 0; i < skills; ++i) instance_.skills.push_back(words.next());
    FL_TRYV(words.expect("SHIFT_TYPES"));
    FL_TRY(const int shifts, words.number(16));
    std::vector<Bounds> runs;
    for (int i = 0; i < shifts; ++i) {
      instance_.shifts.push_back(words.next());
      FL_TRY(runs.emplace_back(), bounds(words, shift_run));
    }
    problem.days = 7 * weeks;
    problem.shifts = shifts;
    problem.symbols = 1 + shifts * skills;
    if (problem.symbols > symbols_max) return words.bad("too many shifts and skills");
    problem.kinds.assign(1, {});
    for (int shift = 0; shift < shifts; ++shift)
      for (int skill = 0; skill < skills; ++skill) problem.kinds.push_back({static_cast<std::uint8_t>(shift), 1});
    problem.may_follow.assign(static_cast<std::size_t>(shifts) * shifts, 1);
    FL_TRYV(words.expect("FORBIDDEN_SHIFT_TYPES_SUCCESSIONS"));
    for (int i = 0; i < shifts; ++i) {
      FL_TRY(const int before, words.one_of(instance_.shifts));
      FL_TRY(const int count, words.number(shifts));
      for (int k = 0; k < count; ++k) {
        FL_TRY(const int after, words.one_of(instance_.shifts));
        problem.may_follow[static_cast<std::size_t>(before) * shifts + after] = 0;
      }
    }
    FL_TRYV(words.expect("CONTRACTS"));
    FL_TRY(const int contracts, words.number(1000));
    std::vector<std::string> contract_names;
    std::vector<Contract> contract(static_cast<std::size_t>(contracts));
    for (Contract& one : contract) {
      contract_names.push_back(words.next());
      FL_TRY(one.total, bounds(words, total));
      FL_TRY(one.work, bounds(words, work_run));
      FL_TRY(one.off, bounds(words, off_run));
      FL_TRY(one.weekends_max, words.number());
      FL_TRY(const int whole, words.number(1));
      one.whole_weekends = whole == 1;
    }
    FL_TRYV(words.expect("NURSES"));
    FL_TRY(problem.people, words.number(10'000));
    for (int i = 0; i < problem.people; ++i) {
      instance_.people.push_back(words.next());
      FL_TRY(const int which, words.one_of(contract_names));
      FL_TRY(const int count, words.number(skills));
      RowRules rules;
      rules.cell.assign(static_cast<std::size_t>(problem.days) * problem.symbols, never);
      for (int day = 0; day < problem.days; ++day) rules.cell[static_cast<std::size_t>(day) * problem.symbols] = 0;
      for (int k = 0; k < count; ++k) {
        FL_TRY(const int skill, words.one_of(instance_.skills));
        for (int day = 0; day < problem.days; ++day)
          for (int shift = 0; shift < shifts; ++shift)
            rules.cell[static_cast<std::size_t>(day) * problem.symbols + symbol(shift, skill)] = 0;
      }
      rules.load = contract[which].total;
      rules.work_run = contract[which].work;
      rules.off_run = contract[which].off;
      rules.weekends_max = contract[which].weekends_max;
      rules.weekend_over = weekend;
      rules.half_weekend = contract[which].whole_weekends ? half_weekend : 0;
      rules.shift_run = runs;
      rules.shift_max.assign(static_cast<std::size_t>(shifts), problem.days);
      problem.rules.push_back(std::move(rules));
    }
    problem.cover.assign(static_cast<std::size_t>(problem.days) * problem.symbols * (problem.people + 1), 0);
    return {};
  }

  Result<void> read_history(const std::string& text) {
    Words words("history", text);
    FL_TRYV(words.expect("HISTORY"));
    FL_TRYV(words.number());
    words.next();
    FL_TRYV(words.expect("NURSE_HISTORY"));
    while (words.more()) {
      FL_TRY(const int person, words.one_of(instance_.people));
      RowRules& rules = instance_.problem.rules[person];
      FL_TRY(const int assignments, words.number());
      FL_TRY(const int weekends, words.number());
      rules.load.min = std::max(0, rules.load.min - assignments);
      rules.load.max = std::max(0, rules.load.max - assignments);
      rules.weekends_max = std::max(0, rules.weekends_max - weekends);
      if (words.ahead() == "None") {
        words.next();
      } else {
        FL_TRY(const int shift, words.one_of(instance_.shifts));
        rules.before.shift = static_cast<std::uint8_t>(shift);
      }
      FL_TRY(rules.before.shift_run, words.number());
      FL_TRY(rules.before.work_run, words.number());
      FL_TRY(rules.before.off_run, words.number());
    }
    return {};
  }

  Result<void> read_week(const std::string& text, int week) {
    Words words(fmt::format("week {}", week), text);
    Problem& problem = instance_.problem;
    FL_TRYV(words.expect("WEEK_DATA"));
    words.next();
    FL_TRYV(words.expect("REQUIREMENTS"));
    while (words.more() && words.ahead() != "SHIFT_OFF_REQUESTS") {
      FL_TRY(const int shift, words.one_of(instance_.shifts));
      FL_TRY(const int skill, words.one_of(instance_.skills));
      for (int day = 7 * week; day < 7 * week + 7; ++day) {
        FL_TRY(const int minimum, words.number());
        FL_TRY(const int optimum, words.number());
        const std::size_t at = static_cast<std::size_t>(day) * problem.symbols + symbol(shift, skill);
        for (int count = 0; count <= problem.people; ++count)
          problem.cover[at * (problem.people + 1) + count] =
              std::max(0, minimum - count) * below_minimum + std::max(0, optimum - count) * below_optimum;
      }
    }
    if (!words.more()) return {};
    words.next();
    FL_TRY(const int wishes, words.number());
    for (int i = 0; i < wishes; ++i) {
      FL_TRY(const int person, words.one_of(instance_.people));
      int only = -1;
      if (words.ahead() == "Any") {
        words.next();
      } else {
        FL_TRY(only, words.one_of(instance_.shifts));
      }
      const auto weekday = std::find(weekdays.begin(), weekdays.end(), words.next());
      if (weekday == weekdays.end()) return words.bad("a weekday expected");
      const int day = 7 * week + static_cast<int>(weekday - weekdays.begin());
      for (int s = 1; s < problem.symbols; ++s)
        if (only < 0 || problem.kinds[s].shift == only)
          problem.rules[person].cell[static_cast<std::size_t>(day) * problem.symbols + s] += wish;
    }
    return {};
  }

  Inrc2Instance instance_;
};

}  // namespace

Result<Inrc2Instance> read_inrc2(const Inrc2Files& files) { return Inrc2Reader().read(files); }

std::vector<std::string> write_inrc2(const Inrc2Instance& instance, const Roster& roster) {
  std::vector<std::string> texts;
  const int skills = static_cast<int>(instance.skills.size());
  for (int week = 0; week < instance.problem.days / 7; ++week) {
    std::string lines;
    int count = 0;
    for (std::size_t person = 0; person < roster.rows.size(); ++person)
      for (int day = 0; day < 7; ++day)
        if (const int symbol = roster.rows[person][7 * week + day]; symbol != 0) {
          ++count;
          lines += fmt::format("{} {} {} {}\n", instance.people[person], weekdays[day],
                               instance.shifts[(symbol - 1) / skills], instance.skills[(symbol - 1) % skills]);
        }
    texts.push_back(fmt::format("SOLUTION\n{} {}\n\nASSIGNMENTS = {}\n{}", week, instance.name, count, lines));
  }
  return texts;
}

bool is_covered(const Inrc2Instance& instance, const Roster& roster) {
  return roster.cost < never && cost_of(instance.problem, roster.rows) < below_minimum;
}

}  // namespace firstline::roster
