#include <gtest/gtest.h>

#include "access/login_limiter.hpp"
#include "access/service.hpp"
#include "access/store.hpp"
#include "access/tokens.hpp"
#include "access/totp.hpp"
#include "area/test_world.hpp"

namespace firstline::access {
namespace {

using namespace std::chrono_literals;
using area::test_now;
using http::Role;
using store::Session;

const std::string secret = "12345678901234567890";
std::span<const std::byte> secret_bytes() { return std::as_bytes(std::span(secret)); }

class Sessions : public ::testing::Test {
 protected:
  void SetUp() override {
    make("keeper", {{Role::keeper, w.compound1.id, w.compound1.path}}, "");
    make("officer", {{Role::health_officer, w.community.id, w.community.path}}, secret);
  }
  AccountId make(const std::string& login, std::vector<http::Grant> grants, const std::string& totp) {
    const auto hash = hash_password("a long password", system_random()).value();
    return database
        ->write([&](Session& s) {
          return add_account(s, key, {login, "Post", "a long password", totp, {w.community.id, {5}}, grants, false},
                             hash, {}, test_now, system_random());
        })
        .value();
  }
  Result<SignedIn> try_in(const std::string& login, const std::string& password, Instant now,
                          std::optional<std::string> totp = {}) {
    auto outcome = sign_in(door, limiter, {login, password, totp}, "10.0.0.1", now, system_random());
    settle();
    return outcome;
  }
  std::string reason(const std::string& login, const std::string& password, Instant now,
                     std::optional<std::string> totp = {}) {
    const auto outcome = try_in(login, password, now, totp);
    return outcome ? "in" : outcome.error().reason;
  }
  std::string token(const std::string& login, Instant now = test_now) {
    return try_in(login, "a long password", now).value().token;
  }
  // What was submitted without waiting is done once a later write is.
  void settle() {
    EXPECT_TRUE(database->write([](Session&) { return Result<void>(); }));
  }
  Result<http::Actor> who(const std::string& session_token, const std::string& device_token, Instant now) {
    auto actor =
        database->read([&](Session& s) { return authenticator.authenticate(s, session_token, device_token, now); });
    settle();
    return actor;
  }

