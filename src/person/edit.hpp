#pragma once

// What the desk changes of people: somebody moves in, to another home, or out; stays for some days; a record is
// corrected. Each is one fact, in words without personal fields; a note is sealed beside it. A record that somebody
// else changed meanwhile is not overwritten.
//
// Faults: person.unknown (not_found), person.changed (stale), person.set_aside (conflict), person.nothing_to_change,
// edit.note_missing, edit.stay_over (invalid), and those of Directory::add and put.

#include "person/service.hpp"

namespace firstline::person {

struct AddPerson {
  Uuid id;
  std::string name;
  std::optional<std::string> id_number, phone;
  std::optional<Date> born_on;
  std::vector<Mark> marks;
  std::optional<Date> stay_until;  // The last day of a temporary stay; absent: lives here.
};
BOOST_DESCRIBE_STRUCT(AddPerson, (), (id, name, id_number, phone, born_on, marks, stay_until))

struct MovePerson {
  Uuid id;
  std::string base_version;
  std::optional<AreaId> household_id;  // Absent: moves out.
  std::optional<Date> stay_until;
};
BOOST_DESCRIBE_STRUCT(MovePerson, (), (id, base_version, household_id, stay_until))

// What is absent stays as it is; an empty phone takes the number out. A number of an identity paper needs a note.
struct CorrectPerson {
  Uuid id;
  std::string base_version;
  std::optional<std::string> name, id_number, phone;
  std::optional<Date> born_on;
  std::optional<std::vector<Mark>> marks;
  std::string note;
};
BOOST_DESCRIBE_STRUCT(CorrectPerson, (), (id, base_version, name, id_number, phone, born_on, marks, note))

struct PersonVersion {
  PersonId person_id;
  std::string version;
};
BOOST_DESCRIBE_STRUCT(PersonVersion, (), (person_id, version))

// Who does it and when.
struct Editing {
  const http::Actor& actor;
  Instant now;
  Random& random;
};

Result<PersonVersion> move_in(store::Session& session, const Directory& directory, AreaId community, AreaId household,
                              const AddPerson& command, const Editing& by);
// The new home, if any, lies in the same community: another one is a move out and a move in.
Result<PersonVersion> move(store::Session& session, const Directory& directory, PersonRef ref,
                           const MovePerson& command, const Editing& by);
Result<PersonVersion> correct(store::Session& session, const Directory& directory, PersonRef ref,
                              const CorrectPerson& command, const Editing& by);

struct MemberShown {
  PersonMasked person;
  std::string phone_masked, id_number_masked;
  std::optional<Date> stay_until;
  bool stay_over = false;  // The last day is past and nobody has said what became of it.
  std::string version;
};
BOOST_DESCRIBE_STRUCT(MemberShown, (), (person, phone_masked, id_number_masked, stay_until, stay_over, version))
// In the order of their ids. Nobody: the home stands empty.
Result<std::vector<MemberShown>> members(store::Session& session, const Directory& directory, AreaId community,
                                         AreaId household, Date today);

}  // namespace firstline::person
