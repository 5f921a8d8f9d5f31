// What headings and cells say: a row per clause.

#include "intake/columns.hpp"

#include <gtest/gtest.h>

#include "person/id_number.hpp"

namespace firstline::intake {
namespace {

const Date today = *parse_date("2022-03-15");
const Mapping mapping{Column::building,  Column::unit,  Column::room,    Column::name,
                      Column::id_number, Column::phone, Column::born_on, Column::marks};

std::string id_number(const std::string& first) { return first + person::id_number_check_digit(first); }

struct Read {
  std::optional<Entry> entry;
  std::vector<RowProblem> problems;
  std::string code() const { return problems.empty() ? "" : problems[0].code; }
};
Read read(std::vector<std::string> cells) {
  Read read;
  read.entry = read_entry({5, std::move(cells)}, mapping, today, read.problems);
  return read;
}

TEST(Columns, KnowsTheUsualHeadings) {
  const auto suggested = suggest({"序号", "小区名称", "楼栋号", "单元", "房号", "姓 名*", "身份证号码（18位）",
                                  "联系电话", "Date of birth", "电话"});
  const Mapping wanted{{},           Column::compound,  Column::building, Column::unit,    Column::room,
                       Column::name, Column::id_number, Column::phone,    Column::born_on, {}};
  EXPECT_EQ(suggested, wanted) << "each but once";
}

TEST(Columns, FindsTheHeadingsBelowATitle) {
  EXPECT_EQ(heading_row(
                {{1, {"渭源路社区居民信息登记表"}}, {2, {"填表人", "x"}}, {3, {"姓名", "房号"}}, {4, {"张三", "502"}}}),
            2u);
  EXPECT_EQ(heading_row({{1, {"x", "y"}}, {2, {"1", "2"}}}), 0u);
}

TEST(Columns, AMappingNeedsAHome) {
  EXPECT_TRUE(check_mapping({Column::door, Column::name}));
  EXPECT_TRUE(check_mapping({Column::building, Column::room})) << "a list of homes";
  EXPECT_EQ(check_mapping({Column::name, Column::room}).error().reason, "mapping.home_missing");
  EXPECT_EQ(check_mapping({Column::door, Column::name, Column::name}).error().reason, "mapping.twice");
}

TEST(Columns, ReadsDoors) {
  const auto door = [](const char* text) { return parse_door(text).value_or(Door{}); };
  EXPECT_EQ(door("3-2-502"), (Door{"", "3", "2", "", "502"}));
  EXPECT_EQ(door("３号楼２单元５０２室"), (Door{"", "3", "2", "", "502"})) << "wide digits";
  EXPECT_EQ(door("示范1号院"), Door{});
  EXPECT_EQ(door("12栋301"), (Door{"", "12", "", "", "301"}));
  EXPECT_EQ(door("阳光家园 3号楼2单元502"), (Door{"阳光家园", "3", "2", "", "502"}));
  EXPECT_EQ(door("甘肃省兰州市"), Door{});
  EXPECT_EQ(door("13912345678"), Door{});
}

TEST(Columns, ReadsDates) {
  for (const char* text : {"1950-03-05", "1950/3/5", "1950年3月5日", "19500305", "1950.03.05", "18327"})
    EXPECT_EQ(parse_any_date(text), parse_date("1950-03-05")) << text;
  for (const char* text : {"1950", "1950-13-01", "5/3/1950", "1950-02-30", "abc", "", "1950-3"})
    EXPECT_FALSE(parse_any_date(text)) << text;
}

TEST(Entry, ReadsAPerson) {
  const std::string number = id_number("00010219500305123");
  const auto got = read({"3号楼", "2", "502", "张三", number, "138 0013 8000", "1950-03-05", "独居老人、透析"});
  ASSERT_TRUE(got.entry) << got.code();
  EXPECT_EQ(got.entry->line, 5);
  EXPECT_EQ(got.entry->id_number, number);
  EXPECT_EQ(got.entry->phone, "13800138000");
  EXPECT_EQ(got.entry->born_on, parse_date("1950-03-05"));
  EXPECT_EQ(got.entry->marks, (std::vector{person::Mark::lone_elder, person::Mark::regular_treatment}));
  EXPECT_TRUE(got.problems.empty());
}

TEST(Entry, SaysWhatIsWrong) {
  const std::string number = id_number("00010219500305123");
  std::string wrong = number;
  wrong[16] = wrong[16] == '3' ? '4' : '3';
  EXPECT_EQ(read({"3", "2", "502", "张三", wrong}).code(), "id_number.check_digit");
  EXPECT_EQ(read({"3", "2", "502", "张三", "123"}).code(), "id_number.length");
  EXPECT_EQ(read({"3", "2", "502", "张三", "6.2010219500305E+17"}).code(), "id_number.as_number");
  EXPECT_EQ(read({"3", "2", "502", "张三", "620102195003059000"}).code(), "id_number.as_number");
  EXPECT_EQ(read({"3", "2", "502", "张三", number, "12"}).code(), "phone.bad");
  EXPECT_EQ(read({"3", "2", "502", "张三", number, "", "1951-03-05"}).code(), "born.differs_from_id_number");
  EXPECT_EQ(read({"3", "2", "502", "张三", "", "", "soon"}).code(), "born.unreadable");
  EXPECT_EQ(read({"3", "2", "502", "张三", "", "", "2050-01-01"}).code(), "born.unreadable");
  EXPECT_EQ(read({"", "2", "502", "张三"}).code(), "home.no_building");
  EXPECT_EQ(read({"3", "2", "", "张三"}).code(), "home.no_room");
  EXPECT_EQ(read({"3", "2", "502", "", number}).code(), "name.missing");
}

TEST(Entry, AnUnknownMarkIsSaidAndKeepsNobodyOut) {
  const auto got = read({"3", "2", "502", "张三", "", "", "", "独居，爱下棋"});
  ASSERT_TRUE(got.entry);
  EXPECT_EQ(got.code(), "marks.unknown");
  EXPECT_EQ(got.problems[0].severity, Severity::warning);
  EXPECT_EQ(got.entry->marks, std::vector{person::Mark::lone_elder});
  EXPECT_TRUE(read({"3", "2", "502", "张三", "", "", "", "无"}).problems.empty());
}

TEST(Entry, ARowWithoutANameIsAVacantHome) {
  const auto got = read({"3", "2", "502", ""});
  ASSERT_TRUE(got.entry);
  EXPECT_TRUE(got.entry->name.empty());
}

TEST(Problems, EveryOneHasWordsInBothLanguages) {
  for (const char* code : {"name.missing", "id_number.length", "home.unknown", "person.elsewhere", "marks.unknown"}) {
    EXPECT_FALSE(problem_words(code).zh.empty());
    EXPECT_FALSE(problem_words(code).en.empty());
  }
}

}  // namespace
}  // namespace firstline::intake
