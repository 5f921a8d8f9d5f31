#pragma once

// What is kept of people, sealed as the database holds it. SQL stands in store_sql.cpp only; keys in field_key.hpp.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <boost/describe.hpp>

#include "base/fault.hpp"
#include "person/field_key.hpp"
#include "person/model.hpp"
#include "store/session.hpp"

namespace firstline::person {

// No age, no sex, nothing that follows from the birth date stands in clear: opening a birth date costs about a
// microsecond, so whoever needs the age opens it.
struct PersonRow {
  AreaId community_id;
  PersonId id;
  AreaId household_id;
  Bytes name_sealed;
  std::optional<Bytes> id_number_sealed, phone_sealed, born_sealed, address_sealed;
  std::string marks;  // Names of Mark, comma-separated.
  bool generated = false;
  // Whoever is set aside has no home and is found by nothing, but keeps what the record holds.
  PersonId merged_into;    // Counts for this one: look-ups go there.
  bool withdrawn = false;  // Was never to be here: the list that brought them was taken back.
};
BOOST_DESCRIBE_STRUCT(PersonRow, (),
                      (community_id, id, household_id, name_sealed, id_number_sealed, phone_sealed, born_sealed,
                       address_sealed, marks, generated, merged_into, withdrawn))

// What a gate asks for: no number, no phone. Kept in step with the person by save and replace, with the home by
// save_label. A record that was merged into another has none.
struct ResidentRow {
  AreaId community_id;
  PersonId person_id;
  AreaId household_id;
  Bytes name_sealed;
  std::optional<Bytes> born_sealed;
  std::string marks;
  bool generated = false;
  std::optional<std::string> household_label;
  std::optional<Bytes> household_path;
};
BOOST_DESCRIBE_STRUCT(ResidentRow, (),
                      (community_id, person_id, household_id, name_sealed, born_sealed, marks, generated,
                       household_label, household_path))

// What a gate's phone is given, masked.
struct PackRow {
  PersonId id;
  AreaId household_id;
  Bytes name_sealed;
  std::optional<Bytes> id_number_sealed, born_sealed;
  std::string household_label;
};
BOOST_DESCRIBE_STRUCT(PackRow, (), (id, household_id, name_sealed, id_number_sealed, born_sealed, household_label))
Result<ResidentMasked> masked(const FieldKey& key, const PackRow& row, const Digest& tag_key);

Result<std::optional<PersonRow>> load_person(store::Session& session, PersonRef ref);
Result<std::optional<ResidentRow>> load_resident(store::Session& session, PersonRef ref);
Result<std::vector<PersonRow>> load_household(store::Session& session, AreaId community, AreaId household);
Result<std::vector<PersonRow>> load_below(store::Session& session, AreaId community, std::string_view path);
// In the order of their homes' paths.
Result<std::vector<PackRow>> load_pack_rows(store::Session& session, AreaId community, std::string_view path);
Result<void> save(store::Session& session, const PersonRow& row);
// The row with the same id becomes this one; also what says whether it is set aside.
Result<void> replace(store::Session& session, const PersonRow& row);
Result<void> save_label(store::Session& session, AreaId community, AreaId household, std::string_view label);

Result<std::optional<PersonRef>> load_id_key(store::Session& session, const Digest& id_hash);
// False if the number belongs to somebody already.
Result<bool> save_id_key(store::Session& session, const Digest& id_hash, PersonRef ref);
Result<std::vector<PersonRef>> load_phone_key(store::Session& session, const Digest& phone_hash);
Result<void> delete_id_key(store::Session& session, const Digest& id_hash, PersonRef ref);
Result<void> delete_phone_key(store::Session& session, const Digest& phone_hash, PersonRef ref);
Result<void> save_phone_key(store::Session& session, const Digest& phone_hash, PersonRef ref);

// Why a record was opened, in the words of whoever did: free text, so sealed.
Result<void> save_reveal_note(store::Session& session, AreaId community, FactId fact, const Bytes& note_sealed,
                              const Uuid& command);
Result<bool> has_revealed(store::Session& session, AreaId community, const Uuid& command);

struct HouseholdCount {
  AreaId household_id;
  std::int64_t people = 0;
};
BOOST_DESCRIBE_STRUCT(HouseholdCount, (), (household_id, people))
// Keeps the row as it is until the end of the transaction.
Result<void> hold(store::Session& session, PersonRef ref);

// Somebody who is here for some days.
struct StayRow {
  AreaId community_id;
  PersonId person_id;
  Date until{};
};
BOOST_DESCRIBE_STRUCT(StayRow, (), (community_id, person_id, until))
Result<void> save_stay(store::Session& session, const StayRow& stay);
Result<void> delete_stay(store::Session& session, PersonRef ref);
Result<std::optional<Date>> load_stay(store::Session& session, PersonRef ref);
Result<std::vector<StayRow>> load_stays(store::Session& session, AreaId community);

// Two records that are one person, by somebody's decision.
struct Merge {
  AreaId community_id;
  MergeId id;
  PersonId kept_id, gone_id;
  Instant at{};
  AccountId account_id;
  AreaId gone_home_id;  // Where the other record's home was, and its stay.
  std::optional<Date> gone_stay_until;
  Bytes before_sealed, after_sealed;  // What the record that stays held.
  std::optional<Instant> undone_at;
  AccountId undone_by;
};
BOOST_DESCRIBE_STRUCT(Merge, (),
                      (community_id, id, kept_id, gone_id, at, account_id, gone_home_id, gone_stay_until, before_sealed,
                       after_sealed, undone_at, undone_by))
Result<void> save(store::Session& session, const Merge& merge);
Result<std::optional<Merge>> load_merge(store::Session& session, AreaId community, MergeId id);
// Those that hold, of records that went into this one; the latest first.
Result<std::vector<Merge>> load_merges_into(store::Session& session, PersonRef kept);
Result<void> save_undone(store::Session& session, const Merge& merge);

// The blind index: keyed words of people, and the people under a word, in the order of their ids.
Result<void> save_words(store::Session& session, PersonRef ref, const std::vector<std::int64_t>& words);
Result<void> delete_words(store::Session& session, PersonRef ref, const std::vector<std::int64_t>& words);
Result<void> delete_all_words(store::Session& session, AreaId community);
Result<std::vector<PersonRow>> load_with_word(store::Session& session, AreaId community, std::int64_t word,
                                              PersonId after, int limit);
// People by their ids, upwards and downwards; nobody who is set aside.
Result<std::vector<PersonRow>> load_page(store::Session& session, AreaId community, PersonId after, int limit);
Result<std::vector<PersonRow>> load_page_down(store::Session& session, AreaId community, PersonId below, int limit);

Result<std::vector<HouseholdCount>> count_below(store::Session& session, AreaId community, std::string_view path);

// What a resident asked to have corrected.
struct CorrectionTag {};
using CorrectionId = Id<CorrectionTag>;

struct Correction {
  AreaId community_id;
  CorrectionId id;
  PersonId person_id;
  Instant asked_at{};
  Bytes words_sealed;
  std::optional<AccountId> answered_by;
  std::optional<Instant> answered_at;
  bool corrected = false;
  std::optional<Bytes> answer_sealed;
};
BOOST_DESCRIBE_STRUCT(Correction, (),
                      (community_id, id, person_id, asked_at, words_sealed, answered_by, answered_at, corrected,
                       answer_sealed))

Result<void> save(store::Session& session, const Correction& correction);
Result<std::optional<Correction>> load_correction(store::Session& session, AreaId community, CorrectionId id);
// Newest first.
Result<std::vector<Correction>> load_corrections_of(store::Session& session, PersonRef ref);
// Unanswered ones, oldest first; at most 100.
Result<std::vector<Correction>> load_open_corrections(store::Session& session, AreaId community);
// False if it is answered already.
Result<bool> save_answer(store::Session& session, const Correction& correction);

}  // namespace firstline::person
