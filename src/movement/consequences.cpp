#include "movement/consequences.hpp"

#include "json/json.hpp"
#include "movement/facts.hpp"
#include "movement/trips.hpp"

namespace firstline::movement {
namespace {

using store::Session;

struct FollowUpBody {
  FollowUp kind = FollowUp::test;
  std::string parameter, pack;
};
BOOST_DESCRIBE_STRUCT(FollowUpBody, (), (kind, parameter, pack))
struct RiskBody {
  int places = 0;
};
BOOST_DESCRIBE_STRUCT(RiskBody, (), (places))

Result<Lists> with_own(Session& session, const Ground& ground, AreaId community, std::vector<RiskPlace> own,
                       Instant now) {
  FL_TRY(const auto node, area::find_community(session, community));
  Lists lists;
  FL_TRY(lists.rules, ground.rules->at(policy::division_code(node.path), now));
  lists.lists = lists.rules->set.risk_lists;
  lists.lists.push_back({{}, std::move(own)});
  return lists;
}

FollowUpRow row_of(const http::Call& call, const TripRow& trip, const Proposal& each) {
  FollowUpRow row;
  row.community_id = trip.community_id;
  row.id = call.session->new_id<FollowUpId>(call.now);
  row.trip_id = trip.id;
  row.household_id = trip.household_id;
  row.person_id = trip.person_id;
  row.kind = each.kind;
  row.begins_on = civil_date(trip.returned_at.value_or(call.now));
  row.days = each.days;
  row.nat_days = each.nat_days;
  row.tests = each.tests;
  row.within_days = each.within_days;
  row.parameter = each.parameter;
  row.pack = each.pack;
  row.source = each.source;
  row.proposed_at = call.now;
  return row;
}

}  // namespace

Result<Lists> lists_in_force(Session& session, const Ground& ground, AreaId community, Instant now) {
  FL_TRY(auto own, load_risk_places(session, community));
  return with_own(session, ground, community, std::move(own), now);
}

Result<Lists> lists_about(Session& session, const Ground& ground, AreaId community, std::string_view code,
                          Instant now) {
  FL_TRY(auto own, load_risk_places_about(session, community, code));
  return with_own(session, ground, community, std::move(own), now);
}

Rating rate(const Lists& lists, std::string_view to_code, Date leaves_on, Date back_on) {
  const RiskFound found = policy::risk_of(lists.lists, to_code, leaves_on, back_on);
  Rating rating{found.risk, {}};
  if (found.place) rating.by = RiskWord{found.place->code, found.place->source, found.list->pack};
  return rating;
}
Rating rate(const Lists& lists, const TripRow& trip) { return rate(lists, trip.to_code, trip.leaves_on, trip.back_on); }

Result<Risk> risk_now(Session& session, const Ground& ground, AreaId community, PersonId person, Instant now) {
  FL_TRY(const auto trip, load_active(session, community, person));
  if (!trip) return Risk::low;
  FL_TRY(const Lists lists, lists_about(session, ground, community, trip->to_code, now));
  return rate(lists, *trip).risk;
}

Result<void> note_trip(http::Call& call, const TripRow& trip, const Rating& rating, const char* kind, Instant at,
                       std::string policy_version, std::optional<std::vector<Proposal>> proposed) {
  const TripBody body{trip.state, trip.risk, trip.source, trip.leaves_on, trip.back_on, rating.by, std::move(proposed)};
  return note_fact(call, {trip.community_id, trip.household_id, kind, "trip:" + format_id(trip.id.value),
                          json::write(body), at, std::move(policy_version)});
}

Result<void> propose(http::Call& call, const Lists& lists, const TripRow& trip, const Rating& rating, const char* kind,
                     Instant at) {
  auto proposed = proposals(trip.risk, lists.rules->set);
  for (const Proposal& each : proposed) FL_TRYV(add(*call.session, row_of(call, trip, each)));
  return note_trip(call, trip, rating, kind, at, lists.rules->set.version, std::move(proposed));
}

Result<std::vector<Proposal>> proposed_again(const policy::Library& library, std::string_view version,
                                             const TripBody& body) {
  FL_TRY(const auto set, library.of_version(version));
  return proposals(body.risk, set);
}

Result<api::FollowUpList> follow_ups(http::Call& call, const Ground& ground, AreaId community) {
  FL_TRY(auto rows, load_follow_ups(*call.session, community, FollowUpState::proposed));
  api::FollowUpList list;
  for (FollowUpRow& row : rows) {
    FL_TRY(const auto trip, load_trip(*call.session, community, row.trip_id));
    if (!trip) return fail(FaultCode::not_found, "trip.unknown");
    FL_TRY(auto who, ground.people->resident(*call.session, {community, row.person_id}));
    list.items.push_back({row.id, row.trip_id, row.person_id, person::mask_name(who.person.name),
                          std::move(who.household_label), trip->to_name, row.kind, trip->risk, row.begins_on, row.days,
                          std::move(row.nat_days), row.tests, row.within_days, std::move(row.parameter),
                          std::move(row.pack), std::move(row.source)});
  }
  return list;
}

Result<api::FollowUpDecided> decide_follow_up(http::Call& call, AreaId community, FollowUpId id, bool accepted) {
  FL_TRY(auto row, load_follow_up(*call.session, community, id));
  if (!row) return fail(FaultCode::not_found, "follow_up.unknown");
  row->state = accepted ? FollowUpState::accepted : FollowUpState::dismissed;
  row->decided_at = call.now;
  row->decided_by = call.actor.account;
  FL_TRY(const bool decided, decide(*call.session, *row));
  if (!decided) return fail(FaultCode::conflict, "follow_up.decided");
  FL_TRYV(note_fact(
      call,
      {community, row->household_id, accepted ? "movement.follow_up_accepted" : "movement.follow_up_dismissed",
       "trip:" + format_id(row->trip_id.value), json::write(FollowUpBody{row->kind, row->parameter, row->pack})}));
  return api::FollowUpDecided{row->state};
}

Result<api::RiskPlaces> risk_places(http::Call& call, const Ground& ground, AreaId community) {
  FL_TRY(Lists lists, lists_in_force(*call.session, ground, community, call.now));
  return api::RiskPlaces{std::move(lists.lists.back().places), policy::shown(lists.rules->set).risk_places};
}

Result<api::RiskImported> import_risk_places(http::Call& call, const Ground& ground, AreaId community,
                                             std::string_view csv) {
  Session& session = *call.session;
  const RiskReading reading = read_risk_places(csv);
  api::RiskImported answer;
  for (const BadLine& bad : reading.bad) answer.bad.push_back({bad.line, bad.column});
  if (!answer.bad.empty()) return answer;
  if (reading.places.empty()) return fail(FaultCode::invalid, "risk.nothing_in_it", {}, "/csv");
  FL_TRYV(replace_risk_places(session, community, reading.places, call.now));
  answer.taken = static_cast<int>(reading.places.size());
  FL_TRY(const Lists lists, lists_in_force(session, ground, community, call.now));
  for (const TripState state : {TripState::filed, TripState::open}) {
    FL_TRY(auto trips, load_trips_in(session, community, state));
    for (TripRow& trip : trips) {
      const Rating rating = rate(lists, trip);
      if (rating.risk == trip.risk) continue;
      trip.risk = rating.risk;
      FL_TRY(const bool saved, save(session, trip, state));
      if (!saved) return fail(FaultCode::conflict, "trip.changed");
      FL_TRYV(put_trip_standing(session, trip));
      FL_TRYV(note_trip(call, trip, rating, "movement.trip_rated"));
      ++answer.trips_rated_anew;
    }
  }
  FL_TRYV(note_fact(call, {community, community, "movement.risk_places_imported", "area:" + format_id(community.value),
                           json::write(RiskBody{answer.taken})}));
  return answer;
}

}  // namespace firstline::movement
