#pragma once

// Who may sign in, with what, and for how long; which phones stand at which gate. Decides nothing about what a role may
// do: that stands on each route. Everything consequential is a fact: session.started, session.ended, access.locked,
// access.granted, access.withdrawn, access.account_added, access.handed_over, access.left, access.password_changed,
// access.resident_account_opened, access.resident_account_ended (about the person), access.reset_asked,
// access.reset_confirmed, access.reset_withdrawn, access.reset_by_machine, device.enrolment_offered, device.enrolled,
// device.revoked.
//
// Faults: session.wrong_credentials (unauthenticated; the same, and after the same work, for an unknown login),
// session.totp_required (unauthenticated), session.password_expired (forbidden: handed out too long ago, so a reset is
// needed), session.password_must_change (forbidden: on every route but those that lead to it),
// session.too_many_attempts (busy), session.none, session.expired, device.revoked (unauthenticated), enrolment.unknown
// (not_found: wrong, used or expired), device.unknown (not_found), account.exists (conflict), account.weak_password,
// account.totp_missing (invalid).

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "access/model.hpp"
#include "access/password.hpp"
#include "area/wire.hpp"
#include "base/clock.hpp"
#include "base/fault.hpp"
#include "http/call.hpp"
#include "http/route.hpp"
#include "person/field_key.hpp"
#include "person/service.hpp"
#include "store/database.hpp"

namespace firstline::access {

struct Settings {
  Limits limits;
  std::string public_url;        // "https://10.0.0.5:8443", for the QR of an enrolment; no slash at the end.
  bool allow_generated = false;  // --demo: accounts marked generated may sign in.
};

// The http layer's way to an Actor: one lookup by the hash of each token. Writes "last seen" through `database` at most
// once a minute a session or device, after the answer, never in its way.
class Authenticator final : public http::Authenticator {
 public:
  Authenticator(store::Database& database, const person::FieldKey& key, Limits limits = {});
  ~Authenticator() override;
  Result<http::Actor> authenticate(store::Session& session, std::string_view session_token,
                                   std::string_view device_token, Instant now) override;
  std::string csrf_token(std::string_view session_token) const override;
  std::string digest(std::string_view body) const override;

