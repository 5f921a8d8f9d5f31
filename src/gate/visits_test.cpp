// What a gate learns from visits, on a real database.

#include "gate/test_movement.hpp"

namespace firstline::gate {
namespace {

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

}  // namespace
}  // namespace firstline::gate
