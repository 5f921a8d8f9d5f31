#pragma once

// The rule of tracing said again as simply as can be: every pair of stays is looked at. For tests, and slow.

#include <algorithm>
#include <map>
#include <set>
#include <vector>

#include "trace/model.hpp"

namespace firstline::trace {

class EveryPair {
 public:
  EveryPair(const std::vector<Scan>& scans, const Rule& rule) : rule_(rule) {
    std::map<std::pair<std::int64_t, std::int64_t>, std::vector<Stay>> by_person_and_place;
    for (const Scan& scan : scans)
      by_person_and_place[{scan.person, scan.place}].push_back(
          {scan.enter, std::max(scan.leave, scan.enter + rule.linger_seconds)});
    for (auto& [key, stays] : by_person_and_place) {
      // Joins any two that overlap, until none do.
      for (bool again = true; again;) {
        again = false;
        for (std::size_t a = 0; a < stays.size() && !again; ++a) {
          for (std::size_t b = a + 1; b < stays.size() && !again; ++b) {
            if (std::min(stays[a].end, stays[b].end) <= std::max(stays[a].start, stays[b].start)) continue;
            stays[a] = {std::min(stays[a].start, stays[b].start), std::max(stays[a].end, stays[b].end)};
            stays.erase(stays.begin() + static_cast<std::ptrdiff_t>(b));
            again = true;
          }
        }
      }
      for (const Stay& stay : stays) at_place_[key.second].push_back({key.first, stay});
    }
  }

  std::vector<Contact> contacts_of(const Case& one) const {
    std::map<std::int64_t, Contact> found = met_by(one);
    if (rule_.depth == Depth::contacts_of_contacts) {
      std::map<std::int64_t, Contact> further;
      for (const auto& [person, contact] : found) {
        for (const auto& [other, met] : met_by({person, contact.first, one.until}))
          if (other != one.person && !found.contains(other)) add(further[other], met);
      }
      found.merge(further);
    }
    std::vector<Contact> list;
    for (const auto& [person, contact] : found) list.push_back(contact);
    return list;
  }

 private:
  struct Stay {
    std::int64_t start, end;
  };
  struct OfPerson {
    std::int64_t person;
    Stay stay;
  };

  static void add(Contact& sum, const Contact& one) {
    if (sum.encounters == 0) sum = one;
    else
      sum = {one.person, sum.encounters + one.encounters, sum.overlap_seconds + one.overlap_seconds,
             std::min(sum.first, one.first), std::max(sum.last, one.last)};
  }

  std::map<std::int64_t, Contact> met_by(const Case& one) const {
    std::map<std::int64_t, Contact> met;
    for (const auto& [place, stays] : at_place_) {
      for (const OfPerson& own : stays) {
        if (own.person != one.person) continue;
        for (const OfPerson& other : stays) {
          const std::int64_t start = std::max({own.stay.start, one.from, other.stay.start});
          const std::int64_t end = std::min({own.stay.end, one.until, other.stay.end});
          if (other.person != one.person && start < end)
            add(met[other.person], {other.person, 1, end - start, start, end});
        }
      }
    }
    std::erase_if(met, [&](const auto& each) { return each.second.overlap_seconds < rule_.overlap_seconds_min; });
    return met;
  }

  Rule rule_;
  std::map<std::int64_t, std::vector<OfPerson>> at_place_;
};

}  // namespace firstline::trace
