#include "intake/comparison.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <unordered_map>

#include "intake/text.hpp"
#include "person/likeness.hpp"

namespace firstline::intake {
namespace {

using person::Person;

class Comparer {
 public:
  Comparer(store::Session& session, const person::Directory& people, const area::Area& community, const Wanted& wanted,
           Instant now)
      : session_(session), people_(people), community_(community), wanted_(wanted), now_(now) {}

  Result<Comparison> run(const std::vector<Row>& rows) {
    FL_TRY(places_, Places::load(session_, community_));
    FL_TRY(known_, people_.below(session_, community_.id, community_.path));
    for (std::size_t i = 0; i < known_.size(); ++i) {
      if (known_[i].id_number) by_number_.emplace(*known_[i].id_number, i);
      by_home_.emplace(known_[i].household_id.value, i);
      if (known_[i].born_on) by_birth_.emplace(known_[i].born_on->time_since_epoch().count(), i);
    }
    FL_TRY(stays_, people_.stays(session_, community_.id));
    for (const Answer& answer : wanted_.answers) answers_[answer.line] = answer.person_id;
    matched_.assign(known_.size(), false);
    for (const Row& row : rows) {
      ++out_.counts.rows;
      const std::size_t before = errors_;
      FL_TRYV(take(row));
      if (errors_ != before) ++out_.counts.refused;
    }
    // Only now is it known who of those there is in the list under their own name.
    for (const Newcomer& each : newcomers_) settle(each);
    look_for_doubles();
    std::stable_sort(out_.changes.begin(), out_.changes.end(),
                     [](const Change& a, const Change& b) { return a.line < b.line; });
    find_the_gone();
    return std::move(out_);
  }

 private:
  void note(const Entry& entry, std::optional<Column> column, std::string_view code, Severity severity) {
    out_.problems.push_back({entry.line, column, std::string(code), severity});
    if (severity == Severity::error) ++errors_;
    else ++out_.counts.warned;
  }
  void refuse(const Entry& entry, Column column, std::string_view code) { note(entry, column, code, Severity::error); }

  Result<void> take(const Row& row) {
    const std::size_t noted = out_.problems.size();
    const auto entry = read_entry(row, wanted_.mapping, civil_date(now_), out_.problems);
    for (std::size_t i = noted; i < out_.problems.size(); ++i) {
      if (out_.problems[i].severity == Severity::error) ++errors_;
      else ++out_.counts.warned;
    }
    if (!entry) return {};
    const Door& door = entry->door;
    const bool grid_alone = door.compound.empty() && door.building.empty();
    const auto found = grid_alone ? Places::Found() : places_.find(door);
    if (!found.problem.empty()) return refuse(*entry, Column::building, found.problem), Result<void>();
    const bool of_places = lists_places(wanted_.mapping);
    if (!grid_alone && !found.node && !wanted_.allow_new_homes) {
      if (!places_.compound(door)) refuse(*entry, Column::compound, "home.unknown_compound");
      else refuse(*entry, of_places ? Column::building : Column::room, "home.unknown");
      return {};
    }
    const std::size_t places_before = out_.places.size();
    if (!grid_alone && !found.node && new_homes_.insert(places_.key(door)).second) {
      note_new_above(door);
      if (of_places) out_.places.push_back({door, {}});
      else if (++out_.counts.homes_added; entry->name.empty()) out_.vacant_homes.push_back(door);
    }
    if (!take_grid(*entry)) return {};
    if (found.node && listed(Column::name)) buildings_.insert(places_.building_path(found.node->path));
    if (entry->name.empty()) {
      if (!of_places || out_.places.size() == places_before) ++out_.counts.same;
      return {};
    }
    if (twice_in_file(*entry)) return {};
    return place(*entry, found.node ? found.node->id : AreaId{});
  }

  // The compound and the building of a place that is to be made, if they are new too.
  void note_new_above(const Door& door) {
    if (!places_.compound(door) && new_names_.insert(plain(door.compound)).second)
      out_.brought.compounds.push_back(door.compound);
    if (!door.building.empty() && !places_.building(door) && new_buildings_.insert(places_.building_key(door)).second)
      ++out_.brought.buildings_added;
  }

  // False if the row is refused for its grid.
  bool take_grid(const Entry& entry) {
    if (entry.grid.empty()) return true;
    const area::Area* grid = places_.grid(entry.grid);
    if (!grid && !wanted_.allow_new_homes) return refuse(entry, Column::grid, "grid.unknown"), false;
    const bool new_grid = !grid && new_names_.insert("grid " + plain(entry.grid)).second;
    if (new_grid) out_.brought.grids.push_back(entry.grid);
    if (entry.door.building.empty()) {
      if (new_grid) out_.places.push_back({{}, entry.grid});
      return true;
    }
    const auto [said, first] = grids_said_.emplace(places_.building_key(entry.door), plain(entry.grid));
    if (!first && said->second != plain(entry.grid)) return refuse(entry, Column::grid, "grid.two_for_building"), false;
    const area::Area* building = places_.building(entry.door);
    if (!first || (building && grid && building->grid_id == grid->id)) return true;
    if (building) ++out_.brought.buildings_moved;
    out_.places.push_back({{entry.door.compound, entry.door.building, {}, {}, {}}, entry.grid});
    return true;
  }

