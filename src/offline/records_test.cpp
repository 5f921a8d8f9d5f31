// What becomes of a phone's queue: applied once, in its own order and hour, or given back with a reason.

#include "offline/records.hpp"

#include <gtest/gtest.h>

#include "access/service.hpp"
#include "area/test_world.hpp"
#include "gate/presented.hpp"
#include "gate/replay.hpp"
#include "gate/standing.hpp"
#include "gate/verdict.hpp"
#include "health/service.hpp"
#include "http/once.hpp"
#include "json/json.hpp"
#include "ledger/query.hpp"
#include "movement/trips.hpp"
#include "movement/visits.hpp"
#include "policy/embedded.hpp"

namespace firstline::offline {
namespace {

using area::test_now;
using gate::Direction;
using gate::Outcome;
using store::Session;
using namespace std::chrono_literals;

class Queue : public ::testing::Test {
 protected:
  Queue() {
    self = add_person("张三", w.home101.id);
    wife = add_person("李四", w.home101.id);
    neighbour = add_person("王五", w.home102.id);
    phone = add_device(1);
    other_phone = add_device(2);
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
                                      {health::CodeColour::green, health::EvidenceGrade::connector, test_now - 5h, "t"},
                                      {}, "", test_now));
          FL_TRYV(health::record_nat(session, ref.community_id, ref.person_id,
                                     {test_now - 10h, test_now - 6h, health::NatState::negative, "lab"}, test_now));
          return ref;
        })
        .value();
  }
  DeviceId add_device(int nth) {
    return database
        ->write([&](Session& session) -> Result<DeviceId> {
          Uuid command;
          command.bytes[15] = static_cast<std::byte>(nth);
          FL_TRY(const auto offer, access::offer_enrolment(session, door, command, w.gate1.id, "phone", {1}, test_now));
          FL_TRY(const auto enrolled, access::enrol(session, door, command, offer.code, test_now));
          return enrolled.device_id;
        })
        .value();
  }

  // What a phone does without us: assembles and decides at its own time by its own pack.
  api::Record passage(std::int64_t sequence, person::PersonRef who, Instant at, Direction direction = Direction::out,
                      std::optional<gate::Stands> known = {}) {
    api::Record record;
    record.id = make_uuid_v7(at, random);
    record.sequence = sequence;
    record.at = at;
    record.skew_ms = 0;
    gate::api::PassageCommand said;
    said.id = record.id;
    said.at = at;
    said.direction = direction;
    said.recognised_by = gate::RecognisedBy::room_pick;
    said.person_ids = std::vector{who.person_id};
    said.temperature_tenths = 365;
    said.mask = gate::Mask::worn;
    const auto policy = rules.at("620102020901", at).value()->gate;
    const auto stands = known ? *known : stands_of(who, at);
    const auto seen = gate::presented(stands, gate::moment_of(said), policy, at);
    auto verdict = gate::decide(seen, policy, at);
    record.passage = said;
    record.decided =
        std::vector{gate::Decided{who.person_id, seen, verdict.outcome, std::move(verdict.reasons), policy.version}};
    return record;
  }
  gate::Stands stands_of(person::PersonRef who, Instant at) {
    return database
        ->read([&](Session& session) -> Result<gate::Stands> {
          FL_TRY(const auto resident, people.resident(session, who));
          return gate::stands_of(session, w.gate1, resident, at, true);
        })
        .value();
  }
  static api::Record like(const api::Record& record, std::int64_t sequence, SeededRandom& random) {
    api::Record made;
    made.id = make_uuid_v7(record.at, random);
    made.sequence = sequence;
    made.at = record.at;
    made.skew_ms = record.skew_ms;
    return made;
  }

  Result<api::BatchAnswer> send_as(DeviceId device, const std::vector<api::Record>& records, Instant now,
                                   std::optional<DeviceId> carried_for = {}) {
    http::Call call;
    call.now = now;
    call.random = &system_random();
    call.actor.account = AccountId{77};
    call.actor.device = device;
    call.acting = "keeper";
    api::Batch batch;
    batch.sent_at = now;
    batch.carried_for = carried_for;
    for (const auto& record : records) batch.records.push_back({json::to_value(record)});
    return take(call, outpost, w.gate1, batch);
  }
  api::BatchAnswer send(const std::vector<api::Record>& records, Instant now) {
    auto answer = send_as(phone, records, now);
    if (answer) return std::move(*answer);
    ADD_FAILURE() << answer.error().reason;
    return {};
  }
  template <class F>
  auto at(Instant now, F use_case) {
    return database->write([&](Session& session) {
      http::Call call;
      call.session = &session;
      call.now = now;
      call.random = &system_random();
      call.actor.account = AccountId{77};
      call.place = {w.community.id, w.community.path, {}};
      return use_case(call);
    });
  }
  api::Overview seen_at_the_desk(Instant now) { return at(now, overview).value(); }
  std::vector<gate::api::FlowView> flow(Instant now) {
    return at(now, [&](http::Call& call) { return gate::flow_of(call, civil_date(test_now)); }).value().items;
  }
  void turn_red(person::PersonRef who, Instant when, Instant known_at) {
    ASSERT_TRUE(at(known_at, [&](http::Call& call) {
      return health::record_code(*call.session, who.community_id, who.person_id,
                                 {health::CodeColour::red, health::EvidenceGrade::connector, when, "t"}, {}, "",
                                 known_at);
    }));
  }

  area::TemporaryDatabase database;
  area::SmallCommunity w = area::small_community(*database);
  person::FieldKey key{std::array<std::byte, 32>{}};
  person::Directory people{key};
  policy::RulesInForce rules{policy::embedded_library(), {"fl-base", "cn-8", "gs-2022-03", "lz-gate-2022"}};
  gate::RecentPassages recent;
  movement::Ground movement{&people, &rules};
  gate::Ground ground{&people, &rules, &recent, &movement};
  Packs packs{&*database, ground};
  Outpost outpost{&*database, &ground, &packs};
  access::Authenticator authenticator{*database, key};
  access::Door door{&*database, &key, &authenticator, {{}, "https://x", true}};
  SeededRandom random{5};
  person::PersonRef self, wife, neighbour;
  DeviceId phone, other_phone;
};

