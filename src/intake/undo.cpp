// Taking an import back, and what it leaves to a person: who was missing from the list and has moved out.

#include <algorithm>

#include "intake/work.hpp"
#include "json/json.hpp"
#include "ledger/fact.hpp"
#include "ledger/query.hpp"

namespace firstline::intake {
namespace {

using person::Person;
using store::Session;

constexpr std::chrono::days left_before_max{366};

// Lines of a list end at rows_max; those who were moved out stand behind them, in the order in which they were gone.
constexpr int line_of_gone(std::size_t index) { return rows_max + 1 + static_cast<int>(index); }

// Of somebody who was missing from a list: moved out by a person's choice, or back with the undo.
struct LeftBody {
  std::optional<AreaId> from, to;
  ImportId import_id;
  std::optional<Date> left_on;
};
BOOST_DESCRIBE_STRUCT(LeftBody, (), (from, to, import_id, left_on))

Result<void> write_left_fact(Session& session, const Import& import, person::PersonRef who, std::string kind,
                             const LeftBody& body, Instant at, const By& by) {
  ledger::Draft fact;
  fact.community = who.community_id;
  fact.area = body.from ? *body.from : body.to.value_or(import.community_id);
  fact.at = at;
  fact.recorded_at = by.now;
  set_actor(fact, by);
  fact.kind = std::move(kind);
  fact.subject = "person:" + format_id(who.person_id.value);
  fact.body = json::write(body);
  FL_TRYV(ledger::write(session, fact));
  return {};
}

// Whoever was given an account since signs in as this record: that is no mistake of a list any more.
Result<bool> has_account(Session& session, person::PersonRef ref) {
  ledger::FactFilter filter;
  filter.community = ref.community_id;
  filter.subject = "person:" + format_id(ref.person_id.value);
  filter.kind_prefix = "access.resident_account_opened";
  filter.limit = 1;
  FL_TRY(const auto facts, ledger::facts(session, filter));
  return !facts.empty();
}

// False if somebody has touched the person since.
Result<bool> put_back(Session& session, const person::Directory& people, const Taken& taken, const Stays& stays,
                      const Import& import, const By& by) {
  const auto& key = people.key();
  const person::PersonRef ref{taken.community_id, taken.person_id};
  const auto found = people.find(session, ref);
  if (!found && found.error().code != FaultCode::not_found) return tl::unexpected(found.error());
  // Another id: the record was merged into another since.
  if (!found || found->id != taken.person_id ||
      hash_of(key, *found, stay_of(stays, taken.person_id)) != taken.after_hash)
    return false;
  if (!taken.before_sealed) {
    FL_TRY(const bool in_use, has_account(session, ref));
    if (in_use) return false;
    FL_TRYV(people.set_aside(session, ref, {}));
    return true;
  }
  Person person = *found;
  FL_TRY(const auto text, key.open(before_field, taken.person_id.value, *taken.before_sealed));
  FL_TRY(auto before, json::read<Kept>(text));
  person.household_id = before.household_id.value_or(AreaId{});
  person.name = std::move(before.name);
  person.id_number = std::move(before.id_number);
  person.phone = std::move(before.phone);
  person.address_detail = std::move(before.address_detail);
  person.born_on = before.born_on;
  person.marks = std::move(before.marks);
  FL_TRYV(people.put(session, person, by.now, system_random()));
  FL_TRYV(people.keep_stay(session, ref, before.stay_until));
  if (taken.action == Action::leave)
    FL_TRYV(
        write_left_fact(session, import, ref, "person.moved", {{}, person.household_id, import.id, {}}, by.now, by));
  return true;
}

// Into the grid where they were, unless somebody has put them elsewhere since. Twice is as good as once.
Result<void> put_buildings_back(Session& session, Import& import, const By& by) {
  act_as(session, by);
  const http::Actor actor = actor_of(by);
  const area::Editing editing{actor, by.now, system_random()};
  FL_TRY(const auto moves, json::read<std::vector<BuildingMove>>(import.moved_buildings));
  for (auto move = moves.rbegin(); move != moves.rend(); ++move) {
    FL_TRY(const auto building, area::find(session, import.community_id, move->building_id));
    if (building.grid_id != move->to) continue;
    FL_TRYV(area::put_into_grid(session, building, move->from.value_or(AreaId{}), editing));
  }
  return {};
}

Result<void> move_out_one(Session& session, const person::Directory& people, const Import& import, PersonId id,
                          int line, Date left_on, const Stays& stays, const By& by) {
  FL_TRY(const bool before, has_taken(session, import.community_id, import.id, line));
  if (before) return {};
  const person::PersonRef ref{import.community_id, id};
  FL_TRY(Person person, people.find(session, ref));
  if (person.id != id || !person.household_id) return {};  // Merged, or moved out by somebody else meanwhile.
  const auto stay = stay_of(stays, id);
  Taken taken{import.community_id, import.id, line, Action::leave, id, {}, {}};
  taken.before_sealed = people.key().seal(system_random(), before_field, id.value, text_of(person, stay));
  const AreaId from = person.household_id;
  person.household_id = {};
  FL_TRYV(people.put(session, person, by.now, system_random()));
  FL_TRYV(people.keep_stay(session, ref, {}));
  taken.after_hash = hash_of(people.key(), person, {});
  FL_TRYV(add(session, taken));
  // When it happened is the day that was said, not the moment it was typed.
  const Instant at = left_on == civil_date(by.now) ? by.now : start_of(left_on);
  return write_left_fact(session, import, ref, "person.moved_out", {from, {}, import.id, left_on}, at, by);
}

}  // namespace

Result<Import> Intake::move_out(AreaId community, ImportId id, const std::vector<PersonId>& who, Date left_on,
                                const By& by) {
  const UnderWay under_way(*this, id);
  if (!under_way.mine()) return fail(FaultCode::conflict, "import.under_way");
  FL_TRY(const auto import, find(community, id));
  if (import.state != ImportState::taken) return wrong_state();
  if (left_on > civil_date(by.now) || left_on < civil_date(by.now) - left_before_max)
    return fail(FaultCode::invalid, "gone.bad_day", {}, "/left_on");
  FL_TRY(const auto gone, json::read<std::vector<PersonId>>(import.gone));
  std::vector<std::size_t> indexes;
  for (const PersonId person : who) {
    const auto at = std::find(gone.begin(), gone.end(), person);
    if (at == gone.end()) return fail(FaultCode::invalid, "gone.not_among_them", {}, "/person_ids");
    indexes.push_back(static_cast<std::size_t>(at - gone.begin()));
  }
  for (std::size_t from = 0; from < indexes.size(); from += people_in_a_transaction) {
    const std::size_t until = std::min(indexes.size(), from + people_in_a_transaction);
    const auto some = [&](Session& session) -> Result<void> {
      FL_TRY(const auto stays, people_->stays(session, community));
      for (std::size_t i = from; i < until; ++i)
        FL_TRYV(
            move_out_one(session, *people_, import, gone[indexes[i]], line_of_gone(indexes[i]), left_on, stays, by));
      return {};
    };
    FL_TRYV(database_->write(some));
  }
  return import;
}

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
    FL_TRY(const auto stays, people_->stays(session, community));
    for (const Taken& row : rows) {
      FL_TRY(const bool back, put_back(session, *people_, row, stays, import, by));
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
  FL_TRYV(database_->write([&](Session& session) { return put_buildings_back(session, import, by); }));
  import.state = ImportState::undone;
  import.ended_at = by.now;
  const auto finish = [&](Session& session) -> Result<void> {
    FL_TRYV(save(session, import));
    return write_fact(session, import, "intake.undone", by);
  };
  FL_TRYV(database_->write(finish));
  return import;
}

}  // namespace firstline::intake
