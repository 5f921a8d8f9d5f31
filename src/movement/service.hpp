#pragma once

// Who may come and go, as others use it. A gate asks `standing` for everybody who lives behind it: one statement over
// two or three short rows. Decides nothing about a passage: that is the gate's rule.
//
// Faults: pass.unknown, visit.unknown, trip.unknown, area.unknown (not_found); pass.exists, pass.ended (conflict);
// pass.bad_end, area.wrong_kind, approval.bad_day (invalid).

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "area/service.hpp"
#include "base/fault.hpp"
#include "http/call.hpp"
#include "http/route.hpp"
#include "movement/wire.hpp"
#include "person/service.hpp"
#include "policy/rules_in_force.hpp"
#include "store/session.hpp"

namespace firstline::movement {

// What the use cases depend on; all of it outlives them.
struct Ground {
  const person::Directory* people;
  const policy::RulesInForce* rules;
};

// How somebody stands who lives behind a gate of `compound`; approvals from `today` on.
Result<Standing> standing(store::Session& session, AreaId community, AreaId compound, AreaId household, PersonId person,
                          Date today);
// The same of everybody below a path, by three statements; whoever has nothing of a kind is not in it.
struct StandingsBelow {
  std::optional<PassTerm> passes_asked;
  std::map<AreaId, PassTerm> passes;  // By household.
  std::map<PersonId, TripNow> trips;
  std::vector<Approval> approvals;
};
Result<StandingsBelow> standings_below(store::Session& session, AreaId community, AreaId compound,
                                       std::string_view path, Date today);

// A visit as a gate needs it.
struct VisitAtGate {
  AreaId community_id;
  VisitorId id;
  AreaId household_id;
  AreaId compound_id;
  VisitKind kind = VisitKind::guest;
  VisitState state = VisitState::asked;
  bool repeated = false;
  std::optional<Span> span;  // That matters now.
  std::string name_masked;
};
// "FLV:..." of a scanned code.
bool is_visit_token(std::string_view text);
Result<VisitAtGate> find_visit(store::Session& session, const Ground& ground, AreaId community, VisitorId id,
                               Instant now);
Result<VisitAtGate> find_visit_by_token(store::Session& session, const Ground& ground, AreaId community,
                                        std::string_view token, Instant now);
// Whom a compound's gates may expect until tomorrow, and who is still inside.
struct ExpectedVisit {
  VisitAtGate visit;
  std::string token;  // "FLV:...", as the visitor shows it.
  std::string household_label;
};
Result<std::vector<ExpectedVisit>> expected_visits(store::Session& session, const Ground& ground,
                                                   const area::Gate& gate, Instant now);
// A passage of a visitor: the row that ties them, and where the visit stands after it.
Result<void> tie_passage(store::Session& session, const VisitAtGate& visit, PassageId passage);
Result<VisitorId> visit_of_passage(store::Session& session, AreaId community, PassageId passage);
Result<void> visitor_went(http::Call& call, const VisitAtGate& visit, bool in);
Result<void> visitor_taken_back(http::Call& call, const VisitAtGate& visit, bool in);
// Changes of visits of one compound after an id, for the gate's stream.
struct VisitChange {
  std::int64_t id = 0;
  VisitorId visit_id;
  AreaId compound_id;
  VisitState state = VisitState::asked;
};
Result<std::vector<VisitChange>> visit_changes_after(store::Session& session, AreaId community, std::int64_t after_id,
                                                     int limit);

// Somebody went through: a filed trip of theirs opens on the way out, an open one closes on the way in, with what the
// policy proposes then. Nothing if there is none.
Result<void> trip_passed(http::Call& call, const Ground& ground, const area::Gate& gate, AreaId household,
                         PersonId person, PassageId passage, bool out);
// How risky the destination of somebody's trip is now, by the lists in force here: a gate asks when it begins or ends.
Result<Risk> risk_now(store::Session& session, const Ground& ground, AreaId community, PersonId person, Instant now);
// Newest first; for whoever tells a person who looked at them.
Result<std::vector<TripId>> trips_of_person(store::Session& session, AreaId community, PersonId person);
Result<void> trip_taken_back(http::Call& call, AreaId community, PersonId person, PassageId passage);

// Two records of one person were merged: trips and approvals of the other are theirs, until it is taken back. Fault
// trip.both_away (conflict): each has a trip filed or open.
Result<void> hand_over(store::Session& session, const person::Merged& merged);
Result<void> hand_back(store::Session& session, const person::Merged& merged);

// `ground` outlives the table.
void add_routes(http::RouteTable& table, const Ground& ground);

}  // namespace firstline::movement
