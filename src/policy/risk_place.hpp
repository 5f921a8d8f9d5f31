#pragma once

// A place at risk 中高风险地区, as the bodies that decide it list it: by division code, for certain days. Lists overlay
// one another place by place and day by day: where two lists speak about the same code on the same day, the nearer one
// counts (nation < province < city < district < the community's own table), also where it is milder. Of all places that
// then hold a destination, the highest counts.
//
// Pure: knows no file and no table.

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/time.hpp"

namespace firstline::policy {

enum class Risk : std::uint8_t { low, medium, high };

struct RiskPlace {
  std::string code;  // Division code, 2 to 12 digits: everything below it lies inside.
  std::string name;
  Risk risk = Risk::medium;
  Date valid_from{};
  std::optional<Date> valid_until;  // The first day on which it counts no longer.
  std::string source;
};

// One list: of a pack, or the community's own.
struct RiskList {
  std::string pack;  // Its id; empty: the community's own table.
  std::vector<RiskPlace> places;
};

// A code of the official tree: 2, 4, 6, 9 or 12 digits.
bool is_division_code(std::string_view text);

// What is known about a destination on the days of a trip.
struct RiskFound {
  Risk risk = Risk::low;
  const RiskPlace* place = nullptr;  // That says so; none: nothing speaks about it. Points into the lists.
  const RiskList* list = nullptr;
};
// `lists`: the nearer one later. A destination that is said less exactly than a place does not lie in it.
RiskFound risk_of(std::span<const RiskList> lists, std::string_view to_code, Date leaves_on, Date back_on);

}  // namespace firstline::policy
