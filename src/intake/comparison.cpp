#include "intake/comparison.hpp"

#include <algorithm>
#include <set>
#include <unordered_map>

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
    }
    matched_.assign(known_.size(), false);
    for (const Row& row : rows) {
      ++out_.counts.rows;
      const std::size_t before = errors_;
      FL_TRYV(take(row));
      if (errors_ != before) ++out_.counts.refused;
    }
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
    const auto found = places_.find(entry->door);
    if (!found.problem.empty()) return refuse(*entry, Column::building, found.problem), Result<void>();
    if (!found.home && !wanted_.allow_new_homes) return refuse(*entry, Column::room, "home.unknown"), Result<void>();
    if (!found.home && new_homes_.insert(places_.key(entry->door)).second) {
      ++out_.counts.homes_added;
      if (entry->name.empty()) out_.vacant_homes.push_back(entry->door);
    }
    if (found.home) buildings_.insert(places_.building_path(found.home->path));
    if (entry->name.empty()) {
      ++out_.counts.same;
      return {};
    }
    if (twice_in_file(*entry)) return {};
    return place(*entry, found.home ? found.home->id : AreaId{});
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
    const Person before = matched.person;
    Person after = std::move(matched.person);
    after.community_id = community_.id;
    after.household_id = home;
    after.name = entry.name;
    if (entry.id_number) after.id_number = entry.id_number;
    if (entry.phone) after.phone = entry.phone;
    if (entry.born_on) after.born_on = entry.born_on;
    if (entry.detail) after.address_detail = entry.detail;
    const auto& mapping = wanted_.mapping;
    if (std::find(mapping.begin(), mapping.end(), Column::marks) != mapping.end()) after.marks = entry.marks;
    if (matched.match == Match::nobody) return keep(entry, Action::add, std::move(after)), Result<void>();
    auto marks_before = before.marks, marks_after = after.marks;
    std::sort(marks_before.begin(), marks_before.end());
    std::sort(marks_after.begin(), marks_after.end());
    const bool same = before.name == after.name && before.id_number == after.id_number && before.phone == after.phone &&
                      before.born_on == after.born_on && before.address_detail == after.address_detail &&
                      marks_before == marks_after;
    if (before.household_id != home) keep(entry, Action::move, std::move(after));
    else if (!same) keep(entry, Action::change, std::move(after));
    else ++out_.counts.same;
    return {};
  }

  void keep(const Entry& entry, Action action, Person person) {
    Counts& counts = out_.counts;
    ++(action == Action::add ? counts.added : action == Action::move ? counts.moved : counts.changed);
    out_.changes.push_back({entry.line, action, entry.door, std::move(person)});
  }

  // Only where every row was read can a missing one mean that somebody is gone.
  void find_the_gone() {
    if (errors_ > 0) return;
    for (std::size_t i = 0; i < known_.size(); ++i) {
      const auto* home = places_.by_id(known_[i].household_id);
      if (!matched_[i] && home && buildings_.contains(places_.building_path(home->path)))
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
  std::set<std::string> new_homes_, buildings_, numbers_, entries_;
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
