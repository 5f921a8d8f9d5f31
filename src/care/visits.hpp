#pragma once

// Who visits whom, in which order (探访): routes of carers over people who need care, with windows, skills and visits
// that need two carers together or one after the other. Pure; simulated annealing over one order of all visits.
//
// The cost is the mean of three: the way in sum, lateness in sum, and the greatest lateness of one service. One thread;
// the same seed and number of moves give the same plan.

#include <array>
#include <cstdint>
#include <functional>
#include <string>
#include <vector>

namespace firstline::care {

enum class Together {
  alone,
  at_once,
  in_turn
};  // One carer; two who begin together; a second some time after the first.

struct Service {
  int skill = 0;
  double duration = 0;
};

struct Visit {
  double from = 0, until = 0;  // A service begins no earlier; if it begins later, it is late.
  std::array<Service, 2> services;
  Together together = Together::alone;
  double gap_min = 0, gap_max = 0;  // in_turn: between the two beginnings.
};

struct VisitProblem {
  std::vector<Visit> visits;
  std::vector<std::vector<bool>> can;    // By carer and skill.
  std::vector<std::vector<double>> way;  // 0 is where carers start and end; visit v is v + 1.
};

struct Stop {
  int visit = 0;
  int service = 0;  // 0 or 1.
  double begins = 0;
};

struct VisitPlan {
  std::vector<int> order;                  // Of all visits; every carer keeps to it.
  std::vector<std::array<int, 2>> carers;  // By visit; the second -1 for one alone.
  double way = 0, late = 0, latest = 0;
  double cost() const { return (way + late + latest) / 3; }
};

struct VisitSearch {
  std::uint64_t seed = 1;
  std::function<double(std::int64_t moves)> progress;  // 0 to 1; asked every few moves.
};

// Whether somebody can do each service of each visit; without that there is no plan.
bool can_be_planned(const VisitProblem& problem);
VisitPlan plan_visits(const VisitProblem& problem, const VisitSearch& search);
// Stops of each carer in time, as the plan's order and carers make them.
std::vector<std::vector<Stop>> stops_of(const VisitProblem& problem, const VisitPlan& plan);

}  // namespace firstline::care
