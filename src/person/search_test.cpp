#include "person/search.hpp"

#include <gtest/gtest.h>

#include "area/test_world.hpp"
#include "person/names.hpp"

namespace firstline::person {
namespace {

using area::test_now;
using store::Session;

TEST(Names, are_read_as_they_are_spoken) {
  const struct {
    const char *name, *letters, *initials;
  } rows[] = {
      {"张三丰", "zhangsanfeng", "zsf"},
      {"欧阳修远", "ouyangxiuyuan", "oyxy"},
      {"单田芳", "shantianfang", "stf"},
      {"曾国藩", "zengguofan", "zgf"},
      {"解晓东", "xiexiaodong", "xxd"},
      {"吕布", "lubu", "lb"},
      {"张曾", "zhangceng", "zc"},
      {"尉迟恭", "yuchigong", "ycg"},
      {"阿依古丽·买买提", "ayigulimaimaiti", "ayglmmt"},
      {"Ivan Petrov", "iuanpetrou", "ip"},
      {"", "", ""},
  };
  for (const auto& row : rows) {
    EXPECT_EQ(spoken(row.name).letters(), row.letters) << row.name;
    EXPECT_EQ(spoken(row.name).initials(), row.initials) << row.name;
  }
}

TEST(Names, begin_with_letters_and_initials_in_any_mixture) {
  const auto name = spoken("张三丰");
  for (const char* typed : {"zhangsanfeng", "zhangsan", "zhangs", "zhangsf", "zsf", "zsanf", "zhsf", "zsfeng"})
    EXPECT_TRUE(begins(name, typed)) << typed;
  for (const char* typed : {"sanfeng", "zhangf", "zsfx", "zhangsanfengx", "sf"})
    EXPECT_FALSE(begins(name, typed)) << typed;
  EXPECT_TRUE(begins(spoken("吕布"), "lvbu"));
}

TEST(Wanted, is_what_was_typed_and_long_enough) {
  const struct {
    const char* typed;
    WantedKind kind;
    const char* text;
  } rows[] = {
      {" 张 三 ", WantedKind::name, "张三"},
      {"ZhangSan", WantedKind::spelling, "zhangsan"},
      {"138 1234", WantedKind::phone, "1381234"},
      {"3-2-502", WantedKind::place, "3-2-502"},
      {"3号楼2单元502室", WantedKind::place, "3-2-502"},
      {"3栋", WantedKind::place, "3"},
      {"１２３４", WantedKind::phone, "1234"},
      {"阿依古丽·买", WantedKind::name, "阿依古丽买"},
  };
  for (const auto& row : rows) {
    const auto wanted = wanted_of(row.typed);
    ASSERT_TRUE(wanted) << row.typed;
    EXPECT_EQ(wanted->kind, row.kind) << row.typed;
    EXPECT_EQ(wanted->text, row.text) << row.typed;
  }
  for (const char* typed : {"", " ", "张", "zs", "123", "a1b2c3", "·", "张\xff"})
    EXPECT_EQ(wanted_of(typed).error().reason, "search.too_short") << typed;
}

class Search : public ::testing::Test {
 protected:
  PersonRef put(const char* name, const char* phone, const area::Area& home) {
    Person person;
    person.community_id = w.community.id;
    person.household_id = home.id;
    person.name = name;
    if (*phone) person.phone = phone;
    return database->write([&](Session& s) { return directory.add(s, person, test_now, system_random()); }).value();
  }
  // The people found, by the ends of their ids.
  std::vector<PersonId> ids(const char* typed, const std::string& below = {}) {
    const auto found = database->read([&](Session& s) {
      return search(
          s, directory, w.community.id, wanted_of(typed).value(),
          [&](const std::string& path) -> Result<bool> { return below.empty() || http::path_covers(below, path); },
          civil_date(test_now));
    });
    std::vector<PersonId> out;
    for (const FoundPerson& one : found.value().people) out.push_back(one.person.person_id);
    return out;
  }
  using Ids = std::vector<PersonId>;

