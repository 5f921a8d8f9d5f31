// The life of an order on a small community: nobody closes or opens a place alone, what holds is computed for any
// moment, and the card says what is missing.

#include <gtest/gtest.h>

#include "access/service.hpp"
#include "area/test_world.hpp"
#include "health/service.hpp"
#include "ledger/query.hpp"
#include "policy/embedded.hpp"
#include "seal/acts.hpp"
#include "seal/card.hpp"
#include "seal/notes.hpp"
#include "seal/scopes.hpp"
#include "seal/sms.hpp"
#include "seal/views.hpp"

namespace firstline::seal {
namespace {

using namespace std::chrono_literals;
using area::test_now;
using http::Role;
using store::Session;

class SealOrders : public ::testing::Test {
 protected:
  AccountId make(const std::string& login) {
    return database
        ->write([&](Session& s) {
          return access::add_account(s, key, {login, login, "a long password", "", {}, {}, false}, "no hash", {},
                                     test_now, system_random());
        })
        .value();
  }
  struct Who {
    AccountId account;
    Role role;
    std::string path;
    PersonId person{};
  };
  template <class F>
  auto by(const Who& who, Instant now, F act) {
    return database->write([&](Session& s) {
      http::Call call;
      call.session = &s;
      call.now = now;
      call.random = &system_random();
      call.actor.account = who.account;
      call.actor.person = who.person;
      call.actor.person_community = who.person ? w.community.id : AreaId{};
      if (!who.path.empty()) call.actor.grants = {{who.role, w.community.id, who.path}};
      call.place = {w.community.id, w.community.path, {}};
      return act(call);
    });
  }
  template <class T>
  static std::string reason(const Result<T>& outcome) {
    return outcome ? "done" : outcome.error().reason;
  }
  api::ProposeSeal sealing(AreaId place, Level level = Level::sealed) {
    api::ProposeSeal command;
    command.places = {{place, level}};
    command.ground_ref = "2022-017";
    command.justification = "the unit shares one lift and one stair";
    command.smaller_scope = "the floor alone: the lift is shared";
    command.review_at = test_now + 7 * 24h;
    return command;
  }
  api::SealProposed proposed(AreaId place, Instant now = test_now) {
    return by(secretary, now, [&](http::Call& call) { return propose(call, desk, sealing(place)); }).value();
  }
  Result<void> decided(const api::SealProposed& made, const Who& who, bool approve = true, Instant now = test_now) {
    return by(who, now, [&](http::Call& call) -> Result<void> {
      FL_TRY(const auto order, order_met(*call.session, w.community.id, made.order_id));
      return decide(call, order, made.act_id, {{}, approve, "区指挥部", "第12号通告", approve ? "" : "too wide"});
    });
  }
  Result<void> announced(const api::SealProposed& made, Instant now = test_now) {
    return by(commander, now, [&](http::Call& call) -> Result<void> {
      FL_TRY(const auto order, order_met(*call.session, w.community.id, made.order_id));
      return announce(call, desk, order, made.act_id);
    });
  }
  api::SealProposed in_force(AreaId place) {
    const auto made = proposed(place);
    EXPECT_TRUE(decided(made, commander));
    EXPECT_TRUE(announced(made));
    return made;
  }
  Result<api::SealProposed> amended(OrderId id, std::vector<PlaceChange> places, Instant now) {
    return by(secretary, now, [&](http::Call& call) -> Result<api::SealProposed> {
      FL_TRY(const auto order, order_met(*call.session, w.community.id, id));
      return propose_amendment(call, order, {{}, places, "one area, one plan", {}, {}, {}});
    });
  }
  Result<api::HappeningRecorded> happened(OrderId id, api::RecordHappening what, Instant now) {
    return by(officer, now, [&](http::Call& call) -> Result<api::HappeningRecorded> {
      FL_TRY(const auto order, order_met(*call.session, w.community.id, id));
      return record_happening(call, order, what);
    });
  }
  Level level(const area::Area& place, Instant at) {
    return by(secretary, at, [&](http::Call& call) { return state_then(call, place.id, at); }).value().level;
  }
  api::SealOrderView view(OrderId id, Instant now, const Who& who) {
    return by(who, now, [&](http::Call& call) { return order_view(call, desk, id); }).value();
  }
  person::PersonRef living_in(const area::Area& home, const std::string& name) {
    return database
        ->write([&](Session& s) {
          person::Person person;
          person.community_id = w.community.id;
          person.household_id = home.id;
          person.name = name;
          return people.add(s, person, test_now, system_random());
        })
        .value();
  }
  void negative(const person::PersonRef& who, Instant sampled) {
    ASSERT_TRUE(database->write([&](Session& s) {
      return health::record_nat(s, who.community_id, who.person_id,
                                {sampled, sampled + 6h, health::NatState::negative, "laboratory"}, sampled + 6h);
    }));
  }

