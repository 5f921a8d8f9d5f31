#pragma once

// Visits: invited by the host, asked for at a gate, registered by the desk, announced by a courier.

#include "movement/visit_api.hpp"
#include "movement/visit_store.hpp"

namespace firstline::movement {

Result<api::VisitView> invite(http::Call& call, const Ground& ground, const api::VisitCommand& command);
Result<api::VisitList> my_visits(http::Call& call, const Ground& ground);
Result<api::VisitView> answer_as_host(http::Call& call, const Ground& ground, VisitorId visit, bool confirmed);
Result<api::VisitView> withdraw_as_host(http::Call& call, const Ground& ground, VisitorId visit);

// A keeper writes down somebody who stands there; the host is asked.
Result<api::VisitView> ask_host(http::Call& call, const Ground& ground, const area::Gate& gate,
                                const api::VisitCommand& command);
// The keeper telephoned.
Result<api::VisitView> answer_by_call(http::Call& call, const Ground& ground, const area::Gate& gate, VisitorId visit,
                                      bool confirmed);
// A person has decided between two answers that contradict each other: this one holds, unless the visitor has come or
// the time is over (visit.over).
Result<void> correct_answer(http::Call& call, AreaId community, VisitorId visit, bool confirmed);
Result<api::VisitList> visits_at(http::Call& call, const Ground& ground, const area::Gate& gate);

Result<api::VisitView> register_visit(http::Call& call, const Ground& ground, AreaId community,
                                      const api::VisitCommand& command);
Result<api::VisitView> withdraw_at_desk(http::Call& call, const Ground& ground, AreaId community, VisitorId visit);
Result<api::VisitList> visits_of(http::Call& call, const Ground& ground, AreaId community);
Result<api::VisitRevealed> reveal_visit(http::Call& call, const Ground& ground, AreaId community, VisitorId visit,
                                        const person::RevealCommand& command);

Result<api::CourierAnnounced> announce_courier(http::Call& call, const Ground& ground, const area::Gate& gate,
                                               const api::AnnounceCourier& command);

}  // namespace firstline::movement
