#include "intake/service.hpp"

#include <algorithm>

#include "intake/store.hpp"
#include "intake/text.hpp"
#include "json/json.hpp"
#include "ledger/fact.hpp"

namespace firstline::intake {
namespace {

using person::Field;
using person::Person;
using store::Session;

constexpr Field file_field{"intake_file", "sealed"}, before_field{"intake_taken", "before"};
constexpr std::size_t people_in_a_transaction = 100;  // About ten milliseconds of the writer.

// What an import writes of a person. Without a household: moved out.
struct Kept {
  std::optional<AreaId> household_id;
  std::string name;
  std::optional<std::string> id_number, phone, address_detail;
  std::optional<Date> born_on;
  std::vector<person::Mark> marks;
};
BOOST_DESCRIBE_STRUCT(Kept, (), (household_id, name, id_number, phone, address_detail, born_on, marks))

std::string text_of(const Person& person) {
  Kept kept{{}, person.name, person.id_number, person.phone, person.address_detail, person.born_on, person.marks};
  if (person.household_id) kept.household_id = person.household_id;
  return json::write(kept);
}

store::Bytes hash_of(const person::FieldKey& key, const Person& person) {
  const auto digest = key.search_hash("intake_person", text_of(person));
  return {digest.begin(), digest.end()};
}

struct FactBody {
  Counts counts;
  std::int64_t kept_back = 0;
};
BOOST_DESCRIBE_STRUCT(FactBody, (), (counts, kept_back))

Result<void> write_fact(Session& session, const Import& import, std::string kind, const By& by) {
  FactBody body;
  if (!import.counts.empty()) {
    FL_TRY(body.counts, json::read<Counts>(import.counts));
  }
  body.kept_back = import.kept_back;
  ledger::Draft fact;
  fact.community = fact.area = import.community_id;
  fact.at = fact.recorded_at = by.now;
  fact.actor = by.account;
  // Only a secretary imports; the work runs outside the use case that admitted them.
  if (by.account) fact.role = "secretary";
  fact.kind = std::move(kind);
  fact.subject = "import:" + format_id(import.id.value);
  fact.body = json::write(body);
  FL_TRYV(ledger::write(session, fact));
  return {};
}

enum class ExportReason { correction, handover, asked_by_superior };
BOOST_DESCRIBE_ENUM(ExportReason, correction, handover, asked_by_superior)
struct ExportBody {
  std::int64_t people = 0;
  ExportReason reason = ExportReason::correction;
};
BOOST_DESCRIBE_STRUCT(ExportBody, (), (people, reason))

tl::unexpected<Fault> wrong_state() { return fail(FaultCode::conflict, "import.wrong_state"); }

std::vector<Row> body_of(std::vector<Row> rows) {
  rows.erase(rows.begin(), rows.begin() + static_cast<std::ptrdiff_t>(heading_row(rows)) + 1);
  return rows;
}

}  // namespace

// One at a time may change an import; another node's is kept off by the states in the database.
class Intake::UnderWay {
 public:
  UnderWay(Intake& intake, ImportId id) : intake_(intake), id_(id.value) {
    const std::lock_guard lock(intake_.mutex_);
    mine_ = intake_.under_way_.insert(id_).second;
  }
  ~UnderWay() {
    const std::lock_guard lock(intake_.mutex_);
    if (mine_) intake_.under_way_.erase(id_);
  }
  bool mine() const { return mine_; }

