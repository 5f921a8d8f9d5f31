// The desk of accounts gives the same answers on every engine: a new account, its first password, a reset by two,
// leaving.

#include "access/desk.hpp"
#include "access/login_limiter.hpp"
#include "access/store.hpp"
#include "area/test_world.hpp"
#include "contract/engines.hpp"

namespace firstline::tests {
namespace {

using namespace std::chrono_literals;
using http::Role;

TEST_P(Engines, AnAccountFromItsFirstPasswordToLeaving) {
  const auto w = area::small_community(*database);
  const person::FieldKey key(std::array<std::byte, 32>{});
  const access::Authenticator authenticator(*database, key);
  const access::Door door{&*database, &key, &authenticator, {}};
  access::LoginLimiter limiter;
  const auto open = [&](int n, const char* login, Role role, const area::Area& node) {
    Uuid id;
    id.bytes[15] = static_cast<std::byte>(n);
    return access::open_account(door, {id, login, "Post", role, node.id}, node, {}, noon, system_random()).value();
  };
  const auto secretary = open(1, "secretary", Role::secretary, w.community);
  const auto second = open(2, "second", Role::secretary, w.community);
  const auto keeper = open(3, "keeper", Role::keeper, w.compound1);
  EXPECT_EQ(open(3, "keeper", Role::keeper, w.compound1).password, keeper.password);
  const auto as = [&](const access::OneTimeLogin& one) {
    http::Actor actor;
    actor.account = one.account_id;
    actor.grants = database->read([&](Session& s) { return access::load_grants(s, one.account_id); }).value();
    return actor;
  };
  const auto list = [&] {
    return database->read([&](Session& s) { return access::accounts_at(s, as(second), w.community.id, noon); }).value();
  };
  const auto logins = [&] {
    std::string text;
    for (const auto& one : list().items) text += one.login + (one.left_at ? "- " : one.reset ? "? " : " ");
    return text;
  };
  const auto in = [&](const char* login, const std::string& password) {
    return access::sign_in(door, limiter, {login, password, {}}, "10.0.0.1", noon, system_random());
  };
  EXPECT_EQ(logins(), "keeper second secretary ");
  const auto first = in("keeper", keeper.password).value();
  EXPECT_TRUE(first.view.must_change_password);
  ASSERT_TRUE(access::change_password(door, limiter, as(keeper), first.token, "10.0.0.1",
                                      {keeper.password, "quite another one"}, noon, system_random()));
  EXPECT_EQ(
      database->read([&](Session& s) { return access::sessions_of(s, door, keeper.account_id, "", noon); })->size(),
      1u);
  const auto reset = [&](const access::OneTimeLogin& by) {
    return database->write([&](Session& s) {
      return access::ask_reset(s, door, as(by), keeper.account_id, {{}, "lost", false}, noon, system_random());
    });
  };
  ASSERT_TRUE(reset(second));
  ASSERT_TRUE(reset(secretary)) << "asked once more, by another";
  EXPECT_EQ(logins(), "keeper? second secretary ");
  EXPECT_EQ(list().items[0].reset->asked_by, secretary.account_id);
  const auto once = access::confirm_reset(door, as(second), keeper.account_id, Uuid{}, noon, system_random()).value();
  EXPECT_FALSE(in("keeper", "quite another one"));
  EXPECT_TRUE(in("keeper", once.password));
  ASSERT_TRUE(
      database->write([&](Session& s) { return access::leave(s, door, as(second), keeper.account_id, noon + 1min); }));
  EXPECT_EQ(logins(), "keeper- second secretary ");
  EXPECT_FALSE(in("keeper", once.password));
}

}  // namespace
}  // namespace firstline::tests
