#pragma once

// For tests: a case at home with somebody, a neighbour on the floor, somebody in another compound, and an officer.

#include <gtest/gtest.h>

#include "access/service.hpp"
#include "area/test_world.hpp"
#include "casebook/service.hpp"
#include "gate/store.hpp"
#include "json/json.hpp"
#include "ledger/query.hpp"
#include "policy/embedded.hpp"
#include "tracer/service.hpp"
#include "tracer/sources.hpp"

namespace firstline::tracer {

using namespace std::chrono_literals;

class TracedWorld : public ::testing::Test {
 protected:
  using Session = store::Session;
  // What a use case of the officer came to.
  template <class F>
  auto in_call(F work, const policy::RulesInForce& in_force) {
    const Ground ground{&people, &in_force, &follower, proposed};
    return database->write([&](Session& session) {
      http::Call call;
      call.session = &session;
      call.now = area::test_now;
      call.random = &system_random();
      call.actor.account = officer;
      call.place = place;
      call.actor.grants = {{http::Role::health_officer, place.community, place.path}};
      return work(call, ground);
    });
  }
  template <class F>
  auto in_call(F work) {
    return in_call(work, rules);
  }

  TracedWorld() {
    ill = add("张三", w.home101.id, "13800000001");
    wife = add("李四", w.home101.id, {});
    neighbour = add("王五", w.home102.id, "13800000003");
    other = add("赵六", w.other_home.id, {});
    officer = database
                  ->write([&](Session& session) {
                    return access::add_account(session, key,
                                               {"officer",
                                                "流调",
                                                "a long password",
                                                "a secret of twenty b",
                                                {},
                                                {{http::Role::health_officer, w.community.id, w.community.path}},
                                                false},
                                               "no hash", {}, area::test_now, system_random());
                  })
                  .value();
    open_case(ill);
  }

  void open_case(PersonId person, casebook::Status status = casebook::Status::confirmed) {
    const casebook::Parts parts{&people, &rules, &no_reactions};
    const auto done = in_call([&](http::Call& call, const Ground&) {
      return casebook::open(call, parts, {{}, person, status, area::test_now - 24h, {}, {}, {}, "区疾控通报"});
    });
    ASSERT_TRUE(done) << done.error().reason;
  }
  PersonId add(const char* name, AreaId home, std::optional<std::string> phone) {
    return database
        ->write([&](Session& session) -> Result<person::PersonRef> {
          person::Person person;
          person.community_id = w.community.id;
          person.household_id = home;
          person.name = name;
          person.phone = std::move(phone);
          return people.add(session, person, area::test_now, system_random());
        })
        .value()
        .person_id;
  }
  PassageId passes(PersonId person, GateId gate, Instant at, AreaId home = {}) {
    return database
        ->write([&](Session& session) -> Result<PassageId> {
          gate::Passage passage;
          passage.community_id = w.community.id;
          passage.person_community_id = home ? home : w.community.id;
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
  Result<api::TraceRun> traced(const api::TraceCommand& command, const policy::RulesInForce& in_force) {
    return in_call([&](http::Call& call, const Ground& ground) { return ask(call, ground, command); }, in_force);
  }
  Result<api::TraceRun> open(RunId id) {
    return in_call([&](http::Call& call, const Ground& ground) { return run(call, ground, id); });
  }
  Result<api::TraceRun> traced(const api::TraceCommand& command) { return traced(command, rules); }
  api::TraceCommand of(PersonId person) {
    api::TraceCommand command;
    command.id = make_uuid_v7(area::test_now, system_random());
    command.person_id = person;
    command.neighbours = Neighbours::none;
    return command;
  }
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
  casebook::Reactions no_reactions;
  trace::Follower follower{&*database, scan_sources()};
  area::Area street = database->read([](Session& s) { return area::find_by_path(s, {}, "620102/020/001"); }).value();
  OnProposed proposed;
  http::Place place{w.community.id, w.community.path, {}};  // Where the officer is.
  PersonId ill, wife, neighbour, other;
  AccountId officer;
  int line = 0;
};

}  // namespace firstline::tracer
