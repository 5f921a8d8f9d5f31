#pragma once

// The clauses of the verdict, by topic. Each looks at the arguments and adds what it finds; none sees what another
// found. Pure. Internal to the gate rule: callers use verdict.hpp.

#include <string_view>

#include "gate/model.hpp"

namespace firstline::gate {

// A policy's outcome for one situation, with the parameter's name for the reason.
struct Setting {
  Outcome outcome;
  std::string_view parameter;
};
#define FL_GATE_SETTING(field) \
  ::firstline::gate::Setting { view.policy.field, "gate." #field }

// The milder of the two: an approval or a sample under way softens what another parameter says.
inline Setting capped(Setting setting, Setting cap) { return cap.outcome < setting.outcome ? cap : setting; }

struct View {
  const Presented& presented;
  const GatePolicy& policy;
  Instant now;

  bool out() const { return presented.direction == Direction::out; }
  bool lives_here() const { return presented.relation == Relation::resident_here; }
  // Beyond the tolerated difference between two clocks.
  bool in_future(Instant at) const { return at > now + std::chrono::seconds(policy.clock_skew_seconds_max); }
};

class Findings {
 public:
  // A setting of pass means that the policy does not mind: nothing is added. The pointer stays good until the next add.
  Reason* add(ReasonKind reason, Setting setting, NextStep next);
  std::vector<Reason> take() { return std::move(reasons_); }

 private:
  std::vector<Reason> reasons_;
};

void check_danger(const View& view, Findings& findings);     // GATE-2..5: signs that the person may be infectious
void check_isolation(const View& view, Findings& findings);  // GATE-6
void check_seals(const View& view, Findings& findings);      // GATE-7, 8
void check_code(const View& view, Findings& findings);       // GATE-9..12
void check_nat(const View& view, Findings& findings);        // GATE-13
void check_outing(const View& view, Findings& findings);     // GATE-14, 15
void check_visit(const View& view, Findings& findings);      // GATE-16, 17
void check_trip(const View& view, Findings& findings);       // GATE-18
void check_manners(const View& view, Findings& findings);    // GATE-19..21: mask, temperature taken, health card

}  // namespace firstline::gate
