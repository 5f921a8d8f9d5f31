#include "access/desk.hpp"
#include "access/facts.hpp"
#include "access/handed_out.hpp"
#include "access/store.hpp"
#include "area/service.hpp"

namespace firstline::access {
namespace {

using http::Access;
using http::Call;
using http::CommandId;
using http::Empty;
using http::Method;
using http::Role;

struct EndSessions {
  Uuid id;
  std::optional<LoginSessionId> session_id;  // None: all but the one that asks.
};
BOOST_DESCRIBE_STRUCT(EndSessions, (), (id, session_id))
struct OpenSessions {
  std::vector<OpenSession> items;
};
BOOST_DESCRIBE_STRUCT(OpenSessions, (), (items))

constexpr http::RoleSet managing{Role::secretary, Role::personnel, Role::commander};
constexpr http::RoleSet asking{Role::grid_worker, Role::secretary, Role::personnel, Role::commander};
constexpr http::RoleSet looking{Role::grid_worker, Role::secretary, Role::personnel, Role::commander, Role::auditor};

// An account's place is its home; for the grid workers of a community, the community.
Result<http::Place> place_of_account(Call& call) {
  FL_TRY(const auto id, call.id_parameter<AccountId>("account"));
  FL_TRY(const auto account, load_account(*call.session, id));
  if (!account) return fail(FaultCode::not_found, "account.unknown");
  FL_TRY(const auto home, area::find_on_path(*call.session, account->home_path));
  http::Place place{home.kind == area::AreaKind::community ? home.id : home.community_id, home.path, {}};
  if (!place.community) return place;
  FL_TRY(const auto community, area::find_community(*call.session, place.community));
  FL_TRY(place.grid_path, area::grid_of(*call.session, community, call.actor));
  return place;
}

AccountId account_of(const Call& call) { return AccountId{*parse_id(call.parameter("account"))}; }

http::RouteSpec on_account(const char* act, const char* name, http::RoleSet roles, const char* summary) {
  return {Method::post, std::string("/api/v1/accounts/{account}/") + act, name, Access::role(roles, place_of_account),
          summary};
}

void add_role_routes(http::RouteTable& table, const Door& door) {
  table.query<Accounts>(
      {Method::get, "/api/v1/areas/{area}/accounts", "list_accounts", Access::role(looking, area::at_office("area")),
       "The accounts of a community or a node above it, their roles, and what may be given there."},
      [](Call& call) -> Result<Accounts> {
        FL_TRY(const auto top, call.id_parameter<AreaId>("area"));
        return accounts_at(*call.session, call.actor, top, call.now);
      });
  table.task<AddAccount, OneTimeLogin>(
      {Method::post, "/api/v1/areas/{area}/accounts", "add_account", Access::role(managing, area::at_office("area")),
       "Opens an account with one role; answers with a password that its holder must change."},
      [&door](Call& call, const AddAccount& command) -> Result<OneTimeLogin> {
        FL_TRY(const auto top, call.id_parameter<AreaId>("area"));
        FL_TRY(const auto node, door.database->read([&](store::Session& session) {
          return node_for(session, call.actor, top, command);
        }));
        return open_account(door, command, node, call.actor, call.now, *call.random);
      });
  table.command<GrantCommand, Empty>(
      on_account("grant", "give_role", managing, "Gives an account one more role."),
      [](Call& call, const GrantCommand& command) -> Result<Empty> {
        FL_TRYV(give_role(*call.session, call.actor, account_of(call), command, call.now));
        return Empty{};
      });
  table.command<GrantCommand, Empty>(
      on_account("withdraw", "withdraw_role", managing, "Takes a role away."),
      [](Call& call, const GrantCommand& command) -> Result<Empty> {
        FL_TRYV(take_role(*call.session, call.actor, account_of(call), command, call.now));
        return Empty{};
      });
  table.command<HandOver, Empty>(
      {Method::post, "/api/v1/accounts/{account}/hand-over", "hand_role_over", Access::signed_in(),
       "Moves a role to a colleague: by its holder, or by whoever may give it."},
      [](Call& call, const HandOver& command) -> Result<Empty> {
        FL_TRY(const auto account, call.id_parameter<AccountId>("account"));
        FL_TRYV(hand_role_over(*call.session, call.actor, account, command, call.now));
        return Empty{};
      });
  table.command<CommandId, Empty>(
      on_account("leave", "leave_account", managing, "Closes an account: its roles, sessions and shifts end."),
      [&door](Call& call, const CommandId&) -> Result<Empty> {
        FL_TRYV(leave(*call.session, door, call.actor, account_of(call), call.now));
        return Empty{};
      });
}

void add_reset_routes(http::RouteTable& table, const Door& door) {
  table.command<AskReset, Empty>(
      on_account("reset", "ask_reset", asking, "Asks for a new password for somebody; a second person confirms it."),
      [&door](Call& call, const AskReset& command) -> Result<Empty> {
        FL_TRYV(ask_reset(*call.session, door, call.actor, account_of(call), command, call.now, *call.random));
        return Empty{};
      });
  table.command<CommandId, Empty>(
      on_account("reset/withdraw", "withdraw_reset", asking, "Takes an unconfirmed reset back."),
      [](Call& call, const CommandId&) -> Result<Empty> {
        FL_TRYV(withdraw_reset(*call.session, call.actor, account_of(call), call.now));
        return Empty{};
      });
  table.task<CommandId, OneTimeLogin>(
      on_account("reset/confirm", "confirm_reset", managing, "The second person: answers with the new password."),
      [&door](Call& call, const CommandId& command) {
        return confirm_reset(door, call.actor, account_of(call), command.id, call.now, *call.random);
      });
}

void add_session_list_routes(http::RouteTable& table, const Door& door) {
  table.query<OpenSessions>(
      {Method::get, "/api/v1/my/sessions", "my_sessions", Access::signed_in(),
       "Where the asking account is signed in."},
      [&door](Call& call) -> Result<OpenSessions> {
        FL_TRY(auto open, sessions_of(*call.session, door, call.actor.account, call.session_token, call.now));
        return OpenSessions{std::move(open)};
      });
  table.command<EndSessions, Empty>(
      {Method::post, "/api/v1/my/sessions/end", "end_my_sessions", Access::signed_in(),
       "Ends one of the account's sessions, or all but the one that asks."},
      [&door](Call& call, const EndSessions& command) -> Result<Empty> {
        FL_TRYV(end_sessions(*call.session, door, call.actor.account, command.session_id.value_or(LoginSessionId{}),
                             call.session_token, call.actor.account, call.now));
        return Empty{};
      });
  table.query<OpenSessions>({Method::get, "/api/v1/accounts/{account}/sessions", "account_sessions",
                             Access::role(managing, place_of_account), "Where an account is signed in."},
                            [&door](Call& call) -> Result<OpenSessions> {
                              FL_TRYV(managed(*call.session, call.actor, account_of(call)));
                              FL_TRY(auto open,
                                     sessions_of(*call.session, door, account_of(call), call.session_token, call.now));
                              return OpenSessions{std::move(open)};
                            });
  table.command<EndSessions, Empty>(
      on_account("sessions/end", "end_account_sessions", managing, "Ends one session of an account, or all."),
      [&door](Call& call, const EndSessions& command) -> Result<Empty> {
        FL_TRYV(managed(*call.session, call.actor, account_of(call)));
        FL_TRYV(end_sessions(*call.session, door, account_of(call), command.session_id.value_or(LoginSessionId{}),
                             call.session_token, call.actor.account, call.now));
        return Empty{};
      });
}

}  // namespace

void add_desk_routes(http::RouteTable& table, const Door& door, const std::shared_ptr<LoginLimiter>& limiter) {
  add_role_routes(table, door);
  add_reset_routes(table, door);
  add_session_list_routes(table, door);
  http::RouteSpec password{Method::post, "/api/v1/session/password", "change_password", Access::signed_in(),
                           "Chooses a new password; the account's other sessions end."};
  password.before_password_change = true;
  table.task<ChangePassword, Empty>(std::move(password),
                                    [&door, limiter](Call& call, const ChangePassword& command) -> Result<Empty> {
                                      FL_TRYV(change_password(door, *limiter, call.actor, call.session_token,
                                                              call.peer_address, command, call.now, *call.random));
                                      return Empty{};
                                    });
}

}  // namespace firstline::access
