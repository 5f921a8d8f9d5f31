#include "isolation/objections.hpp"

#include <algorithm>

#include "area/service.hpp"
#include "isolation/acts.hpp"

namespace firstline::isolation {
namespace {

using http::Call;
using store::Session;

constexpr std::size_t text_bytes_max = 1500;
constexpr std::int64_t hours_where_no_pack_says = 72;
constexpr person::Field text_field{"isolation_objection", "text"}, answer_field{"isolation_objection", "answer"};

bool has_text(const std::string& text) {
  return text.find_first_not_of(" \t\r\n") != text.npos && text.size() <= text_bytes_max;
}
std::int64_t hours_to_answer(const policy::Rules& rules) {
  const auto found = rules.set.parameters.find("people.isolation.objection_hours");
  const auto* hours =
      found == rules.set.parameters.end() ? nullptr : std::get_if<std::int64_t>(&found->second.parameter.value);
  return hours ? *hours : hours_where_no_pack_says;
}
std::string subject_of(IsolationObjectionId id) { return "isolation_objection:" + format_id(id.value); }

}  // namespace

Result<void> object(Call& call, const Desk& desk, OrderId id, const api::ObjectToIsolation& command) {
  if (!call.actor.person) return fail(FaultCode::not_found, "person.none_of_this_account");
  Session& session = *call.session;
  FL_TRY(const auto me, person::counted_as(session, {call.actor.person_community, call.actor.person}));
  FL_TRY(const auto order, order_met(session, me.community_id, id));
  if (order.person_id != me.person_id || !order.effective_at) return fail(FaultCode::not_found, "isolation.unknown");
  if (!has_text(command.text)) return fail(FaultCode::invalid, "isolation.reason_missing", {}, "/text");
  FL_TRY(const auto before, load_objections(session, order.community_id, order.id));
  if (std::any_of(before.begin(), before.end(), [](const auto& each) { return !each.answered_at; }))
    return fail(FaultCode::conflict, "isolation.one_objection");
  FL_TRY(const auto community, area::find_community(session, order.community_id));
  FL_TRY(const auto rules, desk.rules->at(policy::division_code(community.path), call.now));
  IsolationObjection objection;
  objection.community_id = order.community_id;
  objection.id = session.new_id<IsolationObjectionId>(call.now);
  objection.order_id = order.id;
  objection.account_id = call.actor.account;
  objection.text_sealed = desk.people->key().seal(*call.random, text_field, objection.id.value, command.text);
  objection.at = call.now;
  objection.due_at = call.now + std::chrono::hours(hours_to_answer(*rules));
  FL_TRYV(save(session, objection));
  return write_fact(call, order, "isolation.objected", subject_of(objection.id), "{}");
}

Result<void> answer_objection(Call& call, const Desk& desk, const IsolationOrder& order, IsolationObjectionId id,
                              const api::AnswerIsolationObjection& command) {
  if (!has_power(call.actor, call.place.path)) return fail(FaultCode::forbidden, "isolation.no_power");
  if (!has_text(command.answered_for)) return fail(FaultCode::invalid, "isolation.issuer_missing", {}, "/answered_for");
  if (!has_text(command.answer)) return fail(FaultCode::invalid, "isolation.reason_missing", {}, "/answer");
  FL_TRY(const auto all, load_objections(*call.session, order.community_id, order.id));
  const auto found = std::find_if(all.begin(), all.end(), [&](const auto& each) { return each.id == id; });
  if (found == all.end()) return fail(FaultCode::not_found, "isolation.objection_unknown");
  IsolationObjection objection = *found;
  objection.answered_for = command.answered_for;
  objection.answer_sealed = desk.people->key().seal(*call.random, answer_field, id.value, command.answer);
  objection.answered_by = call.actor.account;
  objection.answered_at = call.now;
  FL_TRY(const bool first, save_answer(*call.session, objection));
  if (!first) return fail(FaultCode::conflict, "isolation.act_decided");
  return write_fact(call, order, "isolation.objection_answered", subject_of(id), "{}");
}

Result<std::vector<api::IsolationObjectionView>> objections_of(Session& session, const Desk& desk,
                                                               const IsolationOrder& order, Instant now) {
  FL_TRY(const auto all, load_objections(session, order.community_id, order.id));
  std::vector<api::IsolationObjectionView> shown;
  for (const IsolationObjection& each : all) {
    api::IsolationObjectionView view;
    view.objection_id = each.id;
    view.at = each.at;
    view.due_at = each.due_at;
    view.overdue = !each.answered_at && now >= each.due_at;
    FL_TRY(view.text, desk.people->key().open(text_field, each.id.value, each.text_sealed));
    view.answered_for = each.answered_for;
    if (each.answer_sealed) {
      FL_TRY(view.answer, desk.people->key().open(answer_field, each.id.value, *each.answer_sealed));
    }
    view.answered_at = each.answered_at;
    shown.push_back(std::move(view));
  }
  return shown;
}

Result<std::vector<OrderId>> objected_to(Session& session, AreaId community) {
  FL_TRY(const auto open, load_open_objections(session, community));
  std::vector<OrderId> orders;
  for (const IsolationObjection& each : open) orders.push_back(each.order_id);
  return orders;
}

}  // namespace firstline::isolation
