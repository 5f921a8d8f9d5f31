#include "isolation/views.hpp"

#include <algorithm>

#include "access/service.hpp"
#include "area/service.hpp"
#include "health/results.hpp"
#include "isolation/watching.hpp"
#include "json/json.hpp"

namespace firstline::isolation {
namespace {

using http::Call;
using store::Session;

constexpr std::chrono::days shown_after{14};

struct Known {
  std::vector<IsolationAct> acts;
  IsolationState state = IsolationState::proposed;
  IsolationTerms terms;
  std::optional<IsolationClock> clock;
  std::vector<ReportLine> lines;
};

Result<Known> gather(Session& session, const IsolationOrder& order, const policy::Rules& rules, Instant now) {
  Known known;
  FL_TRY(known.acts, load_acts(session, order.community_id, order.id));
  known.state = state_of(order, known.acts);
  FL_TRY(known.terms, json::read<IsolationTerms>(order.terms));
  FL_TRY(const auto course, course_of(order));
  if (!course) return known;
  FL_TRY(const auto samples, samples_of(session, order));
  // An order that ended is shown as it stood then.
  known.clock = clock(*course, samples, order.ended_at ? std::min(*order.ended_at, now) : now);
  FL_TRY(known.lines, lines_of(session, order, rules.people.monitored, now));
  return known;
}

bool is_open(const IsolationAct& act) { return state_of(act) == IsolationActState::proposed; }

Result<api::IsolationRow> row_of(Call& call, const Desk& desk, const IsolationOrder& order, const Known& known) {
  FL_TRY(const auto resident, desk.people->resident(*call.session, {order.community_id, order.person_id}));
  api::IsolationRow row;
  row.order_id = order.id;
  row.person = person::masked(resident.person, civil_date(call.now));
  row.household_label = resident.household_label;
  row.state = known.state;
  row.ground = order.ground;
  row.category = order.category;
  row.act_open = std::any_of(known.acts.begin(), known.acts.end(), is_open);
  row.kind = known.terms.steps.front().kind;
  if (!known.clock) return row;
  row.kind = known.clock->kind;
  row.day = known.clock->day;
  row.days = known.clock->days;
  row.ends_at = known.clock->ends_at;
  if (const TestDay* next = next_test(*known.clock)) row.next_test_at = next->from;
  row.tests_missed =
      static_cast<int>(std::count_if(known.clock->tests.begin(), known.clock->tests.end(),
                                     [](const TestDay& test) { return test.state == TestDayState::missed; }));
  const auto lines_in = [&](ReportState state) {
    return std::count_if(known.lines.begin(), known.lines.end(),
                         [&](const ReportLine& line) { return line.state == state; });
  };
  row.report_overdue = known.state == IsolationState::in_force && lines_in(ReportState::overdue) > 0;
  row.reports_missed = static_cast<int>(lines_in(ReportState::missed));
  row.may_end = known.state == IsolationState::in_force && known.clock->lacks.empty();
  return row;
}

Result<api::IsolationActView> view_of(Call& call, const Desk& desk, const IsolationAct& act) {
  api::IsolationActView view;
  view.act_id = act.id;
  view.kind = act.kind;
  view.state = state_of(act);
  if (!act.terms.empty()) {
    FL_TRY(view.terms, json::read<IsolationTerms>(act.terms));
  }
  view.policy_version = act.policy_version;
  FL_TRY(view.reason, desk.people->key().open(reason_field, act.id.value, act.reason_sealed));
  FL_TRY(view.proposed_by_name, access::display_name(*call.session, act.proposed_by));
  view.proposed_at = act.proposed_at;
  if (act.decided_by) {
    FL_TRY(view.decided_by_name, access::display_name(*call.session, *act.decided_by));
  }
  view.decided_at = act.decided_at;
  view.issuer = act.issuer;
  view.document = act.document;
  if (act.note_sealed) {
    FL_TRY(view.note, desk.people->key().open(note_field, act.id.value, *act.note_sealed));
  }
  view.may_decide = is_open(act) && has_power(call.actor, call.place.path) && act.proposed_by != call.actor.account;
  view.may_withdraw = is_open(act) && call.actor.holds_any(proposing, call.place);
  return view;
}

// Where the rules have changed since: what the same person would have to do by those of today.
void add_rules_now(const policy::Rules& rules, const IsolationOrder& order, api::IsolationOrderView& view) {
  view.rules_changed = rules.people.version != order.policy_version;
  if (!view.rules_changed || !order.effective_at || order.ground == IsolationGround::by_hand) return;
  const auto terms = terms_of(order.category, {}, false, rules.people);
  if (!terms) return;
  const bool exposure = terms->counted_from == policy::CountedFrom::last_exposure && order.exposed_at;
  const Course course{*terms, day_one_of(exposure ? *order.exposed_at : *order.effective_at, terms->day_begins),
                      *order.effective_at};
  view.ends_by_rules_now = stays_of(course).back().until;
}

int rank(const api::IsolationRow& row) {
  if (row.state == IsolationState::proposed) return 1;
  if (row.state != IsolationState::in_force) return 5;
  if (row.report_overdue) return 0;
  if (row.act_open || row.objected) return 1;
  if (row.may_end) return 2;
  return row.tests_missed > 0 ? 3 : 4;
}

}  // namespace

Result<std::vector<Sample>> samples_of(Session& session, const IsolationOrder& order) {
  FL_TRY(const auto results, health::results_of(session, order.community_id, order.person_id));
  std::vector<Sample> samples;
  for (const health::TestResult& each : results)
    if (each.kind == health::TestKind::nucleic_acid && !each.replaced_by)
      samples.push_back({each.sampled_at, each.reported_at, each.state});
  return samples;
}

Result<api::IsolationList> list_orders(Call& call, const Desk& desk) {
  api::IsolationList listed;
  listed.may_propose = call.actor.holds_any(proposing, call.place);
  FL_TRY(const auto rules, desk.rules->at(policy::division_code(call.place.path), call.now));
  FL_TRY(const auto orders, load_orders(*call.session, call.place.community, call.now - shown_after));
  FL_TRY(const auto objected, objected_to(*call.session, call.place.community));
  for (const IsolationOrder& order : orders) {
    FL_TRY(const auto known, gather(*call.session, order, *rules, call.now));
    FL_TRY(auto row, row_of(call, desk, order, known));
    row.objected = std::find(objected.begin(), objected.end(), order.id) != objected.end();
    listed.items.push_back(std::move(row));
  }
  std::stable_sort(listed.items.begin(), listed.items.end(), [](const auto& a, const auto& b) {
    return std::tuple(rank(a), a.ends_at.value_or(open_end)) < std::tuple(rank(b), b.ends_at.value_or(open_end));
  });
  return listed;
}

Result<api::IsolationOrderView> open_order(Call& call, const Desk& desk, OrderId id) {
  FL_TRY(const auto order, order_met(*call.session, call.place.community, id));
  FL_TRY(const auto rules, desk.rules->at(policy::division_code(call.place.path), call.now));
  FL_TRY(const auto known, gather(*call.session, order, *rules, call.now));
  api::IsolationOrderView view;
  FL_TRY(view.row, row_of(call, desk, order, known));
  view.ground_ref = order.ground_ref;
  view.exposed_at = order.exposed_at;
  view.day_one = order.day_one;
  view.effective_at = order.effective_at;
  view.ended_at = order.ended_at;
  view.policy_version = order.policy_version;
  view.terms = known.terms;
  view.clock = known.clock;
  view.report_lines = known.lines;
  FL_TRY(view.reports, reports_of(*call.session, order));
  FL_TRY(view.transfers, transfers_of(*call.session, desk, order));
  FL_TRY(view.objections, objections_of(*call.session, desk, order, call.now));
  view.row.objected =
      std::any_of(view.objections.begin(), view.objections.end(), [](const auto& each) { return !each.answered_at; });
  if (known.state == IsolationState::in_force) add_rules_now(*rules, order, view);
  for (const IsolationAct& act : known.acts) {
    FL_TRY(auto shown, view_of(call, desk, act));
    view.acts.push_back(std::move(shown));
  }
  view.may_propose = call.actor.holds_any(proposing, call.place);
  view.may_watch = call.actor.holds_any(managing, call.place);
  view.may_answer = has_power(call.actor, call.place.path);
  FL_TRYV(write_fact(call, order, "isolation.read", "isolation_order:" + format_id(order.id.value), "{}"));
  return view;
}

Result<api::MyIsolations> my_isolations(Call& call, const Desk& desk) {
  if (!call.actor.person) return fail(FaultCode::not_found, "person.none_of_this_account");
  Session& session = *call.session;
  FL_TRY(const auto me, person::counted_as(session, {call.actor.person_community, call.actor.person}));
  FL_TRY(const auto orders, load_orders_of(session, me.community_id, me.person_id));
  api::MyIsolations mine;
  if (orders.empty()) return mine;
  FL_TRY(const auto community, area::find_community(session, me.community_id));
  FL_TRY(const auto rules, desk.rules->at(policy::division_code(community.path), call.now));
  for (const IsolationOrder& order : orders) {
    FL_TRY(const auto known, gather(session, order, *rules, call.now));
    const bool shown = known.state == IsolationState::in_force ||
                       (known.state == IsolationState::ended && *order.ended_at >= call.now - shown_after);
    if (!shown) continue;
    api::MyIsolation one;
    one.order_id = order.id;
    one.state = known.state;
    one.ground = order.ground;
    one.category = order.category;
    for (const IsolationAct& act : known.acts) {
      if (state_of(act) != IsolationActState::decided) continue;
      one.issuer = act.issuer;  // The latest decision speaks.
      one.document = act.document;
    }
    one.policy_version = order.policy_version;
    one.effective_at = order.effective_at;
    one.ended_at = order.ended_at;
    one.terms = known.terms;
    one.clock = *known.clock;
    for (const ReportLine& line : known.lines)
      if (line.slot.date == civil_date(call.now)) one.today.push_back(line);
    FL_TRY(one.objections, objections_of(session, desk, order, call.now));
    mine.items.push_back(std::move(one));
  }
  return mine;
}

}  // namespace firstline::isolation
