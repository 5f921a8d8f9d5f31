// Minimum-cost flow: volunteer > demand > sink, and volunteer > pool. The whole graph has too many arcs (100,000 people
// x 1,000 communities), so it is solved over each person's likely arcs, and then every arc that was left out is priced
// against the answer: those that would improve it are put in and it is solved again, until there is none.

#include "mobilise/matching.hpp"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <map>
#include <numeric>

#include <lemon/network_simplex.h>
#include <lemon/smart_graph.h>

#include "base/check.hpp"

namespace firstline::mobilise {
namespace {

using Cost = std::int64_t;  // Millimetres, so that sums are exact.

constexpr std::size_t arcs_at_once = 400'000;  // As many as are solved without leaving any out.
constexpr int sample_step = 8;
constexpr int likely_arcs = 6;
constexpr int better_arcs = 3;  // Put in for one person in one round.
constexpr std::size_t price_share = 40;

double square(const Point& a, const Point& b) {
  const double x = a.x_metres - b.x_metres, y = a.y_metres - b.y_metres;
  return x * x + y * y;
}

struct Costs {
  std::span<const Volunteer> volunteers;
  std::span<const Demand> demands;
  std::vector<int> class_of;                 // Volunteer > who have the same skills.
  std::vector<std::vector<int>> fitting_of;  // Class > demands that they can serve.

  Costs(std::span<const Volunteer> people, std::span<const Demand> places) : volunteers(people), demands(places) {
    std::map<std::vector<std::string>, int> classes;
    for (const Volunteer& volunteer : people) {
      std::vector<std::string> skills = volunteer.skills;
      std::sort(skills.begin(), skills.end());
      const auto [found, added] = classes.emplace(std::move(skills), static_cast<int>(classes.size()));
      class_of.push_back(found->second);
      if (!added) continue;
      auto& fitting = fitting_of.emplace_back();
      for (std::size_t d = 0; d < places.size(); ++d)
        if (has_skills(volunteer, places[d])) fitting.push_back(static_cast<int>(d));
    }
  }

  const std::vector<int>& fitting(int volunteer) const { return fitting_of[class_of[volunteer]]; }
  Cost operator()(int volunteer, int demand) const {
    return std::llround(way_to(volunteers[volunteer], demands[demand]).metres * 1000);
  }
};

struct Arc {
  int volunteer;  // Index into the people of the flow.
  int demand;
  Cost cost;
};

struct Flow {
  std::vector<int> demand_of;  // Person of the flow > demand, -1 for the pool.
  std::vector<Cost> person_potential;
  std::vector<Cost> price_of;  // Demand > what a place there is worth, never negative without a spread of shortage.
};

// Filling the first places of a demand earns more than filling the last: steps of a convex cost.
std::vector<std::pair<int, Cost>> steps_of(int capacity, double unfairness_metres) {
  if (capacity <= 0) return {};
  if (unfairness_metres <= 0) return {{capacity, 0}};
  constexpr int steps_max = 8;
  const int steps = std::min(capacity, steps_max);
  std::vector<std::pair<int, Cost>> all;
  for (int k = 0; k < steps; ++k) {
    const int places = capacity * (k + 1) / steps - capacity * k / steps;
    all.emplace_back(places, -std::llround(unfairness_metres * 1000 * (steps - k) / steps));
  }
  return all;
}

Flow solve(int people, const std::vector<int>& capacity, const std::vector<Arc>& arcs, Cost pool_cost,
           double unfairness_metres) {
  using Graph = lemon::SmartDigraph;
  const int places = static_cast<int>(capacity.size());
  Graph graph;
  graph.reserveNode(people + places + 1);
  graph.reserveArc(static_cast<int>(arcs.size()) + people + places * 8);
  for (int node = 0; node < people + places + 1; ++node) graph.addNode();
  const auto person = [&](int i) { return Graph::nodeFromId(i); };
  const auto place = [&](int d) { return Graph::nodeFromId(people + d); };
  const auto sink = Graph::nodeFromId(people + places);

  Graph::ArcMap<Cost> cost(graph), upper(graph);
  Graph::NodeMap<Cost> supply(graph, 0);
  std::vector<Graph::Arc> made;
  made.reserve(arcs.size());
  for (const Arc& arc : arcs) {
    made.push_back(graph.addArc(person(arc.volunteer), place(arc.demand)));
    cost[made.back()] = arc.cost;
    upper[made.back()] = 1;
  }
  for (int i = 0; i < people; ++i) {
    supply[person(i)] = 1;
    const auto pool = graph.addArc(person(i), sink);
    cost[pool] = pool_cost;
    upper[pool] = 1;
  }
  supply[sink] = -people;
  for (int d = 0; d < places; ++d)
    for (const auto& [count, step_cost] : steps_of(capacity[d], unfairness_metres)) {
      const auto arc = graph.addArc(place(d), sink);
      cost[arc] = step_cost;
      upper[arc] = count;
    }

  lemon::NetworkSimplex<Graph, Cost, Cost> simplex(graph);
  FL_CHECK(simplex.upperMap(upper).costMap(cost).supplyMap(supply).run() == simplex.OPTIMAL);
  Flow flow{std::vector<int>(people, -1), {}, {}};
  for (std::size_t a = 0; a < arcs.size(); ++a)
    if (simplex.flow(made[a]) > 0) flow.demand_of[arcs[a].volunteer] = arcs[a].demand;
  for (int i = 0; i < people; ++i) flow.person_potential.push_back(simplex.potential(person(i)));
  for (int d = 0; d < places; ++d) flow.price_of.push_back(simplex.potential(sink) - simplex.potential(place(d)));
  for (Cost& potential : flow.person_potential) potential -= simplex.potential(sink);
  return flow;
}

// The arcs that are tried, and which of them one person has.
struct Tried {
  std::vector<Arc> arcs;
  std::vector<std::vector<int>> demands_of;
  std::vector<std::pair<Cost, Arc>> scratch;