 private:
  struct Seen;
  store::Database* database_;
  const person::FieldKey* key_;
  Limits limits_;
  std::unique_ptr<Seen> seen_;
};

// What the routes depend on; all of it outlives the table.
struct Door {
  store::Database* database;
  const person::FieldKey* key;
  const Authenticator* authenticator;
  Settings settings;
  // What else ends when an account leaves: its shifts, say. Inside the same transaction.
  std::function<Result<void>(store::Session&, AccountId, Instant)> on_leaving{};
};

struct RoleView {
  http::Role role = http::Role::resident;
  AreaId area_id;
  std::string area_name;
};
BOOST_DESCRIBE_STRUCT(RoleView, (), (role, area_id, area_name))
struct SessionView {
  AccountId account_id;
  std::string login;
  std::string display_name;
  std::optional<PersonId> person_id;
  std::vector<RoleView> roles;
  std::string csrf;
  Instant expires_at{};
  bool generated = false;
  bool must_change_password = false;  // Nothing else is answered before.
};
BOOST_DESCRIBE_STRUCT(SessionView, (),
                      (account_id, login, display_name, person_id, roles, csrf, expires_at, generated,
                       must_change_password))

struct SignIn {
  std::string login;
  std::string password;
  std::optional<std::string> totp;
};
BOOST_DESCRIBE_STRUCT(SignIn, (), (login, password, totp))
struct SignedIn {
  SessionView view;
  std::string token;
};
class LoginLimiter;
// Opens its own transactions: not from inside one. On a gate phone the session ends when the phone is shut out.
Result<SignedIn> sign_in(const Door& door, LoginLimiter& limiter, const SignIn& given, std::string_view address,
                         Instant now, Random& random, DeviceId on = {});
// Fault session.none.
Result<SessionView> current_session(store::Session& session, const Door& door, std::string_view token, Instant now);
Result<void> sign_out(store::Session& session, const Door& door, std::string_view token, Instant now);

// What nobody can use any more. A used offer is kept a day past its end, so that the same command finds its answer.
Result<void> forget_expired(store::Session& session, Instant now);

// Accounts.
struct NewAccount {
  std::string login;         // 3..64 of a-z 0-9 . _ - @
  std::string display_name;  // Of the post, not of the person: "北门值守".
  std::string password;      // At least 10 characters, unless generated.
  std::string totp_secret;   // 20 bytes or more; empty: none. Demanded with a deciding role.
  person::PersonRef person;  // May be none.
  std::vector<http::Grant> grants;
  bool generated = false;
  std::optional<Instant> one_time_until{};  // The password was handed out: good until then, and to be changed.
};
// `password_hash` comes from hash_password (password.hpp), which takes tens of milliseconds: call it outside the
// writer.
Result<AccountId> add_account(store::Session& session, const person::FieldKey& key, const NewAccount& account,
                              std::string_view password_hash, AccountId by, Instant now, Random& random);
Result<bool> has_account(store::Session& session, std::string_view login);
Result<std::string> display_name(store::Session& session, AccountId account);
// Ends the account's sessions: what it may do has changed.
Result<void> grant(store::Session& session, AccountId account, const http::Grant& grant, AccountId by, Instant now);
Result<void> withdraw(store::Session& session, AccountId account, const http::Grant& grant, AccountId by, Instant now);

// Devices.
struct DeviceView {
  DeviceId device_id;
  std::string name;
  GateId gate_id;
  std::string gate_name;
  Instant enrolled_at{};
  std::optional<Instant> last_seen_at;
  std::optional<Instant> revoked_at;
  http::DeviceKind kind = http::DeviceKind::phone;
};
BOOST_DESCRIBE_STRUCT(DeviceView, (),
                      (device_id, name, gate_id, gate_name, enrolled_at, last_seen_at, revoked_at, kind))
struct EnrolmentOffer {
  std::string code;
  std::string url;
  std::string qr_svg;
  Instant expires_at{};
};
BOOST_DESCRIBE_STRUCT(EnrolmentOffer, (), (code, url, qr_svg, expires_at))
// The same command gives the same code again.
Result<EnrolmentOffer> offer_enrolment(store::Session& session, const Door& door, const Uuid& command, GateId gate,
                                       std::string name, AccountId by, Instant now,
                                       http::DeviceKind kind = http::DeviceKind::phone);
struct Enrolled {
  DeviceId device_id;
  std::string token;
  std::string name;
  area::GateView gate;
  http::DeviceKind kind = http::DeviceKind::phone;
};
BOOST_DESCRIBE_STRUCT(Enrolled, (), (device_id, token, name, gate, kind))
// The same command with the same code gives the same token again; any other is enrolment.unknown.
// `signed_in` is the token of the session that the phone has already, if any: it ends with the phone as well.
Result<Enrolled> enrol(store::Session& session, const Door& door, const Uuid& command, std::string_view code,
                       Instant now, std::string_view signed_in = {});
// The sessions on it end too: whoever holds a lost phone holds its keeper's. `reason` is kept sealed beside the device.
Result<void> revoke_device(store::Session& session, const Door& door, DeviceId device, std::string_view reason,
                           const http::Actor& actor, Instant now, Random& random);
// For the console: `devices` and `devices_online` of a gate follow from last_seen_at.
Result<std::vector<DeviceView>> devices_of(store::Session& session, AreaId community);

// Records of people were merged or separated: whoever is signed in as either signs in anew, as the person that counts
// now.
Result<void> end_sessions_of_people(store::Session& session, const person::Merged& merged);

// POST session, session/end, gates/{gate}/enrolments, devices, devices/{device}/revoke; GET session, device,
// communities/{community}/devices.
void add_routes(http::RouteTable& table, const Door& door);

}  // namespace firstline::access
