#pragma once

// Accounts as an office runs them: who has one, in which roles; handing a role over, leaving, and a lost password,
// which takes two persons. What needs a password hashed opens its own transactions (say "task"); the rest runs inside
// the caller's.
//
// Faults: account.unknown (not_found), account.yourself, account.not_yours, access.not_yours_to_give (forbidden),
// account.left, account.exists, access.no_such_grant, reset.none (conflict), reset.by_the_same (forbidden: the second
// person must be another), account.reason_missing, access.elsewhere (invalid).

#include <optional>
#include <string>
#include <vector>

#include "access/service.hpp"

namespace firstline::access {

struct ResetView {
  AccountId asked_by;
  std::string asked_by_name;
  Instant asked_at{};
  Instant expires_at{};
  bool second_factor = false;
};
BOOST_DESCRIBE_STRUCT(ResetView, (), (asked_by, asked_by_name, asked_at, expires_at, second_factor))
struct AccountView {
  AccountId account_id;
  std::string login;
  std::string display_name;
  std::vector<RoleView> roles;
  AreaId home_area_id;
  bool second_factor = false;
  std::optional<Instant> signed_in_at, locked_until, one_time_until, left_at;
  std::optional<ResetView> reset;
  bool may_manage = false;  // By whoever asks.
  bool generated = false;
};
BOOST_DESCRIBE_STRUCT(AccountView, (),
                      (account_id, login, display_name, roles, home_area_id, second_factor, signed_in_at, locked_until,
                       one_time_until, left_at, reset, may_manage, generated))
struct AreaToGive {
  AreaId area_id;
  std::string name;
  std::vector<http::Role> roles;  // That whoever asks may give here.
};
BOOST_DESCRIBE_STRUCT(AreaToGive, (), (area_id, name, roles))
struct Accounts {
  std::vector<AccountView> items;
  std::vector<AreaToGive> areas;
};
BOOST_DESCRIBE_STRUCT(Accounts, (), (items, areas))
// Those who have their home at a node of the official tree or one below, or a role there.
Result<Accounts> accounts_at(store::Session& session, const http::Actor& actor, AreaId area, Instant now);

// Shown once, to be handed over in person.
struct OneTimeLogin {
  AccountId account_id;
  std::string login;
  std::string password;
  Instant good_until{};
  std::optional<std::string> second_factor_secret, second_factor_qr_svg;
  std::optional<std::string> sign_in_qr_svg;  // Of a resident: leads to the page, with both filled in.
};
BOOST_DESCRIBE_STRUCT(OneTimeLogin, (),
                      (account_id, login, password, good_until, second_factor_secret, second_factor_qr_svg,
                       sign_in_qr_svg))

struct AddAccount {
  Uuid id;
  std::string login;
  std::string display_name;
  http::Role role = http::Role::keeper;
  AreaId area_id;
};
BOOST_DESCRIBE_STRUCT(AddAccount, (), (id, login, display_name, role, area_id))
// The node that a new account's role is to hold over: `top` of the official tree, or one of its compounds, grids or
// children, if the actor may give that role there.
Result<area::Area> node_for(store::Session& session, const http::Actor& actor, AreaId top, const AddAccount& command);
// Task. Asks nobody whether it may: see node_for. The same command gives the same answer.
// `person`: whose own account it is; none for a post.
Result<OneTimeLogin> open_account(const Door& door, const AddAccount& command, const area::Area& node,
                                  const http::Actor& by, Instant now, Random& random, person::PersonRef person = {});

struct GrantCommand {
  Uuid id;
  http::Role role = http::Role::keeper;
  AreaId area_id;
};
BOOST_DESCRIBE_STRUCT(GrantCommand, (), (id, role, area_id))
Result<void> give_role(store::Session& session, const http::Actor& actor, AccountId account,
                       const GrantCommand& command, Instant now);
Result<void> take_role(store::Session& session, const http::Actor& actor, AccountId account,
                       const GrantCommand& command, Instant now);
struct HandOver {
  Uuid id;
  http::Role role = http::Role::keeper;
  AreaId area_id;
  std::string to_login;
};
BOOST_DESCRIBE_STRUCT(HandOver, (), (id, role, area_id, to_login))
// By whoever may give the role, or by its holder: one loses it and the other has it, in one step.
Result<void> hand_role_over(store::Session& session, const http::Actor& actor, AccountId account,
                            const HandOver& command, Instant now);

struct WithReason {
  Uuid id;
  std::string reason;
};
BOOST_DESCRIBE_STRUCT(WithReason, (), (id, reason))
// Every role withdrawn, every session and shift ended; the login stays taken, so that the facts stay readable.
Result<void> leave(store::Session& session, const Door& door, const http::Actor& actor, AccountId account, Instant now);

struct AskReset {
  Uuid id;
  std::string reason;
  bool second_factor = false;
};
BOOST_DESCRIBE_STRUCT(AskReset, (), (id, reason, second_factor))
Result<void> ask_reset(store::Session& session, const Door& door, const http::Actor& actor, AccountId account,
                       const AskReset& command, Instant now, Random& random);
Result<void> withdraw_reset(store::Session& session, const http::Actor& actor, AccountId account, Instant now);
// Task. By somebody else than who asked. The same command gives the same answer.
Result<OneTimeLogin> confirm_reset(const Door& door, const http::Actor& actor, AccountId account, const Uuid& command,
                                   Instant now, Random& random);
// Task. For the machine's own command line, where an office has nobody left who could confirm.
Result<OneTimeLogin> reset_by_machine(const Door& door, std::string_view login, const Uuid& command, Instant now,
                                      Random& random);

struct OpenSession {
  LoginSessionId session_id;
  Instant started_at{};
  Instant seen_at{};
  Instant expires_at{};
  bool current = false;  // The one that asks.
};
BOOST_DESCRIBE_STRUCT(OpenSession, (), (session_id, started_at, seen_at, expires_at, current))
// `token` of whoever asks, to mark their own.
Result<std::vector<OpenSession>> sessions_of(store::Session& session, const Door& door, AccountId account,
                                             std::string_view token, Instant now);
// One of them, or all but the asking one where `which` is none.
Result<void> end_sessions(store::Session& session, const Door& door, AccountId account, LoginSessionId which,
                          std::string_view token, AccountId by, Instant now);

struct ChangePassword {
  std::string old_password, new_password;
};
BOOST_DESCRIBE_STRUCT(ChangePassword, (), (old_password, new_password))
// Task, one's own. Ends the account's other sessions. Faults account.wrong_password (forbidden), account.weak_password,
// account.same_password (invalid), session.too_many_attempts.
Result<void> change_password(const Door& door, LoginLimiter& limiter, const http::Actor& actor, std::string_view token,
                             std::string_view address, const ChangePassword& command, Instant now, Random& random);

// The routes of all this.
void add_desk_routes(http::RouteTable& table, const Door& door, const std::shared_ptr<LoginLimiter>& limiter);

}  // namespace firstline::access