  // The cheapest of one person's other arcs at these prices: at most `count`, with cost + price < `below`. The least of
  // what they cost.
  Cost add(const Costs& costs, int volunteer, int as, const std::vector<Cost>& price_of, Cost below, int count) {
    const auto cheaper = [](const auto& a, const auto& b) { return a.first < b.first; };
    std::vector<int>& known = demands_of[as];
    scratch.clear();
    Cost least = below;
    for (const int d : costs.fitting(volunteer)) {
      const Cost cost = costs(volunteer, d), whole = cost + price_of[d];
      if (whole >= below || std::find(known.begin(), known.end(), d) != known.end()) continue;
      if (static_cast<int>(scratch.size()) == count) {
        if (whole >= scratch.front().first) continue;
        std::pop_heap(scratch.begin(), scratch.end(), cheaper);
        scratch.pop_back();
      }
      scratch.emplace_back(whole, Arc{as, d, cost});
      std::push_heap(scratch.begin(), scratch.end(), cheaper);
    }
    for (const auto& [whole, arc] : scratch) {
      arcs.push_back(arc);
      known.push_back(arc.demand);
      least = std::min(least, whole);
    }
    return least;
  }
};

// No way is longer.
double widest(std::span<const Volunteer> volunteers, std::span<const Demand> demands) {
  Point least{HUGE_VAL, HUGE_VAL}, most{-HUGE_VAL, -HUGE_VAL};
  const auto see = [&](const Point& at) {
    least = {std::min(least.x_metres, at.x_metres), std::min(least.y_metres, at.y_metres)};
    most = {std::max(most.x_metres, at.x_metres), std::max(most.y_metres, at.y_metres)};
  };
  for (const Volunteer& volunteer : volunteers) {
    if (volunteer.home) see(*volunteer.home);
    if (volunteer.work) see(*volunteer.work);
  }
  for (const Demand& demand : demands) see(demand.at);
  return demands.empty() || volunteers.empty() ? 0 : std::sqrt(square(least, most));
}

// A flow over `people` and its prices. The likely arcs come from the prices of every eighth person and an eighth of the
// places, found in the same way. `exact`: until no arc that was left out would improve it.
Flow solve_in_steps(const Costs& costs, const std::vector<int>& people, const std::vector<int>& capacity,
                    Cost pool_cost, double unfairness_metres, bool exact) {
  Tried tried;
  tried.demands_of.resize(people.size());
  const auto solved = [&] {
    return solve(static_cast<int>(people.size()), capacity, tried.arcs, pool_cost, unfairness_metres);
  };
  const auto try_cheapest = [&](const std::vector<Cost>& price_of, int count) {
    for (std::size_t i = 0; i < people.size(); ++i)
      tried.add(costs, people[i], static_cast<int>(i), price_of, INT64_MAX, count);
  };

  std::vector<Cost> prices(capacity.size(), 0);
  if (people.size() * capacity.size() <= arcs_at_once) {
    try_cheapest(prices, static_cast<int>(capacity.size()));
    return solved();
  }
  std::vector<int> sample, scaled;
  for (std::size_t i = 0; i < people.size(); i += sample_step) sample.push_back(people[i]);
  int carried = 0;  // What rounding leaves over goes to the next, so that the sum is right.
  for (const int places : capacity) {
    carried += places;
    scaled.push_back(carried / sample_step);
    carried %= sample_step;
  }
  prices = solve_in_steps(costs, sample, scaled, pool_cost, unfairness_metres, false).price_of;
  for (std::size_t d = 0; d < prices.size(); ++d)  // "No place in the sample" says nothing about the price of one.
    if (scaled[d] == 0 || prices[d] > pool_cost / 2) prices[d] = 0;

  try_cheapest(prices, likely_arcs);
  for (;;) {
    Flow flow = solved();
    if (!exact) return flow;
    // An arc improves the answer if it costs less than its person's potential says. Those that nearly would go in too:
    // prices will move a little, and one round more costs more than a few arcs.
    const Cost near_enough = std::accumulate(flow.price_of.begin(), flow.price_of.end(), Cost{0}) /
                             static_cast<Cost>(flow.price_of.size() * price_share);
    bool improves = false;
    for (std::size_t i = 0; i < people.size(); ++i) {
      const Cost enough = -flow.person_potential[i];
      improves |=
          tried.add(costs, people[i], static_cast<int>(i), flow.price_of, enough + near_enough, better_arcs) < enough;
    }
    if (!improves) return flow;
  }
}

}  // namespace

Way way_to(const Volunteer& volunteer, const Demand& demand) {
  FL_CHECK(volunteer.home || volunteer.work);
  const double home = volunteer.home ? square(*volunteer.home, demand.at) : HUGE_VAL;
  const double work = volunteer.work ? square(*volunteer.work, demand.at) : HUGE_VAL;
  return work < home ? Way{std::sqrt(work), Near::work} : Way{std::sqrt(home), Near::home};
}

bool has_skills(const Volunteer& volunteer, const Demand& demand) {
  return std::all_of(demand.skills.begin(), demand.skills.end(), [&](const std::string& skill) {
    return std::find(volunteer.skills.begin(), volunteer.skills.end(), skill) != volunteer.skills.end();
  });
}

Matching match(std::span<const Volunteer> volunteers, std::span<const Demand> demands, const MatchOptions& options) {
  const Costs costs(volunteers, demands);
  std::vector<int> capacity;
  for (const Demand& demand : demands) capacity.push_back(std::max(0, demand.needed));
  Matching answer{std::vector<Match>(volunteers.size()), std::vector<double>(demands.size()), 0, 0};
  std::vector<int> free_people;
  for (std::size_t v = 0; v < volunteers.size(); ++v) {
    if (const auto pinned = volunteers[v].pinned_to) {
      answer.matches[v].demand = *pinned;
      capacity[*pinned] = std::max(0, capacity[*pinned] - 1);
    } else {
      free_people.push_back(static_cast<int>(v));
    }
  }

  const Cost longest = std::llround(widest(volunteers, demands) * 1000) + 1;
  // Dearer than any chain of moves, which passes each place once: so nobody stays in the pool to save metres.
  const Cost spread = std::llround(options.unfairness_metres * 1000);
  const Cost pool_cost = (longest + spread) * static_cast<Cost>(demands.size() + 1);

  const Flow flow = solve_in_steps(costs, free_people, capacity, pool_cost, options.unfairness_metres, true);
  for (std::size_t i = 0; i < free_people.size(); ++i) answer.matches[free_people[i]].demand = flow.demand_of[i];
  for (std::size_t d = 0; d < demands.size(); ++d)
    answer.worth_metres[d] = static_cast<double>(std::max<Cost>(0, flow.price_of[d])) / 1000;
  for (std::size_t v = 0; v < volunteers.size(); ++v) {
    Match& found = answer.matches[v];
    if (found.demand < 0) continue;
    const Way way = way_to(volunteers[v], demands[found.demand]);
    found.metres = way.metres;
    found.near = way.near;
    ++answer.placed;
    answer.metres += way.metres;
  }
  return answer;
}

void place_late(std::span<const Volunteer> volunteers, std::span<const Demand> demands, Matching& matching) {
  FL_CHECK(!volunteers.empty() && matching.matches.size() + 1 == volunteers.size());
  const Costs costs(volunteers, demands);
  const int newcomer = static_cast<int>(volunteers.size()) - 1;
  const int places = static_cast<int>(demands.size());
  matching.matches.push_back({});

  constexpr Cost never = INT64_MAX / 4;
  // Moving somebody from a to b: the least that it costs, and whom.
  std::vector<Cost> move(static_cast<std::size_t>(places) * places, never);
  std::vector<int> mover(move.size(), -1), filled(places, 0);
  for (int v = 0; v < newcomer; ++v) {
    const int a = matching.matches[v].demand;
    if (a < 0) continue;
    ++filled[a];
    if (volunteers[v].pinned_to) continue;
    const Cost here = costs(v, a);
    for (const int b : costs.fitting(v)) {
      const std::size_t at = static_cast<std::size_t>(a) * places + b;
      if (const Cost by = costs(v, b) - here; b != a && by < move[at]) {
        move[at] = by;
        mover[at] = v;
      }
    }
  }

  // Cheapest chains from the newcomer; an optimal matching has no chain that ends where it began and saves anything.
  std::vector<Cost> chain(places, never);
  std::vector<int> from(places, -1);
  for (const int d : costs.fitting(newcomer)) chain[d] = costs(newcomer, d);
  for (int round = 0, changed = 1; changed && round < places; ++round) {
    changed = 0;
    for (int a = 0; a < places; ++a) {
      if (chain[a] >= never) continue;
      for (int b = 0; b < places; ++b) {
        const Cost by = move[static_cast<std::size_t>(a) * places + b];
        if (const Cost through = chain[a] + by; by < never && through < chain[b]) {
          chain[b] = through;
          from[b] = a;
          changed = 1;
        }
      }
    }
  }
  int end = -1;
  for (int d = 0; d < places; ++d)
    if (filled[d] < demands[d].needed && chain[d] < never && (end < 0 || chain[d] < chain[end])) end = d;
  if (end < 0) return;

  const auto put = [&](int v, int d) {
    const Way way = way_to(volunteers[v], demands[d]);
    matching.metres += way.metres - matching.matches[v].metres;
    matching.matches[v] = {d, way.metres, way.near};
  };
  for (; from[end] >= 0; end = from[end]) put(mover[static_cast<std::size_t>(from[end]) * places + end], end);
  put(newcomer, end);
  ++matching.placed;
}

std::vector<int> nearer_and_full(std::span<const Volunteer> volunteers, std::span<const Demand> demands,
                                 const Matching& matching, int volunteer) {
  const Match& matched = matching.matches[volunteer];
  std::vector<std::pair<double, int>> nearer;
  for (std::size_t d = 0; d < demands.size(); ++d) {
    const double metres = way_to(volunteers[volunteer], demands[d]).metres;
    if (has_skills(volunteers[volunteer], demands[d]) && (matched.demand < 0 || metres < matched.metres))
      nearer.emplace_back(metres, static_cast<int>(d));
  }
  std::sort(nearer.begin(), nearer.end());
  std::vector<int> all;
  for (const auto& [metres, d] : nearer) all.push_back(d);
  return all;
}

}  // namespace firstline::mobilise
