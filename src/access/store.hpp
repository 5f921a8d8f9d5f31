#pragma once

// What is kept of accounts, sessions and devices. Tokens and codes are kept as keyed hashes only. SQL stands in
// store_sql.cpp only.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <boost/describe.hpp>

#include "access/model.hpp"
#include "base/fault.hpp"
#include "person/field_key.hpp"
#include "store/session.hpp"

namespace firstline::access {

using person::Digest;
using store::Bytes;

struct Account {
  std::string login;
  AccountId id;
  std::string display_name;
  std::string password_hash;
  std::optional<Bytes> totp_sealed;
  std::int64_t totp_last_step = 0;
  PersonId person_id;
  AreaId person_community_id;
  std::int64_t failures = 0;  // In a row.
  std::optional<Instant> locked_until;
  bool generated = false;
  AreaId home_area_id;                    // Where it was first given a role: who is in charge there looks after it,
  std::string home_path;                  // also when it holds no role any more.
  std::optional<Instant> one_time_until;  // Its password was handed out by somebody else and must be changed.
  std::optional<Instant> signed_in_at;
  std::optional<Instant> left_at;
};
BOOST_DESCRIBE_STRUCT(Account, (),
                      (login, id, display_name, password_hash, totp_sealed, totp_last_step, person_id,
                       person_community_id, failures, locked_until, generated, home_area_id, home_path, one_time_until,
                       signed_in_at, left_at))

// Keyed by login. False if it is taken.
Result<bool> save(store::Session& session, const Account& account);
Result<std::optional<Account>> load_account(store::Session& session, std::string_view login);
Result<std::optional<std::string>> load_login(store::Session& session, AccountId id);
// By id; nothing if there is none.
Result<std::optional<Account>> load_account(store::Session& session, AccountId id);
// Logins of those who have their home at this node or hold a role over exactly it; each once, in order.
Result<std::vector<std::string>> load_logins_at(store::Session& session, AreaId area);
// Of accounts that residents have as themselves.
Result<std::vector<std::string>> load_logins_of_person(store::Session& session, PersonId person);
Result<void> save_password(store::Session& session, std::string_view login, std::string_view hash,
                           std::optional<Instant> one_time_until);
Result<void> save_second_factor(store::Session& session, std::string_view login, const Bytes& sealed);
Result<void> note_signed_in(store::Session& session, std::string_view login, Instant at);
// No password fits any more.
Result<void> save_left(store::Session& session, std::string_view login, Instant at);
// Counts one more and answers how many in a row; nothing if there is no such account.
Result<std::optional<std::int64_t>> count_failure(store::Session& session, std::string_view login);
Result<void> lock(store::Session& session, std::string_view login, Instant until);
Result<void> clear_failures(store::Session& session, std::string_view login);
// False if this step or a later one has been used.
Result<bool> use_totp_step(store::Session& session, std::string_view login, std::int64_t step);

Result<std::vector<http::Grant>> load_grants(store::Session& session, AccountId account);
// Names of those who hold a role over exactly this area.
Result<std::vector<std::string>> load_holders(store::Session& session, AreaId area, http::Role role);
Result<void> save_grant(store::Session& session, AccountId account, const http::Grant& grant, AccountId by, Instant at);
Result<std::int64_t> delete_grant(store::Session& session, AccountId account, const http::Grant& grant);

struct LoginSession {
  Bytes token_hash;
  AccountId account_id;
  std::string login;
  PersonId person_id;
  AreaId person_community_id;
  std::string grants;  // pack_grants
  Instant started_at{};
  Instant seen_at{};
  std::int64_t idle_ms_max = 0;
  Instant expires_at{};
  LoginSessionId id;
  bool must_change = false;  // Its password was handed out: nothing goes before a new one is chosen.
  DeviceId device_id;        // The gate phone it was started on; 0: none.
};
BOOST_DESCRIBE_STRUCT(LoginSession, (),
                      (token_hash, account_id, login, person_id, person_community_id, grants, started_at, seen_at,
                       idle_ms_max, expires_at, id, must_change, device_id))
Result<void> save(store::Session& session, const LoginSession& login);
Result<std::optional<LoginSession>> load_session(store::Session& session, const Digest& token_hash);
Result<void> touch_session(store::Session& session, const Digest& token_hash, Instant now);
// Sessions that nobody can go on with, and offers of enrolment that ran out before a moment.
Result<void> delete_dead(store::Session& session, Instant now, Instant enrolments_before);
Result<void> delete_session(store::Session& session, const Digest& token_hash);
Result<void> delete_sessions_of(store::Session& session, AccountId account);
// Newest first; those that ran out and wait for the broom included.
Result<std::vector<LoginSession>> load_sessions_of(store::Session& session, AccountId account);
Result<void> clear_must_change(store::Session& session, const Digest& token_hash);

// A password reset that one person asked for and another has not confirmed yet. One an account.
struct ResetRequest {
  AccountId account_id;
  AccountId asked_by;
  Instant asked_at{};
  Instant expires_at{};
  bool second_factor = false;  // The code app is lost as well.
  Bytes reason_sealed;         // Free text may name people.
};
BOOST_DESCRIBE_STRUCT(ResetRequest, (), (account_id, asked_by, asked_at, expires_at, second_factor, reason_sealed))
// In place of an earlier one.
Result<void> save(store::Session& session, const ResetRequest& request);
Result<std::optional<ResetRequest>> load_reset(store::Session& session, AccountId account);
// False if there is none.
Result<bool> delete_reset(store::Session& session, AccountId account);

struct Device {
  AreaId community_id;
  DeviceId id;
  GateId gate_id;
  std::string name;
  Bytes token_hash;
  Instant enrolled_at{};
  AccountId enrolled_by;
  std::optional<Instant> last_seen_at;
  std::optional<Instant> revoked_at;
  std::optional<Bytes> revoke_note_sealed;  // Why, in the words of whoever did: free text may name people.
  http::DeviceKind kind = http::DeviceKind::phone;
};
BOOST_DESCRIBE_STRUCT(Device, (),
                      (community_id, id, gate_id, name, token_hash, enrolled_at, enrolled_by, last_seen_at, revoked_at,
                       revoke_note_sealed, kind))
// What a request needs of a device, found by its token.
struct DeviceKey {
  Bytes token_hash;
  DeviceId device_id;
  AreaId community_id;
  GateId gate_id;
  std::string path;
  Instant seen_at{};
  http::DeviceKind kind = http::DeviceKind::phone;
};
BOOST_DESCRIBE_STRUCT(DeviceKey, (), (token_hash, device_id, community_id, gate_id, path, seen_at, kind))
// Keeps the device, its key and where it lives.
Result<void> save(store::Session& session, const Device& device, std::string_view path);
Result<std::optional<DeviceKey>> load_device_key(store::Session& session, const Digest& token_hash);
Result<std::optional<Device>> load_device(store::Session& session, AreaId community, DeviceId id);
Result<std::optional<AreaId>> load_community_of_device(store::Session& session, DeviceId id);
Result<std::vector<Device>> load_devices(store::Session& session, AreaId community);
Result<void> touch_device(store::Session& session, const DeviceKey& key, Instant now);
// The phone was enrolled with somebody signed in on it.
Result<void> put_session_on(store::Session& session, const Digest& token_hash, DeviceId device);
// Ends the sessions on it too.
Result<void> revoke(store::Session& session, const Device& device, const Bytes& note_sealed, Instant now);

struct Enrolment {
  Bytes code_hash;
  AreaId community_id;
  GateId gate_id;
  std::string name;
  AccountId offered_by;
  Instant expires_at{};
  std::optional<Uuid> used_by;  // Id of the command that took it.
  DeviceId device_id;
  http::DeviceKind kind = http::DeviceKind::phone;
};
BOOST_DESCRIBE_STRUCT(Enrolment, (),
                      (code_hash, community_id, gate_id, name, offered_by, expires_at, used_by, device_id, kind))
// Keeps it unless it is there.
Result<void> save(store::Session& session, const Enrolment& enrolment);
Result<std::optional<Enrolment>> load_enrolment(store::Session& session, const Digest& code_hash);
// False if somebody was faster.
Result<bool> use_enrolment(store::Session& session, const Digest& code_hash, const Uuid& command, DeviceId device);

}  // namespace firstline::access
