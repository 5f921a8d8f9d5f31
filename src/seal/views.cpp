#include "seal/views.hpp"

#include <algorithm>
#include <set>

#include "access/service.hpp"
#include "json/json.hpp"
#include "seal/acts.hpp"

namespace firstline::seal {
namespace {

using http::Call;
using http::Role;
using store::Session;

constexpr std::size_t missing_shown_max = 200;
constexpr http::RoleSet sees_people{Role::grid_worker, Role::secretary, Role::health_officer};

Result<api::SealActView> view_of(Call& call, const Act& act) {
  Session& session = *call.session;
  api::SealActView view;
  view.act_id = act.id;
  view.kind = act.kind;
  view.state = state_of(act);
  FL_TRY(const auto places, json::read<std::vector<PlaceChange>>(act.changes));
  for (const PlaceChange& each : places) {
    FL_TRY(const auto area, area_of(session, act.community_id, each.area_id));
    FL_TRY(auto label, label_of(session, act.community_id, area));
    view.places.push_back({each.area_id, std::move(label), each.level});
  }
  view.reason = act.reason;
  view.starts_at = act.starts_at;
  view.review_at = act.review_at;
  view.not_before = act.not_before;
  FL_TRY(view.proposed_by_name, access::display_name(session, act.proposed_by));
  view.proposed_at = act.proposed_at;
  if (act.decided_by) {
    FL_TRY(view.decided_by_name, access::display_name(session, *act.decided_by));
  }
  view.decided_at = act.decided_at;
  view.issuer = act.issuer;
  view.document = act.document;
  view.note = act.note;
  if (act.announced_by) {
    FL_TRY(view.announced_by_name, access::display_name(session, *act.announced_by));
  }
  view.announced_at = act.announced_at;
  view.effective_at = act.effective_at;
  const bool power = has_power(call.actor, call.place.path);
  view.may_decide = power && view.state == ActState::proposed && act.proposed_by != call.actor.account;
  view.may_announce = power && view.state == ActState::decided;
  view.may_withdraw = call.actor.holds_any(proposing, call.place) && is_open(act);
  return view;
}

std::set<PersonId> missing_people(const Projection& projection) {
  std::set<PersonId> people;
  for (const ConditionState& state : projection.conditions)
    for (const StillMissing& each : state.missing) people.insert(each.people.begin(), each.people.end());
  return people;
}

Result<void> fill_people(Call& call, const Desk& desk, const PlaceKnown& place, api::SealPlaceView& view) {
  Session& session = *call.session;
  std::set<PersonId> wanted = missing_people(*view.projection);
  const bool shown = call.actor.holds_any(sees_people, call.place);
  for (ConditionState& state : view.projection->conditions)
    for (StillMissing& each : state.missing) each.people.clear();
  if (!shown) return {};
  for (const PersonId id : wanted) {
    if (view.missing.size() >= missing_shown_max) break;
    FL_TRY(const auto resident, desk.people->resident(session, {place.span.community_id, id}));
    view.missing.push_back({id, person::mask_name(resident.person.name), resident.household_label});
  }
  return {};
}

Result<api::SealPlaceView> view_of(Call& call, const Desk& desk, const PlaceKnown& place) {
  api::SealPlaceView view;
  view.area_id = place.span.area_id;
  view.label = place.label;
  view.name = place.area.name;
  view.path = place.area.path;
  view.level = place.span.level;
  view.from = place.span.from_at;
  if (place.span.until_at != open_end) view.until = place.span.until_at;
  view.people = static_cast<int>(place.evidence.people.size());
  if (place.area.kind == area::AreaKind::household) {
    view.households = 1;
  } else {
    FL_TRY(const auto below, area::below(*call.session, place.span.community_id, place.area.path));
    view.households = static_cast<int>(std::count_if(
        below.begin(), below.end(), [](const area::Area& each) { return each.kind == area::AreaKind::household; }));
  }
  FL_TRY(const auto way, area::way_to(*call.session, place.span.community_id, place.area.path));
  for (const area::Area& node : way)
    if (node.kind == area::AreaKind::building) view.building_id = node.id;
  view.projection = place.projection;
  view.earliest_by_old_rules = place.earliest_by_old_rules;
  FL_TRYV(fill_people(call, desk, place, view));
  return view;
}

// A place that is closed later, or was once.
Result<api::SealPlaceView> view_of(Call& call, const SpanRow& span) {
  api::SealPlaceView view;
  FL_TRY(const auto area, area_of(*call.session, span.community_id, span.area_id));
  view.area_id = span.area_id;
  FL_TRY(view.label, label_of(*call.session, span.community_id, area));
  view.name = area.name;
  view.path = area.path;
  view.level = span.level;
  view.from = span.from_at;
  if (span.until_at != open_end) view.until = span.until_at;
  return view;
}

Result<api::SealHappeningView> view_of(Call& call, const Happening& happening) {
  api::SealHappeningView view;
  view.happening_id = happening.id;
  view.kind = happening.kind;
  view.ref = happening.ref;
  if (happening.area_id) {
    FL_TRY(const auto area, area_of(*call.session, happening.community_id, happening.area_id));
    FL_TRY(view.area_label, label_of(*call.session, happening.community_id, area));
  }
  view.at = happening.at;
  view.reported_at = happening.reported_at;
  view.outside_unit = happening.outside_unit;
  view.kept_at_home = happening.kept_at_home;
  view.new_contacts = happening.new_contacts;
  FL_TRY(view.recorded_by_name, access::display_name(*call.session, happening.recorded_by));
  view.recorded_at = happening.recorded_at;
  view.struck = happening.struck_at.has_value();
  return view;
}

Result<api::SealCheckView> view_of(Call& call, const ExitCheck& check) {
  FL_TRY(const auto area, area_of(*call.session, check.community_id, check.area_id));
  FL_TRY(const auto name, access::display_name(*call.session, check.checked_by));
  FL_TRY(const auto label, label_of(*call.session, check.community_id, area));
  return api::SealCheckView{check.id, label, check.kind, check.open, check.note, name, check.checked_at};
}

bool less_sure(Sureness a, Sureness b) { return static_cast<int>(a) < static_cast<int>(b); }

Result<api::SealOrderRow> row_of(Call& call, const Desk& desk, const area::Area& community, const SealOrder& order) {
  FL_TRY(const auto known, gather(*call.session, desk, community, order, call.now));
  api::SealOrderRow row;
  row.order_id = order.id;
  row.code = order.code;
  row.state = known.state;
  row.review_at = order.review_at;
  row.waiting = known.waiting;
  row.act_open = std::any_of(known.acts.begin(), known.acts.end(), is_open);
  for (const PlaceKnown& place : known.places) {
    row.places.push_back({place.span.area_id, place.label, place.span.level});
    if (!row.since || place.span.designated_at < *row.since) row.since = place.span.designated_at;
    // The last place to open says when the order can end.
    if (place.projection.earliest && (!row.earliest || *place.projection.earliest > *row.earliest))
      row.earliest = place.projection.earliest;
    if (row.places.size() == 1 || less_sure(row.sureness, place.projection.sureness))
      row.sureness = place.projection.sureness;
  }
  if (known.places.empty() && !known.acts.empty()) {
    FL_TRY(const auto act, view_of(call, known.acts.front()));
    row.places = act.places;
  }
  return row;
}

api::WaitLevel level_of(area::AreaKind office) {
  if (office == area::AreaKind::district) return api::WaitLevel::district;
  return office == area::AreaKind::subdistrict ? api::WaitLevel::subdistrict : api::WaitLevel::community;
}

int hours_waiting(const api::SealOrderRow& row) {
  int hours = 0;
  for (const api::SealWaiting& one : row.waiting) hours = std::max(hours, one.hours);
  return hours;
}

}  // namespace

Result<api::SealOrders> list_orders(Call& call, const Desk& desk) {
  Session& session = *call.session;
  api::SealOrders listed;
  listed.may_propose = call.actor.holds_any(proposing, call.place);
  FL_TRY(const auto community, area::find_community(session, call.place.community));
  FL_TRY(const auto orders, load_orders(session, community.id));
  for (const SealOrder& order : orders) {
    FL_TRY(auto row, row_of(call, desk, community, order));
    listed.items.push_back(std::move(row));
  }
  return listed;
}

Result<api::SealsRaised> raised_to(Call& call, const Desk& desk, AreaId id) {
  Session& session = *call.session;
  FL_TRY(const auto office, area::find(session, {}, id));
  FL_TRY(const auto communities, area::communities_with_gates(session));
  api::SealsRaised raised;
  for (const AreaId each : communities) {
    FL_TRY(const auto community, area::find_community(session, each));
    if (!http::path_covers(office.path, community.path)) continue;
    FL_TRY(const auto orders, load_orders(session, each));
    for (const SealOrder& order : orders) {
      FL_TRY(auto row, row_of(call, desk, community, order));
      const bool here = std::any_of(row.waiting.begin(), row.waiting.end(),
                                    [&](const api::SealWaiting& one) { return one.level >= level_of(office.kind); });
      if (here) raised.items.push_back({each, community.name, std::move(row)});
    }
  }
  std::stable_sort(raised.items.begin(), raised.items.end(),
                   [](const auto& a, const auto& b) { return hours_waiting(a.order) > hours_waiting(b.order); });
  return raised;
}

Result<api::SealOrderView> order_view(Call& call, const Desk& desk, OrderId id) {
  Session& session = *call.session;
  FL_TRY(const auto community, area::find_community(session, call.place.community));
  FL_TRY(const auto order, order_met(session, community.id, id));
  FL_TRY(const auto known, gather(session, desk, community, order, call.now));
  api::SealOrderView view{order.id,
                          order.code,
                          known.state,
                          order.ground,
                          order.ground_ref,
                          order.justification,
                          order.smaller_scope,
                          order.review_at,
                          order.clock_anchor,
                          order.clock_at,
                          order.not_before,
                          order.policy_version,
                          known.rules_changed,
                          {},
                          {},
                          {},
                          {},
                          known.waiting,
                          call.actor.holds_any(proposing, call.place)};
  for (const PlaceKnown& place : known.places) {
    FL_TRY(auto shown, view_of(call, desk, place));
    view.places.push_back(std::move(shown));
  }
  for (const SpanRow& span : known.spans) {
    if (span.from_at <= call.now && call.now < span.until_at) continue;
    FL_TRY(auto shown, view_of(call, span));
    view.places.push_back(std::move(shown));
  }
  for (const Act& act : known.acts) {
    FL_TRY(auto shown, view_of(call, act));
    view.acts.push_back(std::move(shown));
  }
  for (const Happening& happening : known.happenings) {
    FL_TRY(auto shown, view_of(call, happening));
    view.happenings.push_back(std::move(shown));
  }
  FL_TRY(const auto checks, load_checks(session, community.id, id));
  for (const ExitCheck& check : checks) {
    FL_TRY(auto shown, view_of(call, check));
    view.checks.push_back(std::move(shown));
  }
  return view;
}

Result<api::SealStateThen> state_then(Call& call, AreaId id, Instant at) {
  FL_TRY(const auto area, area_of(*call.session, call.place.community, id));
  FL_TRY(const auto spans, load_spans_at(*call.session, call.place.community, at));
  FL_TRY(const auto label, label_of(*call.session, call.place.community, area));
  api::SealStateThen then{id, label, at, Level::none, {}};
  for (const SpanRow& span : spans) {
    if (!http::path_covers(path_of(span), area.path)) continue;
    then.level = std::max(then.level, span.level);
    then.orders.push_back(span.order_id);
  }
  return then;
}

}  // namespace firstline::seal
