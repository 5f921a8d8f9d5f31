#include "tracer/rules.hpp"

namespace firstline::tracer {
namespace {

constexpr int calls_in_vain_max = 3;
constexpr std::int64_t encounters_high = 3, encounters_medium = 2, seconds_high = 30 * 60;

template <class Value>
Result<Value> parameter(const policy::PolicySet& set, const char* name) {
  const auto found = set.parameters.find(name);
  if (found == set.parameters.end()) return fail(FaultCode::not_found, "policy.parameter_missing", {}, name);
  return std::get<Value>(found->second.parameter.value);
}
Result<int> number(const policy::PolicySet& set, const char* name) {
  FL_TRY(const auto value, parameter<std::int64_t>(set, name));
  return static_cast<int>(value);
}
// A pack that says nothing about it does trace.
bool traced(const policy::PolicySet& set, const char* name) {
  const auto value = parameter<bool>(set, name);
  return !value || *value;
}
Result<Neighbours> neighbours(const policy::PolicySet& set, const char* name) {
  FL_TRY(const auto value, parameter<std::string>(set, name));
  return store::enum_value<Neighbours>(value);
}

}  // namespace

std::vector<TraceBasis> BasisSet::list() const {
  std::vector<TraceBasis> all;
  boost::mp11::mp_for_each<boost::describe::describe_enumerators<TraceBasis>>([&](auto each) {
    if (has(each.value)) all.push_back(each.value);
  });
  return all;
}

Result<TracePolicy> trace_policy(const policy::PolicySet& set) {
  TracePolicy policy;
  policy.version = set.version;
  policy.traced = traced(set, "people.close_contact.traced");
  policy.secondary_traced = traced(set, "people.secondary_contact.traced");
  FL_TRY(policy.lookback_days, number(set, "people.close_contact.lookback_days"));
  FL_TRY(policy.source_lookback_days, number(set, "people.source_search.lookback_days"));
  FL_TRY(policy.linger_minutes, number(set, "people.close_contact.linger_minutes"));
  FL_TRY(policy.overlap_minutes_min, number(set, "people.close_contact.overlap_minutes_min"));
  FL_TRY(policy.close_minutes_min, number(set, "people.close_contact.close_minutes_min"));
  FL_TRY(policy.neighbours, neighbours(set, "people.close_contact.neighbours"));
  FL_TRY(policy.close_neighbours, neighbours(set, "people.close_contact.close_neighbours"));
  return policy;
}

Category category_of(const Evidence& evidence, int close_minutes_min, Neighbours close_neighbours) {
  if (evidence.of_contact) return Category::contact_of_contact;
  const bool close = evidence.bases.has(TraceBasis::household) ||
                     (evidence.encounters > 0 && evidence.overlap_seconds >= close_minutes_min * 60) ||
                     (evidence.bases.has(TraceBasis::floor) && close_neighbours != Neighbours::none) ||
                     (evidence.bases.has(TraceBasis::unit) && close_neighbours == Neighbours::unit);
  return close ? Category::close_contact : Category::general_contact;
}

Confidence confidence_of(const Evidence& evidence, int linger_minutes) {
  if (evidence.bases.has(TraceBasis::household) || evidence.encounters >= encounters_high ||
      evidence.overlap_seconds >= seconds_high)
    return Confidence::high;
  if (evidence.encounters >= encounters_medium ||
      (evidence.encounters > 0 && evidence.overlap_seconds >= linger_minutes * 60))
    return Confidence::medium;
  return Confidence::low;
}

NextAction next_action(const Standing& standing) {
  if (standing.handed_off || standing.category == Category::not_a_contact) return NextAction::done;
  if (standing.elsewhere) return NextAction::hand_off;
  const auto outcome = standing.last_outcome;
  if (outcome != CallOutcome::reached) {
    const bool in_vain =
        outcome == CallOutcome::wrong_number || outcome == CallOutcome::refused || standing.calls >= calls_in_vain_max;
    return standing.has_phone && !in_vain ? NextAction::call : NextAction::visit;
  }
  if (standing.category == Category::general_contact)
    return standing.test_proposed || standing.isolation_proposed ? NextAction::done : NextAction::propose_test;
  return standing.isolation_proposed ? NextAction::done : NextAction::propose_isolation;
}

}  // namespace firstline::tracer