 private:
  Intake& intake_;
  std::int64_t id_;
  bool mine_ = false;
};

Result<Import> Intake::find(AreaId community, ImportId id) const {
  FL_TRY(auto found, database_->read([&](Session& session) { return load(session, community, id); }));
  if (!found) return fail(FaultCode::not_found, "import.unknown");
  return std::move(*found);
}

Result<Import> Intake::upload(AreaId community, const Uuid& command, std::string file_name, std::string_view bytes,
                              const By& by) {
  FL_TRY(const auto rows, read_table(bytes));
  const Row& headings = rows[heading_row(rows)];
  Import import;
  import.community_id = community;
  import.command_id = command;
  import.file_name = file_name.substr(0, 200);
  import.at = by.now;
  import.account_id = by.account;
  import.headings = json::write(headings.cells);
  import.total = static_cast<std::int64_t>(rows.size() - heading_row(rows)) - 1;
  import.problems = import.gone = "[]";
  const auto& key = people_->key();
  return database_->write([&](Session& session) -> Result<Import> {
    FL_TRY(const auto remembered, load_mapping(session, community, import.headings));
    import.mapping = remembered ? *remembered : json::write(suggest(headings.cells));
    import.id = session.new_id<ImportId>(by.now);
    FL_TRY(const bool added, add(session, import));
    if (!added) {
      FL_TRY(auto before, load_by_command(session, community, command));
      return before ? Result<Import>(std::move(*before)) : fail(FaultCode::not_found, "import.unknown");
    }
    FL_TRYV(save_file(session, community, import.id, key.seal(system_random(), file_field, import.id.value, bytes)));
    return import;
  });
}

Result<std::string> Intake::file_of(AreaId community, ImportId id) const {
  FL_TRY(const auto sealed, database_->read([&](Session& session) { return load_file(session, community, id); }));
  if (!sealed) return wrong_state();
  return people_->key().open(file_field, id.value, *sealed);
}

Result<Comparison> Intake::compare_file(AreaId community, ImportId id, const Wanted& wanted, Instant now) const {
  FL_TRY(const auto bytes, file_of(community, id));
  FL_TRY(auto table, read_table(bytes));
  const auto rows = body_of(std::move(table));
  return database_->read([&](Session& session) -> Result<Comparison> {
    FL_TRY(const auto area, area::find_community(session, community));
    return intake::compare(session, *people_, area, rows, wanted, now);
  });
}

Result<Import> Intake::compare(AreaId community, ImportId id, const Wanted& wanted, const By& by) {
  FL_TRY(auto import, find(community, id));
  if (import.state != ImportState::uploaded && import.state != ImportState::compared) return wrong_state();
  FL_TRY(auto comparison, compare_file(community, id, wanted, by.now));
  import.state = ImportState::compared;
  import.mapping = json::write(wanted.mapping);
  import.allow_new_homes = wanted.allow_new_homes;
  import.counts = json::write(comparison.counts);
  if (comparison.problems.size() > problems_kept) comparison.problems.resize(problems_kept);
  import.problems = json::write(comparison.problems);
  if (comparison.gone.size() > problems_kept) comparison.gone.resize(problems_kept);
  import.gone = json::write(comparison.gone);
  import.total = static_cast<std::int64_t>(comparison.changes.size() + comparison.vacant_homes.size());
  const auto keep = [&](Session& session) -> Result<void> {
    FL_TRYV(save(session, import));
    return save_mapping(session, community, import.headings, import.mapping);
  };
  FL_TRYV(database_->write(keep));
  return import;
}

// Takes a comparison's changes in small transactions.
class Intake::Work {
 public:
  Work(store::Database& database, const person::Directory& people, Import& import, const By& by)
      : database_(database), people_(people), import_(import), by_(by) {}

  Result<void> run(const Comparison& comparison, const std::function<void(std::int64_t, std::int64_t)>& progress) {
    FL_TRY(community_,
           database_.read([&](Session& session) { return area::find_community(session, import_.community_id); }));
    const std::size_t all = comparison.changes.size() + comparison.vacant_homes.size();
    import_.total = static_cast<std::int64_t>(all);
    import_.done = 0;
    for (std::size_t from = 0; from < all; from += people_in_a_transaction) {
      const std::size_t until = std::min(all, from + people_in_a_transaction);
      FL_TRYV(database_.write([&](Session& session) { return batch(session, comparison, from, until); }));
      places_good_ = true;
      if (progress) progress(import_.done, import_.total);
    }
    return {};
  }