TEST_F(Queue, IsAppliedOnceAndCountsInItsOwnHour) {
  const auto out = passage(1, self, test_now - 3h);
  const auto back = passage(2, self, test_now - 2h, Direction::in);
  const auto answer = send({back, out}, test_now);
  ASSERT_EQ(answer.results.size(), 2u);
  EXPECT_EQ(answer.results[0].id, back.id) << "results stand in the order in which the records came";
  for (const auto& taken : answer.results) {
    EXPECT_EQ(taken.state, RecordState::applied) << taken.code;
    ASSERT_EQ(taken.server.size(), 1u);
    EXPECT_FALSE(taken.differs);
  }
  EXPECT_LT(answer.results[1].passage_ids[0], answer.results[0].passage_ids[0]) << "by the device's sequence";
  EXPECT_EQ(answer.highest, 2);
  EXPECT_TRUE(answer.missing.empty());

  const auto again = send({out, back}, test_now + 1min);
  for (std::size_t i = 0; i < 2; ++i) {
    EXPECT_EQ(again.results[i].state, RecordState::repeated);
    EXPECT_EQ(again.results[i].passage_ids, answer.results[1 - i].passage_ids);
  }
  const auto hours = flow(test_now);
  ASSERT_EQ(hours.size(), 2u);
  EXPECT_EQ(hours[0].hour, 12);
  EXPECT_EQ(hours[0].out, 1);
  EXPECT_EQ(hours[1].hour, 13);
  EXPECT_EQ(hours[1].in, 1);
  const auto replayed = database
                            ->read([&](Session& s) {
                              return gate::replay(s, policy::embedded_library(), answer.results[0].passage_ids[0]);
                            })
                            .value();
  EXPECT_TRUE(replayed.equal);
}

