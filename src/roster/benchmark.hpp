#pragma once

// Public forms of rostering problems, so that the search can be held against published results:
// nrp: the shift-scheduling instances of Curtois and Qu as text; inrc2: the files of the second nurse rostering
// competition, several weeks solved as one.
//
// Faults: invalid roster.bad_line, where = "line N" (inrc2: "FILE:N").

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "base/fault.hpp"
#include "roster/problem.hpp"

namespace firstline::roster {

struct NrpInstance {
  Problem problem;
  std::vector<std::string> people;
  std::vector<std::string> shifts;
};
Result<NrpInstance> read_nrp(std::string_view text);
// A line a person in the order of the file: id, then a cell a day, empty for off.
std::string write_nrp(const NrpInstance& instance, const Roster& roster);

struct Inrc2Files {
  std::string scenario, history;
  std::vector<std::string> weeks;  // In order; the same text may come twice.
};
struct Inrc2Instance {
  Problem problem;
  std::string name;
  std::vector<std::string> people, shifts, skills;
};
Result<Inrc2Instance> read_inrc2(const Inrc2Files& files);
// One SOLUTION text a week.
std::vector<std::string> write_inrc2(const Inrc2Instance& instance, const Roster& roster);
// Whether every minimum is met; the search only makes missing one dear.
bool is_covered(const Inrc2Instance& instance, const Roster& roster);

}  // namespace firstline::roster
