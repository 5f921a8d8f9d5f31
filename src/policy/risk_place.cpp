#include "policy/risk_place.hpp"

#include <algorithm>
#include <set>

namespace firstline::policy {
namespace {

constexpr std::size_t code_lengths[] = {2, 4, 6, 9, 12};

bool counts_on(const RiskPlace& place, Date day) {
  return place.valid_from <= day && (!place.valid_until || day < *place.valid_until);
}

// The nearest list's word about one code on one day; of two words in one list the stricter.
RiskFound word_about(std::span<const RiskList> lists, std::string_view code, Date day) {
  for (auto list = lists.rbegin(); list != lists.rend(); ++list) {
    RiskFound found;
    for (const RiskPlace& place : list->places)
      if (place.code == code && counts_on(place, day) && (!found.place || place.risk > found.risk))
        found = {place.risk, &place, &*list};
    if (found.place) return found;
  }
  return {};
}

}  // namespace

bool is_division_code(std::string_view text) {
  return std::find(std::begin(code_lengths), std::end(code_lengths), text.size()) != std::end(code_lengths) &&
         std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

RiskFound risk_of(std::span<const RiskList> lists, std::string_view to_code, Date leaves_on, Date back_on) {
  // Words change only on days that a place names, so that a long trip costs no more than a short one.
  std::set<Date> days{leaves_on};
  for (const RiskList& list : lists) {
    for (const RiskPlace& place : list.places) {
      if (!to_code.starts_with(place.code)) continue;
      if (leaves_on < place.valid_from && place.valid_from <= back_on) days.insert(place.valid_from);
      if (place.valid_until && leaves_on < *place.valid_until && *place.valid_until <= back_on)
        days.insert(*place.valid_until);
    }
  }
  RiskFound highest;
  for (const std::size_t length : code_lengths) {
    if (length > to_code.size()) break;
    for (const Date day : days) {
      const RiskFound found = word_about(lists, to_code.substr(0, length), day);
      if (found.place && (!highest.place || found.risk > highest.risk)) highest = found;
    }
  }
  return highest;
}

}  // namespace firstline::policy