TEST_F(Queue, KeepsTheDevicesClockAndCorrectsIt) {
  const Instant by_phone = test_now - 1h + 10min;  // Ten minutes fast.
  auto record = passage(1, self, by_phone);
  record.skew_ms = Millis(-10min).count();
  const auto answer = send({record}, test_now);
  ASSERT_EQ(answer.results[0].state, RecordState::applied) << answer.results[0].code;
  const auto row =
      database->read([&](Session& s) { return gate::passage_of(s, w.community.id, answer.results[0].passage_ids[0]); })
          .value();
  EXPECT_EQ(row.device_at, by_phone);
  EXPECT_EQ(row.at, test_now - 1h);
  EXPECT_EQ(row.device_id, phone);
  auto from_future = passage(2, wife, test_now + 2h);
  const auto second = send({from_future}, test_now);
  const auto clamped = database
                           ->read([&](Session& s) {
                             return gate::passage_of(s, w.community.id, second.results.at(0).passage_ids.at(0));
                           })
                           .value();
  EXPECT_EQ(clamped.at, test_now) << "never ahead of the server";
}

TEST_F(Queue, ADifferentVerdictIsFlaggedAndBothAreKept) {
  auto record = passage(1, self, test_now - 1h);
  turn_red(self, test_now - 2h, test_now - 30min);  // The server heard of it later, but it was so before.
  const auto answer = send({record}, test_now);
  ASSERT_EQ(answer.results[0].state, RecordState::applied);
  EXPECT_TRUE(answer.results[0].differs);
  EXPECT_EQ(answer.results[0].server.at(0).outcome, Outcome::hold);
  const auto desk = seen_at_the_desk(test_now);
  ASSERT_EQ(desk.differences.size(), 1u);
  EXPECT_EQ(desk.differences[0].device.at(0).outcome, Outcome::pass);
  EXPECT_EQ(desk.differences[0].server.at(0).outcome, Outcome::hold);
  EXPECT_TRUE(desk.differences[0].reproduced);
  const RecordId id = desk.differences[0].record_id;
  EXPECT_TRUE(at(test_now, [&](http::Call& call) { return mark_seen(call, id); }));
  EXPECT_EQ(at(test_now, [&](http::Call& call) { return mark_seen(call, id); }).error().reason, "offline.seen_already");
  EXPECT_TRUE(seen_at_the_desk(test_now).differences.empty());
}

TEST_F(Queue, WhatBecameKnownOnlyAfterwardsIsNoDifference) {
  const auto record = passage(1, self, test_now - 1h);
  turn_red(self, test_now - 10min, test_now - 10min);
  EXPECT_FALSE(send({record}, test_now).results[0].differs);
}

TEST_F(Queue, AVerdictThatItsOwnArgumentsDoNotGiveIsFlagged) {
  auto record = passage(1, self, test_now - 1h);
  record.decided->at(0).outcome = Outcome::refuse;
  const auto answer = send({record}, test_now);
  EXPECT_TRUE(answer.results[0].differs);
  EXPECT_FALSE(seen_at_the_desk(test_now).differences.at(0).reproduced);
}

TEST_F(Queue, AHoleIsNamedUntilItIsFilled) {
  const auto first = passage(1, self, test_now - 3h);
  const auto third = passage(3, wife, test_now - 2h);
  const auto answer = send({first, third}, test_now);
  ASSERT_EQ(answer.missing.size(), 1u);
  EXPECT_EQ(answer.missing[0].from, 2);
  EXPECT_EQ(answer.missing[0].to, 2);
  EXPECT_EQ(answer.highest, 3);
  ASSERT_EQ(seen_at_the_desk(test_now).devices.size(), 1u);
  EXPECT_EQ(seen_at_the_desk(test_now).devices[0].missing.size(), 1u);
  EXPECT_TRUE(send({passage(2, neighbour, test_now - 150min)}, test_now).missing.empty());
}

