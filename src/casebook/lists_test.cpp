#include "casebook/lists.hpp"

#include <gtest/gtest.h>

#include "casebook/test_cases.hpp"

namespace firstline::casebook {
namespace {

using namespace std::chrono_literals;

class CaseLists : public ::testing::Test, public CaseWorld {
 protected:
  ListOutcome take(const std::string& text, ListKind kind = ListKind::cases, bool only_look = false,
                   std::string mapping = {}) {
    WantedList wanted;
    wanted.kind = kind;
    wanted.source = "cdc";
    wanted.community = w.community.id;
    wanted.mapping = parse_mapping(mapping).value();
    wanted.only_look = only_look;
    auto done = take_list(*database, parts, wanted, text, {{}, {}, now, &system_random()});
    EXPECT_TRUE(done) << done.error().reason << " " << done.error().where << " " << done.error().detail;
    return done ? *done : ListOutcome{};
  }
  std::vector<std::string> codes(const ListOutcome& outcome) {
    std::vector<std::string> found;
    for (const auto& each : outcome.rejections) {
      found.push_back(std::to_string(each.line) + " " + each.code);
      EXPECT_EQ(rejection_words(each.code).code, each.code) << "has words of its own";
    }
    return found;
  }
  Case listed_case(const std::string& id) {
    const auto all = listed({}).items;
    for (const auto& each : all) {
      const auto found = database->read([&](store::Session& s) { return case_of(s, w.community.id, each.case_id); });
      if (found->external_id == id) return *found;
    }
    ADD_FAILURE() << id;
    return {};
  }
};

const std::string headings = "case_id,date_of_onset,date_of_hospitalisation,date_of_outcome,outcome,gender,age\n";

TEST_F(CaseLists, TheCommonFormIsTakenAndTheSameAgainChangesNothing) {
  const std::string text = headings +
                           "d1fafd,2022-03-01,2022-03-03,2022-03-10,Recover,f,34\n"
                           "53371b,2022-03-04,NA,NA,NA,m,61.5\n"
                           "f5c3d8,NA,2022-03-06,2022-03-07,Death,m,NA\n";
  const auto looked = take(text, ListKind::cases, true);
  EXPECT_EQ(looked.counts, (ListCounts{3, 3, 0, 0, 0, 0}));
  EXPECT_TRUE(listed({}).items.empty()) << "a look writes nothing";
  const auto first = take(text);
  EXPECT_EQ(first.counts, (ListCounts{3, 3, 0, 0, 0, 0}));
  EXPECT_EQ(first.mapping.at(Column::admitted), "date_of_hospitalisation");
  EXPECT_EQ(first.mapping.at(Column::ended), "date_of_outcome");
  EXPECT_EQ(take(text).counts, (ListCounts{3, 0, 0, 3, 0, 0}));
  EXPECT_EQ(listed({}).items.size(), 3u);
  const Case recovered = listed_case("d1fafd");
  EXPECT_EQ(recovered.status, Status::recovered);
  EXPECT_EQ(recovered.classified, Status::confirmed);
  EXPECT_EQ(format_instant(*recovered.onset_at).substr(0, 10), "2022-03-01");
  EXPECT_EQ(listed_case("53371b").status, Status::confirmed);
  EXPECT_EQ(listed_case("f5c3d8").status, Status::died);
  EXPECT_EQ(facts("case.list_taken"), 2);
}

TEST_F(CaseLists, ALaterListChangesWhatNobodyCorrectedHere) {
  ASSERT_EQ(take(headings + "a,2022-03-01,,,,f,34\nb,2022-03-02,,,,m,40\n").counts.added, 2);
  ASSERT_EQ(correct(listed_case("b").id, api::Moment::onset, now - 240h), "");
  const auto again = take(headings + "a,2022-03-02,2022-03-05,2022-03-09,recovered,f,34\nb,2022-03-03,,,,m,40\n");
  EXPECT_EQ(again.counts, (ListCounts{2, 0, 1, 0, 1, 0}));
  EXPECT_EQ(codes(again), (std::vector<std::string>{"3 row.changed_here"}));
  const Case a = listed_case("a");
  EXPECT_EQ(a.status, Status::recovered);
  EXPECT_EQ(format_instant(*a.onset_at).substr(0, 10), "2022-03-02");
  EXPECT_EQ(seen(a.id).history.size(), 4u) << "opened, onset, transfer, status";
  EXPECT_EQ(listed_case("b").onset_at, now - 240h);
}

TEST_F(CaseLists, RowsAreRefusedWithAReasonEach) {
  const auto done = take(
      "编号,姓名,身份证号,手机,病例分类,发病日期,报告日期,采样日期,转归,年龄\n"
      ",甲,,,确诊,2022-03-01,,,,30\n"
      "r1,甲,,,确诊,三月,,,,30\n"
      "r2,甲,,,确诊,2099-03-01,,,,30\n"
      "r3,甲,,,好像,2022-03-01,,,,30\n"
      "r4,甲,,,确诊,2022-03-01,,,走了,30\n"
      "r5,甲,,,确诊,2022-03-01,,,,300\n"
      "r6,甲,,,确诊,2022-03-01,2022-03-02,2022-03-03,,30\n"
      "r7,甲,110105194912310021,,确诊,2022-03-01,,,,30\n"
      "ok,甲,,,无症状感染者,,2022-03-02,2022-03-01,,30\n"
      "ok,甲,,,确诊,,2022-03-02,2022-03-01,,30\n");
  EXPECT_EQ(codes(done), (std::vector<std::string>{"2 id.missing", "3 day.unreadable", "4 day.in_future",
                                                   "5 status.unknown", "6 outcome.unknown", "7 age.bad",
                                                   "8 days.out_of_order", "9 id_number.check_digit", "11 row.twice"}));
  EXPECT_EQ(done.counts.added, 1);
  EXPECT_EQ(listed_case("ok").status, Status::asymptomatic);
  EXPECT_EQ(listed({}).items.at(0).listed_name, "甲**");
}

TEST_F(CaseLists, WhoIsRegisteredHereIsARealPersonsCase) {
  ASSERT_TRUE(database->write([&](store::Session& s) -> Result<void> {
    FL_TRY(auto record, people.find(s, {w.community.id, person}));
    record.phone = "13812345678";
    return people.put(s, record, now, system_random());
  }));
  const std::string text = "id,name,phone,onset\n1,张三,13812345678,2022-03-10\n2,王五,13912345678,2022-03-10\n";
  const auto done = take(text);
  EXPECT_EQ(done.counts, (ListCounts{2, 2, 0, 0, 0, 1}));
  EXPECT_EQ(listed_case("1").person_id, person);
  EXPECT_FALSE(listed_case("2").person_id);
  const auto other_name = take("id,name,phone,onset\n3,李四,13812345678,2022-03-10\n");
  EXPECT_EQ(other_name.counts.added, 1) << "a phone that several use is nobody's proof";
  const auto second = take("id,name,phone,onset\n4,张三,13812345678,2022-03-12\n");
  EXPECT_EQ(codes(second), (std::vector<std::string>{"2 case.open_already"}));
}

TEST_F(CaseLists, WhomOnlyAListNamesIsShownInClearOnAGroundAndThatIsAFact) {
  ASSERT_EQ(take("id,name,gender,age,onset\n1,王小明,m,12,2022-03-10\n").counts.added, 1);
  ASSERT_EQ(open(person, Status::confirmed), "");
  const auto reveal = [&](CaseId id, std::string note) {
    return as(health, Role::health_officer, [&](http::Call& call) -> Result<void> {
      FL_TRY(const auto shown, casebook::reveal(call, parts, id, {{}, person::RevealReason::tracing, note}));
      EXPECT_EQ(shown.name, "王小明");
      EXPECT_EQ(shown.age, 12);
      return {};
    });
  };
  const CaseId id = listed_case("1").id;
  EXPECT_EQ(reveal(id, " "), "reveal.note_missing");
  EXPECT_EQ(facts("case.revealed"), 0);
  EXPECT_EQ(reveal(id, "联系本人"), "");
  EXPECT_EQ(facts("case.revealed"), 1);
  EXPECT_EQ(seen(id).history.back().part, Part::revealed);
  EXPECT_EQ(reveal(opened.back().id, "联系本人"), "case.not_listed");
}

TEST_F(CaseLists, ContactsLinkTheCasesOfTheirList) {
  ASSERT_EQ(take(headings + "a,2022-03-01,,,,f,34\nb,2022-03-04,,,,m,40\nc,2022-03-09,,,,m,40\n").counts.added, 3);
  const std::string text =
      "from,to,exposure,date_of_exposure\na,b,Emergency room,2022-03-02\nb,c,,\nc,a,,\na,x,,\nb,b,,\n";
  const auto done = take(text, ListKind::contacts);
  EXPECT_EQ(codes(done), (std::vector<std::string>{"4 case.link_ring", "5 case.not_in_list", "6 link.self"}));
  EXPECT_EQ(done.counts.added, 2);
  EXPECT_EQ(take(text, ListKind::contacts).counts, (ListCounts{5, 0, 0, 2, 3, 0}));
  api::Chains shown;
  as(health, Role::health_officer, [&](http::Call& call) -> Result<void> {
    FL_TRY(shown, chains_of(call));
    return {};
  });
  EXPECT_EQ(shown.serial_days, (std::vector{3, 5}));
  EXPECT_EQ(shown.serial_days_median, 4);
  EXPECT_EQ(shown.clusters.at(0).place, "Emergency room");
  EXPECT_EQ(shown.nodes.back().generation + shown.nodes.front().generation, 2);
  const auto differs = take("from,to,exposure\na,b,Market\n", ListKind::contacts);
  EXPECT_EQ(codes(differs), (std::vector<std::string>{"2 link.differs"}));
}

TEST_F(CaseLists, UnusualHeadingsAreSaid) {
  EXPECT_EQ(take("fall;beginn\n1;2022-03-01\n", ListKind::cases, false, "id=fall,onset=beginn").counts.added, 1);
  EXPECT_EQ(parse_mapping("onzet=x").error().reason, "mapping.unknown");
  const auto find = [](const std::string& text, const std::string& mapping) {
    const auto found = Columns::find(*intake::read_table(text), ListKind::cases, *parse_mapping(mapping));
    return found ? std::string() : found.error().reason + " " + found.error().where;
  };
  EXPECT_EQ(find("id,onset\n1,2022-03-01\n", "id=fall"), "mapping.unknown fall");
  EXPECT_EQ(find("onset,age\n2022-03-01,3\n", ""), "mapping.missing id");
  EXPECT_EQ(find("x,y\n1,2\n", ""), "table.no_headings ");
}

TEST_F(CaseLists, AListAlarmsNobodyButIsToldOn) {
  ASSERT_EQ(take(headings + "a,2022-03-01,,,,f,34\n").counts.added, 1);
  ASSERT_EQ(opened.size(), 1u);
  EXPECT_EQ(opened[0].ground, Ground::line_list);
}

}  // namespace
}  // namespace firstline::casebook
