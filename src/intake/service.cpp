#include "intake/service.hpp"

#include <algorithm>

#include "intake/store.hpp"
#include "intake/text.hpp"
#include "intake/work.hpp"
#include "json/json.hpp"

namespace firstline::intake {
namespace {

using person::Field;
using person::Person;
using store::Session;

constexpr Field file_field{"intake_file", "sealed"};

std::vector<Row> body_of(std::vector<Row> rows) {
  rows.erase(rows.begin(), rows.begin() + static_cast<std::ptrdiff_t>(heading_row(rows)) + 1);
  return rows;
}

std::int64_t steps(const Comparison& comparison) {
  return static_cast<std::int64_t>(comparison.places.size() + comparison.vacant_homes.size() +
                                   comparison.changes.size());
}

}  // namespace

Result<Import> Intake::find(AreaId community, ImportId id) const {
  FL_TRY(auto found, database_->read([&](Session& session) { return load(session, community, id); }));
  if (!found) return fail(FaultCode::not_found, "import.unknown");
  return std::move(*found);
}

Result<Import> Intake::upload(AreaId community, const Uuid& command, const std::string& file_name,
                              std::string_view bytes, const By& by) {
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
  import.problems = import.gone = import.questions = import.answers = import.moved_buildings = "[]";
  import.brought = json::write(PlacesBrought());
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
  if (comparison.questions.size() > questions_kept) comparison.questions.resize(questions_kept);
  import.questions = json::write(comparison.questions);
  import.brought = json::write(comparison.brought);
  import.total = steps(comparison);
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
    import_.total = steps(comparison);
    const auto all = static_cast<std::size_t>(import_.total);
    import_.done = 0;
    for (std::size_t from = 0; from < all; from += people_in_a_transaction) {
      const std::size_t until = std::min(all, from + people_in_a_transaction);
      start_ = import_;
      FL_TRYV(database_.write([&](Session& session) { return batch(session, comparison, from, until); }));
      places_good_ = true;
      if (progress) progress(import_.done, import_.total);
    }
    return {};
  }

 private:
  // May run more than once: what the tree looks like is read again then.
  Result<void> batch(Session& session, const Comparison& comparison, std::size_t from, std::size_t until) {
    import_ = start_;
    act_as(session, by_);
    if (!places_good_) {
      FL_TRY(places_, Places::load(session, community_));
    }
    FL_TRY(stays_, people_.stays(session, community_.id));
    places_good_ = false;
    const std::size_t places = comparison.places.size(), homes = places + comparison.vacant_homes.size();
    for (std::size_t i = from; i < until; ++i) {
      if (i < places) FL_TRYV(take(session, comparison.places[i]));
      else if (i < homes) FL_TRYV(places_.make(session, comparison.vacant_homes[i - places], editing_));
      else FL_TRYV(take(session, comparison.changes[i - homes]));
    }
    import_.done = static_cast<std::int64_t>(until);
    return save(session, import_);
  }

  Result<void> take(Session& session, const PlaceChange& change) {
    AreaId place;
    if (!change.door.compound.empty() || !change.door.building.empty()) {
      FL_TRY(const auto made, places_.make(session, change.door, editing_));
      place = made.id;
    }
    if (change.grid.empty()) return {};
    FL_TRY(const auto grid, places_.make_grid(session, change.grid, editing_));
    if (!place) return {};
    const AreaId before = places_.by_id(place)->grid_id;
    if (before == grid.id) return {};
    FL_TRYV(places_.put_into_grid(session, place, grid.id, editing_));
    FL_TRY(auto moves, json::read<std::vector<BuildingMove>>(import_.moved_buildings));
    moves.push_back({place, before ? std::optional(before) : std::nullopt, grid.id});
    import_.moved_buildings = json::write(moves);
    return {};
  }

  Result<void> take(Session& session, const Change& change) {
    const auto& key = people_.key();
    Person person = change.person;
    if (!person.household_id) {
      FL_TRY(const auto home, places_.make(session, change.door, editing_));
      person.household_id = home.id;
    }
    Taken taken{community_.id, import_.id, change.line, change.action, person.id, {}, {}};
    if (change.action == Action::add) {
      person.generated = community_.generated;
      FL_TRY(const auto ref, people_.add(session, person, by_.now, system_random()));
      person.id = taken.person_id = ref.person_id;
    } else {
      FL_TRY(const Person before, people_.find(session, {community_.id, person.id}));
      taken.before_sealed =
          key.seal(system_random(), before_field, person.id.value, text_of(before, stay_of(stays_, person.id)));
      FL_TRYV(people_.put(session, person, by_.now, system_random()));
    }
    if (change.stay_until != stay_of(stays_, person.id))
      FL_TRYV(people_.keep_stay(session, {community_.id, person.id}, change.stay_until));
    FL_TRY(const Person written, people_.find(session, {community_.id, person.id}));
    taken.after_hash = hash_of(key, written, change.stay_until);
    return add(session, taken);
  }

  store::Database& database_;
  const person::Directory& people_;
  Import& import_;
  Import start_;  // Before the batch under way.
  const By& by_;
  const http::Actor actor_ = actor_of(by_);
  const area::Editing editing_{actor_, by_.now, system_random()};
  area::Area community_;
  Places places_;
  Stays stays_;
  bool places_good_ = false;
};

Result<Import> Intake::take(AreaId community, ImportId id, const Taking& taking, const By& by,
                            const std::function<void(std::int64_t, std::int64_t)>& progress) {
  const UnderWay under_way(*this, id);
  if (!under_way.mine()) return fail(FaultCode::conflict, "import.under_way");
  FL_TRY(auto import, find(community, id));
  if (import.state == ImportState::taken) return import;  // Sent twice.
  if (import.state != ImportState::compared && import.state != ImportState::taking) return wrong_state();
  Wanted wanted;
  wanted.allow_new_homes = import.allow_new_homes;
  FL_TRY(wanted.mapping, json::read<Mapping>(import.mapping));
  bool good_rows = taking.good_rows;
  if (import.state == ImportState::taking) {  // It was cut short: what was said then still holds.
    good_rows = good_rows || import.take_good_rows;
    FL_TRY(wanted.answers, json::read<std::vector<Answer>>(import.answers));
  } else {
    wanted.answers = taking.answers;
    import.answers = json::write(taking.answers);
  }
  // Compared again: somebody may have moved since it was shown.
  FL_TRY(const auto comparison, compare_file(community, id, wanted, by.now));
  if (comparison.counts.refused > 0 && !good_rows) return fail(FaultCode::conflict, "import.rows_refused");
  if (comparison.counts.asked > 0 && !good_rows) return fail(FaultCode::conflict, "import.undecided");
  // What an earlier attempt took counts among what is the same now; its counts stay.
  if (import.state == ImportState::compared) {
    import.counts = json::write(comparison.counts);
    import.gone = json::write(comparison.gone.size() > problems_kept
                                  ? std::vector(comparison.gone.begin(), comparison.gone.begin() + problems_kept)
                                  : comparison.gone);
  }
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

}  // namespace firstline::intake
