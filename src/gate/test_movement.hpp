#pragma once

// A compound with two homes and a gate, where passes, visits and trips are asked for: for tests only.

#include <gtest/gtest.h>

#include "area/test_world.hpp"
#include "gate/service.hpp"
#include "health/service.hpp"
#include "movement/passes.hpp"
#include "movement/trips.hpp"
#include "movement/visits.hpp"
#include "policy/embedded.hpp"

namespace firstline::gate {

using area::test_now;
using store::Session;
using namespace std::chrono_literals;

// July 2022: an entry pass, and one outing a household a day.
inline const std::vector<std::string> packs_of_july{"fl-base", "cn-9", "gs-2022-03", "lz-gate-2022", "lz-gate-2022-07"};

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
  policy::RulesInForce rules{policy::embedded_library(), packs_of_july};
  RecentPassages recent;
  movement::Ground desk{&people, &rules};
  Ground ground{&people, &rules, &recent, &desk};
  SeededRandom random{5};
  person::PersonRef self, wife, neighbour;
};

}  // namespace firstline::gate
