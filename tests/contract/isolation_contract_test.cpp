// An isolation order gives the same answers on every engine: the gate and its pack know it from the decision on, the
// clock reads the results, and the end leaves nothing behind. Records merged take their orders along.

#include "app/reactions.hpp"
#include "contract/engines.hpp"
#include "gate/standing.hpp"
#include "health/service.hpp"
#include "isolation/test_desk.hpp"

namespace firstline::tests {
namespace {

using namespace std::chrono_literals;
using isolation::IsolationKind;

TEST_P(Engines, AnIsolationOrderIsDecidedSeenAtTheGateAndEnded) {
  isolation::TestDesk m(*database);
  const auto at_gate = [&] {
    return *database->read([&](Session& s) -> Result<gate::Stands> {
      FL_TRY(const auto resident, m.people.resident(s, m.who));
      return gate::stands_of(s, m.w.gate1, resident, m.now, false);
    });
  };
  const auto in_pack = [&] {
    const auto pack = *database->read([&](Session& s) {
      person::MaskedBefore before;
      return gate::stands_below(s, m.people, m.w.gate1, m.now, before);
    });
    return pack.at(0).stands.isolation;
  };
  ASSERT_EQ(m.propose(m.contact()), "");
  EXPECT_EQ(at_gate().isolation, gate::Isolation{});
  ASSERT_EQ(m.decide(m.officer), "");
  const gate::Isolation central{IsolationKind::central, m.now + 6 * 24h};
  EXPECT_EQ(at_gate().isolation, central);
  EXPECT_EQ(in_pack(), central) << "a phone's pack knows it too";
  ASSERT_EQ(m.decide(m.officer), "isolation.act_decided");

  m.now += 9 * 24h;
  const gate::Isolation past{IsolationKind::home_monitoring, m.now};
  EXPECT_EQ(at_gate().isolation, past);
  EXPECT_EQ(m.view().clock->lacks, std::vector{isolation::EndLack::sample});
  ASSERT_EQ(m.as(m.officer,
                 [&](http::Call& call) {
                   return health::record_nat(*call.session, m.who.community_id, m.who.person_id,
                                             {m.now - 20h, m.now - 12h, health::NatState::negative, "laboratory"},
                                             m.now);
                 }),
            "");
  EXPECT_TRUE(m.view().row.may_end);

  ASSERT_EQ(m.report(385, {isolation::Symptom::cough}), "");
  ASSERT_EQ(m.alerts().items.size(), 1u);
  EXPECT_EQ(m.alerts().items[0].symptoms.size(), 1u);
  const auto missed = [&] {
    return *database->write([&](Session& s) { return isolation::raise_missed(s, m.desk, m.w.community.id, m.now); });
  };
  m.now += 18h;  // 09:00: the evening's report is missed.
  EXPECT_EQ(missed(), 1);
  EXPECT_EQ(missed(), 0);
  const auto raised = *database->read([&](Session& s) { return isolation::alerts_after(s, m.w.community.id, 0, 100); });
  EXPECT_EQ(raised.size(), 2u);
  ASSERT_EQ(m.with_order(m.secretary,
                         [&](http::Call& call, const isolation::IsolationOrder& order) {
                           return isolation::record_transfer(
                               call, m.desk, order,
                               {{}, isolation::TransferStep::arranged, "1-1-101", "site 3", "van", "dispatcher"});
                         }),
            "");
  EXPECT_EQ(m.view().transfers.size(), 1u);
  ASSERT_EQ(m.as(m.secretary,
                 [&](http::Call& call) {
                   return isolation::object(call, m.desk, m.proposed.order_id, {{}, "not me"});
                 }),
            "");
  EXPECT_TRUE(m.list().items.at(0).objected);
  ASSERT_EQ(
      m.with_order(m.officer,
                   [&](http::Call& call, const isolation::IsolationOrder& order) -> Result<void> {
                     FL_TRY(const auto all, isolation::load_objections(*call.session, order.community_id, order.id));
                     return isolation::answer_objection(call, m.desk, order, all.at(0).id, {{}, "body", "it stands"});
                   }),
      "");
  EXPECT_FALSE(m.list().items.at(0).objected);
  ASSERT_EQ(m.end(), "");
  ASSERT_EQ(m.decide(m.commander), "");
  EXPECT_EQ(at_gate().isolation, gate::Isolation{});
  EXPECT_EQ(in_pack(), gate::Isolation{});
  EXPECT_EQ(m.list().items.size(), 1u);
  EXPECT_EQ(m.mine().items.size(), 1u);
  expect_whole();
}

TEST_P(Engines, AnOrderGoesWithARecordThatIsMergedAndComesBack) {
  isolation::TestDesk m(*database);
  ASSERT_EQ(m.propose(m.contact()), "");
  ASSERT_EQ(m.decide(m.officer), "");
  const auto kept = *database->write([&](Session& s) {
    person::Person person;
    person.community_id = m.w.community.id;
    person.household_id = m.w.home102.id;
    person.name = "张三";
    return m.people.add(s, person, m.now, system_random());
  });
  const auto reactions = app::reactions_to_people();
  const person::Merged merged{m.w.community.id, {1}, kept.person_id, m.who.person_id, m.w.home102.id};
  const auto held = [&](PersonId who) {
    return database->read([&](Session& s) { return isolation::holding(s, m.w.community.id, who, m.now); })->kind;
  };
  ASSERT_TRUE(database->write([&](Session& s) { return reactions.merged(s, merged); }));
  EXPECT_EQ(held(kept.person_id), IsolationKind::central);
  EXPECT_EQ(held(m.who.person_id), IsolationKind::none);
  ASSERT_TRUE(database->write([&](Session& s) { return reactions.separated(s, merged); }));
  EXPECT_EQ(held(kept.person_id), IsolationKind::none);
  EXPECT_EQ(held(m.who.person_id), IsolationKind::central);
}

}  // namespace
}  // namespace firstline::tests
