#include "seal/lines.hpp"

#include <fstream>
#include <sstream>

#include <boost/json.hpp>
#include <gtest/gtest.h>

#include "base/clock.hpp"

namespace firstline::seal {
namespace {

std::string reason_of(std::string_view line) {
  const auto answer = ReleaseLines().answer(line);
  return answer ? "answered" : answer.error().reason + " " + answer.error().where;
}

constexpr const char* whole =
    R"({"id": "a", "order": {"level": "sealed", "designated_at": "2022-11-20T08:00:00+08:00"},
        "evidence": {"cases": [{"evidence": "fact:1", "found_at": "2022-11-20T06:00:00+08:00",
                                "removed_at": "2022-11-20T10:00:00+08:00"}]},
        "area": "620102", "now": "2022-11-22T08:00:00+08:00"})";

TEST(ReleaseLine, answers_with_the_whole_projection) {
  const auto answer = ReleaseLines().answer(whole);
  ASSERT_TRUE(answer) << answer.error().reason << answer.error().where;
  const auto read = boost::json::parse(*answer);
  EXPECT_EQ(read.at("id").as_string(), "a");
  const auto& projection = read.at("projection").as_object();
  EXPECT_EQ(projection.at("earliest").as_string(), "2022-11-25T10:00:00.000+08:00");
  EXPECT_EQ(projection.at("sureness").as_string(), "by_time");
  EXPECT_EQ(projection.at("then").as_string(), "precautionary");
  EXPECT_EQ(projection.at("clock").at("anchor").as_string(), "last_case_removed");
  EXPECT_EQ(projection.at("conditions").at(0).at("clause").as_string(), "SEAL-4");
  EXPECT_EQ(projection.at("conditions").at(0).at("evidence").at(0).as_string(), "fact:1");
  EXPECT_NE(projection.at("policy_version").as_string().find("cn-20@"), std::string::npos);
}

TEST(ReleaseLine, refuses_with_code_and_place) {
  struct Row {
    const char* line;
    const char* refusal;
  };
  const Row rows[] = {
      {"{", "json.syntax "},
      {"[]", "json.wrong_type "},
      {"7", "json.wrong_type "},
      {R"({"order": {"level": "sealed", "designated_at": "2022-03-01T00:00:00Z"}, "policy": {}})",
       "json.missing_field /now"},
      {R"({"order": {"designated_at": "2022-03-01T00:00:00Z"}, "now": "2022-03-02T00:00:00Z", "policy": {}})",
       "json.missing_field /order/level"},
      {R"({"order": {"level": "locked", "designated_at": "2022-03-01T00:00:00Z"}, "now": "2022-03-02T00:00:00Z",
           "policy": {}})",
       "json.unknown_value /order/level"},
      {R"({"order": {"level": "none", "designated_at": "2022-03-01T00:00:00Z"}, "now": "2022-03-02T00:00:00Z",
           "policy": {}})",
       "json.unknown_value /order/level"},
      {R"({"order": {"level": "sealed", "designated_at": "2022-03-03T00:00:00Z"}, "now": "2022-03-02T00:00:00Z",
           "policy": {}})",
       "release.bad_time /order/designated_at"},
      {R"({"order": {"level": "sealed", "designated_at": "1822-03-03T00:00:00Z"}, "now": "2022-03-02T00:00:00Z",
           "policy": {}})",
       "release.bad_time /order/designated_at"},
      {R"({"order": {"level": "sealed", "designated_at": "2022-03-01T00:00:00Z"}, "now": "2022-03-02T00:00:00Z"})",
       "release.policy_missing /policy"},
      {R"({"order": {"level": "sealed", "designated_at": "2022-03-01T00:00:00Z"}, "now": "2022-03-02T00:00:00Z",
           "policy": {}, "area": "11"})",
       "release.policy_twice /policy"},
      {R"({"order": {"level": "sealed", "designated_at": "2022-03-01T00:00:00Z"}, "now": "2022-03-02T00:00:00Z",
           "area": "11a"})",
       "release.bad_area /area"},
      {R"({"order": {"level": "sealed", "designated_at": "2022-03-01T00:00:00Z"}, "now": "2022-03-02T00:00:00Z",
           "packs": ["cn-99"]})",
       "policy.unknown_pack cn-99"},
      {R"({"order": {"level": "sealed", "designated_at": "2022-03-01T00:00:00Z"}, "now": "2022-03-02T00:00:00Z",
           "policy": {"days": 3}})",
       "json.unknown_field /policy/days"},
      {R"({"order": {"level": "sealed", "designated_at": "2022-03-01T00:00:00Z"}, "now": "2022-03-02T00:00:00Z",
           "policy": {"sealed": {"days_without_case": 100000}}})",
       "json.out_of_range /policy/sealed/days_without_case"},
      {R"({"order": {"level": "sealed", "designated_at": "2022-03-01T00:00:00Z"}, "now": "2022-03-02T00:00:00Z",
           "policy": {}, "evidence": {"people": [{"person": "1", "tests": [{"evidence": "", "result": "negative",
           "sampled_at": "2022-03-02T00:00:00Z", "reported_at": "2022-03-01T00:00:00Z"}]}]}})",
       "release.bad_time /evidence/people/0/tests/0/reported_at"},
      {R"({"order": {"level": "sealed", "designated_at": "2022-03-01T00:00:00Z"}, "now": "2022-03-02T00:00:00Z",
           "policy": {}, "evidence": {"cases": [{"evidence": ""}]}})",
       "json.missing_field /evidence/cases/0/found_at"},
      {R"({"order": {"level": "sealed", "designated_at": "2022-03-01T00:00:00Z"}, "now": "2022-03-02T00:00:00Z",
           "policy": {}, "evidence": {"zones_in_county": -1}})",
       "json.out_of_range /evidence/zones_in_county"},
  };
  for (const Row& row : rows) EXPECT_EQ(reason_of(row.line), row.refusal) << row.line;
}

