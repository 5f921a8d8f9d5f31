#pragma once

// How somebody stands at a gate, as it is kept: spans and days, nothing that changes by itself as time goes on. A
// passage, a replay and a keeper's phone without a network all hold the same form and make Presented from it by the one
// rule of presented.hpp. Pure: also compiled for the keeper's phone.

#include <optional>
#include <vector>

#include "base/time.hpp"
#include "gate/model.hpp"

namespace firstline::gate {

// [from, until); an end that is not there is open.
struct Term {
  std::optional<Instant> from;
  std::optional<Instant> until;
  bool operator==(const Term&) const = default;
};

// How often a home's people went out on one day.
struct OutingsOn {
  Date day{};
  int count = 0;
  bool operator==(const OutingsOn&) const = default;
};

// The trip that somebody has filed or is on.
struct KnownTrip {
  TripState state = TripState::filed;  // filed or open
  PlaceRisk risk = PlaceRisk::low;
  Date leaves_on{};
  Date back_on{};
  bool operator==(const KnownTrip&) const = default;
};

struct Stands {
  Relation relation = Relation::resident_here;
  AgeBand age_band = AgeBand::adult;
  std::optional<CodeReading> code;
  std::optional<OfflineCode> offline_code;
  NatStatus nat;
  Isolation isolation;
  SealLevel home = SealLevel::none;
  SealLevel compound = SealLevel::none;
  std::optional<Term> passes_asked;  // When the compound asks for entry passes.
  std::optional<Term> pass;
  std::vector<Date> approved_days;  // Outings that the community lets this person make.
  std::optional<OutingsOn> outings;
  std::optional<KnownTrip> trip;
  Visitor visitor;
  bool operator==(const Stands&) const = default;
};

// What is said and seen at the gate now.
struct Moment {
  Direction direction = Direction::out;
  std::optional<int> temperature_tenths;
  Mask mask = Mask::not_looked;
  std::optional<CodeColour> colour_seen;
  std::optional<int> nat_seen_hours;  // Visitors: "48 h" on their phone.
  bool leaves_district = false;       // They said that they go to another district.
  bool operator==(const Moment&) const = default;
};

}  // namespace firstline::gate
