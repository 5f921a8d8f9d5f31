// What a gate learns from passes, visits and trips, on a real database.

#include <gtest/gtest.h>

#include "area/test_world.hpp"
#include "gate/service.hpp"
#include "health/service.hpp"
#include "movement/passes.hpp"
#include "movement/trips.hpp"
#include "movement/visits.hpp"
#include "policy/embedded.hpp"

namespace firstline::gate {
namespace {

using area::test_now;
using store::Session;
using namespace std::chrono_literals;

// July 2022: an entry pass, and one outing a household a day.
const std::vector<std::string> packs{"fl-base", "cn-9", "gs-2022-03", "lz-gate-2022", "lz-gate-2022-07"};

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
  policy::RulesInForce rules{policy::embedded_library(), packs};
  RecentPassages recent;
  movement::Ground desk{&people, &rules};
  Ground ground{&people, &rules, &recent, &desk};
  SeededRandom random{5};
  person::PersonRef self, wife, neighbour;
};

TEST_F(GateMovement, BeforeTheOfficeHasBegunLivingHereIsThePass) {
  EXPECT_FALSE(says(pass(self, test_now), ReasonKind::pass_missing));
}

TEST_F(GateMovement, AHomeWithoutAPassHasNoneOnceTheCompoundHasBegun) {
  const auto started = start();
  EXPECT_EQ(started.issued, 2);
  EXPECT_EQ(start().had_one, 2) << "a second start gives nobody a second pass";
  EXPECT_FALSE(says(pass(self, test_now + 1min), ReasonKind::pass_missing));
  const auto card = mine(test_now).items.at(0);
  ASSERT_TRUE(at(test_now + 2min, [&](http::Call& call) {
    return movement::end_pass(call, w.community.id, card.pass_id, movement::PassState::lost);
  }));
  const auto without = pass(wife, test_now + 3min, Direction::in);
  EXPECT_EQ(without.outcome, Outcome::register_first);
  EXPECT_TRUE(says(without, ReasonKind::pass_missing));
  EXPECT_FALSE(says(pass(neighbour, test_now + 3min), ReasonKind::pass_missing));
}

TEST_F(GateMovement, APassUsedTwiceOnADayIsRefused) {
  start();
  EXPECT_EQ(pass(self, test_now + 1min).outcome, Outcome::pass);
  const auto second = pass(wife, test_now + 10min);
  EXPECT_EQ(second.outcome, Outcome::refuse);
  EXPECT_TRUE(says(second, ReasonKind::outings_used_up));
  EXPECT_EQ(pass(wife, test_now + 22h).outcome, Outcome::pass) << "tomorrow is another day";
}

TEST_F(GateMovement, AnApprovedOutingIsOnTopOfTheLimitForWhomItIsMeant) {
  start();
  pass(self, test_now + 1min);
  const auto approve = [&](Date day) {
    return at(test_now + 2min, [&](http::Call& call) {
      return movement::approve_outing(call, desk, w.community.id,
                                      {{}, w.home101.id, wife.person_id, day, movement::ApprovalGround::medical});
    });
  };
  ASSERT_TRUE(approve(civil_date(test_now)));
  ASSERT_TRUE(approve(civil_date(test_now) + std::chrono::days(2))) << "a later one does not take the first away";
  EXPECT_EQ(reason(approve(civil_date(test_now) - std::chrono::days(1))), "approval.bad_day");
  EXPECT_EQ(pass(self, test_now + 5min).outcome, Outcome::refuse);
  EXPECT_EQ(pass(wife, test_now + 5min).outcome, Outcome::pass_with_reminder);
}

TEST_F(GateMovement, AReplacedCardStopsAndTheNewOneHolds) {
  start();
  const auto old = mine(test_now).items.at(0);
  const auto replace = [&](person::PersonRef caller) {
    return at(
        test_now + 1min,
        [&](http::Call& call) {
          const AreaId home = caller.person_id == self.person_id ? w.home101.id : w.home102.id;
          return movement::replace_pass(call, w.community.id, old.pass_id, movement::PassForm::phone, home);
        },
        caller);
  };
  EXPECT_EQ(reason(replace(neighbour)), "pass.unknown") << "of another household";
  const auto fresh = replace(self).value();
  EXPECT_EQ(reason(replace(self)), "pass.ended");
  const auto look = [&](std::string token, const area::Gate& gate) {
    return at(test_now + 2min, [&](http::Call& call) { return movement::pass_shown(call, desk, gate, token); });
  };
  EXPECT_EQ(look(old.token, w.gate1)->finding, movement::PassFinding::replaced);
  const auto shown = look(fresh.token, w.gate1).value();
  EXPECT_EQ(shown.finding, movement::PassFinding::valid);
  ASSERT_EQ(shown.people.size(), 2u);
  EXPECT_EQ(shown.people[0].name_masked, "张**");
  const auto elsewhere = look(fresh.token, w.gate2).value();
  EXPECT_EQ(elsewhere.finding, movement::PassFinding::elsewhere);
  EXPECT_TRUE(elsewhere.people.empty());
  EXPECT_EQ(reason(look("FLP:0000000000", w.gate1)), "pass.unknown");
}

TEST_F(GateMovement, APassRunsOutByItself) {
  start();
  EXPECT_FALSE(says(pass(self, test_now + 29 * 24h, Direction::in), ReasonKind::pass_missing));
  EXPECT_TRUE(says(pass(self, test_now + 31 * 24h, Direction::in), ReasonKind::pass_missing));
}

// Visits. The packs here ask a test of everybody who comes in; the keeper reads it from the visitor's phone.

class GateVisits : public GateMovement {
 protected:
  movement::api::VisitCommand guest() {
    movement::api::VisitCommand command;
    command.name = "钱七";
    command.phone = "13812341234";
    command.from = test_now;
    command.until = test_now + 3h;
    return command;
  }
  movement::api::VisitView invited(movement::api::VisitCommand command) {
    const auto view = at(
        test_now, [&](http::Call& call) { return movement::invite(call, desk, command); }, self);
    if (view) return *view;
    ADD_FAILURE() << view.error().reason;
    return {};
  }
  Result<api::PassageAnswer> come(api::PassageCommand command, Instant now, Direction direction) {
    if (command.id == Uuid{}) command.id = make_uuid_v7(now, random);
    command.at = now;
    command.direction = direction;
    command.recognised_by = RecognisedBy::personal_code;
    command.temperature_tenths = 365;
    command.mask = Mask::worn;
    command.colour_seen = CodeColour::green;
    command.nat_seen_hours = 48;
    return at(now, [&](http::Call& call) { return record_passages(call, ground, w.gate1, command); });
  }
  api::PassageView by_token(const movement::api::VisitView& visit, Instant now, Direction direction = Direction::in) {
    api::PassageCommand command;
    command.token = visit.token;
    const auto answer = come(command, now, direction);
    if (answer) return answer->items.at(0);
    ADD_FAILURE() << answer.error().reason;
    return {};
  }
  movement::api::VisitView of_mine(VisitorId id, Instant now) {
    const auto mine = at(
                          now, [&](http::Call& call) { return movement::my_visits(call, desk); }, self)
                          .value();
    for (const auto& visit : mine.items)
      if (visit.visit_id == id) return visit;
    ADD_FAILURE() << "no such visit";
    return {};
  }
  std::size_t expected_at(const area::Gate& gate, Instant now) {
    return at(now, [&](http::Call& call) { return movement::visits_at(call, desk, gate); })->items.size();
  }
};

TEST_F(GateVisits, AnInvitedGuestComesAndGoesAndIsSpokenOfMasked) {
  const auto visit = invited(guest());
  EXPECT_EQ(visit.name, "钱七") << "the host typed it";
  EXPECT_EQ(visit.phone_masked, "138****1234");
  EXPECT_EQ(expected_at(w.gate1, test_now), 1u);
  EXPECT_EQ(expected_at(w.gate2, test_now), 0u);
  const auto entry = by_token(visit, test_now + 1h);
  EXPECT_EQ(entry.outcome, Outcome::pass_with_reminder) << "a code that was only seen";
  EXPECT_EQ(entry.name_masked, "钱**");
  EXPECT_EQ(entry.household_label, "1-1-101");
  EXPECT_EQ(of_mine(visit.visit_id, test_now + 1h).state, movement::VisitState::inside);
  EXPECT_EQ(by_token(visit, test_now + 2h, Direction::out).outcome, Outcome::pass_with_reminder);
  EXPECT_EQ(of_mine(visit.visit_id, test_now + 2h).state, movement::VisitState::left);
  const auto again = by_token(visit, test_now + 2h + 1min);
  EXPECT_EQ(again.outcome, Outcome::register_first);
  EXPECT_TRUE(says(again, ReasonKind::visitor_expired));
}

TEST_F(GateVisits, TheHoursBindAndWhoStaysTooLongIsReminded) {
  const auto visit = invited(guest());
  EXPECT_TRUE(says(by_token(visit, test_now + 3h), ReasonKind::visitor_outside_hours));
  by_token(visit, test_now + 1h);
  EXPECT_EQ(expected_at(w.gate1, test_now + 5h), 1u) << "still inside, after the end";
  EXPECT_TRUE(says(by_token(visit, test_now + 5h, Direction::out), ReasonKind::visitor_overstayed));
  EXPECT_EQ(of_mine(visit.visit_id, test_now + 5h).state, movement::VisitState::left);
}

TEST_F(GateVisits, TheGateAsksTheHostWhoSaysYesOnThePageOrByCall) {
  auto command = guest();
  command.household_id = w.home101.id;
  const auto ask = [&] {
    return at(test_now, [&](http::Call& call) { return movement::ask_host(call, desk, w.gate1, command); }).value();
  };
  const auto asked = ask();
  EXPECT_EQ(asked.name, "钱**");
  EXPECT_FALSE(asked.token);
  api::PassageCommand picked;
  picked.visit_id = asked.visit_id;
  const auto before = come(picked, test_now + 1min, Direction::in)->items[0];
  EXPECT_TRUE(says(before, ReasonKind::visitor_unregistered));
  const auto stranger = at(
      test_now, [&](http::Call& call) { return movement::answer_as_host(call, desk, asked.visit_id, true); },
      neighbour);
  EXPECT_EQ(reason(stranger), "visit.unknown");
  ASSERT_TRUE(at(
      test_now, [&](http::Call& call) { return movement::answer_as_host(call, desk, asked.visit_id, true); }, self));
  EXPECT_EQ(come(picked, test_now + 2min, Direction::in)->items[0].outcome, Outcome::pass_with_reminder);

  const auto other = ask();
  const auto call_host = [&](bool yes) {
    return at(test_now,
              [&](http::Call& call) { return movement::answer_by_call(call, desk, w.gate1, other.visit_id, yes); });
  };
  EXPECT_EQ(call_host(false)->answered_how, movement::AnsweredBy::call);
  EXPECT_EQ(reason(call_host(true)), "visit.answered");
  picked.visit_id = other.visit_id;
  EXPECT_TRUE(says(come(picked, test_now + 3min, Direction::in)->items[0], ReasonKind::visitor_expired));
}

TEST_F(GateVisits, ACarerComesAgainOnTheirDays) {
  auto command = guest();
  command.kind = movement::VisitKind::carer;
  command.until = test_now + 60 * 24h;
  command.weekdays = 0b1111111;
  command.minute_from = 14 * 60;
  command.minute_until = 18 * 60;
  const auto visit = invited(command);
  EXPECT_EQ(by_token(visit, test_now + 1min).outcome, Outcome::pass_with_reminder) << "registered work";
  by_token(visit, test_now + 2h, Direction::out);
  EXPECT_EQ(by_token(visit, test_now + 24h).outcome, Outcome::pass_with_reminder);
  by_token(visit, test_now + 25h, Direction::out);
  EXPECT_EQ(by_token(visit, test_now + 28h).outcome, Outcome::register_first) << "after six in the evening";
}

TEST_F(GateVisits, UndoTakesTheEntryBackAndAnOverrideIsOne) {
  const auto visit = invited(guest());
  const auto entry = by_token(visit, test_now + 1min);
  ASSERT_TRUE(
      at(test_now + 1min + 5s, [&](http::Call& call) { return undo(call, ground, w.gate1, entry.passage_id); }));
  EXPECT_EQ(of_mine(visit.visit_id, test_now + 2min).state, movement::VisitState::confirmed);
  const auto late = by_token(visit, test_now + 4h);
  ASSERT_EQ(late.outcome, Outcome::register_first);
  ASSERT_TRUE(at(test_now + 4h, [&](http::Call& call) {
    return override_verdict(call, ground, w.gate1, late.passage_id,
                            {Uuid{}, test_now, OverrideReason::care_duty, "the host was called"});
  }));
  EXPECT_EQ(of_mine(visit.visit_id, test_now + 4h).state, movement::VisitState::inside);
}

TEST_F(GateVisits, ACommandSentTwiceIsOnePassage) {
  const auto visit = invited(guest());
  api::PassageCommand command;
  command.id = make_uuid_v7(test_now, random);
  command.token = visit.token;
  const auto first = come(command, test_now + 1min, Direction::in).value();
  const auto second = come(command, test_now + 2min, Direction::in).value();
  EXPECT_EQ(first.items[0].passage_id, second.items[0].passage_id);
}

TEST_F(GateVisits, ACourierAnnouncesAndTheGateIsTold) {
  const auto said =
      at(test_now, [&](http::Call& call) {
        return movement::announce_courier(call, desk, w.gate1, {Uuid{}, "顺丰", "13800001111", {}, "1-1-102"});
      }).value();
  EXPECT_TRUE(said.room_found);
  const auto list = at(test_now, [&](http::Call& call) { return movement::visits_at(call, desk, w.gate1); }).value();
  ASSERT_EQ(list.items.size(), 1u);
  EXPECT_EQ(list.items[0].name, "顺丰") << "a company is nobody's name";
  EXPECT_EQ(list.items[0].phone_masked, "138****1111");
  const auto told = [&](GateId gate) {
    return database->read([&](Session& s) { return live_events(s, people, w.community.id, gate, 0, 10); })->size();
  };
  EXPECT_EQ(told(w.gate1.id), 1u);
  EXPECT_EQ(told(w.gate2.id), 0u);
  api::PassageCommand command;
  command.token = said.token;
  const auto answer = come(command, test_now + 1min, Direction::in)->items[0];
  EXPECT_EQ(answer.outcome, Outcome::refuse) << "Lanzhou: goods stay at the gate";
  EXPECT_TRUE(says(answer, ReasonKind::courier));
}

TEST_F(GateVisits, WhatIsTypedIsLookedAt) {
  const auto tried = [&](auto spoil) {
    auto command = guest();
    spoil(command);
    return reason(at(
        test_now, [&](http::Call& call) { return movement::invite(call, desk, command); }, self));
  };
  EXPECT_EQ(tried([](auto& c) { c.name = " "; }), "visit.bad_name");
  EXPECT_EQ(tried([](auto& c) { c.until = c.from; }), "visit.bad_hours");
  EXPECT_EQ(tried([](auto& c) { c.until = c.from + 32 * 24h; }), "visit.bad_hours");
  EXPECT_EQ(tried([](auto& c) { c.weekdays = 0x80; }), "visit.bad_hours");
  EXPECT_EQ(tried([](auto& c) { c.companions = 21; }), "visit.bad_field");
  EXPECT_EQ(tried([](auto& c) { c.plate = std::string(31, 'A'); }), "visit.bad_field");
  EXPECT_EQ(tried([](auto&) {}), "");
}

TEST_F(GateVisits, ARevealNeedsANoteAndIsAFact) {
  const auto visit = invited(guest());
  const auto look = [&](std::string note) {
    return at(test_now, [&](http::Call& call) {
      return movement::reveal_visit(call, desk, w.community.id, visit.visit_id,
                                    {{}, person::RevealReason::tracing, note});
    });
  };
  EXPECT_EQ(reason(look(" ")), "reveal.note_missing");
  EXPECT_EQ(look("case 12")->phone, "13812341234");
}

// Trips. What follows on return stands in the ninth edition.

class GateTrips : public GateMovement {
 protected:
  GateTrips() {
    const auto listed = at(test_now, [&](http::Call& call) {
      return movement::import_risk_places(
          call, desk, w.community.id, "110105,朝阳区,high,2022-03-01,,notice\n3101,上海市,medium,2022-03-01,,notice");
    });
    EXPECT_EQ(listed->taken, 2);
  }
  movement::api::FileTrip form(std::string to, std::vector<PersonId> who) {
    movement::api::FileTrip form;
    form.at = test_now;
    form.person_ids = std::move(who);
    form.to_name = std::move(to);
    form.plate = "甘A12345";
    form.leaves_on = civil_date(test_now);
    form.back_on = civil_date(test_now) + std::chrono::days(2);
    return form;
  }
  Result<movement::api::TripList> file(const movement::api::FileTrip& form,
                                       movement::TripSource source = movement::TripSource::resident) {
    const AreaId own = source == movement::TripSource::resident ? w.home101.id : AreaId{};
    return at(
        test_now, [&](http::Call& call) { return movement::file_trips(call, desk, w.community.id, form, source, own); },
        self);
  }
  std::size_t count(Instant now, const char* which) {
    return at(now, [&](http::Call& call) { return movement::trips_of(call, desk, w.community.id, which); })
        ->items.size();
  }
  movement::api::FollowUpList proposed(Instant now) {
    return at(now, [&](http::Call& call) { return movement::follow_ups(call, desk, w.community.id); }).value();
  }
};

TEST_F(GateTrips, OneFormForTheFamilyOpensOnTheWayOutAndClosesOnTheWayIn) {
  const auto filed = file(form("天水市", {self.person_id, wife.person_id})).value();
  ASSERT_EQ(filed.items.size(), 2u);
  EXPECT_EQ(filed.items[0].form_id, filed.items[1].form_id);
  EXPECT_EQ(filed.items[0].plate_masked, "*******45") << "a plate is nobody's business";
  EXPECT_EQ(reason(file(form("天水市", {self.person_id}))), "trip.exists");
  EXPECT_EQ(reason(file(form("天水市", {neighbour.person_id}))), "trip.not_one_household");
  EXPECT_EQ(pass(self, test_now + 1min).outcome, Outcome::pass);
  EXPECT_EQ(count(test_now + 1min, "open"), 1u);
  EXPECT_EQ(count(test_now + 1min, "filed"), 1u) << "the wife is still at home";
  EXPECT_EQ(pass(self, test_now + 8h, Direction::in).outcome, Outcome::pass);
  EXPECT_EQ(count(test_now + 8h, "closed"), 1u);
  const auto low = proposed(test_now + 8h);
  ASSERT_EQ(low.items.size(), 1u);
  EXPECT_EQ(low.items[0].kind, movement::FollowUp::test);
  EXPECT_EQ(low.items[0].name_masked, "张**");
}

TEST_F(GateTrips, WhoComesBackFromAHighRiskAreaIsReportedAndTheDeskDecides) {
  ASSERT_TRUE(file(form("朝阳区望京", {self.person_id})));
  EXPECT_TRUE(says(pass(self, test_now + 1min), ReasonKind::trip_to_risk_area));
  const auto back = pass(self, test_now + 6h, Direction::in);
  EXPECT_EQ(back.outcome, Outcome::register_first);
  EXPECT_TRUE(says(back, ReasonKind::trip_back_from_high_risk));
  EXPECT_EQ(count(test_now + 6h, "open"), 1u) << "not through yet";
  ASSERT_TRUE(at(test_now + 6h, [&](http::Call& call) {
    return override_verdict(call, ground, w.gate1, back.passage_id,
                            {Uuid{}, test_now, OverrideReason::document_seen, "reported, goes home by car"});
  }));
  const auto list = proposed(test_now + 7h);
  ASSERT_EQ(list.items.size(), 1u);
  EXPECT_EQ(list.items[0].kind, movement::FollowUp::central);
  EXPECT_EQ(list.items[0].pack, "cn-9");
  const auto decide_it = [&](bool yes) {
    return at(test_now + 7h, [&](http::Call& call) {
      return movement::decide_follow_up(call, w.community.id, list.items[0].follow_up_id, yes);
    });
  };
  EXPECT_EQ(decide_it(true)->state, movement::FollowUpState::accepted);
  EXPECT_EQ(reason(decide_it(false)), "follow_up.decided");
  EXPECT_TRUE(proposed(test_now + 7h).items.empty());
}

TEST_F(GateTrips, AskedAtTheGateAnUnregisteredTripIsRegisteredFirst) {
  api::PassageCommand command;
  command.id = make_uuid_v7(test_now, random);
  command.direction = Direction::out;
  command.person_ids = std::vector{self.person_id};
  command.temperature_tenths = 365;
  command.leaves_district = true;
  const auto asked = at(test_now, [&](http::Call& call) { return record_passages(call, ground, w.gate1, command); });
  EXPECT_TRUE(says(asked->items[0], ReasonKind::trip_unregistered));
  EXPECT_EQ(asked->items[0].outcome, Outcome::register_first);
  ASSERT_TRUE(file(form("天水市", {self.person_id}), movement::TripSource::gate));
  EXPECT_EQ(pass(self, test_now + 1min).outcome, Outcome::pass);
  EXPECT_EQ(count(test_now + 1min, "open"), 1u);
}

TEST_F(GateTrips, AnOverdueReturnIsListedUntilItIsExtendedOrClosed) {
  const auto trip = file(form("天水市", {self.person_id}))->items[0].trip_id;
  pass(self, test_now + 1min);
  EXPECT_EQ(count(test_now + 48h, "overdue"), 0u);
  EXPECT_EQ(count(test_now + 72h, "overdue"), 1u);
  ASSERT_TRUE(at(test_now + 72h, [&](http::Call& call) {
    return movement::extend_trip(call, desk, w.community.id, trip, civil_date(test_now) + std::chrono::days(5));
  }));
  EXPECT_EQ(count(test_now + 72h, "overdue"), 0u);
  ASSERT_TRUE(at(test_now + 80h, [&](http::Call& call) {
    return movement::close_trip(call, desk, w.community.id, trip, test_now + 79h);
  }));
  EXPECT_EQ(count(test_now + 80h, "closed"), 1u);
}

TEST_F(GateTrips, APaperSlipTypedLaterKeepsItsOwnTime) {
  auto slip = form("上海市", {neighbour.person_id});
  slip.at = test_now - 50h;
  slip.leaves_on = civil_date(test_now - 50h);
  slip.departed_at = test_now - 50h;
  slip.returned_at = test_now - 2h;
  const auto typed = file(slip, movement::TripSource::paper).value().items[0];
  EXPECT_EQ(typed.at, test_now - 50h);
  EXPECT_EQ(typed.recorded_at, test_now);
  EXPECT_EQ(typed.state, movement::TripState::closed);
  EXPECT_EQ(proposed(test_now).items.at(0).begins_on, civil_date(test_now - 2h));
  EXPECT_EQ(reason(file(slip)), "trip.bad_days") << "a resident files ahead";
}

TEST_F(GateTrips, ANewListOfPlacesRatesTheTripsThatAreUnderWay) {
  ASSERT_TRUE(file(form("天水市", {self.person_id})));
  auto coded = form("天水市秦州区", {wife.person_id});
  coded.to_code = "620502";
  ASSERT_TRUE(file(coded));
  const auto bring = [&](const char* csv) {
    return at(test_now + 1h,
              [&](http::Call& call) { return movement::import_risk_places(call, desk, w.community.id, csv); })
        .value();
  };
  const auto bad = bring("6205,天水市,severe,2022-03-01,,notice");
  EXPECT_EQ(bad.taken, 0);
  ASSERT_EQ(bad.bad.size(), 1u);
  EXPECT_EQ(bring("6205,天水市,high,2022-03-01,,notice").trips_rated_anew, 1);
  EXPECT_TRUE(says(pass(wife, test_now + 2h), ReasonKind::trip_to_risk_area));
}

// A list in a pack reaches the gate with the pack, also for trips that were filed before; the own table is nearer.
TEST_F(GateTrips, AListOfAPackIsAskedAtTheGate) {
  auto coded = form("天水市秦州区", {self.person_id});
  coded.to_code = "620502";
  ASSERT_TRUE(file(coded));
  const auto pack = policy::read_pack(
      "[pack]\nid = \"gs-places\"\narea = \"62\"\nissuer = \"i\"\ndocument = \"d\"\nvalid_from = 2022-03-01\n"
      "[[risk_places]]\ncode = \"6205\"\nname = \"n\"\nrisk = \"high\"\nfrom = 2022-03-01\nsource = \"s\"\n",
      "t.toml");
  ASSERT_TRUE(pack.pack);
  policy::Library library = policy::embedded_library();
  ASSERT_TRUE(library.add(*pack.pack));
  auto ids = packs;
  ids.push_back("gs-places");
  const policy::RulesInForce with_places{library, ids};
  const movement::Ground desk_then{&people, &with_places};
  const Ground gate_then{&people, &with_places, &recent, &desk_then};
  const auto out = [&](const Ground& then, Instant now) {
    api::PassageCommand command;
    command.id = make_uuid_v7(now, random);
    command.at = now;
    command.direction = Direction::out;
    command.person_ids = std::vector{self.person_id};
    command.temperature_tenths = 365;
    command.mask = Mask::worn;
    const auto answer = at(now, [&](http::Call& call) -> Result<api::PassageAnswer> {
      auto recorded = record_passages(call, then, w.gate1, command);
      if (recorded) FL_TRYV(undo(call, then, w.gate1, recorded->items.at(0).passage_id));
      return recorded;
    });
    return says(answer->items.at(0), ReasonKind::trip_to_risk_area);
  };
  EXPECT_FALSE(out(ground, test_now + 1min)) << "no list speaks";
  EXPECT_TRUE(out(gate_then, test_now + 2min)) << "the pack does";
  ASSERT_TRUE(at(test_now + 3min, [&](http::Call& call) {
    return movement::import_risk_places(call, desk_then, w.community.id, "6205,天水市,low,2022-03-01,,notice 9");
  }));
  EXPECT_FALSE(out(gate_then, test_now + 4min)) << "the community's own table is nearer";
}

TEST_F(GateTrips, UndoOpensAndClosesNothing) {
  ASSERT_TRUE(file(form("天水市", {self.person_id})));
  const auto undo_it = [&](const api::PassageView& view, Instant now) {
    return at(now, [&](http::Call& call) { return undo(call, ground, w.gate1, view.passage_id); });
  };
  ASSERT_TRUE(undo_it(pass(self, test_now + 1min), test_now + 1min + 5s));
  EXPECT_EQ(count(test_now + 2min, "filed"), 1u);
  pass(self, test_now + 5min);
  ASSERT_TRUE(undo_it(pass(self, test_now + 2h, Direction::in), test_now + 2h + 5s));
  EXPECT_EQ(count(test_now + 3h, "open"), 1u);
  EXPECT_TRUE(proposed(test_now + 3h).items.empty());
}

}  // namespace
}  // namespace firstline::gate
