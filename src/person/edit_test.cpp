#include "person/edit.hpp"

#include <gtest/gtest.h>

#include "area/test_world.hpp"
#include "ledger/query.hpp"
#include "person/search.hpp"

namespace firstline::person {
namespace {

using area::test_now;
using store::Session;

class Edit : public ::testing::Test {
 protected:
  template <class F>
  auto write(F work) {
    return database->write([&](Session& s) { return work(s, Editing{actor, test_now, system_random()}); });
  }
  Result<PersonVersion> add(const AddPerson& command) {
    return write([&](Session& s, const Editing& by) {
      return move_in(s, directory, w.community.id, w.home101.id, command, by);
    });
  }
  Result<PersonVersion> move_to(const PersonVersion& who, std::optional<AreaId> home, std::optional<Date> until = {}) {
    return write([&](Session& s, const Editing& by) {
      return move(s, directory, ref(who), {{}, who.version, home, until}, by);
    });
  }
  Result<PersonVersion> correct_it(const PersonVersion& who, CorrectPerson command) {
    command.base_version = who.version;
    return write([&](Session& s, const Editing& by) { return correct(s, directory, ref(who), command, by); });
  }
  PersonRef ref(const PersonVersion& who) const { return {w.community.id, who.person_id}; }
  std::vector<MemberShown> at(const area::Area& home, Date today = civil_date(test_now)) {
    return database->read([&](Session& s) { return members(s, directory, w.community.id, home.id, today); }).value();
  }
  Person clear(const PersonVersion& who) {
    return database->read([&](Session& s) { return directory.find(s, ref(who)); }).value();
  }
  std::string facts() {
    const auto all = database->read([&](Session& s) {
      ledger::FactFilter query;
      query.community = w.community.id;
      return ledger::facts(s, query);
    });
    std::string text;
    for (const auto& fact : all.value()) text += fact.kind + fact.body + "\n";
    return text;
  }

  area::TemporaryDatabase database;
  area::SmallCommunity w = area::small_community(*database);
  FieldKey key{std::array<std::byte, 32>{}};
  Directory directory{key};
  http::Actor actor;
  const AddPerson zhang{{}, "张三丰", "11010519491231002X", "13812341234", {}, {Mark::lone_elder}, {}};
};

TEST_F(Edit, somebody_moves_in_to_another_home_and_out) {
  auto who = add(zhang).value();
  ASSERT_EQ(at(w.home101).size(), 1u);
  const MemberShown shown = at(w.home101)[0];
  EXPECT_EQ(shown.person.name_masked, "张**");
  EXPECT_EQ(shown.phone_masked, "138****1234");
  EXPECT_EQ(shown.version, who.version);
  EXPECT_EQ(json::write(shown).find("11010519491231"), std::string::npos);
  who = move_to(who, w.home102.id).value();
  EXPECT_TRUE(at(w.home101).empty());
  EXPECT_EQ(at(w.home102).size(), 1u);
  who = move_to(who, {}).value();
  EXPECT_TRUE(at(w.home102).empty());
  EXPECT_FALSE(clear(who).household_id);
  const std::string written = facts();
  for (const char* kind : {"person.moved_in", "person.moved{", "person.moved_out"})
    EXPECT_NE(written.find(kind), std::string::npos) << kind;
  EXPECT_EQ(written.find("张"), std::string::npos) << written;
  EXPECT_EQ(move_to(who, w.building1.id).error().reason, "area.no_household");
}

TEST_F(Edit, a_stay_has_a_last_day) {
  const Date today = civil_date(test_now);
  AddPerson guest = zhang;
  guest.stay_until = today + std::chrono::days(3);
  auto who = add(guest).value();
  EXPECT_EQ(at(w.home101)[0].stay_until, guest.stay_until);
  EXPECT_FALSE(at(w.home101, today + std::chrono::days(3))[0].stay_over);
  EXPECT_TRUE(at(w.home101, today + std::chrono::days(4))[0].stay_over);
  EXPECT_EQ(move_to(who, w.home101.id, today - std::chrono::days(1)).error().reason, "edit.stay_over");
  who = move_to(who, w.home101.id).value();  // Lives here from now on.
  EXPECT_FALSE(at(w.home101)[0].stay_until);
}

TEST_F(Edit, a_correction_names_its_fields_and_holds_none) {
  auto who = add(zhang).value();
  CorrectPerson command;
  command.name = "章三峰";
  command.phone = "139 0000 5678";
  command.marks = std::vector<Mark>{};
  who = correct_it(who, command).value();
  EXPECT_EQ(clear(who).name, "章三峰");
  EXPECT_EQ(clear(who).phone, "13900005678");
  EXPECT_TRUE(clear(who).marks.empty());
  EXPECT_EQ(clear(who).id_number, "11010519491231002X");
  const std::string written = facts();
  EXPECT_NE(written.find(R"("fields":["name","marks","phone"])"), std::string::npos) << written;
  EXPECT_EQ(written.find("章"), std::string::npos);
  command = {};
  command.phone = "";
  who = correct_it(who, command).value();
  EXPECT_FALSE(clear(who).phone);
  EXPECT_EQ(correct_it(who, {}).error().reason, "person.nothing_to_change");
}

TEST_F(Edit, an_id_number_needs_a_note_and_brings_its_birth_date) {
  auto who = add(zhang).value();
  CorrectPerson command;
  command.id_number = "440524188001010014";
  EXPECT_EQ(correct_it(who, command).error().reason, "edit.note_missing");
  command.id_number = "11010119900307803x";
  command.note = "录入时看错";
  const auto changed = correct_it(who, command);
  ASSERT_TRUE(changed) << changed.error().reason;
  EXPECT_EQ(clear(*changed).id_number, "11010119900307803X");
  EXPECT_EQ(format_date(clear(*changed).born_on.value()), "1990-03-07");
  AddPerson twin = zhang;
  twin.name = "李四";
  const auto second = add(twin).value();  // The old number is free again.
  command.note = "x";
  EXPECT_EQ(correct_it(second, command).error().reason, "person.exists");
}

TEST_F(Edit, who_comes_second_is_told) {
  const auto who = add(zhang).value();
  ASSERT_TRUE(move_to(who, w.home102.id));
  EXPECT_EQ(move_to(who, w.home101.id).error().reason, "person.changed");
  CorrectPerson command;
  command.name = "李四";
  EXPECT_EQ(correct_it(who, command).error().code, FaultCode::stale);
}

}  // namespace
}  // namespace firstline::person
