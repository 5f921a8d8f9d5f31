// Seal orders over HTTP: the desk, the public card, a resident's own page. No rule, no SQL.

#include "area/service.hpp"
#include "seal/card.hpp"
#include "seal/notes.hpp"
#include "seal/scopes.hpp"
#include "seal/views.hpp"

namespace firstline::seal {
namespace {

using http::Access;
using http::Call;
using http::CommandId;
using http::Empty;
using http::Method;
using http::Role;

constexpr http::RoleSet readers{Role::grid_worker, Role::secretary, Role::health_officer, Role::commander,
                                Role::auditor};
constexpr http::RoleSet checking{Role::grid_worker, Role::secretary, Role::health_officer};
constexpr std::size_t photo_body_bytes_max = 600'000;

Result<SealOrder> order_of(Call& call) {
  FL_TRY(const auto id, call.id_parameter<OrderId>("order"));
  return order_met(*call.session, call.place.community, id);
}

void add_order_routes(http::RouteTable& table, const Desk& desk, const http::PlaceOf& here) {
  table.query<api::SealOrders>({Method::get, "/api/v1/communities/{community}/seal-orders", "seal_orders",
                                Access::role(readers, here), "All seal orders of the community, newest first."},
                               [&desk](Call& call) { return list_orders(call, desk); });
  table.query<api::SealOrderView>(
      {Method::get, "/api/v1/communities/{community}/seal-orders/{order}", "seal_order", Access::role(readers, here),
       "One order: places with their projections, acts, what happened, exits."},
      [&desk](Call& call) -> Result<api::SealOrderView> {
        FL_TRY(const auto id, call.id_parameter<OrderId>("order"));
        return order_view(call, desk, id);
      });
  table.query<api::SealsRaised>(
      {Method::get, "/api/v1/areas/{area}/seals-raised", "seals_raised", Access::role(readers, area::at_office("area")),
       "Orders met or due and undecided for so long that they are this office's matter."},
      [&desk](Call& call) -> Result<api::SealsRaised> {
        FL_TRY(const auto office, call.id_parameter<AreaId>("area"));
        return raised_to(call, desk, office);
      });
  table.query<api::SealStateThen>({Method::get,
                                   "/api/v1/communities/{community}/seal-state",
                                   "seal_state",
                                   Access::role(readers, here),
                                   "How strictly a place was closed at a moment, by the orders on its path.",
                                   {"area", "at"}},
                                  [](Call& call) -> Result<api::SealStateThen> {
                                    const auto area = parse_id(call.query("area").value_or(""));
                                    if (!area) return fail(FaultCode::invalid, "query.bad_id", {}, "area");
                                    const auto asked = call.query("at");
                                    const auto at = asked ? parse_instant(*asked) : std::optional(call.now);
                                    if (!at) return fail(FaultCode::invalid, "query.bad_time", {}, "at");
                                    return state_then(call, AreaId{*area}, *at);
                                  });
  table.question<api::CompareScopes, api::SealScopes>(
      {Method::post, "/api/v1/communities/{community}/seal-scopes", "compare_seal_scopes", Access::role(readers, here),
       "Before a decision: what sealing the home, floor, unit, building or compound would mean."},
      [&desk](Call& call, const api::CompareScopes& asked) { return compare_scopes(call, desk, asked); });
  table.command<api::ProposeSeal, api::SealProposed>(
      {Method::post, "/api/v1/communities/{community}/seal-orders", "propose_seal", Access::role(proposing, here),
       "Proposes to close places; in force only after a decision and its announcement."},
      [&desk](Call& call, const api::ProposeSeal& command) { return propose(call, desk, command); });
  table.command<api::ProposeSealAmendment, api::SealProposed>(
      {Method::post, "/api/v1/communities/{community}/seal-orders/{order}/amendments", "propose_seal_amendment",
       Access::role(proposing, here), "Proposes to split, shrink, extend or step down an order."},
      [](Call& call, const api::ProposeSealAmendment& command) -> Result<api::SealProposed> {
        FL_TRY(const auto order, order_of(call));
        return propose_amendment(call, order, command);
      });
  table.command<api::ProposeSealRelease, api::SealProposed>(
      {Method::post, "/api/v1/communities/{community}/seal-orders/{order}/releases", "propose_seal_release",
       Access::role(proposing, here), "Proposes to lift an order."},
      [](Call& call, const api::ProposeSealRelease& command) -> Result<api::SealProposed> {
        FL_TRY(const auto order, order_of(call));
        return propose_release(call, order, command);
      });
}

void add_act_routes(http::RouteTable& table, const Desk& desk, const http::PlaceOf& here) {
  const std::string act_path = "/api/v1/communities/{community}/seal-orders/{order}/acts/{act}";
  table.command<api::DecideSealAct, Empty>(
      {Method::post, act_path + "/decide", "decide_seal_act", Access::role(deciding, here),
       "The body with the power, a second person: approves or refuses, and says why."},
      [](Call& call, const api::DecideSealAct& command) -> Result<Empty> {
        FL_TRY(const auto order, order_of(call));
        FL_TRY(const auto act, call.id_parameter<ActId>("act"));
        FL_TRYV(decide(call, order, act, command));
        return Empty{};
      });
  table.command<CommandId, Empty>(
      {Method::post, act_path + "/announce", "announce_seal_act", Access::role(deciding, here),
       "Announces what was decided; from now on, or from its hour, it holds."},
      [&desk](Call& call, const CommandId&) -> Result<Empty> {
        FL_TRY(const auto order, order_of(call));
        FL_TRY(const auto act, call.id_parameter<ActId>("act"));
        FL_TRYV(announce(call, desk, order, act));
        return Empty{};
      });
  table.command<CommandId, Empty>({Method::post, act_path + "/withdraw", "withdraw_seal_act",
                                   Access::role(proposing, here), "Takes a proposal back before it is announced."},
                                  [](Call& call, const CommandId&) -> Result<Empty> {
                                    FL_TRY(const auto order, order_of(call));
                                    FL_TRY(const auto act, call.id_parameter<ActId>("act"));
                                    FL_TRYV(withdraw(call, order, act));
                                    return Empty{};
                                  });
}

void add_note_routes(http::RouteTable& table, const Desk& desk, const http::PlaceOf& here) {
  const std::string order_path = "/api/v1/communities/{community}/seal-orders/{order}";
  table.command<api::RecordHappening, api::HappeningRecorded>(
      {Method::post, order_path + "/happenings", "record_seal_happening", Access::role(proposing, here),
       "Writes down what counts for the release: cases, contacts, disinfection, samples of the rooms."},
      [](Call& call, const api::RecordHappening& command) -> Result<api::HappeningRecorded> {
        FL_TRY(const auto order, order_of(call));
        return record_happening(call, order, command);
      });
  table.command<CommandId, Empty>(
      {Method::post, order_path + "/happenings/{happening}/strike", "strike_seal_happening",
       Access::role(proposing, here), "It was a mistake: it counts no longer, and stays on record."},
      [](Call& call, const CommandId&) -> Result<Empty> {
        FL_TRY(const auto order, order_of(call));
        FL_TRY(const auto id, call.id_parameter<HappeningId>("happening"));
        FL_TRYV(strike_happening(call, order, id));
        return Empty{};
      });
  http::RouteSpec check{Method::post, order_path + "/exit-checks", "record_seal_exit_check",
                        Access::role(checking, here), "Somebody looked at an exit, with a photo: no seal closes one."};
  check.body_bytes_max = photo_body_bytes_max;
  table.command<api::RecordCheck, Empty>(std::move(check),
                                         [](Call& call, const api::RecordCheck& command) -> Result<Empty> {
                                           FL_TRY(const auto order, order_of(call));
                                           FL_TRYV(record_check(call, order, command));
                                           return Empty{};
                                         });
  table.query<api::SealCheckPhoto>({Method::get, "/api/v1/communities/{community}/seal-exit-checks/{check}/photo",
                                    "seal_exit_photo", Access::role(readers, here), "The photo of one check."},
                                   [](Call& call) -> Result<api::SealCheckPhoto> {
                                     FL_TRY(const auto id, call.id_parameter<ExitCheckId>("check"));
                                     return check_photo(call, id);
                                   });
  table.query<api::Objections>({Method::get, "/api/v1/communities/{community}/seal-objections", "seal_objections",
                                Access::role(readers, here), "What residents object to, the open ones first."},
                               [&desk](Call& call) { return objections(call, desk); });
  table.command<api::AnswerObjection, Empty>(
      {Method::post, "/api/v1/communities/{community}/seal-objections/{objection}/answer", "answer_seal_objection",
       Access::role(deciding, here), "Answers an objection in the name of a body."},
      [](Call& call, const api::AnswerObjection& command) -> Result<Empty> {
        FL_TRY(const auto id, call.id_parameter<ObjectionId>("objection"));
        FL_TRYV(answer_objection(call, id, command));
        return Empty{};
      });
}

void add_public_routes(http::RouteTable& table, const Desk& desk) {
  table.query<api::SealCard>(
      {Method::get, "/api/v1/seal-cards/{card}", "seal_card", Access::anyone(),
       "The public card of an announced order: conditions, earliest day and how sure; no names."},
      [&desk](Call& call) { return card(call, desk, call.parameter("card")); });
  table.stream<api::SealEvent>({Method::get, "/api/v1/seal-cards/{card}/events", "seal_card_stream", Access::anyone(),
                                "Tells when something about the order of a card is new."},
                               card_events);
  table.query<api::MySeal>({Method::get, "/api/v1/my/seal", "my_seal", Access::signed_in(),
                            "How strictly the account's own home is closed, with the cards of the orders."},
                           [&desk](Call& call) { return my_seal(call, desk); });
  table.query<api::Objections>({Method::get, "/api/v1/my/seal-objections", "my_seal_objections", Access::signed_in(),
                                "The account's own objections and their answers."},
                               [&desk](Call& call) { return my_objections(call, desk); });
  table.command<api::ObjectToSeal, Empty>(
      {Method::post, "/api/v1/my/seal-objections", "object_to_seal", Access::signed_in(),
       "Objects to an order that closes the account's own home."},
      [&desk](Call& call, const api::ObjectToSeal& command) -> Result<Empty> {
        FL_TRYV(object(call, desk, command));
        return Empty{};
      });
}

}  // namespace

void add_routes(http::RouteTable& table, const Desk& desk) {
  const auto here = area::at_community("community");
  add_order_routes(table, desk, here);
  add_act_routes(table, desk, here);
  add_note_routes(table, desk, here);
  add_public_routes(table, desk);
}

}  // namespace firstline::seal
