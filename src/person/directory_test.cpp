#include <fstream>
#include <sstream>

#include <gtest/gtest.h>

#include "area/test_world.hpp"
#include "person/service.hpp"

namespace firstline::person {
namespace {

using area::SmallCommunity;
using area::test_now;
using store::Session;

const store::Statement move_name{
    "test.move_name", store::Scope::community,
    "update person set name_sealed = (select name_sealed from person where community_id = $1 and id = $3) "
    "where community_id = $1 and id = $2"};

FieldKey test_key() {
  std::array<std::byte, 32> secret{};
  secret[0] = std::byte{7};
  return FieldKey(secret);
}

class People : public ::testing::Test {
 protected:
  Person neighbour(const char* name) const {
    Person person;
    person.community_id = w.community.id;
    person.household_id = w.home101.id;
    person.name = name;
    return person;
  }
  Result<PersonRef> add(const Person& person) {
    return database->write([&](Session& s) { return directory.add(s, person, test_now, system_random()); });
  }
  template <class F>
  auto read(F use_case) {
    return database->read(use_case);
  }

  area::TemporaryDatabase database;
  SmallCommunity w = area::small_community(*database);
  FieldKey key = test_key();
  Directory directory{key};
};

TEST_F(People, come_back_as_they_went_in) {
  Person person = neighbour("欧阳修远");
  person.id_number = "11010519491231002x";
  person.phone = "+86 138-1234-1234";
  person.address_detail = "东侧小屋";
  person.marks = {Mark::lone_elder, Mark::no_phone};
  const PersonRef ref = add(person).value();
  const Person all = read([&](Session& s) { return directory.find(s, ref); }).value();
  EXPECT_EQ(all.name, "欧阳修远");
  EXPECT_EQ(all.id_number, "11010519491231002X");
  EXPECT_EQ(all.phone, "13812341234");
  EXPECT_EQ(format_date(all.born_on.value()), "1949-12-31");
  EXPECT_EQ(all.address_detail, "东侧小屋");
  EXPECT_EQ(all.marks, person.marks);
  EXPECT_EQ(read([&](Session& s) { return directory.address(s, all); }).value(), "示范1号院1号楼1单元101室 东侧小屋");
  EXPECT_EQ(read([&](Session& s) { return directory.household(s, w.community.id, w.home101.id); })->size(), 1u);
  const Resident resident = read([&](Session& s) { return directory.resident(s, ref); }).value();
  EXPECT_EQ(resident.person.name, all.name);
  EXPECT_EQ(resident.person.born_on, all.born_on);
  EXPECT_EQ(resident.person.marks, all.marks);
  EXPECT_FALSE(resident.person.id_number || resident.person.phone || resident.person.address_detail);
  EXPECT_EQ(resident.household_label, "1-1-101");
  EXPECT_EQ(resident.household_path, w.home101.path);
}

// What a gate reads is a copy: it follows the person and the home.
TEST_F(People, a_gate_reads_what_the_records_say) {
  Person person = neighbour("欧阳修远");
  const PersonRef ref = add(person).value();
  const PersonRef other = add(neighbour("李四")).value();
  const auto resident = [&](PersonRef whom) {
    return read([&](Session& s) { return directory.resident(s, whom); }).value();
  };
  person.id = ref.person_id;
  person.name = "欧阳";
  person.born_on = parse_date("1949-12-31");
  person.marks = {Mark::no_phone};
  person.household_id = w.home102.id;
  const auto put = [&] {
    return database->write([&](Session& s) { return directory.put(s, person, test_now, system_random()); });
  };
  ASSERT_TRUE(put());
  EXPECT_EQ(resident(ref).person.name, "欧阳");
  EXPECT_EQ(resident(ref).person.born_on, person.born_on);
  EXPECT_EQ(resident(ref).person.marks, person.marks);
  EXPECT_EQ(resident(ref).household_label, "1-1-102");
  EXPECT_EQ(resident(ref).household_path, w.home102.path);
  ASSERT_TRUE(database->write([&](Session& s) {
    area::Area home = w.home102;
    home.label = "甲102";
    return home_renamed(s, home);
  }));
  EXPECT_EQ(resident(ref).household_label, "甲102");
  EXPECT_EQ(resident(other).household_label, "1-1-101");
  person.household_id = {};
  ASSERT_TRUE(put());
  EXPECT_EQ(resident(ref).person.household_id, AreaId{});
  EXPECT_EQ(resident(ref).household_label + resident(ref).household_path, "");
  EXPECT_EQ(resident(other).person.name, "李四");
}

TEST_F(People, are_found_by_number_phone_and_code) {
  Person person = neighbour("张三");
  person.id_number = "11010519491231002X";
  person.phone = "13812341234";
  const PersonRef ref = add(person).value();
  Person other = neighbour("李四");
  other.phone = "13812341234";
  const PersonRef second = add(other).value();
  const auto by_number = [&](const char* number) {
    return read([&](Session& s) { return directory.by_id_number(s, number, civil_date(test_now)); });
  };
  EXPECT_EQ(by_number(" 11010519491231002x").value(), ref);
  EXPECT_EQ(by_number("440524188001010014").error().reason, "person.unknown_id_number");
  EXPECT_EQ(by_number("110105194912310021").error().reason, "id_number.check_digit");
  EXPECT_EQ(read([&](Session& s) { return directory.by_phone(s, "138 1234 1234"); }).value(),
            (std::vector{ref, second}));
  EXPECT_TRUE(read([&](Session& s) { return directory.by_phone(s, "13900000000"); }).value().empty());
  EXPECT_EQ(read_personal_code(key, personal_code(key, ref, test_now).token, test_now).value(), ref);
}

TEST_F(People, bad_input_changes_nothing) {
  Person first = neighbour("张三");
  first.id_number = "11010519491231002X";
  ASSERT_TRUE(add(first));
  Person twin = neighbour("李四");
  twin.id_number = first.id_number;
  EXPECT_EQ(add(twin).error().reason, "person.exists");
  Person bad_phone = neighbour("王五");
  bad_phone.phone = "call me";
  EXPECT_EQ(add(bad_phone).error().reason, "phone.bad");
  Person bad_number = neighbour("王五");
  bad_number.id_number = "123";
  EXPECT_EQ(add(bad_number).error().reason, "id_number.length");
  EXPECT_EQ(add(neighbour("")).error().reason, "person.bad_name");
  EXPECT_EQ(read([&](Session& s) { return directory.household(s, w.community.id, w.home101.id); })->size(), 1u);
}

TEST_F(People, the_database_holds_no_field_in_clear) {
  Person person = neighbour("欧阳修远");
  person.id_number = "11010519491231002X";
  person.phone = "13812341234";
  person.address_detail = "东侧小屋";
  const PersonRef ref = add(person).value();
  http::Actor actor;
  actor.account = {77};
  ASSERT_TRUE(database->write([&](Session& s) {
    return directory.reveal(s, ref, {{}, RevealReason::medical_help, "欧阳先生需要透析"}, actor, test_now,
                            system_random());
  }));
  std::string bytes;
  for (const auto& file : std::filesystem::directory_iterator(database.folder())) {
    std::ostringstream text;
    text << std::ifstream(file.path(), std::ios::binary).rdbuf();
    bytes += text.str();
  }
  EXPECT_NE(bytes.find("示范1号院"), std::string::npos);  // What is not personal is there.
  for (const char* clear : {"欧阳", "11010519491231002", "13812341234", "1949-12-31", "东侧小屋", "透析"}) {
    EXPECT_EQ(bytes.find(clear), std::string::npos) << clear;
  }
}

TEST_F(People, a_field_copied_to_another_row_does_not_open) {
  const PersonRef one = add(neighbour("张三")).value(), two = add(neighbour("李四")).value();
  ASSERT_TRUE(database->write([&](Session& s) -> Result<void> {
    FL_TRYV(s.run(move_name, w.community.id, one.person_id, two.person_id));
    return {};
  }));
  const auto opened = read([&](Session& s) { return directory.find(s, one); });
  EXPECT_EQ(opened.error().code, FaultCode::corrupt);
  EXPECT_EQ(opened.error().reason, "field.sealed_elsewhere_or_changed");
  EXPECT_EQ(opened.error().detail, "person.name");
  EXPECT_TRUE(read([&](Session& s) { return directory.find(s, two); }));
}

TEST_F(People, a_reveal_needs_a_note) {
  Person person = neighbour("张三");
  person.phone = "13812341234";
  const PersonRef ref = add(person).value();
  const auto reveal = [&](const char* note, PersonRef whom) {
    return database->write([&](Session& s) {
      return directory.reveal(s, whom, {{}, RevealReason::delivery, note}, {}, test_now, system_random());
    });
  };
  EXPECT_EQ(reveal(" \n", ref).error().reason, "reveal.note_missing");
  EXPECT_EQ(reveal("送药", {ref.community_id, {1}}).error().reason, "person.unknown");
  EXPECT_EQ(reveal("送药", {{5}, ref.person_id}).error().reason, "person.unknown");
  const auto clear = reveal("送药", ref).value();
  EXPECT_EQ(clear.name, "张三");
  EXPECT_EQ(clear.phone, "13812341234");
  EXPECT_EQ(clear.address, "示范1号院1号楼1单元101室");
}

}  // namespace
}  // namespace firstline::person
