#include <algorithm>

#include "access/store.hpp"
#include "store/migration.hpp"

namespace firstline::access {
namespace {

using store::Scope;
using store::Session;
using store::Statement;

// Everything that a request looks up stands under the key it is looked up by: login, token hash, code hash.
const store::Migration accounts{12, "access", R"sql(
create table account (
  login text not null primary key,
  id bigint not null,
  display_name text not null,
  password_hash text not null,
  totp_sealed bytea,
  totp_last_step bigint not null,
  person_id bigint,
  person_community_id bigint,
  failures bigint not null,
  locked_until bigint,
  generated smallint not null
);
create table account_key (
  account_id bigint not null primary key,
  login text not null
);
create table role_grant (
  account_id bigint not null,
  role text not null,
  area_id bigint not null,
  path text not null,
  granted_by bigint,
  granted_at bigint not null,
  primary key (account_id, role, area_id)
);
create table login_session (
  -- in key order
  token_hash bytea not null primary key,
  account_id bigint not null,
  login text not null,
  person_id bigint,
  person_community_id bigint,
  grants text not null,
  started_at bigint not null,
  seen_at bigint not null,
  idle_ms_max bigint not null,
  expires_at bigint not null
);
create index login_session_account on login_session (account_id);

create table device (
  community_id bigint not null,
  id bigint not null,
  gate_id bigint not null,
  name text not null,
  token_hash bytea not null,
  enrolled_at bigint not null,
  enrolled_by bigint,
  last_seen_at bigint,
  revoked_at bigint,
  revoke_note_sealed bytea,
  primary key (community_id, id)
);
create table device_key (
  -- in key order
  token_hash bytea not null primary key,
  device_id bigint not null,
  community_id bigint not null,
  gate_id bigint not null,
  path text not null,
  seen_at bigint not null
);
create table device_home (
  device_id bigint not null primary key,
  community_id bigint not null
);
create table enrolment (
  code_hash bytea not null primary key,
  community_id bigint not null,
  gate_id bigint not null,
  name text not null,
  offered_by bigint,
  expires_at bigint not null,
  used_by bytea,
  device_id bigint
);
)sql"};

const store::Migration machines{23, "access", R"sql(
alter table device add column kind text not null default 'phone';
alter table device_key add column kind text not null default 'phone';
alter table enrolment add column kind text not null default 'phone';
)sql"};

const store::Migration desk_of_accounts{70, "access", R"sql(
alter table account add column home_area_id bigint;
alter table account add column home_path text not null default '';
alter table account add column one_time_until bigint;
alter table account add column signed_in_at bigint;
alter table account add column left_at bigint;
update account set
  home_area_id = (select min(g.area_id) from role_grant g join account_key k on k.account_id = g.account_id
    where k.login = account.login),
  home_path = coalesce((select g.path from role_grant g join account_key k on k.account_id = g.account_id
    where k.login = account.login order by g.area_id limit 1), '');
create index account_home on account (home_area_id);
create index role_grant_area on role_grant (area_id);
-- Sessions get an id to be listed by: everybody signs in once more.
delete from login_session;
alter table login_session add column id bigint not null default 0;
alter table login_session add column must_change smallint not null default 0;
create table reset_request (
  account_id bigint not null primary key,
  asked_by bigint not null,
  asked_at bigint not null,
  expires_at bigint not null,
  second_factor smallint not null,
  reason_sealed bytea not null
);
)sql"};

const store::Migration sessions_of_phones{93, "access", R"sql(
alter table login_session add column device_id bigint;
create index login_session_device on login_session (device_id);
)sql"};

// A resident's accounts, found from the person.
const store::Migration accounts_of_people{65, "access", R"sql(
create table account_person (
  person_id bigint not null,
  login text not null,
  primary key (person_id, login)
);
insert into account_person (person_id, login) select person_id, login from account where person_id is not null;
)sql"};

struct GrantRow {
  std::string role;
  AreaId area_id;
  std::string path;
};
BOOST_DESCRIBE_STRUCT(GrantRow, (), (role, area_id, path))

std::string select_text(const std::string& columns, const char* rest) { return "select " + columns + " from " + rest; }

const Statement insert_account{"access.insert_account", Scope::key,
                               store::insert_text<Account>("account", "on conflict (login) do nothing")};
const Statement insert_account_key{"access.insert_account_key", Scope::key,
                                   "insert into account_key (account_id, login) values ($1, $2)"};
const Statement insert_account_person{"access.insert_account_person", Scope::key,
                                      "insert into account_person (person_id, login) values ($1, $2)"};
const Statement select_logins_of_person{"access.select_logins_of_person", Scope::key,
                                        "select login from account_person where person_id = $1 order by login"};
const Statement select_account{"access.select_account", Scope::key,
                               select_text(store::columns_of<Account>(), "account where login = $1")};
const Statement select_login{"access.select_login", Scope::key, "select login from account_key where account_id = $1"};
const Statement select_logins_home{"access.select_logins_home", Scope::key,
                                   "select login from account where home_area_id = $1"};
const Statement select_logins_granted{
    "access.select_logins_granted", Scope::key,
    "select k.login from role_grant g join account_key k on k.account_id = g.account_id where g.area_id = $1"};
const Statement update_password{"access.save_password", Scope::key,
                                "update account set password_hash = $2, one_time_until = $3 where login = $1"};
const Statement update_second_factor{"access.save_second_factor", Scope::key,
                                     "update account set totp_sealed = $2, totp_last_step = 0 where login = $1"};
const Statement update_signed_in{"access.note_signed_in", Scope::key,
                                 "update account set signed_in_at = $2 where login = $1"};
const Statement update_left{
    "access.save_left", Scope::key,
    "update account set left_at = $2, password_hash = '', one_time_until = null where login = $1"};
const Statement update_failures{"access.count_failure", Scope::key,
                                "update account set failures = failures + 1 where login = $1"};
const Statement select_failures{"access.select_failures", Scope::key, "select failures from account where login = $1"};
const Statement update_lock{"access.lock", Scope::key,
                            "update account set locked_until = $2, failures = 0 where login = $1"};
const Statement update_clear{
    "access.clear_failures", Scope::key,
    "update account set locked_until = null, failures = 0 where login = $1 and (failures > 0 or "
    "locked_until is not null)"};
const Statement update_totp_step{"access.use_totp_step", Scope::key,
                                 "update account set totp_last_step = $2 where login = $1 and totp_last_step < $2"};

const Statement select_grants{
    "access.select_grants", Scope::key,
    "select role, area_id, path from role_grant where account_id = $1 order by role, area_id"};
const Statement select_holders{
    "access.select_holders", Scope::key,
    "select a.display_name from role_grant g join account_key k on k.account_id = g.account_id join account a on a.login = "
    "k.login where g.area_id = $1 and g.role = $2 order by a.display_name"};
const Statement insert_grant{
    "access.insert_grant", Scope::key,
    "insert into role_grant (account_id, role, area_id, path, granted_by, granted_at) values ($1, $2, "
    "$3, $4, $5, $6) on conflict (account_id, role, area_id) do nothing"};
const Statement delete_grant_of{"access.delete_grant", Scope::key,
                                "delete from role_grant where account_id = $1 and role = $2 and area_id = $3"};

const Statement insert_session{"access.insert_session", Scope::key, store::insert_text<LoginSession>("login_session")};
const Statement select_session{"access.select_session", Scope::key,
                               select_text(store::columns_of<LoginSession>(), "login_session where token_hash = $1")};
const Statement update_session{"access.touch_session", Scope::key,
                               "update login_session set seen_at = $2 where token_hash = $1 and seen_at < $2"};
const Statement delete_one_session{"access.delete_session", Scope::key,
                                   "delete from login_session where token_hash = $1"};
// Sessions stand under their tokens, so those of one account are looked for in all shards. Rare: roles changed, account
// locked.
const Statement delete_dead_sessions{"access.delete_dead_sessions", Scope::city,
                                     "delete from login_session where expires_at <= $1 or seen_at + idle_ms_max <= $1"};
const Statement delete_dead_enrolments{"access.delete_dead_enrolments", Scope::city,
                                       "delete from enrolment where expires_at <= $1"};
const Statement delete_account_sessions{"access.delete_sessions_of", Scope::city,
                                        "delete from login_session where account_id = $1"};
const Statement delete_device_sessions{"access.delete_sessions_on", Scope::city,
                                       "delete from login_session where device_id = $1"};
const Statement update_session_device{"access.put_session_on", Scope::key,
                                      "update login_session set device_id = $2 where token_hash = $1"};
const Statement select_account_sessions{
    "access.select_sessions_of", Scope::city,
    select_text(store::columns_of<LoginSession>(), "login_session where account_id = $1 order by started_at desc")};
const Statement update_must_change{"access.clear_must_change", Scope::key,
                                   "update login_session set must_change = 0 where token_hash = $1"};

const Statement insert_reset{
    "access.insert_reset", Scope::key,
    store::insert_text<ResetRequest>(
        "reset_request",
        "on conflict (account_id) do update set asked_by = excluded.asked_by, asked_at = excluded.asked_at, expires_at = "
        "excluded.expires_at, second_factor = excluded.second_factor, reason_sealed = excluded.reason_sealed")};
const Statement select_reset{"access.select_reset", Scope::key,
                             select_text(store::columns_of<ResetRequest>(), "reset_request where account_id = $1")};
const Statement delete_reset_of{"access.delete_reset", Scope::key, "delete from reset_request where account_id = $1"};

const Statement insert_device{"access.insert_device", Scope::community, store::insert_text<Device>("device")};
const Statement insert_device_key{"access.insert_device_key", Scope::key, store::insert_text<DeviceKey>("device_key")};
const Statement insert_device_home{"access.insert_device_home", Scope::key,
                                   "insert into device_home (device_id, community_id) values ($1, $2)"};
const Statement select_device_key{"access.select_device_key", Scope::key,
                                  select_text(store::columns_of<DeviceKey>(), "device_key where token_hash = $1")};
const Statement select_device{"access.select_device", Scope::community,
                              select_text(store::columns_of<Device>(), "device where community_id = $1 and id = $2")};
const Statement select_device_home{"access.select_device_home", Scope::key,
                                   "select community_id from device_home where device_id = $1"};
const Statement select_devices{"access.select_devices", Scope::community,
                               select_text(store::columns_of<Device>(), "device where community_id = $1 order by id")};
const Statement update_device_seen{"access.touch_device", Scope::community,
                                   "update device set last_seen_at = $3 where community_id = $1 and id = $2"};
const Statement update_device_key_seen{"access.touch_device_key", Scope::key,
                                       "update device_key set seen_at = $2 where token_hash = $1 and seen_at < $2"};
const Statement update_device_revoked{"access.revoke_device", Scope::community,
                                      "update device set revoked_at = $3, revoke_note_sealed = $4 where community_id = "
                                      "$1 and id = $2 and revoked_at is null"};
const Statement delete_device_key{"access.delete_device_key", Scope::key,
                                  "delete from device_key where token_hash = $1"};

const Statement insert_enrolment{"access.insert_enrolment", Scope::key,
                                 store::insert_text<Enrolment>("enrolment", "on conflict (code_hash) do nothing")};
const Statement select_enrolment{"access.select_enrolment", Scope::key,
                                 select_text(store::columns_of<Enrolment>(), "enrolment where code_hash = $1")};
const Statement update_enrolment{
    "access.use_enrolment", Scope::key,
    "update enrolment set used_by = $2, device_id = $3 where code_hash = $1 and used_by is null"};

Result<void> done(Result<std::int64_t> changed) {
  if (!changed) return tl::unexpected(std::move(changed).error());
  return {};
}
Result<bool> whether(Result<std::int64_t> changed) {
  if (!changed) return tl::unexpected(std::move(changed).error());
  return *changed > 0;
}
std::span<const std::byte> bytes_of(const Digest& digest) { return digest; }

}  // namespace

Result<bool> save(Session& session, const Account& account) {
  FL_TRY(const bool added, whether(session.insert(insert_account, account)));
  if (!added) return false;
  FL_TRYV(session.run(insert_account_key, account.id, account.login));
  if (account.person_id) FL_TRYV(session.run(insert_account_person, account.person_id, account.login));
  return true;
}
Result<std::optional<Account>> load_account(Session& session, std::string_view login) {
  return session.maybe<Account>(select_account, login);
}
Result<std::optional<std::string>> load_login(Session& session, AccountId id) {
  return session.maybe<std::string>(select_login, id);
}
Result<std::optional<Account>> load_account(Session& session, AccountId id) {
  FL_TRY(const auto login, load_login(session, id));
  if (!login) return std::optional<Account>();
  return load_account(session, *login);
}
Result<std::vector<std::string>> load_logins_at(Session& session, AreaId area) {
  FL_TRY(auto logins, session.all<std::string>(select_logins_home, area));
  FL_TRY(const auto granted, session.all<std::string>(select_logins_granted, area));
  logins.insert(logins.end(), granted.begin(), granted.end());
  std::sort(logins.begin(), logins.end());
  logins.erase(std::unique(logins.begin(), logins.end()), logins.end());
  return logins;
}
Result<std::vector<std::string>> load_logins_of_person(Session& session, PersonId person) {
  return session.all<std::string>(select_logins_of_person, person);
}
Result<void> save_password(Session& session, std::string_view login, std::string_view hash,
                           std::optional<Instant> one_time_until) {
  return done(session.run(update_password, login, hash, one_time_until));
}
Result<void> save_second_factor(Session& session, std::string_view login, const Bytes& sealed) {
  return done(session.run(update_second_factor, login, sealed));
}
Result<void> note_signed_in(Session& session, std::string_view login, Instant at) {
  return done(session.run(update_signed_in, login, at));
}
Result<void> save_left(Session& session, std::string_view login, Instant at) {
  return done(session.run(update_left, login, at));
}
Result<std::optional<std::int64_t>> count_failure(Session& session, std::string_view login) {
  FL_TRYV(session.run(update_failures, login));
  return session.maybe<std::int64_t>(select_failures, login);
}
Result<void> lock(Session& session, std::string_view login, Instant until) {
  return done(session.run(update_lock, login, until));
}
Result<void> clear_failures(Session& session, std::string_view login) { return done(session.run(update_clear, login)); }
Result<bool> use_totp_step(Session& session, std::string_view login, std::int64_t step) {
  return whether(session.run(update_totp_step, login, step));
}

Result<std::vector<http::Grant>> load_grants(Session& session, AccountId account) {
  FL_TRY(auto rows, session.all<GrantRow>(select_grants, account));
  std::vector<http::Grant> grants;
  for (GrantRow& row : rows)
    grants.push_back({store::enum_value<http::Role>(row.role), row.area_id, std::move(row.path)});
  return grants;
}
Result<std::vector<std::string>> load_holders(Session& session, AreaId area, http::Role role) {
  return session.all<std::string>(select_holders, area, role);
}
Result<void> save_grant(Session& session, AccountId account, const http::Grant& grant, AccountId by, Instant at) {
  return done(session.run(insert_grant, account, grant.role, grant.area, grant.path, by, at));
}
Result<std::int64_t> delete_grant(Session& session, AccountId account, const http::Grant& grant) {
  return session.run(delete_grant_of, account, grant.role, grant.area);
}

Result<void> save(Session& session, const LoginSession& login) { return done(session.insert(insert_session, login)); }
Result<std::optional<LoginSession>> load_session(Session& session, const Digest& token_hash) {
  return session.maybe<LoginSession>(select_session, bytes_of(token_hash));
}
Result<void> touch_session(Session& session, const Digest& token_hash, Instant now) {
  return done(session.run(update_session, bytes_of(token_hash), now));
}
Result<void> delete_dead(Session& session, Instant now, Instant enrolments_before) {
  FL_TRYV(session.run(delete_dead_sessions, now));
  return done(session.run(delete_dead_enrolments, enrolments_before));
}
Result<void> delete_session(Session& session, const Digest& token_hash) {
  return done(session.run(delete_one_session, bytes_of(token_hash)));
}
Result<void> delete_sessions_of(Session& session, AccountId account) {
  return done(session.run(delete_account_sessions, account));
}

Result<std::vector<LoginSession>> load_sessions_of(Session& session, AccountId account) {
  return session.all<LoginSession>(select_account_sessions, account);
}
Result<void> clear_must_change(Session& session, const Digest& token_hash) {
  return done(session.run(update_must_change, bytes_of(token_hash)));
}

Result<void> save(Session& session, const ResetRequest& request) { return done(session.insert(insert_reset, request)); }
Result<std::optional<ResetRequest>> load_reset(Session& session, AccountId account) {
  return session.maybe<ResetRequest>(select_reset, account);
}
Result<bool> delete_reset(Session& session, AccountId account) {
  return whether(session.run(delete_reset_of, account));
}

Result<void> save(Session& session, const Device& device, std::string_view path) {
  FL_TRYV(session.insert(insert_device, device));
  FL_TRYV(session.run(insert_device_home, device.id, device.community_id));
  return done(
      session.insert(insert_device_key, DeviceKey{device.token_hash, device.id, device.community_id, device.gate_id,
                                                  std::string(path), device.enrolled_at, device.kind}));
}
Result<std::optional<DeviceKey>> load_device_key(Session& session, const Digest& token_hash) {
  return session.maybe<DeviceKey>(select_device_key, bytes_of(token_hash));
}
Result<std::optional<Device>> load_device(Session& session, AreaId community, DeviceId id) {
  return session.maybe<Device>(select_device, community, id);
}
Result<std::optional<AreaId>> load_community_of_device(Session& session, DeviceId id) {
  return session.maybe<AreaId>(select_device_home, id);
}
Result<std::vector<Device>> load_devices(Session& session, AreaId community) {
  return session.all<Device>(select_devices, community);
}
Result<void> touch_device(Session& session, const DeviceKey& key, Instant now) {
  FL_TRYV(session.run(update_device_key_seen, key.token_hash, now));
  return done(session.run(update_device_seen, key.community_id, key.device_id, now));
}
Result<void> put_session_on(Session& session, const Digest& token_hash, DeviceId device) {
  return done(session.run(update_session_device, bytes_of(token_hash), device));
}
Result<void> revoke(Session& session, const Device& device, const Bytes& note_sealed, Instant now) {
  FL_TRYV(session.run(update_device_revoked, device.community_id, device.id, now, note_sealed));
  FL_TRYV(session.run(delete_device_sessions, device.id));
  return done(session.run(delete_device_key, device.token_hash));
}

Result<void> save(Session& session, const Enrolment& enrolment) {
  return done(session.insert(insert_enrolment, enrolment));
}
Result<std::optional<Enrolment>> load_enrolment(Session& session, const Digest& code_hash) {
  return session.maybe<Enrolment>(select_enrolment, bytes_of(code_hash));
}
Result<bool> use_enrolment(Session& session, const Digest& code_hash, const Uuid& command, DeviceId device) {
  return whether(session.run(update_enrolment, bytes_of(code_hash), command, device));
}

}  // namespace firstline::access
