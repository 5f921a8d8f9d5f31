// Cases over HTTP, under communities/{community}/cases.

#include "area/service.hpp"
#include "casebook/parts.hpp"

namespace firstline::casebook {
namespace {

using http::Access;
using http::Call;
using http::CommandId;
using http::Method;

Result<Wanted> wanted_of(const Call& call) {
  Wanted wanted;
  if (const auto said = call.query("status"); said && !said->empty()) {
    for (int status = 0; status < 6; ++status)
      if (*said == store::enum_name(static_cast<Status>(status))) wanted.status = static_cast<Status>(status);
    if (!wanted.status) return fail(FaultCode::invalid, "case.bad_status", {}, "status");
  }
  if (const auto said = call.query("day"); said && !said->empty()) {
    wanted.day = parse_date(*said);
    if (!wanted.day) return fail(FaultCode::invalid, "case.bad_moment", {}, "day");
  }
  return wanted;
}

}  // namespace

void add_routes(http::RouteTable& table, const Parts& parts) {
  const std::string all = "/api/v1/communities/{community}/cases", one = all + "/{case}";
  const auto seeing = Access::role(may_see, area::at_community("community"));
  const auto leading = Access::role(may_lead, area::at_community("community"));
  const auto deciding = Access::role(may_decide, area::at_community("community"));

  table.query<api::CaseList>({Method::get,
                              all,
                              "cases",
                              seeing,
                              "Cases, newest first, by status and by the day on which they became known; masked.",
                              {"status", "day"}},
                             [&parts](Call& call) -> Result<api::CaseList> {
                               FL_TRY(const auto wanted, wanted_of(call));
                               return list(call, parts, wanted);
                             });
  table.command<api::OpenCase, api::CaseView>(
      {Method::post, all, "open_case", leading, "Opens a case of a resident by hand, with a reason."},
      [&parts](Call& call, const api::OpenCase& command) { return open(call, parts, command); });
  table.query<api::CaseDetail>(
      {Method::get, one, "outbreak_case", seeing,
       "One case: its window, the person's results, its history, and what may follow; masked."},
      [&parts](Call& call) -> Result<api::CaseDetail> {
        FL_TRY(const auto id, call.id_parameter<CaseId>("case"));
        return detail(call, parts, id);
      });
  table.command<api::ChangeStatus, api::CaseView>(
      {Method::post, one + "/status", "change_case_status", leading,
       "Takes a case a legal step on; where the step needs a second person it waits."},
      [&parts](Call& call, const api::ChangeStatus& command) -> Result<api::CaseView> {
        FL_TRY(const auto id, call.id_parameter<CaseId>("case"));
        return change_status(call, parts, id, command);
      });
  table.command<api::CorrectMoment, api::CaseView>(
      {Method::post, one + "/corrections", "correct_case", leading,
       "Corrects when symptoms began, the sample was taken, it was reported, or the person was taken away."},
      [&parts](Call& call, const api::CorrectMoment& command) -> Result<api::CaseView> {
        FL_TRY(const auto id, call.id_parameter<CaseId>("case"));
        return correct(call, parts, id, command);
      });
  // The answer is in clear: none is kept for a repeated id.
  http::RouteSpec revealing{Method::post, one + "/reveal", "reveal_case", leading,
                            "The name of somebody whom only a list knows, on a stated ground; a fact."};
  revealing.own_idempotency = true;
  table.command<person::RevealCommand, api::ListedRevealed>(
      std::move(revealing), [&parts](Call& call, const person::RevealCommand& command) -> Result<api::ListedRevealed> {
        FL_TRY(const auto id, call.id_parameter<CaseId>("case"));
        return reveal(call, parts, id, command);
      });
  table.command<api::LinkCases, api::CaseView>(
      {Method::post, one + "/links", "link_cases", leading,
       "Says that one case infected another, and how sure that is."},
      [&parts](Call& call, const api::LinkCases& command) -> Result<api::CaseView> {
        FL_TRY(const auto id, call.id_parameter<CaseId>("case"));
        return link(call, parts, id, command);
      });
  table.command<api::WithdrawLink, api::CaseView>(
      {Method::post, one + "/links/{link}/withdraw", "withdraw_case_link", leading,
       "Takes a link between cases back; it stays in the history."},
      [&parts](Call& call, const api::WithdrawLink& command) -> Result<api::CaseView> {
        FL_TRY(const auto id, call.id_parameter<CaseId>("case"));
        FL_TRY(const auto which, call.id_parameter<LinkId>("link"));
        return withdraw_link(call, parts, id, which, command);
      });
  table.query<api::Chains>(
      {Method::get, "/api/v1/communities/{community}/case-chains", "case_chains", seeing,
       "Chains of transmission: generations, serial intervals, clusters by place; cases by number, no names."},
      [](Call& call) { return chains_of(call); });
  for (const bool agreed : {true, false}) {
    table.command<CommandId, api::CaseView>(
        {Method::post, one + "/changes/{change}/" + (agreed ? "confirm" : "refuse"),
         agreed ? "confirm_case_change" : "refuse_case_change", deciding,
         agreed ? "The second person agrees: the step is taken." : "The second person does not agree."},
        [&parts, agreed](Call& call, const CommandId&) -> Result<api::CaseView> {
          FL_TRY(const auto id, call.id_parameter<CaseId>("case"));
          FL_TRY(const auto change, call.id_parameter<EntryId>("change"));
          return decide(call, parts, id, change, agreed);
        });
  }
}

}  // namespace firstline::casebook
