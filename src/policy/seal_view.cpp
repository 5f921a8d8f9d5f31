#include "policy/library.hpp"
#include "policy/view.hpp"
#include "policy/wire.hpp"

namespace firstline::policy {
namespace {

// A worse zone may not be let go sooner than a lesser one.
Result<void> check_coherent(const SealPolicy& policy) {
  const auto sealed = policy.sealed.days_without_case, controlled = policy.controlled.days_without_case;
  // Where a sealed zone becomes a controlled one afterwards, its days come on top.
  const bool on_top = policy.sealed.steps_down_to == StepsDownTo::controlled;
  if (policy.sealed_on_positive == true && !on_top && sealed && controlled && *sealed < *controlled)
    return fail(FaultCode::conflict, "policy.incoherent", "milder than zone.controlled.days_without_case",
                "zone.sealed.days_without_case");
  if (policy.after_sealed.days && sealed && *policy.after_sealed.days > *sealed)
    return fail(FaultCode::conflict, "policy.incoherent", "milder than zone.after_sealed.days",
                "zone.sealed.days_without_case");
  return {};
}

}  // namespace

Result<SealPolicy> seal_policy(const PolicySet& set) {
  SealPolicy policy;
  FL_TRYV(view::fill(set, "zone", policy));
  policy.version = set.version;
  FL_TRYV(check_coherent(policy));
  return policy;
}

}  // namespace firstline::policy