TEST_F(Queue, ABadRecordComesBackAloneAndAlwaysTheSame) {
  auto bad = passage(1, self, test_now - 1h);
  bad.passage->person_ids = std::vector{PersonId{4711}};
  auto old = passage(2, wife, test_now - 40 * 24h);
  auto empty = like(old, 3, random);
  empty.at = test_now;
  auto other_id = passage(4, wife, test_now - 1h);
  other_id.passage->id = make_uuid_v7(test_now, random);
  const auto good = passage(5, neighbour, test_now - 1h);
  for (int turn = 0; turn < 2; ++turn) {
    const auto answer = send({bad, old, empty, other_id, good}, test_now);
    const char* const codes[] = {"person.unknown", "offline.too_old", "offline.not_one_kind", "offline.other_id", ""};
    for (std::size_t i = 0; i < 5; ++i) EXPECT_EQ(answer.results[i].code, codes[i]) << i;
    for (std::size_t i = 0; i < 4; ++i) EXPECT_EQ(answer.results[i].state, RecordState::returned) << i;
    EXPECT_EQ(answer.results[4].state, turn ? RecordState::repeated : RecordState::applied);
  }
  EXPECT_EQ(seen_at_the_desk(test_now).devices.at(0).returned, 4);
}

TEST_F(Queue, WhatCannotBeReadComesBackUnderItsOwnId) {
  http::Call call;
  call.now = test_now;
  call.random = &system_random();
  call.actor.device = phone;
  api::Batch batch;
  batch.sent_at = test_now;
  auto value = json::to_value(passage(1, self, test_now - 1h));
  value.as_object()["colour"] = "green";
  batch.records = {{value}, {boost::json::value(4711)}};
  const auto answer = take(call, outpost, w.gate1, batch).value();
  EXPECT_EQ(answer.results[0].code, "json.unknown_field");
  EXPECT_TRUE(answer.results[0].id);
  EXPECT_EQ(answer.results[0].sequence, 1);
  EXPECT_FALSE(answer.results[1].id);
}

TEST_F(Queue, ACommandThatHadArrivedByTheNetworkIsNotMadeTwice) {
  const auto record = passage(1, self, test_now - 1min);
  const auto online = at(test_now - 1min, [&](http::Call& call) {
                        return gate::record_passages(call, ground, w.gate1, *record.passage);
                      }).value();
  const auto answer = send({record}, test_now);
  EXPECT_EQ(answer.results[0].state, RecordState::repeated);
  EXPECT_EQ(answer.results[0].passage_ids, std::vector{online.items.at(0).passage_id});
  const auto hours = flow(test_now);
  ASSERT_EQ(hours.size(), 1u);
  EXPECT_EQ(hours[0].out, 1);
}

TEST_F(Queue, WhoeverMovedAwayIsStillTakenIn) {
  const auto record = passage(1, self, test_now - 1h);
  ASSERT_TRUE(at(test_now - 30min, [&](http::Call& call) -> Result<void> {
    FL_TRY(auto person, people.find(*call.session, self));
    person.household_id = w.other_home.id;
    return people.put(*call.session, person, call.now, *call.random);
  }));
  const auto answer = send({record}, test_now);
  EXPECT_EQ(answer.results[0].state, RecordState::applied) << answer.results[0].code;
  EXPECT_EQ(answer.results[0].server.at(0).arguments.relation, gate::Relation::resident_elsewhere);
}

