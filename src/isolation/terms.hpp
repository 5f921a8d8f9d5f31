#pragma once

// What an order is made of: which stays, how many days each, tested when, by the rules for the kind of person that it
// is about. Pure. Holds no number: they are policy::PeoplePolicy's.

#include <optional>
#include <string>
#include <vector>

#include "base/fault.hpp"
#include "isolation/model.hpp"
#include "policy/people_policy.hpp"

namespace firstline::isolation {

// Whom the rules tell apart. 密接 密接的密接 入境 高风险区来人 中风险区来人 闭环离岗 出院 感染者
enum class Category : std::uint8_t {
  close_contact,
  secondary_contact,
  inbound,
  from_high_risk,
  from_medium_risk,
  closed_loop_worker,
  discharged,
  infected,
};

struct IsolationStep {
  IsolationKind kind = IsolationKind::central;
  std::optional<int> days;    // Absent: until somebody decides; the last step only.
  std::vector<int> nat_days;  // Of this step: day 1 is its first.
  bool operator==(const IsolationStep&) const = default;
};

struct IsolationTerms {
  std::vector<IsolationStep> steps;
  bool double_test_at_end = false;
  policy::DayBegins day_begins = policy::DayBegins::at_clock;
  policy::CountedFrom counted_from = policy::CountedFrom::decision;
  bool operator==(const IsolationTerms&) const = default;
};

// What somebody asked for by hand, where the rules leave it open or the ground is of their own finding.
struct AskedTerms {
  std::optional<IsolationKind> kind;
  std::optional<int> days;
  bool operator==(const AskedTerms&) const = default;
};

// Faults (conflict): isolation.no_rule, the rules in force say nothing and nothing was asked by hand;
// isolation.not_isolated, they say that such a person is not isolated. (invalid) isolation.bad_kind, the rules leave
// this kind no room.
[[nodiscard]] Result<IsolationTerms> terms_of(Category category, const AskedTerms& asked, bool by_hand,
                                              const policy::PeoplePolicy& policy);
// Longer or shorter by so many days at its end. Faults: isolation.no_rule (an open end has no days), isolation.bad_days
// (less than a day would be left of the last step).
[[nodiscard]] Result<IsolationTerms> with_more_days(IsolationTerms terms, int more);

}  // namespace firstline::isolation
