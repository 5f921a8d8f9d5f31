#pragma once

// Chains of transmission (传播链) out of who infected whom: generations, serial intervals, clusters by place. Pure.

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "casebook/model.hpp"

namespace firstline::casebook {

// Steps on the shortest way from a case whose source is not known (0), for every case that is in a link. A ring without
// such a case begins at the case with the smallest id.
std::map<CaseId, int> generations(const std::vector<Link>& links);
// Which chain each case belongs to: cases that any links join are one. Numbered from 0 by their smallest case id.
std::map<CaseId, int> chains(const std::vector<Link>& links);
// Whether `from` infecting `to` would make a case its own ancestor.
bool closes_ring(const std::vector<Link>& links, CaseId from, CaseId to);

// Days between the onsets of infector and infected, by the calendar here; also less than nothing.
std::optional<int> serial_days(const Case& infector, const Case& infected);
// Of an even number the mean of the two in the middle; nothing of none.
std::optional<double> median(std::vector<int> values);

struct Cluster {
  std::string place;
  int links = 0, cases = 0;
};
// The places that links name, the one with most cases first.
std::vector<Cluster> clusters(const std::vector<Link>& links);

}  // namespace firstline::casebook
