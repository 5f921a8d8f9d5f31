// The tracer's list on a real database: from passages to masked rows and the fact.

#include "tracer/test_runs.hpp"
#include "venue/service.hpp"

namespace firstline::tracer {
namespace {

using area::test_now;

class Runs : public TracedWorld {};

TEST_F(Runs, lists_the_household_and_who_stood_at_the_gate) {
  passes(ill, w.gate1.id, test_now - 5h);
  passes(neighbour, w.gate1.id, test_now - 5h + 4min);
  passes(other, w.gate2.id, test_now - 5h);
  ASSERT_TRUE(follower.step(test_now));
  const auto list = traced(of(ill)).value();
  ASSERT_EQ(list.items.size(), 2u);
  EXPECT_EQ(list.items[0].person_id, wife);
  EXPECT_EQ(list.items[0].basis, std::vector{TraceBasis::household});
  EXPECT_EQ(list.items[0].next_action, NextAction::visit);
  EXPECT_EQ(list.items[1].person_id, neighbour);
  EXPECT_EQ(list.items[1].basis, std::vector{TraceBasis::gate});
  EXPECT_EQ(list.items[1].name_masked, "王**");
  EXPECT_EQ(list.items[1].phone_masked, "138****0003");
  EXPECT_EQ(list.items[1].overlap_seconds, 6 * 60) << "ten minutes of lingering, four of them before";
  ASSERT_EQ(list.items[1].latest.size(), 1u);
  EXPECT_EQ(list.items[1].latest[0].place_name, w.gate1.name);
  EXPECT_EQ(list.items[1].first, std::optional(test_now - 5h + 4min));
  EXPECT_EQ(list.from, test_now - 24h - std::chrono::days(2));
  EXPECT_EQ(list.unknown + list.left_out, 0);
  EXPECT_EQ(list.items[0].category, Category::close_contact);
  EXPECT_EQ(list.items[1].category, Category::general_contact) << "six minutes of fifteen";
  EXPECT_EQ(list.items[0].confidence, Confidence::high);
  EXPECT_EQ(list.items[1].confidence, Confidence::low);
}

TEST_F(Runs, asking_is_a_fact_without_names) {
  ASSERT_TRUE(follower.step(test_now));
  ASSERT_TRUE(traced(of(ill)));
  const auto rows = facts();
  ASSERT_EQ(rows.size(), 1u);
  EXPECT_EQ(rows[0].kind, "trace.asked");
  EXPECT_EQ(rows[0].actor, officer.value);
  EXPECT_EQ(rows[0].subject, "person:" + format_id(ill.value));
  EXPECT_NE(rows[0].body.find("confirmed_case"), std::string::npos);
  EXPECT_EQ(rows[0].body.find("张"), std::string::npos);
}

TEST_F(Runs, what_was_undone_or_may_still_be_is_not_in_it) {
  passes(ill, w.gate1.id, test_now - 5h);
  undo(passes(neighbour, w.gate1.id, test_now - 5h));
  passes(ill, w.gate2.id, test_now - 5s);
  passes(other, w.gate2.id, test_now - 5s);
  ASSERT_TRUE(follower.step(test_now));
  EXPECT_EQ(traced(of(ill)).value().items.size(), 1u) << "the wife";
  EXPECT_EQ(follower.view().scans(), 1u);
  ASSERT_TRUE(follower.step(test_now + 10s));
  EXPECT_EQ(follower.view().scans(), 3u);
  ASSERT_TRUE(follower.step(test_now + 20s));
  EXPECT_EQ(follower.view().scans(), 3u) << "nothing is taken twice";
}

TEST_F(Runs, outside_the_window_is_nothing) {
  passes(ill, w.gate1.id, test_now - 80h);
  passes(neighbour, w.gate1.id, test_now - 80h);
  ASSERT_TRUE(follower.step(test_now));
  EXPECT_EQ(traced(of(ill)).value().items.size(), 1u);
  auto earlier = of(ill);
  earlier.onset_at = test_now - 40h;
  EXPECT_EQ(traced(earlier).value().items.size(), 2u);
}

TEST_F(Runs, people_of_other_communities_stand_in_it_without_a_name) {
  passes(ill, w.gate1.id, test_now - 5h);
  passes(PersonId{4711}, w.gate1.id, test_now - 5h);
  passes(PersonId{4712}, w.gate1.id, test_now - 5h, street.id);
  ASSERT_TRUE(follower.step(test_now));
  const auto list = traced(of(ill)).value();
  EXPECT_EQ(list.unknown, 1) << "nobody knows where 4711 lives";
  ASSERT_EQ(list.items.size(), 2u);
  EXPECT_EQ(list.items[1].person_id, PersonId{4712});
  EXPECT_EQ(list.items[1].name_masked + list.items[1].phone_masked + list.items[1].household_label, "");
  EXPECT_EQ(list.items[1].home_name, street.name);
  EXPECT_EQ(list.items[1].next_action, NextAction::hand_off);
}

TEST_F(Runs, a_run_is_kept_and_found_again) {
  passes(ill, w.gate1.id, test_now - 5h);
  passes(neighbour, w.gate1.id, test_now - 5h);
  ASSERT_TRUE(follower.step(test_now));
  const auto command = of(ill);
  const auto made = traced(command).value();
  EXPECT_GT(made.found_microseconds, 0);
  EXPECT_GE(made.listed_microseconds, made.found_microseconds);
  const auto kept = open(made.head.run_id).value();
  EXPECT_EQ(json::write(kept), json::write(made));
  EXPECT_EQ(traced(command).value().head.run_id, made.head.run_id) << "sent twice, one run";
  const auto all = in_call([&](http::Call& call, const Ground& ground) { return runs(call, ground); }).value();
  ASSERT_EQ(all.items.size(), 1u);
  EXPECT_EQ(all.items[0].name_masked, "张**");
  EXPECT_EQ(all.items[0].progress.rows, 2);
  EXPECT_EQ(all.items[0].progress.called, 0);
  EXPECT_EQ(facts().size(), 1u);
  // What comes later changes nothing of it.
  passes(other, w.gate1.id, test_now - 1h);
  ASSERT_TRUE(follower.step(test_now));
  EXPECT_EQ(open(made.head.run_id).value().items.size(), 2u);
  EXPECT_EQ(open(RunId{1}).error().reason, "trace.unknown_run");
}

TEST_F(Runs, neighbours_of_the_floor_are_listed_as_far_as_asked) {
  ASSERT_TRUE(follower.step(test_now));
  auto command = of(ill);
  command.neighbours = Neighbours::floor;
  const auto list = traced(command).value();
  ASSERT_EQ(list.items.size(), 2u);
  EXPECT_EQ(list.items[1].person_id, neighbour);
  EXPECT_EQ(list.items[1].basis, std::vector{TraceBasis::floor});
  EXPECT_EQ(list.items[1].category, Category::general_contact);
  auto by_policy = of(ill);
  by_policy.neighbours.reset();
  EXPECT_EQ(traced(by_policy).value().neighbours, Neighbours::unit);
}

TEST_F(Runs, contacts_of_contacts_come_from_close_contacts_only) {
  passes(ill, w.gate1.id, test_now - 10h);
  passes(neighbour, w.gate1.id, test_now - 10h);  // Ten minutes: a general contact.
  passes(neighbour, w.gate2.id, test_now - 6h);
  passes(wife, w.gate2.id, test_now - 3h);
  passes(other, w.gate2.id, test_now - 3h);
  passes(other, w.gate2.id, test_now - 6h);
  ASSERT_TRUE(follower.step(test_now));
  auto command = of(ill);
  EXPECT_EQ(traced(command).value().items.size(), 2u);
  command = of(ill);
  command.contacts_of_contacts = true;
  command.close_minutes_min = 10;
  auto list = traced(command).value();
  ASSERT_EQ(list.items.size(), 3u);
  EXPECT_EQ(list.items[2].person_id, other);
  EXPECT_EQ(list.items[2].category, Category::contact_of_contact);
  EXPECT_EQ(list.items[2].overlap_seconds, 1200) << "ten minutes with each of the two";
  command = of(ill);
  command.contacts_of_contacts = true;
  command.close_minutes_min = 11;
  EXPECT_EQ(traced(command).value().items.size(), 2u) << "no ten minutes are enough";
  const policy::RulesInForce twenty{policy::embedded_library(), {"fl-base", "cn-9", "cn-20"}};
  EXPECT_EQ(traced(command, twenty).value().items.size(), 2u) << "asked before: the same run";
  command.id = make_uuid_v7(test_now, system_random());
  EXPECT_EQ(traced(command, twenty).error().reason, "trace.secondary_not_determined");
}

TEST_F(Runs, the_source_is_looked_for_before_the_onset) {
  passes(ill, w.gate1.id, test_now - std::chrono::days(9));
  passes(neighbour, w.gate1.id, test_now - std::chrono::days(9));
  passes(ill, w.gate2.id, test_now - 2h);
  passes(other, w.gate2.id, test_now - 2h);
  ASSERT_TRUE(follower.step(test_now));
  auto command = of(ill);
  command.purpose = TracePurpose::source_search;
  const auto list = traced(command).value();
  EXPECT_EQ(list.head.direction, Direction::backward);
  EXPECT_EQ(list.until, test_now - 24h);
  ASSERT_EQ(list.items.size(), 2u);
  EXPECT_EQ(list.items[1].person_id, neighbour);
}

TEST_F(Runs, who_scanned_the_same_venue_is_in_it_with_its_name) {
  const auto list = in_call([&](http::Call& call, const Ground&) {
                      return venue::add_venue(call, {make_uuid_v7(test_now, system_random()), w.compound1.id,
                                                     venue::VenueKind::shop, "便民超市"});
                    }).value();
  for (const PersonId person : {ill, neighbour}) {
    ASSERT_TRUE(in_call([&](http::Call& call, const Ground&) {
      call.now = test_now - 3h;
      call.actor.person = person;
      call.actor.person_community = w.community.id;
      return venue::scan(call, {make_uuid_v7(test_now, system_random()), list.items.at(0).venue_code});
    }));
  }
  ASSERT_TRUE(follower.step(test_now + 20s));  // Their ids are of now, and settle in twelve seconds.
  const auto found = traced(of(ill)).value();
  ASSERT_EQ(found.items.size(), 2u);
  EXPECT_EQ(found.items[1].person_id, neighbour);
  EXPECT_EQ(found.items[1].basis, std::vector{TraceBasis::venue});
  EXPECT_EQ(found.items[1].latest.at(0).place_name, "便民超市");
  EXPECT_EQ(found.items[1].overlap_seconds, 600);
}

TEST_F(Runs, a_tracing_needs_a_case_and_takes_its_window_from_it) {
  ASSERT_TRUE(follower.step(test_now));
  auto command = of(neighbour);
  EXPECT_EQ(traced(command).error().reason, "trace.case_needed");
  command.purpose = TracePurpose::pool_abnormal;
  EXPECT_EQ(traced(command).error().reason, "trace.onset_missing") << "no case says it";
  command.onset_at = test_now - 3h;
  EXPECT_FALSE(traced(command).value().head.case_id);
  const auto of_case = traced(of(ill)).value();
  EXPECT_TRUE(of_case.head.case_id);
  EXPECT_EQ(of_case.onset_at, std::optional(test_now - 24h)) << "the case's own";
  auto otherwise = of(ill);
  otherwise.onset_at = test_now - 30h;
  EXPECT_EQ(traced(otherwise).value().from, test_now - 30h - std::chrono::days(2));
}

TEST_F(Runs, refuses) {
  EXPECT_EQ(traced(of(ill)).error().reason, "trace.not_ready");
  ASSERT_TRUE(follower.step(test_now));
  EXPECT_EQ(traced(of(PersonId{4711})).error().reason, "person.unknown");
  auto bad = of(ill);
  bad.until = test_now + 1s;
  EXPECT_EQ(traced(bad).error().reason, "trace.window_bad");
  bad.until = test_now - std::chrono::days(4);
  EXPECT_EQ(traced(bad).error().reason, "trace.window_bad");
  bad = of(ill);
  bad.onset_at = test_now - std::chrono::days(27);
  EXPECT_EQ(traced(bad).error().reason, "trace.window_bad");
  bad = of(ill);
  bad.lookback_days = 29;
  EXPECT_EQ(traced(bad).error().reason, "trace.parameter_bad");
  const policy::RulesInForce later{policy::embedded_library(), {"fl-base", "cn-8", "cn-BII"}};
  EXPECT_EQ(traced(of(ill), later).error().reason, "trace.not_determined");
  EXPECT_TRUE(facts().empty());
}

}  // namespace
}  // namespace firstline::tracer
