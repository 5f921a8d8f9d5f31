#pragma once

// Cases of the disease 病例: opened by a positive result, by hand or from a list; classified, ended and corrected step
// by step, each a fact with who, when and why. Decides no measure: what follows from a case stands in
// app/reactions.cpp, and other modules ask here by a case's id.
//
// One person has one open case; a further positive result is evidence of it. Which steps are legal, and which need a
// second person, is the table in steps.hpp.
//
// Facts: case.opened, case.status_changed, case.change_proposed, case.change_refused, case.corrected,
// case.evidence_added, case.evidence_withdrawn, case.linked, case.link_withdrawn,
// case.revealed, case.list_taken.
//
// Faults: case.unknown, case.unknown_change, case.unknown_link (not_found); case.open_already, case.illegal_step,
// case.changed_meanwhile, case.decided, case.one_waits, case.linked_already, case.link_ring, case.not_listed
// (conflict); case.by_the_same (forbidden); case.no_reason, case.bad_moment, case.bad_status, case.bad_place,
// case.link_self (invalid).

#include <functional>
#include <set>

#include "casebook/api.hpp"
#include "http/route.hpp"
#include "person/service.hpp"
#include "policy/rules_in_force.hpp"

namespace firstline::casebook {

// By whom and when something is done, with or without a request.
struct By {
  AccountId account;  // 0: nobody; a result that came in.
  DeviceId device;
  Instant now{};
  Random* random = nullptr;  // To seal a reason; without one there is none.
};

// What other modules do about it, in the same transaction.
struct Reactions {
  std::function<Result<void>(store::Session&, const Case&, const By&)> opened;
  // Its status or one of its moments is another now.
  std::function<Result<void>(store::Session&, const Case&, const By&)> changed;
};

// What the use cases depend on; all of it outlives them.
struct Parts {
  const person::Directory* people;
  const policy::RulesInForce* rules;
  const Reactions* reactions;
};

// For other modules: one case. Fault case.unknown.
Result<Case> case_of(store::Session& session, AreaId community, CaseId id);
// The open case of whoever this record counts for.
Result<std::optional<Case>> open_case_of(store::Session& session, person::PersonRef who);

// Every case of the community, newest first.
Result<void> each_case(store::Session& session, AreaId community, const std::function<Result<void>(const Case&)>& use);

// A positive result came in, or one that was positive says something else now. Opens a case as the policy in force
// says, or adds to the history of the one that it belongs to.
Result<void> take_news(store::Session& session, const Parts& parts, const health::ResultNews& news);

// Which day's cases, by the day on which they became known here; which status. Nothing: all.
struct Wanted {
  std::optional<Status> status;
  std::optional<Date> day;
};
Result<api::CaseList> list(http::Call& call, const Parts& parts, const Wanted& wanted);
Result<api::CaseDetail> detail(http::Call& call, const Parts& parts, CaseId id);
Result<api::CaseView> open(http::Call& call, const Parts& parts, const api::OpenCase& command);
Result<api::CaseView> change_status(http::Call& call, const Parts& parts, CaseId id, const api::ChangeStatus& command);
Result<api::CaseView> correct(http::Call& call, const Parts& parts, CaseId id, const api::CorrectMoment& command);
// Of a change that waits; never by whoever proposed it.
Result<api::CaseView> decide(http::Call& call, const Parts& parts, CaseId id, EntryId entry, bool agreed);

// In clear, of somebody whom only a list names; a fact.
Result<api::ListedRevealed> reveal(http::Call& call, const Parts& parts, CaseId id,
                                   const person::RevealCommand& command);
Result<api::CaseView> link(http::Call& call, const Parts& parts, CaseId id, const api::LinkCases& command);
Result<api::CaseView> withdraw_link(http::Call& call, const Parts& parts, CaseId id, LinkId link,
                                    const api::WithdrawLink& command);
Result<api::Chains> chains_of(http::Call& call);

// Under communities/{community}/cases. `parts` outlives the table.
void add_routes(http::RouteTable& table, const Parts& parts);

}  // namespace firstline::casebook
