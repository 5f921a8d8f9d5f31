// What a gate learns from entry passes and approvals, on a real database.

#include "gate/test_movement.hpp"

namespace firstline::gate {
namespace {

TEST_F(GateMovement, BeforeTheOfficeHasBegunLivingHereIsThePass) {
  EXPECT_FALSE(says(pass(self, test_now), ReasonKind::pass_missing));
}

TEST_F(GateMovement, AHomeWithoutAPassHasNoneOnceTheCompoundHasBegun) {
  const auto started = start();
  EXPECT_EQ(started.issued, 2);
  EXPECT_EQ(start().had_one, 2) << "a second start gives nobody a second pass";
  EXPECT_FALSE(says(pass(self, test_now + 1min), ReasonKind::pass_missing));
  const auto card = mine(test_now).items.at(0);
  ASSERT_TRUE(at(test_now + 2min, [&](http::Call& call) {
    return movement::end_pass(call, w.community.id, card.pass_id, movement::PassState::lost);
  }));
  const auto without = pass(wife, test_now + 3min, Direction::in);
  EXPECT_EQ(without.outcome, Outcome::register_first);
  EXPECT_TRUE(says(without, ReasonKind::pass_missing));
  EXPECT_FALSE(says(pass(neighbour, test_now + 3min), ReasonKind::pass_missing));
}

TEST_F(GateMovement, APassUsedTwiceOnADayIsRefused) {
  start();
  EXPECT_EQ(pass(self, test_now + 1min).outcome, Outcome::pass);
  const auto second = pass(wife, test_now + 10min);
  EXPECT_EQ(second.outcome, Outcome::refuse);
  EXPECT_TRUE(says(second, ReasonKind::outings_used_up));
  EXPECT_EQ(pass(wife, test_now + 22h).outcome, Outcome::pass) << "tomorrow is another day";
}

TEST_F(GateMovement, AnApprovedOutingIsOnTopOfTheLimitForWhomItIsMeant) {
  start();
  pass(self, test_now + 1min);
  const auto approve = [&](Date day) {
    return at(test_now + 2min, [&](http::Call& call) {
      return movement::approve_outing(call, desk, w.community.id,
                                      {{}, w.home101.id, wife.person_id, day, movement::ApprovalGround::medical});
    });
  };
  ASSERT_TRUE(approve(civil_date(test_now)));
  ASSERT_TRUE(approve(civil_date(test_now) + std::chrono::days(2))) << "a later one does not take the first away";
  EXPECT_EQ(reason(approve(civil_date(test_now) - std::chrono::days(1))), "approval.bad_day");
  EXPECT_EQ(pass(self, test_now + 5min).outcome, Outcome::refuse);
  EXPECT_EQ(pass(wife, test_now + 5min).outcome, Outcome::pass_with_reminder);
}

TEST_F(GateMovement, AReplacedCardStopsAndTheNewOneHolds) {
  start();
  const auto old = mine(test_now).items.at(0);
  const auto replace = [&](person::PersonRef caller) {
    return at(
        test_now + 1min,
        [&](http::Call& call) {
          const AreaId home = caller.person_id == self.person_id ? w.home101.id : w.home102.id;
          return movement::replace_pass(call, w.community.id, old.pass_id, movement::PassForm::phone, home);
        },
        caller);
  };
  EXPECT_EQ(reason(replace(neighbour)), "pass.unknown") << "of another household";
  const auto fresh = replace(self).value();
  EXPECT_EQ(reason(replace(self)), "pass.ended");
  const auto look = [&](std::string token, const area::Gate& gate) {
    return at(test_now + 2min, [&](http::Call& call) { return movement::pass_shown(call, desk, gate, token); });
  };
  EXPECT_EQ(look(old.token, w.gate1)->finding, movement::PassFinding::replaced);
  const auto shown = look(fresh.token, w.gate1).value();
  EXPECT_EQ(shown.finding, movement::PassFinding::valid);
  ASSERT_EQ(shown.people.size(), 2u);
  EXPECT_EQ(shown.people[0].name_masked, "张**");
  const auto elsewhere = look(fresh.token, w.gate2).value();
  EXPECT_EQ(elsewhere.finding, movement::PassFinding::elsewhere);
  EXPECT_TRUE(elsewhere.people.empty());
  EXPECT_EQ(reason(look("FLP:0000000000", w.gate1)), "pass.unknown");
}

TEST_F(GateMovement, APassRunsOutByItself) {
  start();
  EXPECT_FALSE(says(pass(self, test_now + 29 * 24h, Direction::in), ReasonKind::pass_missing));
  EXPECT_TRUE(says(pass(self, test_now + 31 * 24h, Direction::in), ReasonKind::pass_missing));
}

}  // namespace
}  // namespace firstline::gate
