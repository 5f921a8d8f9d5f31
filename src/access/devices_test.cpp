#include <fstream>
#include <sstream>

#include <gtest/gtest.h>

#include "access/service.hpp"
#include "area/test_world.hpp"

namespace firstline::access {
namespace {

using namespace std::chrono_literals;
using area::test_now;
using store::Session;

Uuid command(int n) {
  Uuid id;
  id.bytes[15] = static_cast<std::byte>(n);
  return id;
}

class Devices : public ::testing::Test {
 protected:
  EnrolmentOffer offer(int n, GateId gate) {
    return database
        ->write([&](Session& s) { return offer_enrolment(s, door, command(n), gate, "1号院北门手机", {9}, test_now); })
        .value();
  }
  Result<Enrolled> take(int n, const std::string& code, Instant now = test_now) {
    return database->write([&](Session& s) { return enrol(s, door, command(n), code, now); });
  }
  std::string reason(int n, const std::string& code, Instant now = test_now) {
    const auto taken = take(n, code, now);
    return taken ? "taken" : taken.error().reason;
  }
  Result<http::Actor> who(const std::string& token, Instant now = test_now) {
    auto actor = database->read([&](Session& s) { return authenticator.authenticate(s, "", token, now); });
    EXPECT_TRUE(database->write([](Session&) { return Result<void>(); }));
    return actor;
  }
  std::vector<DeviceView> all() {
    return database->read([&](Session& s) { return devices_of(s, w.community.id); }).value();
  }

  area::TemporaryDatabase database;
  area::SmallCommunity w = area::small_community(*database);
  person::FieldKey key{std::array<std::byte, 32>{}};
  Authenticator authenticator{*database, key};
  Door door{&*database,
            &key,
            &authenticator,
            {.limits = {}, .public_url = "https://10.0.0.5:8443", .allow_generated = false}};
};

TEST_F(Devices, a_code_makes_a_phone_a_device_of_its_gate) {
  const EnrolmentOffer code = offer(1, w.gate1.id);
  EXPECT_EQ(code.url, "https://10.0.0.5:8443/enrol/" + code.code);
  EXPECT_TRUE(code.qr_svg.starts_with("<svg"));
  EXPECT_EQ(code.expires_at, test_now + 10min);
  std::string typed = code.code;
  for (char& c : typed) c = static_cast<char>(std::tolower(c));
  const Enrolled phone = take(2, typed).value();
  EXPECT_EQ(phone.gate.gate_id, w.gate1.id);
  const auto actor = who(phone.token).value();
  EXPECT_EQ(actor.device, phone.device_id);
  EXPECT_EQ(actor.gate, w.gate1.id);
  EXPECT_FALSE(actor.account);
  EXPECT_TRUE(actor.device_at(area::place_of(w.gate1)));
  EXPECT_FALSE(actor.device_at(area::place_of(w.gate2)));
  ASSERT_EQ(all().size(), 1u);
  EXPECT_EQ(all()[0].gate_name, "北门");
}

TEST_F(Devices, a_code_works_once_and_for_ten_minutes) {
  const std::string code = offer(1, w.gate1.id).code;
  EXPECT_EQ(reason(2, "AAAAAAAA"), "enrolment.unknown");
  EXPECT_EQ(reason(2, code, test_now + 10min), "enrolment.unknown");
  EXPECT_EQ(reason(2, code, test_now + 10min - 1ms), "taken");
  EXPECT_EQ(reason(3, code), "enrolment.unknown");
}

TEST_F(Devices, the_same_command_gets_the_same_answer) {
  EXPECT_EQ(offer(1, w.gate1.id).code, offer(1, w.gate1.id).code);
  EXPECT_NE(offer(1, w.gate1.id).code, offer(2, w.gate1.id).code);
  const std::string code = offer(1, w.gate1.id).code;
  const Enrolled first = take(5, code).value(), again = take(5, code).value();
  EXPECT_EQ(first.token, again.token);
  EXPECT_EQ(first.device_id, again.device_id);
  EXPECT_EQ(all().size(), 1u);
}

TEST_F(Devices, a_revoked_one_is_out_at_once) {
  const Enrolled phone = take(2, offer(1, w.gate1.id).code).value();
  const auto revoke = [&](DeviceId id, const char* why) {
    return database->write([&](Session& s) { return revoke_device(s, door, id, why, {}, test_now, system_random()); });
  };
  EXPECT_EQ(revoke(phone.device_id, "").error().reason, "device.reason_missing");
  EXPECT_EQ(revoke({123}, "lost").error().reason, "device.unknown");
  EXPECT_TRUE(who(phone.token));
  ASSERT_TRUE(revoke(phone.device_id, "lost"));
  EXPECT_EQ(who(phone.token).error().reason, "device.revoked");
  EXPECT_EQ(all()[0].revoked_at, test_now);
  EXPECT_TRUE(revoke(phone.device_id, "lost"));  // Once more changes nothing.
}

TEST_F(Devices, last_seen_is_written_once_a_minute) {
  const Enrolled phone = take(2, offer(1, w.gate1.id).code).value();
  const std::pair<Millis, Millis> rows[] = {{30s, 0s}, {60s, 60s}, {90s, 60s}, {119s, 60s}, {121s, 121s}};
  for (const auto& [asked, seen] : rows) {
    ASSERT_TRUE(who(phone.token, test_now + asked));
    EXPECT_EQ(all()[0].last_seen_at, test_now + seen) << asked.count();
  }
}

TEST_F(Devices, no_code_and_no_token_is_kept) {
  const std::string code = offer(1, w.gate1.id).code;
  const std::string token = take(2, code)->token;
  std::string bytes;
  for (const auto& file : std::filesystem::directory_iterator(database.folder())) {
    std::ostringstream text;
    text << std::ifstream(file.path(), std::ios::binary).rdbuf();
    bytes += text.str();
  }
  EXPECT_NE(bytes.find("1号院北门手机"), std::string::npos);
  EXPECT_EQ(bytes.find(code), std::string::npos);
  EXPECT_EQ(bytes.find(token), std::string::npos);
}

}  // namespace
}  // namespace firstline::access
