// What was done and why, on a real database.

#include "inquiry/service.hpp"

#include <gtest/gtest.h>

#include "access/service.hpp"
#include "area/test_world.hpp"
#include "health/service.hpp"
#include "policy/embedded.hpp"

namespace firstline::inquiry {
namespace {

using area::test_now;
using store::Session;
using namespace std::chrono_literals;

person::FieldKey test_key() {
  std::array<std::byte, 32> secret{};
  secret[0] = std::byte{4};
  return person::FieldKey(secret);
}

class Inquiry : public ::testing::Test {
 protected:
  Inquiry() {
    const auto made = database->write([&](Session& s) -> Result<void> {
      FL_TRY(keeper, access::add_account(s, key, {"keeper", "北门值守", "", "", {}, {}, true}, "hash", {}, test_now,
                                         system_random()));
      person::Person person;
      person.community_id = w.community.id;
      person.household_id = w.home101.id;
      person.name = "张三";
      FL_TRY(ref, people.add(s, person, test_now, system_random()));
      return health::record_code(s, ref.community_id, ref.person_id,
                                 {health::CodeColour::red, health::EvidenceGrade::connector, test_now - 1h, "test"}, {},
                                 "", test_now);
    });
    if (!made) ADD_FAILURE() << made.error().reason;
  }

  template <class F>
  auto as_keeper(F use_case, Instant now = test_now) {
    return database->write([&](Session& session) {
      http::Call call;
      call.session = &session;
      call.now = now;
      call.random = &system_random();
      call.actor.account = keeper;
      call.actor.person = ref.person_id;
      call.actor.person_community = ref.community_id;
      call.place = {w.community.id, w.community.path, {}};
      return use_case(call);
    });
  }
  PassageId pass() {
    gate::api::PassageCommand command;
    command.id = make_uuid_v7(test_now, random);
    command.at = test_now;
    command.direction = gate::Direction::out;
    command.recognised_by = gate::RecognisedBy::room_pick;
    command.person_ids = {ref.person_id};
    command.temperature_tenths = 365;
    return as_keeper([&](http::Call& call) { return gate::record_passages(call, ground, w.gate1, command); })
        ->items[0]
        .passage_id;
  }
  Result<person::Revealed> reveal(const Uuid& id) {
    return as_keeper([&](http::Call& call) {
      return people.reveal(*call.session, ref, {id, person::RevealReason::medical_help, "送医"}, call.actor, call.now,
                           *call.random);
    });
  }
  FactList found(const ledger::FactFilter& filter) {
    return as_keeper([&](http::Call& call) { return facts(call, people, filter); }).value();
  }

  area::TemporaryDatabase database;
  area::SmallCommunity w = area::small_community(*database);
  person::FieldKey key = test_key();
  person::Directory people{key};
  policy::RulesInForce rules{policy::embedded_library(), {"fl-base", "cn-8", "gs-2022-03", "lz-gate-2022"}};
  gate::RecentPassages recent;
  movement::Ground movement{&people};
  gate::Ground ground{&people, &rules, &recent, &movement};
  SeededRandom random{5};
  AccountId keeper;
  person::PersonRef ref;
};

TEST_F(Inquiry, SaysWhyAndThatTheRuleSaysSoAgain) {
  const PassageId passage = pass();
  const auto answer =
      as_keeper([&](http::Call& call) { return why(call, people, policy::embedded_library(), passage); });
  ASSERT_TRUE(answer) << answer.error().reason;
  EXPECT_TRUE(answer->replay.equal);
  EXPECT_EQ(answer->replay.kept.outcome, gate::Outcome::hold);
  EXPECT_EQ(answer->replay.presented.code->colour, health::CodeColour::red);
  EXPECT_EQ(answer->who_masked, "张**");
  EXPECT_EQ(answer->actor_name, "北门值守");
  EXPECT_EQ(answer->gate_name, "北门");
}

TEST_F(Inquiry, APassageOfAnotherCommunityIsUnknown) {
  const PassageId passage = pass();
  const auto elsewhere = as_keeper([&](http::Call& call) {
    call.place.community = AreaId{5};
    return why(call, people, policy::embedded_library(), passage);
  });
  ASSERT_FALSE(elsewhere);
  EXPECT_EQ(elsewhere.error().reason, "passage.unknown");
}

TEST_F(Inquiry, FindsFactsByKindSubjectActorAndTime) {
  pass();  // Held: a fact.
  ASSERT_TRUE(reveal(make_uuid_v7(test_now, random)));
  ledger::FactFilter filter;
  const auto all = found(filter);
  EXPECT_GE(all.items.size(), 2u);
  filter.kind_prefix = "person.";
  ASSERT_EQ(found(filter).items.size(), 1u);
  const auto look = found(filter).items[0];
  EXPECT_EQ(look.subject_name, "张**") << "masked";
  EXPECT_EQ(look.actor_name, "北门值守");
  EXPECT_EQ(look.area_name, "1-1-101");
  filter.subject = look.subject;
  EXPECT_EQ(found(filter).items.size(), 1u);
  filter.subject = "person:1";
  EXPECT_TRUE(found(filter).items.empty());
  filter = {};
  filter.actor = AccountId{1};
  EXPECT_TRUE(found(filter).items.empty());
  filter = {};
  filter.since = FactId{first_id_at(test_now + 1h)};
  EXPECT_TRUE(found(filter).items.empty());
}

TEST_F(Inquiry, PagesGoOnWhereTheLastEnded) {
  for (int i = 0; i < 150; ++i) ASSERT_TRUE(reveal(make_uuid_v7(test_now, random)));
  ledger::FactFilter filter;
  filter.kind_prefix = "person.";
  const auto first = found(filter);
  EXPECT_EQ(first.items.size(), 100u);
  ASSERT_TRUE(first.before);
  filter.until = *first.before;
  const auto second = found(filter);
  EXPECT_EQ(second.items.size(), 50u);
  EXPECT_FALSE(second.before);
  EXPECT_LT(second.items[0].fact_id.value, first.items.back().fact_id.value);
}

TEST_F(Inquiry, ThePersonSeesWhoLookedAndARevealSentTwiceIsOne) {
  const Uuid id = make_uuid_v7(test_now, random);
  const auto first = reveal(id).value(), second = reveal(id).value();
  EXPECT_EQ(first.name, "张三");
  EXPECT_EQ(second.name, first.name) << "the answer comes again";
  const auto looks = as_keeper([](http::Call& call) { return looks_at_me(call); }).value();
  ASSERT_EQ(looks.items.size(), 1u);
  EXPECT_EQ(looks.items[0].by, "北门值守");
  EXPECT_EQ(looks.items[0].reason, person::RevealReason::medical_help);
}

}  // namespace
}  // namespace firstline::inquiry
