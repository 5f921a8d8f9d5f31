// Passes, visits and trips give the same answers on every engine: the upserts of the one row that a gate reads, the
// moves that must happen once, the lists by time.

#include "area/test_world.hpp"
#include "contract/engines.hpp"
#include "gate/presented.hpp"
#include "gate/standing.hpp"
#include "movement/passes.hpp"
#include "movement/trips.hpp"
#include "movement/visits.hpp"
#include "policy/embedded.hpp"

namespace firstline::tests {
namespace {

using namespace std::chrono_literals;
using area::test_now;

class Movement {
 public:
  explicit Movement(Database& database) : database_(database) {
    w = area::small_community(database);
    who = *database.write([&](Session& s) {
      person::Person person;
      person.community_id = w.community.id;
      person.household_id = w.home101.id;
      person.name = "张三";
      return people.add(s, person, test_now, system_random());
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
      call.actor.person = who.person_id;
      call.actor.person_community = who.community_id;
      return use_case(call);
    });
    if (!result) throw std::runtime_error(result.error().reason + " " + result.error().detail);
    return std::move(*result);
  }
  // As the gate's rule will see it, on the way out.
  struct Now {
    bool pass_valid = false, outing_approved = false;
    std::optional<movement::TripNow> trip;
  };
  Now standing(Instant now) {
    return *database_.read([&](Session& s) -> Result<Now> {
      FL_TRY(const auto kept,
             movement::standing(s, w.community.id, w.compound1.id, w.home101.id, who.person_id, civil_date(now)));
      FL_TRY(const auto resident, people.resident(s, who));
      FL_TRY(const auto stands, gate::stands_of(s, w.gate1, resident, now, true));
      const auto seen = gate::presented(stands, {}, {}, now).pass_use;
      return Now{seen.pass_valid, seen.outing_approved, kept.trip};
    });
  }

  person::FieldKey key{std::array<std::byte, 32>{}};
  person::Directory people{key};
  policy::RulesInForce rules{policy::embedded_library(), {"fl-base", "cn-9"}};
  movement::Ground ground{&people, &rules};
  area::SmallCommunity w;
  person::PersonRef who;

