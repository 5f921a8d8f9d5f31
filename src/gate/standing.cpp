#include "gate/standing.hpp"

#include <map>

#include "gate/late_store.hpp"
#include "gate/store.hpp"
#include "health/service.hpp"
#include "http/actor.hpp"
#include "isolation/service.hpp"
#include "issuing/service.hpp"
#include "seal/service.hpp"

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

Result<void> add_isolation(Session& session, const person::Person& person, Instant at, Stands& stands) {
  FL_TRY(const auto held, isolation::holding(session, person.community_id, person.id, at));
  stands.isolation = {held.kind, held.until};
  return {};
}

// Orders on the gate's compound and above are the compound's; what lies below it is the home's own. Who lives elsewhere
// is as closed as their home is, by whatever order.
Result<void> add_seals(Session& session, const area::Gate& gate, const person::Resident& resident, Instant at,
                       Stands& stands) {
  FL_TRY(const auto here, seal::spans_at(session, gate.community_id, at));
  stands.compound = seal::level_at(here, gate.path, at);
  if (stands.relation == Relation::resident_here) {
    stands.home = seal::level_inside(here, gate.path, resident.household_path, at);
  } else if (resident.person.community_id == gate.community_id) {
    stands.home = seal::level_at(here, resident.household_path, at);
  } else {
    FL_TRY(const auto there, seal::spans_at(session, resident.person.community_id, at));
    stands.home = seal::level_at(there, resident.household_path, at);
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

// The homes behind a gate that an order below its compound closes.
Result<std::map<AreaId, SealLevel>> homes_closed(Session& session, const area::Gate& gate,
                                                 const std::vector<seal::Span>& spans, Instant now) {
  std::map<AreaId, SealLevel> closed;
  if (spans.empty()) return closed;
  FL_TRY(const auto nodes, area::below(session, gate.community_id, gate.path));
  for (const area::Area& node : nodes) {
    if (node.kind != area::AreaKind::household) continue;
    const SealLevel level = seal::level_inside(spans, gate.path, node.path, now);
    if (level != SealLevel::none) closed.emplace(node.id, level);
  }
  return closed;
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
  FL_TRYV(add_isolation(session, person, now, stands));
  FL_TRYV(add_movement(session, gate, person, civil_date(now), outings, stands));
  FL_TRYV(add_seals(session, gate, resident, now, stands));
  return stands;
}

Result<Stands> stands_at(Session& session, const area::Gate& gate, const person::Resident& resident, Instant moment,
                         bool outings) {
  const auto& person = resident.person;
  FL_TRY(auto standing, health::standing_at(session, person.community_id, person.id, moment));
  Stands stands = with_health(relation_of(gate, resident), person.born_on, std::move(standing), civil_date(moment));
  FL_TRYV(add_paper(session, person, moment, stands));
  FL_TRYV(add_isolation(session, person, moment, stands));
  FL_TRYV(add_movement(session, gate, person, civil_date(moment), outings, stands));
  FL_TRYV(add_seals(session, gate, resident, moment, stands));
  return stands;
}

Result<Stands> stands_of(Session& session, const area::Gate& gate, const movement::VisitAtGate& visit, Instant now) {
  Stands stands;
  stands.relation = relation_of(visit.kind);
  stands.visitor = record_of(visit);
  FL_TRY(const auto spans, seal::spans_at(session, gate.community_id, now));
  stands.compound = seal::level_at(spans, gate.path, now);
  if (!spans.empty() && visit.household_id) {
    FL_TRY(const auto home, area::find(session, visit.community_id, visit.household_id));
    stands.visitor.host_home = seal::level_inside(spans, gate.path, home.path, now);
  }
  return stands;
}

Result<SealLevel> compound_level(Session& session, const area::Gate& gate, Instant at) {
  FL_TRY(const auto spans, seal::spans_at(session, gate.community_id, at));
  return seal::level_at(spans, gate.path, at);
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
  FL_TRY(const auto held, isolation::holdings(session, gate.community_id, now));
  FL_TRY(const auto spans, seal::spans_at(session, gate.community_id, now));
  FL_TRY(const auto homes, homes_closed(session, gate, spans, now));
  const SealLevel compound = seal::level_at(spans, gate.path, now);
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
    if (const auto stays = held.find(who.id); stays != held.end())
      stands.isolation = {stays->second.kind, stays->second.until};
    stands.compound = compound;
    if (const auto closed = homes.find(who.household_id); closed != homes.end()) stands.home = closed->second;
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
