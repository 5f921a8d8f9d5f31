// What a gate learns from passes, visits and trips, on a real database.

#include <gtest/gtest.h>

#include "area/test_world.hpp"
#include "gate/service.hpp"
#include "health/service.hpp"
#include "movement/passes.hpp"
#include "policy/embedded.hpp"

namespace firstline::gate {
namespace {

using area::test_now;
using store::Session;
using namespace std::chrono_literals;

// July 2022: an entry pass, and one outing a household a day.
const std::vector<std::string> packs{"fl-base", "cn-8", "gs-2022-03", "lz-gate-2022", "lz-gate-2022-07"};

class GateMovement : public ::testing::Test {
 protected:
  GateMovement() {
    self = add_person("张三", w.home101.id);
    wife = add_person("李四", w.home101.id);
    neighbour = add_person("王五", w.home102.id);
  }

  person::PersonRef add_person(const char* name, AreaId home) {
    return database
        ->write([&](Session& session) -> Result<person::PersonRef> {
          person::Person person;
          person.community_id = w.community.id;
          person.household_id = home;
          person.name = name;
          FL_TRY(const auto ref, people.add(session, person, test_now, system_random()));
          FL_TRYV(health::record_code(session, ref.community_id, ref.person_id,
                                      {health::CodeColour::green, health::EvidenceGrade::connector, test_now - 1h, "t"},
                                      {}, "", test_now));
          FL_TRYV(health::record_nat(session, ref.community_id, ref.person_id,
                                     {test_now - 10h, test_now - 4h, health::NatState::negative, "lab"}, test_now));
          return ref;
        })
        .value();
  }
  template <class F>
  auto at(Instant now, F use_case, person::PersonRef caller = {}) {
    return database->write([&](Session& session) {
      http::Call call;
      call.session = &session;
      call.now = now;
      call.random = &system_random();
      call.actor.account = AccountId{77};
      call.actor.person = caller.person_id;
      call.actor.person_community = caller.community_id;
      call.place = {w.community.id, w.community.path, {}};
      return use_case(call);
    });
  }
  api::PassageView pass(person::PersonRef who, Instant now, Direction direction = Direction::out) {
    api::PassageCommand command;
    command.id = make_uuid_v7(now, random);
    command.at = now;
    command.direction = direction;
    command.person_ids = std::vector{who.person_id};
    command.temperature_tenths = 365;
    command.mask = Mask::worn;
    const auto answer = at(now, [&](http::Call& call) { return record_passages(call, ground, w.gate1, command); });
    if (answer) return answer->items.at(0);
    ADD_FAILURE() << answer.error().reason;
    return {};
  }
  static bool says(const api::PassageView& view, ReasonKind reason) {
    return std::any_of(view.reasons.begin(), view.reasons.end(),
                       [&](const Reason& each) { return each.reason == reason; });
  }
  movement::api::PassesStarted start() {
    return at(test_now,
              [&](http::Call& call) {
                return movement::start_passes(
                    call, w.community.id,
                    {{}, w.compound1.id, civil_date(test_now) + std::chrono::days(30), movement::PassForm::printed});
              })
        .value();
  }
  movement::api::MyPasses mine(Instant now) {
    return at(
               now, [&](http::Call& call) { return movement::my_passes(call, desk); }, self)
        .value();
  }
  template <class T>
  static std::string reason(const Result<T>& result) {
    return result ? "" : result.error().reason;
  }

  area::TemporaryDatabase database;
  area::SmallCommunity w = area::small_community(*database);
  person::FieldKey key{std::array<std::byte, 32>{}};
  person::Directory people{key};
  policy::RulesInForce rules{policy::embedded_library(), packs};
  RecentPassages recent;
  Ground ground{&people, &rules, &recent};
  movement::Ground desk{&people};
  SeededRandom random{5};
  person::PersonRef self, wife, neighbour;
};

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
