// Two records became one person, or two again: whose trips are whose.

#include "movement/service.hpp"
#include "movement/trip_store.hpp"

namespace firstline::movement {

using store::Session;

Result<void> hand_trips_over(Session& session, const person::Merged& merged) {
  FL_TRY(const auto own, load_active(session, merged.community_id, merged.kept_id));
  FL_TRY(const auto others, load_active(session, merged.community_id, merged.gone_id));
  if (own && others) return fail(FaultCode::conflict, "trip.both_away");
  FL_TRY(auto trips, load_all_trips_of(session, merged.community_id, merged.gone_id));
  // Their own trip, too, if merging moved them to another home: a gate looks there.
  if (own && merged.home && own->household_id != merged.home) trips.push_back(*own);
  for (const TripRow& trip : trips) {
    FL_TRYV(add(session, HandedOver{merged.community_id, merged.merge_id, trip.id, trip.person_id, trip.household_id}));
    FL_TRYV(give_trip(session, trip, merged.kept_id, merged.home ? merged.home : trip.household_id));
  }
  return {};
}

Result<void> hand_trips_back(Session& session, const person::Merged& merged) {
  FL_TRY(const auto rows, load_handed_over(session, merged.community_id, merged.merge_id));
  for (const HandedOver& row : rows) {
    FL_TRY(const auto trip, load_trip(session, row.community_id, row.trip_id));
    if (trip) FL_TRYV(give_trip(session, *trip, row.person_id, row.household_id));
  }
  return delete_handed_over(session, merged.community_id, merged.merge_id);
}

}  // namespace firstline::movement