TEST_F(Queue, OverridesEmergenciesAndUndosFollowTheirPassage) {
  turn_red(self, test_now - 4h, test_now - 4h);
  const auto refused = passage(1, self, test_now - 3h);
  auto against = like(refused, 2, random);
  against.override = api::LateOverride{refused.id, {}, {}, gate::OverrideReason::medical_need, "dialysis"};
  const auto mistaken = passage(3, neighbour, test_now - 2h);
  auto back = like(mistaken, 4, random);
  back.at = mistaken.at + 5s;
  back.undo = api::LateUndo{mistaken.id, {}};
  auto late_undo = like(mistaken, 5, random);
  late_undo.at = mistaken.at + 11s;
  late_undo.undo = api::LateUndo{refused.id, {}};
  auto fire = like(mistaken, 6, random);
  fire.emergency = gate::api::EmergencyCommand{fire.id, fire.at, gate::Emergency::fire, Direction::out, 7};
  const auto answer = send({refused, against, mistaken, back, late_undo, fire}, test_now);
  EXPECT_EQ(answer.results[1].state, RecordState::applied) << answer.results[1].code;
  EXPECT_EQ(answer.results[3].state, RecordState::applied) << answer.results[3].code;
  EXPECT_EQ(answer.results[4].state, RecordState::returned);
  EXPECT_EQ(answer.results[5].state, RecordState::applied) << answer.results[5].code;
  const auto alarms = at(test_now, [](http::Call& call) { return gate::alarms(call, false); }).value();
  EXPECT_EQ(alarms.items.size(), 3u) << "held, overridden, emergency";
  ledger::FactFilter of_sender;
  of_sender.community = w.community.id;
  of_sender.actor = AccountId{77};
  of_sender.limit = 20;
  const auto facts = database->read([&](Session& s) { return ledger::facts(s, of_sender); }).value();
  EXPECT_GE(facts.size(), 3u) << "held, overridden, emergency";
  for (const auto& fact : facts) EXPECT_EQ(fact.role, "keeper") << fact.kind;
  std::int64_t out = 0;
  for (const auto& hour : flow(test_now)) out += hour.out;
  EXPECT_EQ(out, 7) << "the undone passage does not count";
}

TEST_F(Queue, AnOverrideCountsWhenItWasDoneNotWhenItWasRecorded) {
  const Instant yesterday = test_now - 24h;
  turn_red(self, yesterday - 1h, yesterday - 1h);
  const auto refused = passage(1, self, yesterday);
  auto against = like(refused, 2, random);
  against.at = yesterday + 1min;
  against.override = api::LateOverride{refused.id, {}, {}, gate::OverrideReason::medical_need, "dialysis"};
  const auto answer = send({refused, against}, test_now);
  ASSERT_EQ(answer.results[1].state, RecordState::applied) << answer.results[1].code;
  const auto overrides_on = [&](Instant now) {
    const auto live = at(now, [](http::Call& call) { return gate::gates_live(call); }).value();
    for (const auto& each : live.items)
      if (each.gate.gate_id == w.gate1.id) return each.today.overrides;
    return -1L;
  };
  EXPECT_EQ(overrides_on(yesterday + 2h), 1);
  EXPECT_EQ(overrides_on(test_now), 0);
}

TEST_F(Queue, WhatWasDecidedIsForgottenAndWhatBecameOfItStays) {
  const auto differing = passage(2, neighbour, test_now - 2h);
  const auto same = passage(1, self, test_now - 3h);
  turn_red(neighbour, test_now - 4h, test_now - 30min);  // Known here only after the phone decided.
  const auto before = send({same, differing}, test_now);
  const auto forget = [&](Instant when) {
    return at(when,
              [&](http::Call& call) {
                return forget_contents(*call.session, w.community.id, call.now - contents_kept);
              })
        .value();
  };
  EXPECT_EQ(forget(test_now + 30 * 24h), 0) << "not yet";
  const auto desk = seen_at_the_desk(test_now);
  const int differences = static_cast<int>(desk.differences.size());
  ASSERT_EQ(differences, 1);
  EXPECT_EQ(forget(test_now + 32 * 24h), 2 - differences) << "a difference waits for the desk";
  for (const auto& difference : desk.differences)
    ASSERT_TRUE(at(test_now, [&](http::Call& call) { return mark_seen(call, difference.record_id); }));
  EXPECT_EQ(forget(test_now + 32 * 24h), differences);
  EXPECT_EQ(forget(test_now + 32 * 24h), 0);
  const auto again = send({same, differing}, test_now + 1min);
  for (int i = 0; i < 2; ++i) {
    EXPECT_EQ(again.results[i].state, RecordState::repeated);
    EXPECT_EQ(again.results[i].passage_ids, before.results[i].passage_ids);
    EXPECT_TRUE(again.results[i].server.empty());
  }
  EXPECT_EQ(seen_at_the_desk(test_now).devices.at(0).records, 2);
}

