// Accounts and the roles they hold.

#include <algorithm>

#include "access/facts.hpp"
#include "access/service.hpp"
#include "access/store.hpp"
#include "access/totp.hpp"

namespace firstline::access {
namespace {

bool valid_login(std::string_view login) {
  return login.size() >= 3 && login.size() <= 64 && std::all_of(login.begin(), login.end(), [](char c) {
           return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '.' || c == '_' || c == '-' || c == '@';
         });
}

}  // namespace

Result<AccountId> add_account(store::Session& session, const person::FieldKey& key, const NewAccount& made,
                              std::string_view password_hash, AccountId by, Instant now, Random& random) {
  if (!valid_login(made.login)) return fail(FaultCode::invalid, "account.bad_login", {}, "/login");
  if (made.display_name.empty() || made.display_name.size() > 200) {
    return fail(FaultCode::invalid, "account.bad_display_name", {}, "/display_name");
  }
  if (!made.generated && made.password.size() < password_length_min) {
    return fail(FaultCode::invalid, "account.weak_password", {}, "/password");
  }
  if (needs_second_factor(made.grants) && made.totp_secret.size() < totp_secret_bytes_min) {
    return fail(FaultCode::invalid, "account.totp_missing", {}, "/totp_secret");
  }
  Account account;
  account.login = made.login;
  account.id = session.new_id<AccountId>(now);
  account.display_name = made.display_name;
  account.password_hash = password_hash;
  account.person_id = made.person.person_id;
  account.person_community_id = made.person.community_id;
  account.generated = made.generated;
  account.one_time_until = made.one_time_until;
  if (!made.grants.empty()) {
    account.home_area_id = made.grants.front().area;
    account.home_path = made.grants.front().path;
  }
  if (!made.totp_secret.empty()) account.totp_sealed = key.seal(random, totp_field, account.id.value, made.totp_secret);
  FL_TRY(const bool added, save(session, account));
  if (!added) return fail(FaultCode::conflict, "account.exists", {}, "/login");
  FL_TRYV(write_fact(session, {.kind = "access.account_added", .account = account.id, .actor = by, .at = now}));
  if (made.person.person_id)
    FL_TRYV(write_fact(session, {.kind = "access.resident_account_opened",
                                 .account = account.id,
                                 .actor = by,
                                 .at = now,
                                 .person = made.person}));
  for (const http::Grant& grant : made.grants) {
    FL_TRYV(save_grant(session, account.id, grant, by, now));
    FL_TRYV(write_fact(session,
                       {.kind = "access.granted", .account = account.id, .actor = by, .grant = &grant, .at = now}));
  }
  return account.id;
}

Result<bool> has_account(store::Session& session, std::string_view login) {
  FL_TRY(const auto account, load_account(session, login));
  return account.has_value();
}

Result<std::string> display_name(store::Session& session, AccountId id) {
  FL_TRY(auto account, load_account(session, id));
  if (!account) return fail(FaultCode::not_found, "account.unknown");
  return std::move(account->display_name);
}

Result<void> grant(store::Session& session, AccountId id, const http::Grant& grant, AccountId by, Instant now) {
  FL_TRY(const auto account, load_account(session, id));
  if (!account) return fail(FaultCode::not_found, "account.unknown");
  if (needs_second_factor({grant}) && !account->totp_sealed)
    return fail(FaultCode::invalid, "account.totp_missing", {}, "/role");
  FL_TRYV(save_grant(session, id, grant, by, now));
  FL_TRYV(delete_sessions_of(session, id));
  return write_fact(session, {.kind = "access.granted", .account = id, .actor = by, .grant = &grant, .at = now});
}

Result<void> withdraw(store::Session& session, AccountId id, const http::Grant& grant, AccountId by, Instant now) {
  FL_TRY(const auto gone, delete_grant(session, id, grant));
  if (gone == 0) return fail(FaultCode::not_found, "access.no_such_grant");
  FL_TRYV(delete_sessions_of(session, id));
  return write_fact(session, {.kind = "access.withdrawn", .account = id, .actor = by, .grant = &grant, .at = now});
}

}  // namespace firstline::access
