// A gate without its server, on every engine: what its phone holds, its queue taken in, tallies by the hour in which
// things happened, and what the desk sees of it.

#include <algorithm>
#include <thread>

#include "access/service.hpp"
#include "area/test_world.hpp"
#include "contract/engines.hpp"
#include "gate/presented.hpp"
#include "gate/standing.hpp"
#include "gate/verdict.hpp"
#include "health/service.hpp"
#include "json/json.hpp"
#include "movement/visits.hpp"
#include "offline/records.hpp"
#include "policy/embedded.hpp"

namespace firstline::tests {
namespace {

using namespace std::chrono_literals;
using area::test_now;
using store::Database;
using store::Session;

class Gate {
 public:
  explicit Gate(Database& database) : database_(database) {
    w = area::small_community(database);
    who = *database.write([&](Session& s) -> Result<person::PersonRef> {
      person::Person person;
      person.community_id = w.community.id;
      person.household_id = w.home101.id;
      person.name = "张三";
      FL_TRY(const auto ref, people.add(s, person, test_now, system_random()));
      FL_TRYV(health::record_code(s, ref.community_id, ref.person_id,
                                  {health::CodeColour::green, health::EvidenceGrade::connector, test_now - 5h, "t"}, {},
                                  "", test_now));
      FL_TRYV(health::record_nat(s, ref.community_id, ref.person_id,
                                 {test_now - 10h, test_now - 6h, health::NatState::negative, "lab"}, test_now));
      return ref;
    });
    phone = *database.write([&](Session& s) -> Result<DeviceId> {
      FL_TRY(const auto offer, access::offer_enrolment(s, door, {}, w.gate1.id, "phone", {1}, test_now));
      FL_TRY(const auto enrolled, access::enrol(s, door, {}, offer.code, test_now));
      return enrolled.device_id;
    });
  }
  template <class F>
  auto at(Instant now, F use_case) {
    auto result = database_.write([&](Session& session) {
      http::Call call;
      call.session = &session;
      call.now = now;
      call.random = &system_random();
      call.actor.account = AccountId{77};
      call.place = {w.community.id, w.community.path, {}};
      return use_case(call);
    });
    if (!result) throw std::runtime_error(result.error().reason + " " + result.error().detail);
    return std::move(*result);
  }
  offline::api::Record empty(std::int64_t sequence, Instant when) {
    offline::api::Record record;
    record.id = make_uuid_v7(when, random);
    record.sequence = sequence;
    record.at = when;
    record.skew_ms = 0;
    return record;
  }
  offline::api::Record passage(std::int64_t sequence, Instant when) {
    auto record = empty(sequence, when);
    gate::api::PassageCommand said;
    said.id = record.id;
    said.at = when;
    said.direction = gate::Direction::out;
    said.person_ids = std::vector{who.person_id};
    const auto policy = rules.at("620102020901", when).value()->gate;
    const auto seen = gate::presented({}, gate::moment_of(said), policy, when);
    auto verdict = gate::decide(seen, policy, when);
    record.passage = said;
    record.decided = std::vector{
        gate::Decided{who.person_id, seen, verdict.outcome, std::move(verdict.reasons), policy.version, {}}};
    return record;
  }
  offline::api::BatchAnswer send(const std::vector<offline::api::Record>& records) {
    http::Call call;
    call.now = test_now;
    call.random = &system_random();
    call.actor.account = AccountId{77};
    call.actor.device = phone;
    offline::api::Batch batch;
    batch.sent_at = test_now;
    for (const auto& record : records) batch.records.push_back({json::to_value(record)});
    auto answer = offline::take(call, outpost, w.gate1, batch);
    if (!answer) throw std::runtime_error(answer.error().reason + " " + answer.error().detail);
    return std::move(*answer);
  }

  person::FieldKey key{std::array<std::byte, 32>{}};
  person::Directory people{key};
  policy::RulesInForce rules{policy::embedded_library(), {"fl-base", "cn-9"}};
  gate::RecentPassages recent;
  movement::Ground movement{&people, &rules};
  gate::Ground ground{&people, &rules, &recent, &movement};
  area::SmallCommunity w;
  person::PersonRef who;
  DeviceId phone;
  SeededRandom random{3};

 private:
  Database& database_;