  bool twice_in_file(const Entry& entry) {
    if (entry.id_number && !numbers_.insert(*entry.id_number).second) {
      refuse(entry, Column::id_number, "id_number.twice_in_file");
      return true;
    }
    const std::string who = places_.key(entry.door) + "|" + entry.name + "|" +
                            (entry.born_on ? format_date(*entry.born_on) : "") + "|" + entry.id_number.value_or("");
    if (entry.id_number || entries_.insert(who).second) return false;
    refuse(entry, Column::name, "person.twice_in_file");
    return true;
  }

  struct Newcomer {
    Entry entry;
    AreaId home;
  };

  // Who of the known this is: -1 nobody. A problem is noted here.
  enum class Match { nobody, known, refused };
  struct Matched {
    Match match = Match::nobody;
    Person person;
  };
  Result<Matched> match(const Entry& entry, AreaId home) {
    if (entry.id_number) {
      if (const auto found = by_number_.find(*entry.id_number); found != by_number_.end()) return known(found->second);
      // Somebody who moved out of here, or lives in another community.
      const auto elsewhere = people_.by_id_number(session_, *entry.id_number, civil_date(now_));
      if (elsewhere && elsewhere->community_id != community_.id) {
        refuse(entry, Column::id_number, "person.elsewhere");
        return Matched{Match::refused, {}};
      }
      if (elsewhere) {
        FL_TRY(auto person, people_.find(session_, *elsewhere));
        return Matched{Match::known, std::move(person)};
      }
      if (elsewhere.error().code != FaultCode::not_found) return tl::unexpected(elsewhere.error());
    }
    return home ? match_in_home(entry, home) : Result<Matched>(Matched{});
  }

  Result<Matched> match_in_home(const Entry& entry, AreaId home) {
    const auto [first, last] = by_home_.equal_range(home.value);
    for (auto at = first; at != last; ++at) {
      const Person& there = known_[at->second];
      if (there.name != entry.name || matched_[at->second]) continue;
      const bool same_birth = there.born_on && entry.born_on && *there.born_on == *entry.born_on;
      if (there.born_on && entry.born_on && !same_birth) continue;  // Father and son may have one name.
      if (there.id_number && entry.id_number) {
        refuse(entry, Column::id_number, "person.same_name_and_birth");
        return Matched{Match::refused, {}};
      }
      if (!same_birth && !(there.id_number == entry.id_number && there.born_on == entry.born_on))
        note(entry, Column::name, "person.same_name", Severity::warning);
      return known(at->second);
    }
    return Matched{};
  }

  Matched known(std::size_t index) {
    matched_[index] = true;
    return {Match::known, known_[index]};
  }

  Result<void> place(const Entry& entry, AreaId home) {
    FL_TRY(auto matched, match(entry, home));
    if (matched.match == Match::refused) return {};
    if (matched.match == Match::nobody) newcomers_.push_back({entry, home});
    else update(entry, home, matched.person);
    return {};
  }

  bool listed(Column column) const {
    const auto& mapping = wanted_.mapping;
    return std::find(mapping.begin(), mapping.end(), column) != mapping.end();
  }

  Person as_said(const Entry& entry, AreaId home, Person after) const {
    after.community_id = community_.id;
    after.household_id = home;
    after.name = entry.name;
    if (entry.id_number) after.id_number = entry.id_number;
    if (entry.phone) after.phone = entry.phone;
    if (entry.born_on) after.born_on = entry.born_on;
    if (entry.detail) after.address_detail = entry.detail;
    if (listed(Column::marks)) after.marks = entry.marks;
    return after;
  }

  // Somebody who is there, as the row says.
  void update(const Entry& entry, AreaId home, const Person& before) {
    Person after = as_said(entry, home, before);
    const auto stay = stays_.find(before.id);
    const auto stay_before = stay == stays_.end() ? std::nullopt : std::optional(stay->second);
    const auto stay_after = listed(Column::stay_until) ? entry.stay_until : stay_before;
    auto marks_before = before.marks, marks_after = after.marks;
    std::sort(marks_before.begin(), marks_before.end());
    std::sort(marks_after.begin(), marks_after.end());
    const bool same = before.name == after.name && before.id_number == after.id_number && before.phone == after.phone &&
                      before.born_on == after.born_on && before.address_detail == after.address_detail &&
                      marks_before == marks_after && stay_before == stay_after;
    if (before.household_id != home) keep(entry, Action::move, std::move(after), stay_after);
    else if (!same) keep(entry, Action::change, std::move(after), stay_after);
    else ++out_.counts.same;
  }