 private:
  // May run more than once: what the tree looks like is read again then.
  Result<void> batch(Session& session, const Comparison& comparison, std::size_t from, std::size_t until) {
    if (!places_good_) {
      FL_TRY(places_, Places::load(session, community_));
    }
    places_good_ = false;
    const std::size_t homes = comparison.vacant_homes.size();
    for (std::size_t i = from; i < until; ++i) {
      if (i < homes) FL_TRYV(places_.make(session, comparison.vacant_homes[i], community_.generated, by_.now));
      else FL_TRYV(take(session, comparison.changes[i - homes]));
    }
    import_.done = static_cast<std::int64_t>(until);
    return save(session, import_);
  }

  Result<void> take(Session& session, const Change& change) {
    const auto& key = people_.key();
    Person person = change.person;
    if (!person.household_id) {
      FL_TRY(const auto home, places_.make(session, change.door, community_.generated, by_.now));
      person.household_id = home.id;
    }
    Taken taken{community_.id, import_.id, change.line, change.action, person.id, {}, {}};
    if (change.action == Action::add) {
      person.generated = community_.generated;
      FL_TRY(const auto ref, people_.add(session, person, by_.now, system_random()));
      person.id = taken.person_id = ref.person_id;
    } else {
      FL_TRY(const Person before, people_.find(session, {community_.id, person.id}));
      taken.before_sealed = key.seal(system_random(), before_field, person.id.value, text_of(before));
      FL_TRYV(people_.put(session, person, by_.now, system_random()));
    }
    FL_TRY(const Person written, people_.find(session, {community_.id, person.id}));
    taken.after_hash = hash_of(key, written);
    return add(session, taken);
  }