 public:
  offline::Packs packs{&database_, ground};
  offline::Outpost outpost{&database_, &ground, &packs};
  access::Authenticator authenticator{database_, key};
  access::Door door{&database_, &key, &authenticator, {{}, "https://x", true}};
};

TEST_P(Engines, AQueueIsTakenInOnceAndCountsInItsOwnHour) {
  Gate g(*database);
  const auto first = g.passage(1, test_now - 3h), third = g.passage(3, test_now - 2h);
  const auto answer = g.send({third, first});
  ASSERT_EQ(answer.results.size(), 2u);
  for (const auto& taken : answer.results) EXPECT_EQ(taken.state, offline::RecordState::applied) << taken.code;
  ASSERT_EQ(answer.missing.size(), 1u);
  EXPECT_EQ(answer.missing[0].from, 2);
  EXPECT_EQ(g.send({first}).results[0].state, offline::RecordState::repeated);
  const auto flow = g.at(test_now, [](http::Call& call) { return gate::flow_of(call, civil_date(call.now)); }).items;
  ASSERT_EQ(flow.size(), 2u);
  EXPECT_EQ(flow[0].hour, 12);
  EXPECT_EQ(flow[1].hour, 13);
  const auto live = g.at(test_now, gate::gates_live).items;
  EXPECT_EQ(live.at(0).today.pass + live.at(0).today.refuse + live.at(0).today.pass_with_reminder +
                live.at(0).today.register_first + live.at(0).today.hold,
            2);
  (void)g.at(test_now, gate::board);
  const auto desk = g.at(test_now, offline::overview);
  ASSERT_EQ(desk.devices.size(), 1u);
  EXPECT_EQ(desk.devices[0].records, 2);
  EXPECT_EQ(desk.devices[0].highest, 3);
  if (!desk.differences.empty()) {
    const auto record = desk.differences[0].record_id;
    g.at(test_now, [&](http::Call& call) -> Result<int> {
      FL_TRYV(offline::mark_seen(call, record));
      return 0;
    });
    EXPECT_EQ(g.at(test_now, offline::overview).differences.size(), desk.differences.size() - 1);
  }
  expect_whole();
}

TEST_P(Engines, ContradictionsWaitForAPersonAndAreDecidedOnce) {
  Gate g(*database);
  movement::api::VisitCommand command;
  command.household_id = g.w.home101.id;
  command.name = "钱七";
  command.from = test_now - 2h;
  command.until = test_now + 2h;
  const auto visit =
      g.at(test_now - 2h, [&](http::Call& call) { return movement::ask_host(call, g.movement, g.w.gate1, command); });
  g.at(test_now - 90min,
       [&](http::Call& call) { return movement::answer_by_call(call, g.movement, g.w.gate1, visit.visit_id, false); });
  auto record = g.empty(1, test_now - 1h);
  record.answer = offline::api::LateAnswer{visit.visit_id, true, movement::VisitState::asked};
  const auto answer = g.send({record});
  ASSERT_EQ(answer.results[0].conflict_ids.size(), 1u) << answer.results[0].code;
  EXPECT_EQ(g.at(test_now, offline::overview).conflicts.size(), 1u);
  g.at(test_now, [&](http::Call& call) -> Result<int> {
    FL_TRYV(offline::decide(call, g.outpost, answer.results[0].conflict_ids[0], offline::ConflictSide::device));
    return 0;
  });
  EXPECT_TRUE(g.at(test_now, offline::overview).conflicts.empty());
  expect_whole();
}

TEST_P(Engines, APackHoldsWhatAGateNeedsAndItsChanges) {
  Gate g(*database);
  const auto pack = [&](Instant now, std::optional<offline::PackVersion> since) {
    const auto made = g.at(now, [&](http::Call& call) { return g.packs.pack(call, g.w.gate1, since); });
    EXPECT_FALSE(made.signature.empty());
    return json::read<offline::api::Pack>(made.pack.text).value();
  };
  const auto first = pack(test_now, {});
  ASSERT_EQ(first.homes.size(), 1u);
  EXPECT_EQ(first.homes[0].people[0].stands.code->colour, health::CodeColour::green);
  EXPECT_TRUE(first.homes[0].people[0].stands.nat.last_negative);
  g.at(test_now + 1s, [&](http::Call& call) -> Result<int> {
    FL_TRYV(health::record_code(*call.session, g.who.community_id, g.who.person_id,
                                {health::CodeColour::red, health::EvidenceGrade::connector, call.now, "t"}, {}, "",
                                call.now));
    return 0;
  });
  g.packs.follow(test_now + 5s);
  const auto second = pack(test_now + 5s, first.version);
  ASSERT_EQ(second.homes.size(), 1u);
  EXPECT_EQ(second.homes[0].people[0].stands.code->colour, health::CodeColour::red);
  // Announced by a transaction of its own, which another connection may run.
  std::int64_t announced = 0;
  for (int i = 0; i < 100 && announced == 0; ++i) {
    const auto events = g.at(test_now + 5s, [&](http::Call& call) {
      return gate::live_events(*call.session, g.people, g.w.community.id, g.w.gate1.id, 0, 100);
    });
    announced = std::count_if(events.begin(), events.end(), [](const auto& event) { return event.kind == "pack"; });
    std::this_thread::sleep_for(10ms);
  }
  EXPECT_EQ(announced, 1);
  expect_whole();
}

}  // namespace
}  // namespace firstline::tests
