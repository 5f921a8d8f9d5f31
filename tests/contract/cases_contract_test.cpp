// Cases begin, go on and are numbered alike on every engine.

#include <sstream>

#include "access/service.hpp"
#include "app/reactions.hpp"
#include "area/test_world.hpp"
#include "casebook/service.hpp"
#include "casebook/store.hpp"
#include "contract/engines.hpp"
#include "gate/service.hpp"
#include "laboratory/service.hpp"
#include "policy/embedded.hpp"

namespace firstline::tests {
namespace {

using namespace std::chrono_literals;
using casebook::Status;

TEST_P(Engines, ACaseFromItsOpeningToTheSecondPerson) {
  const auto w = area::small_community(*database);
  const person::FieldKey key(std::array<std::byte, 32>{});
  const person::Directory people(key);
  const policy::RulesInForce rules(policy::embedded_library(), {});
  const casebook::Parts parts{&people, &rules, nullptr};
  const auto done = database->write([&](Session& s) -> Result<void> {
    person::Person made;
    made.community_id = w.community.id;
    made.household_id = w.home101.id;
    made.name = "张三";
    FL_TRY(const auto who, people.add(s, made, area::test_now, system_random()));
    http::Call call;
    call.session = &s;
    call.now = area::test_now;
    call.random = &system_random();
    call.place = {w.community.id, w.community.path, {}};
    call.actor.grants = {{http::Role::health_officer, w.community.id, w.community.path}};
    std::vector<AccountId> officers;
    for (const char* login : {"one", "two"}) {
      FL_TRY(const auto account, access::add_account(s, key, {login, login, "a long password", "", {}, {}, false},
                                                     "no hash", {}, call.now, system_random()));
      officers.push_back(account);
    }
    call.actor.account = officers[0];
    FL_TRY(const auto opened,
           casebook::open(call, parts, {{}, who.person_id, Status::suspected, call.now - 24h, {}, {}, {}, "report"}));
    EXPECT_EQ(opened.number, 1);
    FL_TRY(const auto there, casebook::open_case_of(s, who));
    EXPECT_TRUE(there);
    // The number of another case that came between is not taken twice.
    casebook::Case twin = *there;
    twin.id = s.new_id<casebook::CaseId>(call.now);
    FL_TRY(const bool taken, casebook::add(s, twin));
    EXPECT_FALSE(taken);
    FL_TRYV(casebook::change_status(call, parts, opened.case_id, {{}, Status::confirmed, {}, "expert"}));
    FL_TRYV(casebook::change_status(call, parts, opened.case_id, {{}, Status::excluded, {}, "wrong sample"}));
    FL_TRY(const auto waiting, casebook::load_waiting(s, w.community.id));
    EXPECT_EQ(waiting.size(), 1u);
    call.actor.account = officers[1];
    FL_TRYV(casebook::decide(call, parts, opened.case_id, waiting.at(0).id, true));
    FL_TRY(const auto ended, casebook::case_of(s, w.community.id, opened.case_id));
    EXPECT_EQ(ended.status, Status::excluded);
    EXPECT_EQ(ended.classified, Status::confirmed);
    EXPECT_EQ(ended.changes, 2);
    // Whoever read the case before these changes may not write over them.
    FL_TRY(const bool stale, casebook::save(s, *there));
    EXPECT_FALSE(stale);
    FL_TRY(const auto list, casebook::list(call, parts, {Status::excluded, civil_date(call.now)}));
    EXPECT_EQ(list.items.size(), 1u);
    FL_TRYV(casebook::detail(call, parts, opened.case_id));
    return {};
  });
  EXPECT_TRUE(done) << done.error().reason << " " << done.error().detail;
}

TEST_P(Engines, APositiveResultOpensACaseAndAlarmsOnce) {
  const auto w = area::small_community(*database);
  const person::FieldKey key(std::array<std::byte, 32>{});
  const person::Directory people(key);
  const policy::RulesInForce rules(policy::embedded_library(), {});
  const casebook::Reactions to_cases = app::reactions_to_cases();
  const casebook::Parts parts{&people, &rules, &to_cases};
  const health::Reactions to_results = app::reactions_to_results(parts);
  const laboratory::Laboratory lab(&*database, people, &to_results);
  ASSERT_TRUE(database->write([&](Session& s) -> Result<void> {
    person::Person made;
    made.community_id = w.community.id;
    made.household_id = w.home101.id;
    made.name = "张三";
    made.phone = "13812345678";
    FL_TRYV(people.add(s, made, area::test_now, system_random()));
    return {};
  }));
  const std::string headings = "编号,姓名,手机,采样时间,报告时间,结果\n";
  const std::string first = "S1,张三,13812345678,2022-03-15 08:00,2022-03-15 12:00,阳性\n",
                    second = "S2,张三,13812345678,2022-03-15 09:00,2022-03-15 12:00,阳性\n";
  for (const std::string& rows : {first, first, first + second}) {
    laboratory::Wanted wanted;
    wanted.source = "laboratory";
    wanted.command = make_uuid_v7(area::test_now, system_random());
    wanted.area = wanted.community = w.community.id;
    wanted.path = w.community.path;
    const auto taken =
        lab.take(wanted, [&] { return std::make_unique<std::istringstream>(headings + rows); }, {{}, area::test_now});
    ASSERT_TRUE(taken) << taken.error().reason << taken.error().detail;
    EXPECT_EQ(taken->counts.refused, 0);
  }
  const auto seen = database->read([&](Session& s) -> Result<void> {
    http::Call call;
    call.session = &s;
    call.now = area::test_now + 1min;
    call.place = {w.community.id, w.community.path, {}};
    FL_TRY(const auto list, casebook::list(call, parts, {}));
    EXPECT_EQ(list.items.size(), 1u);
    FL_TRY(const auto detail, casebook::detail(call, parts, list.items.at(0).case_id));
    EXPECT_EQ(detail.history.size(), 3u) << "opened, and two results";
    FL_TRY(const auto alarms, gate::alarms(call, true));
    EXPECT_EQ(alarms.items.size(), 1u);
    EXPECT_EQ(alarms.items.at(0).kind, gate::AlarmKind::case_opened);
    EXPECT_EQ(alarms.items.at(0).subject, "case:" + format_id(list.items.at(0).case_id.value));
    EXPECT_FALSE(alarms.items.at(0).gate_id);
    return {};
  });
  EXPECT_TRUE(seen) << seen.error().reason << " " << seen.error().detail;
}

}  // namespace
}  // namespace firstline::tests
