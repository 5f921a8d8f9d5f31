#pragma once

// What is kept of visits; names, phones, plates and notes sealed. SQL stands in visit_store_sql.cpp only.

#include <optional>
#include <string_view>
#include <vector>

#include "base/fault.hpp"
#include "movement/service.hpp"
#include "store/session.hpp"

namespace firstline::movement {

struct VisitRow {
  AreaId community_id;
  VisitorId id;
  AreaId household_id;  // 0: a courier who said no room.
  AreaId compound_id;
  VisitKind kind = VisitKind::guest;
  VisitState state = VisitState::invited;
  std::string code;
  store::Bytes name_sealed;
  std::optional<store::Bytes> phone_sealed, plate_sealed, note_sealed;
  int companions = 0;
  Instant from_at{}, until_at{};
  int weekdays = 0, minute_from = 0, minute_until = 24 * 60;
  Instant made_at{};
  AccountId made_by;
  GateId gate_id;  // Where it was asked for.
  std::optional<Instant> answered_at;
  AccountId answered_by;
  std::optional<AnsweredBy> answered_how;
  std::optional<Instant> entered_at, left_at;
  std::string from_code, from_name;  // The place that they come from; empty: nobody asked.
};
BOOST_DESCRIBE_STRUCT(VisitRow, (),
                      (community_id, id, household_id, compound_id, kind, state, code, name_sealed, phone_sealed,
                       plate_sealed, note_sealed, companions, from_at, until_at, weekdays, minute_from, minute_until,
                       made_at, made_by, gate_id, answered_at, answered_by, answered_how, entered_at, left_at,
                       from_code, from_name))
BOOST_DESCRIBE_STRUCT(VisitChange, (), (id, visit_id, compound_id, state))

Result<void> add(store::Session& session, const VisitRow& visit);
Result<std::optional<VisitRow>> load_visit(store::Session& session, AreaId community, VisitorId id);
Result<std::optional<VisitRow>> load_visit_with_code(store::Session& session, AreaId community, std::string_view code);
// Newest first.
Result<std::vector<VisitRow>> load_visits_of(store::Session& session, AreaId community, AreaId household);
// Not over at `now` and begun before `before`, of one compound; also whoever is still inside after their time.
Result<std::vector<VisitRow>> load_visits_at(store::Session& session, AreaId community, AreaId compound, Instant now,
                                             Instant before);
// Of the whole community, for the desk.
Result<std::vector<VisitRow>> load_visits_since(store::Session& session, AreaId community, Instant since);
// Moves it from one state to another; false if it is not in that state.
Result<bool> move(store::Session& session, const VisitRow& visit, VisitState from);
Result<void> add_change(store::Session& session, AreaId community, const VisitChange& change);

Result<void> save_tie(store::Session& session, AreaId community, PassageId passage, VisitorId visit);
Result<std::optional<VisitorId>> load_tie(store::Session& session, AreaId community, PassageId passage);
// The note of a look into a visit or a trip.
Result<void> save_reveal_note(store::Session& session, AreaId community, FactId fact, const store::Bytes& note_sealed,
                              const Uuid& command);
Result<bool> has_revealed(store::Session& session, AreaId community, const Uuid& command);

}  // namespace firstline::movement
