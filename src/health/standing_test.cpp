#include <gtest/gtest.h>

#include "area/test_world.hpp"
#include "health/service.hpp"

namespace firstline::health {
namespace {

using namespace std::chrono_literals;
using area::test_now;
using store::Session;

class StandingOf : public ::testing::Test {
 protected:
  std::string code(CodeColour colour, Millis ago) {
    const auto taken = database->write([&](Session& s) {
      return record_code(s, community, person, {colour, EvidenceGrade::connector, test_now - ago, "test"}, {}, "",
                         test_now);
    });
    return taken ? "" : taken.error().reason;
  }
  std::string nat(NatState state, Millis sampled_ago, std::optional<Millis> reported_ago = {}) {
    NatResult result{test_now - sampled_ago, {}, state, "point 3"};
    if (reported_ago) result.reported_at = test_now - *reported_ago;
    const auto taken = database->write([&](Session& s) { return record_nat(s, community, person, result, test_now); });
    return taken ? "" : taken.error().reason;
  }
  Standing now() {
    return database->read([&](Session& s) { return standing(s, community, person); }).value();
  }

  PersonId somebody() {
    person::Person made;
    made.community_id = community;
    made.name = "张三";
    const auto ref =
        database->write([&](Session& s) { return person::Directory(key).add(s, made, test_now, system_random()); });
    return ref.value().person_id;
  }

  area::TemporaryDatabase database;
  const person::FieldKey key{std::array<std::byte, 32>{}};
  const AreaId community{11};
  const PersonId person = somebody();
};

TEST_F(StandingOf, nobody_known_is_empty) {
  EXPECT_EQ(now(), Standing{});
  EXPECT_EQ(database->read([&](Session& s) { return standing(s, community, {22}); }).value(), Standing{});
}

TEST_F(StandingOf, later_news_about_an_earlier_moment_changes_nothing) {
  EXPECT_EQ(code(CodeColour::yellow, 2h), "");
  EXPECT_EQ(code(CodeColour::green, 5h), "");
  EXPECT_EQ(now().code->colour, CodeColour::yellow);
  EXPECT_EQ(code(CodeColour::green, 1h), "");
  EXPECT_EQ(now().code->colour, CodeColour::green);
  EXPECT_EQ(now().code->read_at, test_now - 1h);
}

TEST_F(StandingOf, a_new_sample_does_not_void_the_last_negative) {
  EXPECT_EQ(nat(NatState::negative, 40h, 34h), "");
  EXPECT_EQ(nat(NatState::testing, 2h), "");
  EXPECT_EQ(now().nat.state, NatState::testing);
  EXPECT_EQ(now().nat.last_negative, (NegativeResult{test_now - 40h, test_now - 34h}));
  EXPECT_EQ(nat(NatState::negative, 2h, 0h), "");
  EXPECT_EQ(now().nat.state, NatState::negative);
  EXPECT_EQ(now().nat.last_negative->sampled_at, test_now - 2h);
  EXPECT_EQ(nat(NatState::negative, 60h, 50h), "");  // An older one that arrives late.
  EXPECT_EQ(now().nat.last_negative->sampled_at, test_now - 2h);
}

TEST_F(StandingOf, code_and_tests_stand_beside_each_other) {
  EXPECT_EQ(nat(NatState::positive, 6h, 1h), "");
  EXPECT_EQ(code(CodeColour::red, 0h), "");
  EXPECT_EQ(now().nat.state, NatState::positive);
  EXPECT_EQ(now().code->colour, CodeColour::red);
  EXPECT_FALSE(now().nat.last_negative);
}

TEST_F(StandingOf, impossible_readings_are_refused) {
  EXPECT_EQ(code(CodeColour::green, -6min), "health.reading_from_future");
  EXPECT_EQ(code(CodeColour::green, -4min), "");
  EXPECT_EQ(nat(NatState::negative, -6min, -6min), "health.reading_from_future");
  EXPECT_EQ(nat(NatState::negative, 2h), "health.negative_without_report");
  EXPECT_EQ(nat(NatState::negative, 2h, 3h), "health.reported_before_sampled");
  EXPECT_EQ(nat(NatState::not_sampled, 2h), "health.no_sample");
  EXPECT_EQ(now().nat, NatStatus{});
}

}  // namespace
}  // namespace firstline::health
