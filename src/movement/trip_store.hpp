#pragma once

// What is kept of trips, what was proposed after them, and places at risk. SQL stands in trip_store_sql.cpp only.

#include <optional>
#include <vector>

#include "base/fault.hpp"
#include "movement/risk.hpp"
#include "person/model.hpp"
#include "store/session.hpp"

namespace firstline::movement {

struct TripRow {
  AreaId community_id;
  TripId id;
  TripId form_id;  // The first trip of the family's one form.
  AreaId household_id;
  PersonId person_id;
  TripState state = TripState::filed;
  std::string from_code, to_code, to_name;
  TripPurpose purpose = TripPurpose::other;
  Transport transport = Transport::other;
  std::optional<store::Bytes> plate_sealed, companions_sealed;  // Plate or train; who of other households comes along.
  Date leaves_on{}, back_on{};
  Risk risk = Risk::low;
  TripSource source = TripSource::resident;
  Instant at{};  // When it was said: a paper slip keeps its own time.
  Instant recorded_at{};
  AccountId filed_by;
  std::optional<Instant> departed_at, returned_at;
  PassageId departed_passage, returned_passage;
};
BOOST_DESCRIBE_STRUCT(TripRow, (),
                      (community_id, id, form_id, household_id, person_id, state, from_code, to_code, to_name, purpose,
                       transport, plate_sealed, companions_sealed, leaves_on, back_on, risk, source, at, recorded_at,
                       filed_by, departed_at, returned_at, departed_passage, returned_passage))

struct FollowUpTag {};
using FollowUpId = Id<FollowUpTag>;
struct FollowUpRow {
  AreaId community_id;
  FollowUpId id;
  TripId trip_id;
  AreaId household_id;
  PersonId person_id;
  FollowUp kind = FollowUp::test;
  FollowUpState state = FollowUpState::proposed;
  Date begins_on{};
  int days = 0;
  std::string nat_days;
  int tests = 0, within_days = 0;
  std::string parameter, pack, source;
  Instant proposed_at{};
  std::optional<Instant> decided_at;
  AccountId decided_by;
};
BOOST_DESCRIBE_STRUCT(FollowUpRow, (),
                      (community_id, id, trip_id, household_id, person_id, kind, state, begins_on, days, nat_days,
                       tests, within_days, parameter, pack, source, proposed_at, decided_at, decided_by))

Result<void> add(store::Session& session, const TripRow& trip);
Result<std::optional<TripRow>> load_trip(store::Session& session, AreaId community, TripId id);
// Filed or open.
Result<std::optional<TripRow>> load_active(store::Session& session, AreaId community, PersonId person);
// Newest first.
Result<std::vector<TripRow>> load_trips_of(store::Session& session, AreaId community, PersonId person);
Result<std::vector<TripRow>> load_trips_of_home(store::Session& session, AreaId community, AreaId household);
Result<std::vector<TripRow>> load_trips_in(store::Session& session, AreaId community, TripState state);
// Everything but who and where; false if it is not in the state `from`.
Result<bool> save(store::Session& session, const TripRow& trip, TripState from);
// Where to, what for and from when.
Result<void> save_words(store::Session& session, const TripRow& trip);
// What a gate reads; an empty trip clears it.
Result<void> put_trip_standing(store::Session& session, const TripRow& trip);

// A trip as it stood before two records of one person were merged.
struct HandedOver {
  AreaId community_id;
  person::MergeId merge_id;
  TripId trip_id;
  PersonId person_id;
  AreaId household_id;
};
BOOST_DESCRIBE_STRUCT(HandedOver, (), (community_id, merge_id, trip_id, person_id, household_id))
Result<void> add(store::Session& session, const HandedOver& row);
Result<std::vector<HandedOver>> load_handed_over(store::Session& session, AreaId community, person::MergeId merge);
Result<void> delete_handed_over(store::Session& session, AreaId community, person::MergeId merge);
// Whose trip it is, and of which home; what a gate reads follows.
Result<void> give_trip(store::Session& session, TripRow trip, PersonId person, AreaId household);
// All of them, newest first.
Result<std::vector<TripRow>> load_all_trips_of(store::Session& session, AreaId community, PersonId person);

Result<void> add(store::Session& session, const FollowUpRow& row);
Result<std::optional<FollowUpRow>> load_follow_up(store::Session& session, AreaId community, FollowUpId id);
Result<std::vector<FollowUpRow>> load_follow_ups(store::Session& session, AreaId community, FollowUpState state);
Result<bool> decide(store::Session& session, const FollowUpRow& row);
Result<void> take_back_follow_ups(store::Session& session, AreaId community, TripId trip);

// The newer list takes the place of the older, whole.
Result<void> replace_risk_places(store::Session& session, AreaId community, const std::vector<RiskPlace>& places,
                                 Instant now);
Result<std::vector<RiskPlace>> load_risk_places(store::Session& session, AreaId community);
// Only those that hold this place, or are it.
Result<std::vector<RiskPlace>> load_risk_places_about(store::Session& session, AreaId community, std::string_view code);

}  // namespace firstline::movement