TEST_F(Queue, AnotherPhonesQueueIsCarriedUnderItsOwnName) {
  const auto record = passage(1, self, test_now - 1h);
  const auto answer = send_as(other_phone, {record}, test_now, phone).value();
  EXPECT_EQ(answer.results[0].state, RecordState::applied);
  const auto row =
      database->read([&](Session& s) { return gate::passage_of(s, w.community.id, answer.results[0].passage_ids[0]); })
          .value();
  EXPECT_EQ(row.device_id, phone);
  EXPECT_EQ(send({record}, test_now).results[0].state, RecordState::repeated) << "the phone itself may come later";
  EXPECT_EQ(send_as(other_phone, {record}, test_now, DeviceId{4711}).error().reason, "device.unknown");
  EXPECT_EQ(send_as({}, {record}, test_now).error().reason, "offline.no_device");
}

TEST_F(Queue, TwoAnswersOfOneHostAreDecidedByTheOffice) {
  movement::api::VisitCommand command;
  command.household_id = w.home101.id;
  command.name = "王客人";
  command.from = test_now - 2h;
  command.until = test_now + 2h;
  const auto ask = [&](Uuid id) {
    command.id = id;
    return at(test_now - 2h, [&](http::Call& call) { return movement::ask_host(call, movement, w.gate1, command); })
        .value()
        .visit_id;
  };
  const VisitorId agreed = ask(make_uuid_v7(test_now, random)), quarrel = ask(make_uuid_v7(test_now, random));
  ASSERT_TRUE(at(test_now - 90min,
                 [&](http::Call& call) { return movement::answer_by_call(call, movement, w.gate1, quarrel, false); }));
  std::vector<api::Record> records;
  for (const VisitorId visit : {agreed, quarrel}) {
    auto record = like(passage(1, self, test_now - 1h), static_cast<std::int64_t>(records.size()) + 1, random);
    record.answer = api::LateAnswer{visit, true, movement::VisitState::asked};
    records.push_back(record);
  }
  const auto answer = send(records, test_now);
  EXPECT_EQ(answer.results[0].state, RecordState::applied) << answer.results[0].code;
  EXPECT_EQ(answer.results[1].state, RecordState::conflict);
  EXPECT_EQ(answer.results[1].code, "offline.conflict");
  const auto conflicts = seen_at_the_desk(test_now).conflicts;
  ASSERT_EQ(conflicts.size(), 1u);
  EXPECT_EQ(conflicts[0].device, "confirmed");
  EXPECT_EQ(conflicts[0].server, "declined");
  EXPECT_EQ(send(records, test_now).results[1].state, RecordState::conflict) << "sent again: no second conflict";
  EXPECT_EQ(seen_at_the_desk(test_now).conflicts.size(), 1u);
  const auto decide_for = [&](ConflictSide side) {
    return at(test_now, [&](http::Call& call) { return decide(call, outpost, conflicts[0].conflict_id, side); });
  };
  ASSERT_TRUE(decide_for(ConflictSide::device));
  EXPECT_EQ(decide_for(ConflictSide::device).error().reason, "offline.decided_already");
  const auto visit = at(test_now, [&](http::Call& call) {
                       return movement::find_visit(*call.session, movement, w.community.id, quarrel, call.now);
                     }).value();
  EXPECT_EQ(visit.state, movement::VisitState::confirmed);
}

