// docs/policy/gate.md and the words of the pages follow the code: every clause, reason, step and parameter, and no
// other.

#include <algorithm>
#include <fstream>
#include <iterator>
#include <map>
#include <regex>
#include <set>
#include <sstream>

#include <boost/mp11/algorithm.hpp>
#include <gtest/gtest.h>

#include "gate/verdict.hpp"
#include "gate/wire.hpp"
#include "policy/catalogue.hpp"

namespace firstline::gate {
namespace {

std::string file_text(const std::string& path) {
  std::ifstream in(FL_SOURCE_DIR "/" + path, std::ios::binary);
  EXPECT_TRUE(in) << path;
  return {std::istreambuf_iterator<char>(in), {}};
}

template <class Enum, class What>
void each(What&& what) {
  boost::mp11::mp_for_each<boost::describe::describe_enumerators<Enum>>(
      [&](auto row) { what(row.value, std::string(row.name)); });
}

// Clause number > text of its section.
std::map<int, std::string> sections() {
  std::map<int, std::string> found;
  std::istringstream page(file_text("docs/policy/gate.md"));
  const std::regex anchor("<a id=\"gate-([0-9]+)\"></a>");
  int current = 0;
  for (std::string line; std::getline(page, line);) {
    std::smatch match;
    if (std::regex_match(line, match, anchor)) {
      current = std::stoi(match[1]);
      EXPECT_EQ(found.count(current), 0u) << "two sections " << current;
    }
    if (current > 0) found[current] += line + "\n";
  }
  return found;
}

std::set<std::string> quoted_words(const std::string& text, const char* pattern) {
  std::set<std::string> words;
  const std::regex expression(pattern);
  for (std::sregex_iterator it(text.begin(), text.end(), expression), end; it != end; ++it) words.insert((*it)[1]);
  return words;
}

TEST(Page, each_clause_has_its_section_with_exactly_its_reasons) {
  std::map<int, std::set<std::string>> reasons;
  each<ReasonKind>([&](ReasonKind kind, const std::string& name) { reasons[clause_of(kind)].insert(name); });
  EXPECT_EQ(reasons.count(0), 0u);
  std::map<int, std::set<std::string>> on_page;
  for (const auto& [number, text] : sections()) {
    EXPECT_NE(text.find("## GATE-" + std::to_string(number) + " "), std::string::npos) << number;
    EXPECT_NE(text.find("*Source:*"), std::string::npos) << number;
    on_page[number] = quoted_words(text, "\\| `([a-z_]+)` [^|]*\\| `[a-z_]+` [^|]*\\|\n");
  }
  EXPECT_EQ(on_page, reasons);
}

TEST(Page, names_exactly_the_parameters_of_the_gate) {
  std::set<std::string> in_catalogue;
  for (const policy::Entry& entry : policy::catalogue())
    if (entry.reader == "gate") in_catalogue.insert(std::string(entry.name));
  EXPECT_EQ(quoted_words(file_text("docs/policy/gate.md"), "`(gate\\.[a-z_]+(?:\\.[a-z_]+)?)`"), in_catalogue);
}

TEST(Page, next_steps_are_all_explained) {
  std::set<std::string> steps;
  each<NextStep>([&](NextStep, const std::string& name) { steps.insert(name); });
  EXPECT_EQ(quoted_words(file_text("docs/policy/gate.md"), "\\| `([a-z_]+)` [^|]*\\|\n"), steps);
}

std::set<std::string> keys_wanted() {
  std::set<std::string> keys{"speech.emergency"};
  each<Outcome>([&](Outcome, const std::string& name) {
    for (const char* prefix : {"outcome.", "sign.", "speech."}) keys.insert(prefix + name);
  });
  each<ReasonKind>([&](ReasonKind kind, const std::string& name) {
    keys.insert("reason." + name);
    keys.insert("clause.GATE-" + std::to_string(clause_of(kind)));
  });
  each<NextStep>([&](NextStep, const std::string& name) { keys.insert("next." + name); });
  return keys;
}

TEST(Words, every_name_has_both_languages) {
  std::map<std::string, std::set<std::string>> placeholders[2];
  int language = 0;
  for (const char* path : {"web/shared/words/gate.zh-CN.json", "web/shared/words/gate.en.json"}) {
    std::set<std::string> keys;
    const std::string text = file_text(path);
    const std::regex row("\n  \"([A-Za-z0-9_.-]+)\": \"([^\"]+)\"");
    for (std::sregex_iterator it(text.begin(), text.end(), row), end; it != end; ++it) {
      EXPECT_TRUE(keys.insert((*it)[1]).second) << path << " " << (*it)[1];
      placeholders[language][(*it)[1]] = quoted_words((*it)[2], "\\{([a-z]+)\\}");
    }
    EXPECT_EQ(std::count(text.begin(), text.end(), '\n'), static_cast<long>(keys.size()) + 2)
        << "one key a line: " << path;
    EXPECT_EQ(keys, keys_wanted()) << path;
    ++language;
  }
  EXPECT_EQ(placeholders[0], placeholders[1]);
  for (const auto& [key, names] : placeholders[0])
    for (const std::string& name : names)
      EXPECT_TRUE(name == "hours" || name == "degrees" || name == "count") << key << " " << name;
}

}  // namespace
}  // namespace firstline::gate
