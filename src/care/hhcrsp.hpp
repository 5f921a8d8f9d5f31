#pragma once

// The public form of home-care routing problems (Mankowska et al., as JSON), so that the planning of visits can be held
// against published results. Fields that it does not know are passed over.
//
// Faults: invalid care.bad_problem, where = JSON pointer; json.* if it is no JSON.

#include <string>
#include <string_view>
#include <vector>

#include "base/fault.hpp"
#include "care/visits.hpp"

namespace firstline::care {

struct HomeCareInstance {
  VisitProblem problem;
  std::vector<std::string> patients, services, caregivers;
};
Result<HomeCareInstance> read_hhcrsp(std::string_view text);
// "global_ordering", and for each caregiver the stops with patient, service, arrival (when it begins) and departure.
std::string write_hhcrsp(const HomeCareInstance& instance, const VisitPlan& plan);

}  // namespace firstline::care
