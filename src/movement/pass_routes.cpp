// Passes over HTTP: the desk, a gate, a household's own page. No rule, no SQL.

#include "movement/passes.hpp"
#include "movement/route_parts.hpp"

namespace firstline::movement {
namespace {

using http::Access;
using http::Call;
using http::Method;
using http::Role;

void add_desk_routes(http::RouteTable& table, const Ground& ground) {
  const auto here = area::at_community("community");
  table.query<api::PassHolders>(
      {Method::get,
       "/api/v1/communities/{community}/pass-holders",
       "pass_holders",
       Access::role(office, here),
       "Homes with this room number, their passes and approved outings.",
       {"label"}},
      [](Call& call) { return pass_holders(call, call.place.community, call.query("label").value_or("")); });
  table.query<api::Cards>({Method::get,
                           "/api/v1/communities/{community}/pass-cards",
                           "pass_cards",
                           Access::role(office, here),
                           "The live passes of one compound, for printing.",
                           {"compound"}},
                          [](Call& call) -> Result<api::Cards> {
                            const auto compound = parse_id(call.query("compound").value_or(""));
                            if (!compound) return fail(FaultCode::invalid, "query.bad_id", {}, "compound");
                            return cards(call, call.place.community, AreaId{*compound});
                          });
  table.command<api::StartPasses, api::PassesStarted>(
      {Method::post, "/api/v1/communities/{community}/passes/start", "start_passes",
       Access::role({Role::secretary}, here),
       "Issues a pass to every home of a compound that has none; from now on its gates ask for passes."},
      [](Call& call, const api::StartPasses& command) { return start_passes(call, call.place.community, command); });
  table.command<api::IssuePass, api::PassView>(
      {Method::post, "/api/v1/communities/{community}/passes", "issue_pass", Access::role(office, here),
       "Issues a pass to one household."},
      [](Call& call, const api::IssuePass& command) { return issue_pass(call, call.place.community, command); });
  table.command<api::EndPass, api::PassView>(
      {Method::post, "/api/v1/communities/{community}/passes/{pass}/end", "end_pass", Access::role(office, here),
       "A pass is lost or withdrawn: its number stops at once."},
      [](Call& call, const api::EndPass& command) -> Result<api::PassView> {
        FL_TRY(const auto pass, call.id_parameter<PassId>("pass"));
        return end_pass(call, call.place.community, pass, command.state);
      });
  table.command<api::ReplacePass, api::PassView>(
      {Method::post, "/api/v1/communities/{community}/passes/{pass}/replace", "replace_pass",
       Access::role(office, here), "A new number instead of the old, for the rest of its time."},
      [](Call& call, const api::ReplacePass& command) -> Result<api::PassView> {
        FL_TRY(const auto pass, call.id_parameter<PassId>("pass"));
        return replace_pass(call, call.place.community, pass, command.form);
      });
  table.command<api::ApproveOuting, api::ApprovalView>(
      {Method::post, "/api/v1/communities/{community}/outing-approvals", "approve_outing", Access::role(office, here),
       "Lets a household, or one person of it, go out on one day whatever the orders say."},
      [&ground](Call& call, const api::ApproveOuting& command) {
        return approve_outing(call, ground, call.place.community, command);
      });
}

}  // namespace

void add_pass_routes(http::RouteTable& table, const Ground& ground) {
  add_desk_routes(table, ground);
  table.query<api::PassShown>({Method::get,
                               "/api/v1/gates/{gate}/pass",
                               "pass_shown",
                               Access::role_or_device(keepers, area::at_gate("gate")),
                               "Whose pass this number or QR is, and whether it holds.",
                               {"number"}},
                              [&ground](Call& call) {
                                return pass_shown(call, ground, area::gate_met(call),
                                                  call.query("number").value_or(""));
                              });
  table.query<api::MyPasses>(
      {Method::get, "/api/v1/my/passes", "my_passes", Access::signed_in(), "The passes of the caller's own household."},
      [&ground](Call& call) { return my_passes(call, ground); });
  table.command<api::OwnPassCommand, api::PassView>(
      {Method::post, "/api/v1/my/passes/{pass}/replace", "replace_my_pass", Access::signed_in(),
       "The card is lost: its number stops, and a new pass is on the phone at once."},
      [&ground](Call& call, const api::OwnPassCommand&) -> Result<api::PassView> {
        if (!call.actor.person) return fail(FaultCode::not_found, "person.none_of_this_account");
        FL_TRY(const auto pass, call.id_parameter<PassId>("pass"));
        const AreaId community = call.actor.person_community;
        FL_TRY(const auto me, ground.people->resident(*call.session, {community, call.actor.person}));
        return replace_pass(call, community, pass, PassForm::phone, me.person.household_id);
      });
}

}  // namespace firstline::movement
