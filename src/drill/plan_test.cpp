#include "drill/plan.hpp"

#include <set>

#include <gtest/gtest.h>

#include "person/id_number.hpp"

namespace firstline::drill {
namespace {

using namespace std::chrono_literals;

const Instant now = from_millis(1'647'327'600'000);

std::vector<PlannedBuilding> all(int people, int number, std::uint64_t seed) {
  CommunityPlan plan(people, number, seed, now);
  std::vector<PlannedBuilding> buildings;
  while (auto building = plan.next_building()) buildings.push_back(std::move(*building));
  return buildings;
}

std::string fingerprint(const std::vector<PlannedBuilding>& buildings) {
  std::string text;
  for (const auto& building : buildings) {
    for (const auto& home : building.homes) {
      for (const auto& person : home.people) text += person.name + person.id_number + person.phone.value_or("-") + ";";
    }
  }
  return text;
}

TEST(Plan, demo_numbers) {
  const CommunityShape shape = shape_of(10'000);
  EXPECT_EQ(shape.homes, 3600);
  EXPECT_EQ(shape.compounds, 6);
  EXPECT_EQ(shape.grids, 4);
  int people = 0, homes = 0, lone = 0, children = 0, no_phone = 0, red = 0, yellow = 0, tested = 0, expired = 0;
  std::set<int> compounds, grids;
  for (const auto& building : all(10'000, 1, 1)) {
    compounds.insert(building.compound);
    grids.insert(building.grid);
    for (const auto& home : building.homes) {
      ++homes;
      EXPECT_GE(home.people.size(), 1u);
      EXPECT_LE(home.people.size(), 9u);
      for (const auto& person : home.people) {
        ++people;
        for (const auto mark : person.marks) {
          lone += mark == person::Mark::lone_elder;
          no_phone += mark == person::Mark::no_phone;
        }
        children += person::age_band(person.born_on, civil_date(now)) == person::AgeBand::child;
        red += person.code && person.code->colour == health::CodeColour::red;
        yellow += person.code && person.code->colour == health::CodeColour::yellow;
        tested += !person.tests.empty();
        expired += !person.tests.empty() && person.tests.front().sampled_at < now - 48h;
      }
    }
  }
  EXPECT_EQ(people, 10'000);
  EXPECT_EQ(homes, 3600);
  EXPECT_EQ(compounds.size(), 6u);
  EXPECT_EQ(grids.size(), 4u);
  EXPECT_GT(lone, 150);
  EXPECT_GT(children, 800);
  EXPECT_GT(no_phone, 300);
  EXPECT_GT(red, 20);
  EXPECT_GT(yellow, 100);
  EXPECT_GT(tested, 8500);
  EXPECT_GT(expired, 500);
}

TEST(Plan, exactly_so_many_whatever_the_size) {
  for (const int size : {1, 2, 3, 7, 100, 999, 12'345}) {
    int people = 0, homes = 0;
    for (const auto& building : all(size, 1, 5)) {
      people += building.people();
      homes += static_cast<int>(building.homes.size());
    }
    EXPECT_EQ(people, size);
    EXPECT_EQ(homes, shape_of(size).homes);
  }
}

TEST(Plan, same_seed_same_people_other_seed_others) {
  EXPECT_EQ(fingerprint(all(500, 1, 7)), fingerprint(all(500, 1, 7)));
  EXPECT_NE(fingerprint(all(500, 1, 7)), fingerprint(all(500, 1, 8)));
  EXPECT_NE(fingerprint(all(500, 1, 7)), fingerprint(all(500, 2, 7)));
}

TEST(Plan, nobody_could_be_real_and_nobody_is_twice) {
  std::set<std::string> ids, phones;
  int people = 0;
  for (int number = 1; number <= 3; ++number) {
    for (const auto& building : all(10'000, number, 1)) {
      for (const auto& home : building.homes) {
        for (const auto& person : home.people) {
          ++people;
          const auto id = person::parse_id_number(person.id_number, civil_date(now));
          ASSERT_TRUE(id) << id.error().reason;
          EXPECT_TRUE(id->generated);
          EXPECT_EQ(id->born_on, person.born_on);
          ids.insert(person.id_number);
          if (!person.phone) continue;
          EXPECT_EQ(person.phone->size(), 11u);
          EXPECT_TRUE(person.phone->starts_with("129"));
          EXPECT_TRUE(phones.insert(*person.phone).second) << *person.phone;
        }
      }
    }
  }
  EXPECT_EQ(ids.size(), static_cast<std::size_t>(people));
}

TEST(Plan, the_family_that_the_demo_shows) {
  const auto buildings = all(10'000, 1, 1);
  const auto& home = buildings.front().homes.front();
  ASSERT_GE(home.people.size(), 4u);
  EXPECT_EQ(home.unit * 10000 + home.floor * 100 + home.door, 10101);
  EXPECT_EQ(person::age_band(home.people[0].born_on, civil_date(now)), person::AgeBand::adult);
  EXPECT_EQ(person::age_band(home.people[3].born_on, civil_date(now)), person::AgeBand::elder);
}

}  // namespace
}  // namespace firstline::drill
