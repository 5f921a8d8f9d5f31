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

enum class Action { add, change, move, same, leave };  // leave: gone from the list, moved out by a person's choice.
BOOST_DESCRIBE_ENUM(Action, add, change, move, same, leave)

struct Change {
  int line = 0;
  Action action = Action::add;
  Door door;
  person::Person person;  // As it is to be; without id if it is new, without home if that is to be made.
  std::optional<Date> stay_until;
};

// What the list says of places themselves: one to be made, or a building to be put into a grid (made if new).
struct PlaceChange {
  Door door;
  std::string grid;
};
// New compounds and grids by name, shown before anything is taken: a name that is only written differently would become
// a place of its own. Buildings are moved into another grid.
struct PlacesBrought {
  std::vector<std::string> compounds, grids;
  int buildings_added = 0, buildings_moved = 0;
};
BOOST_DESCRIBE_STRUCT(PlacesBrought, (), (compounds, grids, buildings_added, buildings_moved))

// Probably the same person as somebody who is there, by how the names sound (person/likeness.hpp): a person answers.
struct Question {
  int line = 0;
  PersonId person_id;
  bool same_home = false, same_birth = false;
  std::string name_masked, id_number_masked, phone_masked, home;  // What the row says, masked.
};
BOOST_DESCRIBE_STRUCT(Question, (),
                      (line, person_id, same_home, same_birth, name_masked, id_number_masked, phone_masked, home))
struct Answer {
  int line = 0;
  std::optional<PersonId> person_id;  // This person; absent: another one than those asked about.
};
BOOST_DESCRIBE_STRUCT(Answer, (), (line, person_id))

struct Counts {
  int rows = 0, added = 0, changed = 0, moved = 0, same = 0, homes_added = 0, refused = 0, warned = 0, gone = 0,
      asked = 0;  // Rows with a question that nobody has answered: not taken.
  bool operator==(const Counts&) const = default;
};
BOOST_DESCRIBE_STRUCT(Counts, (), (rows, added, changed, moved, same, homes_added, refused, warned, gone, asked))

struct Comparison {
  std::vector<PlaceChange> places;  // In the order of the list, before all others.
  PlacesBrought brought;
  std::vector<Change> changes;     // Of people, in the order of the list; `same` ones are left out.
  std::vector<Door> vacant_homes;  // To be made, with nobody in them.
  std::vector<RowProblem> problems;
  std::vector<Question> questions;  // In the order of the list; a line may ask about several people.
  std::vector<PersonId> gone;       // Live in a building of the list, are not in it. Empty while any row is refused.
  Counts counts;
};

struct Wanted {
  Mapping mapping;
  bool allow_new_homes = false;
  std::vector<Answer> answers{};
};

Result<Comparison> compare(store::Session& session, const person::Directory& people, const area::Area& community,
                           const std::vector<Row>& rows, const Wanted& wanted, Instant now);

}  // namespace firstline::intake