  // Whom nobody is known as: new, unless somebody there sounds like it and a person says that it is they.
  void settle(const Newcomer& each) {
    const auto alike = alike_to(each.entry, each.home);
    const auto answer = answers_.find(each.entry.line);
    if (!alike.empty() && answer == answers_.end()) return ask(each.entry, alike, each.home);
    if (answer != answers_.end() && answer->second) {
      for (const std::size_t index : alike) {
        if (known_[index].id != *answer->second || matched_[index]) continue;
        matched_[index] = true;
        return update(each.entry, each.home, known_[index]);
      }
      return ask(each.entry, alike, each.home);  // Not among those asked about any more.
    }
    keep(each.entry, Action::add, as_said(each.entry, each.home, {}), each.entry.stay_until);
  }

  // Two new rows of one home that sound alike: both are taken, and the office is told.
  void look_for_doubles() {
    std::unordered_map<std::string, std::vector<const Entry*>> homes;
    for (const Newcomer& each : newcomers_) {
      auto& there = homes[places_.key(each.entry.door)];
      const auto described = [](const Entry& entry) {
        return person::Described{entry.name, entry.id_number, entry.born_on};
      };
      const bool double_entry = std::any_of(there.begin(), there.end(), [&](const Entry* other) {
        return person::may_be_same_person(described(each.entry), described(*other), true);
      });
      if (double_entry) note(each.entry, Column::name, "person.alike_in_list", Severity::warning);
      there.push_back(&each.entry);
    }
  }

  std::vector<std::size_t> alike_to(const Entry& entry, AreaId home) const {
    std::set<std::size_t> near;
    const auto consider = [&](std::size_t index) {
      const Person& there = known_[index];
      const bool same_home = home && there.household_id == home;
      if (!matched_[index] && person::may_be_same_person({entry.name, entry.id_number, entry.born_on},
                                                         {there.name, there.id_number, there.born_on}, same_home))
        near.insert(index);
    };
    const auto [first, last] = by_home_.equal_range(home ? home.value : -1);
    for (auto at = first; at != last; ++at) consider(at->second);
    if (entry.born_on) {
      const auto [born_first, born_last] = by_birth_.equal_range(entry.born_on->time_since_epoch().count());
      for (auto at = born_first; at != born_last; ++at) consider(at->second);
    }
    return {near.begin(), near.end()};
  }

  void ask(const Entry& entry, const std::vector<std::size_t>& alike, AreaId home) {
    ++out_.counts.asked;
    for (const std::size_t index : alike) {
      const Person& there = known_[index];
      asked_.insert(index);
      out_.questions.push_back({entry.line, there.id, home && there.household_id == home,
                                entry.born_on && there.born_on == entry.born_on, person::mask_name(entry.name),
                                entry.id_number ? person::mask_id_number(*entry.id_number) : std::string(),
                                entry.phone ? person::mask_phone(*entry.phone) : std::string(), door_text(entry.door)});
    }
  }

  static std::string door_text(const Door& door) {
    std::string text = door.building;
    for (const std::string& part : {door.unit, door.room})
      if (!part.empty()) text += (text.empty() ? "" : "-") + part;
    return text;
  }

  void keep(const Entry& entry, Action action, Person person, std::optional<Date> stay_until) {
    Counts& counts = out_.counts;
    ++(action == Action::add ? counts.added : action == Action::move ? counts.moved : counts.changed);
    out_.changes.push_back({entry.line, action, entry.door, std::move(person), stay_until});
  }

  // Only where every row was read can a missing one mean that somebody is gone.
  void find_the_gone() {
    if (errors_ > 0) return;
    for (std::size_t i = 0; i < known_.size(); ++i) {
      const auto* home = places_.by_id(known_[i].household_id);
      if (!matched_[i] && !asked_.contains(i) && home && buildings_.contains(places_.building_path(home->path)))
        out_.gone.push_back(known_[i].id);
    }
    out_.counts.gone = static_cast<int>(out_.gone.size());
  }

  store::Session& session_;
  const person::Directory& people_;
  const area::Area& community_;
  const Wanted& wanted_;
  const Instant now_;
  Places places_;
  std::vector<Person> known_;
  std::vector<bool> matched_;
  std::unordered_map<std::string, std::size_t> by_number_;
  std::unordered_multimap<std::int64_t, std::size_t> by_home_;
  std::unordered_multimap<std::int64_t, std::size_t> by_birth_;
  std::map<PersonId, Date> stays_;
  std::map<int, std::optional<PersonId>> answers_;
  std::vector<Newcomer> newcomers_;
  std::set<std::size_t> asked_;
  std::map<std::string, std::string> grids_said_;  // By the key of the building.
  std::set<std::string> new_homes_, new_buildings_, new_names_, buildings_, numbers_, entries_;
  std::size_t errors_ = 0;
  Comparison out_;
};

}  // namespace

Result<Comparison> compare(store::Session& session, const person::Directory& people, const area::Area& community,
                           const std::vector<Row>& rows, const Wanted& wanted, Instant now) {
  FL_TRYV(check_mapping(wanted.mapping));
  return Comparer(session, people, community, wanted, now).run(rows);
}

}  // namespace firstline::intake
