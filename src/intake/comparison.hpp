#pragma once

// What taking a list would change: every row compared with what is there. Changes nothing.

#include <optional>
#include <string>
#include <vector>

#include <boost/describe.hpp>

#include "intake/columns.hpp"
#include "intake/places.hpp"
#include "person/service.hpp"

namespace firstline::intake {

enum class Action { add, change, move, same };
BOOST_DESCRIBE_ENUM(Action, add, change, move, same)

struct Change {
  int line = 0;
  Action action = Action::add;
  Door door;
  person::Person person;  // As it is to be; without id if it is new, without home if that is to be made.
};

struct Counts {
  int rows = 0, added = 0, changed = 0, moved = 0, same = 0, homes_added = 0, refused = 0, warned = 0, gone = 0;
  bool operator==(const Counts&) const = default;
};
BOOST_DESCRIBE_STRUCT(Counts, (), (rows, added, changed, moved, same, homes_added, refused, warned, gone))

struct Comparison {
  std::vector<Change> changes;     // Of people, in the order of the list; `same` ones are left out.
  std::vector<Door> vacant_homes;  // To be made, with nobody in them.
  std::vector<RowProblem> problems;
  std::vector<PersonId> gone;  // Live in a building of the list, are not in it. Empty while any row is refused.
  Counts counts;
};

struct Wanted {
  Mapping mapping;
  bool allow_new_homes = false;
};

Result<Comparison> compare(store::Session& session, const person::Directory& people, const area::Area& community,
                           const std::vector<Row>& rows, const Wanted& wanted, Instant now);

}  // namespace firstline::intake
