#include "movement/pass_store.hpp"
#include "movement/service.hpp"

namespace firstline::movement {

namespace {

// A row that says nothing of a pass says nothing.
std::optional<PassTerm> term_of(const StandingRow& row) {
  if (!row.pass_from) return std::nullopt;
  return PassTerm{row.pass_from, row.pass_until};
}

std::optional<TripNow> trip_of(const StandingRow& row) {
  if (!row.trip_id || !row.trip_state || !row.trip_leaves_on || !row.trip_back_on) return std::nullopt;
  return TripNow{row.trip_id, *row.trip_state, row.trip_risk.value_or(Risk::low), *row.trip_leaves_on,
                 *row.trip_back_on};
}

bool is_approved(const StandingRow& row, Date today) { return row.approved_on && *row.approved_on >= today; }

void add_days(const std::vector<Approval>& approvals, PersonId person, std::vector<Date>& days) {
  for (const Approval& each : approvals)
    if (!each.person_id || each.person_id == person) days.push_back(each.day);
}

}  // namespace

PassFinding finding(const HouseholdPass& pass, Instant now) {
  switch (pass.state) {
    case PassState::lost:
      return PassFinding::lost;
    case PassState::replaced:
      return PassFinding::replaced;
    case PassState::withdrawn:
      return PassFinding::withdrawn;
    case PassState::live:
      break;
  }
  if (now < pass.valid_from) return PassFinding::not_yet;
  return now < pass.valid_until ? PassFinding::valid : PassFinding::expired;
}

Result<Standing> standing(store::Session& session, AreaId community, AreaId compound, AreaId household, PersonId person,
                          Date today) {
  FL_TRY(const auto rows, load_standing(session, community, compound, household));
  Standing found;
  bool approvals = false;
  for (const StandingRow& row : rows) {
    if (row.household_id == compound) {
      found.passes_asked = term_of(row);
      continue;
    }
    if (row.person_id == 0) found.pass = term_of(row);
    if (row.person_id != 0 && row.person_id != person.value) continue;
    approvals = approvals || is_approved(row, today);
    if (auto trip = trip_of(row)) found.trip = std::move(trip);
  }
  if (approvals) {
    FL_TRY(const auto days, load_approvals(session, community, household, today));
    add_days(days, person, found.approved_days);
  }
  return found;
}

Result<StandingsBelow> standings_below(store::Session& session, AreaId community, AreaId compound,
                                       std::string_view path, Date today) {
  StandingsBelow found;
  FL_TRY(const auto of_compound, load_standing(session, community, compound, compound));
  for (const StandingRow& row : of_compound) found.passes_asked = term_of(row);
  FL_TRY(const auto rows, load_standings_below(session, community, path));
  bool approvals = false;
  for (const StandingRow& row : rows) {
    approvals = approvals || is_approved(row, today);
    if (row.person_id == 0) {
      if (auto term = term_of(row)) found.passes.emplace(row.household_id, std::move(*term));
    }
    if (auto trip = trip_of(row)) found.trips.emplace(PersonId{row.person_id}, std::move(*trip));
  }
  if (approvals) {
    FL_TRY(found.approvals, load_approvals_below(session, community, path, today));
  }
  return found;
}

}  // namespace firstline::movement
