#include "seal/acts.hpp"

#include <algorithm>
#include <set>

#include "area/service.hpp"
#include "json/json.hpp"
#include "ledger/fact.hpp"

namespace firstline::seal {
namespace {

using store::Session;

constexpr std::size_t places_max = 60, text_bytes_max = 2000, ref_bytes_max = 40, code_length = 10;
constexpr std::chrono::days review_ahead_max{30}, start_ahead_max{7}, behind_max{60};
// Without letters and digits that an eye takes for one another.
constexpr std::string_view alphabet = "23456789abcdefghjkmnpqrstvwxyz";

tl::unexpected<Fault> invalid(std::string_view reason, std::string where) {
  return fail(FaultCode::invalid, reason, {}, std::move(where));
}
bool has_text(const std::string& text) {
  return text.find_first_not_of(" \t\r\n") != text.npos && text.size() <= text_bytes_max;
}

Result<void> check_places(Session& session, AreaId community, const std::vector<PlaceChange>& places, bool imposing) {
  if (places.empty()) return invalid("seal.no_place", "/places");
  if (places.size() > places_max) return invalid("seal.too_many_places", "/places");
  std::set<AreaId> seen;
  for (std::size_t i = 0; i < places.size(); ++i) {
    const std::string where = "/places/" + std::to_string(i);
    if (!seen.insert(places[i].area_id).second) return invalid("seal.place_twice", where + "/area_id");
    if (imposing && places[i].level == Level::none) return invalid("seal.bad_level", where + "/level");
    FL_TRY(const auto place, place_met(session, community, places[i].area_id));
    if (place.kind == area::AreaKind::grid) return invalid("area.wrong_kind", where + "/area_id");
  }
  return {};
}

Result<void> check_times(Instant now, std::optional<Instant> starts_at, std::optional<Instant> review_at) {
  if (starts_at && (*starts_at < now - start_ahead_max || *starts_at > now + start_ahead_max))
    return invalid("seal.bad_time", "/starts_at");
  if (review_at && (*review_at <= now || *review_at > now + review_ahead_max))
    return invalid("seal.bad_time", "/review_at");
  return {};
}

// Of those that had not ended at `at`.
std::vector<SpanRow> standing(const std::vector<SpanRow>& spans, Instant at) {
  std::vector<SpanRow> found;
  for (const SpanRow& span : spans)
    if (span.until_at > at) found.push_back(span);
  return found;
}

// What is milder below something that stays closed would mean nothing.
Result<void> check_above(Session& session, const std::vector<SpanRow>& spans, AreaId community,
                         const std::vector<PlaceChange>& places) {
  for (std::size_t i = 0; i < places.size(); ++i) {
    FL_TRY(const auto place, place_met(session, community, places[i].area_id));
    for (const SpanRow& span : spans) {
      const bool changed = std::any_of(places.begin(), places.end(),
                                       [&](const PlaceChange& each) { return each.area_id == span.area_id; });
      if (!changed && http::path_covers(path_of(span), place.path) && places[i].level < span.level)
        return fail(FaultCode::conflict, "seal.closed_above", {}, "/places/" + std::to_string(i));
    }
  }
  return {};
}

Result<void> check_free(Session& session, const SealOrder& order) {
  FL_TRY(const auto acts, load_acts(session, order.community_id, order.id));
  for (const Act& act : acts)
    if (is_open(act)) return fail(FaultCode::conflict, "seal.act_open");
  return {};
}

Act act_of(http::Call& call, const SealOrder& order, ActKind kind) {
  Act act;
  act.community_id = order.community_id;
  act.id = call.session->new_id<ActId>(call.now);
  act.order_id = order.id;
  act.kind = kind;
  act.proposed_by = call.actor.account;
  act.proposed_at = call.now;
  return act;
}

struct ActBody {
  ActKind kind = ActKind::impose;
  std::vector<PlaceChange> places;
  std::optional<Instant> effective_at;
};
BOOST_DESCRIBE_STRUCT(ActBody, (), (kind, places, effective_at))

Result<void> note_act(http::Call& call, const SealOrder& order, const Act& act, std::string kind,
                      std::string_view change) {
  FL_TRY(auto places, json::read<std::vector<PlaceChange>>(act.changes));
  FL_TRYV(note(call, order, std::move(kind), "seal_act:" + format_id(act.id.value),
               json::write(ActBody{act.kind, std::move(places), act.effective_at}), change));
  return {};
}

Result<api::SealProposed> put_forward(http::Call& call, const SealOrder& order, const Act& act) {
  FL_TRYV(save(*call.session, act));
  FL_TRYV(note_act(call, order, act, "seal.proposed", "proposed"));
  return api::SealProposed{order.id, act.id};
}

Result<Act> act_met(Session& session, const SealOrder& order, ActId id) {
  FL_TRY(auto act, load_act(session, order.community_id, id));
  if (!act || act->order_id != order.id) return fail(FaultCode::not_found, "seal.act_unknown");
  return std::move(*act);
}

Result<std::vector<SpanRow>> open_spans(Session& session, const SealOrder& order, Instant at) {
  FL_TRY(const auto all, load_spans_of(session, order.community_id, order.id));
  return standing(all, at);
}

// The part of an order goes on with the clock of what it was part of.
SpanRow span_of(http::Call& call, const SealOrder& order, const area::Area& place, Level level, Instant from,
                const std::vector<SpanRow>& before) {
  SpanRow span;
  span.community_id = order.community_id;
  span.id = call.session->new_id<SpanId>(call.now);
  span.order_id = order.id;
  span.area_id = place.id;
  const auto bytes = std::as_bytes(std::span(place.path.data(), place.path.size()));
  span.path.assign(bytes.begin(), bytes.end());
  span.level = level;
  span.from_at = span.designated_at = from;
  span.until_at = open_end;
  std::size_t nearest = 0;
  for (const SpanRow& old : before) {
    if (!http::path_covers(path_of(old), place.path) || old.path.size() < nearest) continue;
    nearest = old.path.size();
    span.designated_at = old.designated_at;
    span.came_from_sealed = level < Level::sealed && (old.level == Level::sealed || old.came_from_sealed);
  }
  return span;
}

Result<void> apply(http::Call& call, const SealOrder& order, const Act& act, Instant from) {
  Session& session = *call.session;
  FL_TRY(const auto before, open_spans(session, order, from));
  FL_TRY(const auto places, json::read<std::vector<PlaceChange>>(act.changes));
  if (act.kind == ActKind::amend) FL_TRYV(check_above(session, before, order.community_id, places));
  for (const SpanRow& span : before) {
    const bool changed = act.kind == ActKind::release ||
                         std::any_of(places.begin(), places.end(),
                                     [&](const PlaceChange& each) { return each.area_id == span.area_id; });
    if (changed) FL_TRYV(end_span(session, order.community_id, span.id, from));
  }
  if (act.kind == ActKind::release) return {};
  for (const PlaceChange& each : places) {
    if (each.level == Level::none) continue;
    FL_TRY(const auto place, place_met(session, order.community_id, each.area_id));
    FL_TRYV(save(session, span_of(call, order, place, each.level, from, before)));
  }
  return {};
}

}  // namespace

bool has_power(const http::Actor& actor, std::string_view community_path) {
  return std::any_of(actor.grants.begin(), actor.grants.end(), [&](const http::Grant& grant) {
    const bool county = grant.path.find('/') == grant.path.npos;
    return deciding.has(grant.role) && county && http::path_covers(grant.path, community_path);
  });
}

Result<SealOrder> order_met(Session& session, AreaId community, OrderId id) {
  FL_TRY(auto order, load_order(session, community, id));
  if (!order) return fail(FaultCode::not_found, "seal.unknown");
  return std::move(*order);
}

Result<area::Area> place_met(Session& session, AreaId community, AreaId id) {
  if (id == community) return area::find_community(session, id);
  return area::find(session, community, id);
}

By by_of(const http::Call& call) { return {call.actor.account, call.actor.device, call.now, call.recorded_at()}; }

Result<FactId> note(http::Call& call, const SealOrder& order, std::string kind, std::string subject, std::string body,
                    std::string_view change) {
  return note(*call.session, order, by_of(call), std::move(kind), std::move(subject), std::move(body), change);
}

Result<FactId> note(Session& session, const SealOrder& order, const By& by, std::string kind, std::string subject,
                    std::string body, std::string_view change) {
  ledger::Draft fact;
  fact.community = order.community_id;
  fact.at = by.now;
  fact.recorded_at = by.recorded_at;
  fact.actor = by.account;
  fact.device = by.device;
  fact.area = order.community_id;
  fact.kind = std::move(kind);
  fact.subject = std::move(subject);
  fact.policy_version = order.policy_version;
  fact.body = std::move(body);
  FL_TRY(const FactId id, ledger::write(session, fact));
  FL_TRYV(note_change(session, {order.community_id, session.ids().next(by.now), order.id, std::string(change)}));
  return id;
}

Result<api::SealProposed> propose(http::Call& call, const Desk& desk, const api::ProposeSeal& command) {
  const AreaId community = call.place.community;
  Session& session = *call.session;
  FL_TRYV(check_places(session, community, command.places, true));
  FL_TRYV(check_times(call.now, command.starts_at, command.review_at));
  if (!has_text(command.justification)) return invalid("seal.reason_missing", "/justification");
  if (!has_text(command.smaller_scope)) return invalid("seal.reason_missing", "/smaller_scope");
  if (command.ground_ref.size() > ref_bytes_max) return invalid("seal.bad_ref", "/ground_ref");
  if (command.clock_at && (*command.clock_at > call.now || *command.clock_at < call.now - behind_max))
    return invalid("seal.bad_time", "/clock_at");
  FL_TRY(const auto rules, desk.rules->at(policy::division_code(call.place.path), call.now));
  // A seal that waits for a retest is what the Ten Measures ended.
  if (command.ground == Ground::positive_pool && rules->seal.temporary_sealing_allowed == false)
    return invalid("seal.temporary_not_allowed", "/ground");
  SealOrder order;
  order.community_id = community;
  order.id = session.new_id<OrderId>(call.now);
  for (std::size_t i = 0; i < code_length; ++i) order.code += alphabet[call.random->below(alphabet.size())];
  order.ground = command.ground;
  order.ground_ref = command.ground_ref;
  order.justification = command.justification;
  order.smaller_scope = command.smaller_scope;
  order.review_at = command.review_at;
  order.clock_anchor = command.clock_anchor;
  order.clock_at = command.clock_at;
  order.policy_version = rules->seal.version;
  order.created_by = call.actor.account;
  order.created_at = call.now;
  FL_TRYV(save(session, order));
  Act act = act_of(call, order, ActKind::impose);
  act.changes = json::write(command.places);
  act.reason = command.justification;
  act.starts_at = command.starts_at;
  return put_forward(call, order, act);
}

Result<api::SealProposed> propose_amendment(http::Call& call, const SealOrder& order,
                                            const api::ProposeSealAmendment& command) {
  Session& session = *call.session;
  FL_TRYV(check_free(session, order));
  FL_TRY(const auto spans, open_spans(session, order, call.now));
  if (spans.empty()) return fail(FaultCode::conflict, "seal.not_in_force");
  const bool only_terms = command.places.empty() && (command.review_at || command.not_before);
  if (!only_terms) FL_TRYV(check_places(session, order.community_id, command.places, false));
  FL_TRYV(check_above(session, spans, order.community_id, command.places));
  FL_TRYV(check_times(call.now, command.starts_at, command.review_at));
  if (command.not_before && (*command.not_before <= call.now || *command.not_before > call.now + review_ahead_max))
    return invalid("seal.bad_time", "/not_before");
  if (!has_text(command.reason)) return invalid("seal.reason_missing", "/reason");
  Act act = act_of(call, order, ActKind::amend);
  act.changes = json::write(command.places);
  act.reason = command.reason;
  act.starts_at = command.starts_at;
  act.review_at = command.review_at;
  act.not_before = command.not_before;
  return put_forward(call, order, act);
}

Result<api::SealProposed> propose_release(http::Call& call, const SealOrder& order,
                                          const api::ProposeSealRelease& command) {
  Session& session = *call.session;
  FL_TRYV(check_free(session, order));
  FL_TRY(const auto spans, open_spans(session, order, call.now));
  if (spans.empty()) return fail(FaultCode::conflict, "seal.not_in_force");
  FL_TRYV(check_times(call.now, command.starts_at, {}));
  if (!has_text(command.reason)) return invalid("seal.reason_missing", "/reason");
  Act act = act_of(call, order, ActKind::release);
  act.changes = "[]";
  act.reason = command.reason;
  act.starts_at = command.starts_at;
  return put_forward(call, order, act);
}

Result<void> decide(http::Call& call, const SealOrder& order, ActId id, const api::DecideSealAct& command) {
  FL_TRY(Act act, act_met(*call.session, order, id));
  if (!has_power(call.actor, call.place.path)) return fail(FaultCode::forbidden, "seal.no_power");
  if (act.proposed_by == call.actor.account) return fail(FaultCode::forbidden, "seal.by_the_same");
  if (!has_text(command.issuer)) return invalid("seal.issuer_missing", "/issuer");
  if (command.approve && !has_text(command.document)) return invalid("seal.issuer_missing", "/document");
  if (!command.approve && !has_text(command.note)) return invalid("seal.reason_missing", "/note");
  if (command.note.size() > text_bytes_max || command.document.size() > text_bytes_max)
    return invalid("seal.reason_missing", "/note");
  act.decided_by = call.actor.account;
  act.decided_at = call.now;
  act.approved = command.approve;
  act.issuer = command.issuer;
  act.document = command.document;
  act.note = command.note;
  FL_TRY(const bool first, decide(*call.session, act));
  if (!first) return fail(FaultCode::conflict, "seal.act_decided");
  return note_act(call, order, act, command.approve ? "seal.decided" : "seal.refused",
                  command.approve ? "decided" : "refused");
}

Result<void> announce(http::Call& call, const Desk& desk, const SealOrder& order, ActId id) {
  FL_TRY(Act act, act_met(*call.session, order, id));
  if (!has_power(call.actor, call.place.path)) return fail(FaultCode::forbidden, "seal.no_power");
  act.announced_by = call.actor.account;
  act.announced_at = call.now;
  act.effective_at = std::max(call.now, act.starts_at.value_or(call.now));
  FL_TRY(const bool first, announce(*call.session, act));
  if (!first) return fail(FaultCode::conflict, "seal.not_decided");
  FL_TRYV(apply(call, order, act, *act.effective_at));
  SealOrder terms = order;
  if (act.review_at) terms.review_at = *act.review_at;
  if (act.not_before) terms.not_before = act.not_before;
  if (act.review_at || act.not_before) FL_TRYV(save_terms(*call.session, terms));
  FL_TRYV(note_act(call, order, act, "seal.announced", act.kind == ActKind::release ? "released" : "announced"));
  if (desk.reactions && desk.reactions->announced)
    return desk.reactions->announced(*call.session, order.community_id, by_of(call));
  return {};
}

Result<void> withdraw(http::Call& call, const SealOrder& order, ActId id) {
  FL_TRY(Act act, act_met(*call.session, order, id));
  if (!is_open(act)) return fail(FaultCode::conflict, "seal.act_decided");
  act.withdrawn_by = call.actor.account;
  act.withdrawn_at = call.now;
  FL_TRY(const bool first, withdraw(*call.session, act));
  if (!first) return fail(FaultCode::conflict, "seal.act_decided");
  return note_act(call, order, act, "seal.withdrawn", "withdrawn");
}

}  // namespace firstline::seal
