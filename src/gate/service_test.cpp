// The gate on a real database: what is kept, what a second sending answers, what follows a passage.

#include "gate/service.hpp"

#include <array>

#include <gtest/gtest.h>

#include "area/test_world.hpp"
#include "gate/own_alarms.hpp"
#include "gate/replay.hpp"
#include "gate/seal.hpp"
#include "gate/store.hpp"
#include "health/service.hpp"
#include "ledger/audit.hpp"
#include "policy/embedded.hpp"

namespace firstline::gate {
namespace {

using area::test_now;
using store::Session;
using namespace std::chrono_literals;

const store::Statement count_passages{"test.count_passages", store::Scope::community,
                                      "select count(*) from passage where community_id = $1"};
const store::Statement soften{"test.soften_passage", store::Scope::community,
                              "update passage set outcome = 'refuse' where community_id = $1"};
const std::vector<std::string> packs{"fl-base", "cn-8", "gs-2022-03", "lz-gate-2022"};

person::FieldKey test_key() {
  std::array<std::byte, 32> secret{};
  secret[0] = std::byte{9};
  return person::FieldKey(secret);
}

class GateService : public ::testing::Test {
 protected:
  GateService() {
    self = add_person("张三", w.home101.id, health::CodeColour::green);
    wife = add_person("李四", w.home101.id, health::CodeColour::green);
    neighbour = add_person("王五", w.home102.id, health::CodeColour::green);
    ill = add_person("赵六", w.home102.id, health::CodeColour::red);
  }

  person::PersonRef add_person(const char* name, AreaId home, health::CodeColour colour) {
    return database
        ->write([&](Session& session) -> Result<person::PersonRef> {
          person::Person person;
          person.community_id = w.community.id;
          person.household_id = home;
          person.name = name;
          FL_TRY(const auto ref, people.add(session, person, test_now, system_random()));
          FL_TRYV(health::record_code(session, ref.community_id, ref.person_id,
                                      {colour, health::EvidenceGrade::connector, test_now - 1h, "test"}, {}, "",
                                      test_now));
          FL_TRYV(health::record_nat(session, ref.community_id, ref.person_id,
                                     {test_now - 10h, test_now - 4h, health::NatState::negative, "lab"}, test_now));
          return ref;
        })
        .value();
  }

  // Runs a use case at `now` as the keeper (or the resident whose person is given).
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

  api::PassageCommand picked(std::vector<PersonId> ids) {
    api::PassageCommand command;
    command.id = make_uuid_v7(test_now, random);
    command.at = test_now;
    command.direction = Direction::out;
    command.recognised_by = RecognisedBy::room_pick;
    command.person_ids = std::move(ids);
    command.temperature_tenths = 365;
    command.mask = Mask::worn;
    return command;
  }
  Result<api::PassageAnswer> pass(const api::PassageCommand& command, Instant now = test_now) {
    return at(now, [&](http::Call& call) { return record_passages(call, ground, w.gate1, command); });
  }
  std::int64_t rows() {
    return *database
                ->read([&](Session& session) { return session.maybe<std::int64_t>(count_passages, w.community.id); })
                .value();
  }
  api::AlarmList open_alarms(Instant now) {
    return at(now, [](http::Call& call) { return alarms(call, true); }).value();
  }
  template <class T>
  static std::string reason(const Result<T>& result) {
    return result ? "" : result.error().reason;
  }

