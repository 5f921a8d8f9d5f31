#include <gtest/gtest.h>

#include "area/test_world.hpp"
#include "gate/recent.hpp"
#include "health/results.hpp"
#include "movement/service.hpp"
#include "policy/embedded.hpp"
#include "round/service.hpp"

namespace firstline::round {
namespace {

using namespace std::chrono_literals;
using area::test_now;
using health::NatState;
using store::Session;

class RoundDay : public ::testing::Test {
 protected:
  void SetUp() override {
    for (int i = 0; i < 4; ++i)
      people.push_back(somebody("张" + std::to_string(i), i < 2 ? w.home101.id : w.home102.id));
    outsider = somebody("李四", w.other_home.id);
    ASSERT_EQ(as([&](http::Call& call) -> Result<void> {
                api::OpenRound wanted;
                wanted.area_id = w.compound1.id;
                wanted.name = "第一轮";
                wanted.starts_at = now;
                wanted.ends_at = now + 10h;
                FL_TRY(const auto opened, open(call, ground, wanted));
                id = opened.round.round_id;
                api::AddSamplingPoint at;
                at.compound_id = w.compound1.id;
                at.name = "北门采样点";
                at.opens_at = now;
                at.closes_at = now + 3h;
                at.homes_per_slot = 1;
                FL_TRY(const auto with, add_point(call, ground, id, at));
                FL_TRY(point, [&]() -> Result<Point> {
                  FL_TRY(const auto found, load(*call.session, w.community.id, with.points.at(0).point_id));
                  return *found;
                }());
                FL_TRY(const auto pooled, make_tubes(call, id, {{}, 3, 10}));
                for (const auto& tube : pooled.items) tubes.push_back(tube.label);
                FL_TRY(const auto singles, make_tubes(call, id, {{}, 3, 1}));
                for (const auto& tube : singles.items) singles_.push_back(tube.label);
                return {};
              }),
              "");
  }
  PersonId somebody(const std::string& name, AreaId home) {
    person::Person made;
    made.community_id = w.community.id;
    made.household_id = home;
    made.name = name;
    return database->write([&](Session& s) { return directory.add(s, made, test_now, system_random()); })
        .value()
        .person_id;
  }
  template <class F>
  std::string as(F work, PersonId me = {}) {
    const auto done = database->write([&](Session& s) -> Result<void> {
      http::Call call;
      call.session = &s;
      call.now = now;
      call.random = &system_random();
      call.place = {w.community.id, w.community.path, {}};
      call.actor.account = {5};
      call.actor.person = me;
      call.actor.person_community = w.community.id;
      FL_TRYV(work(call));
      return {};
    });
    return done ? "" : done.error().reason;
  }
  std::string sample(PersonId who, const std::string& tube) {
    return as([&](http::Call& call) {
      api::TakeSample command;
      command.tube = tube;
      command.person_id = who;
      return take_sample(call, ground, point, command);
    });
  }
  std::string close_it(const std::string& tube) {
    return as([&](http::Call& call) { return close_tube(call, ground, point, tube); });
  }
  std::string hand_over_all() {
    return as([&](http::Call& call) { return hand_over(call, id, {{}, "laboratory"}); });
  }
  std::string tell(const std::string& tube, api::TubeResult result) {
    return as([&](http::Call& call) { return tell_results(call, ground, id, {{}, {{tube, result}}}); });
  }
  NatState state(PersonId who) {
    return database->read([&](Session& s) { return health::standing(s, w.community.id, who); })->nat.state;
  }
  Progress progress() {
    Progress found;
    as([&](http::Call& call) -> Result<void> {
      FL_TRY(const auto shown, detail(call, ground, id));
      found = shown.progress;
      EXPECT_EQ(shown.buildings.size(), 1u);
      return {};
    });
    return found;
  }
  std::size_t held_now() {
    std::size_t count = 0;
    as([&](http::Call& call) -> Result<void> {
      FL_TRY(const auto list, held(call, ground, id));
      count = list.items.size();
      return {};
    });
    return count;
  }

