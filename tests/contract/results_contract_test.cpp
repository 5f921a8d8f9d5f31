// Results in versions, and a test round, give the same answers on every engine.

#include <sstream>

#include "app/reactions.hpp"
#include "area/test_world.hpp"
#include "contract/engines.hpp"
#include "gate/recent.hpp"
#include "health/results.hpp"
#include "laboratory/service.hpp"
#include "person/merge.hpp"
#include "policy/embedded.hpp"
#include "round/service.hpp"

namespace firstline::tests {
namespace {

using namespace std::chrono_literals;
using health::NatState;

person::PersonRef somebody(store::Database& database, const person::Directory& people, const area::SmallCommunity& w,
                           const char* name, const char* phone) {
  person::Person made;
  made.community_id = w.community.id;
  made.household_id = w.home101.id;
  made.name = name;
  made.phone = phone;
  return database.write([&](Session& s) { return people.add(s, made, area::test_now, system_random()); }).value();
}

TEST_P(Engines, ResultsAreReplacedByLaterVersions) {
  const auto w = area::small_community(*database);
  const person::FieldKey key(std::array<std::byte, 32>{});
  const person::Directory people(key);
  const auto who = somebody(*database, people, w, "张三", "13812345678");
  const laboratory::Laboratory lab(&*database, people);
  const auto take = [&](const std::string& rows) {
    laboratory::Wanted wanted;
    wanted.source = "laboratory";
    wanted.command = make_uuid_v7(area::test_now, system_random());
    wanted.area = wanted.community = w.community.id;
    wanted.path = w.community.path;
    const std::string text = "编号,版本,姓名,手机,采样时间,报告时间,结果\n" + rows;
    const auto done =
        lab.take(wanted, [&] { return std::make_unique<std::istringstream>(text); }, {{1}, area::test_now});
    EXPECT_TRUE(done) << done.error().reason << done.error().detail;
    return done ? done->counts : laboratory::BatchCounts{};
  };
  EXPECT_EQ(take("S1,1,张三,13812345678,2022-03-15 08:00,2022-03-15 12:00,阳性\nS2,1,王五,13812345678,2022-03-15 "
                 "08:00,2022-03-15 12:00,阴性\n"),
            (laboratory::BatchCounts{2, 1, 0, 0, 0, 1, 0}));
  EXPECT_EQ(take("S1,2,张三,13812345678,2022-03-15 08:00,2022-03-15 13:00,阴性\n").replaced, 1);
  EXPECT_EQ(take("S1,2,张三,13812345678,2022-03-15 08:00,2022-03-15 13:00,阴性\n").same, 1);
  const auto below = database->read(
      [&](Session& s) { return health::results_below(s, w.community.id, w.building1.path, area::test_now - 48h); });
  ASSERT_TRUE(below) << below.error().detail;
  ASSERT_EQ(below->size(), 1u);
  EXPECT_EQ(below->front().person_id, who.person_id);
  EXPECT_EQ(below->front().state, NatState::negative);
  // Under another record that is merged into this one.
  const auto other = somebody(*database, people, w, "张三", "13912345678");
  EXPECT_EQ(take("S9,1,张三,13912345678,2022-03-15 09:00,2022-03-15 12:00,阴性\n").added, 1);
  const auto merged = database->write([&](Session& s) -> Result<void> {
    http::Actor actor;
    actor.account = {77};
    actor.grants = {{http::Role::secretary, w.community.id, w.community.path}};
    FL_TRY(const auto both, person::side_by_side(s, people, who, other, civil_date(area::test_now)));
    const person::MergePeople command{make_uuid_v7(area::test_now, system_random()),
                                      both.one.version,
                                      other.person_id,
                                      both.other.version,
                                      {},
                                      "同一人"};
    FL_TRYV(
        person::merge(s, people, app::reactions_to_people(), who, command, {actor, area::test_now, system_random()}));
    return {};
  });
  ASSERT_TRUE(merged) << merged.error().reason;
  EXPECT_EQ(database->read([&](Session& s) { return health::results_of(s, w.community.id, who.person_id); })->size(),
            3u);
  const auto after = database->read(
      [&](Session& s) { return health::results_below(s, w.community.id, w.home101.path, area::test_now - 48h); });
  ASSERT_EQ(after->size(), 2u) << "both records' results";
  for (const auto& each : *after) EXPECT_EQ(each.person_id, who.person_id);
}

TEST_P(Engines, ATestRoundFromLabelToHeldPeople) {
  const auto w = area::small_community(*database);
  const person::FieldKey key(std::array<std::byte, 32>{});
  const person::Directory people(key);
  const auto one = somebody(*database, people, w, "张三", "13812345678");
  const auto two = somebody(*database, people, w, "李四", "13812345679");
  const policy::RulesInForce rules(policy::embedded_library(), {});
  const movement::Ground movement{&people, &rules};
  gate::RecentPassages recent;
  const round::Ground ground{{&people, &rules, &recent, &movement}, nullptr};
  const auto done = database->write([&](Session& s) -> Result<void> {
    http::Call call;
    call.session = &s;
    call.now = area::test_now;
    call.random = &system_random();
    call.place = {w.community.id, w.community.path, {}};
    call.actor.account = {5};
    FL_TRY(auto shown, round::open(call, ground, {{}, w.community.id, "round", call.now, call.now + 8h, 10}));
    const auto id = shown.round.round_id;
    FL_TRY(shown, round::add_point(call, ground, id, {{}, w.compound1.id, "point", call.now, call.now + 4h, 30, 40}));
    FL_TRY(const auto point, round::load(s, w.community.id, shown.points.at(0).point_id));
    FL_TRY(const auto tubes, round::make_tubes(call, id, {{}, 1, 10}));
    const std::string label = tubes.items.at(0).label;
    for (const auto& who : {one, two}) {
      round::api::TakeSample command;
      command.tube = label;
      command.person_id = who.person_id;
      FL_TRYV(round::take_sample(call, ground, *point, command));
    }
    FL_TRYV(round::close_tube(call, ground, *point, label));
    FL_TRY(const auto manifest, round::hand_over(call, id, {{}, "laboratory"}));
    EXPECT_EQ(manifest.manifest.people, 2);
    FL_TRYV(round::tell_results(call, ground, id, {{}, {{label, round::api::TubeResult::abnormal}}}));
    FL_TRY(const auto held, round::held(call, ground, id));
    EXPECT_EQ(held.items.size(), 2u);
    FL_TRY(const auto missed, round::roll(call, ground, id, {}, true));
    EXPECT_TRUE(missed.items.empty());
    FL_TRY(const auto standing, health::standing(s, w.community.id, one.person_id));
    EXPECT_EQ(standing.nat.state, NatState::pool_abnormal);
    return {};
  });
  EXPECT_TRUE(done) << done.error().reason << " " << done.error().detail;
}

}  // namespace
}  // namespace firstline::tests