TEST(ReleaseCommand, one_bad_line_does_not_stop_the_rest) {
  std::string line(whole);
  for (char& c : line)
    if (c == '\n') c = ' ';
  std::istringstream in(line + "\n\n{\"id\": 8, \"order\": 1}\r\nnonsense\n" + line);
  std::ostringstream out, err;
  const std::string arguments[] = {"--jsonl"};
  EXPECT_EQ(release_command(arguments, in, out, err), 1);
  std::istringstream answers(out.str());
  std::vector<std::string> lines;
  for (std::string each; std::getline(answers, each);) lines.push_back(each);
  ASSERT_EQ(lines.size(), 4u) << out.str();
  EXPECT_EQ(lines[1], R"({"id":8,"error":{"code":"json.wrong_type","where":"/order"}})");
  EXPECT_EQ(lines[2], R"({"error":{"code":"json.syntax","where":""}})");
  EXPECT_EQ(lines[0], lines[3]);
  EXPECT_EQ(release_command({}, in, out, err), 2);
  EXPECT_EQ(err.str(), std::string(release_usage) + "\n");
}

// Whatever comes in, one line goes out and nothing breaks: whole questions with bytes spoilt.
TEST(ReleaseCommand, spoilt_lines_are_answered_one_by_one) {
  SeededRandom random(7);
  ReleaseLines lines;
  int answered = 0;
  for (int i = 0; i < 20'000; ++i) {
    std::string line(whole);
    for (auto spoilt = random.below(4); spoilt > 0; --spoilt)
      line[random.below(line.size())] = static_cast<char>(random.below(256));
    if (random.below(8) == 0) line.resize(random.below(line.size()));
    const auto answer = lines.answer(line);
    answered += answer.has_value();
    if (!answer) {
      EXPECT_FALSE(answer.error().reason.empty());
    }
  }
  EXPECT_GT(answered, 100);
}

}  // namespace
}  // namespace firstline::seal