  area::TemporaryDatabase database;
  area::SmallCommunity w = area::small_community(*database);
  person::FieldKey key{std::array<std::byte, 32>{}};
  Authenticator authenticator{*database, key};
  Door door{&*database, &key, &authenticator, {}};
  LoginLimiter limiter;
};

TEST_F(Sessions, carry_the_grants) {
  const auto in = try_in("Keeper", "a long password", test_now).value();
  EXPECT_EQ(in.view.login, "keeper");
  ASSERT_EQ(in.view.roles.size(), 1u);
  EXPECT_EQ(in.view.roles[0].area_name, "示范1号院");
  EXPECT_EQ(in.view.csrf, authenticator.csrf_token(in.token));
  EXPECT_NE(in.view.csrf, authenticator.csrf_token(in.token + "x"));
  const auto actor = who(in.token, "", test_now).value();
  EXPECT_EQ(actor.account, in.view.account_id);
  EXPECT_EQ(actor.person.value, 5);
  EXPECT_EQ(actor.person_community, w.community.id);
  EXPECT_TRUE(actor.holds(Role::keeper, area::place_of(w.gate1)));
  EXPECT_FALSE(actor.holds(Role::keeper, area::place_of(w.gate2)));
  EXPECT_FALSE(actor.holds(Role::secretary, area::place_of(w.gate1)));
  EXPECT_EQ(database->read([&](Session& s) { return current_session(s, door, in.token, test_now); })->display_name,
            "Post");
}

TEST_F(Sessions, wrong_password_and_unknown_login_answer_alike) {
  EXPECT_EQ(reason("keeper", "wrong password", test_now), "session.wrong_credentials");
  EXPECT_EQ(reason("nobody", "wrong password", test_now), "session.wrong_credentials");
  EXPECT_EQ(reason("keeper", "", test_now), "session.wrong_credentials");
  EXPECT_EQ(reason("", "", test_now), "session.wrong_credentials");
}

TEST_F(Sessions, second_factor_is_demanded_and_taken_once) {
  const std::string now_digits = totp_digits(secret_bytes(), totp_step(test_now));
  EXPECT_EQ(reason("officer", "a long password", test_now), "session.totp_required");
  EXPECT_EQ(reason("officer", "wrong password", test_now, now_digits), "session.wrong_credentials");
  EXPECT_EQ(reason("officer", "a long password", test_now, "000000"), "session.wrong_credentials");
  EXPECT_EQ(reason("officer", "a long password", test_now, now_digits), "in");
  EXPECT_EQ(reason("officer", "a long password", test_now + 1s, now_digits), "session.wrong_credentials");
  const Instant later = test_now + 60s;
  EXPECT_EQ(reason("officer", "a long password", later, totp_digits(secret_bytes(), totp_step(later))), "in");
}

TEST_F(Sessions, of_two_with_the_same_digits_at_once_one_is_taken) {
  const auto use = [&](std::int64_t step) {
    return database->write([&](Session& s) { return use_totp_step(s, "officer", step); }).value();
  };
  EXPECT_TRUE(use(100));
  EXPECT_FALSE(use(100));
  EXPECT_FALSE(use(99));
  EXPECT_TRUE(use(101));
}

TEST_F(Sessions, a_deciding_role_cannot_be_had_without_one) {
  const auto added = database->write([&](Session& s) {
    return add_account(
        s, key,
        {"auditor", "Post", "a long password", "", {}, {{Role::auditor, w.community.id, w.community.path}}, false}, "x",
        {}, test_now, system_random());
  });
  EXPECT_EQ(added.error().reason, "account.totp_missing");
  const AccountId id = make("second", {}, "");
  const auto granted = database->write([&](Session& s) {
    return grant(s, id, {Role::commander, w.community.id, w.community.path}, {}, test_now);
  });
  EXPECT_EQ(granted.error().reason, "account.totp_missing");
  EXPECT_EQ(reason("auditor", "a long password", test_now), "session.wrong_credentials");
}

TEST_F(Sessions, run_out_when_idle_and_at_their_age) {
  const std::string idle = token("keeper");
  EXPECT_TRUE(who(idle, "", test_now + 12h - 1s));  // Seen: the idle time starts again.
  EXPECT_TRUE(who(idle, "", test_now + 24h - 2s));
  EXPECT_EQ(who(idle, "", test_now + 36h - 2s).error().reason, "session.expired");
  const std::string old = token("keeper");
  for (int i = 1; i < 21; ++i) ASSERT_TRUE(who(old, "", test_now + i * 8h)) << i;
  EXPECT_EQ(who(old, "", test_now + 7 * 24h).error().reason, "session.expired");
}

TEST_F(Sessions, that_ran_out_are_forgotten_and_live_ones_are_not) {
  const auto old = token("keeper"), live = token("keeper", test_now + 20h);
  const auto kept = [&](const std::string& session_token) {
    return database->read([&](Session& s) { return load_session(s, token_hash(key, session_token)); })->has_value();
  };
  ASSERT_TRUE(database->write([&](Session& s) { return forget_expired(s, test_now + 20h); }));
  EXPECT_FALSE(kept(old));
  EXPECT_TRUE(kept(live));
}

TEST_F(Sessions, of_a_decider_are_short) {
  const auto in =
      try_in("officer", "a long password", test_now, totp_digits(secret_bytes(), totp_step(test_now))).value();
  EXPECT_EQ(in.view.expires_at, test_now + 12h);
  EXPECT_TRUE(who(in.token, "", test_now + 30min - 1ms));
  EXPECT_EQ(who(in.token, "", test_now + 60min).error().reason, "session.expired");
}

TEST_F(Sessions, end_with_sign_out_and_when_roles_change) {
  const std::string one = token("keeper"), two = token("keeper");
  ASSERT_TRUE(database->write([&](Session& s) { return sign_out(s, door, one, test_now); }));
  EXPECT_EQ(who(one, "", test_now).error().reason, "session.expired");
  const AccountId id = who(two, "", test_now)->account;
  ASSERT_TRUE(database->write([&](Session& s) {
    return grant(s, id, {Role::volunteer, w.grid1.id, w.grid1.path}, {}, test_now);
  }));
  EXPECT_EQ(who(two, "", test_now).error().reason, "session.expired");
  const std::string three = token("keeper");
  EXPECT_EQ(who(three, "", test_now)->grants.size(), 2u);
  ASSERT_TRUE(database->write([&](Session& s) {
    return withdraw(s, id, {Role::keeper, w.compound1.id, w.compound1.path}, {}, test_now);
  }));
  EXPECT_EQ(who(three, "", test_now).error().reason, "session.expired");
  EXPECT_EQ(who(token("keeper"), "", test_now)->grants.size(), 1u);
}

TEST_F(Sessions, on_a_gate_phone_end_when_the_phone_is_shut_out) {
  const auto enrolled = [&](int n, const std::string& signed_in) {
    Uuid offer, take;
    offer.bytes[15] = static_cast<std::byte>(n);
    take.bytes[15] = static_cast<std::byte>(n + 1);
    return database
        ->write([&](Session& s) -> Result<Enrolled> {
          FL_TRY(const auto offered, offer_enrolment(s, door, offer, w.gate1.id, "phone", {9}, test_now));
          return enrol(s, door, take, offered.code, test_now, signed_in);
        })
        .value();
  };
  const auto on = [&](DeviceId device) {
    return sign_in(door, limiter, {"keeper", "a long password", {}}, "10.0.0.1", test_now, system_random(), device)
        .value()
        .token;
  };
  const std::string before = token("keeper"), elsewhere = token("keeper");
  const Enrolled lost = enrolled(1, before), other = enrolled(3, "");
  const std::string after = on(lost.device_id), beside = on(other.device_id);
  ASSERT_TRUE(database->write(
      [&](Session& s) { return revoke_device(s, door, lost.device_id, "lost", {}, test_now, system_random()); }));
  EXPECT_EQ(who(before, lost.token, test_now).error().reason, "device.revoked");
  EXPECT_EQ(who(after, lost.token, test_now).error().reason, "device.revoked");
  EXPECT_EQ(who(after, "", test_now).error().reason, "session.expired");  // Without the phone's own token no more.
  EXPECT_TRUE(who(beside, other.token, test_now));
  EXPECT_TRUE(who(elsewhere, "", test_now));
}

TEST_F(Sessions, nothing_sent_is_nobody_and_rubbish_is_refused) {
  EXPECT_FALSE(who("", "", test_now)->account);
  EXPECT_EQ(who("rubbish", "", test_now).error().code, FaultCode::unauthenticated);
  EXPECT_EQ(who("", "rubbish", test_now).error().reason, "device.revoked");
}

TEST_F(Sessions, ten_wrong_passwords_lock_the_account_beyond_a_restart) {
  Instant now = test_now;
  for (int i = 0; i < 10; ++i, now += 20min)
    EXPECT_EQ(reason("keeper", "wrong password", now), "session.wrong_credentials") << i;
  now -= 20min;
  LoginLimiter fresh;  // As after a restart.
  const auto after = [&](Millis wait) {
    return sign_in(door, fresh, {"keeper", "a long password", {}}, "10.0.0.2", now + wait, system_random());
  };
  EXPECT_EQ(after(15min - 1ms).error().reason, "session.wrong_credentials");
  EXPECT_TRUE(after(15min));
}

TEST_F(Sessions, guessing_is_slowed_down) {
  for (int i = 0; i < 4; ++i) EXPECT_EQ(reason("keeper", "wrong password", test_now), "session.wrong_credentials");
  EXPECT_EQ(reason("keeper", "a long password", test_now), "session.too_many_attempts");
  EXPECT_EQ(reason("keeper", "a long password", test_now + 1s), "in");
}

TEST_F(Sessions, generated_accounts_open_in_a_demo_only) {
  const auto hash = hash_password("demo", system_random()).value();
  ASSERT_TRUE(database->write([&](Session& s) {
    return add_account(s, key, {"demo", "Post", "demo", "", {}, {}, true}, hash, {}, test_now, system_random());
  }));
  EXPECT_EQ(reason("demo", "demo", test_now), "session.wrong_credentials");
  door.settings.allow_generated = true;
  EXPECT_EQ(reason("demo", "demo", test_now), "in");
}

TEST_F(Sessions, bad_accounts_are_refused) {
  const auto add = [&](const char* login, const char* password) {
    const auto added = database->write([&](Session& s) {
      return add_account(s, key, {login, "Post", password, "", {}, {}, false}, "x", {}, test_now, system_random());
    });
    return added ? std::string("added") : added.error().reason;
  };
  EXPECT_EQ(add("keeper", "a long password"), "account.exists");
  EXPECT_EQ(add("Up", "a long password"), "account.bad_login");
  EXPECT_EQ(add("two words", "a long password"), "account.bad_login");
  EXPECT_EQ(add("newcomer", "short"), "account.weak_password");
}

}  // namespace
}  // namespace firstline::access
