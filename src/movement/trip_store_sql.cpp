#include "movement/trip_store.hpp"
#include "store/migration.hpp"

namespace firstline::movement {
namespace {

using store::Scope;
using store::Session;
using store::Statement;

const store::Migration trips{52, "movement", R"sql(
create table trip (
  community_id bigint not null,
  id bigint not null,
  form_id bigint not null,
  household_id bigint not null,
  person_id bigint not null,
  state text not null check (state in ('filed', 'open', 'closed', 'cancelled')),
  from_code text not null,
  to_code text not null,
  to_name text not null,
  purpose text not null,
  transport text not null,
  plate_sealed bytea,
  companions_sealed bytea,
  leaves_on bigint not null,
  back_on bigint not null,
  risk text not null,
  source text not null,
  at bigint not null,
  recorded_at bigint not null,
  filed_by bigint,
  departed_at bigint,
  returned_at bigint,
  departed_passage bigint,
  returned_passage bigint,
  primary key (community_id, id)
);
create index trip_person on trip (community_id, person_id, id);
create index trip_home on trip (community_id, household_id, id);
create index trip_state on trip (community_id, state, back_on);

create table trip_follow_up (
  community_id bigint not null,
  id bigint not null,
  trip_id bigint not null,
  household_id bigint not null,
  person_id bigint not null,
  kind text not null,
  state text not null,
  begins_on bigint not null,
  days smallint not null,
  nat_days text not null,
  tests smallint not null,
  within_days smallint not null,
  parameter text not null,
  pack text not null,
  source text not null,
  proposed_at bigint not null,
  decided_at bigint,
  decided_by bigint,
  primary key (community_id, id)
);
create index trip_follow_up_state on trip_follow_up (community_id, state, id);
create index trip_follow_up_trip on trip_follow_up (community_id, trip_id);

create table risk_place (
  community_id bigint not null,
  id bigint not null,
  code text not null,
  name text not null,
  risk text not null,
  valid_from bigint not null,
  valid_until bigint,
  source text not null,
  primary key (community_id, id)
);
)sql"};

// Trips of a record that was merged into another are the other's until the merging is taken back.
const store::Migration handed_over{64, "movement", R"sql(
create table trip_handed_over (
  community_id bigint not null,
  merge_id bigint not null,
  trip_id bigint not null,
  person_id bigint not null,
  household_id bigint not null,
  primary key (community_id, merge_id, trip_id)
);
)sql"};

const std::string columns = store::columns_of<TripRow>();
const std::string follow_up_columns = store::columns_of<FollowUpRow>();

const Statement insert_trip{"movement.insert_trip", Scope::community, store::insert_text<TripRow>("trip")};
const Statement select_trip{"movement.select_trip", Scope::community,
                            "select " + columns + " from trip where community_id = $1 and id = $2"};
const Statement select_active{
    "movement.select_active_trip", Scope::community,
    "select " + columns +
        " from trip where community_id = $1 and person_id = $2 and state in ('filed', 'open') "
        "order by id desc limit 1"};
const Statement select_of_person{
    "movement.select_trips_of", Scope::community,
    "select " + columns + " from trip where community_id = $1 and person_id = $2 order by id desc limit 20"};
const Statement select_of_home{
    "movement.select_trips_of_home", Scope::community,
    "select " + columns + " from trip where community_id = $1 and household_id = $2 order by id desc limit 50"};
const Statement select_in{
    "movement.select_trips_in", Scope::community,
    "select " + columns + " from trip where community_id = $1 and state = $2 order by back_on desc, id limit 1000"};
const Statement update_trip{"movement.update_trip", Scope::community,
                            "update trip set state = $3, back_on = $4, risk = $5, departed_at = $6, returned_at = $7, "
                            "departed_passage = $8, returned_passage = $9 "
                            "where community_id = $1 and id = $2 and state = $10"};
const Statement upsert_standing{
    "movement.upsert_trip_standing", Scope::community,
    "insert into movement_standing (community_id, household_id, person_id, trip_id, trip_state, trip_risk, "
    "trip_leaves_on, trip_back_on) values ($1, $2, $3, $4, $5, $6, $7, $8) "
    "on conflict (community_id, household_id, person_id) do update set trip_id = excluded.trip_id, "
    "trip_state = excluded.trip_state, trip_risk = excluded.trip_risk, trip_leaves_on = excluded.trip_leaves_on, "
    "trip_back_on = excluded.trip_back_on"};

const Statement select_all_of_person{
    "movement.select_all_trips_of", Scope::community,
    "select " + columns + " from trip where community_id = $1 and person_id = $2 order by id desc"};
const Statement update_whose{"movement.give_trip", Scope::community,
                             "update trip set person_id = $3, household_id = $4 where community_id = $1 and id = $2"};
const Statement insert_handed_over{"movement.insert_handed_over", Scope::community,
                                   store::insert_text<HandedOver>("trip_handed_over")};
const Statement select_handed_over{"movement.select_handed_over", Scope::community,
                                   "select " + store::columns_of<HandedOver>() +
                                       " from trip_handed_over where community_id = $1 and merge_id = $2 "
                                       "order by trip_id"};
const Statement delete_handed_over_of{"movement.delete_handed_over", Scope::community,
                                      "delete from trip_handed_over where community_id = $1 and merge_id = $2"};

const Statement insert_follow_up{"movement.insert_follow_up", Scope::community,
                                 store::insert_text<FollowUpRow>("trip_follow_up")};
const Statement select_follow_up{
    "movement.select_follow_up", Scope::community,
    "select " + follow_up_columns + " from trip_follow_up where community_id = $1 and id = $2"};
const Statement select_follow_ups{
    "movement.select_follow_ups", Scope::community,
    "select " + follow_up_columns +
        " from trip_follow_up where community_id = $1 and state = $2 order by id desc limit 500"};
const Statement update_follow_up{"movement.decide_follow_up", Scope::community,
                                 "update trip_follow_up set state = $3, decided_at = $4, decided_by = $5 "
                                 "where community_id = $1 and id = $2 and state = 'proposed'"};
const Statement undo_follow_ups{"movement.take_back_follow_ups", Scope::community,
                                "update trip_follow_up set state = 'taken_back' where community_id = $1 and "
                                "trip_id = $2 and state = 'proposed'"};

const Statement delete_places{"movement.delete_risk_places", Scope::community,
                              "delete from risk_place where community_id = $1"};
const Statement insert_place{
    "movement.insert_risk_place", Scope::community,
    "insert into risk_place (community_id, id, code, name, risk, valid_from, valid_until, source) "
    "values ($1, $2, $3, $4, $5, $6, $7, $8)"};
const Statement select_places{"movement.select_risk_places", Scope::community,
                              "select " + store::columns_of<RiskPlace>() +
                                  " from risk_place where community_id = $1 order by code, id limit 5000"};

const Statement select_places_about{"movement.select_risk_places_about", Scope::community,
                                    "select " + store::columns_of<RiskPlace>() +
                                        " from risk_place where community_id = $1 and code in ($2, $3, $4, $5, $6) "
                                        "order by code, id limit 5000"};

Result<void> done(Result<std::int64_t> changed) {
  if (!changed) return tl::unexpected(std::move(changed).error());
  return {};
}
const Statement update_words{"movement.update_trip_words", Scope::community,
                             "update trip set to_name = $3, to_code = $4, purpose = $5, transport = $6, leaves_on = $7 "
                             "where community_id = $1 and id = $2"};

}  // namespace

Result<void> add(Session& session, const TripRow& trip) { return done(session.insert(insert_trip, trip)); }
Result<std::optional<TripRow>> load_trip(Session& session, AreaId community, TripId id) {
  return session.maybe<TripRow>(select_trip, community, id);
}
Result<std::optional<TripRow>> load_active(Session& session, AreaId community, PersonId person) {
  return session.maybe<TripRow>(select_active, community, person);
}
Result<std::vector<TripRow>> load_trips_of(Session& session, AreaId community, PersonId person) {
  return session.all<TripRow>(select_of_person, community, person);
}
Result<std::vector<TripRow>> load_trips_of_home(Session& session, AreaId community, AreaId household) {
  return session.all<TripRow>(select_of_home, community, household);
}
Result<std::vector<TripRow>> load_trips_in(Session& session, AreaId community, TripState state) {
  return session.all<TripRow>(select_in, community, state);
}
Result<bool> save(Session& session, const TripRow& trip, TripState from) {
  FL_TRY(const auto changed,
         session.run(update_trip, trip.community_id, trip.id, trip.state, trip.back_on, trip.risk, trip.departed_at,
                     trip.returned_at, trip.departed_passage, trip.returned_passage, from));
  return changed > 0;
}
Result<void> save_words(Session& session, const TripRow& trip) {
  return done(session.run(update_words, trip.community_id, trip.id, trip.to_name, trip.to_code, trip.purpose,
                          trip.transport, trip.leaves_on));
}
Result<void> put_trip_standing(Session& session, const TripRow& trip) {
  const bool active = trip.state == TripState::filed || trip.state == TripState::open;
  const auto when_active = [&](auto value) { return active ? std::optional(value) : std::nullopt; };
  return done(session.run(upsert_standing, trip.community_id, trip.household_id, trip.person_id.value,
                          active ? trip.id : TripId{}, when_active(trip.state), when_active(trip.risk),
                          when_active(trip.leaves_on), when_active(trip.back_on)));
}

Result<void> add(Session& session, const HandedOver& row) { return done(session.insert(insert_handed_over, row)); }
Result<std::vector<HandedOver>> load_handed_over(Session& session, AreaId community, person::MergeId merge) {
  return session.all<HandedOver>(select_handed_over, community, merge);
}
Result<void> delete_handed_over(Session& session, AreaId community, person::MergeId merge) {
  return done(session.run(delete_handed_over_of, community, merge));
}
Result<std::vector<TripRow>> load_all_trips_of(Session& session, AreaId community, PersonId person) {
  return session.all<TripRow>(select_all_of_person, community, person);
}
Result<void> give_trip(Session& session, TripRow trip, PersonId person, AreaId household) {
  const bool active = trip.state == TripState::filed || trip.state == TripState::open;
  if (active) {  // Nobody's at the old place, ...
    TripRow none = trip;
    none.state = TripState::cancelled;
    FL_TRYV(put_trip_standing(session, none));
  }
  trip.person_id = person;
  trip.household_id = household;
  FL_TRYV(session.run(update_whose, trip.community_id, trip.id, person, household));
  return active ? put_trip_standing(session, trip) : Result<void>();  // ... and theirs at the new one.
}

Result<void> add(Session& session, const FollowUpRow& row) { return done(session.insert(insert_follow_up, row)); }
Result<std::optional<FollowUpRow>> load_follow_up(Session& session, AreaId community, FollowUpId id) {
  return session.maybe<FollowUpRow>(select_follow_up, community, id);
}
Result<std::vector<FollowUpRow>> load_follow_ups(Session& session, AreaId community, FollowUpState state) {
  return session.all<FollowUpRow>(select_follow_ups, community, state);
}
Result<bool> decide(Session& session, const FollowUpRow& row) {
  FL_TRY(const auto changed,
         session.run(update_follow_up, row.community_id, row.id, row.state, row.decided_at, row.decided_by));
  return changed > 0;
}
Result<void> take_back_follow_ups(Session& session, AreaId community, TripId trip) {
  return done(session.run(undo_follow_ups, community, trip));
}

Result<void> replace_risk_places(Session& session, AreaId community, const std::vector<RiskPlace>& places,
                                 Instant now) {
  FL_TRYV(session.run(delete_places, community));
  for (const RiskPlace& place : places) {
    FL_TRYV(session.run(insert_place, community, session.ids().next(now), place.code, place.name, place.risk,
                        place.valid_from, place.valid_until, place.source));
  }
  return {};
}
Result<std::vector<RiskPlace>> load_risk_places(Session& session, AreaId community) {
  return session.all<RiskPlace>(select_places, community);
}
Result<std::vector<RiskPlace>> load_risk_places_about(Session& session, AreaId community, std::string_view code) {
  return session.all<RiskPlace>(select_places_about, community, code.substr(0, 2), code.substr(0, 4), code.substr(0, 6),
                                code.substr(0, 9), code.substr(0, 12));
}

}  // namespace firstline::movement