  area::TemporaryDatabase database;
  area::SmallCommunity w = area::small_community(*database);
  person::FieldKey key{std::array<std::byte, 32>{}};
  person::Directory people{key};
  policy::RulesInForce rules{policy::embedded_library(), {"fl-base", "cn-8", "gs-2022-03", "lz-gate-2022"}};
  Desk desk{&people, &rules};
  const Who secretary{make("secretary"), Role::secretary, w.community.path};
  const Who officer{make("officer"), Role::health_officer, w.community.path};
  const Who commander{make("commander"), Role::commander, "620102"};
  const Who second{make("second"), Role::health_officer, "620102"};
};

TEST_F(SealOrders, hold_only_when_proposed_decided_by_another_with_the_power_and_announced) {
  const auto made = proposed(w.building1.id);
  EXPECT_EQ(level(w.home101, test_now), Level::none) << "proposed is not decided";
  EXPECT_EQ(reason(announced(made)), "seal.not_decided");
  EXPECT_EQ(reason(decided(made, secretary)), "seal.no_power");
  EXPECT_EQ(reason(decided(made, officer)), "seal.no_power") << "a health officer of the community is not the county";
  ASSERT_TRUE(decided(made, commander));
  EXPECT_EQ(reason(decided(made, second)), "seal.act_decided");
  EXPECT_EQ(level(w.home101, test_now), Level::none) << "decided is not announced";
  EXPECT_EQ(view(made.order_id, test_now, secretary).state, api::OrderState::decided);
  ASSERT_TRUE(announced(made, test_now + 1h));
  EXPECT_EQ(reason(announced(made, test_now + 1h)), "seal.not_decided");
  EXPECT_EQ(level(w.home101, test_now + 1h), Level::sealed);
  EXPECT_EQ(level(w.home101, test_now + 1h - 1ms), Level::none);
  EXPECT_EQ(level(w.other_home, test_now + 2h), Level::none);
  EXPECT_EQ(view(made.order_id, test_now + 2h, secretary).state, api::OrderState::in_force);
}

TEST_F(SealOrders, are_not_decided_by_whoever_proposed_them) {
  const Who both{second.account, Role::health_officer, "620102"};
  const auto made =
      by(both, test_now, [&](http::Call& call) { return propose(call, desk, sealing(w.building1.id)); }).value();
  EXPECT_EQ(reason(decided(made, both)), "seal.by_the_same");
  EXPECT_FALSE(view(made.order_id, test_now, both).acts[0].may_decide);
  EXPECT_TRUE(view(made.order_id, test_now, commander).acts[0].may_decide);
  EXPECT_TRUE(decided(made, commander, false));
  EXPECT_EQ(view(made.order_id, test_now, both).state, api::OrderState::refused);
  EXPECT_EQ(reason(announced(made)), "seal.not_decided") << "what was refused is never announced";
}

TEST_F(SealOrders, say_what_is_missing_until_all_are_negative_and_then_count_the_hours) {
  const auto one = living_in(w.home101, "张三"), two = living_in(w.home102, "李四");
  const OrderId order = in_force(w.building1.id).order_id;
  api::RecordHappening found;
  found.ref = "2022-017";
  found.at = test_now;
  ASSERT_TRUE(happened(order, found, test_now));
  EXPECT_EQ(reason(happened(order, found, test_now)), "seal.bad_ref") << "the same case twice";
  auto early = view(order, test_now + 1h, secretary).places.at(0);
  EXPECT_EQ(early.projection->sureness, Sureness::at_least) << "the case is still inside";
  EXPECT_EQ(early.people, 2);
  EXPECT_EQ(early.households, 2);
  found.kind = HappeningKind::case_removed;
  found.at = test_now + 2h;
  ASSERT_TRUE(happened(order, found, test_now + 2h));
  api::RecordHappening complete;
  complete.kind = HappeningKind::contacts_complete;
  complete.at = test_now + 3h;
  ASSERT_TRUE(happened(order, complete, test_now + 3h));
  const Instant opens = test_now + 2h + 14 * 24h;
  auto later = view(order, test_now + 4h, secretary).places.at(0);
  EXPECT_EQ(later.projection->earliest, opens);
  EXPECT_EQ(later.projection->sureness, Sureness::if_negative);
  ASSERT_EQ(later.missing.size(), 2u);
  EXPECT_EQ(later.missing[0].name_masked, "张**");
  EXPECT_TRUE(view(order, test_now + 4h, commander).places.at(0).missing.empty()) << "no names for the command";
  negative(one, opens - 30h);
  EXPECT_EQ(view(order, opens - 1h, secretary).places.at(0).missing.size(), 1u);
  negative(two, opens - 20h);
  const auto ready = view(order, opens + 5h, secretary);
  EXPECT_TRUE(ready.places.at(0).projection->releasable);
  ASSERT_EQ(ready.waiting.size(), 2u) << "conditions met, and the review is long past";
  EXPECT_EQ(ready.waiting[0].kind, api::WaitKind::conditions_met);
  EXPECT_EQ(ready.waiting[0].hours, 5);
  EXPECT_EQ(ready.waiting[0].level, api::WaitLevel::community);
  EXPECT_EQ(ready.waiting[1].level, api::WaitLevel::district);
  EXPECT_EQ(view(order, opens + 25h, secretary).waiting[0].level, api::WaitLevel::subdistrict);
  // The review, long past, has gone up all the way; before it was due nothing had.
  const auto raised = [&](Instant now) {
    return by(commander, now, [&](http::Call& call) -> Result<api::SealsRaised> {
      FL_TRY(const auto district, area::find_on_path(*call.session, "620102"));
      return raised_to(call, desk, district.id);
    });
  };
  EXPECT_EQ(raised(test_now + 8 * 24h)->items.size(), 0u);
  ASSERT_EQ(raised(test_now + 9 * 24h)->items.size(), 1u);
  EXPECT_EQ(raised(test_now + 9 * 24h)->items[0].community_name, "示范社区");
}

TEST_F(SealOrders, learn_of_cases_from_whoever_keeps_them_once_each_and_as_they_are_corrected) {
  const auto one = living_in(w.home101, "张三"), far = living_in(w.other_home, "王五");
  const OrderId order = in_force(w.building1.id).order_id;
  const auto keep = [&](const CaseNow& known) {
    ASSERT_TRUE(database->write([&](Session& s) {
      return keep_case(s, known, {officer.account, {}, test_now + 4h, test_now + 4h});
    }));
  };
  const auto shown = [&] { return view(order, test_now + 5h, secretary); };
  const auto standing = [&] {
    const auto happenings =
        database->read([&](Session& s) { return load_happenings(s, w.community.id, order); }).value();
    return std::count_if(happenings.begin(), happenings.end(), [](const Happening& each) { return !each.struck_at; });
  };
  CaseNow known{one, "case-1", test_now + 1h, {}};
  keep(known);
  EXPECT_EQ(shown().places.at(0).projection->sureness, Sureness::at_least) << "the case is still inside";
  keep(known);
  EXPECT_EQ(standing(), 1) << "said twice it is one";
  known.removed_at = test_now + 2h;
  keep(known);
  EXPECT_EQ(shown().places.at(0).projection->earliest, test_now + 2h + 14 * 24h);
  known.removed_at = test_now + 3h;
  keep(known);
  EXPECT_EQ(standing(), 2) << "the moment was corrected";
  EXPECT_EQ(shown().places.at(0).projection->earliest, test_now + 3h + 14 * 24h);
  keep({far, "case-2", test_now + 1h, {}});
  EXPECT_EQ(standing(), 2) << "not of this order's places";
  ASSERT_TRUE(database->write([&](Session& s) -> Result<void> {
    FL_TRY(auto person, people.find(s, one));
    person.household_id = {};
    return people.put(s, person, test_now, system_random());
  }));
  known.removed_at = test_now + 4h;
  keep(known);
  EXPECT_EQ(shown().places.at(0).projection->earliest, test_now + 4h + 14 * 24h)
      << "also of whoever has moved out since";
  known.counts = false;
  keep(known);
  EXPECT_EQ(standing(), 0) << "it was no case";
}

TEST_F(SealOrders, tell_others_when_they_come_into_force) {
  int told = 0;
  Reactions reactions;
  reactions.announced = [&](Session&, AreaId community, const By& by) -> Result<void> {
    told += community == w.community.id && by.account == commander.account;
    return {};
  };
  desk.reactions = &reactions;
  in_force(w.building1.id);
  EXPECT_EQ(told, 1);
}

TEST_F(SealOrders, are_split_stepped_down_and_lifted_and_the_past_stays_as_it_was) {
  const OrderId order = in_force(w.compound1.id).order_id;
  const Instant later = test_now + 24h;
  EXPECT_EQ(reason(amended(order, {{w.home101.id, Level::controlled}}, later)), "seal.closed_above");
  const auto split = amended(order, {{w.compound1.id, Level::none}, {w.home101.id, Level::sealed}}, later).value();
  EXPECT_EQ(reason(amended(order, {{w.compound1.id, Level::none}}, later)), "seal.act_open");
  ASSERT_TRUE(decided(split, commander, true, later));
  ASSERT_TRUE(announced(split, later));
  EXPECT_EQ(level(w.home101, later), Level::sealed);
  EXPECT_EQ(level(w.home102, later), Level::none);
  EXPECT_EQ(level(w.home102, later - 1ms), Level::sealed);
  EXPECT_EQ(view(order, later, secretary).places.at(0).projection->clock.not_before, test_now)
      << "the part goes on with the clock of the whole";
  const auto step = amended(order, {{w.home101.id, Level::controlled}}, later + 1h).value();
  ASSERT_TRUE(decided(step, commander, true, later + 1h));
  ASSERT_TRUE(announced(step, later + 1h));
  EXPECT_EQ(level(w.home101, later + 1h), Level::controlled);
  const auto lift = by(secretary, later + 2h, [&](http::Call& call) -> Result<api::SealProposed> {
    FL_TRY(const auto met, order_met(*call.session, w.community.id, order));
    return propose_release(call, met, {{}, "all conditions are met", {}});
  });
  ASSERT_TRUE(lift);
  EXPECT_EQ(reason(decided(*lift, secretary, true, later + 2h)), "seal.no_power");
  ASSERT_TRUE(decided(*lift, commander, true, later + 2h));
  ASSERT_TRUE(announced(*lift, later + 3h));
  EXPECT_EQ(level(w.home101, later + 3h), Level::none);
  EXPECT_EQ(level(w.home101, later + 2h), Level::controlled);
  EXPECT_EQ(view(order, later + 4h, secretary).state, api::OrderState::released);
  EXPECT_EQ(reason(amended(order, {{w.home101.id, Level::sealed}}, later + 4h)), "seal.not_in_force");
  const auto facts = database->read([&](Session& s) {
    return ledger::facts(s, {w.community.id, "seal.", "", {}, {}, 100, {}});
  });
  EXPECT_EQ(facts->size(), 12u) << "four acts, each proposed, decided and announced";
}

TEST_F(SealOrders, bad_proposals_are_refused) {
  const auto with = [&](auto spoil) {
    api::ProposeSeal command = sealing(w.building1.id);
    spoil(command);
    return reason(by(secretary, test_now, [&](http::Call& call) { return propose(call, desk, command); }));
  };
  EXPECT_EQ(with([](auto& c) { c.places.clear(); }), "seal.no_place");
  EXPECT_EQ(with([](auto& c) { c.places[0].level = Level::none; }), "seal.bad_level");
  EXPECT_EQ(with([](auto& c) { c.places.push_back(c.places[0]); }), "seal.place_twice");
  EXPECT_EQ(with([&](auto& c) { c.places[0].area_id = w.grid1.id; }), "area.wrong_kind");
  EXPECT_EQ(with([](auto& c) { c.places[0].area_id = AreaId{1}; }), "area.unknown");
  EXPECT_EQ(with([](auto& c) { c.justification = " "; }), "seal.reason_missing");
  EXPECT_EQ(with([](auto& c) { c.smaller_scope.clear(); }), "seal.reason_missing");
  EXPECT_EQ(with([](auto& c) { c.review_at = test_now; }), "seal.bad_time");
  EXPECT_EQ(with([](auto& c) { c.review_at = test_now + 31 * 24h; }), "seal.bad_time");
  EXPECT_EQ(with([](auto& c) { c.clock_at = test_now + 1h; }), "seal.bad_time");
  EXPECT_EQ(with([](auto& c) { c.ground = Ground::positive_pool; }), "done");
  policy::RulesInForce ten{policy::embedded_library(), {"fl-base", "cn-9", "cn-20", "cn-10"}};
  desk.rules = &ten;
  EXPECT_EQ(with([](auto& c) { c.ground = Ground::positive_pool; }), "seal.temporary_not_allowed");
}

TEST_F(SealOrders, the_card_is_public_once_announced_and_names_nobody) {
  const auto one = living_in(w.home101, "张三");
  const auto made = proposed(w.building1.id);
  const std::string code = view(made.order_id, test_now, secretary).code;
  const auto read = [&](Instant now) { return by({}, now, [&](http::Call& call) { return card(call, desk, code); }); };
  EXPECT_EQ(reason(read(test_now)), "seal.unknown");
  ASSERT_TRUE(decided(made, commander));
  EXPECT_EQ(reason(read(test_now)), "seal.unknown");
  ASSERT_TRUE(announced(made));
  const auto shown = read(test_now + 1h).value();
  EXPECT_EQ(shown.issuer, "区指挥部");
  EXPECT_EQ(shown.document, "第12号通告");
  ASSERT_EQ(shown.places.size(), 1u);
  EXPECT_EQ(shown.places[0].label, "示范1号院 1");
  ASSERT_EQ(shown.places[0].conditions.size(), 3u);
  for (const auto& condition : shown.places[0].conditions)
    for (const auto& missing : condition.missing) EXPECT_TRUE(missing.people.empty());
  EXPECT_LE(characters(shown.sms_zh), sms_characters_max) << shown.sms_zh;
  EXPECT_LE(characters(shown.sms_en), sms_characters_max) << shown.sms_en;
  EXPECT_NE(shown.sms_zh.find("封控"), std::string::npos) << shown.sms_zh;
  const Who neighbour{make("neighbour"), Role::resident, "", one.person_id};
  const auto mine = by(neighbour, test_now + 1h, [&](http::Call& call) { return my_seal(call, desk); }).value();
  EXPECT_EQ(mine.level, Level::sealed);
  ASSERT_EQ(mine.cards.size(), 1u);
  EXPECT_EQ(mine.cards[0].code, code);
}

TEST_F(SealOrders, an_objection_has_a_clock_and_an_answer_by_a_named_body) {
  const auto one = living_in(w.home101, "张三");
  const auto far = living_in(w.other_home, "王五");
  const OrderId order = in_force(w.building1.id).order_id;
  const std::string code = view(order, test_now, secretary).code;
  const Who neighbour{make("neighbour"), Role::resident, "", one.person_id};
  const Who stranger{make("stranger"), Role::resident, "", far.person_id};
  const auto objecting = [&](const Who& who) {
    return by(who, test_now, [&](http::Call& call) {
      return object(call, desk, {{}, code, "My floor has its own door"});
    });
  };
  EXPECT_EQ(reason(objecting(stranger)), "seal.unknown") << "only who lives inside";
  ASSERT_TRUE(objecting(neighbour));
  const auto listed = [&](Instant now) {
    return by(officer, now, [&](http::Call& call) { return objections(call, desk); }).value().items.at(0);
  };
  EXPECT_EQ(listed(test_now).text, "My floor has its own door");
  EXPECT_FALSE(listed(test_now + 71h).overdue);
  EXPECT_TRUE(listed(test_now + 72h).overdue);
  const ObjectionId id = listed(test_now).objection_id;
  const auto answering = [&] {
    return by(commander, test_now + 2h, [&](http::Call& call) {
      return answer_objection(call, id, {{}, "区指挥部", "The lift is shared; the door will be looked at"});
    });
  };
  ASSERT_TRUE(answering());
  EXPECT_EQ(reason(answering()), "seal.act_decided");
  EXPECT_FALSE(listed(test_now + 100h).overdue);
  const auto mine = by(neighbour, test_now + 3h, [&](http::Call& call) { return my_objections(call, desk); });
  EXPECT_EQ(mine->items.at(0).answered_for, "区指挥部");
}

TEST_F(SealOrders, an_exit_is_looked_at_with_a_photo) {
  const OrderId order = in_force(w.building1.id).order_id;
  const auto checked = [&](const std::string& photo, bool open) {
    return by(secretary, test_now, [&](http::Call& call) -> Result<void> {
      FL_TRY(const auto met, order_met(*call.session, w.community.id, order));
      return record_check(call, met, {{}, w.building1.id, ExitKind::fire_exit, open, "", photo});
    });
  };
  EXPECT_EQ(reason(checked("aGVsbG8=", true)), "seal.bad_photo") << "no picture";
  EXPECT_EQ(reason(checked("", true)), "seal.bad_photo");
  ASSERT_TRUE(checked("/9j/4AAQ", false));
  const auto shown = view(order, test_now, secretary).checks.at(0);
  EXPECT_FALSE(shown.open);
  const auto photo = by(secretary, test_now, [&](http::Call& call) { return check_photo(call, shown.check_id); });
  EXPECT_EQ(photo->photo_base64, "/9j/4AAQ");
}

TEST_F(SealOrders, scopes_are_compared_before_a_decision) {
  living_in(w.home101, "张三");
  living_in(w.home102, "李四");
  const auto compared = by(commander, test_now, [&](http::Call& call) {
    return compare_scopes(call, desk, {w.home101.id, {w.home102.id, w.other_home.id}});
  });
  ASSERT_TRUE(compared) << compared.error().reason;
  const auto& items = compared->items;
  ASSERT_EQ(items.size(), 5u);
  EXPECT_EQ(items[0].kind, area::AreaKind::household);
  EXPECT_EQ(items[0].people, 1);
  EXPECT_EQ(items[0].contacts_outside, 2);
  EXPECT_TRUE(items[0].smaller_than_rule);
  EXPECT_EQ(items[1].kind, area::AreaKind::floor);
  EXPECT_EQ(items[1].people, 2);
  EXPECT_EQ(items[1].person_days, 28);
  EXPECT_EQ(items[1].contacts_inside, 1);
  EXPECT_FALSE(items[2].smaller_than_rule);
  EXPECT_EQ(items[4].kind, area::AreaKind::compound);
  EXPECT_EQ(items[4].contacts_outside, 1);
}

TEST_F(SealOrders, a_struck_note_and_somebody_away_count_no_longer) {
  const auto one = living_in(w.home101, "张三");
  const OrderId order = in_force(w.building1.id).order_id;
  api::RecordHappening found;
  found.ref = "2022-018";
  found.at = test_now;
  const auto recorded = happened(order, found, test_now).value();
  EXPECT_EQ(view(order, test_now, secretary).places[0].projection->conditions[0].met, Met::unmet);
  ASSERT_TRUE(by(officer, test_now, [&](http::Call& call) -> Result<void> {
    FL_TRY(const auto met, order_met(*call.session, w.community.id, order));
    return strike_happening(call, met, recorded.happening_id);
  }));
  EXPECT_EQ(view(order, test_now, secretary).places[0].projection->conditions[0].met, Met::unknown);
  api::RecordHappening away;
  away.kind = HappeningKind::person_away;
  away.person_id = one.person_id;
  away.at = test_now;
  ASSERT_TRUE(happened(order, away, test_now));
  EXPECT_EQ(view(order, test_now, secretary).places[0].people, 0);
}

}  // namespace
}  // namespace firstline::seal
