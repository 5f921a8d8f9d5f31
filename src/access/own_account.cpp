// What everybody does with their own account: choose a password, see and end sessions.

#include <algorithm>

#include "access/desk.hpp"
#include "access/facts.hpp"
#include "access/login_limiter.hpp"
#include "access/store.hpp"
#include "access/tokens.hpp"

namespace firstline::access {
namespace {

using store::Session;

Result<void> check_new(const ChangePassword& given, std::string_view login) {
  const std::string& chosen = given.new_password;
  if (chosen.size() < password_length_min || chosen.size() > password_length_max || chosen.find(login) != chosen.npos)
    return fail(FaultCode::invalid, "account.weak_password", {}, "/new_password");
  if (chosen == given.old_password) return fail(FaultCode::invalid, "account.same_password", {}, "/new_password");
  return {};
}

Result<void> end_others(Session& session, AccountId account, const Digest& own) {
  FL_TRY(const auto sessions, load_sessions_of(session, account));
  for (const LoginSession& each : sessions) {
    if (std::equal(each.token_hash.begin(), each.token_hash.end(), own.begin(), own.end())) continue;
    Digest hash;
    std::copy_n(each.token_hash.begin(), hash.size(), hash.begin());
    FL_TRYV(delete_session(session, hash));
  }
  return {};
}

}  // namespace

Result<std::vector<OpenSession>> sessions_of(Session& session, const Door& door, AccountId account,
                                             std::string_view token, Instant now) {
  FL_TRY(const auto all, load_sessions_of(session, account));
  const Digest own = token_hash(*door.key, token);
  std::vector<OpenSession> open;
  for (const LoginSession& each : all) {
    if (!is_live(each, now)) continue;
    const bool current = std::equal(each.token_hash.begin(), each.token_hash.end(), own.begin(), own.end());
    open.push_back({each.id, each.started_at, each.seen_at, each.expires_at, current});
  }
  return open;
}

Result<void> end_sessions(Session& session, const Door& door, AccountId account, LoginSessionId which,
                          std::string_view token, AccountId by, Instant now) {
  const Digest own = token_hash(*door.key, token);
  if (!which) {
    FL_TRYV(end_others(session, account, own));
  } else {
    FL_TRY(const auto all, load_sessions_of(session, account));
    const auto found = std::find_if(all.begin(), all.end(), [&](const LoginSession& each) { return each.id == which; });
    if (found == all.end()) return {};  // Over already, which is what was asked for.
    Digest hash;
    std::copy_n(found->token_hash.begin(), hash.size(), hash.begin());
    FL_TRYV(delete_session(session, hash));
  }
  return write_fact(session, {.kind = "session.ended", .account = account, .actor = by, .at = now});
}

Result<void> change_password(const Door& door, LoginLimiter& limiter, const http::Actor& actor, std::string_view token,
                             std::string_view address, const ChangePassword& command, Instant now, Random& random) {
  FL_TRY(const auto account, door.database->read([&](Session& s) { return load_account(s, actor.account); }));
  if (!account) return fail(FaultCode::not_found, "account.unknown");
  FL_TRYV(check_new(command, account->login));
  if (limiter.wait(address, account->login, now) > Millis(0)) return fail(FaultCode::busy, "session.too_many_attempts");
  if (!verify_password(command.old_password, account->password_hash)) {
    limiter.failed(address, account->login, now);
    return fail(FaultCode::forbidden, "account.wrong_password", {}, "/old_password");
  }
  FL_TRY(const auto hash, hash_password(command.new_password, random));
  const Digest own = token_hash(*door.key, token);
  return door.database->write([&](Session& session) -> Result<void> {
    FL_TRYV(save_password(session, account->login, hash, {}));
    FL_TRYV(end_others(session, account->id, own));
    FL_TRYV(clear_must_change(session, own));
    return write_fact(session,
                      {.kind = "access.password_changed", .account = account->id, .actor = account->id, .at = now});
  });
}

}  // namespace firstline::access
