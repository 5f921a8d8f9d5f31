#include "offline/content.hpp"

#include <map>

namespace firstline::offline {
namespace {

AreaId id_of(const api::PackHome& home) { return home.household_id; }
VisitorId id_of(const api::PackVisit& visit) { return visit.visit_id; }

// What stood before goes on with its version; what is new or different begins with `next`. Whether anything differs.
template <class Thing>
bool advance(const std::vector<Kept<Thing>>& before, std::vector<Thing> found, PackVersion next,
             std::vector<Kept<Thing>>& after, std::vector<Kept<Thing>>& gone) {
  std::map<decltype(id_of(found.front())), const Kept<Thing>*> known;
  for (const auto& each : before) known.emplace(id_of(*each.thing), &each);
  bool differs = false;
  after.reserve(found.size());
  for (Thing& thing : found) {
    const auto at = known.find(id_of(thing));
    const bool same = at != known.end() && *at->second->thing == thing;
    if (same) after.push_back(*at->second);
    else after.push_back({std::make_shared<const Thing>(std::move(thing)), next});
    differs = differs || !same;
    if (at != known.end()) known.erase(at);
  }
  for (const auto& [id, each] : known) gone.push_back(*each);
  return differs || !gone.empty();
}

std::set<PersonId> people_of(const std::vector<Kept<api::PackHome>>& homes) {
  std::set<PersonId> people;
  for (const auto& home : homes) {
    for (const auto& person : home.thing->people) people.insert(person.person_id);
  }
  return people;
}

// Whoever stood in a home that is gone or different now, and stands in none.
void add_gone_people(const Content& before, const Content& after, Instant now, std::vector<DroppedRow>& dropped) {
  const std::set<PersonId> all = people_of(after.homes);
  for (const PersonId id : people_of(before.homes))
    if (!all.contains(id)) dropped.push_back({DroppedKind::person, id.value, after.version, now});
}

void forget_old(Content& content, Instant now) {
  PackVersion newest_forgotten;
  std::erase_if(content.dropped, [&](const DroppedRow& row) {
    if (now - row.at < pack_age_max) return false;
    newest_forgotten = std::max(newest_forgotten, row.version);
    return true;
  });
  if (!newest_forgotten) return;
  std::erase_if(content.versions, [&](PackVersion version) { return version < newest_forgotten; });
}

}  // namespace

Content advanced(const Content& before, Found found, PackVersion next, Instant now) {
  Content after;
  after.made_at = now;
  after.rules = std::move(found.rules);
  after.dropped = before.dropped;
  after.versions = before.versions;
  std::vector<Kept<api::PackHome>> homes_gone;
  std::vector<Kept<api::PackVisit>> visits_gone;
  const bool homes_differ = advance(before.homes, std::move(found.homes), next, after.homes, homes_gone);
  const bool visits_differ = advance(before.visits, std::move(found.visits), next, after.visits, visits_gone);
  const bool differs = !before.version || homes_differ || visits_differ || before.rules != after.rules;
  after.version = differs ? next : before.version;
  for (const auto& home : homes_gone)
    after.dropped.push_back({DroppedKind::household, home.thing->household_id.value, after.version, now});
  for (const auto& visit : visits_gone)
    after.dropped.push_back({DroppedKind::visit, visit.thing->visit_id.value, after.version, now});
  if (homes_differ) add_gone_people(before, after, now, after.dropped);
  after.versions.insert(after.version);
  forget_old(after, now);
  return after;
}

void fill(const Content& content, std::optional<PackVersion> since, api::Pack& pack) {
  pack.version = content.version;
  pack.since = since;
  pack.made_at = content.made_at;
  pack.expires_at = content.made_at + pack_age_max;
  for (const auto& home : content.homes)
    if (!since || home.since > *since) pack.homes.push_back(*home.thing);
  for (const auto& visit : content.visits)
    if (!since || visit.since > *since) pack.visits.push_back(*visit.thing);
  if (!since) return;
  for (const DroppedRow& row : content.dropped) {
    if (row.version <= *since) continue;
    if (row.kind == DroppedKind::household) pack.dropped.household_ids.push_back(AreaId{row.id});
    if (row.kind == DroppedKind::person) pack.dropped.person_ids.push_back(PersonId{row.id});
    if (row.kind == DroppedKind::visit) pack.dropped.visit_ids.push_back(VisitorId{row.id});
  }
}

}  // namespace firstline::offline
