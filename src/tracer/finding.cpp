#include "tracer/finding.hpp"

#include <algorithm>
#include <map>

#include "area/service.hpp"

namespace firstline::tracer {
namespace {

std::int64_t second_of(Instant at) { return std::chrono::floor<std::chrono::seconds>(at).time_since_epoch().count(); }
Instant instant_at(std::int64_t second) { return from_millis(second * 1000); }

// "a/b/c" > "a/b"
std::string above(const std::string& path) {
  const auto slash = path.rfind('/');
  return slash == path.npos ? std::string() : path.substr(0, slash);
}

class Finder {
 public:
  Finder(http::Call& call, const Ground& ground, const Parameters& parameters)
      : call_(call), ground_(ground), parameters_(parameters), view_(ground.follower->view()) {}

  // Whose contacts these are stands in no list.
  Result<void> leave_out(person::PersonRef ref) {
    FL_TRY(const auto records, person::records_of(*call_.session, ref));
    for (const PersonId record : records) out_.push_back(record.value);
    return {};
  }

  Result<void> add_home(AreaId household, bool of_contact, PersonId via) {
    if (!household) return {};
    FL_TRY(const auto members, ground_.people->household(*call_.session, call_.place.community, household));
    for (const person::Person& member : members) add_neighbour(member.id, TraceBasis::household, of_contact, via);
    return {};
  }
  Result<void> add_below(const std::string& path, TraceBasis basis) {
    if (path.empty()) return {};
    FL_TRY(const auto people, ground_.people->below(*call_.session, call_.place.community, path));
    for (const person::Person& one : people) add_neighbour(one.id, basis, false, {});
    return {};
  }

  // Everybody that was met under any of the records of one person, most time together first, up to the longest list.
  Result<void> add_met(person::PersonRef who, Window window, int minutes_min, bool of_contact, PersonId via) {
    FL_TRY(const auto records, person::records_of(*call_.session, who));
    trace::Exposure exposure(view_, {parameters_.linger_minutes * 60, minutes_min * 60, trace::Depth::contacts});
    for (const PersonId record : records) {
      const trace::Case one{record.value, second_of(window.from), second_of(window.until)};
      auto contacts = exposure.contacts_of(one);
      std::stable_sort(contacts.begin(), contacts.end(), [](const trace::Contact& a, const trace::Contact& b) {
        return a.overlap_seconds > b.overlap_seconds;
      });
      if (contacts.size() > rows_max) {
        left_out_ += static_cast<int>(contacts.size() - rows_max);
        contacts.resize(rows_max);
      }
      for (const trace::Contact& contact : contacts) {
        if (is_out(contact.person)) continue;
        FL_TRY(Found * found, found_as(contact.person, of_contact));
        if (found) add(*found, contact, exposure.encounters_of(one, contact.person), via);
      }
    }
    return {};
  }

  // Those listed so far whom the rule would propose as close contacts.
  std::vector<Found> close_contacts(Neighbours close_neighbours) const {
    std::vector<Found> close;
    for (const auto& [person, found] : found_)
      if (category_of(found.evidence(), parameters_.close_minutes_min, close_neighbours) == Category::close_contact)
        close.push_back(found);
    return close;
  }

  Finding result() {
    Finding finding;
    finding.unknown = unknown_;
    finding.left_out = left_out_;
    for (auto& [person, found] : found_) finding.people.push_back(std::move(found));
    // The home, whom they met, the floor, the stairwell, contacts of contacts.
    const auto rank = [](const Found& one) {
      if (one.of_contact) return 4;
      if (one.bases.has(TraceBasis::household)) return 0;
      return one.encounters > 0 ? 1 : one.bases.has(TraceBasis::floor) ? 2 : 3;
    };
    std::stable_sort(finding.people.begin(), finding.people.end(), [&](const Found& a, const Found& b) {
      return rank(a) != rank(b) ? rank(a) < rank(b) : a.overlap_seconds > b.overlap_seconds;
    });
    if (finding.people.size() > rows_max) {
      finding.left_out += static_cast<int>(finding.people.size() - rows_max);
      finding.people.resize(rows_max);
    }
    return finding;
  }

 private:
  bool is_out(std::int64_t person) const { return std::find(out_.begin(), out_.end(), person) != out_.end(); }

