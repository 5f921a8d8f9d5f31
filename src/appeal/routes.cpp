// Appeals and colours over HTTP. Lists hold no words; whoever opens an appeal is in the ledger.

#include "appeal/service.hpp"
#include "area/service.hpp"

namespace firstline::appeal {
namespace {

using http::Access;
using http::Call;
using http::CommandId;
using http::Method;
using http::Role;

constexpr http::RoleSet offices{Role::grid_worker, Role::secretary, Role::health_officer, Role::commander};
constexpr http::RoleSet may_look{Role::grid_worker, Role::secretary, Role::health_officer};
constexpr http::RoleSet may_set{Role::secretary, Role::health_officer};
constexpr http::RoleSet may_decide{Role::secretary, Role::health_officer, Role::commander};

Result<person::PersonRef> who_of(Call& call) {
  FL_TRY(const auto person, call.id_parameter<PersonId>("person"));
  return person::counted_as(*call.session, {call.place.community, person});
}

}  // namespace

void add_routes(http::RouteTable& table, const Parts& parts) {
  const std::string my = "/api/v1/my", here = "/api/v1/communities/{community}";
  table.query<api::MyCode>({Method::get, my + "/code-readings", "my_code_readings", Access::signed_in(),
                            "Which colours are known of the caller, who said so, and on what ground."},
                           [](Call& call) { return my_code_readings(call); });
  table.query<api::MyAppeals>({Method::get, my + "/appeals", "my_appeals", Access::signed_in(),
                               "The caller's appeals: who has each in hand, until when, and the answers."},
                              [&parts](Call& call) { return my_appeals(call, parts); });
  // Answers hold words in clear, so none is kept for a repeated id: a second sending finds the first one open.
  http::RouteSpec filing{Method::post, my + "/appeals", "file_appeal", Access::signed_in(),
                         "Appeals against the caller's colour, with up to three papers; one at a time."};
  filing.own_idempotency = true;
  filing.body_bytes_max = 9u << 20;
  table.command<api::FileAppeal, api::MyAppeals>(
      std::move(filing), [&parts](Call& call, const api::FileAppeal& command) { return file(call, parts, command); });
  http::RouteSpec withdrawing{Method::post, my + "/appeals/{appeal}/withdraw", "withdraw_appeal", Access::signed_in(),
                              "Takes an appeal back."};
  withdrawing.own_idempotency = true;
  table.command<CommandId, api::MyAppeals>(std::move(withdrawing),
                                           [&parts](Call& call, const CommandId&) -> Result<api::MyAppeals> {
                                             FL_TRY(const auto id, call.id_parameter<AppealId>("appeal"));
                                             return withdraw(call, parts, id);
                                           });

  const auto office = Access::role(offices, area::at_community("community"));
  table.query<api::AppealList>({Method::get, here + "/appeals", "appeals", office,
                                "Open appeals, the one that is due first before the others, and lately ended ones."},
                               [&parts](Call& call) { return list(call, parts); });
  http::RouteSpec opening{Method::post, here + "/appeals/{appeal}/open", "open_appeal", office,
                          "What was written, and what those who carried it said; a fact."};
  opening.own_idempotency = true;
  table.command<CommandId, api::AppealOpened>(std::move(opening),
                                              [&parts](Call& call, const CommandId&) -> Result<api::AppealOpened> {
                                                FL_TRY(const auto id, call.id_parameter<AppealId>("appeal"));
                                                return open(call, parts, id);
                                              });
  http::RouteSpec reading{Method::post, here + "/appeals/{appeal}/papers/{paper}/open", "open_appeal_paper", office,
                          "One of the papers; a fact."};
  reading.own_idempotency = true;
  table.command<CommandId, api::PaperContent>(std::move(reading),
                                              [&parts](Call& call, const CommandId&) -> Result<api::PaperContent> {
                                                FL_TRY(const auto id, call.id_parameter<AppealId>("appeal"));
                                                FL_TRY(const auto paper_id, call.id_parameter<PaperId>("paper"));
                                                return paper(call, parts, id, paper_id);
                                              });
  table.command<api::CarryAppeal, api::AppealList>(
      {Method::post, here + "/appeals/{appeal}/carry", "carry_appeal", office,
       "Carries it to the level above, which has its own hours."},
      [&parts](Call& call, const api::CarryAppeal& command) -> Result<api::AppealList> {
        FL_TRY(const auto id, call.id_parameter<AppealId>("appeal"));
        return carry(call, parts, id, command);
      });
  table.command<api::AnswerAppeal, api::AppealList>(
      {Method::post, here + "/appeals/{appeal}/answer", "answer_appeal", office,
       "Grants or refuses it, with a reason; by an office above the community."},
      [&parts](Call& call, const api::AnswerAppeal& command) -> Result<api::AppealList> {
        FL_TRY(const auto id, call.id_parameter<AppealId>("appeal"));
        return answer(call, parts, id, command);
      });

  const std::string readings = here + "/people/{person}/code-readings";
  table.query<api::CodeReadings>({Method::get, readings, "code_readings", Access::role(may_look, person::at_person()),
                                  "Which colours are known of one person, who said so, and on what ground."},
                                 [](Call& call) -> Result<api::CodeReadings> {
                                   FL_TRY(const auto who, who_of(call));
                                   return code_readings(call, who);
                                 });
  table.command<api::SetColour, api::ColourSet>(
      {Method::post, readings, "set_colour", Access::role(may_set, person::at_person()),
       "Enters a colour from a document; against the code's own system it waits for a second person."},
      [](Call& call, const api::SetColour& command) -> Result<api::ColourSet> {
        FL_TRY(const auto who, who_of(call));
        return set_colour(call, who, command);
      });
  const auto deciding = Access::role(may_decide, area::at_community("community"));
  table.query<api::ProposalList>(
      {Method::get, here + "/colour-proposals", "colour_proposals", deciding, "Colours that wait for a second person."},
      [&parts](Call& call) { return proposals(call, parts); });
  for (const bool confirmed : {true, false}) {
    table.command<CommandId, api::ProposalList>(
        {Method::post, here + "/colour-proposals/{proposal}/" + (confirmed ? "confirm" : "refuse"),
         confirmed ? "confirm_colour" : "refuse_colour", deciding,
         confirmed ? "The second person agrees: the colour is entered." : "The second person does not agree."},
        [&parts, confirmed](Call& call, const CommandId&) -> Result<api::ProposalList> {
          FL_TRY(const auto id, call.id_parameter<ProposalId>("proposal"));
          return decide(call, parts, id, confirmed);
        });
  }
}

}  // namespace firstline::appeal
