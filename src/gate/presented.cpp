#include "gate/presented.hpp"

#include <algorithm>

namespace firstline::gate {
namespace {

constexpr int nat_seen_hours_max = 720;

bool holds(const std::optional<Term>& term, Instant now) {
  return term && term->from && *term->from <= now && (!term->until || now < *term->until);
}

bool lives_somewhere(Relation relation) {
  return relation == Relation::resident_here || relation == Relation::resident_elsewhere;
}

void fill_evidence(const Stands& stands, const Moment& moment, Instant now, Presented& p) {
  p.code = stands.code;
  p.nat = stands.nat;
  // An eye does not overrule a reading of the code's own system.
  const bool eye_counts = moment.colour_seen && (!p.code || p.code->grade == EvidenceGrade::visual);
  if (eye_counts) p.code = CodeReading{*moment.colour_seen, EvidenceGrade::visual, now, "keeper"};
  // "48 h" on somebody's phone says that the test is at most so old: taken as exactly so old. About residents we know.
  const auto hours = moment.nat_seen_hours;
  if (!lives_somewhere(p.relation) && hours && *hours > 0 && *hours <= nat_seen_hours_max) {
    const Instant at = now - std::chrono::hours(*hours);
    p.nat = {NatState::negative, NegativeResult{at, at}};
  }
}

// Which trip this passage begins or ends.
std::optional<Trip> trip_of(const Stands& stands, const Moment& moment, Date today) {
  const bool out = moment.direction == Direction::out;
  const auto& trip = stands.trip;
  const bool begins =
      out && trip && trip->state == TripState::filed && trip->leaves_on <= today && today <= trip->back_on;
  const bool ends = !out && trip && trip->state == TripState::open;
  if (begins || ends) return Trip{trip->state, trip->risk, true};
  if (out && moment.leaves_district) return Trip{TripState::open, PlaceRisk::low, false};
  return std::nullopt;
}

}  // namespace

bool outings_matter(Relation relation, Direction direction, const GatePolicy& policy) {
  return relation == Relation::resident_here && direction == Direction::out && policy.outing.per_household_per_day > 0;
}

Presented presented(const Stands& stands, const Moment& moment, const GatePolicy& policy, Instant now) {
  const Date today = civil_date(now);
  Presented p;
  p.direction = moment.direction;
  p.relation = stands.relation;
  p.age_band = stands.age_band;
  fill_evidence(stands, moment, now, p);
  p.offline_code = stands.offline_code;
  p.isolation = stands.isolation;
  p.home = stands.home;
  p.compound = stands.compound;
  if (stands.relation == Relation::resident_here) {
    // Before the office began to issue passes here, living here is the pass.
    p.pass_use.pass_valid = holds(stands.pass, now) || !holds(stands.passes_asked, now);
    p.pass_use.outing_approved =
        std::find(stands.approved_days.begin(), stands.approved_days.end(), today) != stands.approved_days.end();
    p.trip = trip_of(stands, moment, today);
  }
  if (outings_matter(stands.relation, moment.direction, policy) && stands.outings && stands.outings->day == today)
    p.pass_use.outings_today = stands.outings->count;
  p.visitor = stands.visitor;
  p.temperature_tenths = moment.temperature_tenths;
  p.mask = moment.mask;
  return p;
}

}  // namespace firstline::gate
