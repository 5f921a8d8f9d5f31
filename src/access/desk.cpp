// The office's side of accounts: lists, roles, leaving.

#include "access/desk.hpp"

#include <algorithm>

#include "access/facts.hpp"
#include "access/giving.hpp"
#include "access/handed_out.hpp"
#include "access/store.hpp"
#include "area/service.hpp"

namespace firstline::access {
namespace {

using http::Actor;
using http::Role;
using store::Session;

Result<std::optional<ResetView>> reset_view(Session& session, AccountId account, Instant now) {
  FL_TRY(const auto request, load_reset(session, account));
  if (!request || request->expires_at <= now) return std::optional<ResetView>();
  FL_TRY(auto name, display_name(session, request->asked_by));
  return ResetView{request->asked_by, std::move(name), request->asked_at, request->expires_at, request->second_factor};
}

// The node itself and what roles are given over below it: compounds and grids of a community, children elsewhere.
Result<std::vector<area::Area>> nodes_of(Session& session, AreaId top) {
  FL_TRY(const auto node, area::find(session, {}, top));
  const AreaId shard = node.kind == area::AreaKind::community ? node.id : AreaId{};
  FL_TRY(const auto below, area::children(session, shard, node.id));
  std::vector<area::Area> nodes{node};
  nodes.insert(nodes.end(), below.begin(), below.end());
  return nodes;
}

// An account that is still here, and that the actor may touch.
Result<Account> account_here(Session& session, const Actor& actor, AccountId id) {
  if (id == actor.account) return fail(FaultCode::forbidden, "account.yourself");
  FL_TRY(auto account, load_account(session, id));
  if (!account) return fail(FaultCode::not_found, "account.unknown");
  if (account->left_at) return fail(FaultCode::conflict, "account.left");
  return std::move(*account);
}

// The account's grant of this role over this node.
Result<http::Grant> held(Session& session, AccountId account, Role role, AreaId area) {
  FL_TRY(const auto grants, load_grants(session, account));
  const auto grant = std::find_if(grants.begin(), grants.end(),
                                  [&](const http::Grant& each) { return each.role == role && each.area == area; });
  if (grant == grants.end()) return fail(FaultCode::conflict, "access.no_such_grant");
  return *grant;
}

Result<area::Area> node_in(Session& session, AreaId top, AreaId area) {
  FL_TRY(const auto nodes, nodes_of(session, top));
  const auto node = std::find_if(nodes.begin(), nodes.end(), [&](const area::Area& each) { return each.id == area; });
  if (node == nodes.end()) return fail(FaultCode::invalid, "access.elsewhere", {}, "/area_id");
  return *node;
}

}  // namespace

Result<AccountView> account_view(Session& session, const Actor& actor, const Account& account, Instant now) {
  FL_TRY(const auto grants, load_grants(session, account.id));
  AccountView view;
  view.account_id = account.id;
  view.login = account.login;
  view.display_name = account.display_name;
  FL_TRY(view.roles, role_views(session, grants));
  view.home_area_id = account.home_area_id;
  view.second_factor = account.totp_sealed.has_value();
  view.signed_in_at = account.signed_in_at;
  if (account.locked_until && *account.locked_until > now) view.locked_until = account.locked_until;
  view.one_time_until = account.one_time_until;
  view.left_at = account.left_at;
  FL_TRY(view.reset, reset_view(session, account.id, now));
  view.may_manage = account.id != actor.account && may_manage(actor.grants, grants, account.home_path);
  view.generated = account.generated;
  return view;
}

Result<Account> managed(Session& session, const Actor& actor, AccountId id) {
  FL_TRY(auto account, account_here(session, actor, id));
  FL_TRY(const auto grants, load_grants(session, id));
  if (!may_manage(actor.grants, grants, account.home_path)) return fail(FaultCode::forbidden, "account.not_yours");
  return account;
}

Result<area::Area> node_for(Session& session, const Actor& actor, AreaId top, const AddAccount& command) {
  FL_TRY(auto node, node_in(session, top, command.area_id));
  if (command.role == Role::resident || !may_give(actor.grants, command.role, node.path))
    return fail(FaultCode::forbidden, "access.not_yours_to_give", {}, "/role");
  return node;
}

Result<Accounts> accounts_at(Session& session, const Actor& actor, AreaId top, Instant now) {
  FL_TRY(const auto nodes, nodes_of(session, top));
  Accounts accounts;
  std::vector<std::string> logins;
  for (const area::Area& node : nodes) {
    FL_TRY(const auto here, load_logins_at(session, node.id));
    logins.insert(logins.end(), here.begin(), here.end());
    auto roles = roles_to_give(actor.grants, node.path);
    std::erase(roles, Role::resident);  // A resident's account belongs to a person, whose household is its node.
    if (!roles.empty()) accounts.areas.push_back({node.id, node.name, std::move(roles)});
  }
  std::sort(logins.begin(), logins.end());
  logins.erase(std::unique(logins.begin(), logins.end()), logins.end());
  for (const std::string& login : logins) {
    FL_TRY(const auto account, load_account(session, login));
    if (!account) continue;
    FL_TRY(auto view, account_view(session, actor, *account, now));
    accounts.items.push_back(std::move(view));
  }
  return accounts;
}

Result<void> give_role(Session& session, const Actor& actor, AccountId id, const GrantCommand& command, Instant now) {
  FL_TRY(const auto account, account_here(session, actor, id));
  FL_TRY(const auto home, area::find_on_path(session, account.home_path));
  const AreaId top = home.community_id ? home.community_id : home.id;
  FL_TRY(const auto node, node_for(session, actor, top, {{}, {}, {}, command.role, command.area_id}));
  return grant(session, id, {command.role, node.id, node.path}, actor.account, now);
}

Result<void> take_role(Session& session, const Actor& actor, AccountId id, const GrantCommand& command, Instant now) {
  FL_TRYV(account_here(session, actor, id));
  FL_TRY(const auto grant, held(session, id, command.role, command.area_id));
  if (!may_give(actor.grants, grant.role, grant.path)) return fail(FaultCode::forbidden, "access.not_yours_to_give");
  return withdraw(session, id, grant, actor.account, now);
}

Result<void> hand_role_over(Session& session, const Actor& actor, AccountId id, const HandOver& command, Instant now) {
  FL_TRY(const auto given, held(session, id, command.role, command.area_id));
  const auto acting = id == actor.account ? given.role : giver_of(actor.grants, given.role, given.path);
  if (!acting) return fail(FaultCode::forbidden, "access.not_yours_to_give");
  act_as(session, acting);  // The route asks for no role.
  FL_TRY(const auto from, load_account(session, id));
  FL_TRY(const auto to, load_account(session, command.to_login));
  // Only to colleagues of the same office: nobody's role goes to a stranger.
  const auto office = [](const Account& account, const http::Grant& grant) {
    return http::path_covers(account.home_path, grant.path) || http::path_covers(grant.path, account.home_path);
  };
  if (!to || to->id == id || !from || given.role == Role::resident ||
      !(office(*to, given) || to->home_path == from->home_path))
    return fail(FaultCode::invalid, "account.no_colleague", {}, "/to_login");
  if (to->left_at) return fail(FaultCode::conflict, "account.left", {}, "/to_login");
  FL_TRYV(withdraw(session, id, given, actor.account, now));
  FL_TRYV(grant(session, to->id, given, actor.account, now));
  return write_fact(session, {.kind = "access.handed_over",
                              .account = id,
                              .actor = actor.account,
                              .grant = &given,
                              .at = now,
                              .other_account = to->id});
}

Result<void> leave(Session& session, const Door& door, const Actor& actor, AccountId id, Instant now) {
  FL_TRY(const auto account, managed(session, actor, id));
  FL_TRY(const auto grants, load_grants(session, id));
  for (const http::Grant& grant : grants) {
    FL_TRYV(withdraw(session, id, grant, actor.account, now));
  }
  FL_TRYV(delete_sessions_of(session, id));
  FL_TRYV(delete_reset(session, id));
  FL_TRYV(save_left(session, account.login, now));
  if (door.on_leaving) {
    FL_TRYV(door.on_leaving(session, id, now));
  }
  if (account.person_id)
    FL_TRYV(write_fact(session, {.kind = "access.resident_account_ended",
                                 .account = id,
                                 .actor = actor.account,
                                 .at = now,
                                 .person = {account.person_community_id, account.person_id}}));
  return write_fact(session, {.kind = "access.left", .account = id, .actor = actor.account, .at = now});
}

}  // namespace firstline::access
