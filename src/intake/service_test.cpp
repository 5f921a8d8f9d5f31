// A list from the file to the people and back, on a real database.

#include "intake/service.hpp"

#include <gtest/gtest.h>
#include <rapidcheck.h>

#include "area/test_world.hpp"
#include "intake/store.hpp"
#include "json/json.hpp"
#include "ledger/query.hpp"
#include "person/id_number.hpp"

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
    Wanted wanted{json::read<Mapping>(import.mapping).value(), new_homes};
    return intake.compare(w.community.id, import.id, wanted, by).value();
  }
  Import taken(const std::string& csv, bool new_homes = false) {
    return intake.take(w.community.id, compared(csv, new_homes).id, false, by).value();
  }
  static Counts counts(const Import& import) { return json::read<Counts>(import.counts).value(); }
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
  const auto done = intake.take(w.community.id, import.id, false, by).value();
  EXPECT_EQ(done.state, ImportState::taken);
  ASSERT_EQ(everybody().size(), 2u);
  EXPECT_EQ(named("张三").household_id, w.home101.id);
  EXPECT_EQ(named("李四").household_id, w.home102.id);
  EXPECT_EQ(named("张三").marks, std::vector{person::Mark::lone_elder});
  EXPECT_EQ(facts("intake.taken"), 1u);
  EXPECT_EQ(intake.take(w.community.id, import.id, false, by)->state, ImportState::taken) << "sent twice";
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
  intake.take(w.community.id, import.id, false, by).value();
  EXPECT_EQ(named("张三").household_id, w.home102.id);
  EXPECT_EQ(named("李四").phone, "13900139000");
  EXPECT_TRUE(named("王五").household_id) << "gone is only proposed";
}

TEST_F(IntakeService, ARefusedRowHoldsTheListUntilTheOfficeSaysGoodRows) {
  const auto import = compared(two + "示范1号院,9,1,101,王五,,,\n" + "示范1号院,1,1,101,赵六,123,,\n");
  EXPECT_EQ(codes(import), "4 home.unknown;5 id_number.length;");
  EXPECT_EQ(counts(import).refused, 2);
  const auto held = intake.take(w.community.id, import.id, false, by);
  ASSERT_FALSE(held);
  EXPECT_EQ(held.error().reason, "import.rows_refused");
  EXPECT_TRUE(everybody().empty());
  EXPECT_TRUE(intake.take(w.community.id, import.id, true, by));
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
  EXPECT_EQ(named("王五").name, "") << "new people have moved out";
  EXPECT_EQ(named("李四").phone, "13700137000");
  EXPECT_EQ(facts("intake.undone"), 1u);
  // And the list can be taken again.
  EXPECT_EQ(counts(compared(head + "示范1号院,1,1,101,王五," + number_of(3) + ",,\n")).moved, 1);
}

TEST_F(IntakeService, RemembersWhatTheHeadingsMeant) {
  const std::string strange = "where,who\n1-1-101,张三\n";
  auto import = upload(strange).value();
  EXPECT_EQ(import.mapping, "[null,null]");
  EXPECT_EQ(intake.compare(w.community.id, import.id, {{std::nullopt, Column::name}, false}, by).error().reason,
            "mapping.home_missing");
  ASSERT_TRUE(intake.compare(w.community.id, import.id, {{Column::door, Column::name}, false}, by));
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
  EXPECT_EQ(intake.take(w.community.id, import.id, true, by).error().reason, "import.wrong_state");
}

TEST_F(IntakeService, AListThatNobodyTookIsForgotten) {
  const auto import = compared(two);
  const auto forget = [&](Instant before) {
    return database->write([&](Session& s) { return forget_files(s, w.community.id, before); });
  };
  ASSERT_TRUE(forget(test_now));
  EXPECT_EQ(intake.compare(w.community.id, import.id, {{Column::door, Column::name}, false}, by).has_value(), true);
  ASSERT_TRUE(forget(test_now + std::chrono::hours(1)));
  EXPECT_EQ(intake.take(w.community.id, import.id, true, by).error().reason, "import.wrong_state");
  EXPECT_FALSE(database->read([&](Session& s) { return load_file(s, w.community.id, import.id); }).value());
}

TEST_F(IntakeService, ExportingAndImportingIsTheIdentity) {
  int serial = 100;
  rc::check([&](std::vector<std::uint8_t> seeds) {
    std::string list = head;
    for (const auto seed : seeds) {
      static const char* marks[] = {"", "独居", "残疾、孕妇", "无手机", "化疗"};
      list += "示范" + std::to_string(seed % 2 + 1) + "号院," + std::to_string(seed % 5 + 1) + "," +
              std::to_string(seed % 3 + 1) + "," + std::to_string(seed % 30 + 1) + "0" + std::to_string(seed % 4 + 1) +
              ",人" + std::to_string(serial) + "," + (seed % 3 ? number_of(serial) : "") + "," +
              (seed % 2 ? "1380013" + std::to_string(1000 + seed) : "") + "," + marks[seed % 5] + "\n";
      ++serial;
    }
    if (!seeds.empty()) taken(list, true);
    const auto rows = database->read([&](Session& s) { return exported(s, people, w.community); }).value();
    std::string csv;
    for (const auto& row : rows) csv += csv_line(row);
    const auto again = compared(csv + (rows.size() == 1 ? "示范1号院,1,1,101,,,,,,\n" : ""));
    const Counts c = counts(again);
    RC_ASSERT(c.added + c.changed + c.moved + c.refused + c.gone + c.homes_added == 0);
    RC_ASSERT(static_cast<std::size_t>(c.same) == std::max<std::size_t>(1, rows.size() - 1));
  });
}

}  // namespace
}  // namespace firstline::intake
