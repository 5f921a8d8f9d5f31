#include "person/merge.hpp"

#include <gtest/gtest.h>

#include "area/test_world.hpp"
#include "ledger/query.hpp"
#include "person/search.hpp"

namespace firstline::person {
namespace {

using area::test_now;
using store::Session;

class Merging : public ::testing::Test {
 protected:
  static Person made(const char* name, const area::Area& home) {
    Person person;
    person.community_id = home.community_id;
    person.household_id = home.id;
    person.name = name;
    return person;
  }
  PersonRef add(Person person) {
    return database->write([&](Session& s) { return directory.add(s, std::move(person), test_now, system_random()); })
        .value();
  }
  PersonCard card(PersonRef ref) {
    return database->read([&](Session& s) { return card_of(s, directory, ref, civil_date(test_now)); }).value();
  }
  SideBySide beside(PersonRef one, PersonRef other) {
    return database->read([&](Session& s) { return side_by_side(s, directory, one, other, civil_date(test_now)); })
        .value();
  }
  template <class F>
  auto write(F work) {
    return database->write([&](Session& s) { return work(s, Editing{actor, test_now, system_random()}); });
  }
  Result<PersonVersion> merge_them(PersonRef kept, PersonRef gone, std::vector<MergeField> from_other = {}) {
    const auto both = beside(kept, gone);
    return write([&](Session& s, const Editing& by) {
      const MergePeople command{make_uuid_v7(test_now, system_random()),
                                both.one.version,
                                gone.person_id,
                                both.other.version,
                                std::move(from_other),
                                "同一人"};
      return merge(s, directory, reactions, kept, command, by);
    });
  }
  Result<PersonVersion> separate(PersonRef kept, MergeId id) {
    return write([&](Session& s, const Editing& by) { return undo_merge(s, directory, reactions, kept, id, by); });
  }
  Person clear(PersonRef ref) {
    return database->read([&](Session& s) { return directory.find(s, ref); }).value();
  }
  std::optional<PersonRef> with_number(const std::string& number) {
    const auto found =
        database->read([&](Session& s) { return directory.by_id_number(s, number, civil_date(test_now)); });
    return found ? std::optional(*found) : std::nullopt;
  }
  std::size_t found_by(const char* typed) {
    const auto all = [](const std::string&) -> Result<bool> { return true; };
    return database
        ->read([&](Session& s) {
          return search(s, directory, w.community.id, wanted_of(typed).value(), all, civil_date(test_now));
        })
        .value()
        .people.size();
  }
  std::vector<ledger::FactRow> facts_of(PersonRef ref) {
    return database
        ->read([&](Session& s) {
          ledger::FactFilter filter;
          filter.community = w.community.id;
          filter.subject = "person:" + format_id(ref.person_id.value);
          return ledger::facts(s, filter);
        })
        .value();
  }
  std::size_t living_at(const area::Area& home) {
    return database->read([&](Session& s) { return directory.household(s, w.community.id, home.id); }).value().size();
  }

