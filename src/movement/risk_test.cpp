#include "movement/risk.hpp"

#include <gtest/gtest.h>

#include "policy/embedded.hpp"

namespace firstline::movement {
namespace {

policy::PolicySet ninth_edition() {
  return policy::embedded_library().chosen(std::vector<std::string>{"fl-base", "cn-9"}).value();
}

TEST(Proposals, FollowTheNinthEditionAndNameTheirParameter) {
  const auto policy = ninth_edition();
  const auto high = proposals(Risk::high, policy);
  ASSERT_EQ(high.size(), 1u);
  EXPECT_EQ(high[0].kind, FollowUp::central);
  EXPECT_EQ(high[0].days, 7);
  EXPECT_EQ(high[0].parameter, "people.from_high_risk.kind");
  EXPECT_EQ(high[0].pack, "cn-9");
  EXPECT_FALSE(high[0].source.empty());
  const auto medium = proposals(Risk::medium, policy);
  ASSERT_EQ(medium.size(), 1u);
  EXPECT_EQ(medium[0].kind, FollowUp::home);
  EXPECT_FALSE(medium[0].nat_days.empty());
  const auto low = proposals(Risk::low, policy);
  ASSERT_EQ(low.size(), 1u);
  EXPECT_EQ(low[0].kind, FollowUp::test);
  EXPECT_GT(low[0].tests, 0);
}

TEST(Proposals, NothingWhereNoDocumentSaysAnything) {
  const auto silent = policy::embedded_library().chosen(std::vector<std::string>{"fl-base"}).value();
  for (const Risk risk : {Risk::low, Risk::medium, Risk::high}) EXPECT_TRUE(proposals(risk, silent).empty());
}

TEST(RiskList, ReadsWhatOfficesWrite) {
  const auto reading = read_risk_places(
      "\xef\xbb\xbf"
      "code,name,risk,from,until,source\r\n110105,\"Beijing, Chaoyang\",high,2022-07-01,2022-07-20,notice 7\r\n\r\n"
      "6201,兰州市,中风险,2022-07-02,,notice 8");
  ASSERT_TRUE(reading.bad.empty());
  ASSERT_EQ(reading.places.size(), 2u);
  EXPECT_EQ(reading.places[0].name, "Beijing, Chaoyang");
  EXPECT_EQ(reading.places[0].risk, Risk::high);
  EXPECT_EQ(reading.places[1].risk, Risk::medium);
  EXPECT_FALSE(reading.places[1].valid_until);
}

TEST(RiskList, NamesTheLineAndTheColumnThatAreWrong) {
  const std::pair<const char*, const char*> rows[] = {
      {"62010,x,high,2022-07-01,,s", "code"},
      {"ab,x,high,2022-07-01,,s", "code"},
      {"6201,,high,2022-07-01,,s", "name"},
      {"6201,x,severe,2022-07-01,,s", "risk"},
      {"6201,x,high,01.07.2022,,s", "from"},
      {"6201,x,high,2022-07-01,2022-07-01,s", "until"},
      {"6201,x,high,2022-07-01,2022-13-01,s", "until"},
      {"6201,x,high,2022-07-01,,", "source"},
      {"6201,x,high,2022-07-01,,s,t", "source"},
      {"6201", "name"},
  };
  for (const auto& [row, column] : rows) {
    const auto reading = read_risk_places("6201,x,low,2022-07-01,,s\n" + std::string(row));
    ASSERT_EQ(reading.bad.size(), 1u) << row;
    EXPECT_EQ(reading.bad[0].line, 2) << row;
    EXPECT_EQ(reading.bad[0].column, column) << row;
  }
}

}  // namespace
}  // namespace firstline::movement
