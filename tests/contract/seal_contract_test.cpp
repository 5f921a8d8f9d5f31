// A seal order gives the same answers on every engine: its acts happen once, what holds at a moment is one range of an
// index, and a gate sees it.

#include "access/service.hpp"
#include "app/reactions.hpp"
#include "area/test_world.hpp"
#include "casebook/service.hpp"
#include "contract/engines.hpp"
#include "gate/presented.hpp"
#include "gate/standing.hpp"
#include "health/service.hpp"
#include "policy/embedded.hpp"
#include "seal/acts.hpp"
#include "seal/card.hpp"
#include "seal/notes.hpp"
#include "seal/views.hpp"

namespace firstline::tests {
namespace {

using namespace std::chrono_literals;
using area::test_now;
using seal::Level;

class Sealing {
 public:
  explicit Sealing(Database& database) : database_(database) {
    w = area::small_community(database);
    who = *database.write([&](Session& s) {
      person::Person person;
      person.community_id = w.community.id;
      person.household_id = w.home101.id;
      person.name = "张三";
      return people.add(s, person, test_now, system_random());
    });
  }
  AccountId account(const std::string& login) {
    return *database_.write([&](Session& s) {
      return access::add_account(s, key, {login, login, "a long password", "", {}, {}, false}, "no hash", {}, test_now,
                                 system_random());
    });
  }
  template <class F>
  auto at(Instant now, AccountId account, F use_case) {
    auto result = database_.write([&](Session& session) {
      http::Call call;
      call.session = &session;
      call.now = now;
      call.random = &system_random();
      call.actor.account = account;
      call.actor.grants = {{http::Role::secretary, w.community.id, "620102"},
                           {http::Role::commander, w.community.id, "620102"}};
      call.actor.person = who.person_id;
      call.actor.person_community = who.community_id;
      call.place = {w.community.id, w.community.path, {}};
      return use_case(call);
    });
    if (!result) throw std::runtime_error(result.error().reason + " " + result.error().detail);
    return std::move(*result);
  }
  gate::Stands stands(Instant now) {
    return *database_.read([&](Session& s) -> Result<gate::Stands> {
      FL_TRY(const auto resident, people.resident(s, who));
      return gate::stands_of(s, w.gate1, resident, now, false);
    });
  }

  person::FieldKey key{std::array<std::byte, 32>{}};
  person::Directory people{key};
  policy::RulesInForce rules{policy::embedded_library(), {"fl-base", "cn-9"}};
  seal::Desk desk{&people, &rules};
  area::SmallCommunity w;
  person::PersonRef who;

