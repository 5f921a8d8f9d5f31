// Two records became one person, or two again: whose trips are whose, and whose approvals.

#include "movement/pass_store.hpp"
#include "movement/service.hpp"
#include "movement/trip_store.hpp"

namespace firstline::movement {

using store::Session;

namespace {

Result<void> hand_approvals_over(Session& session, const person::Merged& merged) {
  for (const PersonId person : {merged.gone_id, merged.kept_id}) {
    FL_TRY(const auto approvals, load_approvals_of(session, merged.community_id, person));
    for (const Approval& each : approvals) {
      const AreaId home = merged.home ? merged.home : each.household_id;
      if (each.person_id == merged.kept_id && each.household_id == home) continue;
      FL_TRYV(add(session, ApprovalHandedOver{merged.community_id, merged.merge_id, each.id, each.person_id,
                                              each.household_id}));
      FL_TRYV(give_approval(session, each, merged.kept_id, home));
    }
  }
  return {};
}

Result<void> hand_approvals_back(Session& session, const person::Merged& merged) {
  FL_TRY(const auto rows, load_approvals_handed_over(session, merged.community_id, merged.merge_id));
  FL_TRY(const auto approvals, load_approvals_of(session, merged.community_id, merged.kept_id));
  for (const ApprovalHandedOver& row : rows)
    for (const Approval& each : approvals)
      if (each.id == row.approval_id) {
        FL_TRYV(give_approval(session, each, row.person_id, row.household_id));
      }
  return delete_approvals_handed_over(session, merged.community_id, merged.merge_id);
}

}  // namespace

Result<void> hand_over(Session& session, const person::Merged& merged) {
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
  return hand_approvals_over(session, merged);
}

Result<void> hand_back(Session& session, const person::Merged& merged) {
  FL_TRY(const auto rows, load_handed_over(session, merged.community_id, merged.merge_id));
  for (const HandedOver& row : rows) {
    FL_TRY(const auto trip, load_trip(session, row.community_id, row.trip_id));
    if (trip) FL_TRYV(give_trip(session, *trip, row.person_id, row.household_id));
  }
  FL_TRYV(delete_handed_over(session, merged.community_id, merged.merge_id));
  return hand_approvals_back(session, merged);
}

}  // namespace firstline::movement
