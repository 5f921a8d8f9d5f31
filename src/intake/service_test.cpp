// A list from the file to the people and back, on a real database.

#include "intake/service.hpp"

#include <gtest/gtest.h>

#include "area/test_world.hpp"
#include "intake/store.hpp"
#include "json/json.hpp"
#include "ledger/fact.hpp"
#include "ledger/query.hpp"
#include "person/id_number.hpp"
#include "person/search.hpp"

namespace firstline::intake {
namespace {

using area::test_now;
using person::Person;
using store::Session;

person::FieldKey test_key() {
  std::array<std::byte, 32> secret{};
  secret[0] = std::byte{7};
  return person::FieldKey(secret);
}

std::string number_of(int serial) {
  std::string first = "00010219500305000";
  for (std::size_t at = 16; serial > 0; serial /= 10, --at) first[at] = static_cast<char>('0' + serial % 10);
  return first + person::id_number_check_digit(first);
}

class IntakeService : public ::testing::Test {
 protected:
  Result<Import> upload(const std::string& csv) {
    return intake.upload(w.community.id, make_uuid_v7(test_now, random), "list.csv", csv, by);
  }
  Import compared(const std::string& csv, bool new_homes = false) {
    const auto import = upload(csv).value();
    Wanted wanted{json::read<Mapping>(import.mapping).value(), new_homes, {}};
    return intake.compare(w.community.id, import.id, wanted, by).value();
  }
  Import taken(const std::string& csv, bool new_homes = false) {
    return intake.take(w.community.id, compared(csv, new_homes).id, {}, by).value();
  }
  static Counts counts(const Import& import) { return json::read<Counts>(import.counts).value(); }
  static PlacesBrought brought(const Import& import) { return json::read<PlacesBrought>(import.brought).value(); }
  static std::string codes(const Import& import) {
    std::string all;
    const auto problems = json::read<std::vector<RowProblem>>(import.problems).value();
    for (const auto& problem : problems) all += std::to_string(problem.line) + " " + problem.code + ";";
    return all;
  }
  std::vector<Person> everybody() {
    return database->read([&](Session& s) { return people.below(s, w.community.id, w.community.path); }).value();
  }
  Person named(const std::string& name) {
    for (auto& each : everybody())
      if (each.name == name) return each;
    return {};
  }
  std::size_t facts(const std::string& kind) {
    return database
        ->read([&](Session& s) {
          ledger::FactFilter filter;
          filter.community = w.community.id;
          filter.kind_prefix = kind;
          return ledger::facts(s, filter);
        })
        .value()
        .size();
  }

  area::Area node(AreaId id) {
    return database->read([&](Session& s) { return area::find(s, w.community.id, id); }).value();
  }
  area::Area at(const std::string& path) {
    return database->read([&](Session& s) { return area::find_by_path(s, w.community.id, path); }).value();
  }
  std::string grid_over(const area::Area& node) {
    return database->read([&](Session& s) { return Places::load(s, w.community); }).value().grid_of(node);
  }
  Person stands(PersonId id) {
    return database->read([&](Session& s) { return people.find(s, {w.community.id, id}); }).value();
  }
  std::size_t found_by(const char* typed) {
    const auto all = [](const std::string&) -> Result<bool> { return true; };
    return database
        ->read([&](Session& s) {
          return person::search(s, people, w.community.id, person::wanted_of(typed).value(), all, civil_date(test_now));
        })
        .value()
        .people.size();
  }
  static std::vector<Question> questions(const Import& import) {
    return json::read<std::vector<Question>>(import.questions).value();
  }
  std::optional<Date> stay(PersonId id) {
    const auto stays = database->read([&](Session& s) { return people.stays(s, w.community.id); }).value();
    return stays.contains(id) ? std::optional(stays.at(id)) : std::nullopt;
  }