  // A contact of the case does not become a contact of a contact as well.
  Found* entry(PersonId person, AreaId home, bool of_contact) {
    if (is_out(person.value)) return nullptr;
    const auto [at, is_new] = found_.try_emplace(person);
    Found& found = at->second;
    if (is_new) found.person = person, found.home = home, found.of_contact = of_contact;
    return found.of_contact == of_contact ? &found : nullptr;
  }

  void add_neighbour(PersonId person, TraceBasis basis, bool of_contact, PersonId via) {
    Found* found = entry(person, call_.place.community, of_contact);
    if (!found) return;
    // Nearer says it already.
    if (basis == TraceBasis::unit && (found->bases.has(TraceBasis::household) || found->bases.has(TraceBasis::floor)))
      return;
    if (basis == TraceBasis::floor && found->bases.has(TraceBasis::household)) return;
    found->bases.add(basis);
    if (!found->via) found->via = via;
  }

  // Null: nobody knows where they live, or they stand in the list already as something nearer.
  Result<Found*> found_as(std::int64_t number, bool of_contact) {
    const auto resident = ground_.people->resident(*call_.session, {call_.place.community, PersonId{number}});
    if (resident) return entry(resident->person.id, call_.place.community, of_contact);
    if (resident.error().code != FaultCode::not_found) return tl::unexpected(resident.error());
    if (const auto home = ground_.follower->home_elsewhere(number)) return entry(PersonId{number}, *home, of_contact);
    ++unknown_;
    return nullptr;
  }

  static void add(Found& found, const trace::Contact& contact, const std::vector<trace::Encounter>& encounters,
                  PersonId via) {
    if (contact.overlap_seconds > found.overlap_seconds && via) found.via = via;
    found.encounters += contact.encounters;
    found.overlap_seconds += contact.overlap_seconds;
    const Instant first = instant_at(contact.first), last = instant_at(contact.last);
    found.first = std::min(found.first.value_or(first), first);
    found.last = std::max(found.last.value_or(last), last);
    for (const trace::Encounter& one : encounters)
      found.latest.push_back({one.place, instant_at(one.start), instant_at(one.end)});
    std::stable_sort(found.latest.begin(), found.latest.end(),
                     [](const FoundEncounter& a, const FoundEncounter& b) { return a.from < b.from; });
    if (found.latest.size() > encounters_max)
      found.latest.erase(found.latest.begin(), found.latest.end() - static_cast<std::ptrdiff_t>(encounters_max));
  }

  http::Call& call_;
  const Ground& ground_;
  const Parameters& parameters_;
  trace::Index::View view_;
  std::vector<std::int64_t> out_;
  std::map<PersonId, Found> found_;
  int left_out_ = 0, unknown_ = 0;
};

// When a contact could have passed it on, or have had it to pass on: before their first encounter with the case, or
// after their last, neither. Who lives with the case met them all the time.
Window window_of(const Found& contact, Direction direction, Window window) {
  if (contact.bases.has(TraceBasis::household) || !contact.first || !contact.last) return window;
  return direction == Direction::forward ? Window{*contact.first, window.until} : Window{window.from, *contact.last};
}

}  // namespace

Result<Finding> find_contacts(http::Call& call, const Ground& ground, const person::Resident& who,
                              const Parameters& parameters, Neighbours close_neighbours, Window window) {
  Finder finder(call, ground, parameters);
  const person::PersonRef ref{call.place.community, who.person.id};
  FL_TRYV(finder.leave_out(ref));
  FL_TRYV(finder.add_home(who.person.household_id, false, {}));
  FL_TRYV(finder.add_met(ref, window, parameters.overlap_minutes_min, false, {}));
  const std::string floor = above(who.household_path);
  if (parameters.neighbours != Neighbours::none) FL_TRYV(finder.add_below(floor, TraceBasis::floor));
  if (parameters.neighbours == Neighbours::unit) FL_TRYV(finder.add_below(above(floor), TraceBasis::unit));
  if (parameters.depth == trace::Depth::contacts_of_contacts) {
    for (const Found& contact : finder.close_contacts(close_neighbours)) {
      const person::PersonRef of{contact.home, contact.person};
      if (contact.home == call.place.community) {
        FL_TRY(const auto home, person::home_of(*call.session, of));
        if (home) FL_TRYV(finder.add_home(home->id, true, contact.person));
      }
      FL_TRYV(finder.add_met(of, window_of(contact, parameters.direction, window), parameters.close_minutes_min, true,
                             contact.person));
    }
  }
  return finder.result();
}

}  // namespace firstline::tracer
