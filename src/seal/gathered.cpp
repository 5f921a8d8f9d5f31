#include "seal/gathered.hpp"

#include <algorithm>
#include <set>

#include "health/results.hpp"
#include "seal/acts.hpp"

namespace firstline::seal {
namespace {

using store::Session;

// Samples from before the sealing may still count for a round just after it.
constexpr std::chrono::days tests_before{7};

TestResult result_of(health::NatState state) {
  if (state == health::NatState::positive) return TestResult::positive;
  return state == health::NatState::pool_abnormal ? TestResult::pool_abnormal : TestResult::negative;
}

bool says_something(health::NatState state) {
  return state == health::NatState::negative || state == health::NatState::positive ||
         state == health::NatState::pool_abnormal;
}

Result<void> add_people(Session& session, AreaId community, const SpanRow& span,
                        const std::vector<Happening>& happenings, Evidence& evidence) {
  std::set<PersonId> away;
  for (const Happening& each : happenings)
    if (each.kind == HappeningKind::person_away && !each.struck_at) away.insert(each.person_id);
  FL_TRY(const auto homes, load_people_below(session, community, path_of(span)));
  FL_TRY(const auto results,
         health::results_below(session, community, path_of(span), span.designated_at - tests_before));
  std::map<PersonId, PersonInside> inside;
  for (const PersonId person : homes)
    if (!away.contains(person)) inside.emplace(person, PersonInside{person, {}});
  for (const health::TestResult& test : results) {
    const auto who = inside.find(test.person_id);
    // An antigen test does not diagnose: it is no result of a round.
    if (who == inside.end() || test.kind != health::TestKind::nucleic_acid || !test.reported_at ||
        !says_something(test.state))
      continue;
    who->second.tests.push_back(
        {"nat_result:" + format_id(test.id.value), test.sampled_at, *test.reported_at, result_of(test.state)});
  }
  for (auto& [person, known] : inside) evidence.people.push_back(std::move(known));
  return {};
}

Order order_of(const SealOrder& order, const SpanRow& span) {
  Order now;
  now.level = span.level;
  now.designated_at = span.designated_at;
  if (span.from_at != span.designated_at) now.level_since = span.from_at;
  if (span.came_from_sealed) now.came_from_sealed = true;
  now.clock_anchor = order.clock_anchor;
  now.clock_at = order.clock_at;
  now.not_before = order.not_before;
  return now;
}

api::OrderState state_of(const Gathered& known, Instant now) {
  const bool stands =
      std::any_of(known.spans.begin(), known.spans.end(), [&](const SpanRow& span) { return span.until_at > now; });
  if (stands) return known.spans.empty() ? api::OrderState::proposed : api::OrderState::in_force;
  if (!known.spans.empty()) return api::OrderState::released;
  for (const Act& act : known.acts) {
    if (act.kind != ActKind::impose) continue;
    switch (state_of(act)) {
      case ActState::refused:
        return api::OrderState::refused;
      case ActState::withdrawn:
        return api::OrderState::withdrawn;
      case ActState::decided:
      case ActState::announced:
        return api::OrderState::decided;
      case ActState::proposed:
        break;
    }
  }
  return api::OrderState::proposed;
}

api::SealWaiting waiting_since(api::WaitKind kind, Instant since, const policy::SealPolicy& policy, Instant now) {
  api::SealWaiting waiting{
      kind, since, static_cast<int>(std::chrono::floor<std::chrono::hours>(now - since).count()), {}};
  const int step = policy.escalation_step_hours.value_or(0);
  const int level = step > 0 ? waiting.hours / step : 0;
  waiting.level = static_cast<api::WaitLevel>(std::min(level, static_cast<int>(api::WaitLevel::district)));
  return waiting;
}

// A place that could have been opened, and a review that nobody held.
void add_waiting(Gathered& known, const policy::SealPolicy& policy, Instant now) {
  if (known.places.empty()) return;
  std::optional<Instant> met;
  for (const PlaceKnown& place : known.places) {
    const auto since = place.projection.met_since;
    if (since && (!met || *since < *met)) met = since;
  }
  if (met) known.waiting.push_back(waiting_since(api::WaitKind::conditions_met, *met, policy, now));
  if (known.order.review_at <= now)
    known.waiting.push_back(waiting_since(api::WaitKind::review_passed, known.order.review_at, policy, now));
}

// The rules under which the order was announced, if they were others.
Result<std::shared_ptr<const policy::Rules>> rules_then(const Desk& desk, const std::string& code,
                                                        const Gathered& known) {
  Instant at = known.order.created_at;
  for (const Act& act : known.acts)
    if (act.kind == ActKind::impose && act.announced_at) at = *act.announced_at;
  return desk.rules->at(code, at);
}

}  // namespace

Result<area::Area> area_of(Session& session, AreaId community, AreaId id) { return place_met(session, community, id); }

Result<std::string> label_of(Session& session, AreaId community, const area::Area& area) {
  if (area.label.empty()) return area.name;
  FL_TRY(const auto way, area::way_to(session, community, area.path));
  return way.empty() || way.front().id == area.id ? area.label : way.front().name + " " + area.label;
}

Evidence evidence_of(const std::vector<Happening>& happenings, AreaId area, const std::string& path,
                     const std::map<AreaId, std::string>& paths) {
  Evidence evidence;
  std::map<std::string, CaseInside> cases;
  std::map<std::string, ContactInside> contacts;
  const auto fact = [](const Happening& each) { return "fact:" + format_id(each.fact_id.value); };
  for (const Happening& each : happenings) {
    if (each.struck_at) continue;
    const auto there = paths.find(each.area_id);
    if (each.area_id && each.area_id != area && there != paths.end() && !http::path_covers(path, there->second) &&
        !http::path_covers(there->second, path))
      continue;
    switch (each.kind) {
      case HappeningKind::case_found: {
        CaseInside& found = cases[each.ref];
        found.evidence = fact(each);
        found.found_at = each.at;
        found.outside_unit = each.outside_unit;
        found.kept_at_home = each.kept_at_home;
        found.contact_with_new_contacts = each.new_contacts;
        break;
      }
      case HappeningKind::case_removed:
        if (const auto known = cases.find(each.ref); known != cases.end()) known->second.removed_at = each.at;
        break;
      case HappeningKind::contact_found: {
        ContactInside& contact = contacts[each.ref];
        contact.evidence = fact(each);
        contact.found_at = each.recorded_at;
        contact.last_exposure_at = each.at;
        break;
      }
      case HappeningKind::contact_transferred:
        if (const auto known = contacts.find(each.ref); known != contacts.end()) known->second.transferred_at = each.at;
        break;
      case HappeningKind::contact_negative:
        if (const auto known = contacts.find(each.ref); known != contacts.end())
          known->second.negative_at = each.reported_at.value_or(each.at);
        break;
      case HappeningKind::contacts_complete:
        evidence.contacts_complete = true;
        break;
      case HappeningKind::disinfection_done:
        evidence.disinfections.push_back({fact(each), each.at});
        break;
      case HappeningKind::environment_negative:
      case HappeningKind::environment_positive:
        evidence.environment.push_back({fact(each), each.at, each.reported_at.value_or(each.at),
                                        each.kind == HappeningKind::environment_positive, each.outside_unit});
        break;
      case HappeningKind::person_away:
        break;
    }
  }
  for (auto& [ref, found] : cases) evidence.cases.push_back(std::move(found));
  for (auto& [ref, contact] : contacts) evidence.contacts.push_back(std::move(contact));
  return evidence;
}

Result<Gathered> gather(Session& session, const Desk& desk, const area::Area& community, const SealOrder& order,
                        Instant now) {
  Gathered known;
  known.order = order;
  FL_TRY(known.acts, load_acts(session, order.community_id, order.id));
  FL_TRY(known.happenings, load_happenings(session, order.community_id, order.id));
  FL_TRY(known.spans, load_spans_of(session, order.community_id, order.id));
  known.state = state_of(known, now);
  const std::string code = policy::division_code(community.path);
  FL_TRY(const auto rules, desk.rules->at(code, now));
  FL_TRY(const auto old_rules, rules_then(desk, code, known));
  known.rules_changed = rules->seal.version != old_rules->seal.version;
  std::map<AreaId, std::string> paths;
  for (const Happening& each : known.happenings) {
    if (!each.area_id || paths.contains(each.area_id)) continue;
    FL_TRY(const auto place, area_of(session, order.community_id, each.area_id));
    paths.emplace(each.area_id, place.path);
  }
  for (const SpanRow& span : known.spans) {
    if (span.from_at > now || span.until_at <= now) continue;
    PlaceKnown place;
    place.span = span;
    FL_TRY(place.area, area_of(session, order.community_id, span.area_id));
    FL_TRY(place.label, label_of(session, order.community_id, place.area));
    place.order = order_of(order, span);
    place.evidence = evidence_of(known.happenings, span.area_id, place.area.path, paths);
    FL_TRYV(add_people(session, order.community_id, span, known.happenings, place.evidence));
    place.projection = project(place.order, place.evidence, rules->seal, now);
    if (known.rules_changed)
      place.earliest_by_old_rules = project(place.order, place.evidence, old_rules->seal, now).earliest;
    known.places.push_back(std::move(place));
  }
  add_waiting(known, rules->seal, now);
  return known;
}

}  // namespace firstline::seal
