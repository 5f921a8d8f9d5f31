#include "laboratory/service.hpp"

#include <sstream>

#include <gtest/gtest.h>

#include "area/test_world.hpp"
#include "json/json.hpp"
#include "laboratory/store.hpp"

namespace firstline::laboratory {
namespace {

using namespace std::chrono_literals;
using area::test_now;
using health::NatState;
using store::Session;

class LaboratoryFile : public ::testing::Test {
 protected:
  person::PersonRef somebody(const char* name, std::optional<std::string> id_number, std::optional<std::string> phone,
                             AreaId home) {
    person::Person made;
    made.community_id = w.community.id;
    made.household_id = home;
    made.name = name;
    made.id_number = std::move(id_number);
    made.phone = std::move(phone);
    return database->write([&](Session& s) { return people.add(s, made, test_now, system_random()); }).value();
  }
  Wanted wanted(Kind kind = Kind::results) {
    Wanted all;
    all.kind = kind;
    all.source = "laboratory 1";
    all.file_name = "results.csv";
    all.command = make_uuid_v7(test_now, system_random());
    all.area = all.community = w.community.id;
    all.path = w.community.path;
    return all;
  }
  static OpenFile of(std::string text) {
    return [text] { return std::make_unique<std::istringstream>(text); };
  }
  Outcome take(const std::string& rows) { return take(rows, wanted()); }
  Outcome take(const std::string& rows, const Wanted& how) {
    auto taken = laboratory.take(how, of(headings + rows), {{7}, test_now});
    EXPECT_TRUE(taken) << taken.error().reason;
    return taken ? *taken : Outcome{};
  }
  std::string codes(const Outcome& outcome) {
    std::string text;
    for (const auto& each : outcome.rejections) text += std::to_string(each.line) + each.code + " ";
    return text;
  }
  health::Standing standing(person::PersonRef who) {
    return database->read([&](Session& s) { return health::standing(s, w.community.id, who.person_id); }).value();
  }
  std::vector<health::TestResult> results(person::PersonRef who) {
    return database->read([&](Session& s) { return health::results_of(s, w.community.id, who.person_id); }).value();
  }

