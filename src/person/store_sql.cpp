#include <algorithm>
#include <array>

#include "area/model.hpp"
#include "person/store.hpp"
#include "store/migration.hpp"

namespace firstline::person {
namespace {

using store::Scope;
using store::Session;
using store::Statement;

const store::Migration people{11, "person", R"sql(
create table person (
  -- numbered by id
  community_id bigint not null,
  id bigint not null,
  household_id bigint,
  name_sealed bytea not null,
  id_number_sealed bytea,
  phone_sealed bytea,
  born_sealed bytea,
  address_sealed bytea,
  marks text not null,
  generated smallint not null,
  primary key (community_id, id)
);
create index person_household on person (community_id, household_id, id);

create table person_key (
  -- in key order
  id_hash bytea not null primary key,
  community_id bigint not null,
  person_id bigint not null
);
create table phone_key (
  -- in key order
  phone_hash bytea not null,
  person_id bigint not null,
  community_id bigint not null,
  primary key (phone_hash, person_id)
);

create table reveal_note (
  community_id bigint not null,
  fact_id bigint not null,
  note_sealed bytea not null,
  primary key (community_id, fact_id)
);
)sql"};

// Names, spellings and phones are looked for by keyed words. Word before person: a look-up is one range.
const store::Migration words{41, "person", R"sql(
create table person_word (
  -- in key order
  community_id bigint not null,
  word bigint not null,
  person_id bigint not null,
  primary key (community_id, word, person_id)
);
)sql"};

// The last day of a temporary stay (暂住), in days since 1970.
const store::Migration stays{42, "person", R"sql(
create table person_stay (
  -- in key order
  community_id bigint not null,
  person_id bigint not null,
  until bigint not null,
  primary key (community_id, person_id)
);
)sql"};

// A reveal sent twice is one reveal.
const store::Migration reveal_command{61, "person", R"sql(
alter table reveal_note add column command_id bytea;
create unique index reveal_note_command on reveal_note (community_id, command_id);
)sql"};

const store::Migration corrections{62, "person", R"sql(
create table person_correction (
  community_id bigint not null,
  id bigint not null,
  person_id bigint not null,
  asked_at bigint not null,
  words_sealed bytea not null,
  answered_by bigint,
  answered_at bigint,
  corrected smallint not null,
  answer_sealed bytea,
  primary key (community_id, id)
);
create index person_correction_person on person_correction (community_id, person_id, id);
create index person_correction_open on person_correction (community_id, id) where answered_at is null;
)sql"};

// What a gate asks about somebody, in one row: copied from the person and the home whenever one of them changes, in the
// same transaction; `health` keeps in it how they stand. It saves the gate the ways to the home and to the standing,
// and long rows with numbers and phones that it does not ask for.
const store::Migration residents{95, "person", R"sql(
create table resident (
  -- numbered by person_id
  community_id bigint not null,
  person_id bigint not null,
  household_id bigint,
  name_sealed bytea not null,
  born_sealed bytea,
  marks text not null,
  generated smallint not null,
  household_label text,
  household_path bytea,
  primary key (community_id, person_id)
);
insert into resident (community_id, person_id, household_id, name_sealed, born_sealed, marks, generated,
  household_label, household_path)
  select p.community_id, p.id, p.household_id, p.name_sealed, p.born_sealed, p.marks, p.generated, a.label, a.path
  from person p left join area a on a.community_id = p.community_id and a.id = p.household_id;
)sql"};

// Records that are set aside: merged into another, or withdrawn with the list that brought them.
const store::Migration set_aside{63, "person", R"sql(
alter table person add column merged_into bigint;
alter table person add column withdrawn smallint not null default 0;
create table person_merge (
  community_id bigint not null,
  id bigint not null,
  kept_id bigint not null,
  gone_id bigint not null,
  at bigint not null,
  account_id bigint,
  gone_home_id bigint,
  gone_stay_until bigint,
  before_sealed bytea not null,
  after_sealed bytea not null,
  undone_at bigint,
  undone_by bigint,
  primary key (community_id, id)
);
create index person_merge_kept on person_merge (community_id, kept_id, id) where undone_at is null;
)sql"};

struct HomeRow {
  std::string label;
  Bytes path;
};
BOOST_DESCRIBE_STRUCT(HomeRow, (), (label, path))

struct RefRow {
  AreaId community_id;
  PersonId person_id;
};
BOOST_DESCRIBE_STRUCT(RefRow, (), (community_id, person_id))

const std::string columns = store::columns_of<PersonRow>();

const Statement insert_person{"person.insert", Scope::community, store::insert_text<PersonRow>("person")};
const Statement select_person{"person.select", Scope::community,
                              "select " + columns + " from person where community_id = $1 and id = $2"};
const std::string resident_columns = store::columns_of<ResidentRow>();
const Statement select_resident{
    "person.select_resident", Scope::community,
    "select " + resident_columns + " from resident where community_id = $1 and person_id = $2"};
const Statement insert_resident{"person.insert_resident", Scope::community,
                                store::insert_text<ResidentRow>("resident")};
const Statement update_resident{
    "person.update_resident", Scope::community,
    "update resident set household_id = $3, name_sealed = $4, born_sealed = $5, marks = $6, generated = $7, "
    "household_label = $8, household_path = $9 where community_id = $1 and person_id = $2"};
const Statement select_home{"person.select_home", Scope::community,
                            "select label, path from area where community_id = $1 and id = $2"};
const Statement delete_resident{"person.delete_resident", Scope::community,
                                "delete from resident where community_id = $1 and person_id = $2"};
const Statement update_labels{
    "person.update_labels", Scope::community,
    "update resident set household_label = $3 where person_id in (select id from person where "
    "community_id = $1 and household_id = $2) and community_id = $1"};
const Statement select_household{
    "person.select_household", Scope::community,
    "select " + columns + " from person where community_id = $1 and household_id = $2 order by id"};

const Statement select_below{
    "person.select_below", Scope::community,
    "select " + store::columns_of<PersonRow>("p.") +
        " from area a join person p on p.community_id = a.community_id and p.household_id = a.id "
        "where a.community_id = $1 and a.path >= $2 and a.path < $3 and a.kind = 'household'"};
const Statement select_pack{
    "person.select_pack", Scope::community,
    "select p.id, p.household_id, p.name_sealed, p.id_number_sealed, p.born_sealed, a.label "
    "from area a join person p on p.community_id = a.community_id and p.household_id = a.id "
    "where a.community_id = $1 and a.path >= $2 and a.path < $3 and a.kind = 'household' order by a.path, p.id"};
const Statement update_person{
    "person.update", Scope::community,
    "update person set household_id = $3, name_sealed = $4, id_number_sealed = $5, phone_sealed = "
    "$6, born_sealed = $7, address_sealed = $8, marks = $9, generated = $10, merged_into = $11, "
    "withdrawn = $12 where community_id = $1 and id = $2"};

const Statement insert_id_key{"person.insert_id_key", Scope::key,
                              "insert into person_key (id_hash, community_id, person_id) values ($1, $2, $3) "
                              "on conflict (id_hash) do nothing"};
const Statement select_id_key{"person.select_id_key", Scope::key,
                              "select community_id, person_id from person_key where id_hash = $1"};
const Statement delete_id_key_of{"person.delete_id_key", Scope::key,
                                 "delete from person_key where id_hash = $1 and person_id = $2"};
const Statement delete_phone_key_of{"person.delete_phone_key", Scope::key,
                                    "delete from phone_key where phone_hash = $1 and person_id = $2"};
const Statement insert_phone_key{"person.insert_phone_key", Scope::key,
                                 "insert into phone_key (phone_hash, community_id, person_id) values ($1, $2, $3) "
                                 "on conflict (phone_hash, person_id) do nothing"};
const Statement select_phone_key{
    "person.select_phone_key", Scope::key,
    "select community_id, person_id from phone_key where phone_hash = $1 order by person_id"};

const Statement insert_reveal_note{
    "person.insert_reveal_note", Scope::community,
    "insert into reveal_note (community_id, fact_id, note_sealed, command_id) values ($1, $2, $3, $4)"};
const Statement select_reveal{"person.select_reveal", Scope::community,
                              "select fact_id from reveal_note where community_id = $1 and command_id = $2"};

const Statement select_counts{
    "person.count_below", Scope::community,
    "select p.household_id, count(*) from area a join person p on p.community_id = a.community_id and "
    "p.household_id = a.id where a.community_id = $1 and a.path >= $2 and a.path < $3 "
    "and a.kind = 'household' group by p.household_id"};

// Changes nothing, but PostgreSQL then lets nobody else change the row before this transaction ends.
const Statement hold_person{"person.hold", Scope::community,
                            "update person set generated = generated where community_id = $1 and id = $2"};
const Statement insert_stay{"person.insert_stay", Scope::community, store::insert_text<StayRow>("person_stay")};
const Statement delete_stay_of{"person.delete_stay", Scope::community,
                               "delete from person_stay where community_id = $1 and person_id = $2"};
const Statement select_stay{"person.select_stay", Scope::community,
                            "select until from person_stay where community_id = $1 and person_id = $2"};
const Statement select_stays{"person.select_stays", Scope::community,
                             "select " + store::columns_of<StayRow>() + " from person_stay where community_id = $1"};

const Statement insert_merge{"person.insert_merge", Scope::community, store::insert_text<Merge>("person_merge")};
const Statement select_merge{
    "person.select_merge", Scope::community,
    "select " + store::columns_of<Merge>() + " from person_merge where community_id = $1 and id = $2"};
const Statement select_merges_into{"person.select_merges_into", Scope::community,
                                   "select " + store::columns_of<Merge>() +
                                       " from person_merge where community_id = $1 and kept_id = $2 and undone_at is "
                                       "null order by id desc"};
const Statement update_merge{
    "person.undo_merge", Scope::community,
    "update person_merge set undone_at = $3, undone_by = $4 where community_id = $1 and id = $2"};

const Statement insert_correction{"person.insert_correction", Scope::community,
                                  store::insert_text<Correction>("person_correction")};
const Statement select_correction{
    "person.select_correction", Scope::community,
    "select " + store::columns_of<Correction>() + " from person_correction where community_id = $1 and id = $2"};
const Statement select_corrections_of{"person.select_corrections_of", Scope::community,
                                      "select " + store::columns_of<Correction>() +
                                          " from person_correction where community_id = $1 and person_id = $2 order by "
                                          "id desc limit 50"};
const Statement select_open_corrections{"person.select_open_corrections", Scope::community,
                                        "select " + store::columns_of<Correction>() +
                                            " from person_correction where community_id = $1 and answered_at is null "
                                            "order by id limit 100"};
const Statement update_answer{
    "person.answer_correction", Scope::community,
    "update person_correction set answered_by = $3, answered_at = $4, corrected = $5, answer_sealed = $6 where "
    "community_id = $1 and id = $2 and answered_at is null"};

// All words of a person are one journey to the server; few have more than eight.
std::string insert_words_text(int count) {
  std::string text = "insert into person_word (community_id, person_id, word) values ";
  for (int i = 0; i < count; ++i) text += (i ? ", ($1, $2, $" : "($1, $2, $") + std::to_string(3 + i) + ")";
  return text + " on conflict (community_id, word, person_id) do nothing";
}
const Statement insert_words[] = {
    {"person.insert_words_1", Scope::community, insert_words_text(1)},
    {"person.insert_words_2", Scope::community, insert_words_text(2)},
    {"person.insert_words_3", Scope::community, insert_words_text(3)},
    {"person.insert_words_4", Scope::community, insert_words_text(4)},
    {"person.insert_words_5", Scope::community, insert_words_text(5)},
    {"person.insert_words_6", Scope::community, insert_words_text(6)},
    {"person.insert_words_7", Scope::community, insert_words_text(7)},
    {"person.insert_words_8", Scope::community, insert_words_text(8)},
};
const Statement delete_word{"person.delete_word", Scope::community,
                            "delete from person_word where community_id = $1 and word = $2 and person_id = $3"};
const Statement delete_words_of_all{"person.delete_all_words", Scope::community,
                                    "delete from person_word where community_id = $1"};
const Statement select_with_word{
    "person.select_with_word", Scope::community,
    "select " + store::columns_of<PersonRow>("p.") +
        " from person_word w join person p on p.community_id = w.community_id and p.id = w.person_id "
        "where w.community_id = $1 and w.word = $2 and w.person_id > $3 order by w.person_id limit $4"};
const Statement select_page{
    "person.select_page", Scope::community,
    "select " + columns +
        " from person where community_id = $1 and id > $2 and merged_into is null and withdrawn = 0 "
        "order by id limit $3"};

const Statement select_page_down{
    "person.select_page_down", Scope::community,
    "select " + columns +
        " from person where community_id = $1 and id < $2 and merged_into is null and withdrawn = 0 "
        "order by id desc limit $3"};

std::span<const std::byte> bytes_of(std::string_view text) { return std::as_bytes(std::span(text)); }
std::span<const std::byte> bytes_of(const Digest& digest) { return digest; }

Result<ResidentRow> resident_of(Session& session, const PersonRow& row) {
  ResidentRow resident{
      row.community_id, row.id, row.household_id, row.name_sealed, row.born_sealed, row.marks, row.generated, {}, {}};
  if (!row.household_id) return resident;
  FL_TRY(auto home, session.maybe<HomeRow>(select_home, row.community_id, row.household_id));
  if (!home) return resident;
  resident.household_label = std::move(home->label);
  resident.household_path = std::move(home->path);
  return resident;
}

std::vector<PersonRef> refs(const std::vector<RefRow>& rows) {
  std::vector<PersonRef> out;
  out.reserve(rows.size());
  for (const RefRow& row : rows) out.push_back({row.community_id, row.person_id});
  return out;
}

}  // namespace

Result<std::optional<PersonRow>> load_person(Session& session, PersonRef ref) {
  return session.maybe<PersonRow>(select_person, ref.community_id, ref.person_id);
}

Result<std::optional<ResidentRow>> load_resident(Session& session, PersonRef ref) {
  return session.maybe<ResidentRow>(select_resident, ref.community_id, ref.person_id);
}

Result<std::vector<PersonRow>> load_household(Session& session, AreaId community, AreaId household) {
  return session.all<PersonRow>(select_household, community, household);
}

Result<std::vector<PersonRow>> load_below(Session& session, AreaId community, std::string_view path) {
  const auto range = area::range_below(path);
  return session.all<PersonRow>(select_below, community, bytes_of(range.first), bytes_of(range.last));
}

Result<std::vector<PackRow>> load_pack_rows(Session& session, AreaId community, std::string_view path) {
  const auto range = area::range_below(path);
  return session.all<PackRow>(select_pack, community, bytes_of(range.first), bytes_of(range.last));
}

Result<void> replace(Session& session, const PersonRow& row) {
  FL_TRY(const auto changed, session.insert(update_person, row));  // The same values in the same order.
  if (changed == 0) return fail(FaultCode::not_found, "person.unknown");
  if (row.merged_into) {  // A gate that asks is sent on to the one that counts.
    FL_TRYV(session.run(delete_resident, row.community_id, row.id));
    return {};
  }
  FL_TRY(const auto resident, resident_of(session, row));
  FL_TRY(const auto known, session.insert(update_resident, resident));
  if (known == 0) FL_TRYV(session.insert(insert_resident, resident));  // Stands for itself again.
  return {};
}

Result<void> save(Session& session, const PersonRow& row) {
  FL_TRYV(session.insert(insert_person, row));
  FL_TRY(const auto resident, resident_of(session, row));
  FL_TRYV(session.insert(insert_resident, resident));
  return {};
}

Result<void> save_label(Session& session, AreaId community, AreaId household, std::string_view label) {
  FL_TRYV(session.run(update_labels, community, household, label));
  return {};
}

Result<std::optional<PersonRef>> load_id_key(Session& session, const Digest& id_hash) {
  FL_TRY(const auto row, session.maybe<RefRow>(select_id_key, bytes_of(id_hash)));
  if (!row) return std::optional<PersonRef>();
  return std::optional(PersonRef{row->community_id, row->person_id});
}

Result<bool> save_id_key(Session& session, const Digest& id_hash, PersonRef ref) {
  FL_TRY(const auto added, session.run(insert_id_key, bytes_of(id_hash), ref.community_id, ref.person_id));
  return added > 0;
}

Result<std::vector<PersonRef>> load_phone_key(Session& session, const Digest& phone_hash) {
  FL_TRY(const auto rows, session.all<RefRow>(select_phone_key, bytes_of(phone_hash)));
  return refs(rows);
}

Result<void> delete_id_key(Session& session, const Digest& id_hash, PersonRef ref) {
  FL_TRYV(session.run(delete_id_key_of, bytes_of(id_hash), ref.person_id));
  return {};
}

Result<void> delete_phone_key(Session& session, const Digest& phone_hash, PersonRef ref) {
  FL_TRYV(session.run(delete_phone_key_of, bytes_of(phone_hash), ref.person_id));
  return {};
}

Result<void> save_phone_key(Session& session, const Digest& phone_hash, PersonRef ref) {
  FL_TRYV(session.run(insert_phone_key, bytes_of(phone_hash), ref.community_id, ref.person_id));
  return {};
}

Result<void> save_reveal_note(Session& session, AreaId community, FactId fact, const Bytes& note_sealed,
                              const Uuid& command) {
  FL_TRYV(session.run(insert_reveal_note, community, fact, note_sealed, command));
  return {};
}

Result<bool> has_revealed(Session& session, AreaId community, const Uuid& command) {
  FL_TRY(const auto fact, session.maybe<FactId>(select_reveal, community, command));
  return fact.has_value();
}

Result<std::vector<HouseholdCount>> count_below(Session& session, AreaId community, std::string_view path) {
  const auto range = area::range_below(path);
  return session.all<HouseholdCount>(select_counts, community, bytes_of(range.first), bytes_of(range.last));
}

Result<void> hold(Session& session, PersonRef ref) {
  FL_TRYV(session.run(hold_person, ref.community_id, ref.person_id));
  return {};
}

Result<void> save_stay(Session& session, const StayRow& stay) {
  FL_TRYV(session.insert(insert_stay, stay));
  return {};
}
Result<void> delete_stay(Session& session, PersonRef ref) {
  FL_TRYV(session.run(delete_stay_of, ref.community_id, ref.person_id));
  return {};
}
Result<std::optional<Date>> load_stay(Session& session, PersonRef ref) {
  return session.maybe<Date>(select_stay, ref.community_id, ref.person_id);
}

Result<std::vector<StayRow>> load_stays(Session& session, AreaId community) {
  return session.all<StayRow>(select_stays, community);
}

Result<void> save(Session& session, const Merge& merge) {
  FL_TRYV(session.insert(insert_merge, merge));
  return {};
}
Result<std::optional<Merge>> load_merge(Session& session, AreaId community, MergeId id) {
  return session.maybe<Merge>(select_merge, community, id);
}
Result<std::vector<Merge>> load_merges_into(Session& session, PersonRef kept) {
  return session.all<Merge>(select_merges_into, kept.community_id, kept.person_id);
}
Result<void> save_undone(Session& session, const Merge& merge) {
  FL_TRYV(session.run(update_merge, merge.community_id, merge.id, merge.undone_at, merge.undone_by));
  return {};
}

Result<void> save_words(Session& session, PersonRef ref, const std::vector<std::int64_t>& words) {
  for (std::size_t at = 0; at < words.size();) {
    const std::size_t count = std::min(words.size() - at, std::size(insert_words));
    std::array<store::Value, 2 + std::size(insert_words)> values{ref.community_id.value, ref.person_id.value};
    std::copy_n(words.begin() + static_cast<std::ptrdiff_t>(at), count, values.begin() + 2);
    FL_TRYV(session.execute(insert_words[count - 1], std::span(values).first(2 + count)));
    at += count;
  }
  return {};
}

Result<void> delete_words(Session& session, PersonRef ref, const std::vector<std::int64_t>& words) {
  for (const std::int64_t word : words) FL_TRYV(session.run(delete_word, ref.community_id, word, ref.person_id));
  return {};
}

Result<void> delete_all_words(Session& session, AreaId community) {
  FL_TRYV(session.run(delete_words_of_all, community));
  return {};
}

Result<std::vector<PersonRow>> load_with_word(Session& session, AreaId community, std::int64_t word, PersonId after,
                                              int limit) {
  return session.all<PersonRow>(select_with_word, community, word, after.value, limit);
}

Result<std::vector<PersonRow>> load_page(Session& session, AreaId community, PersonId after, int limit) {
  return session.all<PersonRow>(select_page, community, after.value, limit);
}

Result<std::vector<PersonRow>> load_page_down(Session& session, AreaId community, PersonId below, int limit) {
  return session.all<PersonRow>(select_page_down, community, below.value, limit);
}

Result<void> save(Session& session, const Correction& correction) {
  FL_TRYV(session.insert(insert_correction, correction));
  return {};
}

Result<std::optional<Correction>> load_correction(Session& session, AreaId community, CorrectionId id) {
  return session.maybe<Correction>(select_correction, community, id);
}

Result<std::vector<Correction>> load_corrections_of(Session& session, PersonRef ref) {
  return session.all<Correction>(select_corrections_of, ref.community_id, ref.person_id);
}

Result<std::vector<Correction>> load_open_corrections(Session& session, AreaId community) {
  return session.all<Correction>(select_open_corrections, community);
}

Result<bool> save_answer(Session& session, const Correction& correction) {
  FL_TRY(const auto changed, session.run(update_answer, correction.community_id, correction.id, correction.answered_by,
                                         correction.answered_at, correction.corrected, correction.answer_sealed));
  return changed > 0;
}

}  // namespace firstline::person
