#include "offline/content.hpp"

#include <set>

#include "base/check.hpp"
#include "credential/keys.hpp"
#include "json/json.hpp"

namespace firstline::offline {
namespace {

AreaId id_of(const api::PackHome& home) { return home.household_id; }
VisitorId id_of(const api::PackVisit& visit) { return visit.visit_id; }

template <class Thing>
std::shared_ptr<const Part<Thing>> part_of(Thing thing) {
  std::string text = json::write(thing);
  std::string digest = credential::sha256(text);
  return std::make_shared<const Part<Thing>>(Part<Thing>{std::move(thing), std::move(text), std::move(digest)});
}

// What stood before goes on with its step; what is new or different begins with `next`. Whether anything differs.
template <class Thing>
bool advance(const std::vector<Kept<Thing>>& before, std::vector<Thing> found, Step next,
             std::vector<Kept<Thing>>& after, std::vector<Kept<Thing>>& gone) {
  std::map<decltype(id_of(found.front())), const Kept<Thing>*> known;
  for (const auto& each : before) known.emplace(id_of(each.part->thing), &each);
  bool differs = false;
  after.reserve(found.size());
  for (Thing& thing : found) {
    const auto at = known.find(id_of(thing));
    const bool same = at != known.end() && at->second->part->thing == thing;
    if (same) after.push_back(*at->second);
    else after.push_back({part_of(std::move(thing)), next});
    differs = differs || !same;
    if (at != known.end()) known.erase(at);
  }
  for (const auto& [id, each] : known) gone.push_back(*each);
  return differs || !gone.empty();
}

std::set<PersonId> people_of(const std::vector<Kept<api::PackHome>>& homes) {
  std::set<PersonId> people;
  for (const auto& home : homes) {
    for (const auto& person : home.part->thing.people) people.insert(person.person_id);
  }
  return people;
}

// Whoever stood in a home that is gone or different now, and stands in none.
void add_gone_people(const Content& before, const Content& after, Instant now, std::vector<DroppedRow>& dropped) {
  const std::set<PersonId> all = people_of(after.homes);
  for (const PersonId id : people_of(before.homes))
    if (!all.contains(id)) dropped.push_back({DroppedKind::person, id.value, after.step, now});
}

// The first 63 bits of a digest over the digests of all parts.
PackVersion version_of(const Content& content) {
  std::string digests = content.shared->digest;
  for (const auto& home : content.homes) digests += home.part->digest;
  for (const auto& visit : content.visits) digests += visit.part->digest;
  const std::string digest = credential::sha256(digests);
  std::uint64_t number = 0;
  for (int i = 0; i < 8; ++i) number = number << 8 | static_cast<unsigned char>(digest[static_cast<std::size_t>(i)]);
  return PackVersion{static_cast<std::int64_t>(number >> 1 | 1)};  // Never 0, which is none.
}

void forget_old(Content& content, Instant now) {
  std::erase_if(content.dropped, [&](const DroppedRow& row) { return now - row.at >= pack_age_max; });
  // Whoever misses a forgotten row held a version that was seen for the last time before it.
  std::erase_if(content.versions, [&](const auto& each) { return now - each.second.at >= pack_age_max; });
}

// Puts a list of parts into the place of an empty one.
template <class Thing>
void append_parts(std::string& text, const std::vector<Kept<Thing>>& parts, Step since) {
  text += '[';
  bool first = true;
  for (const auto& each : parts) {
    if (each.since <= since) continue;
    if (!first) text += ',';
    first = false;
    text += each.part->text;
  }
  text += ']';
}

}  // namespace

Content advanced(const Content& before, Found found, Instant now) {
  Content after;
  after.made_at = now;
  after.dropped = before.dropped;
  after.versions = before.versions;
  const Step next = before.step + 1;
  after.shared = part_of(std::move(found.shared));
  const bool shared_differ = !before.shared || before.shared->text != after.shared->text;
  std::vector<Kept<api::PackHome>> homes_gone;
  std::vector<Kept<api::PackVisit>> visits_gone;
  const bool homes_differ = advance(before.homes, std::move(found.homes), next, after.homes, homes_gone);
  const bool visits_differ = advance(before.visits, std::move(found.visits), next, after.visits, visits_gone);
  const bool differs = shared_differ || homes_differ || visits_differ;
  after.step = differs ? next : before.step;
  after.version = differs ? version_of(after) : before.version;
  for (const auto& home : homes_gone)
    after.dropped.push_back({DroppedKind::household, home.part->thing.household_id.value, after.step, now});
  for (const auto& visit : visits_gone)
    after.dropped.push_back({DroppedKind::visit, visit.part->thing.visit_id.value, after.step, now});
  if (homes_differ) add_gone_people(before, after, now, after.dropped);
  after.versions[after.version] = {after.step, now};
  forget_old(after, now);
  return after;
}

std::string pack_text(const Content& content, std::optional<PackVersion> since, api::Pack pack) {
  pack.version = content.version;
  pack.since = since;
  pack.made_at = content.made_at;
  pack.expires_at = content.made_at + pack_age_max;
  const Step from = since ? content.versions.at(*since).step : 0;
  for (const DroppedRow& row : content.dropped) {
    if (!since || row.step <= from) continue;
    if (row.kind == DroppedKind::household) pack.dropped.household_ids.push_back(AreaId{row.id});
    if (row.kind == DroppedKind::person) pack.dropped.person_ids.push_back(PersonId{row.id});
    if (row.kind == DroppedKind::visit) pack.dropped.visit_ids.push_back(VisitorId{row.id});
  }
  constexpr std::string_view last = R"("homes":[],"visits":[]})";
  std::string text = json::write(pack);
  FL_CHECK(text.ends_with(last));
  text.resize(text.size() - last.size());
  std::size_t size = text.size() + 64;
  for (const auto& home : content.homes) size += home.part->text.size() + 1;
  text.reserve(since ? text.size() + 4096 : size);
  text += R"("homes":)";
  append_parts(text, content.homes, from);
  text += R"(,"visits":)";
  append_parts(text, content.visits, from);
  text += '}';
  return text;
}

}  // namespace firstline::offline
