// The tracer's list on a real database: from passages to masked rows and the fact.

#include "trace/service.hpp"

#include <gtest/gtest.h>

#include "area/test_world.hpp"
#include "gate/store.hpp"
#include "ledger/query.hpp"
#include "policy/embedded.hpp"

namespace firstline::trace {
namespace {

using area::test_now;
using store::Session;
using namespace std::chrono_literals;

class TraceService : public ::testing::Test {
 protected:
  TraceService() {
    ill = add("张三", w.home101.id, "13800000001");
    wife = add("李四", w.home101.id, {});
    neighbour = add("王五", w.home102.id, "13800000003");
    other = add("赵六", w.other_home.id, {});
  }

  PersonId add(const char* name, AreaId home, std::optional<std::string> phone) {
    return database
        ->write([&](Session& session) -> Result<person::PersonRef> {
          person::Person person;
          person.community_id = w.community.id;
          person.household_id = home;
          person.name = name;
          person.phone = std::move(phone);
          return people.add(session, person, test_now, system_random());
        })
        .value()
        .person_id;
  }
  PassageId passes(PersonId person, GateId gate, Instant at) {
    return database
        ->write([&](Session& session) -> Result<PassageId> {
          gate::Passage passage;
          passage.community_id = passage.person_community_id = w.community.id;
          passage.id = PassageId{first_id_at(at) + ++line};
          passage.command_id = make_uuid_v7(at, system_random());
          passage.gate_id = gate;
          passage.person_id = person;
          passage.at = passage.device_at = at;
          passage.arguments = "{}", passage.reasons = "[]";
          FL_TRYV(gate::add(session, passage));
          return passage.id;
        })
        .value();
  }
  void undo(PassageId passage) {
    ASSERT_TRUE(database->write([&](Session& session) {
      gate::PassageNote undone;
      undone.community_id = w.community.id;
      undone.id = passage.value + 1'000'000;
      undone.passage_id = passage;
      return gate::add(session, undone);
    }));
  }
  Result<TraceList> traced(const TraceCommand& command, const policy::RulesInForce& in_force) {
    const Ground ground{&people, &in_force, &follower};
    return database->write([&](Session& session) {
      http::Call call;
      call.session = &session;
      call.now = test_now;
      call.random = &system_random();
      call.actor.account = AccountId{77};
      call.place = {w.community.id, w.community.path, {}};
      return contacts_of_person(call, ground, command);
    });
  }
  Result<TraceList> traced(const TraceCommand& command) { return traced(command, rules); }
  TraceCommand of(PersonId person) { return {Uuid{}, person, test_now - 24h, {}, TracePurpose::confirmed_case}; }
  std::vector<ledger::FactRow> facts() {
    return database
        ->read([&](Session& session) {
          ledger::FactFilter filter;
          filter.community = w.community.id;
          filter.kind_prefix = "trace.";
          filter.limit = 10;
          return ledger::facts(session, filter);
        })
        .value();
  }

