// What was done and why, on a real database.

#include "inquiry/service.hpp"

#include <gtest/gtest.h>

#include "access/service.hpp"
#include "area/test_world.hpp"
#include "health/service.hpp"
#include "json/json.hpp"
#include "movement/passes.hpp"
#include "movement/trips.hpp"
#include "policy/embedded.hpp"
#include "store/acting.hpp"

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

struct TripLook {
  TripId trip;
  Uuid command;
};

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
      store::act_as(session, acting);
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
  Result<Why> why_of(FactId fact) {
    return as_keeper([&](http::Call& call) { return why(call, people, policy::embedded_library(), fact); });
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
  movement::Ground movement{&people, &rules};
  gate::Ground ground{&people, &rules, &recent, &movement};
  SeededRandom random{5};
  AccountId keeper;
  std::string acting = "keeper";
  person::PersonRef ref;
};

TEST_F(Inquiry, SaysWhyAndThatTheRuleSaysSoAgain) {
  const PassageId passage = pass();
  const auto answer =
      as_keeper([&](http::Call& call) { return why_passage(call, people, policy::embedded_library(), passage); });
  ASSERT_TRUE(answer) << answer.error().reason;
  ASSERT_TRUE(answer->again);
  EXPECT_TRUE(answer->again->equal);
  EXPECT_EQ(answer->again->kept.at("outcome"), "hold");
  EXPECT_EQ(answer->presented->code->colour, health::CodeColour::red);
  EXPECT_EQ(answer->arguments.at("recognised_by"), "room_pick");
  EXPECT_EQ(answer->subject_name, "张** 1-1-101");
  EXPECT_EQ(answer->by.name, "北门值守");
  EXPECT_EQ(answer->area_name, "北门");
  ASSERT_FALSE(answer->grounds.empty());
  EXPECT_EQ(answer->grounds[0].clause.substr(0, 5), "GATE-");
  EXPECT_FALSE(answer->grounds[0].source.empty()) << "each ground names its document";
}

TEST_F(Inquiry, APassageOrAFactOfAnotherCommunityIsUnknown) {
  const PassageId passage = pass();
  const auto elsewhere = as_keeper([&](http::Call& call) {
    call.place.community = AreaId{5};
    return why_passage(call, people, policy::embedded_library(), passage);
  });
  ASSERT_FALSE(elsewhere);
  EXPECT_EQ(elsewhere.error().reason, "passage.unknown");
  ledger::FactFilter held;
  held.kind_prefix = "gate.person_held";
  const FactId fact = found(held).items.at(0).fact_id;
  EXPECT_TRUE(why_of(fact));
  const auto foreign = as_keeper([&](http::Call& call) {
    call.place.community = AreaId{5};
    return why(call, people, policy::embedded_library(), fact);
  });
  EXPECT_EQ(foreign.error().reason, "fact.unknown");
}

// One shape for whatever was decided: kinds that a rule decides, and kinds that a person does.
TEST_F(Inquiry, WhyOfAFactSaysWhoInWhichRoleAndWhetherARuleDecided) {
  pass();
  ASSERT_TRUE(reveal(make_uuid_v7(test_now, random)));
  acting = "secretary";
  const auto issued = as_keeper([&](http::Call& call) {
    return movement::issue_pass(
        call, w.community.id,
        {{}, w.home101.id, civil_date(test_now) + std::chrono::days(9), movement::PassForm::printed});
  });
  ASSERT_TRUE(issued) << issued.error().reason;
  const auto why_first = [&](const char* kind) {
    ledger::FactFilter filter;
    filter.kind_prefix = kind;
    return why_of(found(filter).items.at(0).fact_id).value();
  };
  const auto held = why_first("gate.person_held");
  ASSERT_TRUE(held.again);
  EXPECT_TRUE(held.again->equal);
  EXPECT_EQ(held.by.role, http::Role::keeper);
  EXPECT_EQ(held.policy_version, rules.at("620102", test_now).value()->set.version);
  const auto look = why_first("person.revealed");
  EXPECT_FALSE(look.again) << "a person decided";
  EXPECT_FALSE(look.version_gone);
  EXPECT_EQ(look.arguments.at("reason"), "medical_help");
  EXPECT_EQ(look.subject_name, "张**");
  const auto pass_issued = why_first("movement.pass_issued");
  EXPECT_FALSE(pass_issued.again);
  EXPECT_EQ(pass_issued.by.role, http::Role::secretary);
  EXPECT_EQ(pass_issued.history.size(), 1u);
}

