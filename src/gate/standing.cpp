#include "gate/standing.hpp"

#include <map>

#include "gate/late_store.hpp"
#include "gate/store.hpp"
#include "health/service.hpp"
#include "http/actor.hpp"
#include "issuing/service.hpp"

namespace firstline::gate {
namespace {

using store::Session;

std::optional<Term> term_of(const std::optional<movement::PassTerm>& term) {
  if (!term) return std::nullopt;
  return Term{term->from, term->until};
}

KnownTrip trip_of(const movement::TripNow& trip) {
  const bool open = trip.state == movement::TripState::open;
  return {open ? TripState::open : TripState::filed, static_cast<PlaceRisk>(trip.risk), trip.leaves_on, trip.back_on};
}

Stands with_health(Relation relation, std::optional<Date> born_on, health::Standing standing, Date today) {
  Stands stands;
  stands.relation = relation;
  stands.age_band = static_cast<AgeBand>(person::age_band(born_on, today));
  stands.code = std::move(standing.code);
  stands.nat = standing.nat;
  return stands;
}

// Only those of whom no colour is known have paper that matters.
bool paper_matters(const Stands& stands) { return !stands.code; }

Result<void> add_paper(Session& session, const person::Person& person, Instant moment, Stands& stands) {
  if (!paper_matters(stands)) return {};
  FL_TRY(const auto until, issuing::paper_until(session, person.community_id, person.id, moment));
  if (until) stands.offline_code = OfflineCode{*until};
  return {};
}

// Passes, trips and outings of somebody who lives here.
Result<void> add_movement(Session& session, const area::Gate& gate, const person::Person& person, Date today,
                          bool outings_wanted, Stands& stands) {
  if (stands.relation != Relation::resident_here) return {};
  FL_TRY(auto known,
         movement::standing(session, gate.community_id, gate.compound_id, person.household_id, person.id, today));
  stands.passes_asked = term_of(known.passes_asked);
  stands.pass = term_of(known.pass);
  stands.approved_days = std::move(known.approved_days);
  if (known.trip) stands.trip = trip_of(*known.trip);
  if (outings_wanted) {
    FL_TRY(const int count, outings(session, gate.community_id, person.household_id, today));
    stands.outings = OutingsOn{today, count};
  }
  return {};
}

// A host who has not answered yet is no record; one who said no, or a visit that is over, is a closed one.
Visitor record_of(const movement::VisitAtGate& visit) {
  Visitor record;
  if (visit.state == movement::VisitState::asked) return record;
  const bool expected = movement::is_expected(visit.state) && visit.span;
  record.record = expected ? VisitorRecord::expected : VisitorRecord::expired;
  if (visit.span) {
    record.from = visit.span->from;
    record.until = visit.span->until;
  }
  return record;
}

Relation relation_of(movement::VisitKind kind) {
  switch (kind) {
    case movement::VisitKind::tradesman:
    case movement::VisitKind::carer:
      return Relation::worker;
    case movement::VisitKind::courier:
      return Relation::courier;
    case movement::VisitKind::guest:
      break;
  }
  return Relation::visitor;
}

}  // namespace

Relation relation_of(const area::Gate& gate, const person::Resident& resident) {
  return http::path_covers(gate.path, resident.household_path) ? Relation::resident_here : Relation::resident_elsewhere;
}

Result<Stands> stands_of(Session& session, const area::Gate& gate, const person::Resident& resident, Instant now,
                         bool outings) {
  const auto& person = resident.person;
  FL_TRY(auto standing, health::standing(session, person.community_id, person.id));
  Stands stands = with_health(relation_of(gate, resident), person.born_on, std::move(standing), civil_date(now));
  FL_TRYV(add_paper(session, person, now, stands));
  FL_TRYV(add_movement(session, gate, person, civil_date(now), outings, stands));
  return stands;
}

Result<Stands> stands_at(Session& session, const area::Gate& gate, const person::Resident& resident, Instant moment,
                         bool outings) {
  const auto& person = resident.person;
  FL_TRY(auto standing, health::standing_at(session, person.community_id, person.id, moment));
  Stands stands = with_health(relation_of(gate, resident), person.born_on, std::move(standing), civil_date(moment));
  FL_TRYV(add_paper(session, person, moment, stands));
  FL_TRYV(add_movement(session, gate, person, civil_date(moment), outings, stands));
  return stands;
}

Stands stands_of(const movement::VisitAtGate& visit) {
  Stands stands;
  stands.relation = relation_of(visit.kind);
  stands.visitor = record_of(visit);
  return stands;
}

Result<std::vector<StandsOf>> stands_below(Session& session, const person::Directory& people, const area::Gate& gate,
                                           Instant now, person::MaskedBefore& before) {
  const Date today = civil_date(now);
  FL_TRY(auto residents, before.below(session, people, gate.community_id, gate.path, people.tag_key(gate.compound_id)));
  FL_TRY(auto healths, health::standings_below(session, gate.community_id, gate.path));
  FL_TRY(const auto movements,
         movement::standings_below(session, gate.community_id, gate.compound_id, gate.path, today));
  FL_TRY(const auto outings, outings_below(session, gate.community_id, gate.path, today));
  FL_TRY(const auto papers, issuing::papers_until(session, gate.community_id, now));
  std::map<AreaId, int> outings_of;
  for (const HomeOutings& each : outings) outings_of.emplace(each.household_id, each.outings);
  std::multimap<AreaId, const movement::Approval*> approvals;
  for (const auto& each : movements.approvals) approvals.emplace(each.household_id, &each);

  std::vector<StandsOf> all;
  all.reserve(residents.size());
  for (person::ResidentMasked& who : residents) {
    const auto health = healths.find(who.id);
    Stands stands = with_health(Relation::resident_here, who.born_on,
                                health == healths.end() ? health::Standing{} : std::move(health->second), today);
    if (const auto paper = papers.find(who.id); paper != papers.end() && paper_matters(stands))
      stands.offline_code = OfflineCode{paper->second};
    stands.passes_asked = term_of(movements.passes_asked);
    if (const auto pass = movements.passes.find(who.household_id); pass != movements.passes.end())
      stands.pass = term_of(pass->second);
    if (const auto trip = movements.trips.find(who.id); trip != movements.trips.end())
      stands.trip = trip_of(trip->second);
    const auto [first, last] = approvals.equal_range(who.household_id);
    for (auto at = first; at != last; ++at)
      if (!at->second->person_id || at->second->person_id == who.id) stands.approved_days.push_back(at->second->day);
    if (const auto count = outings_of.find(who.household_id); count != outings_of.end())
      stands.outings = OutingsOn{today, count->second};
    all.push_back({std::move(who), std::move(stands)});
  }
  return all;
}

}  // namespace firstline::gate