 private:
  Database& database_;
};

TEST_P(Engines, ASealIsProposedDecidedAnnouncedAndSeenAtTheGate) {
  Sealing m(*database);
  const AccountId first = m.account("first"), second = m.account("second");
  seal::api::ProposeSeal asked;
  asked.places = {{m.w.building1.id, Level::sealed}};
  asked.justification = asked.smaller_scope = "one stair";
  asked.review_at = test_now + 5 * 24h;
  asked.clock_anchor = policy::ClockAnchor::designated_at;
  const auto made = m.at(test_now, first, [&](http::Call& call) { return seal::propose(call, m.desk, asked); });
  const auto acting = [&](Instant now, AccountId who, seal::ActId id, auto act) {
    m.at(now, who, [&](http::Call& call) -> Result<int> {
      FL_TRY(const auto order, seal::order_met(*call.session, m.w.community.id, made.order_id));
      FL_TRYV(act(call, order, id));
      return 0;
    });
  };
  const auto decide = [](http::Call& call, const seal::SealOrder& order, seal::ActId id) {
    return seal::decide(call, order, id, {{}, true, "区指挥部", "12", ""});
  };
  const auto announce = [&m](http::Call& call, const seal::SealOrder& order, seal::ActId id) {
    return seal::announce(call, m.desk, order, id);
  };
  acting(test_now, second, made.act_id, decide);
  EXPECT_THROW(acting(test_now, second, made.act_id, decide), std::runtime_error);
  EXPECT_EQ(m.stands(test_now).home, Level::none);
  acting(test_now + 1h, second, made.act_id, announce);
  EXPECT_THROW(acting(test_now + 1h, second, made.act_id, announce), std::runtime_error);
  EXPECT_EQ(m.stands(test_now + 1h).home, Level::sealed);
  EXPECT_EQ(m.stands(test_now + 1h).compound, Level::none) << "the building is the home's, not the gate's";
  const auto pack = *database->read([&](Session& s) {
    person::MaskedBefore before;
    return gate::stands_below(s, m.people, m.w.gate1, test_now + 1h, before);
  });
  ASSERT_EQ(pack.size(), 1u);
  EXPECT_EQ(pack[0].stands.home, Level::sealed) << "a phone's pack knows it too";
  m.at(test_now + 2h, first, [&](http::Call& call) -> Result<int> {
    FL_TRY(const auto order, seal::order_met(*call.session, m.w.community.id, made.order_id));
    seal::api::RecordHappening happening;
    happening.kind = seal::HappeningKind::disinfection_done;
    happening.at = test_now + 2h;
    FL_TRYV(seal::record_happening(call, order, happening));
    FL_TRYV(seal::record_check(call, order, {{}, m.w.building1.id, seal::ExitKind::unit_door, true, "", "/9j/4AAQ"}));
    FL_TRYV(health::record_nat(*call.session, m.who.community_id, m.who.person_id,
                               {test_now + 7 * 24h - 5h, test_now + 7 * 24h, health::NatState::negative, "laboratory"},
                               test_now + 7 * 24h));
    return 0;
  });
  const Instant opens = test_now + 1h + 7 * 24h;
  const auto view = m.at(opens, first, [&](http::Call& call) { return seal::order_view(call, m.desk, made.order_id); });
  ASSERT_EQ(view.places.size(), 1u);
  EXPECT_TRUE(view.places[0].projection->releasable);
  EXPECT_EQ(view.places[0].projection->earliest, opens);
  EXPECT_EQ(view.checks.size(), 1u);
  EXPECT_EQ(view.happenings.size(), 1u);
  EXPECT_EQ(m.at(opens, first, [&](http::Call& call) { return seal::list_orders(call, m.desk); }).items.size(), 1u);
  const auto shown = m.at(opens, first, [&](http::Call& call) { return seal::card(call, m.desk, view.code); });
  EXPECT_EQ(shown.places.size(), 1u);
  EXPECT_EQ(m.at(opens, first, [&](http::Call& call) { return seal::my_seal(call, m.desk); }).level, Level::sealed);
  m.at(opens, first, [&](http::Call& call) -> Result<int> {
    FL_TRYV(seal::object(call, m.desk, {{}, view.code, "too long"}));
    FL_TRY(const auto listed, seal::objections(call, m.desk));
    FL_TRYV(seal::answer_objection(call, listed.items.at(0).objection_id, {{}, "区指挥部", "it is lifted today"}));
    return 0;
  });
  const auto lift = m.at(opens, first, [&](http::Call& call) -> Result<seal::api::SealProposed> {
    FL_TRY(const auto order, seal::order_met(*call.session, m.w.community.id, made.order_id));
    return seal::propose_release(call, order, {{}, "all conditions are met", {}});
  });
  acting(opens, second, lift.act_id, decide);
  acting(opens + 1h, second, lift.act_id, announce);
  EXPECT_EQ(m.stands(opens + 1h).home, Level::none) << "undone on release";
  const auto then = [&](Instant at) {
    return m.at(opens + 2h, first, [&](http::Call& call) { return seal::state_then(call, m.w.home101.id, at); });
  };
  EXPECT_EQ(then(test_now + 1h).level, Level::sealed);
  EXPECT_EQ(then(test_now + 1h).orders.size(), 1u);
  EXPECT_EQ(then(test_now).level, Level::none);
  EXPECT_EQ(then(opens + 1h).level, Level::none);
  const auto events = *database->read([&](Session& s) {
    return seal::card_events(s, {{}, {{"card", view.code}}, {}}, 0, 100);
  });
  EXPECT_GE(events.size(), 4u);
  expect_whole();
}

// Of a case that was there before the seal, and of all that becomes of it later, nobody has to write anything down
// twice.
TEST_P(Engines, ASealKnowsTheCasesInsideFromTheCasebook) {
  Sealing m(*database);
  const AccountId first = m.account("first"), second = m.account("second");
  const casebook::Reactions to_cases = app::reactions_to_cases();
  const casebook::Parts cases{&m.people, &m.rules, &to_cases};
  const seal::Reactions to_seals = app::reactions_to_seals();
  m.desk.reactions = &to_seals;
  const auto opened = m.at(test_now - 2h, first, [&](http::Call& call) {
    return casebook::open(
        call, cases, {{}, m.who.person_id, casebook::Status::suspected, {}, call.now - 1h, call.now, {}, "report"});
  });
  const auto confirm = [&](Instant now, casebook::Status status) {
    m.at(now, first, [&](http::Call& call) {
      return casebook::change_status(call, cases, opened.case_id, {{}, status, {}, "laboratory"});
    });
  };
  seal::api::ProposeSeal asked;
  asked.places = {{m.w.building1.id, Level::sealed}};
  asked.justification = asked.smaller_scope = "one stair";
  asked.review_at = test_now + 5 * 24h;
  const auto made = m.at(test_now, first, [&](http::Call& call) { return seal::propose(call, m.desk, asked); });
  m.at(test_now, second, [&](http::Call& call) -> Result<int> {
    FL_TRY(const auto order, seal::order_met(*call.session, m.w.community.id, made.order_id));
    FL_TRYV(seal::decide(call, order, made.act_id, {{}, true, "区指挥部", "12", ""}));
    FL_TRYV(seal::announce(call, m.desk, order, made.act_id));
    return 0;
  });
  const auto standing = [&] {
    std::string noted;
    const auto all =
        *database->read([&](Session& s) { return seal::load_happenings(s, m.w.community.id, made.order_id); });
    for (const auto& each : all)
      if (!each.struck_at) noted += each.ref + " " + std::string(store::enum_name(each.kind)) + ";";
    return noted;
  };
  EXPECT_EQ(standing(), "") << "suspected is none yet";
  confirm(test_now + 1h, casebook::Status::confirmed);
  EXPECT_EQ(standing(), "case-1 case_found;");
  m.at(test_now + 2h, first, [&](http::Call& call) {
    return casebook::correct(call, cases, opened.case_id,
                             {{}, casebook::api::Moment::transferred, call.now, "ambulance"});
  });
  EXPECT_EQ(standing(), "case-1 case_found;case-1 case_removed;");
  // Another order, over a case that is known already: noted the moment it comes into force.
  seal::api::ProposeSeal home = asked;
  home.places = {{m.w.home101.id, Level::sealed}};
  const auto later = m.at(test_now + 3h, first, [&](http::Call& call) { return seal::propose(call, m.desk, home); });
  m.at(test_now + 3h, second, [&](http::Call& call) -> Result<int> {
    FL_TRY(const auto order, seal::order_met(*call.session, m.w.community.id, later.order_id));
    FL_TRYV(seal::decide(call, order, later.act_id, {{}, true, "区指挥部", "13", ""}));
    FL_TRYV(seal::announce(call, m.desk, order, later.act_id));
    FL_TRY(const auto known, seal::load_happenings(*call.session, m.w.community.id, later.order_id));
    EXPECT_EQ(known.size(), 2u);
    return 0;
  });
}

}  // namespace
}  // namespace firstline::tests
