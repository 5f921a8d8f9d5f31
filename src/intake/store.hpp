#pragma once

// What is kept of imports. The file and what stood in a person's row before are sealed. SQL stands in store_sql.cpp.

#include "intake/model.hpp"
#include "person/field_key.hpp"
#include "store/session.hpp"

namespace firstline::intake {

Result<bool> add(store::Session& session, const Import& import);
Result<std::optional<Import>> load(store::Session& session, AreaId community, ImportId id);
Result<std::optional<Import>> load_by_command(store::Session& session, AreaId community, const Uuid& command);
Result<std::vector<Import>> load_newest(store::Session& session, AreaId community, int limit);
Result<void> save(store::Session& session, const Import& import);

Result<void> save_file(store::Session& session, AreaId community, ImportId id, const store::Bytes& sealed);
Result<std::optional<store::Bytes>> load_file(store::Session& session, AreaId community, ImportId id);
Result<void> delete_file(store::Session& session, AreaId community, ImportId id);

// Imports with ids below this that were not taken, and all files below it.
Result<void> discard_before(store::Session& session, AreaId community, std::int64_t id);

// One person that an import wrote.
struct Taken {
  AreaId community_id;
  ImportId import_id;
  int line = 0;
  Action action = Action::add;
  PersonId person_id;
  store::Bytes after_hash;                    // Of the person as written: whether somebody touched it since.
  std::optional<store::Bytes> before_sealed;  // JSON of what stood there; nothing for a new person.
};
BOOST_DESCRIBE_STRUCT(Taken, (), (community_id, import_id, line, action, person_id, after_hash, before_sealed))
Result<void> add(store::Session& session, const Taken& taken);
// Whether this line was taken already.
Result<bool> has_taken(store::Session& session, AreaId community, ImportId id, int line);
// The last ones first, below `line`.
Result<std::vector<Taken>> taken_below(store::Session& session, AreaId community, ImportId id, int line, int limit);

// What the office's headings meant last time.
Result<std::optional<std::string>> load_mapping(store::Session& session, AreaId community, std::string_view headings);
Result<void> save_mapping(store::Session& session, AreaId community, std::string_view headings,
                          std::string_view mapping);

}  // namespace firstline::intake