 private:
  Database& database_;
};

TEST_P(Engines, PassesBeginStopAndAreReplaced) {
  Movement m(*database);
  const AreaId here = m.w.community.id;
  EXPECT_TRUE(m.standing(test_now).pass_valid);
  const Date last = civil_date(test_now) + std::chrono::days(9);
  const auto started = m.at(test_now, [&](http::Call& call) {
    return movement::start_passes(call, here, {{}, m.w.compound1.id, last, movement::PassForm::printed});
  });
  EXPECT_EQ(started.issued, 2);
  const auto pass = m.at(test_now, [&](http::Call& call) { return movement::my_passes(call, m.ground); }).items.at(0);
  EXPECT_TRUE(m.standing(test_now + 1h).pass_valid);
  m.at(test_now + 1h,
       [&](http::Call& call) { return movement::end_pass(call, here, pass.pass_id, movement::PassState::lost); });
  EXPECT_FALSE(m.standing(test_now + 1h).pass_valid);
  m.at(test_now + 2h,
       [&](http::Call& call) { return movement::replace_pass(call, here, pass.pass_id, movement::PassForm::phone); });
  EXPECT_TRUE(m.standing(test_now + 2h).pass_valid);
  EXPECT_FALSE(m.standing(test_now + 10 * 24h).pass_valid);
  for (const int days : {3, 0}) {
    m.at(test_now, [&](http::Call& call) {
      return movement::approve_outing(
          call, m.ground, here,
          {{}, m.w.home101.id, {}, civil_date(test_now) + std::chrono::days(days), movement::ApprovalGround::medical});
    });
  }
  EXPECT_TRUE(m.standing(test_now).outing_approved);
  EXPECT_FALSE(m.standing(test_now + 24h).outing_approved);
  EXPECT_EQ(
      m.at(test_now, [&](http::Call& call) { return movement::pass_holders(call, here, "1-1-101"); }).items.size(), 2u);
  EXPECT_EQ(
      m.at(test_now, [&](http::Call& call) { return movement::cards(call, here, m.w.compound1.id); }).items.size(), 2u);
  expect_whole();
}

TEST_P(Engines, VisitsMoveOnceAndAreListedByTime) {
  Movement m(*database);
  movement::api::VisitCommand command;
  command.household_id = m.w.home101.id;
  command.name = "钱七";
  command.from = test_now;
  command.until = test_now + 2h;
  const auto asked =
      m.at(test_now, [&](http::Call& call) { return movement::ask_host(call, m.ground, m.w.gate1, command); });
  m.at(test_now, [&](http::Call& call) { return movement::answer_as_host(call, m.ground, asked.visit_id, true); });
  const auto went = [&](Instant now, bool in) {
    m.at(now, [&](http::Call& call) -> Result<int> {
      FL_TRY(const auto visit,
             movement::find_visit(*call.session, m.ground, m.w.community.id, asked.visit_id, call.now));
      FL_TRYV(movement::visitor_went(call, visit, in));
      return 0;
    });
  };
  const auto listed = [&](Instant now) {
    return m.at(now, [&](http::Call& call) { return movement::visits_at(call, m.ground, m.w.gate1); }).items.size();
  };
  went(test_now + 1h, true);
  EXPECT_EQ(listed(test_now + 3h), 1u) << "inside after the end";
  went(test_now + 3h, false);
  EXPECT_EQ(listed(test_now + 3h), 0u);
  const auto changes =
      *database->read([&](Session& s) { return movement::visit_changes_after(s, m.w.community.id, 0, 10); });
  EXPECT_EQ(changes.size(), 4u);
  EXPECT_EQ(m.at(test_now, [&](http::Call& call) { return movement::visits_of(call, m.ground, m.w.community.id); })
                .items.size(),
            1u);
  m.at(test_now, [&](http::Call& call) {
    return movement::reveal_visit(call, m.ground, m.w.community.id, asked.visit_id,
                                  {{}, person::RevealReason::tracing, "case 12"});
  });
  expect_whole();
}

TEST_P(Engines, TripsOpenCloseAndLeaveAProposal) {
  Movement m(*database);
  const AreaId here = m.w.community.id;
  const auto listed = [&](const char* csv) {
    return m.at(test_now, [&](http::Call& call) { return movement::import_risk_places(call, m.ground, here, csv); });
  };
  EXPECT_EQ(listed("110105,朝阳区,medium,2022-03-01,,notice").taken, 1);
  movement::api::FileTrip form;
  form.person_ids = {m.who.person_id};
  form.to_name = "朝阳区";
  form.plate = "甘A12345";
  form.leaves_on = civil_date(test_now);
  form.back_on = form.leaves_on + std::chrono::days(1);
  m.at(test_now,
       [&](http::Call& call) { return movement::file_trips(call, m.ground, here, form, movement::TripSource::gate); });
  EXPECT_EQ(m.standing(test_now).trip->risk, movement::Risk::medium);
  EXPECT_EQ(listed("110105,朝阳区,high,2022-03-01,,notice").trips_rated_anew, 1);
  EXPECT_EQ(m.standing(test_now).trip->risk, movement::Risk::high);
  const auto passes = [&](Instant now, std::int64_t passage, bool out) {
    m.at(now, [&](http::Call& call) -> Result<int> {
      FL_TRYV(
          movement::trip_passed(call, m.ground, m.w.gate1, m.w.home101.id, m.who.person_id, PassageId{passage}, out));
      return 0;
    });
  };
  const auto count = [&](const char* which, Instant now) {
    return m.at(now, [&](http::Call& call) { return movement::trips_of(call, m.ground, here, which); }).items.size();
  };
  passes(test_now + 1h, 1, true);
  EXPECT_EQ(count("open", test_now + 1h), 1u);
  EXPECT_EQ(count("overdue", test_now + 3 * 24h), 1u);
  passes(test_now + 5h, 2, false);
  EXPECT_FALSE(m.standing(test_now + 5h).trip);
  const auto proposed = [&] {
    return m.at(test_now + 5h, [&](http::Call& call) { return movement::follow_ups(call, m.ground, here); }).items;
  };
  ASSERT_EQ(proposed().size(), 1u);
  EXPECT_EQ(proposed()[0].kind, movement::FollowUp::central);
  m.at(test_now + 5h, [&](http::Call& call) -> Result<int> {
    FL_TRYV(movement::trip_taken_back(call, here, m.who.person_id, PassageId{2}));
    return 0;
  });
  EXPECT_TRUE(proposed().empty());
  EXPECT_EQ(count("open", test_now + 5h), 1u);
  expect_whole();
}

}  // namespace
}  // namespace firstline::tests
