#include "casebook/chain.hpp"

#include <algorithm>
#include <set>

namespace firstline::casebook {
namespace {

struct Ways {
  std::map<CaseId, std::vector<CaseId>> on, back;  // Whom each infected, by whom each was.
};
Ways ways_of(const std::vector<Link>& links) {
  Ways ways;
  for (const Link& each : links) {
    ways.on[each.from_case].push_back(each.to_case);
    ways.on[each.to_case];
    ways.back[each.to_case].push_back(each.from_case);
    ways.back[each.from_case];
  }
  return ways;
}

// Breadth first from all of `front` at once; leaves what is in `found` already.
void walk(const Ways& ways, std::vector<CaseId> front, std::map<CaseId, int>& found) {
  for (int step = 0; !front.empty(); ++step) {
    std::vector<CaseId> next;
    for (const CaseId id : front) {
      if (!found.emplace(id, step).second) continue;
      const auto& on = ways.on.at(id);
      next.insert(next.end(), on.begin(), on.end());
    }
    front = std::move(next);
  }
}

}  // namespace

std::map<CaseId, int> generations(const std::vector<Link>& links) {
  const Ways ways = ways_of(links);
  std::vector<CaseId> sources;
  for (const auto& [id, by] : ways.back)
    if (by.empty()) sources.push_back(id);
  std::map<CaseId, int> found;
  walk(ways, std::move(sources), found);
  for (const auto& [id, on] : ways.on)
    if (!found.contains(id)) walk(ways, {id}, found);
  return found;
}

std::map<CaseId, int> chains(const std::vector<Link>& links) {
  const Ways ways = ways_of(links);
  std::map<CaseId, int> found;
  int chain = 0;
  for (const auto& [start, unused] : ways.on) {
    if (found.contains(start)) continue;
    std::vector<CaseId> open{start};
    while (!open.empty()) {
      const CaseId id = open.back();
      open.pop_back();
      if (!found.emplace(id, chain).second) continue;
      for (const auto* side : {&ways.on, &ways.back}) {
        const auto& near = side->at(id);
        open.insert(open.end(), near.begin(), near.end());
      }
    }
    ++chain;
  }
  return found;
}

bool closes_ring(const std::vector<Link>& links, CaseId from, CaseId to) {
  if (from == to) return true;
  const Ways ways = ways_of(links);
  std::map<CaseId, int> reached;
  if (ways.on.contains(to)) walk(ways, {to}, reached);
  return reached.contains(from);
}

std::optional<int> serial_days(const Case& infector, const Case& infected) {
  if (!infector.onset_at || !infected.onset_at) return std::nullopt;
  return static_cast<int>((civil_date(*infected.onset_at) - civil_date(*infector.onset_at)).count());
}

std::optional<double> median(std::vector<int> values) {
  if (values.empty()) return std::nullopt;
  std::sort(values.begin(), values.end());
  const std::size_t half = values.size() / 2;
  return values.size() % 2 == 1 ? values[half] : (values[half - 1] + values[half]) / 2.0;
}

std::vector<Cluster> clusters(const std::vector<Link>& links) {
  std::map<std::string, std::set<CaseId>> cases;
  std::map<std::string, int> counts;
  for (const Link& each : links) {
    if (each.place.empty()) continue;
    cases[each.place].insert({each.from_case, each.to_case});
    ++counts[each.place];
  }
  std::vector<Cluster> found;
  found.reserve(cases.size());
  for (const auto& [place, members] : cases) found.push_back({place, counts[place], static_cast<int>(members.size())});
  std::stable_sort(found.begin(), found.end(), [](const Cluster& a, const Cluster& b) { return a.cases > b.cases; });
  return found;
}

}  // namespace firstline::casebook
