#include "access/resident.hpp"

#include <algorithm>

#include "access/facts.hpp"
#include "access/giving.hpp"
#include "access/handed_out.hpp"
#include "access/qr.hpp"
#include "access/store.hpp"
#include "area/service.hpp"

namespace firstline::access {
namespace {

using http::Access;
using http::Actor;
using http::Call;
using http::CommandId;
using http::Method;
using http::Role;
using person::PersonRef;
using store::Session;

constexpr http::RoleSet looking{Role::grid_worker, Role::secretary};
constexpr http::RoleSet opening{Role::secretary};
constexpr int logins_of_a_room_max = 26;

Result<std::vector<Account>> load_all(Session& session, PersonRef person) {
  FL_TRY(const auto records, person::records_of(session, person));
  std::vector<Account> all;
  for (const PersonId record : records) {
    FL_TRY(const auto logins, load_logins_of_person(session, record));
    for (const std::string& login : logins) {
      FL_TRY(auto account, load_account(session, login));
      if (account) all.push_back(std::move(*account));
    }
  }
  std::sort(all.begin(), all.end(), [](const Account& a, const Account& b) { return a.id > b.id; });
  return all;
}

bool has_open(const std::vector<Account>& accounts) {
  return std::any_of(accounts.begin(), accounts.end(), [](const Account& each) { return !each.left_at; });
}

// "r3-2-502", then "r3-2-502b": what a family finds on its own door.
std::string login_for(std::string_view label, int attempt) {
  std::string login = "r";
  for (const char c : label.substr(0, 40)) {
    const char low = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    if ((low >= 'a' && low <= 'z') || (low >= '0' && low <= '9') || low == '-') login += low;
  }
  if (login.size() < 3) login += "-home";
  if (attempt > 0) login += static_cast<char>('a' + attempt);
  return login;
}

struct Prepared {
  std::string login;
  area::Area home;
  PersonRef person;
};

// Which login is free, or this very command's own.
Result<Prepared> prepare(Session& session, const Door& door, const Actor& actor, PersonRef ref, const Uuid& command) {
  FL_TRY(const PersonRef person, person::counted_as(session, ref));
  FL_TRY(const auto accounts, load_all(session, person));
  FL_TRY(auto home, person::home_of(session, person));
  if (!home) return fail(FaultCode::conflict, "person.moved_out");
  if (!may_give(actor.grants, Role::resident, home->path))
    return fail(FaultCode::forbidden, "access.not_yours_to_give");
  for (const Account& account : accounts)
    if (handed_out_by(account, one_time_password(*door.key, command, account.login)))
      return Prepared{account.login, std::move(*home), person};
  if (has_open(accounts)) return fail(FaultCode::conflict, "account.person_has_one");
  for (int attempt = 0; attempt < logins_of_a_room_max; ++attempt) {
    std::string login = login_for(home->label, attempt);
    FL_TRY(const bool taken, has_account(session, login));
    if (!taken) return Prepared{std::move(login), std::move(*home), person};
  }
  return fail(FaultCode::conflict, "account.exists");
}

PersonRef person_of(const Call& call) {
  return {AreaId{*parse_id(call.parameter("community"))}, PersonId{*parse_id(call.parameter("person"))}};
}

}  // namespace

Result<PersonAccounts> accounts_of(Session& session, const Actor& actor, PersonRef person, Instant now) {
  FL_TRY(const PersonRef counted, person::counted_as(session, person));
  FL_TRY(const auto accounts, load_all(session, counted));
  PersonAccounts shown;
  for (const Account& account : accounts) {
    FL_TRY(auto view, account_view(session, actor, account, now));
    shown.items.push_back(std::move(view));
  }
  FL_TRY(const auto home, person::home_of(session, counted));
  shown.may_open = home && !has_open(accounts) && may_give(actor.grants, Role::resident, home->path);
  return shown;
}

Result<OneTimeLogin> open_resident_account(const Door& door, const Actor& actor, PersonRef person, const Uuid& command,
                                           Instant now, Random& random) {
  FL_TRY(const auto ready,
         door.database->read([&](Session& session) { return prepare(session, door, actor, person, command); }));
  // The name of the post is the room: a login list shall not be a list of people.
  FL_TRY(auto once, open_account(door, {command, ready.login, ready.home.label, Role::resident, ready.home.id},
                                 ready.home, actor, now, random, ready.person));
  const std::string url = door.settings.public_url + "/resident/#/enter/" + once.login + "/" + once.password;
  once.sign_in_qr_svg = qr_svg(url);
  return once;
}

Result<void> end_sessions_of_people(Session& session, const person::Merged& merged) {
  for (const PersonId id : {merged.kept_id, merged.gone_id}) {
    FL_TRY(const auto accounts, load_all(session, {merged.community_id, id}));
    for (const Account& account : accounts) FL_TRYV(delete_sessions_of(session, account.id));
  }
  return {};
}

void add_resident_routes(http::RouteTable& table, const Door& door) {
  const std::string path = "/api/v1/communities/{community}/people/{person}/accounts";
  table.query<PersonAccounts>({Method::get, path, "person_accounts", Access::role(looking, person::at_person()),
                               "The accounts with which a resident signs in or has signed in."},
                              [](Call& call) -> Result<PersonAccounts> {
                                return accounts_of(*call.session, call.actor, person_of(call), call.now);
                              });
  table.task<CommandId, OneTimeLogin>(
      {Method::post, path, "open_resident_account", Access::role(opening, person::at_person()),
       "Opens a resident's account: a password to hand over or a code to scan, to be changed at the first sign-in."},
      [&door](Call& call, const CommandId& command) {
        return open_resident_account(door, call.actor, person_of(call), command.id, call.now, *call.random);
      });
}

}  // namespace firstline::access
