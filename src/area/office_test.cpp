#include "area/office.hpp"

#include <gtest/gtest.h>

#include "area/test_world.hpp"

namespace firstline::area {
namespace {

TEST(Office, APhoneNumberIsDigitsAndWhatStandsBetweenThem) {
  for (const char* good : {"12345", "0931-8480000", "+86 (931) 848 0000"}) EXPECT_TRUE(valid_phone(good)) << good;
  for (const char* bad :
       {"", "12", "+", "call me", "0931;8480000", "javascript:1234", "123+45", "123456789012345678901234567890123"})
    EXPECT_FALSE(valid_phone(bad)) << bad;
}

// What an office answers that was started like this, in a database with one gate.
std::string answered(Office office, bool generated) {
  TemporaryDatabase database;
  http::RouteTable table;
  add_office_route(table, std::move(office));
  std::string text;
  const auto done = database->write([&](store::Session& session) -> Result<void> {
    FL_TRYV(load_divisions(session, embedded_divisions(), test_now));
    FL_TRY(const auto street, find_on_path(session, "620102/020"));
    FL_TRY(const auto community,
           add(session, &street, {AreaKind::community, "901", "某社区", {}, {}, generated}, test_now));
    FL_TRY(const auto compound,
           add(session, &community, {AreaKind::compound, "c1", "某小区", {}, {}, generated}, test_now));
    FL_TRYV(add_gate(session, compound, nullptr, "北门", test_now, system_random()));
    http::Call call;
    call.session = &session;
    FL_TRY(text, table.routes().front().handle(call, ""));
    return {};
  });
  EXPECT_TRUE(done) << done.error().reason;
  return text;
}

TEST(Office, SaysWhatItWasStartedWithAndWhetherItsPeopleAreMadeUp) {
  EXPECT_EQ(answered({}, false), R"({"generated":false})");
  EXPECT_EQ(answered({}, true), R"({"generated":true})");
  EXPECT_EQ(answered({"0931-0000000", "AB:CD"}, false),
            R"({"generated":false,"phone":"0931-0000000","authority_sha256":"AB:CD"})");
}

}  // namespace
}  // namespace firstline::area
