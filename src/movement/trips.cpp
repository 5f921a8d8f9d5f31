#include "movement/trips.hpp"

#include <algorithm>

#include "json/json.hpp"
#include "movement/consequences.hpp"
#include "movement/facts.hpp"
#include "movement/reveal.hpp"

namespace firstline::movement {
namespace {

using store::Session;

constexpr std::size_t people_max = 12, name_bytes_max = 120, field_bytes_max = 40, companions_bytes_max = 200;
constexpr std::chrono::days away_max{366}, paper_back_max{60};
constexpr person::Field plate_field{"trip", "plate"}, companions_field{"trip", "companions"};

Result<std::optional<std::string>> opened(const Ground& ground, person::Field field, TripId id,
                                          const std::optional<store::Bytes>& sealed) {
  if (!sealed) return std::optional<std::string>();
  FL_TRY(auto clear, ground.people->key().open(field, id.value, *sealed));
  return std::optional(std::move(clear));
}

// `rated`: what the lists in force say now; of a trip that is over, what was kept counts.
Result<api::TripView> view_of(Session& session, const Ground& ground, const TripRow& trip, const Lists& lists,
                              Instant now, bool for_home = false) {
  api::TripView view;
  view.trip_id = trip.id;
  view.form_id = trip.form_id;
  view.person_id = trip.person_id;
  FL_TRY(auto who, ground.people->resident(session, {trip.community_id, trip.person_id}));
  view.name = for_home ? who.person.name : person::mask_name(who.person.name);
  view.household_label = std::move(who.household_label);
  view.state = trip.state;
  view.overdue = trip.state == TripState::open && trip.back_on < civil_date(now);
  view.to_name = trip.to_name;
  view.to_code = trip.to_code;
  view.purpose = trip.purpose;
  view.transport = trip.transport;
  FL_TRY(const auto plate, opened(ground, plate_field, trip.id, trip.plate_sealed));
  if (plate) view.plate_masked = person::mask_phone(*plate);  // All but the last two.
  view.has_companions = trip.companions_sealed.has_value();
  view.leaves_on = trip.leaves_on;
  view.back_on = trip.back_on;
  const bool under_way = trip.state == TripState::filed || trip.state == TripState::open;
  view.risk = under_way ? rate(lists, trip).risk : trip.risk;
  view.source = trip.source;
  view.at = trip.at;
  view.recorded_at = trip.recorded_at;
  view.departed_at = trip.departed_at;
  view.returned_at = trip.returned_at;
  return view;
}

Result<void> check(const api::FileTrip& command, TripSource source, Instant now) {
  const auto bad = [](const char* reason, const char* where) { return fail(FaultCode::invalid, reason, {}, where); };
  if (command.person_ids.empty() || command.person_ids.size() > people_max)
    return bad("trip.nobody_named", "/person_ids");
  if (command.to_name.find_first_not_of(" \t") == std::string::npos || command.to_name.size() > name_bytes_max)
    return bad("trip.bad_place", "/to_name");
  if (command.to_code && !command.to_code->empty() && !policy::is_division_code(*command.to_code))
    return bad("trip.bad_place", "/to_code");
  if ((command.plate && command.plate->size() > field_bytes_max) ||
      (command.companions && command.companions->size() > companions_bytes_max))
    return bad("trip.bad_field", "/plate");
  const bool paper = source == TripSource::paper;
  const Date today = civil_date(now);
  const Date earliest = paper ? today - paper_back_max : today;
  if (command.leaves_on < earliest || command.back_on < command.leaves_on ||
      command.back_on > command.leaves_on + away_max || command.leaves_on > today + away_max)
    return bad("trip.bad_days", "/back_on");
  const auto& departed = command.departed_at;
  const auto& returned = command.returned_at;
  if (!paper) return departed || returned ? bad("trip.bad_times", "/departed_at") : Result<void>();
  if ((departed && *departed > now) || (returned && (*returned > now || !departed || *returned < *departed)))
    return bad("trip.bad_times", "/returned_at");
  return {};
}

// A destination typed in words is looked for among the places at risk by its name.
std::string code_of(const api::FileTrip& command, const Lists& lists) {
  if (command.to_code && !command.to_code->empty()) return *command.to_code;
  std::string code;
  for (const RiskList& list : lists.lists)
    for (const RiskPlace& place : list.places)
      if (command.to_name.starts_with(place.name) && place.code.size() > code.size()) code = place.code;
  return code;
}

Result<void> moved(http::Call& call, const TripRow& trip, TripState from, const char* kind, Instant at = {}) {
  FL_TRY(const bool saved, save(*call.session, trip, from));
  if (!saved) return fail(FaultCode::conflict, "trip.changed");
  FL_TRYV(put_trip_standing(*call.session, trip));
  return note_trip(call, trip, {}, kind, at);
}

Result<TripRow> trip_known(Session& session, AreaId community, TripId id, AreaId only_home = {}) {
  FL_TRY(auto trip, load_trip(session, community, id));
  if (!trip || (only_home && trip->household_id != only_home)) return fail(FaultCode::not_found, "trip.unknown");
  return std::move(*trip);
}

// Rated by the lists of the moment: what follows depends on them, whatever was known when it was filed.
Result<void> come_back(http::Call& call, const Ground& ground, TripRow& trip, Instant at, PassageId passage) {
  FL_TRY(const Lists lists, lists_about(*call.session, ground, trip.community_id, trip.to_code, call.now));
  const Rating rating = rate(lists, trip);
  trip.state = TripState::closed;
  trip.returned_at = at;
  trip.returned_passage = passage;
  trip.risk = rating.risk;
  FL_TRY(const bool saved, save(*call.session, trip, TripState::open));
  if (!saved) return fail(FaultCode::conflict, "trip.changed");
  FL_TRYV(put_trip_standing(*call.session, trip));
  return propose(call, lists, trip, rating, "movement.trip_closed", at);
}

}  // namespace

Result<api::TripList> file_trips(http::Call& call, const Ground& ground, AreaId community, const api::FileTrip& command,
                                 TripSource source, AreaId only_home) {
  Session& session = *call.session;
  FL_TRYV(check(command, source, call.now));
  FL_TRY(const Lists lists, lists_in_force(session, ground, community, call.now));
  api::TripList list;
  AreaId home = only_home;
  TripId form;
  for (const PersonId id : command.person_ids) {
    FL_TRY(const auto who, ground.people->resident(session, {community, id}));
    if (home && who.person.household_id != home)
      return fail(FaultCode::forbidden, "trip.not_one_household", {}, "/person_ids");
    home = who.person.household_id;
    FL_TRY(const auto active, load_active(session, community, who.person.id));
    if (active) return fail(FaultCode::conflict, "trip.exists", {}, "/person_ids");
    TripRow trip;
    trip.community_id = community;
    trip.id = session.new_id<TripId>(call.now);
    if (!form) form = trip.id;
    trip.form_id = form;
    trip.household_id = home;
    trip.person_id = who.person.id;
    trip.from_code = policy::division_code(who.household_path);
    trip.to_code = code_of(command, lists);
    trip.to_name = command.to_name;
    trip.purpose = command.purpose;
    trip.transport = command.transport;
    const auto seal = [&](person::Field field, const std::optional<std::string>& text) {
      std::optional<store::Bytes> sealed;
      if (text && !text->empty()) sealed = ground.people->key().seal(*call.random, field, trip.id.value, *text);
      return sealed;
    };
    trip.plate_sealed = seal(plate_field, command.plate);
    trip.companions_sealed = seal(companions_field, command.companions);
    trip.leaves_on = command.leaves_on;
    trip.back_on = command.back_on;
    const Rating rating = rate(lists, trip);
    trip.risk = rating.risk;
    trip.source = source;
    trip.at = source == TripSource::paper ? std::min(command.at, call.now) : call.now;
    trip.recorded_at = call.recorded_at();
    trip.filed_by = call.actor.account;
    trip.departed_at = command.departed_at;
    trip.returned_at = command.returned_at;
    trip.state = trip.returned_at ? TripState::closed : trip.departed_at ? TripState::open : TripState::filed;
    FL_TRYV(add(session, trip));
    FL_TRYV(put_trip_standing(session, trip));
    if (trip.returned_at) FL_TRYV(propose(call, lists, trip, rating, "movement.trip_filed", trip.at));
    else FL_TRYV(note_trip(call, trip, rating, "movement.trip_filed", trip.at));
    FL_TRY(auto view, view_of(session, ground, trip, lists, call.now, bool(only_home)));
    list.items.push_back(std::move(view));
  }
  return list;
}

Result<api::TripView> extend_trip(http::Call& call, const Ground& ground, AreaId community, TripId id, Date back_on,
                                  AreaId only_home) {
  FL_TRY(auto trip, trip_known(*call.session, community, id, only_home));
  if (trip.state != TripState::filed && trip.state != TripState::open) return fail(FaultCode::conflict, "trip.over");
  if (back_on < civil_date(call.now) || back_on < trip.leaves_on || back_on > trip.leaves_on + away_max)
    return fail(FaultCode::invalid, "trip.bad_days", {}, "/back_on");
  trip.back_on = back_on;
  FL_TRY(const Lists lists, lists_about(*call.session, ground, community, trip.to_code, call.now));
  trip.risk = rate(lists, trip).risk;
  FL_TRYV(moved(call, trip, trip.state, "movement.trip_extended"));
  return view_of(*call.session, ground, trip, lists, call.now, bool(only_home));
}

Result<std::optional<TripRow>> active_trip(Session& session, AreaId community, PersonId person) {
  return load_active(session, community, person);
}

Result<void> amend_trip(http::Call& call, const Ground& ground, AreaId community, TripId id, const TripChange& change) {
  FL_TRY(auto trip, trip_known(*call.session, community, id));
  if (trip.state != TripState::filed && trip.state != TripState::open) return fail(FaultCode::conflict, "trip.over");
  if (change.to_name) trip.to_name = *change.to_name;
  if (change.to_code) trip.to_code = *change.to_code;
  if (change.purpose) trip.purpose = *change.purpose;
  if (change.transport) trip.transport = *change.transport;
  if (change.leaves_on) trip.leaves_on = *change.leaves_on;
  if (change.back_on) trip.back_on = *change.back_on;
  if (trip.to_name.empty() || trip.to_name.size() > name_bytes_max || trip.to_code.size() > 12)
    return fail(FaultCode::invalid, "trip.bad_place", {}, "/to_name");
  if (trip.back_on < trip.leaves_on || trip.back_on > trip.leaves_on + away_max)
    return fail(FaultCode::invalid, "trip.bad_days", {}, "/back_on");
  FL_TRY(const Lists lists, lists_about(*call.session, ground, community, trip.to_code, call.now));
  trip.risk = rate(lists, trip).risk;
  FL_TRYV(save_words(*call.session, trip));
  return moved(call, trip, trip.state, "movement.trip_amended");
}

Result<api::TripView> cancel_trip(http::Call& call, const Ground& ground, AreaId community, TripId id,
                                  AreaId only_home) {
  FL_TRY(auto trip, trip_known(*call.session, community, id, only_home));
  if (trip.state != TripState::filed) return fail(FaultCode::conflict, "trip.over");
  trip.state = TripState::cancelled;
  FL_TRYV(moved(call, trip, TripState::filed, "movement.trip_cancelled"));
  return view_of(*call.session, ground, trip, {}, call.now, bool(only_home));
}

Result<api::TripView> close_trip(http::Call& call, const Ground& ground, AreaId community, TripId id, Instant at) {
  FL_TRY(auto trip, trip_known(*call.session, community, id));
  if (trip.state != TripState::open) return fail(FaultCode::conflict, "trip.over");
  if (at > call.now || (trip.departed_at && at < *trip.departed_at))
    return fail(FaultCode::invalid, "trip.bad_times", {}, "/at");
  FL_TRYV(come_back(call, ground, trip, at, {}));
  return view_of(*call.session, ground, trip, {}, call.now);
}

Result<api::TripList> my_trips(http::Call& call, const Ground& ground, AreaId home) {
  FL_TRY(const auto rows, load_trips_of_home(*call.session, call.actor.person_community, home));
  FL_TRY(const Lists lists, lists_in_force(*call.session, ground, call.actor.person_community, call.now));
  api::TripList list;
  for (const TripRow& row : rows) {
    FL_TRY(auto view, view_of(*call.session, ground, row, lists, call.now, true));
    list.items.push_back(std::move(view));
  }
  return list;
}

Result<api::TripList> trips_of(http::Call& call, const Ground& ground, AreaId community, std::string_view which) {
  const bool overdue = which == "overdue";
  TripState state = TripState::open;
  if (!overdue && !boost::describe::enum_from_string(std::string(which).c_str(), state))
    return fail(FaultCode::invalid, "json.unknown_value", {}, "state");
  FL_TRY(const auto rows, load_trips_in(*call.session, community, state));
  FL_TRY(const Lists lists, lists_in_force(*call.session, ground, community, call.now));
  api::TripList list;
  for (const TripRow& row : rows) {
    if (overdue && row.back_on >= civil_date(call.now)) continue;
    FL_TRY(auto view, view_of(*call.session, ground, row, lists, call.now));
    list.items.push_back(std::move(view));
  }
  return list;
}

Result<api::TripRevealed> reveal_trip(http::Call& call, const Ground& ground, AreaId community, TripId id,
                                      const person::RevealCommand& command) {
  FL_TRY(const auto trip, trip_known(*call.session, community, id));
  api::TripRevealed clear;
  FL_TRY(clear.plate, opened(ground, plate_field, id, trip.plate_sealed));
  FL_TRY(clear.companions, opened(ground, companions_field, id, trip.companions_sealed));
  FL_TRYV(note_reveal(call, ground, command,
                      {community, trip.household_id, "movement.trip_revealed", "trip:" + format_id(id.value)}));
  return clear;
}

Result<std::vector<TripId>> trips_of_person(Session& session, AreaId community, PersonId person) {
  FL_TRY(const auto rows, load_trips_of(session, community, person));
  std::vector<TripId> ids;
  for (const TripRow& row : rows) ids.push_back(row.id);
  return ids;
}

Result<void> trip_passed(http::Call& call, const Ground& ground, const area::Gate& gate, AreaId household,
                         PersonId person, PassageId passage, bool out) {
  FL_TRY(auto trip, load_active(*call.session, gate.community_id, person));
  if (!trip || trip->household_id != household) return {};
  const Date today = civil_date(call.now);
  if (out && trip->state == TripState::filed && trip->leaves_on <= today && today <= trip->back_on) {
    trip->state = TripState::open;
    trip->departed_at = call.now;
    trip->departed_passage = passage;
    return moved(call, *trip, TripState::filed, "movement.trip_opened");
  }
  if (!out && trip->state == TripState::open) return come_back(call, ground, *trip, call.now, passage);
  return {};
}

Result<void> trip_taken_back(http::Call& call, AreaId community, PersonId person, PassageId passage) {
  FL_TRY(const auto trips, load_trips_of(*call.session, community, person));
  for (TripRow trip : trips) {
    if (trip.state == TripState::open && trip.departed_passage == passage) {
      trip.state = TripState::filed;
      trip.departed_at.reset();
      trip.departed_passage = {};
      return moved(call, trip, TripState::open, "movement.trip_taken_back");
    }
    if (trip.state == TripState::closed && trip.returned_passage == passage) {
      trip.state = TripState::open;
      trip.returned_at.reset();
      trip.returned_passage = {};
      FL_TRYV(take_back_follow_ups(*call.session, community, trip.id));
      return moved(call, trip, TripState::closed, "movement.trip_taken_back");
    }
  }
  return {};
}

}  // namespace firstline::movement
