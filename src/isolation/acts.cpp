#include "isolation/acts.hpp"

#include <algorithm>

#include "json/json.hpp"
#include "ledger/fact.hpp"

namespace firstline::isolation {
namespace {

using http::Call;
using store::Session;

constexpr std::size_t text_bytes_max = 1500, ref_bytes_max = 40;
constexpr std::chrono::days behind_max{60};

tl::unexpected<Fault> invalid(std::string_view reason, std::string where) {
  return fail(FaultCode::invalid, reason, {}, std::move(where));
}
bool has_text(const std::string& text) {
  return text.find_first_not_of(" \t\r\n") != text.npos && text.size() <= text_bytes_max;
}
// A number such as "2022-017": letters, digits and hyphens, so that no name gets in.
bool is_ref(const std::string& ref) {
  return ref.size() <= ref_bytes_max && std::all_of(ref.begin(), ref.end(), [](unsigned char c) {
           return std::isalnum(c) != 0 || c == '-' || c == '.';
         });
}
bool is_open(const IsolationAct& act) { return state_of(act) == IsolationActState::proposed; }

Result<void> check_free(Session& session, const IsolationOrder& order) {
  if (!order.effective_at || order.ended_at) return fail(FaultCode::conflict, "isolation.not_in_force");
  FL_TRY(const auto acts, load_acts(session, order.community_id, order.id));
  if (std::any_of(acts.begin(), acts.end(), is_open)) return fail(FaultCode::conflict, "isolation.act_open");
  return {};
}

// One order a person, in force or proposed.
Result<void> check_none(Session& session, AreaId community, PersonId person) {
  FL_TRY(const auto orders, load_orders_of(session, community, person));
  for (const IsolationOrder& each : orders) {
    FL_TRY(const auto acts, load_acts(session, community, each.id));
    const IsolationState state = state_of(each, acts);
    if (state == IsolationState::in_force || state == IsolationState::proposed)
      return fail(FaultCode::conflict, "isolation.one_open");
  }
  return {};
}

struct ActBody {
  IsolationActKind kind = IsolationActKind::impose;
  IsolationGround ground = IsolationGround::contact;
  Category category = Category::close_contact;
  std::string ground_ref, document;
  std::optional<IsolationTerms> terms;
  std::optional<Instant> day_one;
};
BOOST_DESCRIBE_STRUCT(ActBody, (), (kind, ground, category, ground_ref, document, terms, day_one))

Result<void> note_act(Call& call, const IsolationOrder& order, const IsolationAct& act, std::string kind) {
  ActBody body{act.kind, order.ground, order.category, order.ground_ref, act.document, {}, order.day_one};
  if (!act.terms.empty()) {
    FL_TRY(body.terms, json::read<IsolationTerms>(act.terms));
  }
  return write_fact(call, order, std::move(kind), "isolation_act:" + format_id(act.id.value), json::write(body));
}

Result<api::IsolationProposed> put_forward(Call& call, const Desk& desk, const IsolationOrder& order,
                                           IsolationActKind kind, std::string terms, std::string policy_version,
                                           const std::string& reason) {
  if (!has_text(reason)) return invalid("isolation.reason_missing", "/reason");
  IsolationAct act;
  act.community_id = order.community_id;
  act.id = call.session->new_id<IsolationActId>(call.now);
  act.order_id = order.id;
  act.kind = kind;
  act.terms = std::move(terms);
  act.policy_version = std::move(policy_version);
  act.reason_sealed = desk.people->key().seal(*call.random, reason_field, act.id.value, reason);
  act.proposed_by = call.actor.account;
  act.proposed_at = call.now;
  FL_TRYV(save(*call.session, act));
  FL_TRYV(note_act(call, order, act, "isolation.proposed"));
  return api::IsolationProposed{order.id, act.id};
}

// The spans from now on anew: what was is left as it was.
Result<void> lay_spans(Call& call, const IsolationOrder& order) {
  Session& session = *call.session;
  FL_TRYV(end_spans(session, order.community_id, order.id, call.now));
  if (order.ended_at) return {};
  FL_TRY(const auto course, course_of(order));
  const auto stays = stays_of(*course);
  for (std::size_t i = 0; i < stays.size(); ++i) {
    const bool last = i + 1 == stays.size();
    if (!last && *stays[i].until <= call.now) continue;
    IsolationSpan span;
    span.community_id = order.community_id;
    span.id = session.new_id<IsolationSpanId>(call.now);
    span.order_id = order.id;
    span.person_id = order.person_id;
    span.record_id = order.record_id;
    span.kind = stays[i].kind;
    // Whoever is ordered today stays from now on, also where day 1 begins at midnight.
    span.from_at = i == 0 ? call.now : std::max(call.now, stays[i].from);
    span.until_at = last ? open_end : *stays[i].until;
    span.planned_until = stays[i].until;
    FL_TRYV(save(session, span));
  }
  return {};
}

Result<void> apply(Call& call, IsolationOrder order, const IsolationAct& act) {
  if (act.kind == IsolationActKind::end) {
    order.ended_at = call.now;
  } else {
    order.terms = act.terms;
    order.policy_version = act.policy_version;
    FL_TRY(const auto terms, json::read<IsolationTerms>(act.terms));
    if (act.kind == IsolationActKind::impose) order.effective_at = call.now;
    const bool exposure = terms.counted_from == policy::CountedFrom::last_exposure && order.exposed_at;
    order.day_one = day_one_of(exposure ? *order.exposed_at : *order.effective_at, terms.day_begins);
  }
  FL_TRYV(save_course(*call.session, order));
  FL_TRYV(lay_spans(call, order));
  return note_act(call, order, act, "isolation.decided");
}

// An order that never came into force is over with its first act.
Result<void> let_go(Call& call, IsolationOrder order, const IsolationAct& act) {
  if (act.kind != IsolationActKind::impose) return {};
  order.ended_at = call.now;
  return save_course(*call.session, order);
}

}  // namespace

bool has_power(const http::Actor& actor, std::string_view community_path) {
  return std::any_of(actor.grants.begin(), actor.grants.end(), [&](const http::Grant& grant) {
    const bool county = grant.path.find('/') == grant.path.npos;
    return deciding.has(grant.role) && county && http::path_covers(grant.path, community_path);
  });
}

Result<IsolationOrder> order_met(Session& session, AreaId community, OrderId id) {
  FL_TRY(auto order, load_order(session, community, id));
  if (!order) return fail(FaultCode::not_found, "isolation.unknown");
  return std::move(*order);
}

IsolationState state_of(const IsolationOrder& order, const std::vector<IsolationAct>& acts) {
  if (order.effective_at) return order.ended_at ? IsolationState::ended : IsolationState::in_force;
  if (acts.empty()) return IsolationState::proposed;
  switch (state_of(acts.front())) {
    case IsolationActState::refused:
      return IsolationState::refused;
    case IsolationActState::withdrawn:
      return IsolationState::withdrawn;
    case IsolationActState::proposed:
    case IsolationActState::decided:
      break;
  }
  return IsolationState::proposed;
}

Result<std::optional<Course>> course_of(const IsolationOrder& order) {
  if (!order.effective_at || !order.day_one) return std::nullopt;
  FL_TRY(auto terms, json::read<IsolationTerms>(order.terms));
  return Course{std::move(terms), *order.day_one, *order.effective_at};
}

Result<void> write_fact(Call& call, const IsolationOrder& order, std::string kind, std::string subject,
                        std::string body) {
  ledger::Draft fact;
  fact.community = order.community_id;
  fact.at = call.now;
  fact.recorded_at = call.recorded_at();
  fact.actor = call.actor.account;
  fact.device = call.actor.device;
  fact.area = order.community_id;
  fact.kind = std::move(kind);
  fact.subject = std::move(subject);
  fact.policy_version = order.policy_version;
  fact.body = std::move(body);
  FL_TRYV(ledger::write(*call.session, fact));
  return {};
}

Result<api::IsolationProposed> propose(Call& call, const Desk& desk, const api::ProposeIsolation& command) {
  Session& session = *call.session;
  const AreaId community = call.place.community;
  FL_TRY(const auto who, person::counted_as(session, {community, command.person_id}));
  FL_TRYV(desk.people->resident(session, who));
  FL_TRYV(check_none(session, community, who.person_id));
  if (!is_ref(command.ground_ref)) return invalid("isolation.bad_ref", "/ground_ref");
  const bool by_hand = command.ground == IsolationGround::by_hand;
  if (!by_hand && command.ground_ref.empty()) return invalid("isolation.bad_ref", "/ground_ref");
  if (command.exposed_at && (*command.exposed_at > call.now || *command.exposed_at < call.now - behind_max))
    return invalid("isolation.bad_time", "/exposed_at");
  FL_TRY(const auto rules, desk.rules->at(policy::division_code(call.place.path), call.now));
  FL_TRY(const auto terms, terms_of(command.category, {command.kind, command.days}, by_hand, rules->people));
  // An order whose days are over before it begins is none.
  const bool exposure = terms.counted_from == policy::CountedFrom::last_exposure && command.exposed_at;
  const Course course{terms, day_one_of(exposure ? *command.exposed_at : call.now, terms.day_begins), call.now};
  const auto ends_at = stays_of(course).back().until;
  if (ends_at && *ends_at <= call.now) return invalid("isolation.bad_time", "/exposed_at");
  IsolationOrder order;
  order.community_id = community;
  order.id = session.new_id<OrderId>(call.now);
  order.person_id = order.record_id = who.person_id;
  order.ground = command.ground;
  order.ground_ref = command.ground_ref;
  order.category = command.category;
  order.exposed_at = command.exposed_at;
  order.terms = json::write(terms);
  order.policy_version = rules->people.version;
  order.created_by = call.actor.account;
  order.created_at = call.now;
  FL_TRYV(save(session, order));
  return put_forward(call, desk, order, IsolationActKind::impose, order.terms, order.policy_version, command.reason);
}

Result<api::IsolationProposed> propose_change(Call& call, const Desk& desk, const IsolationOrder& order,
                                              const api::ProposeIsolationChange& command) {
  FL_TRYV(check_free(*call.session, order));
  if (command.by_rules_now == command.more_days.has_value()) return invalid("isolation.bad_days", "/more_days");
  FL_TRY(IsolationTerms terms, json::read<IsolationTerms>(order.terms));
  std::string version = order.policy_version;
  if (command.by_rules_now) {
    FL_TRY(const auto rules, desk.rules->at(policy::division_code(call.place.path), call.now));
    FL_TRY(terms, terms_of(order.category, {}, order.ground == IsolationGround::by_hand, rules->people));
    version = rules->people.version;
  } else {
    FL_TRY(terms, with_more_days(std::move(terms), *command.more_days));
  }
  return put_forward(call, desk, order, IsolationActKind::change, json::write(terms), std::move(version),
                     command.reason);
}

Result<api::IsolationProposed> propose_end(Call& call, const Desk& desk, const IsolationOrder& order,
                                           const api::ProposeIsolationEnd& command) {
  FL_TRYV(check_free(*call.session, order));
  return put_forward(call, desk, order, IsolationActKind::end, {}, order.policy_version, command.reason);
}

Result<void> decide(Call& call, const Desk& desk, const IsolationOrder& order, IsolationActId id,
                    const api::DecideIsolationAct& command) {
  FL_TRY(auto found, load_act(*call.session, order.community_id, id));
  if (!found || found->order_id != order.id) return fail(FaultCode::not_found, "isolation.act_unknown");
  IsolationAct act = std::move(*found);
  if (!has_power(call.actor, call.place.path)) return fail(FaultCode::forbidden, "isolation.no_power");
  if (act.proposed_by == call.actor.account) return fail(FaultCode::forbidden, "isolation.by_the_same");
  if (!has_text(command.issuer)) return invalid("isolation.issuer_missing", "/issuer");
  if (command.approve && !has_text(command.document)) return invalid("isolation.issuer_missing", "/document");
  if (!command.approve && !has_text(command.note)) return invalid("isolation.reason_missing", "/note");
  if (std::max(command.note.size(), command.document.size()) > text_bytes_max)
    return invalid("isolation.reason_missing", "/note");
  act.decided_by = call.actor.account;
  act.decided_at = call.now;
  act.approved = command.approve;
  act.issuer = command.issuer;
  act.document = command.document;
  if (!command.note.empty())
    act.note_sealed = desk.people->key().seal(*call.random, note_field, act.id.value, command.note);
  FL_TRY(const bool first, decide(*call.session, act));
  if (!first) return fail(FaultCode::conflict, "isolation.act_decided");
  if (command.approve) return apply(call, order, act);
  FL_TRYV(let_go(call, order, act));
  return note_act(call, order, act, "isolation.refused");
}

Result<void> withdraw(Call& call, const IsolationOrder& order, IsolationActId id) {
  FL_TRY(auto act, load_act(*call.session, order.community_id, id));
  if (!act || act->order_id != order.id) return fail(FaultCode::not_found, "isolation.act_unknown");
  act->withdrawn_by = call.actor.account;
  act->withdrawn_at = call.now;
  FL_TRY(const bool first, withdraw(*call.session, *act));
  if (!first) return fail(FaultCode::conflict, "isolation.act_decided");
  FL_TRYV(let_go(call, order, *act));
  return note_act(call, order, *act, "isolation.withdrawn");
}

}  // namespace firstline::isolation
