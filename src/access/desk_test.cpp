#include "access/desk.hpp"

#include <algorithm>

#include <gtest/gtest.h>

#include "access/login_limiter.hpp"
#include "access/store.hpp"
#include "access/tokens.hpp"
#include "access/totp.hpp"
#include "area/test_world.hpp"
#include "ledger/fact.hpp"

namespace firstline::access {
namespace {

using namespace std::chrono_literals;
using area::test_now;
using http::Role;
using store::Session;

Uuid command(int n) {
  Uuid id;
  id.bytes[15] = static_cast<std::byte>(n);
  return id;
}

class AccountDesk : public ::testing::Test {
 protected:
  void SetUp() override {
    door.on_leaving = [this](Session&, AccountId account, Instant) -> Result<void> {
      gone.push_back(account);
      return {};
    };
  }
  AccountId make(const std::string& login, std::vector<http::Grant> grants) {
    const auto hash = hash_password("a long password", system_random()).value();
    return database
        ->write([&](Session& s) {
          return access::add_account(s, key, {login, login, "a long password", "", {}, std::move(grants), false}, hash,
                                     {}, test_now, system_random());
        })
        .value();
  }
  http::Actor as(AccountId account) {
    http::Actor actor;
    actor.account = account;
    actor.grants = database->read([&](Session& s) { return load_grants(s, account); }).value();
    return actor;
  }
  template <class F>
  std::string reason(F act) {
    const auto outcome = database->write([&](Session& s) { return act(s); });
    return outcome ? "done" : outcome.error().reason;
  }
  Result<OneTimeLogin> open(const http::Actor& actor, int n, const std::string& login, Role role, AreaId area) {
    const AddAccount add{command(n), login, "北门值守", role, area};
    const auto node = database->read([&](Session& s) { return node_for(s, actor, w.community.id, add); });
    if (!node) return tl::unexpected(node.error());
    return open_account(door, add, *node, actor, test_now, system_random());
  }
  Result<SignedIn> enter(const std::string& login, const std::string& password, Instant now = test_now) {
    auto outcome = sign_in(door, limiter, {login, password, {}}, "10.0.0.1", now, system_random());
    settle();
    return outcome;
  }
  std::string entering(const std::string& login, const std::string& password, Instant now = test_now) {
    const auto outcome = enter(login, password, now);
    return outcome ? "in" : outcome.error().reason;
  }
  void settle() {
    EXPECT_TRUE(database->write([](Session&) { return Result<void>(); }));
  }
  Result<http::Actor> who(const std::string& token) {
    return database->read([&](Session& s) { return authenticator.authenticate(s, token, "", test_now); });
  }
  AccountView seen(const http::Actor& actor, const std::string& login) {
    const auto all =
        database->read([&](Session& s) { return accounts_at(s, actor, w.community.id, test_now); }).value();
    const auto found =
        std::find_if(all.items.begin(), all.items.end(), [&](const AccountView& each) { return each.login == login; });
    EXPECT_NE(found, all.items.end()) << login;
    return found == all.items.end() ? AccountView{} : *found;
  }

