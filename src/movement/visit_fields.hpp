#pragma once

// A visit's personal fields: checked and sealed on the way in, opened and masked on the way out. Internal to the
// module.

#include "movement/visit_api.hpp"
#include "movement/visit_store.hpp"

namespace firstline::movement {

// With a fresh id and code; place and state are the caller's. Faults: visit.bad_name, visit.bad_hours, visit.bad_field.
Result<VisitRow> sealed_visit(http::Call& call, const Ground& ground, const api::VisitCommand& command);
std::string token_of(const VisitRow& visit);
VisitHours hours_of(const VisitRow& visit);
Result<api::VisitView> view_of(store::Session& session, const Ground& ground, const VisitRow& visit, Instant now,
                               bool for_host);

}  // namespace firstline::movement
