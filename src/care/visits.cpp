#include "care/visits.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "base/check.hpp"
#include "base/clock.hpp"

namespace firstline::care {
namespace {

struct Carer {
  int at = 0;  // Row of the ways.
  double free = 0;
};

// Puts the visits of a plan one after the other at the end of their carers' routes. `on_stop(carer, stop)`.
template <class F>
void lay_out(const VisitProblem& problem, VisitPlan& plan, std::vector<Carer>& carers, F on_stop) {
  carers.assign(problem.can.size(), {});
  plan.way = plan.late = plan.latest = 0;
  for (const int v : plan.order) {
    const Visit& visit = problem.visits[v];
    const int there = v + 1;
    const auto arrives = [&](int carer) {
      return std::max(visit.from, carers[carer].free + problem.way[carers[carer].at][there]);
    };
    std::array<double, 2> begins{arrives(plan.carers[v][0]), 0};
    const int count = visit.together == Together::alone ? 1 : 2;
    if (count == 2) {
      begins[1] = arrives(plan.carers[v][1]);
      if (visit.together == Together::at_once) {
        begins[0] = begins[1] = std::max(begins[0], begins[1]);
      } else {
        begins[1] = std::max(begins[1], begins[0] + visit.gap_min);
        begins[0] = std::max(begins[0], begins[1] - visit.gap_max);
      }
    }
    for (int service = 0; service < count; ++service) {
      const int who = plan.carers[v][service];
      plan.way += problem.way[carers[who].at][there];
      const double late = std::max(0.0, begins[service] - visit.until);
      plan.late += late;
      plan.latest = std::max(plan.latest, late);
      carers[who] = {there, begins[service] + visit.services[service].duration};
      on_stop(who, Stop{v, service, begins[service]});
    }
  }
  for (const Carer& carer : carers) plan.way += problem.way[carer.at][0];
}

class Search {
 public:
  Search(const VisitProblem& problem, const VisitSearch& options)
      : problem_(problem), options_(options), random_(options.seed) {
    for (const Visit& visit : problem.visits) {
      auto& pairs = allowed_.emplace_back();
      for (std::size_t a = 0; a < problem.can.size(); ++a) {
        if (!problem.can[a][visit.services[0].skill]) continue;
        if (visit.together == Together::alone) pairs.push_back({static_cast<int>(a), -1});
        else
          for (std::size_t b = 0; b < problem.can.size(); ++b)
            if (a != b && problem.can[b][visit.services[1].skill])
              pairs.push_back({static_cast<int>(a), static_cast<int>(b)});
      }
      FL_CHECK(!pairs.empty());
    }
  }

  VisitPlan run() {
    begin();
    VisitPlan best = plan_;
    // A long cooling from nowhere, a second one, and a shorter and milder one from the best.
    constexpr double cold = 0.01;
    constexpr std::array<double, 4> parts{0, 0.4, 0.75, 1};
    const double hottest = std::max(1.0, plan_.cost() / 6);
    std::size_t part = 0;
    double done = 0, temperature = hottest;
    for (std::int64_t moves = 0; done < 1; ++moves) {
      if (moves % 64 == 0) {
        done = options_.progress(moves);
        if (part + 2 < parts.size() && done >= parts[part + 1]) {
          ++part;
          if (part == 1) begin();
          else plan_ = best;
        }
        const double hot = part == 2 ? hottest / 8 : hottest;
        const double share = std::clamp((done - parts[part]) / (parts[part + 1] - parts[part]), 0.0, 1.0);
        temperature = hot * std::pow(cold / hot, share);
      }
      VisitPlan before = {};
      before.way = plan_.way, before.late = plan_.late, before.latest = plan_.latest;
      change();
      lay_out(problem_, plan_, carers_, [](int, const Stop&) {});
      const double worse = plan_.cost() - before.cost();
      if (worse > 0 && fraction() >= std::exp(-worse / temperature)) {
        take_back();
        plan_.way = before.way, plan_.late = before.late, plan_.latest = before.latest;
      } else if (plan_.cost() < best.cost() - 1e-9) {
        best = plan_;
      }
    }
    return best;
  }

 private:
  int below(std::size_t limit) { return static_cast<int>((random_.next() >> 33) % limit); }
  double fraction() { return static_cast<double>(random_.next() >> 11) * 0x1p-53; }

  void begin() {
    plan_.order.resize(problem_.visits.size());
    std::iota(plan_.order.begin(), plan_.order.end(), 0);
    std::sort(plan_.order.begin(), plan_.order.end(),
              [&](int a, int b) { return problem_.visits[a].until < problem_.visits[b].until; });
    plan_.carers.resize(problem_.visits.size());
    for (std::size_t v = 0; v < plan_.carers.size(); ++v) plan_.carers[v] = allowed_[v][below(allowed_[v].size())];
    lay_out(problem_, plan_, carers_, [](int, const Stop&) {});
  }

  // One visit goes elsewhere in the order, to other carers, or both; nearby places are tried more often.
  void change() {
    const std::size_t count = plan_.order.size();
    from_ = to_ = below(count);
    const int kind = below(3);
    if (kind != 1 && count > 1) {
      const int reach = below(4) == 0 ? static_cast<int>(count) : std::min<int>(12, static_cast<int>(count));
      to_ = std::clamp(from_ + (below(2) == 0 ? 1 : -1) * (1 + below(static_cast<std::size_t>(reach))), 0,
                       static_cast<int>(count) - 1);
      move(from_, to_);
    }
    visit_ = plan_.order[to_];
    carers_before_ = plan_.carers[visit_];
    if (kind != 0) plan_.carers[visit_] = allowed_[visit_][below(allowed_[visit_].size())];
  }
  void take_back() {
    plan_.carers[visit_] = carers_before_;
    move(to_, from_);
  }
  void move(int from, int to) {
    const auto begin = plan_.order.begin();
    if (from < to) std::rotate(begin + from, begin + from + 1, begin + to + 1);
    else std::rotate(begin + to, begin + from, begin + from + 1);
  }

  const VisitProblem& problem_;
  const VisitSearch& options_;
  SeededRandom random_;
  std::vector<std::vector<std::array<int, 2>>> allowed_;  // By visit: who can go.
  VisitPlan plan_;
  std::vector<Carer> carers_;
  int from_ = 0, to_ = 0, visit_ = 0;
  std::array<int, 2> carers_before_{};
};

}  // namespace

bool can_be_planned(const VisitProblem& problem) {
  return std::all_of(problem.visits.begin(), problem.visits.end(), [&](const Visit& visit) {
    for (std::size_t a = 0; a < problem.can.size(); ++a) {
      if (!problem.can[a][visit.services[0].skill]) continue;
      if (visit.together == Together::alone) return true;
      for (std::size_t b = 0; b < problem.can.size(); ++b)
        if (a != b && problem.can[b][visit.services[1].skill]) return true;
    }
    return false;
  });
}

VisitPlan plan_visits(const VisitProblem& problem, const VisitSearch& search) {
  if (problem.visits.empty()) return {};
  return Search(problem, search).run();
}

std::vector<std::vector<Stop>> stops_of(const VisitProblem& problem, const VisitPlan& plan) {
  std::vector<std::vector<Stop>> stops(problem.can.size());
  std::vector<Carer> carers;
  VisitPlan again = plan;
  lay_out(problem, again, carers, [&](int carer, const Stop& stop) { stops[carer].push_back(stop); });
  return stops;
}

}  // namespace firstline::care
