#include "person/merge.hpp"

#include <algorithm>

#include "area/service.hpp"
#include "json/json.hpp"
#include "ledger/fact.hpp"
#include "person/store.hpp"
#include "store/row_version.hpp"

namespace firstline::person {
namespace {

using store::Session;

constexpr Field before_field{"person_merge", "before"}, after_field{"person_merge", "after"};
constexpr std::size_t note_bytes_max = 1000;

// What a record says of somebody, with the stay beside it.
struct Said {
  std::optional<AreaId> household_id;
  std::optional<Date> stay_until;
  std::string name;
  std::optional<std::string> id_number, phone, address_detail;
  std::optional<Date> born_on;
  std::vector<Mark> marks;
};
BOOST_DESCRIBE_STRUCT(Said, (), (household_id, stay_until, name, id_number, phone, address_detail, born_on, marks))

struct FactBody {
  PersonId kept, gone;
  std::vector<MergeField> from_other;
  std::size_t note_characters = 0;
};
BOOST_DESCRIBE_STRUCT(FactBody, (), (kept, gone, from_other, note_characters))

Said said_by(const Person& person, std::optional<Date> stay_until) {
  Said said{{},          stay_until, person.name, person.id_number, person.phone, person.address_detail, person.born_on,
            person.marks};
  if (person.household_id) said.household_id = person.household_id;
  return said;
}

Person as_said(Person person, const Said& said) {
  person.household_id = said.household_id.value_or(AreaId{});
  person.name = said.name;
  person.id_number = said.id_number;
  person.phone = said.phone;
  person.address_detail = said.address_detail;
  person.born_on = said.born_on;
  person.marks = said.marks;
  return person;
}

bool same_marks(std::vector<Mark> one, std::vector<Mark> other) {
  std::sort(one.begin(), one.end());
  std::sort(other.begin(), other.end());
  return one == other;
}

// For each field: whether two records say the same of it, and how to take one's word for it.
bool same(MergeField field, const Said& one, const Said& other) {
  switch (field) {
    case MergeField::home:
      return one.household_id == other.household_id && one.stay_until == other.stay_until;
    case MergeField::name:
      return one.name == other.name;
    case MergeField::id_number:
      return one.id_number == other.id_number;
    case MergeField::phone:
      return one.phone == other.phone;
    case MergeField::born_on:
      return one.born_on == other.born_on;
    case MergeField::marks:
      return same_marks(one.marks, other.marks);
    case MergeField::address_detail:
      return one.address_detail == other.address_detail;
  }
  return true;
}

void take(MergeField field, const Said& from, Said& into) {
  switch (field) {
    case MergeField::home:
      into.household_id = from.household_id;
      into.stay_until = from.stay_until;
      return;
    case MergeField::name:
      into.name = from.name;
      return;
    case MergeField::id_number:
      into.id_number = from.id_number;
      return;
    case MergeField::phone:
      into.phone = from.phone;
      return;
    case MergeField::born_on:
      into.born_on = from.born_on;
      return;
    case MergeField::marks:
      into.marks = from.marks;
      return;
    case MergeField::address_detail:
      into.address_detail = from.address_detail;
      return;
  }
}

constexpr MergeField all_fields[] = {MergeField::home,          MergeField::name,    MergeField::id_number,
                                     MergeField::phone,         MergeField::born_on, MergeField::marks,
                                     MergeField::address_detail};

struct Found {
  Person person;
  Said said;
  std::string version;
};

// The record as it stands, by its own id: one that is set aside is refused.
Result<Found> found(Session& session, const Directory& directory, PersonRef ref) {
  FL_TRY(const auto row, load_person(session, ref));
  if (!row) return fail(FaultCode::not_found, "person.unknown");
  if (row->merged_into || row->withdrawn) return fail(FaultCode::conflict, "person.set_aside");
  FL_TRY(auto person, directory.open(*row));
  FL_TRY(const auto until, load_stay(session, ref));
  Said said = said_by(person, until);
  return Found{std::move(person), std::move(said), store::version_of(*row)};
}

Result<SideShown> shown(Session& session, const Found& found, Date today) {
  const Person& person = found.person;
  SideShown side;
  side.person = masked(person, today);
  if (person.id_number) side.id_number_masked = mask_id_number(*person.id_number);
  if (person.phone) side.phone_masked = mask_phone(*person.phone);
  if (person.born_on) side.born_masked = format_date(*person.born_on).substr(0, 4) + "-**-**";
  side.has_address_detail = person.address_detail.has_value();
  if (person.household_id) {
    FL_TRY(const auto home, area::find(session, person.community_id, person.household_id));
    side.household_id = home.id;
    side.household_label = home.label;
  }
  side.stay_until = found.said.stay_until;
  side.version = found.version;
  return side;
}

Result<FactId> write_fact(Session& session, PersonRef subject, AreaId where, const char* kind, const FactBody& body,
                          const Editing& by) {
  ledger::Draft fact;
  fact.community = subject.community_id;
  fact.at = fact.recorded_at = by.now;
  fact.actor = by.actor.account;
  fact.device = by.actor.device;
  fact.area = where;
  fact.kind = kind;
  fact.subject = "person:" + format_id(subject.person_id.value);
  fact.body = json::write(body);
  return ledger::write(session, fact);
}

// One for each record, so that whoever asks about either learns of it.
Result<FactId> write_facts(Session& session, AreaId community, AreaId where, const char* kind, const FactBody& body,
                           const Editing& by) {
  FL_TRYV(write_fact(session, {community, body.gone}, where, kind, body, by));
  return write_fact(session, {community, body.kept}, where, kind, body, by);
}

Result<Said> open_said(const Directory& directory, Field field, MergeId id, const Bytes& sealed) {
  FL_TRY(const auto text, directory.key().open(field, id.value, sealed));
  return json::read<Said>(text);
}

Result<PersonVersion> version_now(Session& session, PersonRef ref) {
  FL_TRY(const auto row, load_person(session, ref));
  if (!row) return fail(FaultCode::not_found, "person.unknown");
  return PersonVersion{ref.person_id, store::version_of(*row)};
}

// Both rows are held in one order, or two who merge crosswise would wait for each other.
Result<void> hold_both(Session& session, PersonRef one, PersonRef other) {
  if (other.person_id < one.person_id) std::swap(one, other);
  FL_TRYV(hold(session, one));
  return hold(session, other);
}

}  // namespace

Result<PersonCard> card_of(Session& session, const Directory& directory, PersonRef ref, Date today) {
  FL_TRY(const auto counted, counted_as(session, ref));
  FL_TRY(const auto here, found(session, directory, counted));
  PersonCard card;
  FL_TRY(card.record, shown(session, here, today));
  FL_TRY(const auto merges, load_merges_into(session, counted));
  for (const Merge& merge : merges) {
    FL_TRY(const auto row, load_person(session, {merge.community_id, merge.gone_id}));
    if (!row) continue;
    FL_TRY(const auto gone, directory.open(*row));
    card.merged.push_back({merge.id, masked(gone, today), merge.at});
  }
  return card;
}

Result<SideBySide> side_by_side(Session& session, const Directory& directory, PersonRef one, PersonRef other,
                                Date today) {
  if (one == other) return fail(FaultCode::invalid, "merge.itself");
  FL_TRY(const auto left, found(session, directory, one));
  FL_TRY(const auto right, found(session, directory, other));
  SideBySide both;
  FL_TRY(both.one, shown(session, left, today));
  FL_TRY(both.other, shown(session, right, today));
  for (const MergeField field : all_fields)
    if (!same(field, left.said, right.said)) both.differing.push_back(field);
  return both;
}

Result<PersonVersion> merge(Session& session, const Directory& directory, const Reactions& reactions, PersonRef kept,
                            const MergePeople& command, const Editing& by) {
  const PersonRef gone{kept.community_id, command.other_id};
  if (kept == gone) return fail(FaultCode::invalid, "merge.itself");
  if (command.note.size() > note_bytes_max) return fail(FaultCode::invalid, "edit.note_too_long", {}, "/note");
  if (command.note.find_first_not_of(" \t\r\n") == std::string::npos)
    return fail(FaultCode::invalid, "edit.note_missing", {}, "/note");
  FL_TRYV(hold_both(session, kept, gone));
  FL_TRY(const auto stays, found(session, directory, kept));
  FL_TRY(const auto goes, found(session, directory, gone));
  if (stays.version != command.base_version || goes.version != command.other_version)
    return fail(FaultCode::stale, "person.changed");
  Said after = stays.said;
  for (const MergeField field : command.from_other) take(field, goes.said, after);
  if (after.id_number) after.born_on.reset();  // It follows from the number.

  // The other goes first: its ID number may be the one that holds.
  FL_TRYV(directory.set_aside(session, gone, kept.person_id));
  FL_TRYV(directory.put(session, as_said(stays.person, after), by.now, by.random));
  FL_TRYV(directory.keep_stay(session, kept, after.household_id ? after.stay_until : std::nullopt));
  FL_TRY(const auto written, found(session, directory, kept));
  Merge row;
  row.community_id = kept.community_id;
  row.id = session.new_id<MergeId>(by.now);
  row.kept_id = kept.person_id;
  row.gone_id = gone.person_id;
  row.at = by.now;
  row.account_id = by.actor.account;
  row.gone_home_id = goes.person.household_id;
  row.gone_stay_until = goes.said.stay_until;
  const FieldKey& key = directory.key();
  row.before_sealed = key.seal(by.random, before_field, row.id.value, json::write(stays.said));
  row.after_sealed = key.seal(by.random, after_field, row.id.value, json::write(written.said));
  FL_TRYV(save(session, row));
  const AreaId home = written.person.household_id;
  const FactBody body{row.kept_id, row.gone_id, command.from_other, command.note.size()};
  FL_TRY(const FactId fact, write_facts(session, row.community_id, home, "person.merged", body, by));
  FL_TRYV(save_reveal_note(session, row.community_id, fact,
                           key.seal(by.random, {"reveal_note", "note"}, fact.value, command.note), command.id));
  if (reactions.merged) FL_TRYV(reactions.merged(session, {row.community_id, row.id, row.kept_id, row.gone_id, home}));
  return version_now(session, kept);
}

Result<PersonVersion> undo_merge(Session& session, const Directory& directory, const Reactions& reactions,
                                 PersonRef kept, MergeId id, const Editing& by) {
  FL_TRY(auto row, load_merge(session, kept.community_id, id));
  if (!row || row->kept_id != kept.person_id) return fail(FaultCode::not_found, "merge.unknown");
  const PersonRef gone{row->community_id, row->gone_id};
  FL_TRYV(hold_both(session, kept, gone));
  FL_TRY(const auto merges, load_merges_into(session, kept));
  if (std::none_of(merges.begin(), merges.end(), [&](const Merge& each) { return each.id == id; }))
    return fail(FaultCode::conflict, "merge.undone");
  // What a later one took over stands on what this one left.
  if (merges.front().id != id) return fail(FaultCode::conflict, "merge.later_first");
  FL_TRY(const auto now_there, found(session, directory, kept));
  FL_TRY(const auto before, open_said(directory, before_field, id, row->before_sealed));
  FL_TRY(const auto after, open_said(directory, after_field, id, row->after_sealed));
  Said back = now_there.said;
  for (const MergeField field : all_fields)
    if (same(field, now_there.said, after)) take(field, before, back);
  if (back.id_number) back.born_on.reset();
  FL_TRYV(directory.put(session, as_said(now_there.person, back), by.now, by.random));
  FL_TRYV(directory.keep_stay(session, kept, back.household_id ? back.stay_until : std::nullopt));
  FL_TRYV(directory.bring_back(session, gone, row->gone_home_id, by.now, by.random));
  FL_TRYV(directory.keep_stay(session, gone, row->gone_stay_until));
  row->undone_at = by.now;
  row->undone_by = by.actor.account;
  FL_TRYV(save_undone(session, *row));
  const AreaId home = back.household_id.value_or(AreaId{});
  FL_TRYV(write_facts(session, row->community_id, home, "person.separated", {row->kept_id, row->gone_id, {}, 0}, by));
  if (reactions.separated)
    FL_TRYV(reactions.separated(session, {row->community_id, row->id, row->kept_id, row->gone_id, home}));
  return version_now(session, kept);
}

}  // namespace firstline::person
