#pragma once

// Trips to another district: filed ahead or at a gate, opened and closed by passages, and what the policy proposes
// after.

#include "movement/service.hpp"
#include "movement/trip_api.hpp"
#include "person/wire.hpp"

namespace firstline::movement {

// One trip for each person; all of one household.
Result<api::TripList> file_trips(http::Call& call, const Ground& ground, AreaId community, const api::FileTrip& command,
                                 TripSource source, AreaId only_home = {});
// Filed or open; nothing if there is none.
Result<std::optional<TripRow>> active_trip(store::Session& session, AreaId community, PersonId person);
// Other words about a trip that is filed or open, field by field. Faults: trip.over (conflict), trip.bad_days,
// trip.bad_place (invalid).
struct TripChange {
  std::optional<std::string> to_name, to_code;
  std::optional<TripPurpose> purpose;
  std::optional<Transport> transport;
  std::optional<Date> leaves_on, back_on;
};
Result<void> amend_trip(http::Call& call, const Ground& ground, AreaId community, TripId trip,
                        const TripChange& change);
// By the desk, or by the household that it belongs to.
Result<api::TripView> extend_trip(http::Call& call, const Ground& ground, AreaId community, TripId trip, Date back_on,
                                  AreaId only_home = {});
Result<api::TripView> cancel_trip(http::Call& call, const Ground& ground, AreaId community, TripId trip,
                                  AreaId only_home = {});
Result<api::TripView> close_trip(http::Call& call, const Ground& ground, AreaId community, TripId trip, Instant at);
Result<api::TripList> my_trips(http::Call& call, const Ground& ground, AreaId home);
// "open", "filed", "closed", "cancelled" or "overdue".
Result<api::TripList> trips_of(http::Call& call, const Ground& ground, AreaId community, std::string_view which);

// Plate and companions in clear, on a stated ground; a fact.
Result<api::TripRevealed> reveal_trip(http::Call& call, const Ground& ground, AreaId community, TripId trip,
                                      const person::RevealCommand& command);

Result<api::FollowUpList> follow_ups(http::Call& call, const Ground& ground, AreaId community);
Result<api::FollowUpDecided> decide_follow_up(http::Call& call, AreaId community, FollowUpId id, bool accepted);

Result<api::RiskPlaces> risk_places(http::Call& call, const Ground& ground, AreaId community);
// The whole list anew; trips that are filed or under way are rated by it.
Result<api::RiskImported> import_risk_places(http::Call& call, const Ground& ground, AreaId community,
                                             std::string_view csv);

}  // namespace firstline::movement