  area::TemporaryDatabase database;
  area::SmallCommunity w = area::small_community(*database);
  const person::FieldKey key{std::array<std::byte, 32>{}};
  const person::Directory directory{key};
  policy::RulesInForce rules{policy::embedded_library(), {}};
  movement::Ground moves{&directory, &rules};
  gate::RecentPassages recent;
  const Ground ground{{&directory, &rules, &recent, &moves}, nullptr};
  std::vector<PersonId> people;
  PersonId outsider;
  RoundId id;
  Point point;
  std::vector<std::string> tubes, singles_;
  Instant now = test_now;
};

TEST_F(RoundDay, FromTheRollToTheMissedList) {
  EXPECT_EQ(progress(), (Progress{4, 0, 0, 0, 4}));
  EXPECT_EQ(sample(people[0], tubes[0]), "");
  EXPECT_EQ(sample(people[0], tubes[1]), "round.sampled_already");
  EXPECT_EQ(as([&](http::Call& call) { return exempt(call, ground, id, {{}, people[3], Exemption::infant}); }), "");
  EXPECT_EQ(progress(), (Progress{3, 1, 1, 0, 2}));
  std::string missed;
  EXPECT_EQ(as([&](http::Call& call) -> Result<void> {
              FL_TRY(const auto list, roll(call, ground, id, w.building1.id, true));
              for (const auto& each : list.items) missed += each.household_label + " ";
              return {};
            }),
            "");
  EXPECT_EQ(missed, "1-1-101 1-1-102 ");
  EXPECT_EQ(as([&](http::Call& call) { return roll(call, ground, id, w.building2.id, true); }), "round.bad_area");
  EXPECT_EQ(sample(outsider, tubes[0]), "") << "somebody from next door is sampled, too";
  EXPECT_EQ(progress(), (Progress{3, 1, 1, 0, 2})) << "but stands on no roll here";
  EXPECT_EQ(as([&](http::Call& call) { return close(call, ground, id); }), "");
  EXPECT_EQ(sample(people[1], tubes[0]), "round.closed");
}

TEST_F(RoundDay, AnAbnormalTubeHoldsItsPeopleUntilTheirSingleRetest) {
  for (int i = 0; i < 3; ++i) EXPECT_EQ(sample(people[static_cast<std::size_t>(i)], tubes[0]), "");
  EXPECT_EQ(tell(tubes[0], api::TubeResult::negative), "round.tube_not_handed_over");
  EXPECT_EQ(close_it(tubes[0]), "");
  EXPECT_EQ(state(people[0]), NatState::sampled);
  EXPECT_EQ(sample(people[3], tubes[0]), "round.tube_closed");
  EXPECT_EQ(hand_over_all(), "");
  EXPECT_EQ(hand_over_all(), "round.nothing_to_hand_over");
  EXPECT_EQ(state(people[0]), NatState::testing);
  now += 6h;
  EXPECT_EQ(tell(tubes[0], api::TubeResult::abnormal), "");
  for (int i = 0; i < 3; ++i) EXPECT_EQ(state(people[static_cast<std::size_t>(i)]), NatState::pool_abnormal);
  EXPECT_EQ(held_now(), 3u);
  EXPECT_EQ(sample(people[0], tubes[1]), "round.single_only");
  EXPECT_EQ(sample(people[0], singles_[0]), "") << "a tube of one is full and closed by itself";
  EXPECT_EQ(sample(people[1], singles_[1]), "");
  EXPECT_EQ(hand_over_all(), "");
  EXPECT_EQ(held_now(), 3u);
  now += 1h;
  EXPECT_EQ(tell(singles_[0], api::TubeResult::negative), "");
  EXPECT_EQ(state(people[0]), NatState::negative);
  EXPECT_EQ(tell(singles_[1], api::TubeResult::abnormal), "");
  EXPECT_EQ(state(people[1]), NatState::positive);
  EXPECT_EQ(state(people[2]), NatState::pool_abnormal);
  EXPECT_EQ(held_now(), 2u);
  EXPECT_EQ(sample(people[0], singles_[2]), "round.sampled_already");
}

TEST_F(RoundDay, ACorrectedTubeVoidsTheNegativeThatItGave) {
  EXPECT_EQ(sample(people[0], tubes[0]), "");
  EXPECT_EQ(sample(people[1], tubes[0]), "");
  EXPECT_EQ(close_it(tubes[0]), "");
  EXPECT_EQ(hand_over_all(), "");
  now += 6h;
  EXPECT_EQ(tell(tubes[0], api::TubeResult::negative), "");
  EXPECT_EQ(tell(tubes[0], api::TubeResult::negative), "") << "told twice is told once";
  EXPECT_EQ(state(people[0]), NatState::negative);
  EXPECT_EQ(tell(tubes[0], api::TubeResult::abnormal), "");
  const auto standing = database->read([&](Session& s) { return health::standing(s, w.community.id, people[0]); });
  EXPECT_EQ(standing->nat.state, NatState::pool_abnormal);
  EXPECT_FALSE(standing->nat.last_negative);
}

TEST_F(RoundDay, AnInvalidTubeMakesItsPeopleMissedAgain) {
  EXPECT_EQ(sample(people[0], tubes[0]), "");
  EXPECT_EQ(close_it(tubes[0]), "");
  EXPECT_EQ(hand_over_all(), "");
  EXPECT_EQ(progress().missed, 3);
  EXPECT_EQ(tell(tubes[0], api::TubeResult::invalid), "");
  EXPECT_EQ(progress().missed, 4);
  EXPECT_EQ(sample(people[0], tubes[1]), "");
  EXPECT_EQ(progress().missed, 3);
}

TEST_F(RoundDay, TubesKeepTheirOrderAndTheirLimits) {
  EXPECT_EQ(sample(people[0], "003-00001-0"), "round.bad_label");
  EXPECT_EQ(sample(people[0], label_of(1, 99)), "round.unknown_tube");
  EXPECT_EQ(sample(people[0], tubes[0]), "");
  EXPECT_EQ(sample(people[1], tubes[0]), "");
  EXPECT_EQ(as([&](http::Call& call) { return undo_sample(call, ground, point, tubes[0]); }), "");
  EXPECT_EQ(sample(people[2], tubes[0]), "");
  EXPECT_EQ(as([&](http::Call& call) -> Result<void> {
              FL_TRY(const auto content, tube_content(call, ground, point, tubes[0]));
              EXPECT_EQ(content.people.size(), 2u);
              EXPECT_EQ(content.people[0].person.person_id, people[0]);
              EXPECT_EQ(content.people[1].person.person_id, people[2]);
              EXPECT_EQ(content.people[1].place, 2);
              return {};
            }),
            "");
  EXPECT_EQ(close_it(tubes[1]), "round.tube_closed") << "nobody is in it";
}

TEST_F(RoundDay, ResidentsSeeTheirSlotAndTheQueue) {
  EXPECT_EQ(as([&](http::Call& call) { return count_queue(call, point, 42); }), "");
  EXPECT_EQ(sample(people[2], tubes[0]), "");
  const auto mine = [&](PersonId me) {
    api::MyRounds found;
    EXPECT_EQ(as(
                  [&](http::Call& call) -> Result<void> {
                    FL_TRY(found, my_rounds(call, ground));
                    return {};
                  },
                  me),
              "");
    return found;
  };
  const auto second = mine(people[2]);
  ASSERT_EQ(second.items.size(), 1u);
  EXPECT_EQ(second.items[0].points.at(0).waiting, 42);
  EXPECT_EQ(second.items[0].points.at(0).slot, (Slot{test_now + 30min, test_now + 60min}));
  EXPECT_EQ(second.items[0].household.size(), 2u);
  EXPECT_EQ(second.items[0].household[0].on_roll, OnRoll::sampled);
  EXPECT_EQ(mine(people[0]).items[0].points.at(0).slot, (Slot{test_now, test_now + 30min}));
  EXPECT_TRUE(mine(outsider).items.empty()) << "the round is not over their compound";
}

}  // namespace
}  // namespace firstline::round
