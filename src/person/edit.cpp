#include "person/edit.hpp"

#include "area/service.hpp"
#include "json/json.hpp"
#include "ledger/fact.hpp"
#include "person/store.hpp"
#include "store/row_version.hpp"

namespace firstline::person {
namespace {

using store::Session;

struct MoveBody {
  std::optional<AreaId> from, to;
  std::optional<Date> stay_until;
};
BOOST_DESCRIBE_STRUCT(MoveBody, (), (from, to, stay_until))
struct CorrectBody {
  std::vector<std::string> fields;
  std::size_t note_characters = 0;
};
BOOST_DESCRIBE_STRUCT(CorrectBody, (), (fields, note_characters))

constexpr std::size_t note_bytes_max = 1000;

std::optional<AreaId> known(AreaId id) { return id ? std::optional(id) : std::nullopt; }

Result<FactId> write_fact(Session& session, PersonRef ref, AreaId where, const char* kind, std::string body,
                          const Editing& by) {
  ledger::Draft fact;
  fact.community = ref.community_id;
  fact.at = fact.recorded_at = by.now;
  fact.actor = by.actor.account;
  fact.device = by.actor.device;
  fact.area = where;
  fact.kind = kind;
  fact.subject = "person:" + format_id(ref.person_id.value);
  fact.body = std::move(body);
  return ledger::write(session, fact);
}

Result<area::Area> home_at(Session& session, AreaId community, AreaId id) {
  FL_TRY(auto home, area::find(session, community, id));
  if (home.kind != area::AreaKind::household) return fail(FaultCode::invalid, "area.no_household", {}, "/household_id");
  return home;
}

Result<void> keep_stay(Session& session, const Directory& directory, PersonRef ref, std::optional<Date> until,
                       const Editing& by) {
  if (until && *until < civil_date(by.now)) return fail(FaultCode::invalid, "edit.stay_over", {}, "/stay_until");
  return directory.keep_stay(session, ref, until);
}

// The record as it stands, with its row held until the end of the transaction; stale if it is not the one that was
// read.
Result<Person> person_for(Session& session, const Directory& directory, PersonRef ref, std::string_view base_version) {
  FL_TRYV(hold(session, ref));
  FL_TRY(const auto row, load_person(session, ref));
  if (!row) return fail(FaultCode::not_found, "person.unknown");
  if (row->merged_into || row->withdrawn) return fail(FaultCode::conflict, "person.set_aside");
  if (store::version_of(*row) != base_version) return fail(FaultCode::stale, "person.changed");
  return directory.open(*row);
}

Result<PersonVersion> version_now(Session& session, PersonRef ref) {
  FL_TRY(const auto row, load_person(session, ref));
  if (!row) return fail(FaultCode::not_found, "person.unknown");
  return PersonVersion{ref.person_id, store::version_of(*row)};
}

// The names of the fields that the command changes; `person` becomes what it is to be.
std::vector<std::string> apply(const CorrectPerson& command, Person& person) {
  std::vector<std::string> fields;
  const auto take = [&](const char* name, const auto& wanted, auto& field) {
    if (!wanted || field == *wanted) return;
    field = *wanted;
    fields.emplace_back(name);
  };
  take("name", command.name, person.name);
  take("id_number", command.id_number, person.id_number);
  if (command.id_number && !command.born_on) person.born_on.reset();  // It follows from the number.
  take("born_on", command.born_on, person.born_on);
  take("marks", command.marks, person.marks);
  if (command.phone && command.phone->empty()) {
    if (person.phone) fields.emplace_back("phone");
    person.phone.reset();
  } else {
    take("phone", command.phone, person.phone);
  }
  return fields;
}

}  // namespace

Result<PersonVersion> move_in(Session& session, const Directory& directory, AreaId community, AreaId household,
                              const AddPerson& command, const Editing& by) {
  FL_TRY(const auto home, home_at(session, community, household));
  Person person;
  person.community_id = community;
  person.household_id = home.id;
  person.name = command.name;
  person.id_number = command.id_number;
  person.phone = command.phone;
  person.born_on = command.born_on;
  person.marks = command.marks;
  person.generated = home.generated;  // Nobody real lives in a house that never was.
  FL_TRY(const auto ref, directory.add(session, std::move(person), by.now, by.random));
  FL_TRYV(keep_stay(session, directory, ref, command.stay_until, by));
  FL_TRYV(
      write_fact(session, ref, home.id, "person.moved_in", json::write(MoveBody{{}, home.id, command.stay_until}), by));
  return version_now(session, ref);
}

Result<PersonVersion> move(Session& session, const Directory& directory, PersonRef ref, const MovePerson& command,
                           const Editing& by) {
  FL_TRY(auto person, person_for(session, directory, ref, command.base_version));
  const AreaId from = person.household_id;
  if (command.household_id) FL_TRYV(home_at(session, ref.community_id, *command.household_id));
  person.household_id = command.household_id.value_or(AreaId{});
  FL_TRYV(directory.put(session, person, by.now, by.random));
  FL_TRYV(keep_stay(session, directory, ref, command.household_id ? command.stay_until : std::nullopt, by));
  const MoveBody body{known(from), command.household_id, command.stay_until};
  FL_TRYV(write_fact(session, ref, command.household_id.value_or(from),
                     command.household_id ? "person.moved" : "person.moved_out", json::write(body), by));
  return version_now(session, ref);
}

Result<PersonVersion> correct(Session& session, const Directory& directory, PersonRef ref, const CorrectPerson& command,
                              const Editing& by) {
  if (command.note.size() > note_bytes_max) return fail(FaultCode::invalid, "edit.note_too_long", {}, "/note");
  const bool noted = command.note.find_first_not_of(" \t\r\n") != std::string::npos;
  if (command.id_number && !noted) return fail(FaultCode::invalid, "edit.note_missing", {}, "/note");
  FL_TRY(auto person, person_for(session, directory, ref, command.base_version));
  CorrectBody body{apply(command, person), command.note.size()};
  if (body.fields.empty()) return fail(FaultCode::invalid, "person.nothing_to_change");
  FL_TRYV(directory.put(session, person, by.now, by.random));
  FL_TRY(const FactId fact, write_fact(session, ref, person.household_id, "person.corrected", json::write(body), by));
  if (noted) {
    FL_TRYV(save_reveal_note(session, ref.community_id, fact,
                             directory.key().seal(by.random, {"reveal_note", "note"}, fact.value, command.note),
                             command.id));
  }
  return version_now(session, ref);
}

Result<std::vector<MemberShown>> members(Session& session, const Directory& directory, AreaId community,
                                         AreaId household, Date today) {
  FL_TRY(const auto rows, load_household(session, community, household));
  std::vector<MemberShown> shown;
  for (const PersonRow& row : rows) {
    FL_TRY(const auto person, directory.open(row));
    FL_TRY(const auto until, load_stay(session, {community, row.id}));
    shown.push_back({masked(person, today), person.phone ? mask_phone(*person.phone) : std::string(),
                     person.id_number ? mask_id_number(*person.id_number) : std::string(), until,
                     until && *until < today, store::version_of(row)});
  }
  return shown;
}

}  // namespace firstline::person
