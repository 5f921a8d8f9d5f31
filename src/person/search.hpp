#pragma once

// Finds people by part of a name, its pinyin, the end of a phone number or a room, though all of it is sealed: a blind
// index of keyed words leads to candidates, which are opened and compared. docs/adr/0005-search.md says what it tells
// whoever holds the database without the key. The typed text is never kept and never logged.

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "area/wire.hpp"
#include "person/service.hpp"

namespace firstline::person {

// Least that is looked for: 2 Chinese characters, 3 letters, 4 digits; or a room or building ("3-2-502").
enum class WantedKind { name, spelling, phone, place };
struct Wanted {
  WantedKind kind = WantedKind::name;
  std::string text;  // Characters without blanks and dots; letters in lower case; digits; "3-2-502".
};
// Fault search.too_short (invalid).
Result<Wanted> wanted_of(std::string_view typed);

// The words by which a person is kept in the index of a community.
std::vector<std::int64_t> words_of(const FieldKey& key, AreaId community, std::string_view name,
                                   const std::optional<std::string>& phone);

// Where to look for what was typed. The last of three only if the first two gave nobody.
std::vector<std::int64_t> words_for(const FieldKey& key, AreaId community, const Wanted& wanted);

struct FoundPerson {
  PersonMasked person;
  AreaId household_id;  // 0: has moved out.
  std::string household_label, compound_name, phone_masked;
  std::string version;  // For the edits: whoever has moved out may move in again.
};
BOOST_DESCRIBE_STRUCT(FoundPerson, (), (person, household_id, household_label, compound_name, phone_masked, version))
struct FoundPlace {
  AreaId area_id;
  area::AreaKind kind = area::AreaKind::household;
  std::string name, label, compound_name;
};
BOOST_DESCRIBE_STRUCT(FoundPlace, (), (area_id, kind, name, label, compound_name))
struct Found {
  std::vector<FoundPerson> people;  // At most 20, in the order of their ids.
  std::vector<FoundPlace> places;
  bool more = false;
};
BOOST_DESCRIBE_STRUCT(Found, (), (people, places, more))

// `covers` says of the path of a home (empty: none) whether the caller may see it.
using Covers = std::function<Result<bool>(const std::string& path)>;
Result<Found> search(store::Session& session, const Directory& directory, AreaId community, const Wanted& wanted,
                     const Covers& covers, Date today);

}  // namespace firstline::person
