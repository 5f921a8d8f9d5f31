#pragma once

// The people of the communities: who lives where, found by ID number, phone, personal code or home. Seals personal
// fields on the way in, opens them on the way out, and writes a fact when a clear record is shown to somebody else.
//
// Faults: person.unknown, person.unknown_id_number, person.unknown_code (not_found), code.expired (stale),
// id_number.* and phone.bad (invalid), person.exists (conflict: the ID number is taken), reveal.note_missing (invalid).

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "area/wire.hpp"
#include "base/clock.hpp"
#include "base/fault.hpp"
#include "http/route.hpp"
#include "person/field_key.hpp"
#include "person/model.hpp"
#include "person/wire.hpp"
#include "store/database.hpp"
#include "store/session.hpp"

namespace firstline::person {

struct PersonalCode {
  std::string token;
  int step_seconds = 0;
  Instant expires_at{};  // Shown until then; read for one more step.
};
BOOST_DESCRIBE_STRUCT(PersonalCode, (), (token, step_seconds, expires_at))

// Opaque, made and read by the server only; rotates every 30 s, so that a screenshot is worth nothing a minute later.
inline constexpr int code_step_seconds = 30;
PersonalCode personal_code(const FieldKey& key, PersonRef person, Instant now);
// Accepts the current and the previous step (and the next: nodes' clocks differ).
Result<PersonRef> read_personal_code(const FieldKey& key, std::string_view token, Instant now);

// The first bytes of HMAC-SHA256, in hexadecimal: what a phone's own browser can compute again.
std::string tag_of(const Digest& key, std::string_view text, std::size_t bytes);
std::string hex(std::span<const std::byte> bytes);
inline constexpr std::size_t id_tag_bytes = 1;  // Short on purpose: docs/adr says why.

struct PersonRow;

// Whom a record counts for: itself, or the one it was merged into. `find` and `resident` go there by themselves.
Result<PersonRef> counted_as(store::Session& session, PersonRef ref);
// The record itself and those that were merged into it: whatever is kept by a person's id may stand under any of them.
Result<std::vector<PersonId>> records_of(store::Session& session, PersonRef ref);

// The home; nothing for somebody who has moved out. Fault person.unknown.
Result<std::optional<area::Area>> home_of(store::Session& session, PersonRef ref);
// Place of the person that a route's {community} and {person} name: the home, so that a keeper of one compound cannot
// look into another.
http::PlaceOf at_person();

class Directory {
 public:
  explicit Directory(const FieldKey& key) : key_(&key) {}  // The key outlives the directory.
  const FieldKey& key() const { return *key_; }

  Result<Person> find(store::Session& session, PersonRef ref) const;
  // One row: the person and the home's label and path. Name and birth date are opened, nothing else is.
  Result<Resident> resident(store::Session& session, PersonRef ref) const;
  // In the order of their ids.
  Result<std::vector<Person>> household(store::Session& session, AreaId community, AreaId household) const;

  // One point lookup by keyed hash. A malformed number is `invalid`, an unknown one not_found.
  Result<PersonRef> by_id_number(store::Session& session, std::string_view id_number, Date today) const;
  // A family may share one phone.
  Result<std::vector<PersonRef>> by_phone(store::Session& session, std::string_view phone) const;

  // Gives `person` its id if it has none.
  Result<PersonRef> add(store::Session& session, Person person, Instant now, Random& random) const;

  // Writes a known person anew: home, name, numbers, marks. Whoever moved out has no household. Faults: person.unknown,
  // person.exists (the new ID number is somebody else's), person.set_aside.
  Result<void> put(store::Session& session, const Person& person, Instant now, Random& random) const;
  // Takes a record out of every list and look-up, without losing what it holds: it counts for `merged_into`, or, where
  // that is none, is withdrawn for good. Fault person.set_aside (conflict): it is already.
  Result<void> set_aside(store::Session& session, PersonRef ref, PersonId merged_into) const;
  // A merged record stands for itself again. Fault person.exists: somebody else has its ID number by now.
  Result<void> bring_back(store::Session& session, PersonRef ref, AreaId household, Instant now, Random& random) const;

  // Last days of temporary stays (暂住); nothing: lives here.
  Result<std::map<PersonId, Date>> stays(store::Session& session, AreaId community) const;
  Result<void> keep_stay(store::Session& session, PersonRef ref, std::optional<Date> until) const;

  // Everybody whose home lies below a path, in clear: for work on whole lists inside the server.
  Result<std::vector<Person>> below(store::Session& session, AreaId community, std::string_view path) const;

  // The same as a gate's phone may hold them, in the order of their homes; by one statement.
  Result<std::vector<ResidentMasked>> masked_below(store::Session& session, AreaId community, std::string_view path,
                                                   const Digest& tag_key) const;
  // 32 bytes, always the same for one place: another key would give away other bits of the same numbers.
  Digest tag_key(AreaId compound) const;

  // A row as the store gave it, opened.
  Result<Person> open(const PersonRow& row) const;

  // Name of the compound's building, unit and room, and the detail.
  Result<std::string> address(store::Session& session, const Person& person) const;
  // Clear, for somebody else, on a stated ground: a fact `person.revealed`.
  Result<Revealed> reveal(store::Session& session, PersonRef ref, const RevealCommand& command,
                          const http::Actor& actor, Instant now, Random& random) const;

 private:
  struct Sealed;
  Result<Sealed> seal(const Person& person, Instant now, Random& random) const;
  Result<void> save_keys(store::Session& session, PersonRef ref, const Sealed& sealed) const;
  Result<void> drop_keys(store::Session& session, const Person& person) const;

  const FieldKey* key_;
};

// For area::add_routes: the people of a home know its label.
Result<void> home_renamed(store::Session& session, const area::Area& area);

// Whether the search index of a community is whole. It is not in a database older than it.
Result<bool> is_indexed(store::Session& session, const Directory& directory, AreaId community);
// Makes it anew, some hundred people a transaction, the oldest last: cut short, it is seen not to be whole. The number
// of people.
Result<std::int64_t> reindex(store::Database& database, const Directory& directory, AreaId community);

// Two records became one, or two again. `home`: of the one that stays, as it stands now.
struct Merged {
  AreaId community_id;
  MergeId merge_id;
  PersonId kept_id, gone_id;
  AreaId home;
};
// What other modules do about it, in the same transaction.
struct Reactions {
  std::function<Result<void>(store::Session&, const Merged&)> merged, separated;
};

// GET gates/{gate}/places, gates/{gate}/people, communities/{community}/people/{person}, my/code; POST .../reveal,
// .../search. `directory` and `reactions` outlive the table.
void add_routes(http::RouteTable& table, const Directory& directory, const Reactions& reactions);

}  // namespace firstline::person
