#include "issuing/key_routes.hpp"

#include "area/service.hpp"

namespace firstline::issuing {
namespace {

using http::Access;
using http::Call;
using http::CommandId;
using http::Empty;
using http::Method;
using http::Role;

// Who may put an end to all codes of a community.
constexpr http::RoleSet deciding{Role::secretary, Role::health_officer, Role::commander};
constexpr http::RoleSet readers{Role::secretary, Role::health_officer, Role::commander, Role::auditor};

}  // namespace

void add_key_routes(http::RouteTable& table, const Ground& ground) {
  const auto here = area::at_community("community");
  table.query<api::KeyList>(
      {Method::get, "/api/v1/communities/{community}/issuer-keys", "issuer_keys", Access::role(readers, here),
       "The keys that sign a community's codes, and withdrawals that wait for a second person."},
      [](Call& call) { return keys_of(call, call.place.community); });
  table.command<api::AskWithdrawal, api::WithdrawalAsked>(
      {Method::post, "/api/v1/communities/{community}/issuer-keys/{key}/withdrawals", "ask_key_withdrawal",
       Access::role(deciding, here), "Asks that nothing which a key signed counts any more; a second person confirms."},
      [](Call& call, const api::AskWithdrawal& command) -> Result<api::WithdrawalAsked> {
        FL_TRY(const auto key, call.id_parameter<IssuerKeyRef>("key"));
        FL_TRY(const auto id, ask_withdrawal(call, call.place.community, key, command.reason));
        return api::WithdrawalAsked{id};
      });
  table.command<CommandId, Empty>(
      {Method::post, "/api/v1/communities/{community}/key-withdrawals/{withdrawal}/confirm", "confirm_key_withdrawal",
       Access::role(deciding, here),
       "The second person: the key is withdrawn at once, its codes with it, and another one signs from now on."},
      [&ground](Call& call, const CommandId&) -> Result<Empty> {
        FL_TRY(const auto id, call.id_parameter<WithdrawalId>("withdrawal"));
        FL_TRYV(confirm_withdrawal(call, ground, call.place.community, id));
        return Empty{};
      });
  table.command<CommandId, Empty>(
      {Method::post, "/api/v1/communities/{community}/key-withdrawals/{withdrawal}/take-back",
       "take_key_withdrawal_back", Access::role(deciding, here), "Takes it back before anybody has confirmed it."},
      [](Call& call, const CommandId&) -> Result<Empty> {
        FL_TRY(const auto id, call.id_parameter<WithdrawalId>("withdrawal"));
        FL_TRYV(take_withdrawal_back(call, call.place.community, id));
        return Empty{};
      });
}

}  // namespace firstline::issuing