  store::Database& database_;
  const person::Directory& people_;
  Import& import_;
  const By& by_;
  area::Area community_;
  Places places_;
  bool places_good_ = false;
};

Result<Import> Intake::take(AreaId community, ImportId id, bool good_rows, const By& by,
                            const std::function<void(std::int64_t, std::int64_t)>& progress) {
  const UnderWay under_way(*this, id);
  if (!under_way.mine()) return fail(FaultCode::conflict, "import.under_way");
  FL_TRY(auto import, find(community, id));
  if (import.state == ImportState::taken) return import;  // Sent twice.
  if (import.state != ImportState::compared && import.state != ImportState::taking) return wrong_state();
  Wanted wanted;
  wanted.allow_new_homes = import.allow_new_homes;
  FL_TRY(wanted.mapping, json::read<Mapping>(import.mapping));
  // Compared again: somebody may have moved since it was shown.
  FL_TRY(const auto comparison, compare_file(community, id, wanted, by.now));
  good_rows = good_rows || (import.state == ImportState::taking && import.take_good_rows);
  if (comparison.counts.refused > 0 && !good_rows) return fail(FaultCode::conflict, "import.rows_refused");
  // What an earlier attempt took counts among what is the same now; its counts stay.
  if (import.state == ImportState::compared) import.counts = json::write(comparison.counts);
  import.state = ImportState::taking;
  import.take_good_rows = good_rows;
  FL_TRYV(database_->write([&](Session& session) { return save(session, import); }));
  FL_TRYV(Work(*database_, *people_, import, by).run(comparison, progress));
  import.state = ImportState::taken;
  import.ended_at = by.now;
  const auto finish = [&](Session& session) -> Result<void> {
    FL_TRYV(save(session, import));
    FL_TRYV(delete_file(session, community, id));
    return write_fact(session, import, "intake.taken", by);
  };
  FL_TRYV(database_->write(finish));
  return import;
}

namespace {

// False if somebody has touched the person since.
Result<bool> put_back(Session& session, const person::Directory& people, const Taken& taken, Instant now) {
  const auto& key = people.key();
  const auto found = people.find(session, {taken.community_id, taken.person_id});
  if (!found && found.error().code != FaultCode::not_found) return tl::unexpected(found.error());
  if (!found || hash_of(key, *found) != taken.after_hash) return false;
  Person person = *found;
  if (taken.before_sealed) {
    FL_TRY(const auto text, key.open(before_field, taken.person_id.value, *taken.before_sealed));
    FL_TRY(auto before, json::read<Kept>(text));
    person.household_id = before.household_id.value_or(AreaId{});
    person.name = std::move(before.name);
    person.id_number = std::move(before.id_number);
    person.phone = std::move(before.phone);
    person.address_detail = std::move(before.address_detail);
    person.born_on = before.born_on;
    person.marks = std::move(before.marks);
  } else {
    person.household_id = {};
  }
  FL_TRYV(people.put(session, person, now, system_random()));
  return true;
}

}  // namespace

Result<Import> Intake::undo(AreaId community, ImportId id, const By& by) {
  const UnderWay under_way(*this, id);
  if (!under_way.mine()) return fail(FaultCode::conflict, "import.under_way");
  FL_TRY(auto import, find(community, id));
  if (import.state == ImportState::undone) return import;
  if (import.state != ImportState::taken && import.state != ImportState::undoing) return wrong_state();
  if (import.state == ImportState::taken) {
    import.state = ImportState::undoing;
    import.kept_back = 0;
    import.done = rows_max * 4;  // While undoing: below which line there is still something to put back.
  }
  bool more = true;
  Import start;
  const auto some = [&](Session& session) -> Result<void> {
    import = start;  // It may run more than once.
    FL_TRY(const auto rows,
           taken_below(session, community, id, static_cast<int>(import.done), people_in_a_transaction));
    for (const Taken& row : rows) {
      FL_TRY(const bool back, put_back(session, *people_, row, by.now));
      if (!back) ++import.kept_back;
      import.done = row.line;
    }
    more = !rows.empty();
    return save(session, import);
  };
  while (more) {
    start = import;
    FL_TRYV(database_->write(some));
  }
  import.state = ImportState::undone;
  import.ended_at = by.now;
  const auto finish = [&](Session& session) -> Result<void> {
    FL_TRYV(save(session, import));
    return write_fact(session, import, "intake.undone", by);
  };
  FL_TRYV(database_->write(finish));
  return import;
}

Result<Import> Intake::discard(AreaId community, ImportId id, const By& by) {
  FL_TRY(auto import, find(community, id));
  if (import.state == ImportState::discarded) return import;
  if (import.state != ImportState::uploaded && import.state != ImportState::compared) return wrong_state();
  import.state = ImportState::discarded;
  import.ended_at = by.now;
  const auto finish = [&](Session& session) -> Result<void> {
    FL_TRYV(save(session, import));
    return delete_file(session, community, id);
  };
  FL_TRYV(database_->write(finish));
  return import;
}

Result<void> forget_files(Session& session, AreaId community, Instant before) {
  return discard_before(session, community, first_id_at(before));
}

Result<std::vector<std::vector<std::string>>> exported(Session& session, const person::Directory& people,
                                                       const area::Area& community) {
  FL_TRY(const Places places, Places::load(session, community));
  FL_TRY(const auto everybody, people.below(session, community.id, community.path));
  std::vector<std::vector<std::string>> rows{exported_headings()};
  for (const Person& person : everybody) {
    const area::Area* home = places.by_id(person.household_id);
    if (!home) continue;
    const Door door = places.door_of(*home);
    rows.push_back({door.compound, door.building, door.unit, door.room, person.name, person.id_number.value_or(""),
                    person.phone.value_or(""), person.born_on ? format_date(*person.born_on) : "",
                    written(person.marks), person.address_detail.value_or("")});
  }
  return rows;
}

Result<std::string> export_people(Session& session, const person::Directory& people, const area::Area& community,
                                  std::string_view reason, const By& by) {
  ExportBody body;
  if (!boost::describe::enum_from_string(std::string(reason).c_str(), body.reason))
    return fail(FaultCode::invalid, "export.reason_unknown", {}, "/reason");
  FL_TRY(const auto rows, exported(session, people, community));
  std::string text = "\xef\xbb\xbf";  // Or spreadsheets take it for another encoding.
  for (const auto& row : rows) text += csv_line(row);
  body.people = static_cast<std::int64_t>(rows.size()) - 1;
  ledger::Draft fact;
  fact.community = fact.area = community.id;
  fact.at = fact.recorded_at = by.now;
  fact.actor = by.account;
  fact.kind = "intake.exported";
  fact.subject = "community:" + format_id(community.id.value);
  fact.body = json::write(body);
  FL_TRYV(ledger::write(session, fact));
  return text;
}

}  // namespace firstline::intake
