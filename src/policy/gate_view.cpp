#include <boost/mp11/algorithm.hpp>

#include "policy/library.hpp"
#include "policy/wire.hpp"

namespace firstline::policy {
namespace {

namespace describe = boost::describe;

Result<void> assign(int& field, const Value& value) {
  field = static_cast<int>(std::get<std::int64_t>(value));
  return {};
}
Result<void> assign(bool& field, const Value& value) {
  field = std::get<bool>(value);
  return {};
}
template <class Enum>
requires std::is_enum_v<Enum> Result<void> assign(Enum& field, const Value& value) {
  if (!describe::enum_from_string(std::get<std::string>(value).c_str(), field))
    return fail(FaultCode::corrupt, "policy.choice_without_value");
  return {};
}

template <class Field>
Result<void> take(const PolicySet& set, const std::string& name, Field& field) {
  const auto found = set.parameters.find(name);
  if (found == set.parameters.end()) return fail(FaultCode::not_found, "policy.parameter_missing", {}, name);
  return assign(field, found->second.parameter.value);
}

// Walks the described members; a member that is described itself is a group of parameters.
template <class Group>
Result<void> fill(const PolicySet& set, const std::string& prefix, Group& group) {
  Result<void> result;
  boost::mp11::mp_for_each<describe::describe_members<Group, describe::mod_public>>([&](auto member) {
    auto& field = group.*member.pointer;
    using Field = std::remove_reference_t<decltype(field)>;
    if (!result || std::is_same_v<Field, std::string>) return;
    const std::string name = prefix + "." + member.name;
    if constexpr (std::is_class_v<Field> && !std::is_same_v<Field, std::string>) result = fill(set, name, field);
    else if constexpr (!std::is_same_v<Field, std::string>) result = take(set, name, field);
  });
  return result;
}

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
  FL_TRYV(fill(set, "gate", policy));
  policy.version = set.version;
  FL_TRYV(check_coherent(policy));
  return policy;
}

}  // namespace firstline::policy
