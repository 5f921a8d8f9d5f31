#include <gtest/gtest.h>

#include "access/login_limiter.hpp"
#include "access/model.hpp"
#include "access/password.hpp"
#include "access/qr.hpp"

namespace firstline::access {
namespace {

using namespace std::chrono_literals;

const Instant noon = from_millis(1'647'316'800'000);

TEST(LoginLimiter, a_pair_waits_longer_with_each_failure) {
  LoginLimiter limiter;
  const Millis expected[] = {0s, 0s, 0s, 1s, 2s, 4s, 8s, 16s};
  for (const Millis wait : expected) {
    limiter.failed("10.0.0.1", "keeper", noon);
    EXPECT_EQ(limiter.wait("10.0.0.1", "keeper", noon), wait);
  }
  EXPECT_EQ(limiter.wait("10.0.0.1", "keeper", noon + 10s), 6s);
  EXPECT_LE(limiter.wait("10.0.0.1", "keeper", noon + 16s), 0s);
  EXPECT_LE(limiter.wait("10.0.0.1", "volunteer", noon), 0s);
  EXPECT_LE(limiter.wait("10.0.0.2", "keeper", noon), 0s);
  EXPECT_LE(limiter.wait("10.0.0.1", "keeper", noon + 1h), 0s);
}

TEST(LoginLimiter, one_login_from_many_addresses_and_one_address_with_many_logins) {
  LoginLimiter limiter;
  for (int i = 0; i < 12; ++i) limiter.failed("10.0.0." + std::to_string(i), "keeper", noon);
  EXPECT_EQ(limiter.wait("10.9.9.9", "keeper", noon), 2s);
  for (int i = 0; i < 32; ++i) limiter.failed("10.1.1.1", "login" + std::to_string(i), noon);
  EXPECT_EQ(limiter.wait("10.1.1.1", "fresh", noon), 2s);
  limiter.succeeded("10.1.1.1", "fresh");  // One good login does not pay for the bad ones.
  EXPECT_EQ(limiter.wait("10.1.1.1", "fresh", noon), 2s);
}

TEST(LoginLimiter, one_secret_tried_on_everybody_from_everywhere) {
  LoginLimiter limiter;
  const auto spray = [&](int from, int to) {
    for (int i = from; i < to; ++i)
      limiter.failed("10.0.0." + std::to_string(i), "login" + std::to_string(i), noon, "hash of 123456");
  };
  spray(0, 20);
  EXPECT_LE(limiter.wait("10.9.9.9", "fresh", noon, "hash of 123456"), 0s);
  spray(20, 22);
  EXPECT_EQ(limiter.wait("10.9.9.9", "fresh", noon, "hash of 123456"), 2s);
  EXPECT_LE(limiter.wait("10.9.9.9", "fresh", noon, "hash of another"), 0s);
  limiter.succeeded("10.9.9.9", "fresh");
  EXPECT_EQ(limiter.wait("10.9.9.9", "fresh", noon, "hash of 123456"), 2s);
  spray(22, 200);
  EXPECT_EQ(limiter.wait("10.9.9.9", "fresh", noon, "hash of 123456"), 1min) << "whoever has it gets in";
}

TEST(LoginLimiter, guessing_codes_shuts_out_nobody_else) {
  LoginLimiter limiter;
  for (int i = 0; i < 40; ++i) limiter.failed("10.0.0.1", "/enrol", noon);
  EXPECT_EQ(limiter.wait("10.0.0.1", "/enrol", noon), 15min);
  EXPECT_LE(limiter.wait("10.0.0.2", "/enrol", noon), 0s);
}

TEST(LoginLimiter, a_network_of_ipv6_counts_as_one_address) {
  LoginLimiter limiter;
  for (int i = 0; i < 32; ++i) limiter.failed("2001:db8:1:2::" + std::to_string(i), "login" + std::to_string(i), noon);
  EXPECT_EQ(limiter.wait("2001:db8:1:2:ffff::1", "fresh", noon), 2s);
  EXPECT_LE(limiter.wait("2001:db8:1:3::1", "fresh", noon), 0s);
  for (int i = 0; i < 32; ++i) limiter.failed("::ffff:10.0.0." + std::to_string(i), "other" + std::to_string(i), noon);
  EXPECT_LE(limiter.wait("::ffff:10.0.0.99", "fresh", noon), 0s) << "written so, IPv4 addresses stay apart";
}

TEST(LoginLimiter, waits_a_quarter_of_an_hour_at_most_and_stays_bounded) {
  LoginLimiter limiter(300);
  for (int i = 0; i < 200; ++i) limiter.failed("10.0.0.1", "keeper", noon);
  EXPECT_EQ(limiter.wait("10.0.0.1", "keeper", noon), 15min);
  for (int i = 0; i < 5000; ++i) limiter.failed(std::to_string(i), std::to_string(i), noon + Millis(i));
  EXPECT_LE(limiter.entries(), 300u);
}

TEST(Password, right_wrong_and_malformed) {
  SeededRandom random(1);
  const std::string hash = hash_password("correct horse", random).value();
  EXPECT_TRUE(hash.starts_with("argon2id$"));
  EXPECT_TRUE(verify_password("correct horse", hash));
  EXPECT_FALSE(verify_password("correct horsf", hash));
  EXPECT_FALSE(verify_password("", hash));
  EXPECT_FALSE(verify_password(std::string(201, 'x'), hash));
  EXPECT_NE(hash, hash_password("correct horse", random).value());
  EXPECT_FALSE(verify_password("", nobodys_hash()));
  for (const char* bad : {"", "argon2id", "argon2id$2$67108864$00$00", "bcrypt$1$2$3$4", "argon2id$x$y$z$w"}) {
    EXPECT_FALSE(verify_password("correct horse", bad)) << bad;
  }
}

TEST(Grants, there_and_back) {
  const std::vector<http::Grant> grants{{http::Role::keeper, {123}, "620102/020/901/c1"},
                                        {http::Role::health_officer, {4}, "620102"}};
  const auto back = unpack_grants(pack_grants(grants)).value();
  ASSERT_EQ(back.size(), 2u);
  EXPECT_EQ(back[0].role, http::Role::keeper);
  EXPECT_EQ(back[0].area.value, 123);
  EXPECT_EQ(back[1].path, "620102");
  EXPECT_TRUE(unpack_grants("").value().empty());
  for (const char* bad : {"keeper", "keeper 1", "king 1 620102\n", "keeper x 620102\n"}) {
    EXPECT_EQ(unpack_grants(bad).error().reason, "access.bad_grant") << bad;
  }
}

TEST(Grants, deciding_roles_need_a_second_factor) {
  using http::Role;
  for (const Role role : {Role::health_officer, Role::commander, Role::personnel, Role::auditor}) {
    EXPECT_TRUE(needs_second_factor({{role, {1}, "a"}}));
  }
  for (const Role role : {Role::resident, Role::keeper, Role::volunteer, Role::grid_worker, Role::secretary}) {
    EXPECT_FALSE(needs_second_factor({{role, {1}, "a"}}));
  }
}

TEST(Qr, draws_a_square_with_a_quiet_zone) {
  const std::string svg = qr_svg("https://10.0.0.5:8443/enrol/ABCD1234");
  EXPECT_TRUE(svg.starts_with("<svg"));
  EXPECT_NE(svg.find("viewBox=\"0 0 37 37\""), std::string::npos)
      << svg.substr(0, 120);                           // Version 3: 29 modules and 4 on each side.
  EXPECT_NE(svg.find("M4,4h7v1"), std::string::npos);  // The finder's first line.
}

}  // namespace
}  // namespace firstline::access
