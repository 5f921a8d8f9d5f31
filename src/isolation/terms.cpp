#include "isolation/terms.hpp"

namespace firstline::isolation {
namespace {

using policy::PeoplePolicy;
using policy::StayKind;

constexpr int days_max = 60;

// `none` where the rules leave the choice to whoever decides.
IsolationKind kind_of(StayKind kind) {
  switch (kind) {
    case StayKind::central:
      return IsolationKind::central;
    case StayKind::home:
      return IsolationKind::home;
    case StayKind::home_monitoring:
      return IsolationKind::home_monitoring;
    case StayKind::none:
    case StayKind::central_or_home:
      break;
  }
  return IsolationKind::none;
}

// What the rules say of one category: stays in order. Empty: nothing; a stay of 0 days: nobody is isolated.
struct Ruled {
  StayKind kind = StayKind::none;
  std::optional<int> days;
  std::vector<int> nat_days;
};
std::vector<Ruled> ruled(const policy::StayPolicy& stay) {
  if (!stay.days || !stay.kind) return {};
  return {{*stay.kind, stay.days, stay.nat_days}};
}
std::vector<Ruled> ruled(Category category, const PeoplePolicy& policy) {
  std::vector<Ruled> stays;
  switch (category) {
    case Category::close_contact: {
      const auto& contact = policy.close_contact;
      if (contact.central_days) stays.push_back({StayKind::central, contact.central_days, contact.central_nat_days});
      if (contact.home_days)
        stays.push_back(
            {contact.home_kind.value_or(StayKind::home_monitoring), contact.home_days, contact.home_nat_days});
      break;
    }
    case Category::secondary_contact:
      return ruled(policy.secondary_contact);
    case Category::inbound:
      if (policy.inbound.central_days) stays.push_back({StayKind::central, policy.inbound.central_days, {}});
      if (policy.inbound.home_days) stays.push_back({StayKind::home_monitoring, policy.inbound.home_days, {}});
      break;
    case Category::from_high_risk:
      return ruled(policy.from_high_risk);
    case Category::from_medium_risk:
      return ruled(policy.from_medium_risk);
    case Category::closed_loop_worker:
      return ruled(policy.closed_loop_worker);
    case Category::discharged:
      if (policy.discharged.monitoring_days)
        stays.push_back({StayKind::home_monitoring, policy.discharged.monitoring_days, {}});
      break;
    case Category::infected:
      break;  // Until they are well: no rule counts days for it.
  }
  return stays;
}

IsolationTerms begun(const PeoplePolicy& policy) {
  IsolationTerms terms;
  terms.day_begins = policy.isolation.day_begins.value_or(policy::DayBegins::at_clock);
  terms.counted_from = policy.isolation.counted_from.value_or(policy::CountedFrom::decision);
  return terms;
}

}  // namespace

Result<IsolationTerms> terms_of(Category category, const AskedTerms& asked, bool by_hand, const PeoplePolicy& policy) {
  IsolationTerms terms = begun(policy);
  if (asked.days && (*asked.days < 1 || *asked.days > days_max))
    return fail(FaultCode::invalid, "isolation.bad_days", {}, "/days");
  if (asked.kind == IsolationKind::none) return fail(FaultCode::invalid, "isolation.bad_kind", {}, "/kind");
  const auto stays = by_hand ? std::vector<Ruled>{} : ruled(category, policy);
  if (stays.empty()) {
    // Days by hand only where somebody answers for them in words; an infection has no days, only a kind.
    if (!asked.kind || (!asked.days && category != Category::infected))
      return fail(FaultCode::conflict, "isolation.no_rule");
    terms.steps.push_back({*asked.kind, asked.days, {}});
    return terms;
  }
  for (const Ruled& stay : stays) {
    if (*stay.days == 0 || stay.kind == StayKind::none) continue;
    IsolationKind kind = kind_of(stay.kind);
    if (stay.kind == StayKind::central_or_home) {
      kind = asked.kind.value_or(IsolationKind::home);
      if (kind == IsolationKind::home_monitoring) return fail(FaultCode::invalid, "isolation.bad_kind", {}, "/kind");
    }
    terms.steps.push_back({kind, stay.days, stay.nat_days});
  }
  if (terms.steps.empty()) return fail(FaultCode::conflict, "isolation.not_isolated");
  terms.double_test_at_end =
      category == Category::close_contact && policy.close_contact.double_test_at_end.value_or(false);
  return terms;
}

Result<IsolationTerms> with_more_days(IsolationTerms terms, int more) {
  if (terms.steps.empty() || !terms.steps.back().days) return fail(FaultCode::conflict, "isolation.no_rule");
  IsolationStep& last = terms.steps.back();
  const int days = *last.days + more;
  if (more == 0 || days < 1 || days > days_max) return fail(FaultCode::invalid, "isolation.bad_days", {}, "/more_days");
  // A test that lay on the last day stays on the last day.
  const bool tested_last = !last.nat_days.empty() && last.nat_days.back() == *last.days;
  std::erase_if(last.nat_days, [&](int day) { return day > days || (tested_last && day == *last.days); });
  if (tested_last && (last.nat_days.empty() || last.nat_days.back() != days)) last.nat_days.push_back(days);
  last.days = days;
  return terms;
}

}  // namespace firstline::isolation
