#pragma once

// Places at risk and what follows from them: pure, but for the names of the policy's parameters.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "movement/wire.hpp"
#include "policy/library.hpp"

namespace firstline::movement {

// One thing that the policy asks of somebody who comes back, with the parameter that says so.
struct Proposal {
  FollowUp kind = FollowUp::test;
  int days = 0;           // 0 for a test alone.
  std::string nat_days;   // "1 4 7": the days of its tests, counted from the return.
  int tests = 0;          // Where no days are named: so many,
  int within_days = 0;    // in so many days.
  std::string parameter;  // "people.from_high_risk.days"
  std::string pack, source;
  bool operator==(const Proposal&) const = default;
};
BOOST_DESCRIBE_STRUCT(Proposal, (), (kind, days, nat_days, tests, within_days, parameter, pack, source))
std::vector<Proposal> proposals(Risk risk, const policy::PolicySet& policy);

// Lines "code,name,risk,from,until,source"; a first line without a digit is a heading. Either all lines are good or
// none is taken.
struct BadLine {
  int line = 0;
  std::string column;  // "code", "risk", ...
};
struct RiskReading {
  std::vector<RiskPlace> places;
  std::vector<BadLine> bad;
};
RiskReading read_risk_places(std::string_view csv);
inline constexpr int risk_places_max = 5000;

}  // namespace firstline::movement
