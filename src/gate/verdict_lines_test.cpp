#include "gate/verdict_lines.hpp"

#include <sstream>

#include <gtest/gtest.h>

#include "gate/verdict.hpp"
#include "gate/verdict_cases.hpp"
#include "gate/wire.hpp"
#include "json/json.hpp"
#include "policy/library.hpp"

namespace firstline::gate {
namespace {

std::string reason_of(std::string_view line) {
  const auto answer = verdict_line(line);
  return answer ? "answered" : answer.error().reason + " " + answer.error().where;
}

TEST(VerdictLine, answers_with_outcome_reasons_and_version) {
  const auto answer = verdict_line(
      R"({"id": 7, "now": "2022-03-15T12:00:00+08:00", "presented": {"mask": "missing"},
          "policy": {"version": "v1", "reminder": {"mask_missing": "pass_with_reminder"}}})");
  ASSERT_TRUE(answer) << answer.error().reason << answer.error().where;
  EXPECT_EQ(*answer, R"({"id":7,"outcome":"pass_with_reminder","reasons":[{"clause":"GATE-19","reason":"mask_missing",)"
                     R"("outcome":"pass_with_reminder","next":"wear_mask","parameter":"gate.reminder.mask_missing",)"
                     R"("recorded_only":false}],"policy_version":"v1"})");
}

TEST(VerdictLine, by_packs_and_by_area) {
  const std::string rest = R"("presented": {"nat": {"last_negative": {"sampled_at": "2022-03-12T12:00:00+08:00",
      "reported_at": "2022-03-13T11:59:59+08:00"}, "state": "negative"}}, "now": "2022-03-15T12:00:00+08:00"})";
  const auto by_packs = verdict_line(R"({"packs": ["fl-base", "cn-8", "lz-gate-2022"], )" + rest);
  ASSERT_TRUE(by_packs) << by_packs.error().reason;
  EXPECT_NE(by_packs->find("\"nat_expired\""), std::string::npos) << *by_packs;
  EXPECT_NE(by_packs->find("\"hours\":48"), std::string::npos) << *by_packs;
  const auto by_area = verdict_line(R"({"area": "620102", )" + rest);
  ASSERT_TRUE(by_area);
  EXPECT_NE(by_area->find("+lz-gate-2022@"), std::string::npos) << *by_area;
  EXPECT_EQ(by_area->find("\"id\""), std::string::npos);
}

TEST(VerdictLine, refuses_with_code_and_place) {
  struct Row {
    const char* line;
    const char* refusal;
  };
  const Row rows[] = {
      {R"({)", "json.syntax "},
      {R"([])", "json.wrong_type "},
      {R"({"presented": {}, "policy": {}})", "json.missing_field /now"},
      {R"({"presented": {}, "now": "2022-03-15T12:00:00+08:00"})", "verdict.policy_missing /policy"},
      {R"({"presented": {}, "now": "2022-03-15T12:00:00+08:00", "policy": {}, "packs": []})",
       "verdict.policy_twice /policy"},
      {R"({"presented": [], "now": "2022-03-15T12:00:00+08:00", "policy": {}})", "json.wrong_type /presented"},
      {R"({"presented": {"colour": 1}, "now": "2022-03-15T12:00:00+08:00", "policy": {}})",
       "json.unknown_field /presented/colour"},
      {R"({"presented": {"nat": {"state": "lost"}}, "now": "2022-03-15T12:00:00+08:00", "policy": {}})",
       "json.unknown_value /presented/nat/state"},
      {R"({"presented": {"code": {"colour": "red"}}, "now": "2022-03-15T12:00:00+08:00", "policy": {}})",
       "json.missing_field /presented/code/grade"},
      {R"({"presented": {}, "now": "2022-03-15T12:00:00+08:00", "policy": {"nat": {"window_hours": 48}}})",
       "json.unknown_field /policy/nat/window_hours"},
      {R"({"presented": {}, "now": "2022-03-15T12:00:00+08:00", "packs": ["cn-99"]})", "policy.unknown_pack cn-99"},
      {R"({"presented": {}, "now": "2022-03-15T12:00:00+08:00", "packs": ["cn-8"]})",
       "policy.parameter_missing gate.clock_skew_seconds_max"},
  };
  for (const Row& row : rows) EXPECT_EQ(reason_of(row.line), row.refusal) << row.line;
}

TEST(VerdictLine, a_whole_question_survives_the_wire) {
  Presented presented = neighbour();
  presented.trip = Trip{TripState::filed, PlaceRisk::high, true};
  presented.isolation = {IsolationKind::home, noon + 24h};
  presented.offline_code = OfflineCode{noon};
  const GatePolicy policy = demanding_policy();
  const auto presented_again = json::read<Presented>(json::write(presented));
  const auto policy_again = json::read<GatePolicy>(json::write(policy));
  ASSERT_TRUE(presented_again);
  ASSERT_TRUE(policy_again);
  EXPECT_EQ(*presented_again, presented);
  EXPECT_EQ(*policy_again, policy);
  const Verdict verdict = decide(presented, policy, noon);
  ASSERT_FALSE(verdict.reasons.empty());
  const auto verdict_again = json::read<Verdict>(json::write(verdict));
  ASSERT_TRUE(verdict_again);
  EXPECT_EQ(*verdict_again, verdict);
}

TEST(VerdictCommand, one_bad_line_does_not_stop_the_rest) {
  std::istringstream in(
      "{\"id\": \"a\", \"presented\": {}, \"policy\": {}, \"now\": \"2022-03-15T12:00:00+08:00\"}\n"
      "\n"
      "{\"id\": \"b\", \"presented\": {\"x\": 1}, \"policy\": {}, \"now\": \"2022-03-15T12:00:00+08:00\"}\n"
      "nonsense\n"
      "{\"id\": \"c\", \"presented\": {\"emergency\": \"medical\"}, \"area\": \"620102\", \"now\": "
      "\"2022-03-15T12:00:00+08:00\"}");
  std::ostringstream out, err;
  const std::string arguments[] = {"--jsonl"};
  EXPECT_EQ(verdict_command(arguments, in, out, err), 1);
  std::istringstream answers(out.str());
  std::string line;
  std::getline(answers, line);
  EXPECT_EQ(line, R"({"id":"a","outcome":"pass","reasons":[],"policy_version":""})");
  std::getline(answers, line);
  EXPECT_EQ(line, R"({"id":"b","error":{"code":"json.unknown_field","where":"/presented/x"}})");
  std::getline(answers, line);
  EXPECT_EQ(line, R"({"error":{"code":"json.syntax","where":""}})");
  std::getline(answers, line);
  EXPECT_EQ(
      line.find(R"({"id":"c","outcome":"pass_with_reminder","reasons":[{"clause":"GATE-1","reason":"emergency_exit")"),
      0u)
      << line;
  EXPECT_FALSE(std::getline(answers, line));
}

TEST(VerdictCommand, usage) {
  std::istringstream in;
  std::ostringstream out, err;
  EXPECT_EQ(verdict_command({}, in, out, err), 2);
  EXPECT_EQ(err.str(), std::string(verdict_usage) + "\n");
}

}  // namespace
}  // namespace firstline::gate