TEST_F(Queue, ATripIsMergedFieldByField) {
  const Date today = civil_date(test_now);
  movement::api::FileTrip filed;
  filed.id = make_uuid_v7(test_now, random);
  filed.at = test_now - 3h;
  filed.person_ids = {self.person_id};
  filed.to_name = "西安市";
  filed.leaves_on = today + std::chrono::days(1);
  filed.back_on = today + std::chrono::days(3);
  ASSERT_TRUE(at(test_now - 3h, [&](http::Call& call) {
    return movement::file_trips(call, movement, w.community.id, filed, movement::TripSource::resident);
  }));
  // The phone had seen the trip with another day of return, changes that and the place.
  auto record = like(passage(1, self, test_now - 1h), 1, random);
  record.trip = filed;
  record.trip->id = record.id;
  record.trip->to_name = "银川市";
  record.trip->back_on = today + std::chrono::days(5);
  record.base_trip =
      api::BaseTrip{"西安市", {}, filed.purpose, filed.transport, filed.leaves_on, today + std::chrono::days(2)};
  const auto answer = send({record}, test_now);
  EXPECT_EQ(answer.results[0].state, RecordState::conflict) << answer.results[0].code;
  const auto trip = [&] {
    return at(test_now,
              [&](http::Call& call) { return movement::active_trip(*call.session, w.community.id, self.person_id); })
        .value()
        .value();
  };
  EXPECT_EQ(trip().to_name, "银川市") << "only the phone changed it";
  EXPECT_EQ(trip().back_on, today + std::chrono::days(3)) << "both changed it: a person decides";
  const auto conflicts = seen_at_the_desk(test_now).conflicts;
  ASSERT_EQ(conflicts.size(), 1u);
  EXPECT_EQ(conflicts[0].field, "back_on");
  ASSERT_TRUE(at(test_now, [&](http::Call& call) {
    return decide(call, outpost, conflicts[0].conflict_id, ConflictSide::device);
  }));
  EXPECT_EQ(trip().back_on, today + std::chrono::days(5));
}

TEST_F(Queue, ShiftsVisitsAndFreshTripsKeepTheirOwnTime) {
  auto begun = like(passage(1, self, test_now - 3h), 1, random);
  begun.shift_start = http::Empty{};
  auto visit = like(passage(1, self, test_now - 2h), 2, random);
  visit.visit = movement::api::VisitCommand{};
  visit.visit->id = visit.id;
  visit.visit->household_id = w.home101.id;
  visit.visit->name = "王客人";
  visit.visit->from = test_now - 2h;
  visit.visit->until = test_now - 1h;  // Over by now: it was good when it was written down.
  auto trip = like(passage(1, self, test_now - 2h), 3, random);
  trip.trip = movement::api::FileTrip{};
  trip.trip->id = trip.id;
  trip.trip->person_ids = {wife.person_id};
  trip.trip->to_name = "西安市";
  trip.trip->leaves_on = trip.trip->back_on = civil_date(test_now);
  auto handed = like(passage(1, self, test_now - 1h), 4, random);
  handed.handover = api::LateHandover{"key in the box"};
  const auto answer = send({begun, visit, trip, handed}, test_now);
  for (const auto& taken : answer.results) EXPECT_EQ(taken.state, RecordState::applied) << taken.code;
  EXPECT_TRUE(answer.results[1].visit_id);
  const auto shift = at(test_now, [&](http::Call& call) { return gate::current_shift(call, w.gate1); }).value();
  EXPECT_EQ(shift.handover_note, "key in the box");
}

}  // namespace
}  // namespace firstline::offline
