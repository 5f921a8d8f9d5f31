#include "seal/card.hpp"

#include <algorithm>

#include "json/json.hpp"
#include "seal/acts.hpp"
#include "seal/sms.hpp"

namespace firstline::seal {
namespace {

using http::Call;
using store::Session;

constexpr std::chrono::days shown_after_release{7};

std::optional<Date> next_test(const Projection& projection, Date today) {
  for (const PlannedDay& each : projection.plan)
    if (each.date >= today && (each.nat || each.full_round)) return each.date;
  return std::nullopt;
}

api::SealCardPlace place_on_card(const PlaceKnown& place, Date today) {
  const Projection& projection = place.projection;
  api::SealCardPlace shown;
  shown.label = place.label;
  shown.name = place.area.name;
  shown.level = place.span.level;
  shown.since = place.span.designated_at;
  shown.conditions = projection.conditions;
  for (ConditionState& state : shown.conditions)
    for (StillMissing& each : state.missing) each.people.clear();
  shown.earliest = projection.earliest;
  shown.sureness = projection.sureness;
  shown.then = projection.then;
  shown.steps = projection.steps;
  shown.plan = projection.plan;
  shown.sensitivity = projection.sensitivity;
  shown.next_test_on = next_test(projection, today);
  shown.met_since = projection.met_since;
  return shown;
}

Result<void> add_exits(Session& session, const SealOrder& order, api::SealCard& card) {
  FL_TRY(const auto checks, load_checks(session, order.community_id, order.id));
  for (const ExitCheck& check : checks) {
    card.exits_checked_at = check.checked_at;
    card.exits_open = check.open;
  }
  return {};
}

Result<api::SealCard> card_of(Session& session, const Desk& desk, const SealOrder& order, Instant now) {
  FL_TRY(const auto community, area::find_community(session, order.community_id));
  FL_TRY(const auto known, gather(session, desk, community, order, now));
  api::SealCard card;
  card.code = order.code;
  card.community_name = community.name;
  card.community_id = community.id;
  card.generated = community.generated;
  card.state = known.state;
  card.ground = order.ground;
  card.review_at = order.review_at;
  card.rules_changed = known.rules_changed;
  card.policy_version = order.policy_version;
  card.waiting = known.waiting;
  card.updated_at = now;
  for (const Act& act : known.acts) {
    if (!act.announced_at) continue;
    // The latest announcement speaks; the first says since when.
    card.issuer = act.issuer;
    card.document = act.document;
    card.announced_at = act.announced_at;
  }
  if (!card.announced_at) return fail(FaultCode::not_found, "seal.unknown");
  for (const SpanRow& span : known.spans) {
    if (!card.since || span.designated_at < *card.since) card.since = span.designated_at;
    if (known.state == api::OrderState::released && (!card.released_at || span.until_at > *card.released_at))
      card.released_at = span.until_at;
  }
  for (const PlaceKnown& place : known.places) card.places.push_back(place_on_card(place, civil_date(now)));
  FL_TRYV(add_exits(session, order, card));
  card.sms_zh = sms_zh(card);
  card.sms_en = sms_en(card);
  return card;
}

}  // namespace

Result<api::SealCard> card(Call& call, const Desk& desk, std::string_view code) {
  FL_TRY(const auto owner, find_code(*call.session, code));
  if (!owner) return fail(FaultCode::not_found, "seal.unknown");
  FL_TRY(const auto order, order_met(*call.session, owner->community_id, owner->order_id));
  return card_of(*call.session, desk, order, call.now);
}

Result<api::MySeal> my_seal(Call& call, const Desk& desk) {
  if (!call.actor.person) return fail(FaultCode::not_found, "person.none_of_this_account");
  Session& session = *call.session;
  FL_TRY(const auto me, desk.people->resident(session, {call.actor.person_community, call.actor.person}));
  api::MySeal mine{me.person.household_id, me.household_label, Level::none, {}};
  FL_TRY(const auto spans, load_spans_from(session, me.person.community_id, call.now - shown_after_release));
  std::vector<OrderId> orders;
  for (const SpanRow& span : spans) {
    if (!http::path_covers(path_of(span), me.household_path)) continue;
    if (span.from_at <= call.now && call.now < span.until_at) mine.level = std::max(mine.level, span.level);
    if (std::find(orders.begin(), orders.end(), span.order_id) == orders.end()) orders.push_back(span.order_id);
  }
  for (auto id = orders.rbegin(); id != orders.rend(); ++id) {
    FL_TRY(const auto order, order_met(session, me.person.community_id, *id));
    FL_TRY(auto shown, card_of(session, desk, order, call.now));
    mine.cards.push_back(std::move(shown));
  }
  return mine;
}

Result<std::vector<http::Event>> card_events(Session& session, const http::Topic& topic, std::int64_t after_id,
                                             int limit) {
  std::vector<http::Event> events;
  const auto code = topic.parameters.find("card");
  if (code == topic.parameters.end()) return events;
  FL_TRY(const auto owner, find_code(session, code->second));
  if (!owner) return events;
  FL_TRY(const auto changes, load_changes_after(session, owner->community_id, after_id, limit));
  for (const Change& change : changes) {
    // What is only proposed is nobody's news yet.
    if (change.order_id != owner->order_id || change.kind == "proposed" || change.kind == "decided" ||
        change.kind == "refused" || change.kind == "withdrawn")
      continue;
    events.push_back({change.id, "seal", json::write(api::SealEvent{change.order_id, change.kind})});
  }
  return events;
}

}  // namespace firstline::seal