  area::TemporaryDatabase database;
  area::SmallCommunity w = area::small_community(*database);
  person::FieldKey key{std::array<std::byte, 32>{}};
  Authenticator authenticator{*database, key};
  Door door{&*database, &key, &authenticator, {}};
  LoginLimiter limiter;
  std::vector<AccountId> gone;
  const AccountId secretary = make("secretary", {{Role::secretary, w.community.id, w.community.path}});
  const AccountId second = make("secretary2", {{Role::secretary, w.community.id, w.community.path}});
  const AccountId keeper = make("keeper", {{Role::keeper, w.compound1.id, w.compound1.path}});
};

TEST_F(AccountDesk, a_new_account_signs_in_with_the_password_shown_once_and_must_change_it) {
  const auto once = open(as(secretary), 1, "north", Role::keeper, w.compound1.id).value();
  EXPECT_EQ(once.password.size(), 14u);
  EXPECT_EQ(once.good_until, test_now + 72h);
  EXPECT_FALSE(once.second_factor_secret);
  const auto in = enter("north", once.password).value();
  EXPECT_TRUE(in.view.must_change_password);
  EXPECT_TRUE(who(in.token)->must_change_password);
  EXPECT_TRUE(seen(as(secretary), "north").one_time_until);
  EXPECT_EQ(seen(as(secretary), "north").signed_in_at, test_now);

  const auto change = [&](const std::string& from, const std::string& to) {
    const auto done = change_password(door, limiter, as(once.account_id), in.token, "10.0.0.1", {from, to}, test_now,
                                      system_random());
    return done ? "done" : done.error().reason;
  };
  EXPECT_EQ(change(once.password, "short"), "account.weak_password");
  EXPECT_EQ(change(once.password, "i am the north keeper"), "account.weak_password") << "holds the login";
  EXPECT_EQ(change(once.password, once.password), "account.same_password");
  EXPECT_EQ(change("not the password", "quite another one"), "account.wrong_password");
  const auto elsewhere = enter("north", once.password, test_now + 1min).value();
  EXPECT_EQ(change(once.password, "quite another one"), "done");
  EXPECT_FALSE(who(in.token)->must_change_password);
  EXPECT_FALSE(who(elsewhere.token)) << "other sessions end";
  EXPECT_EQ(entering("north", once.password, test_now + 1h), "session.wrong_credentials");
  const auto again = enter("north", "quite another one", test_now + 1h).value();
  EXPECT_FALSE(again.view.must_change_password);
}

TEST_F(AccountDesk, the_same_command_gives_the_same_password_and_another_does_not) {
  const auto once = open(as(secretary), 1, "north", Role::keeper, w.compound1.id).value();
  EXPECT_EQ(open(as(secretary), 1, "north", Role::keeper, w.compound1.id)->password, once.password);
  EXPECT_EQ(open(as(secretary), 2, "north", Role::keeper, w.compound1.id).error().reason, "account.exists");
}

TEST_F(AccountDesk, a_password_handed_out_runs_out) {
  const auto once = open(as(secretary), 1, "north", Role::keeper, w.compound1.id).value();
  EXPECT_EQ(entering("north", once.password, test_now + 72h - 1s), "in");
  EXPECT_EQ(entering("north", once.password, test_now + 72h), "session.password_expired");
  EXPECT_EQ(entering("north", "wrong password", test_now + 72h), "session.wrong_credentials");
}

TEST_F(AccountDesk, nobody_opens_accounts_above_or_outside_their_own) {
  EXPECT_EQ(open(as(secretary), 1, "boss", Role::commander, w.community.id).error().reason, "access.not_yours_to_give");
  EXPECT_EQ(open(as(secretary), 1, "other", Role::secretary, w.community.id).error().reason,
            "access.not_yours_to_give");
  EXPECT_EQ(open(as(keeper), 1, "other", Role::keeper, w.compound1.id).error().reason, "access.not_yours_to_give");
  EXPECT_EQ(open(as(secretary), 1, "other", Role::keeper, w.building1.id).error().reason, "access.elsewhere");
}

TEST_F(AccountDesk, a_deciding_role_comes_with_its_second_factor) {
  http::Actor commander;
  commander.account = {99};
  commander.grants = {{Role::commander, {1}, "620102"}};
  const auto once = open(commander, 1, "officer", Role::health_officer, w.community.id).value();
  ASSERT_TRUE(once.second_factor_secret);
  EXPECT_TRUE(once.second_factor_qr_svg->starts_with("<svg"));
  EXPECT_EQ(entering("officer", once.password), "session.totp_required");
  const auto secret = totp_from_base32(*once.second_factor_secret).value();
  const SignIn given{"officer", once.password, totp_digits(secret, totp_step(test_now))};
  EXPECT_TRUE(sign_in(door, limiter, given, "10.0.0.1", test_now, system_random()));
}

TEST_F(AccountDesk, roles_are_given_and_taken_and_end_the_sessions) {
  const auto in = enter("keeper", "a long password").value();
  const GrantCommand more{command(1), Role::volunteer, w.community.id};
  EXPECT_EQ(reason([&](Session& s) { return give_role(s, as(secretary), keeper, more, test_now); }), "done");
  EXPECT_FALSE(who(in.token));
  EXPECT_EQ(seen(as(secretary), "keeper").roles.size(), 2u);
  EXPECT_EQ(reason([&](Session& s) { return take_role(s, as(secretary), keeper, more, test_now); }), "done");
  EXPECT_EQ(reason([&](Session& s) { return take_role(s, as(secretary), keeper, more, test_now); }),
            "access.no_such_grant");
  const GrantCommand own{command(2), Role::secretary, w.community.id};
  EXPECT_EQ(reason([&](Session& s) { return take_role(s, as(secretary), second, own, test_now); }),
            "access.not_yours_to_give");
  EXPECT_EQ(reason([&](Session& s) { return give_role(s, as(secretary), secretary, more, test_now); }),
            "account.yourself");
}

TEST_F(AccountDesk, a_role_is_handed_over_by_its_holder_or_by_who_may_give_it) {
  const HandOver to_second{command(1), Role::keeper, w.compound1.id, "secretary2"};
  EXPECT_EQ(reason([&](Session& s) { return hand_role_over(s, as(keeper), keeper, to_second, test_now); }), "done");
  EXPECT_TRUE(as(keeper).grants.empty());
  EXPECT_EQ(as(second).grants.size(), 2u);
  const HandOver back{command(2), Role::keeper, w.compound1.id, "keeper"};
  EXPECT_EQ(reason([&](Session& s) { return hand_role_over(s, as(keeper), second, back, test_now); }),
            "access.not_yours_to_give");
  EXPECT_EQ(reason([&](Session& s) { return hand_role_over(s, as(secretary), second, back, test_now); }), "done");
  const HandOver nobody{command(3), Role::keeper, w.compound1.id, "nobody"};
  EXPECT_EQ(reason([&](Session& s) { return hand_role_over(s, as(keeper), keeper, nobody, test_now); }),
            "account.no_colleague");
}

TEST_F(AccountDesk, who_leaves_has_no_role_no_session_and_no_way_in) {
  const auto in = enter("keeper", "a long password").value();
  EXPECT_EQ(reason([&](Session& s) { return leave(s, door, as(second), secretary, test_now); }), "account.not_yours");
  EXPECT_EQ(reason([&](Session& s) { return leave(s, door, as(secretary), keeper, test_now); }), "done");
  EXPECT_EQ(gone, std::vector{keeper});
  EXPECT_FALSE(who(in.token));
  EXPECT_EQ(entering("keeper", "a long password"), "session.wrong_credentials");
  const AccountView view = seen(as(secretary), "keeper");
  EXPECT_TRUE(view.roles.empty());
  EXPECT_EQ(view.left_at, test_now);
  EXPECT_EQ(reason([&](Session& s) { return leave(s, door, as(secretary), keeper, test_now); }), "account.left");
}

TEST_F(AccountDesk, a_lost_password_takes_two_persons) {
  const auto in = enter("keeper", "a long password").value();
  const auto ask = [&](AccountId by) {
    return reason([&](Session& s) {
      return ask_reset(s, door, as(by), keeper, {command(1), "forgot it", false}, test_now, system_random());
    });
  };
  const auto confirm = [&](AccountId by, int n, Instant now = test_now) {
    return confirm_reset(door, as(by), keeper, command(n), now, system_random());
  };
  EXPECT_EQ(confirm(secretary, 2).error().reason, "reset.none");
  EXPECT_EQ(ask(secretary), "done");
  EXPECT_EQ(seen(as(second), "keeper").reset->asked_by_name, "secretary");
  EXPECT_EQ(confirm(secretary, 2).error().reason, "reset.by_the_same");
  EXPECT_EQ(confirm(keeper, 2).error().reason, "account.yourself");
  EXPECT_EQ(confirm(second, 2, test_now + 24h).error().reason, "reset.none") << "waits for a day";
  EXPECT_EQ(entering("keeper", "a long password"), "in") << "asked is not done";
  const auto once = confirm(second, 2).value();
  EXPECT_FALSE(who(in.token));
  EXPECT_EQ(confirm(second, 2)->password, once.password) << "the same command again";
  EXPECT_EQ(confirm(second, 3).error().reason, "reset.none");
  EXPECT_EQ(entering("keeper", "a long password"), "session.wrong_credentials");
  EXPECT_TRUE(enter("keeper", once.password)->view.must_change_password);
}

TEST_F(AccountDesk, a_reset_is_taken_back_and_needs_a_reason) {
  const auto ask = [&](const std::string& why) {
    return reason([&](Session& s) {
      return ask_reset(s, door, as(secretary), keeper, {command(1), why, false}, test_now, system_random());
    });
  };
  EXPECT_EQ(ask(""), "account.reason_missing");
  EXPECT_EQ(ask("forgot it"), "done");
  EXPECT_EQ(reason([&](Session& s) { return withdraw_reset(s, as(second), keeper, test_now); }), "done");
  EXPECT_EQ(reason([&](Session& s) { return withdraw_reset(s, as(second), keeper, test_now); }), "reset.none");
}

TEST_F(AccountDesk, the_machine_resets_where_nobody_is_left) {
  const auto once = reset_by_machine(door, "secretary", command(1), test_now, system_random()).value();
  EXPECT_EQ(entering("secretary", "a long password"), "session.wrong_credentials");
  EXPECT_EQ(entering("secretary", once.password), "in");
  EXPECT_EQ(reset_by_machine(door, "nobody", command(1), test_now, system_random()).error().reason, "account.unknown");
}

TEST_F(AccountDesk, sessions_are_listed_and_ended) {
  const auto first = enter("keeper", "a long password").value();
  const auto other = enter("keeper", "a long password", test_now + 1s).value();
  const auto open =
      database->read([&](Session& s) { return sessions_of(s, door, keeper, first.token, test_now + 1s); }).value();
  ASSERT_EQ(open.size(), 2u);
  EXPECT_FALSE(open[0].current);
  EXPECT_TRUE(open[1].current);
  EXPECT_NE(open[0].session_id, open[1].session_id);
  EXPECT_EQ(reason([&](Session& s) {
              return end_sessions(s, door, keeper, open[0].session_id, first.token, keeper, test_now);
            }),
            "done");
  EXPECT_TRUE(who(first.token));
  EXPECT_FALSE(who(other.token));
  (void)enter("keeper", "a long password", test_now + 2s);
  EXPECT_EQ(reason([&](Session& s) { return end_sessions(s, door, keeper, {}, first.token, keeper, test_now); }),
            "done");
  EXPECT_EQ(database->read([&](Session& s) { return sessions_of(s, door, keeper, first.token, test_now); })->size(),
            1u);
}

}  // namespace
}  // namespace firstline::access
