// The reference connector against a centre made of answers: what it sends, and what it makes of every way to say no.

#include <gtest/gtest.h>

#include "connector/http_centre.hpp"

namespace firstline::connector {
namespace {

using namespace std::chrono_literals;

constexpr Instant noon = from_millis(1'647'316'800'000);

struct Played : Transfer {
  Result<Answer> post(const std::string& url, std::string_view body, const std::string& bearer) override {
    sent.push_back(url.substr(url.rfind('/') + 1) + " " + bearer + " " + std::string(body));
    if (answers.empty()) return fail(FaultCode::unavailable, "centre.not_reachable");
    const Answer next = answers.front();
    answers.erase(answers.begin());
    return next;
  }
  std::vector<Answer> answers;
  std::vector<std::string> sent;
};

class Centre : public ::testing::Test {
 protected:
  static Answer grant(const std::string& token, Instant until = noon + 1h) {
    return {200, R"({"token":")" + token + R"(","valid_until":")" + format_instant(until) + "\"}"};
  }
  const Answer green{200, R"({"colour":"green","read_at":"2022-03-15T11:59:00+08:00"})"};
  std::string asked() {
    const auto info = centre.query_health({"11010519491231002X", "张三"});
    return info ? "colour " + std::to_string(static_cast<int>(info->colour)) : info.error().reason;
  }
  ManualClock clock{noon};
  Played played;
  HttpCentre centre{{"code", "http://centre/api", {"community", "secret", "gate"}, 5s}, played, clock};
};

TEST_F(Centre, applies_for_the_right_to_call_once_and_again_when_it_has_run_out) {
  played.answers = {grant("one"), green, green, grant("two"), green};
  EXPECT_EQ(asked(), "colour 0");
  EXPECT_EQ(asked(), "colour 0");
  clock.advance(2h);
  EXPECT_EQ(asked(), "colour 0");
  ASSERT_EQ(played.sent.size(), 5u);
  EXPECT_EQ(played.sent[0], R"(call-applications  {"client":"community","secret":"secret","purpose":"gate"})");
  EXPECT_EQ(played.sent[1], R"(health-queries one {"id_number":"11010519491231002X","name":"张三"})");
  EXPECT_EQ(played.sent[4].substr(0, 18), "health-queries two");
}

TEST_F(Centre, asks_once_more_when_the_grant_was_taken_back) {
  const Answer no{401, R"({"code":"not_allowed","message":"apply"})"};
  played.answers = {grant("one"), no, grant("two"), green};
  EXPECT_EQ(asked(), "colour 0");
  played.answers = {no, grant("three"), no};
  EXPECT_EQ(asked(), "centre.not_allowed") << "but not for ever";
}

TEST_F(Centre, every_no_has_a_reason) {
  const struct {
    Answer answer;
    const char* reason;
  } rows[] = {
      {{404, R"({"code":"unknown_person","message":""})"}, "centre.unknown_person"},
      {{400, R"({"code":"bad_input","message":"id_number"})"}, "centre.bad_input"},
      {{403, R"({"code":"refused","message":""})"}, "centre.refused"},
      {{429, ""}, "centre.busy"},
      {{503, ""}, "centre.busy"},
      {{500, "<html>"}, "centre.not_reachable"},
      {{302, "<html>"}, "centre.bad_answer"},
      {{200, "<html>"}, "centre.bad_answer"},
      {{200, R"({"colour":"blue","read_at":"2022-03-15T11:59:00+08:00"})"}, "centre.bad_answer"},
      {{200, R"({"colour":"green"})"}, "centre.bad_answer"},
  };
  played.answers = {grant("one"), green};
  asked();
  for (const auto& row : rows) {
    played.answers = {row.answer};
    EXPECT_EQ(asked(), row.reason) << row.answer.status << row.answer.body;
  }
}

TEST_F(Centre, is_left_in_peace_for_a_while_when_it_does_not_answer) {
  EXPECT_EQ(asked(), "centre.not_reachable");
  EXPECT_EQ(asked(), "centre.not_reachable");
  EXPECT_EQ(played.sent.size(), 1u) << "the second time nothing is sent";
  clock.advance(5s);
  played.answers = {grant("one"), green};
  EXPECT_EQ(asked(), "colour 0");
}

TEST_F(Centre, speaks_all_seven_verbs) {
  const Answer receipt{200, R"({"number":"R1"})"};
  const Subject who{"11010519491231002X", "张三"};
  played.answers = {grant("one"),
                    receipt,
                    receipt,
                    green,
                    {200, R"({"code":"C","valid_until":"2022-03-16T12:00:00+08:00"})"},
                    {200, R"({"subject":{"id_number":"1","name":"n"},"info":)" + green.body + "}"},
                    receipt};
  EXPECT_TRUE(centre.declare_health({who, noon, 365, {}, false}));
  EXPECT_TRUE(centre.declare_travel({who, "620102", "620100", "train", noon, {}}));
  EXPECT_TRUE(centre.query_health(who));
  EXPECT_TRUE(centre.make_code(who));
  EXPECT_TRUE(centre.verify_code({"C"}));
  EXPECT_TRUE(centre.correct_error({who, health::CodeColour::red, "wrong person", "2022-7"}));
  std::string verbs;
  for (const std::string& sent : played.sent) verbs += sent.substr(0, sent.find(' ')) + " ";
  EXPECT_EQ(verbs,
            "call-applications health-declarations travel-declarations health-queries codes code-checks corrections ");
}

}  // namespace
}  // namespace firstline::connector
