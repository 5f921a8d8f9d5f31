#include "policy/command.hpp"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <sstream>
#include <vector>

#include <boost/json.hpp>
#include <gtest/gtest.h>
#include <unistd.h>

#include "policy/library.hpp"

namespace firstline::policy {
namespace {

struct Ran {
  int code;
  std::string out, err;
};
using Command = int (*)(std::span<const std::string>, std::ostream&, std::ostream&);
Ran run(Command command, std::vector<std::string> arguments) {
  std::ostringstream out, err;
  const int code = command(arguments, out, err);
  return {code, out.str(), err.str()};
}

// A file of this test, gone at its end.
struct File {
  std::filesystem::path path;
  File(const std::string& name, const std::string& text)
      : path(std::filesystem::temp_directory_path() / ("fl-policy-" + std::to_string(getpid()) + "-" + name)) {
    std::ofstream(path) << text;
  }
  ~File() { std::filesystem::remove(path); }
};

constexpr const char* good = R"([pack]
id = "here-1"
area = "620102"
issuer = "District"
document = "Notice"
valid_from = 2022-03-20

[parameters.gate.nat]
window_hours_out = { value = 24, unit = "hours", source = "notice", grade = "B" }
)";

TEST(Check, names_the_line_of_a_bad_place_at_risk) {
  const std::string place =
      "\n[[risk_places]]\ncode = \"1101O5\"\nname = \"Chaoyang\"\nrisk = \"high\"\nfrom = 2022-03-20\nsource = \"n\"\n";
  const File bad("places-bad.toml", good + place);
  const Ran refused = run(check_command, {bad.path.string()});
  EXPECT_EQ(refused.code, 1);
  EXPECT_NE(refused.err.find(bad.path.string() + ":12: a place is named by its division code"), std::string::npos)
      << refused.err;
  std::string mended = good + place;
  mended.replace(mended.find("1101O5"), 6, "110105");
  const File fine("places-good.toml", mended);
  const Ran taken = run(check_command, {fine.path.string()});
  EXPECT_EQ(taken.code, 0) << taken.err;
  EXPECT_NE(taken.out.find(", 1 places at risk"), std::string::npos) << taken.out;
}

TEST(Check, every_shipped_pack_is_good) {
  std::vector<std::string> files;
  for (const auto& entry : std::filesystem::directory_iterator(FL_SOURCE_DIR "/policies"))
    if (entry.path().extension() == ".toml") files.push_back(entry.path().string());
  ASSERT_GE(files.size(), 10u);
  const Ran result = run(check_command, files);
  EXPECT_EQ(result.code, 0) << result.err;
  EXPECT_EQ(result.err, "");
  EXPECT_EQ(static_cast<std::size_t>(std::count(result.out.begin(), result.out.end(), '\n')), files.size());
}

TEST(Check, says_line_and_reason_of_each_fault_and_goes_on) {
  std::string text = good;
  text.replace(text.find("24"), 2, "-5");
  const File bad("bad.toml", text), fine("fine.toml", good);
  const Ran result = run(check_command, {bad.path.string(), fine.path.string()});
  EXPECT_EQ(result.code, 1);
  EXPECT_NE(result.err.find("bad.toml:9: "), std::string::npos) << result.err;
  EXPECT_NE(result.err.find("[policy.out_of_range]"), std::string::npos) << result.err;
  EXPECT_NE(result.out.find("fine.toml: ok, here-1@"), std::string::npos) << result.out;
}

TEST(Check, a_pack_that_does_not_fit_the_others_is_refused) {
  std::string text = good;
  text +=
      "[parameters.gate.zone]\nsealed_home_out = { value = \"pass_with_reminder\", source = \"notice\", grade = \"B\" "
      "}\n";
  const File bad("unfit.toml", text);
  const Ran result = run(check_command, {bad.path.string()});
  EXPECT_EQ(result.code, 1);
  EXPECT_NE(result.err.find("[policy.incoherent] gate.zone.sealed_home_out"), std::string::npos) << result.err;
}

TEST(Check, the_example_of_the_guide_is_good) {
  std::ifstream in(FL_SOURCE_DIR "/policies/README.md");
  const std::string guide{std::istreambuf_iterator<char>(in), {}};
  const std::size_t from = guide.find("```toml\n"), to = guide.find("\n```", from);
  ASSERT_NE(to, std::string::npos);
  const File example("example.toml", guide.substr(from + 8, to - from - 7));
  const Ran result = run(check_command, {example.path.string()});
  EXPECT_EQ(result.code, 0) << result.err;
  EXPECT_NE(result.out.find("lz-chengguan-2022-04@"), std::string::npos) << result.out;
  for (const Pack& pack : embedded_library().packs())
    EXPECT_NE(guide.find("`" + pack.id + "`"), std::string::npos) << pack.id << " is not in the guide";
}

TEST(Check, usage_and_absent_files) {
  EXPECT_EQ(run(check_command, {}).code, 2);
  const Ran result = run(check_command, {"/nowhere/pack.toml"});
  EXPECT_EQ(result.code, 1);
  EXPECT_NE(result.err.find("[policy.unreadable]"), std::string::npos);
}

TEST(Show, says_what_is_in_force_and_who_said_so) {
  const Ran result = run(show_command, {"--area", "620102", "--date", "2022-07-20"});
  EXPECT_EQ(result.code, 0) << result.err;
  EXPECT_EQ(result.out.find("version fl-base@"), 0u);
  std::istringstream lines(result.out);
  bool found = false;
  for (std::string line; std::getline(lines, line);)
    if (line.starts_with("gate.nat.window_hours_out ")) {
      found = true;
      EXPECT_NE(line.find(" 48 "), std::string::npos) << line;
      EXPECT_NE(line.find(" lz-gate-2022 "), std::string::npos) << line;
    }
  EXPECT_TRUE(found);
}

TEST(Show, json_for_programs) {
  const Ran result = run(show_command, {"--packs", "fl-base,cn-8", "--json"});
  ASSERT_EQ(result.code, 0) << result.err;
  const boost::json::value answer = boost::json::parse(result.out);
  EXPECT_EQ(answer.at("packs").as_array().size(), 2u);
  EXPECT_EQ(answer.at("packs").at(1).at("valid_to"), boost::json::value("2022-06-27"));
  bool found = false;
  for (const boost::json::value& row : answer.at("parameters").as_array())
    if (row.at("name") == boost::json::value("zone.sealed.nat_days")) {
      found = true;
      EXPECT_EQ(row.at("value").as_array().size(), 5u);
      EXPECT_EQ(row.at("grade"), boost::json::value("U"));
      EXPECT_EQ(row.at("pack"), boost::json::value("cn-8"));
    }
  EXPECT_TRUE(found);
}

TEST(Show, refuses_what_it_does_not_understand) {
  const std::vector<std::vector<std::string>> wrong = {
      {},
      {"--area", "620102"},
      {"--date", "2022-03-15"},
      {"--area", "62010x", "--date", "2022-03-15"},
      {"--area", "620102", "--date", "2022-02-30"},
      {"--area", "620102", "--date"},
      {"--packs", "cn-8", "--area", "62", "--date", "2022-03-15"},
      {"--packs", ","},
      {"--what", "x"},
  };
  for (const auto& arguments : wrong)
    EXPECT_EQ(run(show_command, arguments).code, 2) << testing::PrintToString(arguments);
  EXPECT_EQ(run(show_command, {"--packs", "cn-99"}).code, 1);
  EXPECT_EQ(run(show_command, {"--packs", "cn-8", "--folder", "/nowhere"}).code, 1);
}

TEST(Show, reads_a_folder_instead) {
  const Ran result = run(show_command, {"--packs", "cn-8", "--folder", FL_SOURCE_DIR "/policies"});
  EXPECT_EQ(result.code, 0) << result.err;
  EXPECT_EQ(result.out, run(show_command, {"--packs", "cn-8"}).out);
}

}  // namespace
}  // namespace firstline::policy