  const std::string headings = "编号,版本,姓名,身份证号,手机,采样时间,报告时间,结果,方法\n";
  area::TemporaryDatabase database;
  area::SmallCommunity w = area::small_community(*database);
  const person::FieldKey key{std::array<std::byte, 32>{}};
  const person::Directory people{key};
  const Laboratory laboratory{&*database, people};
  const person::PersonRef zhang = somebody("张三", "11010519491231002X", "13812345678", w.home101.id);
  const person::PersonRef li = somebody("李四", {}, "13812345678", w.home102.id);
};

TEST_F(LaboratoryFile, IsTakenOnceHoweverOftenItIsSent) {
  const std::string rows =
      "S1,1,张三,11010519491231002X,,2022-03-15 08:00,2022-03-15 12:00,阴性,\n"
      "S2,1,李四,,13812345678,2022-03-15 08:00,2022-03-15 12:00,阳性,\n";
  EXPECT_EQ(take(rows).counts, (BatchCounts{2, 2, 0, 0, 0, 0, 0}));
  EXPECT_EQ(take(rows).counts, (BatchCounts{2, 0, 0, 2, 0, 0, 0}));
  EXPECT_EQ(standing(zhang).nat.state, NatState::negative);
  EXPECT_EQ(standing(li).nat.state, NatState::positive);
  EXPECT_EQ(results(zhang).size(), 1u);
  auto other = wanted();
  other.source = "laboratory 2";
  EXPECT_EQ(take(rows, other).counts.added, 2) << "another laboratory's S1 is another result";
}

TEST_F(LaboratoryFile, TheSameCommandGivesTheSameBatch) {
  const auto how = wanted();
  const auto first = take("S1,1,张三,11010519491231002X,,2022-03-15 08:00,2022-03-15 12:00,阴性,\n", how);
  const auto again = take("", how);
  EXPECT_EQ(first.batch->id, again.batch->id);
  EXPECT_EQ(again.counts.added, 1);
}

TEST_F(LaboratoryFile, ACorrectionReplacesAndIsKeptWithItsHistory) {
  take("S1,1,张三,11010519491231002X,,2022-03-15 08:00,2022-03-15 12:00,阳性,\n");
  EXPECT_EQ(standing(zhang).nat.state, NatState::positive);
  EXPECT_EQ(take("S1,3,张三,11010519491231002X,,2022-03-15 08:00,2022-03-15 13:00,阴性,\n").counts.replaced, 1);
  EXPECT_EQ(standing(zhang).nat.state, NatState::negative);
  EXPECT_EQ(standing(zhang).nat.last_negative->sampled_at, test_now - 7h);
  EXPECT_EQ(take("S1,2,张三,11010519491231002X,,2022-03-15 08:00,2022-03-15 12:30,阳性,\n").counts.older, 1);
  EXPECT_EQ(standing(zhang).nat.state, NatState::negative);
  const auto all = results(zhang);
  ASSERT_EQ(all.size(), 2u);
  EXPECT_EQ(all[1].replaced_by, all[0].id);
  EXPECT_FALSE(all[0].replaced_by);
  EXPECT_EQ(codes(take("S1,3,张三,11010519491231002X,,2022-03-15 08:00,2022-03-15 13:00,阳性,\n")),
            "2health.version_differs ");
  const auto below = database->read(
      [&](Session& s) { return health::results_below(s, w.community.id, w.home101.path, test_now - 24h); });
  ASSERT_EQ(below->size(), 1u) << "what counts, of the home itself";
  EXPECT_EQ((*below)[0].state, NatState::negative);
}

TEST_F(LaboratoryFile, ACorrectionMayBeAboutSomebodyElse) {
  take(
      "S0,1,张三,11010519491231002X,,2022-03-14 08:00,2022-03-14 12:00,阴性,\n"
      "S1,1,张三,11010519491231002X,,2022-03-15 08:00,2022-03-15 12:00,阳性,\n");
  EXPECT_EQ(take("S1,2,李四,,13812345678,2022-03-15 08:00,2022-03-15 12:00,阳性,\n").counts.replaced, 1);
  EXPECT_EQ(standing(li).nat.state, NatState::positive);
  EXPECT_EQ(standing(zhang).nat.state, NatState::negative) << "the day before counts again";
}

TEST_F(LaboratoryFile, AntigenResultsAreKeptAndMoveNothing) {
  take("S1,1,张三,11010519491231002X,,2022-03-15 08:00,2022-03-15 12:00,阴性,抗原\n");
  EXPECT_EQ(results(zhang).size(), 1u);
  EXPECT_EQ(standing(zhang), health::Standing{});
}

TEST_F(LaboratoryFile, WhoIsNotKnownForCertainIsRefusedByRow) {
  somebody("李四", {}, "13987654321", w.home101.id);
  somebody("李 四", {}, "13987654321", w.home101.id);
  const auto outcome = take(
      "S1,1,,11010519491231002X,,2022-03-15 08:00,2022-03-15 12:00,阴性,\n"
      "S2,1,张三,,,2022-03-15 08:00,2022-03-15 12:00,阴性,\n"
      "S3,1,张五,11010519491231002X,,2022-03-15 08:00,2022-03-15 12:00,阴性,\n"
      "S4,1,张三,110105194912310021,,2022-03-15 08:00,2022-03-15 12:00,阴性,\n"
      "S5,1,张三,11010519491231003,,2022-03-15 08:00,2022-03-15 12:00,阴性,\n"
      "S6,1,张三,000102193001010019,,2022-03-15 08:00,2022-03-15 12:00,阴性,\n"
      "S7,1,王五,,13812345678,2022-03-15 08:00,2022-03-15 12:00,阴性,\n"
      "S8,1,李四,,13987654321,2022-03-15 08:00,2022-03-15 12:00,阴性,\n"
      "S9,1,张三,11010519491231002X,,2022-03-15 08:00,,阴性,\n"
      "S10,1,张三,11010519491231002X,,2022-03-16 08:00,2022-03-16 12:00,阴性,\n"
      "S11,1,张 三,11010519491231002x,,2022-03-15 08:00,2022-03-15 12:00,阴性,\n");
  EXPECT_EQ(codes(outcome),
            "2name.missing 3number.missing 4person.other_name 5id_number.check_digit 6id_number.length "
            "7person.unknown_id_number 8person.unknown_phone 9person.ambiguous 10health.negative_without_report "
            "11health.reading_from_future ");
  EXPECT_EQ(outcome.counts.added, 1);
  for (const auto& each : outcome.rejections) EXPECT_EQ(rejection_words(each.code).code, each.code);
  const auto batch = database->read([&](Session& s) { return load(s, w.community.id, outcome.batch->id); }).value();
  EXPECT_EQ(batch->state, BatchState::taken);
  EXPECT_EQ(json::read<std::vector<Rejection>>(batch->rejections)->size(), 10u);
}

TEST_F(LaboratoryFile, AFileOfAnotherCommunityFindsNobodyHere) {
  auto how = wanted();
  how.community = how.area = {1};
  EXPECT_EQ(codes(take("S1,1,张三,11010519491231002X,,2022-03-15 08:00,2022-03-15 12:00,阴性,\n", how)),
            "2person.elsewhere ");
  how = wanted();
  how.community = {};
  how.path = "620102";
  EXPECT_EQ(take("S1,1,张三,11010519491231002X,,2022-03-15 08:00,2022-03-15 12:00,阴性,\n", how).counts.added, 1);
  how = wanted();
  how.community = {};
  how.path = "620102/021";
  EXPECT_EQ(codes(take("S2,1,张三,11010519491231002X,,2022-03-15 08:00,2022-03-15 12:00,阴性,\n", how)),
            "2person.elsewhere ");
}

TEST_F(LaboratoryFile, ALookChangesNothing) {
  const auto seen = laboratory.look(
      wanted(), of(headings + "S1,1,张三,11010519491231002X,,2022-03-15 08:00,2022-03-15 12:00,阳性,\nS2,1,,,,,,,\n"),
      {{7}, test_now});
  ASSERT_TRUE(seen);
  EXPECT_EQ(seen->counts.added, 1);
  EXPECT_EQ(seen->counts.refused, 1);
  EXPECT_EQ(standing(zhang), health::Standing{});
  EXPECT_TRUE(database->read([&](Session& s) { return load_newest(s, w.community.id, 9); })->empty());
}

TEST_F(LaboratoryFile, AThousandRowsGoInByManyTransactionsAndTheGoodOnesStay) {
  std::string rows;
  for (int i = 0; i < 1000; ++i)
    rows += "S" + std::to_string(i) + ",1,张三," + (i % 100 == 99 ? "1" : "11010519491231002X") +
            ",,2022-03-15 08:00,2022-03-15 12:00,阴性,\n";
  const auto outcome = take(rows);
  EXPECT_EQ(outcome.counts.added, 990);
  EXPECT_EQ(outcome.counts.refused, 10);
  EXPECT_EQ(outcome.counts.rows, 1000);
}

TEST_F(LaboratoryFile, VaccinationsLikewise) {
  const std::string rows =
      "编号,版本,姓名,身份证号,接种日期,剂次,疫苗\nV1,1,张三,11010519491231002X,2021-06-01,1,A\n"
      "V2,1,张三,11010519491231002X,2021-07-01,2,A\nV3,1,张三,11010519491231002X,2022-07-01,3,A\n";
  const auto first = laboratory.take(wanted(Kind::vaccinations), of(rows), {{7}, test_now});
  ASSERT_TRUE(first);
  EXPECT_EQ(first->counts.added, 2);
  EXPECT_EQ(codes(*first), "4health.given_in_future ");
  const auto again = laboratory.take(
      wanted(Kind::vaccinations),
      of("编号,版本,姓名,身份证号,接种日期,剂次,疫苗\nV2,2,张三,11010519491231002X,2021-07-02,2,B\n"), {{7}, test_now});
  EXPECT_EQ(again->counts.replaced, 1);
  const auto all =
      database->read([&](Session& s) { return health::vaccinations_of(s, w.community.id, zhang.person_id); }).value();
  ASSERT_EQ(all.size(), 3u);
  EXPECT_EQ(all[0].product, "B");
  EXPECT_EQ(all[1].replaced_by, all[0].id);
}

}  // namespace
}  // namespace firstline::laboratory
