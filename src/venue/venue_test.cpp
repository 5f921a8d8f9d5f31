#include <gtest/gtest.h>

#include "area/test_world.hpp"
#include "json/json.hpp"
#include "venue/service.hpp"

namespace firstline::venue {
namespace {

using namespace std::chrono_literals;
using area::test_now;
using store::Session;

class Venues : public ::testing::Test {
 protected:
  template <class F>
  auto in_call(F work) {
    return database->write([&](Session& session) {
      http::Call call;
      call.session = &session;
      call.now = now;
      call.random = &system_random();
      call.actor.account = AccountId{7};
      call.actor.person = who.person_id;
      call.actor.person_community = who.community_id;
      call.place = {w.community.id, w.community.path, {}};
      return work(call);
    });
  }
  Uuid fresh() { return make_uuid_v7(now, system_random()); }
  Result<api::VenueList> made(AreaId compound, const char* name) {
    return in_call([&](http::Call& call) { return add_venue(call, {fresh(), compound, VenueKind::shop, name}); });
  }
  std::vector<VenueScan> kept() {
    return database->read([&](Session& session) { return scans(session, w.community.id, 0, INT64_MAX, 100); }).value();
  }
  area::TemporaryDatabase database;
  area::SmallCommunity w = area::small_community(*database);
  person::FieldKey key{std::array<std::byte, 32>{}};
  person::Directory people{key};
  Instant now = test_now;
  person::PersonRef who = database
                              ->write([&](Session& session) {
                                person::Person made;
                                made.community_id = w.community.id;
                                made.household_id = w.home101.id;
                                made.name = "张三";
                                return people.add(session, made, test_now, system_random());
                              })
                              .value();
};

TEST_F(Venues, a_scan_is_kept_once_and_names_nobody) {
  EXPECT_EQ(made(w.compound1.id, " ").error().reason, "venue.bad_name");
  EXPECT_EQ(made(w.home101.id, "便民超市").error().reason, "area.wrong_parent");
  const auto list = made(w.compound1.id, "便民超市").value();
  ASSERT_EQ(list.items.size(), 1u);
  const std::string code = list.items[0].venue_code;
  EXPECT_EQ(code.size(), 8u);
  const api::ScanVenue command{fresh(), code};
  const auto answer = in_call([&](http::Call& call) { return scan(call, command); }).value();
  EXPECT_EQ(answer.venue_name, "便民超市");
  ASSERT_TRUE(in_call([&](http::Call& call) { return scan(call, command); })) << "sent again";
  ASSERT_EQ(kept().size(), 1u);
  EXPECT_EQ(kept()[0].person_id, who.person_id);
  EXPECT_EQ(in_call([&](http::Call& call) {
              return scan(call, {fresh(), "NOSUCH00"});
            })
                .error()
                .reason,
            "venue.unknown");
  // The keeper of the place reads the resident's code, and learns the time.
  const std::string token = person::personal_code(key, who, now).token;
  const auto taken = in_call([&](http::Call& call) {
    call.parameters["venue_code"] = code;
    return scan_at(call, people, {fresh(), token});
  });
  ASSERT_TRUE(taken) << taken.error().reason;
  EXPECT_EQ(json::write(*taken).find("张"), std::string::npos);
  EXPECT_EQ(kept().size(), 2u);
}

TEST_F(Venues, scans_are_forgotten_when_tracing_looks_back_no_further) {
  const std::string code = made(w.compound1.id, "便民超市").value().items.at(0).venue_code;
  for (const auto& ago : {29 * 24h, 27 * 24h}) {
    now = test_now - ago;
    ASSERT_TRUE(in_call([&](http::Call& call) { return scan(call, {fresh(), code}); }));
  }
  ASSERT_TRUE(
      database->write([&](Session& session) { return forget_scans(session, w.community.id, test_now - scans_kept); }));
  ASSERT_EQ(kept().size(), 1u);
  EXPECT_EQ(kept()[0].at, test_now - 27 * 24h);
}

}  // namespace
}  // namespace firstline::venue
