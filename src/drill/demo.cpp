// Accounts of the demo: one a role over the first generated community, with passwords that stand in the source. They
// are marked generated, and no sign-in takes a generated account unless the server was started with --demo.

#include <array>

#include "access/service.hpp"
#include "access/totp.hpp"
#include "area/service.hpp"
#include "drill/generate.hpp"
#include "drill/store.hpp"
#include "person/service.hpp"

namespace firstline::drill {
namespace {

using http::Role;
using store::Session;

struct DemoAccount {
  Role role;
  const char* login;
  const char* display_name;
  const char* below;  // Path below the community; "^" is the district.
};
constexpr std::array<DemoAccount, 10> accounts{{
    {Role::keeper, "keeper", "1号院北门值守", "c1"},
    {Role::volunteer, "volunteer", "志愿者（1号院）", "c1"},
    {Role::grid_worker, "grid", "第1网格网格员", "g1"},
    {Role::secretary, "secretary", "社区书记", ""},
    {Role::health_officer, "health", "疾控人员", ""},
    {Role::personnel, "personnel", "人事处", "^"},
    {Role::commander, "commander", "区指挥部", "^"},
    {Role::auditor, "auditor", "监督员", "^"},
    {Role::resident, "resident", "居民（1号楼1单元101）", "c1/b01/u1/f01/101"},
    {Role::resident, "resident2", "居民（2号院）", "c2/b01/u1/f01/101"},
}};

std::string password_of(const DemoAccount& account) { return "demo-" + std::string(account.login) + "-2022"; }

// Twenty bytes or more that everybody may know.
std::string totp_secret_of(const DemoAccount& account) {
  if (!access::deciding_roles.has(account.role)) return {};
  return "firstline-demo-" + std::string(account.login) + "-second-factor";
}

struct Place {
  area::Area area;
  person::PersonRef person;
};

Result<Place> place_of(Session& session, const area::Area& community, const DemoAccount& account,
                       const person::Directory& directory) {
  const std::string_view below = account.below;
  if (below == "^") {
    FL_TRY(auto district, area::find_on_path(session, area::path_prefixes(community.path).front()));
    return Place{std::move(district), {}};
  }
  if (below.empty()) return Place{community, {}};
  FL_TRY(auto area, area::find_by_path(session, community.id, area::join_path(community.path, below)));
  Place place{std::move(area), {}};
  if (account.role == Role::resident) {
    FL_TRY(const auto people, directory.household(session, community.id, place.area.id));
    if (people.empty()) return fail(FaultCode::not_found, "person.unknown");
    place.person = {community.id, people.front().id};
  }
  return place;
}

}  // namespace

Result<std::vector<DemoLogin>> ensure_demo_accounts(store::Database& database, const person::FieldKey& key,
                                                    Instant now) {
  const person::Directory directory(key);
  FL_TRY(const auto made, database.read([](Session& session) { return load_made(session); }));
  if (made.empty()) return fail(FaultCode::not_found, "generate.nothing_generated");
  std::vector<DemoLogin> logins;
  for (const DemoAccount& account : accounts) {
    const std::string secret = totp_secret_of(account);
    FL_TRY(const bool there,
           database.read([&](Session& session) { return access::has_account(session, account.login); }));
    std::string hash;
    if (!there) {
      FL_TRY(hash, access::hash_password(password_of(account), system_random()));
    }
    FL_TRY(const auto place, database.write([&](Session& session) -> Result<Place> {
      FL_TRY(const auto community, area::find_community(session, made.front().community_id));
      FL_TRY(auto found, place_of(session, community, account, directory));
      if (there) return found;
      const http::Grant grant{account.role, found.area.id, found.area.path};
      FL_TRYV(access::add_account(
          session, key,
          {account.login, account.display_name, password_of(account), secret, found.person, {grant}, true}, hash, {},
          now, system_random()));
      return found;
    }));
    logins.push_back({store::enum_name(account.role), account.login, password_of(account),
                      secret.empty() ? std::string() : access::totp_base32(std::as_bytes(std::span(secret))),
                      place.area.name});
  }
  return logins;
}

}  // namespace firstline::drill