  area::TemporaryDatabase database;
  area::SmallCommunity w = area::small_community(*database);
  person::FieldKey key = test_key();
  person::Directory people{key};
  Intake intake{&*database, people};
  SeededRandom random{3};
  const By by{AccountId{77}, test_now};
  const std::string head = "小区,楼栋,单元,房号,姓名,身份证号,手机,特殊情况\n";
  const std::string two = head + "示范1号院,1号楼,1单元,101,张三," + number_of(1) + ",13800138000,独居\n" +
                          "示范1号院,1,1,102室,李四," + number_of(2) + ",,\n";
};

TEST_F(IntakeService, NothingIsWrittenBeforeItIsTaken) {
  const auto import = compared(two);
  EXPECT_EQ(counts(import).added, 2);
  EXPECT_TRUE(everybody().empty());
  const auto done = intake.take(w.community.id, import.id, {}, by).value();
  EXPECT_EQ(done.state, ImportState::taken);
  ASSERT_EQ(everybody().size(), 2u);
  EXPECT_EQ(named("张三").household_id, w.home101.id);
  EXPECT_EQ(named("李四").household_id, w.home102.id);
  EXPECT_EQ(named("张三").marks, std::vector{person::Mark::lone_elder});
  EXPECT_EQ(facts("intake.taken"), 1u);
  EXPECT_EQ(intake.take(w.community.id, import.id, {}, by)->state, ImportState::taken) << "sent twice";
  EXPECT_EQ(facts("intake.taken"), 1u);
}

TEST_F(IntakeService, TheSameListAgainChangesNothing) {
  taken(two);
  const auto again = compared(two);
  EXPECT_EQ(counts(again).same, 2);
  EXPECT_EQ(counts(again).added + counts(again).changed + counts(again).moved + counts(again).gone, 0);
}

TEST_F(IntakeService, SaysWhoIsNewChangedMovedAndGone) {
  taken(two + "示范1号院,1,1,101,王五," + number_of(3) + ",,\n");
  const std::string later = head + "示范1号院,1,1,102,张三," + number_of(1) + ",13800138000,独居\n" +  // moved
                            "示范1号院,1,1,102,李四," + number_of(2) + ",13900139000,\n" +             // changed
                            "示范1号院,1,1,102,赵六," + number_of(4) + ",,\n";  // new; 王五 is not in it
  const auto import = compared(later);
  const Counts c = counts(import);
  EXPECT_EQ(c.moved, 1);
  EXPECT_EQ(c.changed, 1);
  EXPECT_EQ(c.added, 1);
  EXPECT_EQ(c.gone, 1);
  EXPECT_EQ(json::read<std::vector<PersonId>>(import.gone).value(), std::vector{named("王五").id});
  intake.take(w.community.id, import.id, {}, by).value();
  EXPECT_EQ(named("张三").household_id, w.home102.id);
  EXPECT_EQ(named("李四").phone, "13900139000");
  EXPECT_TRUE(named("王五").household_id) << "gone is only proposed";
}

TEST_F(IntakeService, ARefusedRowHoldsTheListUntilTheOfficeSaysGoodRows) {
  const auto import = compared(two + "示范1号院,9,1,101,王五,,,\n" + "示范1号院,1,1,101,赵六,123,,\n");
  EXPECT_EQ(codes(import), "4 home.unknown;5 id_number.length;");
  EXPECT_EQ(counts(import).refused, 2);
  const auto held = intake.take(w.community.id, import.id, {}, by);
  ASSERT_FALSE(held);
  EXPECT_EQ(held.error().reason, "import.rows_refused");
  EXPECT_TRUE(everybody().empty());
  EXPECT_TRUE(intake.take(w.community.id, import.id, {true, {}}, by));
  EXPECT_EQ(everybody().size(), 2u);
}

TEST_F(IntakeService, MakesHomesOnlyWhenAllowed) {
  const std::string far =
      head + "示范1号院,7号楼,2单元,1203,张三,,,\n示范1号院,7,2,1203室,李四,,,\n示范1号院,7,2,1204,,,,\n";
  EXPECT_EQ(counts(compared(far)).refused, 3);
  const auto import = taken(far, true);
  EXPECT_EQ(counts(import).homes_added, 2);
  EXPECT_EQ(named("张三").household_id, named("李四").household_id);
  const AreaId made = named("张三").household_id;
  const auto home = database->read([&](Session& s) { return area::find(s, w.community.id, made); }).value();
  EXPECT_EQ(home.path, w.compound1.path + "/b07/u2/f12/1203");
  EXPECT_EQ(home.label, "7-2-1203");
  EXPECT_EQ(counts(compared(far)).refused, 0) << "the homes are there now";
}

TEST_F(IntakeService, RefusesWhatAPersonMustSettle) {
  taken(two);
  EXPECT_EQ(codes(compared(head + "示范1号院,1,1,101,张三," + number_of(9) + ",,\n")), "2 person.same_name_and_birth;");
  EXPECT_EQ(codes(compared(head + "示范1号院,1,1,101,张三,,,\n")), "2 person.same_name;")
      << "taken for the same, and said";
  EXPECT_EQ(codes(compared(head + "示范1号院,1,1,101,张三," + number_of(1) + ",,\n示范1号院,1,1,102,张三," +
                           number_of(1) + ",,\n")),
            "3 id_number.twice_in_file;");
  EXPECT_EQ(codes(compared(head + "示范9号院,1,1,101,张三,,,\n")), "2 home.unknown_compound;");
  EXPECT_EQ(codes(compared(head + ",1,1,101,张三,,,\n")), "2 home.no_compound;");
  EXPECT_EQ(codes(compared(head + "示范1号院,1,,101,张三,,,\n")), "2 home.mixed;");
}

TEST_F(IntakeService, SomebodyOfAnotherCommunityIsNotTaken) {
  taken(two);
  ASSERT_TRUE(database->write([&](Session& s) -> Result<void> {
    FL_TRY(const auto street, area::find_by_path(s, {}, "620102/020"));
    FL_TRY(const auto other,
           area::add(s, &street, {area::AreaKind::community, "902", "另一社区", {}, {}, true}, test_now));
    Person there;
    there.community_id = other.id;
    there.name = "王五";
    there.id_number = number_of(5);
    FL_TRYV(people.add(s, there, test_now, random));
    return {};
  }));
  EXPECT_EQ(codes(compared(head + "示范1号院,1,1,101,王五," + number_of(5) + ",,\n")), "2 person.elsewhere;");
}

TEST_F(IntakeService, UndoPutsEverybodyBackWhomNobodyTouchedSince) {
  taken(two);
  const auto import = taken(head + "示范1号院,1,1,102,张三," + number_of(1) + ",,\n示范1号院,1,1,101,王五," +
                            number_of(3) + ",,\n示范1号院,1,1,102,李四," + number_of(2) + ",13900139000,\n");
  const PersonId created = named("王五").id;
  EXPECT_EQ(named("张三").marks.size(), 0u) << "the list had the column and nothing in it";
  ASSERT_TRUE(database->write([&](Session& s) -> Result<void> {
    auto touched = named("李四");
    touched.phone = "13700137000";
    return people.put(s, touched, test_now, random);
  }));
  const auto undone = intake.undo(w.community.id, import.id, by).value();
  EXPECT_EQ(undone.state, ImportState::undone);
  EXPECT_EQ(undone.kept_back, 1);
  EXPECT_EQ(named("张三").household_id, w.home101.id);
  EXPECT_EQ(named("张三").marks, std::vector{person::Mark::lone_elder});
  EXPECT_EQ(named("王五").name, "") << "whoever was new is withdrawn";
  EXPECT_EQ(found_by("王五"), 0u) << "and not left in the search as moved out";
  EXPECT_EQ(stands(created).name, "王五") << "but what was accepted is not lost";
  EXPECT_EQ(named("李四").phone, "13700137000");
  EXPECT_EQ(facts("intake.undone"), 1u);
  // And the list can be taken again: the number is free, and it is a new record.
  EXPECT_EQ(counts(taken(head + "示范1号院,1,1,101,王五," + number_of(3) + ",,\n")).added, 1);
  EXPECT_NE(named("王五").id, created);
}

TEST_F(IntakeService, ACompoundAndAGridComeWithThePeopleByConsent) {
  const std::string grids = "小区,网格,楼栋,单元,房号,姓名\n";
  const std::string csv = grids + "示范9号院,第7网格,3号楼,1,101,张三\n示范9号院,第7网格,3,1,102,李四\n";
  EXPECT_EQ(codes(compared(csv)), "2 home.unknown_compound;3 home.unknown_compound;");
  EXPECT_EQ(codes(compared(grids + "示范1号院,第7网格,1,1,101,张三\n")), "2 grid.unknown;");
  const auto import = compared(csv, true);
  EXPECT_EQ(import.brought,
            R"({"compounds":["示范9号院"],"grids":["第7网格"],"buildings_added":1,"buildings_moved":0})");
  EXPECT_EQ(counts(import).homes_added, 2);
  ASSERT_TRUE(intake.take(w.community.id, import.id, {}, by));
  const auto home = node(named("李四").household_id);
  EXPECT_EQ(home.path, w.community.path + "/c9/b03/u1/f01/102");
  EXPECT_EQ(grid_over(home), "第7网格");
  EXPECT_EQ(facts("area.added"), 2u);
  const auto again = compared(csv, true);
  EXPECT_EQ(counts(again).same, 2);
  EXPECT_EQ(again.total, 0) << "taken once, it changes nothing";
}

TEST_F(IntakeService, AListOfPlacesMakesThemAndMovesBuildingsBetweenGrids) {
  taken(head + "示范1号院,1,1,101,张三,,,\n");
  const std::string places = "小区,网格,楼栋,单元,备注\n";
  const std::string csv =
      places + "示范1号院,2,1号楼,\n示范1号院,2,8号楼,1单元\n新苑,,,\n,第5网格,,\n新苑,第5网格,1号楼,\n";
  EXPECT_EQ(codes(compared(csv)), "3 home.unknown;4 home.unknown_compound;5 grid.unknown;6 home.unknown_compound;");
  EXPECT_EQ(codes(compared(places + ",,,,空\n示范1号院,,,2\n示范1号院,1,1,\n示范1号院,2,1,\n", true)),
            "2 place.empty;3 home.no_building;5 grid.two_for_building;");
  const auto import = compared(csv, true);
  EXPECT_EQ(codes(import), "");
  EXPECT_EQ(counts(import).gone, 0) << "a list of places says nothing about people";
  EXPECT_EQ(brought(import).buildings_moved, 1);
  EXPECT_EQ(brought(import).buildings_added, 2);
  EXPECT_EQ(counts(import).homes_added, 0);
  const auto done = intake.take(w.community.id, import.id, {}, by);
  ASSERT_TRUE(done) << done.error().reason << done.error().detail;
  EXPECT_EQ(node(w.building1.id).grid_id, w.grid2.id);
  EXPECT_EQ(at(w.compound1.path + "/b08/u1").name, "1单元");
  const auto compound = at(w.community.path + "/c3");
  EXPECT_EQ(compound.name, "新苑");
  EXPECT_EQ(grid_over(at(compound.path + "/b01")), "第5网格");
  EXPECT_EQ(compared(csv, true).total, 0);

  ASSERT_TRUE(intake.undo(w.community.id, import.id, by));
  EXPECT_EQ(node(w.building1.id).grid_id, w.grid1.id) << "undone: back where it was";
  EXPECT_EQ(grid_over(at(compound.path + "/b01")), "") << "what was made stays, out of the grid";
}

TEST_F(IntakeService, ABuildingThatSomebodyPutElsewhereSinceStaysThere) {
  const auto import = taken("小区,网格,楼栋\n示范1号院,第2网格,1号楼\n");
  ASSERT_TRUE(database->write([&](Session& s) { return area::move_to_grid(s, w.community.id, w.building1.id, {}); }));
  ASSERT_TRUE(intake.undo(w.community.id, import.id, by));
  EXPECT_EQ(node(w.building1.id).grid_id, AreaId{});
}

TEST_F(IntakeService, AListOfHomesSaysNothingAboutWhoIsGone) {
  taken(head + "示范1号院,1,1,101,张三,,,\n");
  EXPECT_EQ(counts(compared("小区,楼栋,单元,房号\n示范1号院,1,1,101\n")).gone, 0);
}

TEST_F(IntakeService, RemembersWhatTheHeadingsMeant) {
  const std::string strange = "where,who\n1-1-101,张三\n";
  auto import = upload(strange).value();
  EXPECT_EQ(import.mapping, "[null,null]");
  EXPECT_EQ(intake.compare(w.community.id, import.id, {{std::nullopt, Column::name}, false, {}}, by).error().reason,
            "mapping.home_missing");
  ASSERT_TRUE(intake.compare(w.community.id, import.id, {{Column::door, Column::name}, false, {}}, by));
  EXPECT_EQ(upload(strange)->mapping, R"(["door","name"])");
}

TEST_F(IntakeService, TheFileIsSealedAndForgotten) {
  const auto import = compared(two);
  const auto kept = [&] {
    return database->read([&](Session& s) { return load_file(s, w.community.id, import.id); }).value();
  };
  const auto sealed = kept();
  ASSERT_TRUE(sealed);
  const std::string text(reinterpret_cast<const char*>(sealed->data()), sealed->size());
  EXPECT_EQ(text.find("张三"), text.npos);
  EXPECT_EQ(intake.discard(w.community.id, import.id, by)->state, ImportState::discarded);
  EXPECT_FALSE(kept());
  EXPECT_EQ(intake.take(w.community.id, import.id, {true, {}}, by).error().reason, "import.wrong_state");
}

TEST_F(IntakeService, AListThatNobodyTookIsForgotten) {
  const auto import = compared(two);
  const auto forget = [&](Instant before) {
    return database->write([&](Session& s) { return forget_files(s, w.community.id, before); });
  };
  ASSERT_TRUE(forget(test_now));
  EXPECT_EQ(intake.compare(w.community.id, import.id, {{Column::door, Column::name}, false, {}}, by).has_value(), true);
  ASSERT_TRUE(forget(test_now + std::chrono::hours(1)));
  EXPECT_EQ(intake.take(w.community.id, import.id, {true, {}}, by).error().reason, "import.wrong_state");
  EXPECT_FALSE(database->read([&](Session& s) { return load_file(s, w.community.id, import.id); }).value());
}

TEST_F(IntakeService, AsksWhetherWhoSoundsAlikeIsTheSamePerson) {
  const std::string with_birth = "小区,楼栋,单元,房号,姓名,出生日期,手机\n";
  taken(with_birth + "示范1号院,1,1,101,张丽,1950-03-05,13800138000\n示范1号院,1,1,102,李强,1960-01-01,\n");
  const PersonId known = named("张丽").id;
  const std::string later = with_birth + "示范1号院,1,1,101,章莉,1950-03-05,\n示范1号院,1,1,102,李强,1960-01-01,\n";
  const auto import = compared(later);
  ASSERT_EQ(questions(import).size(), 1u);
  const Question asked = questions(import)[0];
  EXPECT_EQ(asked.line, 2);
  EXPECT_EQ(asked.person_id, known);
  EXPECT_TRUE(asked.same_home && asked.same_birth);
  EXPECT_EQ(asked.name_masked, "章**") << "a row of a list is shown masked too";
  EXPECT_EQ(counts(import).asked, 1);
  EXPECT_EQ(counts(import).added + counts(import).changed, 0);
  EXPECT_EQ(counts(import).gone, 0) << "nobody is gone while that is open";
  EXPECT_EQ(intake.take(w.community.id, import.id, {}, by).error().reason, "import.undecided");
  EXPECT_EQ(named("章莉").name, "") << "never by itself";

  const auto same = intake.take(w.community.id, import.id, {false, {{2, known}}}, by).value();
  EXPECT_EQ(counts(same).changed, 1);
  EXPECT_EQ(counts(same).asked, 0);
  EXPECT_EQ(named("章莉").id, known);
  EXPECT_EQ(named("章莉").phone, "13800138000") << "what the list does not say stays";
  ASSERT_TRUE(intake.undo(w.community.id, import.id, by));
  EXPECT_EQ(named("张丽").id, known);

  const auto again = compared(later);
  const auto another = intake.take(w.community.id, again.id, {false, {{2, std::nullopt}}}, by).value();
  EXPECT_EQ(counts(another).added, 1);
  EXPECT_EQ(json::read<std::vector<PersonId>>(another.gone).value(), std::vector{known})
      << "now the one who is there is missing from the list";
}

TEST_F(IntakeService, ARowThatNobodyDecidedAboutIsLeftOutOfTheGoodOnes) {
  taken(head + "示范1号院,1,1,101,张丽,,,\n");
  const auto import = compared(head + "示范1号院,1,1,101,章莉,,,\n示范1号院,1,1,102,李四,,,\n");
  EXPECT_EQ(questions(import).size(), 1u);
  ASSERT_TRUE(intake.take(w.community.id, import.id, {true, {}}, by));
  EXPECT_EQ(named("章莉").name, "");
  EXPECT_EQ(named("李四").name, "李四");
}

TEST_F(IntakeService, TellsOfTwoNewRowsOfAHomeThatSoundAlike) {
  const auto import =
      compared(head + "示范1号院,1,1,101,张丽,,,\n示范1号院,1,1,101,章莉,,,\n示范1号院,1,1,102,张莉,,,\n");
  EXPECT_EQ(codes(import), "3 person.alike_in_list;");
  EXPECT_EQ(counts(import).added, 3) << "and takes both";
}

TEST_F(IntakeService, WhoWasGivenAnAccountSinceStaysWhenTheImportIsUndone) {
  const auto import = taken(two);
  ASSERT_TRUE(database->write([&](Session& s) -> Result<void> {
    ledger::Draft fact;
    fact.community = w.community.id;
    fact.at = fact.recorded_at = test_now;
    fact.kind = "access.resident_account_opened";
    fact.subject = "person:" + format_id(named("张三").id.value);
    fact.body = "{}";
    FL_TRYV(ledger::write(s, fact));
    return {};
  }));
  EXPECT_EQ(intake.undo(w.community.id, import.id, by)->kept_back, 1);
  EXPECT_EQ(named("张三").household_id, w.home101.id);
  EXPECT_EQ(named("李四").name, "");
}

TEST_F(IntakeService, NobodyIsAskedAboutWhoIsInTheListUnderTheirOwnName) {
  const std::string sisters = head + "示范1号院,1,1,101,张莉,,,\n示范1号院,1,1,101,张丽,,,\n";
  taken(head + "示范1号院,1,1,101,张丽,,,\n");
  const auto import = compared(sisters);
  EXPECT_TRUE(questions(import).empty()) << "the one who is there stands on line 3";
  EXPECT_EQ(counts(import).added, 1);
}

TEST_F(IntakeService, WhoIsGoneMovesOutByAPersonsChoiceAndComesBackWithTheUndo) {
  const std::string stays = "小区,楼栋,单元,房号,姓名,身份证号,手机,暂住至\n";
  taken(stays + "示范1号院,1,1,101,张三," + number_of(1) + ",,\n示范1号院,1,1,101,李四," + number_of(2) +
        ",,2022-05-31\n示范1号院,1,1,102,王五," + number_of(3) + ",,\n");
  const PersonId li = named("李四").id, wang = named("王五").id, zhang = named("张三").id;
  const auto import = taken(stays + "示范1号院,1,1,101,张三," + number_of(1) + ",,\n");
  EXPECT_EQ(counts(import).gone, 2);
  const Date left = civil_date(test_now) - std::chrono::days(3);
  const auto out = [&](std::vector<PersonId> who, Date day) {
    return intake.move_out(w.community.id, import.id, who, day, by);
  };
  EXPECT_EQ(out({li, zhang}, left).error().reason, "gone.not_among_them");
  EXPECT_EQ(out({li}, civil_date(test_now) + std::chrono::days(1)).error().reason, "gone.bad_day");
  ASSERT_TRUE(out({li}, left));
  ASSERT_TRUE(out({li}, left)) << "sent twice";
  EXPECT_FALSE(stands(li).household_id);
  EXPECT_FALSE(stay(li));
  EXPECT_TRUE(stands(wang).household_id) << "not chosen";
  EXPECT_EQ(facts("person.moved_out"), 1u);
  const auto undone = intake.undo(w.community.id, import.id, by).value();
  EXPECT_EQ(undone.kept_back, 0);
  EXPECT_EQ(stands(li).household_id, w.home101.id);
  EXPECT_EQ(stay(li), parse_date("2022-05-31"));
  EXPECT_EQ(facts("person.moved"), 2u) << "out and back";
  EXPECT_EQ(out({wang}, left).error().reason, "import.wrong_state");
}

// A list with everything that a list can say of somebody, from a seed.
std::vector<std::vector<std::string>> any_list(SeededRandom& random, int people, int& serial) {
  const auto upto = [&](unsigned count) { return static_cast<unsigned>(random.next() % count); };
  static const char* marks[] = {"", "独居", "无手机、残疾", "孕", "独居、无手机、残疾、孕、定期就医", "定期就医"};
  static const char* details[] = {"", "阁楼", "-1层 储物间", "=北侧", "靠东, \"里屋\"", "两\n行"};
  static const char* names[] = {"人", "阿卜杜拉·买买提", "O'Neil", "@名"};
  std::vector<std::vector<std::string>> rows{exported_headings()};
  for (int i = 0; i < people; ++i, ++serial) {
    const bool numbered = upto(3) > 0;
    const unsigned compound = upto(3) + 1, building = upto(5) + 1;
    rows.push_back(
        {"示范" + std::to_string(compound) + "号院", "第" + std::to_string((compound + building) % 4 + 1) + "网格",
         std::to_string(building) + "号楼", std::to_string(upto(3) + 1) + "单元",
         std::to_string(upto(30) + 1) + "0" + std::to_string(upto(4) + 1), names[upto(4)] + std::to_string(serial),
         numbered ? number_of(serial) : "", upto(2) ? "1380013" + std::to_string(1000 + upto(9000)) : "",
         numbered ? "1950-03-05" : (upto(2) ? "1988-11-0" + std::to_string(upto(9) + 1) : ""), marks[upto(6)],
         details[upto(6)], upto(3) ? "" : "2022-0" + std::to_string(upto(9) + 1) + "-15"});
  }
  return rows;
}

std::string as_csv(const std::vector<std::vector<std::string>>& rows) {
  std::string text;
  for (const auto& row : rows) text += csv_line(row);
  return text;
}

TEST_F(IntakeService, ExportingAndImportingIsTheIdentity) {
  int serial = 100;
  for (int round = 0; round < 12; ++round) {
    SCOPED_TRACE(round);
    SeededRandom seeded(static_cast<std::uint64_t>(round) + 1);
    taken(as_csv(any_list(seeded, 5 + round * 7, serial)), true);
    auto rows = database->read([&](Session& s) { return exported(s, people, w.community); }).value();
    ASSERT_EQ(rows.size(), static_cast<std::size_t>(serial - 100) + 1);
    const std::string xlsx = write_xlsx(rows).value();
    for (const std::string& file : {as_csv(rows), xlsx}) {
      const Import import = compared(file);
      const Counts c = counts(import);
      EXPECT_EQ(c.same, serial - 100);
      EXPECT_EQ(c.added + c.changed + c.moved + c.refused + c.warned + c.asked + c.gone + c.homes_added, 0);
      EXPECT_EQ(import.brought, json::write(PlacesBrought()));
    }
    if (round % 4 != 3) continue;
    // Into an empty place, from a file of either kind, and out again: the same list.
    std::sort(rows.begin() + 1, rows.end());
    for (const std::string& file : {as_csv(rows), xlsx}) {
      area::TemporaryDatabase empty;
      const auto there = area::small_community(*empty);
      Intake elsewhere(&*empty, people);
      const auto import =
          elsewhere.upload(there.community.id, make_uuid_v7(test_now, random), "list", file, by).value();
      const Wanted wanted{json::read<Mapping>(import.mapping).value(), true, {}};
      ASSERT_TRUE(elsewhere.compare(there.community.id, import.id, wanted, by));
      ASSERT_TRUE(elsewhere.take(there.community.id, import.id, {}, by));
      auto out = empty->read([&](Session& s) { return exported(s, people, there.community); }).value();
      std::sort(out.begin() + 1, out.end());
      EXPECT_EQ(out, rows);
    }
  }
}

}  // namespace
}  // namespace firstline::intake