  area::TemporaryDatabase database;
  area::SmallCommunity w = area::small_community(*database);
  FieldKey key{std::array<std::byte, 32>{}};
  Directory directory{key};
};

TEST_F(Search, finds_by_name_spelling_phone_and_room) {
  const PersonId zhang = put("张三丰", "13812341234", w.home101).person_id;
  const PersonId shan = put("单小云", "13900005678", w.home102).person_id;
  const PersonId other = put("张小云", "", w.other_home).person_id;
  EXPECT_EQ(ids("张三"), Ids{zhang});
  EXPECT_EQ(ids("张三丰"), Ids{zhang});
  EXPECT_EQ(ids("小云"), (Ids{shan, other}));
  EXPECT_EQ(ids("单小云"), Ids{shan});
  EXPECT_EQ(ids("小三"), Ids{});
  EXPECT_EQ(ids("zsf"), Ids{zhang});
  EXPECT_EQ(ids("zhang"), (Ids{zhang, other}));
  EXPECT_EQ(ids("zhangx"), Ids{other});
  EXPECT_EQ(ids("shanxiaoyun"), Ids{shan});
  EXPECT_EQ(ids("danxiao"), Ids{});
  EXPECT_EQ(ids("1234"), Ids{zhang});
  EXPECT_EQ(ids("41234"), Ids{zhang});
  EXPECT_EQ(ids("51234"), Ids{});
  EXPECT_EQ(ids("13812341234"), Ids{zhang});
  EXPECT_EQ(ids("1-1-101"), (Ids{zhang, other}));
  EXPECT_EQ(ids("1号楼1单元102"), Ids{shan});
}

TEST_F(Search, shows_nobody_outside_the_callers_place_and_nothing_unmasked) {
  const PersonId zhang = put("张三丰", "13812341234", w.home101).person_id;
  put("张三立", "", w.other_home);
  EXPECT_EQ(ids("张三", w.compound1.path), Ids{zhang});
  EXPECT_EQ(ids("1-1-101", w.compound1.path), Ids{zhang});
  const auto found = database->read([&](Session& s) {
    return search(
        s, directory, w.community.id, wanted_of("zsf").value(), [](const std::string&) -> Result<bool> { return true; },
        civil_date(test_now));
  });
  const std::string text = json::write(found.value());
  EXPECT_EQ(text.find("三丰"), std::string::npos) << text;
  EXPECT_EQ(text.find("13812341234"), std::string::npos) << text;
  EXPECT_NE(text.find("张**"), std::string::npos) << text;
}

TEST_F(Search, follows_a_correction_and_says_when_there_are_more) {
  const PersonRef ref = put("张三丰", "13812341234", w.home101);
  ASSERT_TRUE(database->write([&](Session& s) -> Result<void> {
    FL_TRY(auto person, directory.find(s, ref));
    person.name = "章四海";
    person.phone = "13812349999";
    return directory.put(s, person, test_now, system_random());
  }));
  EXPECT_EQ(ids("张三"), Ids{});
  EXPECT_EQ(ids("1234"), Ids{});
  EXPECT_EQ(ids("四海"), Ids{ref.person_id});
  EXPECT_EQ(ids("9999"), Ids{ref.person_id});
  for (int i = 0; i < 25; ++i) put("王大明", "", w.home102);
  EXPECT_EQ(ids("大明").size(), 20u);
}

const store::Statement forget_words{"test.forget_words", store::Scope::community,
                                    "delete from person_word where community_id = $1"};
const store::Statement forget_words_of{"test.forget_words_of", store::Scope::community,
                                       "delete from person_word where community_id = $1 and person_id = $2"};

TEST_F(Search, an_old_database_is_indexed_again) {
  const PersonId zhang = put("张三丰", "", w.home101).person_id, wang = put("王五福", "", w.home102).person_id;
  const auto whole = [&] {
    return database->read([&](Session& s) { return is_indexed(s, directory, w.community.id); }).value();
  };
  EXPECT_TRUE(whole());
  ASSERT_TRUE(database->write([&](Session& s) { return s.run(forget_words, w.community.id); }));
  EXPECT_FALSE(whole());
  EXPECT_EQ(ids("zsf"), Ids{});
  EXPECT_EQ(reindex(*database, directory, w.community.id).value(), 2);
  EXPECT_TRUE(whole());
  EXPECT_EQ(ids("zsf"), Ids{zhang});
  EXPECT_EQ(ids("五福"), Ids{wang});
  ASSERT_TRUE(database->write([&](Session& s) { return s.run(forget_words_of, w.community.id, zhang); }));
  EXPECT_FALSE(whole()) << "cut short before the oldest";
}

}  // namespace
}  // namespace firstline::person
