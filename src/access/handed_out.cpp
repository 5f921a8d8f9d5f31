// Passwords that one person hands to another: a new account's, and a lost one's in place of it.

#include "access/handed_out.hpp"

#include <algorithm>

#include "access/facts.hpp"
#include "access/giving.hpp"
#include "access/login_limiter.hpp"
#include "access/qr.hpp"
#include "access/tokens.hpp"
#include "access/totp.hpp"
#include "area/service.hpp"

namespace firstline::access {
namespace {

using http::Actor;
using store::Session;

constexpr std::size_t reason_bytes_max = 300;

std::string derived_from(const Uuid& command, std::string_view login) {
  return format_uuid(command) + " " + std::string(login);
}

OneTimeLogin shown(AccountId account, std::string_view login, std::string password, const std::string& secret,
                   Instant good_until) {
  OneTimeLogin once{account, std::string(login), std::move(password), good_until, {}, {}, {}};
  if (!secret.empty()) {
    const auto bytes = std::as_bytes(std::span(secret));
    once.second_factor_secret = totp_base32(bytes);
    once.second_factor_qr_svg = qr_svg(totp_uri(login, bytes));
  }
  return once;
}

bool done_before(const std::optional<Account>& account, std::string_view password) {
  return account && handed_out_by(*account, password);
}

// A new password that its holder must change; a new second factor if `secret` is not empty.
Result<void> put_new_password(Session& session, const Door& door, const Account& account, std::string_view hash,
                              const std::string& secret, Instant now, Random& random) {
  FL_TRYV(save_password(session, account.login, hash, now + door.settings.limits.one_time_age));
  if (!secret.empty()) {
    FL_TRYV(save_second_factor(session, account.login, door.key->seal(random, totp_field, account.id.value, secret)));
  }
  FL_TRYV(clear_failures(session, account.login));
  return delete_sessions_of(session, account.id);
}

}  // namespace

bool handed_out_by(const Account& account, std::string_view password) {
  return account.one_time_until && verify_password(password, account.password_hash);
}

std::string one_time_password(const person::FieldKey& key, const Uuid& command, std::string_view login) {
  constexpr std::string_view alphabet = "23456789abcdefghjkmnpqrstuvwxyz";
  const Digest digest = key.mac(person::KeyUse::one_time_password, derived_from(command, login));
  std::string password;
  for (std::size_t i = 0; i < 12; ++i) {
    if (i == 4 || i == 8) password += '-';
    const unsigned two = static_cast<unsigned>(digest[2 * i]) << 8 | static_cast<unsigned>(digest[2 * i + 1]);
    password += alphabet[two % alphabet.size()];
  }
  return password;
}

std::string second_factor_secret(const person::FieldKey& key, const Uuid& command, std::string_view login) {
  const Digest digest = key.mac(person::KeyUse::second_factor, derived_from(command, login));
  return {reinterpret_cast<const char*>(digest.data()), totp_secret_bytes_min};
}

Result<OneTimeLogin> open_account(const Door& door, const AddAccount& command, const area::Area& node, const Actor& by,
                                  Instant now, Random& random, person::PersonRef person) {
  NewAccount made;
  made.person = person;
  made.login = command.login;
  made.display_name = command.display_name;
  made.password = one_time_password(*door.key, command.id, command.login);
  if (deciding_roles.has(command.role)) made.totp_secret = second_factor_secret(*door.key, command.id, command.login);
  made.grants = {{command.role, node.id, node.path}};
  made.one_time_until = now + door.settings.limits.one_time_age;
  FL_TRY(const auto there, door.database->read([&](Session& s) { return load_account(s, command.login); }));
  if (done_before(there, made.password))
    return shown(there->id, there->login, made.password, made.totp_secret, *there->one_time_until);
  FL_TRY(const auto hash, hash_password(made.password, random));
  FL_TRY(const AccountId id, door.database->write([&](Session& session) {
    act_as(session, giver_of(by.grants, command.role, node.path));
    return add_account(session, *door.key, made, hash, by.account, now, random);
  }));
  return shown(id, command.login, made.password, made.totp_secret, *made.one_time_until);
}

Result<void> ask_reset(Session& session, const Door& door, const Actor& actor, AccountId id, const AskReset& command,
                       Instant now, Random& random) {
  if (command.reason.empty() || command.reason.size() > reason_bytes_max)
    return fail(FaultCode::invalid, "account.reason_missing", {}, "/reason");
  if (id == actor.account) return fail(FaultCode::forbidden, "account.yourself");
  FL_TRY(const auto account, load_account(session, id));
  if (!account) return fail(FaultCode::not_found, "account.unknown");
  if (account->left_at) return fail(FaultCode::conflict, "account.left");
  const ResetRequest request{id,
                             actor.account,
                             now,
                             now + door.settings.limits.reset_age,
                             command.second_factor && account->totp_sealed,
                             door.key->seal(random, {"reset_request", "reason"}, id.value, command.reason)};
  FL_TRYV(save(session, request));
  return write_fact(session, {.kind = "access.reset_asked", .account = id, .actor = actor.account, .at = now});
}

Result<void> withdraw_reset(Session& session, const Actor& actor, AccountId id, Instant now) {
  FL_TRY(const bool gone, delete_reset(session, id));
  if (!gone) return fail(FaultCode::conflict, "reset.none");
  return write_fact(session, {.kind = "access.reset_withdrawn", .account = id, .actor = actor.account, .at = now});
}

Result<OneTimeLogin> confirm_reset(const Door& door, const Actor& actor, AccountId id, const Uuid& command, Instant now,
                                   Random& random) {
  FL_TRY(const auto login, door.database->read([&](Session& session) { return load_login(session, id); }));
  if (!login) return fail(FaultCode::not_found, "account.unknown");
  std::string password = one_time_password(*door.key, command, *login);
  FL_TRY(const auto there, door.database->read([&](Session& session) { return load_account(session, *login); }));
  const std::string secret = second_factor_secret(*door.key, command, *login);
  FL_TRY(const auto hash, hash_password(password, random));
  const bool repeated = done_before(there, password);
  struct Put {
    Instant until;
    bool second_factor;
  };
  FL_TRY(const Put put, door.database->write([&](Session& session) -> Result<Put> {
    FL_TRY(const auto account, managed(session, actor, id));
    act_as(session, in_charge_of(actor.grants, account.home_path));
    if (repeated) {
      FL_TRY(const auto kept, account.totp_sealed ? door.key->open(totp_field, id.value, *account.totp_sealed)
                                                  : Result<std::string>(std::string()));
      return Put{*there->one_time_until, kept == secret};
    }
    FL_TRY(const auto request, load_reset(session, id));
    if (!request || request->expires_at <= now) return fail(FaultCode::conflict, "reset.none");
    if (request->asked_by == actor.account) return fail(FaultCode::forbidden, "reset.by_the_same");
    FL_TRYV(delete_reset(session, id));
    FL_TRYV(
        put_new_password(session, door, account, hash, request->second_factor ? secret : std::string(), now, random));
    FL_TRYV(write_fact(session, {.kind = "access.reset_confirmed",
                                 .account = id,
                                 .actor = actor.account,
                                 .at = now,
                                 .other_account = request->asked_by}));
    return Put{now + door.settings.limits.one_time_age, request->second_factor};
  }));
  return shown(id, *login, std::move(password), put.second_factor ? secret : std::string(), put.until);
}

Result<OneTimeLogin> reset_by_machine(const Door& door, std::string_view login, const Uuid& command, Instant now,
                                      Random& random) {
  std::string password = one_time_password(*door.key, command, login);
  FL_TRY(const auto hash, hash_password(password, random));
  std::string secret;
  FL_TRY(const AccountId id, door.database->write([&](Session& session) -> Result<AccountId> {
    FL_TRY(const auto account, load_account(session, login));
    if (!account) return fail(FaultCode::not_found, "account.unknown", {}, "login");
    if (account->left_at) return fail(FaultCode::conflict, "account.left", {}, "login");
    secret = account->totp_sealed ? second_factor_secret(*door.key, command, login) : std::string();
    FL_TRYV(put_new_password(session, door, *account, hash, secret, now, random));
    FL_TRYV(write_fact(session, {.kind = "access.reset_by_machine", .account = account->id, .at = now}));
    return account->id;
  }));
  return shown(id, login, std::move(password), secret, now + door.settings.limits.one_time_age);
}

}  // namespace firstline::access
