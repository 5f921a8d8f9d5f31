#pragma once

// Between the files of the account desk: what an actor may touch, and what is handed out once.

#include "access/desk.hpp"
#include "access/store.hpp"

namespace firstline::access {

// The names of the places that roles are held over.
Result<std::vector<RoleView>> role_views(store::Session& session, const std::vector<http::Grant>& grants);
// The account, if it is somebody else's, still here, and the actor looks after it. Faults account.yourself,
// account.unknown, account.left, account.not_yours.
Result<Account> managed(store::Session& session, const http::Actor& actor, AccountId account);

// As a list of accounts shows it to whoever asks.
Result<AccountView> account_view(store::Session& session, const http::Actor& actor, const Account& account,
                                 Instant now);
// Whether this is the password that its latest command handed out, unused: the command was done before.
bool handed_out_by(const Account& account, std::string_view password);

// Both follow from the command and a key, so that a repeated command gets the first answer and nothing is kept in
// clear. "7k3m-9xwq-2hpd": sixty bits, of letters and digits that no eye mixes up.
std::string one_time_password(const person::FieldKey& key, const Uuid& command, std::string_view login);
// 20 bytes (RFC 4226 section 4, R6).
std::string second_factor_secret(const person::FieldKey& key, const Uuid& command, std::string_view login);

}  // namespace firstline::access
