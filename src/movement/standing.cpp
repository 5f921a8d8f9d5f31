#include "movement/pass_store.hpp"
#include "movement/service.hpp"

namespace firstline::movement {

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
                          Instant now) {
  FL_TRY(const auto rows, load_standing(session, community, compound, household));
  Standing found;
  const Date today = civil_date(now);
  bool asked = false, has = false, approvals = false;
  for (const StandingRow& row : rows) {
    const bool in_time = row.pass_from && *row.pass_from <= now && (!row.pass_until || now < *row.pass_until);
    if (row.household_id == compound) {
      asked = in_time;
      continue;
    }
    if (row.person_id != 0 && row.person_id != person.value) continue;
    has = has || (row.person_id == 0 && in_time);
    approvals = approvals || (row.approved_on && *row.approved_on >= today);
    if (row.trip_id && row.trip_state && row.trip_leaves_on && row.trip_back_on)
      found.trip = TripNow{row.trip_id, *row.trip_state, row.trip_risk.value_or(Risk::low), *row.trip_leaves_on,
                           *row.trip_back_on};
  }
  found.pass_valid = has || !asked;
  if (approvals) {
    FL_TRY(const auto days, load_approvals(session, community, household, today));
    for (const Approval& each : days)
      if (each.day == today && (!each.person_id || each.person_id == person)) found.outing_approved = true;
  }
  return found;
}

}  // namespace firstline::movement
