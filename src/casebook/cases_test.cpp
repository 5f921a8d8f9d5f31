#include <gtest/gtest.h>

#include "access/service.hpp"
#include "casebook/test_cases.hpp"

namespace firstline::casebook {
namespace {

using namespace std::chrono_literals;
using http::Role;

class CaseBook : public ::testing::Test, public CaseWorld {};

TEST_F(CaseBook, IsOpenedByHandWithAReasonAndOncePerPerson) {
  EXPECT_EQ(open(person, Status::confirmed, ""), "case.no_reason");
  EXPECT_EQ(open(person, Status::recovered), "case.bad_status");
  EXPECT_EQ(open({99}, Status::confirmed), "person.unknown");
  onset = now + 1h;
  EXPECT_EQ(open(person, Status::confirmed), "case.bad_moment");
  onset.reset();
  EXPECT_EQ(open(person, Status::confirmed), "case.bad_moment") << "neither onset nor sample";
  onset = now - 48h;
  EXPECT_EQ(opened.size(), 0u);
  EXPECT_EQ(open(person, Status::confirmed), "");
  EXPECT_EQ(open(person, Status::suspected), "case.open_already");
  EXPECT_EQ(open(other, Status::asymptomatic), "");
  ASSERT_EQ(opened.size(), 2u) << "what a case does is told with each, and never for one that was refused";
  EXPECT_EQ(opened[1].number, 2);
  const auto shown = seen(opened[0].id);
  EXPECT_EQ(shown.shown.person->name_masked, "张**");
  EXPECT_EQ(shown.shown.household_label, "1-1-101");
  ASSERT_TRUE(shown.window);
  EXPECT_EQ(shown.window->lookback_days, 2);
  EXPECT_EQ(shown.window->from, now - 96h);
  ASSERT_EQ(shown.history.size(), 1u);
  EXPECT_EQ(shown.history[0].reason, "区疾控通报");
  EXPECT_EQ(shown.history[0].by, "Post health");
  EXPECT_EQ(facts("case.opened"), 2);
}

TEST_F(CaseBook, GoesStepByStepAndASecondPersonTakesItOutOfTheCount) {
  ASSERT_EQ(open(person, Status::suspected), "");
  const CaseId id = opened[0].id;
  EXPECT_EQ(step(health, id, Status::recovered), "case.illegal_step");
  EXPECT_EQ(step(health, id, Status::confirmed), "");
  EXPECT_EQ(seen(id).shown.status, Status::confirmed);
  EXPECT_EQ(step(health, id, Status::excluded), "");
  EXPECT_EQ(seen(id).shown.status, Status::confirmed) << "waits for a second person";
  EXPECT_EQ(seen(id).shown.waiting, 1);
  for (const auto& next : seen(id).next) EXPECT_FALSE(next.needs_second) << "one waits already";
  EXPECT_EQ(step(health, id, Status::excluded), "case.one_waits");
  const EntryId change = seen(id).history.back().entry_id;
  EXPECT_EQ(agree(health, id, change, true), "case.by_the_same");
  EXPECT_EQ(agree(street, id, {77}, true), "case.unknown_change");
  EXPECT_EQ(agree(street, id, change, true), "");
  EXPECT_EQ(agree(street, id, change, true), "case.decided");
  EXPECT_EQ(seen(id).shown.status, Status::excluded);
  EXPECT_EQ(seen(id).shown.classified, Status::confirmed);
  EXPECT_EQ(seen(id).shown.ended_at, now);
  EXPECT_EQ(open(person, Status::confirmed), "") << "an ended case keeps nobody from another";
}

TEST_F(CaseBook, WhatASecondPersonRefusesLeavesItAsItWas) {
  ASSERT_EQ(open(person, Status::confirmed), "");
  const CaseId id = opened[0].id;
  ASSERT_EQ(step(health, id, Status::asymptomatic), "");
  EXPECT_EQ(agree(street, id, seen(id).history.back().entry_id, false), "");
  EXPECT_EQ(seen(id).shown.status, Status::confirmed);
  EXPECT_EQ(seen(id).history.back().state, EntryState::refused);
  EXPECT_EQ(facts("case.change_refused"), 1);
}

TEST_F(CaseBook, AChangeThatWaitedTooLongIsNotTaken) {
  ASSERT_EQ(open(person, Status::confirmed), "");
  const CaseId id = opened[0].id;
  ASSERT_EQ(step(health, id, Status::excluded), "");
  const EntryId change = seen(id).history.back().entry_id;
  ASSERT_EQ(step(health, id, Status::died), "") << "one person may note a death while the other change waits";
  EXPECT_EQ(agree(street, id, change, true), "case.changed_meanwhile");
  EXPECT_EQ(seen(id).shown.status, Status::died);
}

TEST_F(CaseBook, MomentsAreCorrectedWithAReasonAndStayInTheHistory) {
  ASSERT_EQ(open(person, Status::confirmed), "");
  const CaseId id = opened[0].id;
  EXPECT_EQ(correct(id, api::Moment::onset, now - 72h, " "), "case.no_reason");
  EXPECT_EQ(correct(id, api::Moment::transferred, now + 1h), "case.bad_moment");
  EXPECT_EQ(correct(id, api::Moment::onset, now - 72h), "");
  EXPECT_EQ(correct(id, api::Moment::transferred, now - 1h), "");
  EXPECT_EQ(seen(id).window->anchor, now - 72h);
  EXPECT_EQ(seen(id).window->until, now - 1h);
  const auto history = seen(id).history;
  ASSERT_EQ(history.size(), 3u);
  EXPECT_EQ(history[1].part, Part::onset);
  EXPECT_EQ(history[1].before, format_instant(now - 48h));
  EXPECT_EQ(history[1].after, format_instant(now - 72h));
  EXPECT_EQ(facts("case.corrected"), 2);
}

TEST_F(CaseBook, IsListedByStatusAndDayAndReasonsAreReadByOfficersOnly) {
  ASSERT_EQ(open(person, Status::confirmed), "");
  now += 24h;
  ASSERT_EQ(open(other, Status::asymptomatic), "");
  const auto list = [&](Wanted wanted) { return listed(wanted).items.size(); };
  EXPECT_EQ(list({}), 2u);
  EXPECT_EQ(list({Status::confirmed, {}}), 1u);
  EXPECT_EQ(list({{}, civil_date(now)}), 1u);
  EXPECT_EQ(list({Status::confirmed, civil_date(now)}), 0u);
  EXPECT_EQ(listed({}).counts.at(static_cast<std::size_t>(Status::confirmed)).cases, 1);
  const auto by_secretary = seen(opened[0].id, Role::secretary);
  EXPECT_EQ(by_secretary.history.at(0).reason, "");
  EXPECT_TRUE(by_secretary.next.empty());
}

TEST_F(CaseBook, LinksMakeAChainAndARingIsRefused) {
  ASSERT_EQ(open(person, Status::confirmed), "");
  now += 72h;
  onset = now - 24h;
  ASSERT_EQ(open(other, Status::confirmed), "");
  const CaseId first = opened[0].id, second = opened[1].id;
  const auto link = [&](CaseId id, CaseId by, bool infected_by = true) {
    return as(health, Role::health_officer, [&](http::Call& call) {
      api::LinkCases command;
      command.other_case = by;
      command.infected_by = infected_by;
      command.kind = LinkKind::meal;
      command.confidence = Confidence::probable;
      command.place = "食堂";
      command.reason = "流调";
      return casebook::link(call, parts, id, command);
    });
  };
  EXPECT_EQ(link(second, second), "case.link_self");
  EXPECT_EQ(link(second, {5}), "case.unknown");
  EXPECT_EQ(link(second, first), "");
  EXPECT_EQ(link(first, second, false), "case.linked_already") << "the same, told from the other side";
  EXPECT_EQ(link(first, second), "case.link_ring");
  api::Chains shown;
  const auto look = [&] {
    as(health, Role::secretary, [&](http::Call& call) -> Result<void> {
      FL_TRY(shown, chains_of(call));
      return {};
    });
  };
  look();
  ASSERT_EQ(shown.nodes.size(), 2u);
  EXPECT_EQ(shown.nodes[1].generation, 1);
  EXPECT_EQ(shown.serial_days, std::vector{4});
  EXPECT_EQ(shown.serial_days_median, 4);
  EXPECT_EQ(shown.clusters.at(0).place, "食堂");
  ASSERT_EQ(seen(first).links.size(), 1u);
  EXPECT_FALSE(seen(first).links[0].infected_by);
  EXPECT_EQ(seen(second).history.back().part, Part::linked);
  const auto withdraw = [&] {
    return as(health, Role::health_officer, [&, id = shown.edges.at(0).link_id](http::Call& call) {
      return withdraw_link(call, parts, first, id, {{}, "记错了"});
    });
  };
  EXPECT_EQ(withdraw(), "");
  EXPECT_EQ(withdraw(), "case.decided");
  look();
  EXPECT_TRUE(shown.nodes.empty());
  EXPECT_EQ(shown.unlinked, 2);
  EXPECT_EQ(facts("case.link_withdrawn"), 2);
}

TEST_F(CaseBook, OtherModulesAskByIdOrByPerson) {
  ASSERT_EQ(open(person, Status::confirmed), "");
  const auto found = database->read([&](store::Session& s) { return case_of(s, w.community.id, opened[0].id); });
  ASSERT_TRUE(found);
  EXPECT_EQ(found->person_id, person);
  EXPECT_EQ(database->read([&](store::Session& s) { return case_of(s, w.community.id, {1}); }).error().reason,
            "case.unknown");
  EXPECT_FALSE(*database->read([&](store::Session& s) { return open_case_of(s, {w.community.id, other}); }));
}

}  // namespace
}  // namespace firstline::casebook