  area::TemporaryDatabase database;
  area::SmallCommunity w = area::small_community(*database);
  FieldKey key{std::array<std::byte, 32>{}};
  Directory directory{key};
  std::vector<std::string> heard;
  const Reactions reactions{
      [this](Session&, const Merged&) -> Result<void> { return heard.push_back("merged"), Result<void>(); },
      [this](Session&, const Merged&) -> Result<void> { return heard.push_back("separated"), Result<void>(); }};
  http::Actor actor;
  const std::string number = "11010519491231002X", other_number = "440524188001010014";
};

TEST_F(Merging, ShowsBothMaskedAndWhereTheyDiffer) {
  auto one = made("张丽", w.home101), two = made("张莉", w.home101);
  one.phone = two.phone = "13812341234";
  two.id_number = number;
  const auto both = beside(add(one), add(two));
  EXPECT_EQ(both.one.person.name_masked, "张**");
  EXPECT_EQ(both.other.id_number_masked, "**************002X");
  EXPECT_EQ(both.other.born_masked, "1949-**-**");
  EXPECT_EQ(both.differing, (std::vector{MergeField::name, MergeField::id_number, MergeField::born_on}));
}

TEST_F(Merging, OneStaysWithTheValuesThatWereChosenAndIsFoundByThem) {
  auto one = made("张丽", w.home101), two = made("张莉", w.home102);
  one.phone = "13812341234";
  two.id_number = number;
  two.marks = {Mark::lone_elder};
  const auto kept = add(one), gone = add(two);
  ASSERT_TRUE(merge_them(kept, gone, {MergeField::id_number, MergeField::marks}));
  const Person now = clear(kept);
  EXPECT_EQ(now.name, "张丽");
  EXPECT_EQ(now.id_number, number);
  EXPECT_EQ(now.born_on, parse_date("1949-12-31")) << "follows from the number";
  EXPECT_EQ(now.marks, std::vector{Mark::lone_elder});
  EXPECT_EQ(now.household_id, w.home101.id);
  EXPECT_EQ(clear(gone).id, kept.person_id) << "look-ups follow";
  EXPECT_EQ(with_number(number), kept);
  EXPECT_EQ(found_by("张莉"), 0u);
  EXPECT_EQ(found_by("张丽"), 1u);
  EXPECT_EQ(living_at(w.home102), 0u);
  EXPECT_EQ(heard, std::vector<std::string>{"merged"});
  ASSERT_EQ(facts_of(gone).size(), 1u);
  EXPECT_EQ(facts_of(gone)[0].kind, "person.merged");
  EXPECT_EQ(facts_of(kept)[0].body, facts_of(gone)[0].body);
  EXPECT_EQ(facts_of(kept)[0].body.find("张"), std::string::npos);
  ASSERT_EQ(card(gone).merged.size(), 1u) << "the card of the one that stays";
  EXPECT_EQ(database->read([&](Session& s) { return records_of(s, kept); }).value(),
            (std::vector{kept.person_id, gone.person_id}));
}

TEST_F(Merging, IsTakenBackWhole) {
  auto one = made("张丽", w.home101), two = made("张莉", w.home102);
  one.id_number = other_number;
  one.phone = "13812341234";
  two.id_number = number;
  two.address_detail = "阁楼";
  const auto kept = add(one), gone = add(two);
  const Person kept_before = clear(kept), gone_before = clear(gone);
  ASSERT_TRUE(database->write(
      [&](Session& s) { return directory.keep_stay(s, gone, civil_date(test_now) + std::chrono::days(9)); }));
  ASSERT_TRUE(merge_them(
      kept, gone,
      {MergeField::home, MergeField::name, MergeField::id_number, MergeField::phone, MergeField::address_detail}));
  EXPECT_EQ(clear(kept).phone, std::nullopt);
  EXPECT_EQ(clear(kept).household_id, w.home102.id);
  EXPECT_TRUE(card(kept).record.stay_until);
  EXPECT_FALSE(with_number(other_number)) << "a number that does not hold leads nowhere";
  const MergeId id = card(kept).merged.at(0).merge_id;
  ASSERT_TRUE(separate(kept, id));
  for (const auto& [ref, before] : {std::pair{kept, kept_before}, std::pair{gone, gone_before}}) {
    const Person after = clear(ref);
    EXPECT_EQ(after.id, before.id);
    EXPECT_EQ(after.name, before.name);
    EXPECT_EQ(after.id_number, before.id_number);
    EXPECT_EQ(after.phone, before.phone);
    EXPECT_EQ(after.born_on, before.born_on);
    EXPECT_EQ(after.address_detail, before.address_detail);
    EXPECT_EQ(after.household_id, before.household_id);
    EXPECT_EQ(with_number(*before.id_number), ref);
  }
  EXPECT_EQ(found_by("张莉") + found_by("张丽"), 2u);
  EXPECT_FALSE(card(kept).record.stay_until);
  EXPECT_TRUE(card(gone).record.stay_until);
  EXPECT_EQ(heard, (std::vector<std::string>{"merged", "separated"}));
  EXPECT_EQ(facts_of(kept)[0].kind, "person.separated");
  EXPECT_EQ(facts_of(gone)[0].kind, "person.separated");
  EXPECT_EQ(separate(kept, id).error().reason, "merge.undone");
  ASSERT_TRUE(merge_them(kept, gone)) << "and can be merged again";
}

TEST_F(Merging, WhatWasCorrectedSinceStaysCorrected) {
  auto two = made("张莉", w.home101);
  two.phone = "13812341234";
  const auto kept = add(made("张丽", w.home101)), gone = add(two);
  ASSERT_TRUE(merge_them(kept, gone, {MergeField::name, MergeField::phone}));
  ASSERT_TRUE(write([&](Session& s, const Editing& by) {
    CorrectPerson command;
    command.base_version = card(kept).record.version;
    command.phone = "13900139000";
    return correct(s, directory, kept, command, by);
  }));
  ASSERT_TRUE(separate(kept, card(kept).merged.at(0).merge_id));
  EXPECT_EQ(clear(kept).name, "张丽");
  EXPECT_EQ(clear(kept).phone, "13900139000");
  EXPECT_EQ(clear(gone).phone, "13812341234");
}

TEST_F(Merging, ThreeRecordsOfOnePersonComeApartInTheirOrder) {
  const auto a = add(made("张丽", w.home101)), b = add(made("张莉", w.home101)), c = add(made("张力", w.home101));
  ASSERT_TRUE(merge_them(a, b));
  const MergeId first = card(a).merged.at(0).merge_id;
  ASSERT_TRUE(merge_them(a, c, {MergeField::name}));
  EXPECT_EQ(separate(a, first).error().reason, "merge.later_first");
  ASSERT_TRUE(separate(a, card(a).merged.at(0).merge_id));
  ASSERT_TRUE(merge_them(c, a)) << "the one that stayed may go into a third";
  EXPECT_EQ(clear(b).id, c.person_id) << "and takes with it what went into it";
  EXPECT_EQ(database->read([&](Session& s) { return records_of(s, c); }).value().size(), 3u);
  EXPECT_EQ(separate(a, first).error().reason, "person.set_aside");
}

TEST_F(Merging, RefusesWhatCannotBe) {
  const auto a = add(made("张丽", w.home101)), b = add(made("张莉", w.home101));
  const auto both = beside(a, b);
  const auto with = [&](MergePeople command) {
    return write([&](Session& s, const Editing& by) { return merge(s, directory, reactions, a, command, by); })
        .error()
        .reason;
  };
  const std::string one = both.one.version, other = both.other.version;
  EXPECT_EQ(with({{}, one, a.person_id, one, {}, "同一人"}), "merge.itself");
  EXPECT_EQ(with({{}, one, b.person_id, other, {}, " "}), "edit.note_missing");
  EXPECT_EQ(with({{}, other, b.person_id, other, {}, "同一人"}), "person.changed");
  EXPECT_EQ(with({{}, one, b.person_id, one, {}, "同一人"}), "person.changed");
  ASSERT_TRUE(merge_them(a, b));
  EXPECT_EQ(with({{}, one, b.person_id, other, {}, "同一人"}), "person.set_aside");
  const auto edited = write([&](Session& s, const Editing& by) {
    return move(s, directory, b, {{}, other, {}, {}}, by);
  });
  EXPECT_EQ(edited.error().reason, "person.set_aside");
}

TEST_F(Merging, ANumberThatWentToSomebodyElseHoldsTheUndo) {
  auto two = made("张莉", w.home101);
  two.id_number = number;
  const auto kept = add(made("张丽", w.home101)), gone = add(two);
  ASSERT_TRUE(merge_them(kept, gone));
  auto third = made("王五", w.home102);
  third.id_number = number;
  add(third);
  EXPECT_EQ(separate(kept, card(kept).merged.at(0).merge_id).error().reason, "person.exists");
  EXPECT_EQ(clear(gone).id, kept.person_id) << "nothing half done";
}

TEST_F(Merging, TheIndexIsWholeWithARecordSetAside) {
  const auto gone = add(made("张莉", w.home101)), kept = add(made("张丽", w.home101));
  ASSERT_TRUE(merge_them(kept, gone));
  EXPECT_TRUE(database->read([&](Session& s) { return is_indexed(s, directory, w.community.id); }).value());
  EXPECT_EQ(reindex(*database, directory, w.community.id).value(), 1);
  EXPECT_EQ(found_by("张莉"), 0u);
}

}  // namespace
}  // namespace firstline::person
