#include "policy/library.hpp"
#include "policy/view.hpp"
#include "policy/wire.hpp"

namespace firstline::policy {
namespace {

struct Pair {
  std::string_view lesser, worse;  // Parameters: the first may not be the harsher one.
  Outcome lesser_outcome, worse_outcome;
};
#define FL_PAIR(lesser, worse) \
  Pair { "gate." #lesser, "gate." #worse, policy.lesser, policy.worse }

Result<void> check_coherent(const GatePolicy& policy) {
  const Pair pairs[] = {
      FL_PAIR(signs.pool_abnormal, signs.nat_positive),
      FL_PAIR(code.yellow_out, signs.red_code),
      FL_PAIR(code.yellow_in_resident, signs.red_code),
      FL_PAIR(code.yellow_in_other, signs.red_code),
      FL_PAIR(isolation.monitoring_out, isolation.home_out),
      FL_PAIR(isolation.monitoring_in, isolation.home_in),
      FL_PAIR(isolation.home_out, isolation.central),
      FL_PAIR(isolation.home_in, isolation.central),
      FL_PAIR(isolation.past_end, isolation.monitoring_out),
      FL_PAIR(isolation.past_end, isolation.monitoring_in),
      FL_PAIR(zone.precautionary, zone.controlled_home_out),
      FL_PAIR(zone.precautionary, zone.controlled_home_in),
      FL_PAIR(zone.precautionary, zone.closed_home_elsewhere_in),
      FL_PAIR(zone.precautionary, zone.closed_home_elsewhere_out),
      FL_PAIR(zone.precautionary, outing.approved),
      FL_PAIR(isolation.past_end, outing.approved),
      FL_PAIR(zone.controlled_home_out, zone.sealed_home_out),
      FL_PAIR(zone.controlled_home_in, zone.sealed_home_in),
      FL_PAIR(zone.precautionary, zone.controlled_compound_out),
      FL_PAIR(zone.precautionary, zone.controlled_compound_in_resident),
      FL_PAIR(zone.precautionary, zone.controlled_compound_in_worker),
      FL_PAIR(zone.precautionary, zone.controlled_compound_in_other),
      FL_PAIR(zone.controlled_compound_out, zone.sealed_compound_out),
      FL_PAIR(zone.controlled_compound_in_resident, zone.sealed_compound_in_resident),
      FL_PAIR(zone.controlled_compound_in_worker, zone.sealed_compound_in_worker),
      FL_PAIR(zone.controlled_compound_in_other, zone.sealed_compound_in_other),
      FL_PAIR(trip.back_from_medium_risk, trip.back_from_high_risk),
      FL_PAIR(code.missing_child, code.missing),
      FL_PAIR(code.missing_elder, code.missing),
  };
  for (const Pair& pair : pairs)
    if (pair.worse_outcome < pair.lesser_outcome)
      return fail(FaultCode::conflict, "policy.incoherent", "milder than " + std::string(pair.lesser),
                  std::string(pair.worse));
  return {};
}

}  // namespace

Result<GatePolicy> gate_policy(const PolicySet& set) {
  GatePolicy policy;
  FL_TRYV(view::fill(set, "gate", policy));
  policy.version = set.version;
  FL_TRYV(check_coherent(policy));
  return policy;
}

}  // namespace firstline::policy