  area::TemporaryDatabase database;
  area::SmallCommunity w = area::small_community(*database);
  person::FieldKey key{std::array<std::byte, 32>{}};
  person::Directory people{key};
  policy::RulesInForce rules{policy::embedded_library(), {"fl-base", "cn-8"}};
  Follower follower{&*database};
  PersonId ill, wife, neighbour, other;
  int line = 0;
};

TEST_F(TraceService, lists_the_household_and_who_stood_at_the_gate) {
  passes(ill, w.gate1.id, test_now - 5h);
  passes(neighbour, w.gate1.id, test_now - 5h + 4min);
  passes(other, w.gate2.id, test_now - 5h);
  ASSERT_TRUE(follower.step(test_now));
  const auto list = traced(of(ill)).value();
  ASSERT_EQ(list.items.size(), 2u);
  EXPECT_EQ(list.items[0].person_id, wife);
  EXPECT_EQ(list.items[0].basis, std::vector{TraceBasis::household});
  EXPECT_EQ(list.items[0].next_action, NextAction::visit);
  EXPECT_EQ(list.items[1].person_id, neighbour);
  EXPECT_EQ(list.items[1].basis, std::vector{TraceBasis::gate});
  EXPECT_EQ(list.items[1].name_masked, "王**");
  EXPECT_EQ(list.items[1].phone_masked, "138****0003");
  EXPECT_EQ(list.items[1].overlap_seconds, 6 * 60) << "ten minutes of lingering, four of them before";
  ASSERT_EQ(list.items[1].latest.size(), 1u);
  EXPECT_EQ(list.items[1].latest[0].gate_name, w.gate1.name);
  EXPECT_EQ(list.items[1].first, std::optional(test_now - 5h + 4min));
  EXPECT_EQ(list.from, test_now - 24h - std::chrono::days(2));
  EXPECT_EQ(list.elsewhere + list.left_out, 0);
}

TEST_F(TraceService, asking_is_a_fact_without_names) {
  ASSERT_TRUE(follower.step(test_now));
  ASSERT_TRUE(traced(of(ill)));
  const auto rows = facts();
  ASSERT_EQ(rows.size(), 1u);
  EXPECT_EQ(rows[0].kind, "trace.asked");
  EXPECT_EQ(rows[0].actor, 77);
  EXPECT_EQ(rows[0].subject, "person:" + format_id(ill.value));
  EXPECT_NE(rows[0].body.find("confirmed_case"), std::string::npos);
  EXPECT_EQ(rows[0].body.find("张"), std::string::npos);
}

TEST_F(TraceService, what_was_undone_or_may_still_be_is_not_in_it) {
  passes(ill, w.gate1.id, test_now - 5h);
  undo(passes(neighbour, w.gate1.id, test_now - 5h));
  passes(ill, w.gate2.id, test_now - 5s);
  passes(other, w.gate2.id, test_now - 5s);
  ASSERT_TRUE(follower.step(test_now));
  EXPECT_EQ(traced(of(ill)).value().items.size(), 1u) << "the wife";
  EXPECT_EQ(follower.view().scans(), 1u);
  ASSERT_TRUE(follower.step(test_now + 10s));
  EXPECT_EQ(follower.view().scans(), 3u);
  ASSERT_TRUE(follower.step(test_now + 20s));
  EXPECT_EQ(follower.view().scans(), 3u) << "nothing is taken twice";
}

TEST_F(TraceService, outside_the_window_is_nothing) {
  passes(ill, w.gate1.id, test_now - 80h);
  passes(neighbour, w.gate1.id, test_now - 80h);
  ASSERT_TRUE(follower.step(test_now));
  EXPECT_EQ(traced(of(ill)).value().items.size(), 1u);
  auto earlier = of(ill);
  earlier.onset_at = test_now - 40h;
  EXPECT_EQ(traced(earlier).value().items.size(), 2u);
}

TEST_F(TraceService, people_of_other_communities_are_counted) {
  passes(ill, w.gate1.id, test_now - 5h);
  passes(PersonId{4711}, w.gate1.id, test_now - 5h);
  ASSERT_TRUE(follower.step(test_now));
  const auto list = traced(of(ill)).value();
  EXPECT_EQ(list.items.size(), 1u);
  EXPECT_EQ(list.elsewhere, 1);
}

TEST_F(TraceService, refuses) {
  EXPECT_EQ(traced(of(ill)).error().reason, "trace.not_ready");
  ASSERT_TRUE(follower.step(test_now));
  EXPECT_EQ(traced(of(PersonId{4711})).error().reason, "person.unknown");
  auto bad = of(ill);
  bad.until = test_now + 1s;
  EXPECT_EQ(traced(bad).error().reason, "trace.window_bad");
  bad.until = bad.onset_at - std::chrono::days(3);
  EXPECT_EQ(traced(bad).error().reason, "trace.window_bad");
  bad = of(ill);
  bad.onset_at = test_now - std::chrono::days(27);
  EXPECT_EQ(traced(bad).error().reason, "trace.window_bad");
  const policy::RulesInForce later{policy::embedded_library(), {"fl-base", "cn-8", "cn-BII"}};
  EXPECT_EQ(traced(of(ill), later).error().reason, "trace.not_determined");
  EXPECT_TRUE(facts().empty());
}

}  // namespace
}  // namespace firstline::trace
