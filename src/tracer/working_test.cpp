// What an officer does about rows, and what a resident sees and says.

#include "tracer/test_runs.hpp"

namespace firstline::tracer {
namespace {

using area::test_now;

class Working : public TracedWorld {
 protected:
  Working() {
    passes(ill, w.gate1.id, test_now - 5h);
    passes(neighbour, w.gate1.id, test_now - 5h);
    EXPECT_TRUE(follower.step(test_now));
    list = traced(of(ill)).value();
  }
  Uuid fresh() { return make_uuid_v7(test_now, system_random()); }
  RowId row_of(PersonId person) {
    const auto run = open(list.head.run_id).value();
    for (const auto& each : run.items)
      if (each.person_id == person) return each.row_id;
    return {};
  }
  Result<api::TraceRowDetail> called(RowId id, CallOutcome outcome, const char* note = "") {
    return in_call([&](http::Call& call, const Ground& g) { return log_call(call, g, id, {fresh(), outcome, note}); });
  }
  Result<api::TraceRowDetail> classified(RowId id, Category category, const char* reason) {
    return in_call([&](http::Call& call, const Ground& g) {
      return classify(call, g, id, {fresh(), category, reason});
    });
  }
  Result<api::TraceRowDetail> proposal(RowId id, Proposal what) {
    return in_call([&](http::Call& call, const Ground& g) { return propose(call, g, id, {fresh(), what}); });
  }
  Result<api::TraceRowDetail> handed(RowId id) {
    return in_call([&](http::Call& call, const Ground& g) { return hand_off(call, g, id, {fresh()}); });
  }
  template <class F>
  auto as(PersonId person, F work) {
    return database->write([&](Session& session) {
      http::Call call;
      call.session = &session;
      call.now = test_now;
      call.random = &system_random();
      call.actor.person = person;
      call.actor.person_community = w.community.id;
      return work(call, Ground{&people, &rules, &follower});
    });
  }
  api::MyTracings mine(PersonId person) {
    return as(person, [](http::Call& call, const Ground& g) { return my_tracings(call, g); }).value();
  }
  std::size_t count(const std::string& kind) {
    std::size_t found = 0;
    for (const auto& fact : facts()) found += fact.kind == kind ? 1 : 0;
    return found;
  }
  api::TraceRun list;
};

TEST_F(Working, a_call_is_logged_and_leads_to_the_next_step) {
  const RowId id = row_of(neighbour);
  EXPECT_EQ(called(id, CallOutcome::not_reached)->row.next_action, NextAction::call);
  const auto after = called(id, CallOutcome::reached, "周二去过菜场").value();
  EXPECT_EQ(after.row.calls, 2);
  EXPECT_EQ(after.row.next_action, NextAction::propose_test);
  ASSERT_EQ(after.steps.size(), 2u);
  EXPECT_EQ(after.steps[0].outcome, std::optional(CallOutcome::not_reached));
  EXPECT_EQ(after.steps[1].by, "流调");
  EXPECT_EQ(after.steps[1].note, "周二去过菜场");
  const auto head = open(list.head.run_id)->head;
  EXPECT_EQ(head.progress.rows, 2);
  EXPECT_EQ(head.progress.called, 1);
  EXPECT_EQ(head.progress.reached, 1);
  const auto all = in_call([](http::Call& call, const Ground& g) { return runs(call, g); }).value();
  EXPECT_EQ(json::write(all.items[0]), json::write(head)) << "the store counts as the list does";
  EXPECT_EQ(count("trace.called"), 2u);
  for (const auto& fact : facts()) EXPECT_EQ(fact.body.find("菜场"), std::string::npos);
  EXPECT_EQ(called(RowId{1}, CallOutcome::reached).error().reason, "trace.unknown_row");
  EXPECT_EQ(called(id, CallOutcome::reached, std::string(601, 'x').c_str()).error().reason, "trace.words_bad");
}

TEST_F(Working, a_call_sent_twice_is_one_call) {
  const RowId id = row_of(neighbour);
  const api::LogTraceCall command{fresh(), CallOutcome::reached, ""};
  for (int again = 0; again < 2; ++again) {
    const auto done =
        in_call([&](http::Call& call, const Ground& g) { return log_call(call, g, id, command); }).value();
    EXPECT_EQ(done.row.calls, 1);
  }
}

TEST_F(Working, the_auditor_sees_steps_without_their_words) {
  const RowId id = row_of(neighbour);
  ASSERT_TRUE(called(id, CallOutcome::reached, "周二去过菜场"));
  const auto seen = in_call([&](http::Call& call, const Ground& g) {
    call.actor.grants = {{http::Role::auditor, w.community.id, w.community.path}};
    return row(call, g, id);
  });
  ASSERT_EQ(seen->steps.size(), 1u);
  EXPECT_EQ(seen->steps[0].note, "");
}

TEST_F(Working, another_category_needs_a_reason_and_what_was_proposed_stays) {
  const RowId id = row_of(neighbour);
  EXPECT_EQ(classified(id, Category::close_contact, " ").error().reason, "trace.words_bad");
  EXPECT_EQ(classified(id, Category::general_contact, "面谈").error().reason, "trace.same_category");
  const auto after = classified(id, Category::close_contact, "一同下棋").value();
  EXPECT_EQ(after.row.category, Category::close_contact);
  EXPECT_EQ(after.row.proposed, Category::general_contact);
  EXPECT_EQ(after.steps.at(0).note, "一同下棋");
  EXPECT_EQ(classified(id, Category::not_a_contact, "认错人")->row.next_action, NextAction::done);
  EXPECT_EQ(proposal(id, Proposal::test).error().reason, "trace.nothing_to_propose");
  EXPECT_EQ(count("trace.classified"), 2u);
}

TEST_F(Working, a_proposal_is_made_once_and_others_hear_of_it) {
  std::vector<Proposed> heard;
  proposed = [&](http::Call&, const Proposed& one) -> Result<void> {
    heard.push_back(one);
    return {};
  };
  const RowId id = row_of(neighbour);
  ASSERT_TRUE(called(id, CallOutcome::reached));
  EXPECT_EQ(proposal(id, Proposal::test)->row.next_action, NextAction::done);
  EXPECT_EQ(proposal(id, Proposal::test).error().reason, "trace.proposed_before");
  EXPECT_EQ(proposal(id, Proposal::isolation).error().reason, "trace.nothing_to_propose") << "a general contact";
  ASSERT_TRUE(classified(id, Category::close_contact, "一同下棋"));
  ASSERT_TRUE(proposal(id, Proposal::isolation));
  ASSERT_TRUE(proposal(row_of(wife), Proposal::test));
  ASSERT_EQ(heard.size(), 3u);
  EXPECT_EQ(heard[2].last_exposure, std::optional(list.until)) << "at home until the end of the window";
  EXPECT_EQ(heard[1].what, Proposal::isolation);
  EXPECT_EQ(heard[1].who.person_id, neighbour);
  EXPECT_EQ(heard[1].last_exposure, open(list.head.run_id)->items.at(1).last);
  // What they cannot take is not proposed either.
  proposed = [](http::Call&, const Proposed&) -> Result<void> {
    return fail(FaultCode::conflict, "isolation.one_open");
  };
  EXPECT_EQ(proposal(row_of(wife), Proposal::isolation).error().reason, "isolation.one_open");
  EXPECT_FALSE(open(list.head.run_id)->items.at(0).isolation_proposed_at);
}

TEST_F(Working, somebody_of_another_community_is_handed_to_its_officer) {
  const auto guest = database
                         ->write([&](Session& session) -> Result<PersonId> {
                           person::Person made;
                           made.community_id = street.id;
                           made.name = "孙七";
                           FL_TRY(const auto ref, people.add(session, made, test_now, system_random()));
                           return ref.person_id;
                         })
                         .value();
  passes(guest, w.gate1.id, test_now - 5h + 1min, street.id);
  ASSERT_TRUE(follower.step(test_now + 1s));
  list = traced(of(ill)).value();
  const RowId id = row_of(guest);
  EXPECT_EQ(handed(row_of(neighbour)).error().reason, "trace.lives_here");
  EXPECT_EQ(proposal(id, Proposal::test).error().reason, "trace.nothing_to_propose");
  const auto here = handed(id).value();
  EXPECT_TRUE(here.row.handed_off_at);
  EXPECT_EQ(here.row.next_action, NextAction::done);
  EXPECT_EQ(called(id, CallOutcome::reached).error().reason, "trace.handed_off");
  EXPECT_EQ(handed(id).error().reason, "trace.handed_off");

  place = {street.id, street.path, {}};
  const auto there = in_call([](http::Call& call, const Ground& g) { return runs(call, g); }).value();
  ASSERT_EQ(there.items.size(), 1u);
  EXPECT_FALSE(there.items[0].person_id) << "the case stays where it is";
  EXPECT_FALSE(there.items[0].case_id);
  EXPECT_EQ(there.items[0].origin_name, w.community.name);
  EXPECT_EQ(there.items[0].asked_by, "");
  const auto theirs = open(there.items[0].run_id).value();
  ASSERT_EQ(theirs.items.size(), 1u);
  EXPECT_EQ(theirs.items[0].name_masked, "孙**");
  EXPECT_TRUE(theirs.items[0].latest.empty()) << "no place";
  EXPECT_EQ(theirs.items[0].last, std::optional(start_of(civil_date(test_now - 5h)))) << "a day, no hour";
  EXPECT_FALSE(theirs.onset_at);
  EXPECT_TRUE(called(theirs.items[0].row_id, CallOutcome::reached)) << "and they work it";
  EXPECT_EQ(called(id, CallOutcome::reached).error().reason, "trace.unknown_row") << "not ours";
}

TEST_F(Working, a_resident_sees_places_and_days_and_not_whose) {
  EXPECT_TRUE(mine(ill).items.empty()) << "a case is in no list of their own contacts";
  const auto shown = mine(neighbour);
  ASSERT_EQ(shown.items.size(), 1u);
  ASSERT_EQ(shown.items[0].places.size(), 1u);
  EXPECT_EQ(shown.items[0].places[0].basis, TraceBasis::gate);
  EXPECT_EQ(shown.items[0].places[0].place_name, w.gate1.name);
  EXPECT_EQ(shown.items[0].places[0].day, std::optional(civil_date(test_now - 5h)));
  EXPECT_TRUE(shown.items[0].may_object);
  const std::string said = json::write(shown);
  for (const std::string& kept : {std::string("张"), format_id(ill.value), std::string(":00.000")})
    EXPECT_EQ(said.find(kept), std::string::npos) << said;
  EXPECT_TRUE(mine(other).items.empty());
}

TEST_F(Working, an_objection_is_read_as_a_fact_and_answered_once) {
  const RowId id = row_of(neighbour);
  const auto objects = [&](PersonId who, RowId row, const char* words) {
    return as(who, [&](http::Call& call, const Ground& g) { return object(call, g, row, {fresh(), words}); });
  };
  const auto answers = [&](bool upheld) {
    return in_call([&](http::Call& call, const Ground& g) {
      return answer_objection(call, g, id, {fresh(), upheld, "已核实"});
    });
  };
  EXPECT_EQ(answers(true).error().reason, "trace.no_objection");
  EXPECT_EQ(objects(neighbour, id, " ").error().reason, "trace.words_bad");
  EXPECT_EQ(objects(other, id, "不是我").error().reason, "trace.unknown_row");
  const auto said = objects(neighbour, id, "那天我不在家").value();
  EXPECT_FALSE(said.items[0].may_object);
  EXPECT_EQ(objects(neighbour, id, "再说一次").error().reason, "trace.objected_before");
  EXPECT_EQ(open(list.head.run_id)->items.at(1).objection, std::optional(ObjectionState::open));
  const auto read = in_call([&](http::Call& call, const Ground& g) { return read_objection(call, g, id); }).value();
  EXPECT_EQ(read.words, "那天我不在家");
  EXPECT_EQ(count("trace.objection_read"), 1u);
  EXPECT_EQ(answers(true)->row.category, Category::not_a_contact);
  EXPECT_EQ(answers(false).error().reason, "trace.objection_answered");
  const auto after = mine(neighbour).items.at(0);
  EXPECT_EQ(after.category, Category::not_a_contact);
  EXPECT_EQ(after.objection->state, ObjectionState::upheld);
  EXPECT_EQ(after.objection->answer, "已核实");
}

}  // namespace
}  // namespace firstline::tracer
