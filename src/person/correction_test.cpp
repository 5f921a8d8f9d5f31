// A resident says what is wrong, the office reads and answers, and nothing stands in clear where nobody asked for it.

#include "person/correction.hpp"

#include <gtest/gtest.h>

#include "area/test_world.hpp"
#include "json/json.hpp"

namespace firstline::person {
namespace {

using area::test_now;
using store::Session;

class Corrections : public ::testing::Test {
 protected:
  void SetUp() override {
    add_correction_routes(table, directory);
    Person person;
    person.community_id = w.community.id;
    person.household_id = w.home101.id;
    person.name = "张三丰";
    me = database->write([&](Session& s) { return directory.add(s, person, test_now, system_random()); }).value();
  }
  Result<std::string> call(const char* name, PersonRef as, const std::string& body, std::string correction = "") {
    for (const http::Route& route : table.routes()) {
      if (route.spec.name != name) continue;
      return database->write([&](Session& s) {
        http::Call call;
        call.session = &s;
        call.actor.account = {7};
        call.actor.person = as.person_id;
        call.actor.person_community = as.community_id;
        call.place = {w.community.id, w.community.path, {}};
        call.now = test_now;
        call.random = &system_random();
        call.parameters["correction"] = correction;
        return route.handle(call, body);
      });
    }
    return fail(FaultCode::not_found, "test.no_route");
  }
  static std::string reason(const Result<std::string>& outcome) { return outcome ? "done" : outcome.error().reason; }
  Result<std::string> ask(const std::string& words) {
    return call("ask_correction", me, R"({"id":")" + id + R"(","words":")" + words + R"("})");
  }
  std::string first_id() {
    const std::string list = call("corrections", {}, "").value();
    const auto from = list.find("correction_id\":\"") + 16;
    return list.substr(from, list.find('"', from) - from);
  }

  area::TemporaryDatabase database;
  area::SmallCommunity w = area::small_community(*database);
  FieldKey key{std::array<std::byte, 32>{}};
  Directory directory{key};
  http::RouteTable table;
  PersonRef me;
  const std::string id = format_uuid(make_uuid_v7(test_now, system_random()));
};

TEST_F(Corrections, are_asked_read_and_answered_once) {
  EXPECT_EQ(reason(ask("我叫张三风，不是丰")), "done");
  const std::string list = call("corrections", {}, "").value();
  EXPECT_EQ(list.find("张三"), std::string::npos) << "no words and no name in clear: " << list;
  EXPECT_NE(list.find("张**"), std::string::npos) << list;
  const std::string one = first_id();
  EXPECT_NE(call("read_correction", {}, R"({"id":")" + id + R"("})", one).value().find("张三风"), std::string::npos);
  const std::string answer = R"({"id":")" + id + R"(","corrected":true,"answer":"已更正"})";
  EXPECT_EQ(reason(call("answer_correction", {}, answer, one)), "done");
  EXPECT_EQ(reason(call("answer_correction", {}, answer, one)), "correction.answered");
  const std::string mine = call("my_corrections", me, "").value();
  EXPECT_NE(mine.find("张三风"), std::string::npos) << mine;
  EXPECT_NE(mine.find("已更正"), std::string::npos) << mine;
  EXPECT_EQ(call("corrections", {}, "").value(), R"({"items":[]})");
}

TEST_F(Corrections, need_words_and_a_person_and_wait_three_at_a_time) {
  EXPECT_EQ(reason(ask("  ")), "correction.no_words");
  EXPECT_EQ(reason(ask(std::string(1501, 'x'))), "correction.no_words");
  EXPECT_EQ(reason(call("ask_correction", {}, R"({"id":")" + id + R"(","words":"x"})")), "person.none_of_this_account");
  for (int i = 0; i < 3; ++i) EXPECT_EQ(reason(ask("错了")), "done");
  EXPECT_EQ(reason(ask("错了")), "correction.too_many");
  EXPECT_EQ(reason(call("read_correction", {}, R"({"id":")" + id + R"("})", "1")), "correction.unknown");
}

}  // namespace
}  // namespace firstline::person
