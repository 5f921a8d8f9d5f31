#include "policy/library.hpp"
#include "policy/view.hpp"
#include "policy/wire.hpp"

namespace firstline::policy {

Result<PeoplePolicy> people_policy(const PolicySet& set) {
  PeoplePolicy policy;
  FL_TRYV(view::fill(set, "people", policy));
  policy.version = set.version;
  const MonitoredPolicy& monitored = policy.monitored;
  if (monitored.first_due_hour && monitored.last_due_hour && *monitored.first_due_hour > *monitored.last_due_hour)
    return fail(FaultCode::conflict, "policy.incoherent", "later than people.monitored.last_due_hour",
                "people.monitored.first_due_hour");
  return policy;
}

}  // namespace firstline::policy
