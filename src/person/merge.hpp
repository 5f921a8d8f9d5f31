#pragma once

// Two records that are one person: somebody looks at both, masked, says which stays and whose value holds in each
// field. What is kept of the other (passages, readings, looks) stays as it was written and counts for the one that
// stays, because look-ups follow the pointer; nothing is found by the other any more. All of it can be taken back: the
// other stands again as it was, and every field that nobody has touched since gets its value back. A fact each for
// both.
//
// Faults: person.unknown (not_found), person.changed (stale), person.set_aside, merge.undone, merge.later_first,
// person.exists (conflict: the ID number has gone to somebody else meanwhile), merge.itself (invalid).

#include "person/edit.hpp"

namespace firstline::person {

enum class MergeField { home, name, id_number, phone, born_on, marks, address_detail };
BOOST_DESCRIBE_ENUM(MergeField, home, name, id_number, phone, born_on, marks, address_detail)

struct MergePeople {
  Uuid id;
  std::string base_version;  // Of the one that stays.
  PersonId other_id;
  std::string other_version;
  std::vector<MergeField> from_other;  // The rest is kept as the one that stays has it.
  std::string note;
};
BOOST_DESCRIBE_STRUCT(MergePeople, (), (id, base_version, other_id, other_version, from_other, note))

// One of the two, as it may be shown. Of a birth date the year, of an address whether there is more than the door.
struct SideShown {
  PersonMasked person;
  std::string id_number_masked, phone_masked, born_masked;
  bool has_address_detail = false;
  std::optional<AreaId> household_id;
  std::string household_label;
  std::optional<Date> stay_until;
  std::string version;
};
BOOST_DESCRIBE_STRUCT(SideShown, (),
                      (person, id_number_masked, phone_masked, born_masked, has_address_detail, household_id,
                       household_label, stay_until, version))
struct SideBySide {
  SideShown one, other;
  std::vector<MergeField> differing;
};
BOOST_DESCRIBE_STRUCT(SideBySide, (), (one, other, differing))

struct MergeShown {
  MergeId merge_id;
  PersonMasked other;  // The record that went.
  Instant at{};
};
BOOST_DESCRIBE_STRUCT(MergeShown, (), (merge_id, other, at))
struct PersonCard {
  SideShown record;
  std::vector<MergeShown> merged;  // What went into this record, the latest first.
};
BOOST_DESCRIBE_STRUCT(PersonCard, (), (record, merged))

Result<PersonCard> card_of(store::Session& session, const Directory& directory, PersonRef ref, Date today);
Result<SideBySide> side_by_side(store::Session& session, const Directory& directory, PersonRef one, PersonRef other,
                                Date today);
Result<PersonVersion> merge(store::Session& session, const Directory& directory, const Reactions& reactions,
                            PersonRef kept, const MergePeople& command, const Editing& by);
Result<PersonVersion> undo_merge(store::Session& session, const Directory& directory, const Reactions& reactions,
                                 PersonRef kept, MergeId id, const Editing& by);

// communities/{community}/people/{person}/card, .../beside/{other}, .../merge, .../merges/{merge}/undo.
void add_merge_routes(http::RouteTable& table, const Directory& directory, const Reactions& reactions);

}  // namespace firstline::person