TEST_F(Inquiry, WhyOfATripProposesAgainWhatFollowed) {
  const policy::RulesInForce ninth{policy::embedded_library(), {"fl-base", "cn-9"}};
  const movement::Ground desk{&people, &ninth};
  const auto listed = as_keeper([&](http::Call& call) {
    return movement::import_risk_places(call, desk, w.community.id, "110105,朝阳区,high,2022-03-01,,notice 7");
  });
  ASSERT_EQ(listed->taken, 1);
  movement::api::FileTrip form;
  form.person_ids = {ref.person_id};
  form.to_name = "朝阳区";
  form.to_code = "110105";
  form.leaves_on = form.back_on = civil_date(test_now);
  form.departed_at = test_now - 2h;
  form.returned_at = test_now - 1h;
  const auto trip = as_keeper([&](http::Call& call) {
    return movement::file_trips(call, desk, w.community.id, form, movement::TripSource::paper);
  });
  ASSERT_TRUE(trip) << trip.error().reason;
  const auto proposed = as_keeper([&](http::Call& call) { return movement::follow_ups(call, desk, w.community.id); });
  ASSERT_EQ(proposed->items.size(), 1u);
  acting = "health_officer";
  ASSERT_TRUE(as_keeper([&](http::Call& call) {
    return movement::decide_follow_up(call, w.community.id, proposed->items[0].follow_up_id, true);
  }));
  ledger::FactFilter filter;
  filter.kind_prefix = "movement.follow_up_accepted";
  const auto answer = why_of(found(filter).items.at(0).fact_id).value();
  ASSERT_TRUE(answer.again) << "the rule proposed, a person accepted";
  EXPECT_TRUE(answer.again->equal);
  ASSERT_EQ(answer.grounds.size(), 1u);
  EXPECT_EQ(answer.grounds[0].parameter, "people.from_high_risk.kind");
  EXPECT_FALSE(answer.grounds[0].pack.empty());
  EXPECT_EQ(answer.by.role, http::Role::health_officer);
  ASSERT_EQ(answer.history.size(), 2u);
  EXPECT_EQ(answer.history[0].body.at("risk_by").at("source"), "notice 7") << "what the risk rested on";
  // Under packs that this program does not carry it is said that they are gone.
  const FactId accepted = found(filter).items.at(0).fact_id;
  const auto gone = as_keeper([&](http::Call& call) { return why(call, people, policy::Library{}, accepted); });
  ASSERT_TRUE(gone);
  EXPECT_FALSE(gone->again);
  EXPECT_TRUE(gone->version_gone);
}

TEST_F(Inquiry, FactsAreFoundByTheRoleAndByTheAreaBelow) {
  pass();
  ASSERT_TRUE(reveal(make_uuid_v7(test_now, random)));
  acting = "secretary";
  ASSERT_TRUE(reveal(make_uuid_v7(test_now + 1s, random)));
  ledger::FactFilter filter;
  filter.role = "secretary";
  ASSERT_EQ(found(filter).items.size(), 1u);
  EXPECT_EQ(found(filter).items[0].role, http::Role::secretary);
  filter.role = "auditor";
  EXPECT_TRUE(found(filter).items.empty());
  const auto below = [&](AreaId area) {
    return as_keeper([&](http::Call& call) { return facts_below(call, people, {}, area); })->items.size();
  };
  EXPECT_EQ(below(w.home101.id), 2u) << "two looks at somebody who lives there";
  EXPECT_EQ(below(w.compound1.id), 2u) << "the home lies in it";
  EXPECT_GE(below(w.community.id), 3u);
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
  EXPECT_EQ(looks.items[0].role, http::Role::keeper);
}

TEST_F(Inquiry, ThePersonSeesWhoOpenedTheirTrip) {
  movement::api::FileTrip form;
  form.person_ids = {ref.person_id};
  form.to_name = "天水市";
  form.plate = "甘A12345";
  form.companions = "李四";
  form.leaves_on = form.back_on = civil_date(test_now);
  const auto trip = as_keeper([&](http::Call& call) {
    return movement::file_trips(call, movement, w.community.id, form, movement::TripSource::gate);
  });
  ASSERT_TRUE(trip);
  const TripLook look{trip->items[0].trip_id, make_uuid_v7(test_now, random)};
  const auto reveal_it = [&](std::string note) {
    return as_keeper([&](http::Call& call) {
      return movement::reveal_trip(call, movement, w.community.id, look.trip,
                                   {look.command, person::RevealReason::tracing, note});
    });
  };
  EXPECT_EQ(reveal_it(" ").error().reason, "reveal.note_missing");
  const auto clear = reveal_it("case 12").value(), again = reveal_it("case 12").value();
  EXPECT_EQ(clear.plate, "甘A12345");
  EXPECT_EQ(clear.companions, "李四");
  EXPECT_EQ(again.plate, clear.plate) << "the answer comes again";
  const auto looks = as_keeper([](http::Call& call) { return looks_at_me(call); }).value();
  ASSERT_EQ(looks.items.size(), 1u) << "once";
  EXPECT_TRUE(looks.items[0].trip);
  EXPECT_EQ(looks.items[0].reason, person::RevealReason::tracing);
  ledger::FactFilter filter;
  filter.kind_prefix = "movement.trip_revealed";
  const auto facts = found(filter);
  ASSERT_EQ(facts.items.size(), 1u);
  EXPECT_EQ(json::write(facts.items[0].body).find("甘A"), std::string::npos) << "no plate in a fact";
}

}  // namespace
}  // namespace firstline::inquiry
