#pragma once

// Entry passes of households and approvals of single outings: the use cases behind the routes.

#include "http/call.hpp"
#include "movement/api.hpp"
#include "movement/service.hpp"

namespace firstline::movement {

// Gives every home of a compound that has none a pass, and asks for passes at its gates from now on.
Result<api::PassesStarted> start_passes(http::Call& call, AreaId community, const api::StartPasses& command);
Result<api::PassView> issue_pass(http::Call& call, AreaId community, const api::IssuePass& command);
Result<api::PassView> end_pass(http::Call& call, AreaId community, PassId pass, PassState state);
// The old number stops, a new one holds for the rest of its time. `only_home`: the household must be this one.
Result<api::PassView> replace_pass(http::Call& call, AreaId community, PassId pass, PassForm form,
                                   AreaId only_home = {});
Result<api::ApprovalView> approve_outing(http::Call& call, const Ground& ground, AreaId community,
                                         const api::ApproveOuting& command);

Result<api::PassHolders> pass_holders(http::Call& call, AreaId community, std::string_view label);
Result<api::Cards> cards(http::Call& call, AreaId community, AreaId compound);
Result<api::MyPasses> my_passes(http::Call& call, const Ground& ground);
Result<api::PassShown> pass_shown(http::Call& call, const Ground& ground, const area::Gate& gate,
                                  std::string_view token);

}  // namespace firstline::movement
