// Signing in and out. The password is checked outside any transaction, because it takes tens of milliseconds on
// purpose.

#include <algorithm>

#include "access/facts.hpp"
#include "access/handed_out.hpp"
#include "access/login_limiter.hpp"
#include "access/service.hpp"
#include "access/store.hpp"
#include "access/tokens.hpp"
#include "access/totp.hpp"
#include "area/service.hpp"
#include "person/service.hpp"

namespace firstline::access {
namespace {

std::string normal_login(std::string_view text) {
  std::string login(text.substr(0, 64));
  std::transform(login.begin(), login.end(), login.begin(),
                 [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
  return login;
}

tl::unexpected<Fault> wrong_credentials() { return fail(FaultCode::unauthenticated, "session.wrong_credentials"); }

struct Found {
  std::optional<Account> account;
  std::vector<http::Grant> grants;
};

Result<Found> look_up(store::Database& database, const std::string& login) {
  return database.read([&](store::Session& session) -> Result<Found> {
    Found found;
    FL_TRY(found.account, load_account(session, login));
    if (found.account) {
      FL_TRY(found.grants, load_grants(session, found.account->id));
    }
    return found;
  });
}

// Counted after the answer, so that an unknown login, which has no row to count in, takes as long as a known one.
void count_in_account(const Door& door, const Account& account, Instant now) {
  const Limits& limits = door.settings.limits;
  door.database->submit_write(
      [login = account.login, id = account.id, limits, now](store::Session& session) -> Result<void> {
        FL_TRY(const auto failures, count_failure(session, login));
        if (!failures || *failures < limits.failures_until_lock) return {};
        FL_TRYV(lock(session, login, now + limits.lock));
        return write_fact(session, {.kind = "access.locked", .account = id, .at = now});
      },
      [](const Result<void>&) {});
}

Result<SessionView> view_of(store::Session& session, const Door& door, const Account& account,
                            const LoginSession& login, std::string_view token) {
  SessionView view;
  view.account_id = account.id;
  view.login = account.login;
  view.display_name = account.display_name;
  if (login.person_id) view.person_id = login.person_id;
  FL_TRY(const auto grants, unpack_grants(login.grants));
  FL_TRY(view.roles, role_views(session, grants));
  view.csrf = door.authenticator->csrf_token(token);
  view.expires_at = login.expires_at;
  view.generated = account.generated;
  view.must_change_password = login.must_change;
  return view;
}

// The step that the digits belong to; nothing if they are wrong or have been used.
Result<std::optional<std::int64_t>> second_factor(const Door& door, const Account& account, const std::string& digits,
                                                  Instant now) {
  FL_TRY(const auto secret, door.key->open(totp_field, account.id.value, *account.totp_sealed));
  return totp_accept(std::as_bytes(std::span(secret)), digits, now, account.totp_last_step);
}

Result<SignedIn> start_session(store::Session& session, const Door& door, const Account& account,
                               const std::vector<http::Grant>& grants, std::optional<std::int64_t> step,
                               DeviceId device, Instant now, Random& random) {
  if (step) {
    FL_TRY(const bool fresh, use_totp_step(session, account.login, *step));
    if (!fresh) return wrong_credentials();  // The same six digits came twice at once.
  }
  FL_TRYV(clear_failures(session, account.login));
  // Whom the account's record counts for now: it may have been merged into another.
  person::PersonRef person{account.person_community_id, account.person_id};
  if (account.person_id) {
    FL_TRY(person, person::counted_as(session, person));
  }
  const Limits& limits = door.settings.limits;
  const bool deciding = needs_second_factor(grants);
  const std::string token = new_token(random);
  const Digest hash = token_hash(*door.key, token);
  const LoginSession login{Bytes(hash.begin(), hash.end()),
                           account.id,
                           account.login,
                           person.person_id,
                           person.community_id,
                           pack_grants(grants),
                           now,
                           now,
                           Millis(deciding ? limits.session_idle_deciding : limits.session_idle).count(),
                           now + (deciding ? limits.session_age_deciding : limits.session_age),
                           session.new_id<LoginSessionId>(now),
                           account.one_time_until.has_value(),
                           device};
  FL_TRYV(save(session, login));
  FL_TRYV(note_signed_in(session, account.login, now));
  FL_TRYV(write_fact(session, {.kind = "session.started", .account = account.id, .actor = account.id, .at = now}));
  FL_TRY(auto view, view_of(session, door, account, login, token));
  return SignedIn{std::move(view), token};
}

}  // namespace

Result<std::vector<RoleView>> role_views(store::Session& session, const std::vector<http::Grant>& grants) {
  std::vector<RoleView> roles;
  for (const http::Grant& grant : grants) {
    const auto node = area::find_on_path(session, grant.path);
    if (!node && node.error().code != FaultCode::not_found) return tl::unexpected(node.error());
    roles.push_back({grant.role, grant.area, node ? node->name : std::string()});
  }
  return roles;
}

Result<SignedIn> sign_in(const Door& door, LoginLimiter& limiter, const SignIn& given, std::string_view address,
                         Instant now, Random& random, DeviceId on) {
  const std::string login = normal_login(given.login);
  const Digest tried = door.key->search_hash("tried_secret", given.password);
  const std::string_view secret(reinterpret_cast<const char*>(tried.data()), tried.size());
  if (limiter.wait(address, login, now, secret) > Millis(0)) return fail(FaultCode::busy, "session.too_many_attempts");
  FL_TRY(const auto found, look_up(*door.database, login));
  const auto& account = found.account;
  const bool usable = account && (!account->generated || door.settings.allow_generated) &&
                      (!account->locked_until || *account->locked_until <= now) && !account->left_at;
  const bool right = verify_password(given.password, usable ? account->password_hash : nobodys_hash());
  const auto refuse = [&] {
    limiter.failed(address, login, now, secret);
    if (usable) count_in_account(door, *account, now);
    return wrong_credentials();
  };
  if (!usable || !right) return refuse();

  if (account->one_time_until && *account->one_time_until <= now)
    return fail(FaultCode::forbidden, "session.password_expired");
  std::optional<std::int64_t> step;
  if (needs_second_factor(found.grants) && !account->totp_sealed)
    return fail(FaultCode::forbidden, "session.second_factor_not_set");
  if (account->totp_sealed) {
    if (!given.totp || given.totp->empty())
      return fail(FaultCode::unauthenticated, "session.totp_required", {}, "/totp");
    FL_TRY(step, second_factor(door, *account, *given.totp, now));
    if (!step) return refuse();
  }
  auto started = door.database->write([&](store::Session& session) {
    return start_session(session, door, *account, found.grants, step, on, now, random);
  });
  if (started) limiter.succeeded(address, login);
  return started;
}

Result<SessionView> current_session(store::Session& session, const Door& door, std::string_view token, Instant now) {
  const auto none = [] { return fail(FaultCode::unauthenticated, "session.none"); };
  if (token.empty()) return none();
  FL_TRY(const auto login, load_session(session, token_hash(*door.key, token)));
  if (!login || !is_live(*login, now)) return none();
  FL_TRY(const auto account, load_account(session, login->login));
  if (!account) return none();
  return view_of(session, door, *account, *login, token);
}

Result<void> forget_expired(store::Session& session, Instant now) {
  return delete_dead(session, now, now - std::chrono::days(1));
}

Result<void> sign_out(store::Session& session, const Door& door, std::string_view token, Instant now) {
  const Digest hash = token_hash(*door.key, token);
  FL_TRY(const auto login, load_session(session, hash));
  if (!login) return {};
  FL_TRYV(delete_session(session, hash));
  return write_fact(session,
                    {.kind = "session.ended", .account = login->account_id, .actor = login->account_id, .at = now});
}

}  // namespace firstline::access
