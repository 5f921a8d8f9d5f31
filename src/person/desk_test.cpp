// The desk's routes as they are called: what a grid worker finds, and commands that come twice.

#include <gtest/gtest.h>

#include "area/test_world.hpp"
#include "json/json.hpp"
#include "person/service.hpp"

namespace firstline::person {
namespace {

using area::test_now;
using store::Session;

class Desk : public ::testing::Test {
 protected:
  void SetUp() override { add_routes(table, directory, reactions); }

  PersonRef put(const char* name, const area::Area& home) {
    Person person;
    person.community_id = w.community.id;
    person.household_id = home.id;
    person.name = name;
    return database->write([&](Session& s) { return directory.add(s, person, test_now, system_random()); }).value();
  }
  http::Actor holder(http::Role role, const area::Area& area) const {
    http::Actor actor;
    actor.account = {1};
    actor.grants = {{role, area.id, area.path}};
    return actor;
  }
  Result<std::string> call(const char* name, const http::Actor& actor, const std::string& body,
                           std::map<std::string, std::string, std::less<>> parameters = {}) {
    for (const http::Route& route : table.routes()) {
      if (route.spec.name != name) continue;
      return database->write([&](Session& s) -> Result<std::string> {
        http::Call call;
        call.session = &s;
        call.actor = actor;
        call.now = test_now;
        call.random = &system_random();
        call.parameters = parameters;
        call.parameters["community"] = format_id(w.community.id.value);
        FL_TRY(call.place, route.spec.access.place(call));
        if (!actor.holds_any(route.spec.access.roles, call.place)) return fail(FaultCode::forbidden, "access.denied");
        return route.handle(call, body);
      });
    }
    return fail(FaultCode::not_found, "test.no_route");
  }
  std::size_t times(const std::string& text, const std::string& part) {
    std::size_t count = 0;
    for (auto at = text.find(part); at != std::string::npos; at = text.find(part, at + 1)) ++count;
    return count;
  }

  area::TemporaryDatabase database;
  area::SmallCommunity w = area::small_community(*database);
  FieldKey key{std::array<std::byte, 32>{}};
  Directory directory{key};
  Reactions reactions;
  http::RouteTable table;
};

TEST_F(Desk, a_grid_worker_finds_those_of_the_own_grid_only) {
  put("张三丰", w.home101);
  put("张三立", w.other_home);
  const PersonRef gone = put("张三宝", w.home102);
  ASSERT_TRUE(database->write([&](Session& s) -> Result<void> {
    FL_TRY(auto person, directory.find(s, gone));
    person.household_id = {};
    return directory.put(s, person, test_now, system_random());
  }));
  const auto found = [&](const http::Actor& actor, const char* typed) {
    const auto answer = call("search_people", actor, std::string(R"({"text":")") + typed + "\"}");
    return times(answer.value(), "name_masked");
  };
  const auto secretary = holder(http::Role::secretary, w.community), first = holder(http::Role::grid_worker, w.grid1),
             second = holder(http::Role::grid_worker, w.grid2);
  EXPECT_EQ(found(secretary, "张三"), 3u);
  EXPECT_EQ(found(first, "张三"), 1u);
  EXPECT_EQ(found(second, "zhangsan"), 1u);
  EXPECT_EQ(found(first, "1-1-101"), 1u);
  EXPECT_EQ(found(secretary, "1-1-101"), 2u);
  EXPECT_EQ(call("search_people", holder(http::Role::secretary, w.compound1), R"({"text":"zhang"})").error().reason,
            "access.denied");
}

TEST_F(Desk, a_grid_worker_moves_nobody_into_another_grid) {
  put("张三丰", w.home101);
  const auto worker = holder(http::Role::grid_worker, w.grid1);
  const std::string home = format_id(w.home101.id.value);
  const auto shown = call("get_household", worker, "", {{"household", home}}).value();
  EXPECT_EQ(call("get_household", worker, "", {{"household", format_id(w.other_home.id.value)}}).error().reason,
            "access.denied");
  const auto field = [&](const std::string& name) {
    const auto begin = shown.find("\"" + name + "\":\"") + name.size() + 4;
    return shown.substr(begin, shown.find('"', begin) - begin);
  };
  const auto move = [&](const area::Area& to, const char* id) {
    return call("move_person", worker,
                std::string(R"({"id":")") + id + R"(","base_version":")" + field("version") + R"(","household_id":")" +
                    format_id(to.id.value) + "\"}",
                {{"person", field("person_id")}});
  };
  EXPECT_EQ(move(w.other_home, "01890000-0000-7000-8000-000000000001").error().reason, "access.denied");
  EXPECT_TRUE(move(w.home102, "01890000-0000-7000-8000-000000000002"));
}

TEST_F(Desk, a_command_sent_twice_is_done_once_and_its_body_is_not_kept) {
  const auto secretary = holder(http::Role::secretary, w.community);
  const std::string body =
      R"({"id":"01890000-0000-7000-8000-000000000009","name":"张三丰","phone":"13812341234","marks":[]})";
  const std::map<std::string, std::string, std::less<>> home{{"household", format_id(w.home101.id.value)}};
  const auto first = call("add_person", secretary, body, home), again = call("add_person", secretary, body, home);
  ASSERT_TRUE(first && again);
  EXPECT_EQ(*first, *again);
  EXPECT_EQ(times(call("get_household", secretary, "", home).value(), "person_id"), 1u);
  const std::string other = R"({"id":"01890000-0000-7000-8000-000000000009","name":"李四","marks":[]})";
  EXPECT_EQ(call("add_person", secretary, other, home).error().reason, "command.id_reused");
}

}  // namespace
}  // namespace firstline::person
