#include "person/search.hpp"

#include <algorithm>
#include <map>
#include <set>

#include "area/service.hpp"
#include "person/names.hpp"
#include "person/store.hpp"
#include "store/row_version.hpp"

namespace firstline::person {
namespace {

constexpr std::size_t shown_max = 20;
constexpr int candidates_at_once = 200;
constexpr int people_in_a_transaction = 500;

using store::Session;

bool matches(const Person& person, const Wanted& wanted) {
  switch (wanted.kind) {
    case WantedKind::name: {
      std::string name, typed;
      for (const auto& character : spoken(person.name).characters) name += character;
      for (const auto& character : spoken(wanted.text).characters) typed += character;
      return name.find(typed) != std::string::npos;
    }
    case WantedKind::spelling:
      return begins(spoken(person.name), wanted.text);
    case WantedKind::phone:
      return person.phone && person.phone->ends_with(wanted.text);
    case WantedKind::place:
      return false;
  }
  return false;
}

// Compounds by the path of anything inside them; each is looked up once.
class Compounds {
 public:
  Compounds(Session& session, AreaId community) : session_(session), community_(community) {}
  Result<std::string> name_of(const std::string& path) {
    for (const std::string& prefix : area::path_prefixes(path)) {
      const auto known = names_.find(prefix);
      if (known != names_.end()) return known->second;
    }
    FL_TRY(const auto way, area::way_to(session_, community_, path));
    for (const area::Area& node : way)
      if (node.kind == area::AreaKind::compound) return names_[node.path] = node.name;
    return std::string();
  }

 private:
  Session& session_;
  AreaId community_;
  std::map<std::string, std::string> names_;
};

class Finding {
 public:
  Finding(Session& session, const Directory& directory, AreaId community, const Covers& covers, Date today)
      : session_(session),
        directory_(directory),
        community_(community),
        covers_(covers),
        today_(today),
        compounds_(session, community) {}

  bool full() const { return found.people.size() >= shown_max; }

  Result<void> under(std::int64_t word, const Wanted& wanted) {
    for (PersonId after; !found.more;) {
      FL_TRY(const auto rows, load_with_word(session_, community_, word, after, candidates_at_once));
      for (const PersonRow& row : rows) {
        after = row.id;
        FL_TRY(const auto person, directory_.open(row));
        if (matches(person, wanted)) FL_TRYV(add(person, row));
        if (found.more) return {};
      }
      if (rows.size() < static_cast<std::size_t>(candidates_at_once)) return {};
    }
    return {};
  }

  Result<void> at(const std::string& label) {
    FL_TRY(const auto nodes, area::labelled(session_, community_, label));
    for (const area::Area& node : nodes) {
      if (node.kind == area::AreaKind::floor || node.kind == area::AreaKind::grid) continue;
      FL_TRY(const bool covered, covers_(node.path));
      if (!covered) continue;
      FL_TRY(auto compound, compounds_.name_of(node.path));
      found.places.push_back({node.id, node.kind, node.name, node.label, std::move(compound)});
      if (node.kind != area::AreaKind::household) continue;
      FL_TRY(const auto rows, load_household(session_, community_, node.id));
      for (const PersonRow& row : rows) {
        FL_TRY(const auto person, directory_.open(row));
        FL_TRYV(add(person, row));
      }
    }
    return {};
  }

  Found found;

 private:
  Result<void> add(const Person& person, const PersonRow& row) {
    if (!seen_.insert(person.id.value).second) return {};
    std::string path, label;
    if (person.household_id) {
      FL_TRY(auto home, area::find(session_, community_, person.household_id));
      path = std::move(home.path);
      label = std::move(home.label);
    }
    FL_TRY(const bool covered, covers_(path));
    if (!covered) return {};
    if (full()) {
      found.more = true;
      return {};
    }
    FL_TRY(auto compound, compounds_.name_of(path));
    found.people.push_back({masked(person, today_), person.household_id, std::move(label), std::move(compound),
                            person.phone ? mask_phone(*person.phone) : std::string(), store::version_of(row)});
    return {};
  }

  Session& session_;
  const Directory& directory_;
  const AreaId community_;
  const Covers& covers_;
  const Date today_;
  Compounds compounds_;
  std::set<std::int64_t> seen_;
};

}  // namespace

Result<Found> search(Session& session, const Directory& directory, AreaId community, const Wanted& wanted,
                     const Covers& covers, Date today) {
  Finding finding(session, directory, community, covers, today);
  if (wanted.kind == WantedKind::place) {
    FL_TRYV(finding.at(wanted.text));
  } else {
    const auto words = words_for(directory.key(), community, wanted);
    for (std::size_t i = 0; i < words.size() && !finding.found.more; ++i) {
      if (i == 2 && !finding.found.people.empty()) break;
      FL_TRYV(finding.under(words[i], wanted));
    }
  }
  std::sort(finding.found.people.begin(), finding.found.people.end(),
            [](const FoundPerson& a, const FoundPerson& b) { return a.person.person_id < b.person.person_id; });
  return std::move(finding.found);
}

Result<bool> is_indexed(Session& session, const Directory& directory, AreaId community) {
  FL_TRY(const auto oldest, load_page(session, community, {}, 1));
  if (oldest.empty()) return true;
  FL_TRY(const auto person, directory.open(oldest[0]));
  const auto words = words_of(directory.key(), community, person.name, person.phone);
  if (words.empty()) return true;
  FL_TRY(const auto found, load_with_word(session, community, words[0], {}, 1));
  return !found.empty() && found[0].id == person.id;
}

Result<std::int64_t> reindex(store::Database& database, const Directory& directory, AreaId community) {
  FL_TRYV(database.write([&](Session& session) { return delete_all_words(session, community); }));
  std::int64_t done = 0;
  PersonId below{INT64_MAX};
  for (bool more = true; more;) {
    const auto page = database.write([&](Session& session) -> Result<std::vector<PersonId>> {
      FL_TRY(const auto rows, load_page_down(session, community, below, people_in_a_transaction));
      std::vector<PersonId> ids;
      for (const PersonRow& row : rows) {
        FL_TRY(const auto person, directory.open(row));
        FL_TRYV(
            save_words(session, {community, row.id}, words_of(directory.key(), community, person.name, person.phone)));
        ids.push_back(row.id);
      }
      return ids;
    });
    if (!page) return tl::unexpected(page.error());
    more = page->size() == static_cast<std::size_t>(people_in_a_transaction);
    if (!page->empty()) below = page->back();
    done += static_cast<std::int64_t>(page->size());
  }
  return done;
}

}  // namespace firstline::person