  area::TemporaryDatabase database;
  area::SmallCommunity w = area::small_community(*database);
  person::FieldKey key = test_key();
  person::Directory people{key};
  policy::RulesInForce rules{policy::embedded_library(), packs};
  RecentPassages recent;
  movement::Ground movement{&people, &rules};
  Ground ground{&people, &rules, &recent, &movement};
  SeededRandom random{5};
  person::PersonRef self, wife, neighbour, ill;
};

TEST_F(GateService, KeepsAPassageThatReplaysEqual) {
  const auto answer = pass(picked({self.person_id})).value();
  ASSERT_EQ(answer.items.size(), 1u);
  EXPECT_EQ(answer.items[0].outcome, Outcome::pass);
  EXPECT_EQ(answer.items[0].name_masked, "张**");
  EXPECT_EQ(answer.items[0].household_label, "1-1-101");
  EXPECT_EQ(answer.items[0].policy_version.substr(0, 8), "fl-base@");
  const auto again =
      database->read([&](Session& s) { return replay(s, policy::embedded_library(), answer.items[0].passage_id); })
          .value();
  EXPECT_TRUE(again.equal);
}

TEST_F(GateService, AnswersTheSameCommandTheSameAndKeepsOneRow) {
  const auto command = picked({self.person_id, wife.person_id});
  const auto first = pass(command).value();
  const auto second = pass(command, test_now + 2min).value();
  ASSERT_EQ(second.items.size(), 2u);
  for (std::size_t i = 0; i < 2; ++i) EXPECT_EQ(second.items[i].passage_id, first.items[i].passage_id);
  EXPECT_EQ(second.at, first.at);
  EXPECT_EQ(rows(), 2);
}

TEST_F(GateService, ASecondTapIsAnsweredAndNotCounted) {
  const auto first = pass(picked({self.person_id})).value();
  const auto second = pass(picked({self.person_id}), test_now + 12s).value();
  EXPECT_EQ(second.items[0].repeated_seconds, 12);
  EXPECT_EQ(second.items[0].passage_id, first.items[0].passage_id);
  EXPECT_EQ(rows(), 1);
  auto inward = picked({self.person_id});
  inward.direction = Direction::in;
  EXPECT_FALSE(pass(inward, test_now + 13s)->items[0].repeated_seconds) << "the other direction is another passage";
  EXPECT_FALSE(pass(picked({self.person_id}), test_now + 50s)->items[0].repeated_seconds);
  EXPECT_EQ(rows(), 3);
}

TEST_F(GateService, WhoeverWasTurnedBackIsLookedAtAfresh) {
  auto command = picked({self.person_id});
  command.temperature_tenths = std::nullopt;
  EXPECT_EQ(pass(command)->items[0].outcome, Outcome::register_first);
  const auto again = pass(picked({self.person_id}), test_now + 5s).value();
  EXPECT_EQ(again.items[0].outcome, Outcome::pass);
  EXPECT_FALSE(again.items[0].repeated_seconds);
}

TEST_F(GateService, UndoWorksForTenSecondsAndOnce) {
  const auto id = pass(picked({self.person_id}))->items[0].passage_id;
  const auto take_back = [&](PassageId passage, Instant now) {
    return at(now, [&](http::Call& call) { return undo(call, ground, w.gate1, passage); });
  };
  EXPECT_EQ(reason(take_back(id, test_now + 10s + 1ms)), "passage.undo_too_late");
  EXPECT_TRUE(take_back(id, test_now + 10s));
  EXPECT_EQ(reason(take_back(id, test_now + 10s)), "passage.already_noted");
  EXPECT_EQ(reason(take_back(PassageId{1}, test_now)), "passage.unknown");
  const auto day = database->read([&](Session& s) { return counts(s, w.community.id, 0, INT64_MAX); }).value();
  EXPECT_TRUE(day.empty()) << "an undone passage counts nowhere";
  EXPECT_FALSE(pass(picked({self.person_id}), test_now + 12s)->items[0].repeated_seconds)
      << "nor does it stand in the way";
}

TEST_F(GateService, AnOverrideNeedsANoteAndTwoPairsOfEyes) {
  auto command = picked({self.person_id});
  command.temperature_tenths = std::nullopt;
  const auto id = pass(command)->items[0].passage_id;
  const auto decide_otherwise = [&](std::string note) {
    return at(test_now, [&](http::Call& call) {
      return override_verdict(call, ground, w.gate1, id, {Uuid{}, test_now, OverrideReason::medical_need, note});
    });
  };
  EXPECT_EQ(reason(decide_otherwise("  ")), "passage.note_missing");
  const auto alarm = decide_otherwise("dialysis at eight").value().alarm_id;
  EXPECT_EQ(reason(decide_otherwise("again")), "passage.already_noted");
  auto open = open_alarms(test_now + 1s);
  ASSERT_EQ(open.items.size(), 1u);
  EXPECT_EQ(open.items[0].kind, AlarmKind::override);
  EXPECT_EQ(open.items[0].override_reason, OverrideReason::medical_need);
  EXPECT_EQ(open.items[0].note, "dialysis at eight");
  const auto own = [&](const area::Gate& gate, Instant now) {
    return at(now, [&](http::Call& call) { return own_alarms(call, gate); }).value().items;
  };
  ASSERT_EQ(own(w.gate1, test_now).size(), 1u) << "the gate that raised it is told";
  EXPECT_EQ(own(w.gate1, test_now)[0].passage_id, id);
  EXPECT_TRUE(own(w.gate1, test_now)[0].seen_by.empty());
  EXPECT_TRUE(own(w.gate2, test_now).empty());
  EXPECT_TRUE(own(w.gate1, test_now + 61min).empty());
  const auto see = [&](std::int64_t account) {
    return database->write([&](Session& session) {
      return add(session, AlarmSeen{w.community.id, account, alarm, AccountId{account}, test_now});
    });
  };
  EXPECT_TRUE(see(1).value());
  EXPECT_FALSE(see(1).value()) << "the same person twice is one pair of eyes";
}

TEST_F(GateService, AnEmergencyOpensWithoutAnybodyBeingLookedUp) {
  const auto answer =
      at(test_now, [&](http::Call& call) {
        return record_emergency(call, ground, w.gate1,
                                {make_uuid_v7(test_now, random), test_now, Emergency::medical, Direction::out, 3});
      }).value();
  EXPECT_EQ(answer.outcome, Outcome::pass_with_reminder);
  EXPECT_EQ(answer.reasons.front().clause, "GATE-1");
  ASSERT_EQ(open_alarms(test_now).items.size(), 1u);
  const auto day = database->read([&](Session& s) { return counts(s, w.community.id, 0, INT64_MAX); }).value();
  ASSERT_EQ(day.size(), 1u);
  EXPECT_EQ(day[0].passages, 3) << "people, not rows";
}

TEST_F(GateService, ARedCodeIsHeldAndRaisesAnAlarm) {
  EXPECT_EQ(pass(picked({ill.person_id}))->items[0].outcome, Outcome::hold);
  const auto open = open_alarms(test_now);
  ASSERT_EQ(open.items.size(), 1u);
  EXPECT_EQ(open.items[0].kind, AlarmKind::hold);
}

TEST_F(GateService, AResidentScansForTheOwnHouseholdOnly) {
  const auto scan = [&](std::vector<PersonId> ids, person::PersonRef caller) {
    return at(
        test_now,
        [&](http::Call& call) {
          return record_scan(call, ground, w.gate1,
                             {make_uuid_v7(test_now, random), test_now, Direction::in, ids, 365});
        },
        caller);
  };
  EXPECT_EQ(scan({self.person_id, wife.person_id}, self)->items.size(), 2u);
  EXPECT_EQ(reason(scan({neighbour.person_id}, self)), "scan.not_your_household");
  EXPECT_EQ(reason(scan({}, {})), "person.none_of_this_account");
}

TEST_F(GateService, RefusesWhatNamesNobody) {
  EXPECT_EQ(reason(pass(picked({}))), "passage.nobody_named");
  EXPECT_EQ(reason(pass(picked(std::vector<PersonId>(people_max + 1, self.person_id)))), "passage.too_many_people");
  EXPECT_EQ(reason(pass(picked({PersonId{12345}}))), "person.unknown");
  auto forged = picked({});
  forged.recognised_by = RecognisedBy::personal_code;
  forged.token = "FL0:AAAA";
  EXPECT_EQ(reason(pass(forged)), "person.unknown_code");
  forged.token = person::personal_code(key, self, test_now - 10min).token;
  EXPECT_EQ(reason(pass(forged)), "code.expired");
  forged.token = person::personal_code(key, self, test_now).token;
  EXPECT_TRUE(pass(forged));
  EXPECT_EQ(rows(), 1);
}

TEST_F(GateService, ASecondSendingIsAnsweredEvenWhenTheCodeHasRunOut) {
  auto command = picked({});
  command.recognised_by = RecognisedBy::personal_code;
  command.token = person::personal_code(key, ill, test_now).token;
  const auto first = pass(command).value();
  EXPECT_EQ(first.items[0].outcome, Outcome::hold);
  EXPECT_EQ(pass(command, test_now + 5s)->items[0].passage_id, first.items[0].passage_id)
      << "held people are decided afresh";
  EXPECT_EQ(pass(command, test_now + 10min)->items[0].passage_id, first.items[0].passage_id);
  EXPECT_EQ(rows(), 1);
  EXPECT_EQ(open_alarms(test_now + 1h).items.size(), 1u) << "one alarm for one hold";

  const auto other = pass(picked({self.person_id})).value();
  EXPECT_FALSE(other.items[0].repeated_seconds);
  auto same = picked({self.person_id});
  same.id = command.id;
  const auto elsewhere =
      at(test_now + 1min, [&](http::Call& call) { return record_passages(call, ground, w.gate2, same); });
  EXPECT_EQ(reason(elsewhere), "command.id_reused");
  EXPECT_EQ(rows(), 2);
}

TEST_F(GateService, AShiftCountsAndLeavesItsNoteToTheNext) {
  EXPECT_EQ(reason(at(test_now, [&](http::Call& call) { return hand_over(call, w.gate1, {}); })), "shift.none_open");
  ASSERT_TRUE(at(test_now, [&](http::Call& call) { return start_shift(call, w.gate1); }));
  ASSERT_TRUE(pass(picked({self.person_id}), test_now + 1s));
  ASSERT_TRUE(pass(picked({ill.person_id}), test_now + 2s));
  const auto closed = at(test_now + 1h, [&](http::Call& call) {
                        return hand_over(call, w.gate1, {Uuid{}, test_now, "north light is broken"});
                      }).value();
  EXPECT_EQ(closed.passes, 1);
  EXPECT_EQ(closed.holds, 1);
  EXPECT_EQ(closed.by_direction.out, 1);
  const auto next = at(test_now + 2h, [&](http::Call& call) { return start_shift(call, w.gate1); }).value();
  EXPECT_EQ(next.handover_note, "north light is broken");
  EXPECT_EQ(next.passes, 0);
}

TEST_F(GateService, AVerdictIsTriedNowAndUnderRulesToComeAndNothingIsRecorded) {
  const auto tried = [&](PersonId person, std::optional<Instant> when, std::optional<int> temperature = {}) {
    return at(test_now, [&](http::Call& call) {
      return try_verdict(call, ground, w.gate1, {person, Direction::out, when, temperature});
    });
  };
  EXPECT_EQ(tried(ill.person_id, {})->outcome, Outcome::hold);
  const auto now = tried(self.person_id, {}, 365).value();
  EXPECT_EQ(now.outcome, Outcome::pass);
  EXPECT_EQ(now.name_masked.find("三"), std::string::npos);
  EXPECT_EQ(tried(self.person_id, {}, 385)->outcome, Outcome::hold) << "a fever";
  rules.set_changes({{"620102", "lz-gate-2022-07", true, test_now + 24h}});
  EXPECT_EQ(tried(self.person_id, test_now + 23h, 365)->policy_version, now.policy_version);
  EXPECT_NE(tried(self.person_id, test_now + 24h, 365)->policy_version, now.policy_version);
  EXPECT_EQ(reason(tried(self.person_id, test_now - 1h)), "try.bad_time");
  EXPECT_EQ(reason(tried(self.person_id, test_now + std::chrono::days(61))), "try.bad_time");
  EXPECT_EQ(rows(), 0);
}

TEST_F(GateService, WhoLeavesIsOnNoShiftAnyMore) {
  ASSERT_TRUE(at(test_now, [&](http::Call& call) { return start_shift(call, w.gate1); }));
  ASSERT_TRUE(at(test_now, [&](http::Call& call) { return start_shift(call, w.gate2); }));
  const AccountId keeper = at(test_now, [](http::Call& call) { return Result<AccountId>(call.actor.account); }).value();
  const auto end = [&](AccountId account) {
    return database->write([&](Session& s) { return end_shifts_of(s, account, test_now + 1h); });
  };
  ASSERT_TRUE(end({keeper.value + 1}));
  EXPECT_TRUE(at(test_now, [&](http::Call& call) { return current_shift(call, w.gate1); })->started_at);
  ASSERT_TRUE(end(keeper));
  for (const area::Gate& gate : {w.gate1, w.gate2})
    EXPECT_EQ(reason(at(test_now + 2h, [&](http::Call& call) { return hand_over(call, gate, {}); })),
              "shift.none_open");
}

TEST_F(GateService, TheBoardShowsTheLastTwoHoursByFiveMinutesAndWhyPeopleWereTurnedBack) {
  const auto board_at = [&](Instant now) {
    return at(now,
              [&](http::Call& call) {
                call.place = {w.community.id, w.community.path, {}};
                return board(call);
              })
        .value();
  };
  EXPECT_TRUE(board_at(test_now).flow.empty());
  EXPECT_TRUE(board_at(test_now).refusals.empty());
  ASSERT_TRUE(pass(picked({self.person_id}), test_now));
  ASSERT_TRUE(pass(picked({ill.person_id}), test_now + 1min));
  ASSERT_TRUE(pass(picked({self.person_id}), test_now + 6min));
  const auto shown = board_at(test_now + 7min);
  ASSERT_EQ(shown.flow.size(), 2u);
  EXPECT_EQ(shown.flow[0].at, std::chrono::floor<std::chrono::minutes>(test_now));
  EXPECT_EQ(shown.flow[1].at - shown.flow[0].at, 5min);
  EXPECT_EQ(shown.flow[0].out, 1);
  EXPECT_EQ(shown.flow[0].refused, 1);
  EXPECT_EQ(shown.flow[1].out, 1);
  ASSERT_FALSE(shown.refusals.empty());
  EXPECT_EQ(shown.refusals[0].people, 1);
  const auto later = board_at(test_now + 2h + 1min);
  EXPECT_EQ(later.flow.size(), 1u) << "the first step has gone out of the window";
  EXPECT_EQ(later.flow_from, test_now + 5min);
  EXPECT_EQ(later.refusals.size(), shown.refusals.size()) << "refusals are of the whole day";
  EXPECT_TRUE(board_at(test_now + 24h).refusals.empty());
}

TEST_F(GateService, TheLiveStreamTellsNamesToTheGateOnly) {
  ASSERT_TRUE(pass(picked({ill.person_id})));
  const auto read = [&](GateId gate) {
    return database->read([&](Session& s) { return live_events(s, people, w.community.id, gate, 0, 10); }).value();
  };
  const auto all = read({}), here = read(w.gate1.id), elsewhere = read(w.gate2.id);
  ASSERT_EQ(all.size(), 2u) << "a passage and its alarm";
  EXPECT_EQ(all[0].data_json.find("赵"), std::string::npos);
  EXPECT_NE(here[0].data_json.find("赵**"), std::string::npos);
  EXPECT_LT(all[0].id, all[1].id);
  EXPECT_TRUE(elsewhere.empty());
}

TEST_F(GateService, ASealedDayTellsWhenARowWasChanged) {
  const auto seal = [&] {
    return database->write([&](Session& s) {
      return ledger::seal_day(s, sealed_passages(), w.community.id, civil_date(test_now), test_now + 24h);
    });
  };
  const auto findings = [&] {
    return database->read([](Session& s) { return ledger::verify(s, {sealed_passages()}); }).value().findings;
  };
  ASSERT_TRUE(pass(picked({self.person_id, wife.person_id})));
  EXPECT_EQ(seal().value(), 1);
  EXPECT_EQ(seal().value(), 0) << "once is enough";
  EXPECT_TRUE(findings().empty());
  ASSERT_TRUE(database->write([&](Session& s) { return s.run(soften, w.community.id); }));
  ASSERT_EQ(findings().size(), 1u);
  EXPECT_EQ(findings()[0].what, ledger::Trouble::seal_mismatch);
}

}  // namespace
}  // namespace firstline::gate
