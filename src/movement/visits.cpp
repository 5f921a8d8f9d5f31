#include "movement/visits.hpp"

#include "json/json.hpp"
#include "ledger/fact.hpp"
#include "movement/facts.hpp"
#include "movement/pass_store.hpp"
#include "movement/visit_fields.hpp"

namespace firstline::movement {
namespace {

using store::Session;

constexpr std::chrono::hours courier_stay{1};
constexpr std::chrono::hours shown_ahead{24}, shown_back{48};

struct VisitBody {
  VisitKind kind = VisitKind::guest;
  VisitState state = VisitState::invited;
};
BOOST_DESCRIBE_STRUCT(VisitBody, (), (kind, state))

Result<void> noted(http::Call& call, const VisitRow& visit, const char* kind) {
  FL_TRYV(add_change(*call.session, visit.community_id,
                     {call.session->ids().next(call.now), visit.id, visit.compound_id, visit.state}));
  return note_fact(call, {visit.community_id, visit.household_id, kind, "visit:" + format_id(visit.id.value),
                          json::write(VisitBody{visit.kind, visit.state})});
}

Result<void> step(http::Call& call, VisitRow& visit, VisitState to, const char* kind) {
  const VisitState from = visit.state;
  visit.state = to;
  FL_TRY(const bool moved, move(*call.session, visit, from));
  if (!moved) return fail(FaultCode::conflict, "visit.changed");
  return noted(call, visit, kind);
}

struct Home {
  AreaId household, compound;
};
Result<Home> home_at(Session& session, AreaId community, AreaId household) {
  FL_TRY(const auto home, area::find(session, community, household));
  if (home.kind != area::AreaKind::household) return fail(FaultCode::invalid, "area.wrong_kind", {}, "/household_id");
  FL_TRY(const auto way, area::way_to(session, community, home.path));
  for (const area::Area& node : way)
    if (node.kind == area::AreaKind::compound) return Home{home.id, node.id};
  return fail(FaultCode::invalid, "area.wrong_kind", {}, "/household_id");
}

Result<Home> own_home(http::Call& call, const Ground& ground) {
  if (!call.actor.person) return fail(FaultCode::not_found, "person.none_of_this_account");
  const AreaId community = call.actor.person_community;
  FL_TRY(const auto me, ground.people->resident(*call.session, {community, call.actor.person}));
  return home_at(*call.session, community, me.person.household_id);
}

Result<VisitRow> visit_known(Session& session, AreaId community, VisitorId id) {
  FL_TRY(auto visit, load_visit(session, community, id));
  if (!visit) return fail(FaultCode::not_found, "visit.unknown");
  return std::move(*visit);
}
Result<VisitRow> own_visit(http::Call& call, const Ground& ground, VisitorId id) {
  FL_TRY(const auto home, own_home(call, ground));
  FL_TRY(auto visit, visit_known(*call.session, call.actor.person_community, id));
  if (visit.household_id != home.household) return fail(FaultCode::not_found, "visit.unknown");
  return visit;
}

Result<api::VisitView> answer(http::Call& call, const Ground& ground, VisitRow visit, bool confirmed, AnsweredBy how) {
  if (visit.state != VisitState::asked) return fail(FaultCode::conflict, "visit.answered");
  visit.answered_at = call.now;
  visit.answered_by = call.actor.account;
  visit.answered_how = how;
  FL_TRYV(step(call, visit, confirmed ? VisitState::confirmed : VisitState::declined,
               confirmed ? "movement.visit_confirmed" : "movement.visit_declined"));
  return view_of(*call.session, ground, visit, call.now, how == AnsweredBy::page);
}

Result<void> withdraw(http::Call& call, VisitRow& visit) {
  if (!is_expected(visit.state) && visit.state != VisitState::asked) return fail(FaultCode::conflict, "visit.over");
  if (visit.state == VisitState::inside) return fail(FaultCode::conflict, "visit.inside");
  return step(call, visit, VisitState::withdrawn, "movement.visit_withdrawn");
}

Result<VisitRow> put_in(http::Call& call, const Ground& ground, AreaId community, const Home& home,
                        const api::VisitCommand& command, VisitState state, GateId gate) {
  FL_TRY(auto visit, sealed_visit(call, ground, command));
  visit.community_id = community;
  visit.household_id = home.household;
  visit.compound_id = home.compound;
  visit.state = state;
  visit.gate_id = gate;
  FL_TRYV(add(*call.session, visit));
  FL_TRYV(noted(call, visit, state == VisitState::asked ? "movement.visit_asked" : "movement.visit_registered"));
  return visit;
}

Result<api::VisitList> list_of(http::Call& call, const Ground& ground, std::vector<VisitRow> rows, bool for_host) {
  api::VisitList list;
  for (const VisitRow& row : rows) {
    FL_TRY(auto view, view_of(*call.session, ground, row, call.now, for_host));
    list.items.push_back(std::move(view));
  }
  return list;
}

}  // namespace

Result<api::VisitView> invite(http::Call& call, const Ground& ground, const api::VisitCommand& command) {
  FL_TRY(const auto home, own_home(call, ground));
  FL_TRY(const auto visit, put_in(call, ground, call.actor.person_community, home, command, VisitState::invited, {}));
  return view_of(*call.session, ground, visit, call.now, true);
}
Result<api::VisitList> my_visits(http::Call& call, const Ground& ground) {
  FL_TRY(const auto home, own_home(call, ground));
  FL_TRY(auto rows, load_visits_of(*call.session, call.actor.person_community, home.household));
  return list_of(call, ground, std::move(rows), true);
}
Result<api::VisitView> answer_as_host(http::Call& call, const Ground& ground, VisitorId id, bool confirmed) {
  FL_TRY(auto visit, own_visit(call, ground, id));
  return answer(call, ground, std::move(visit), confirmed, AnsweredBy::page);
}
Result<api::VisitView> withdraw_as_host(http::Call& call, const Ground& ground, VisitorId id) {
  FL_TRY(auto visit, own_visit(call, ground, id));
  FL_TRYV(withdraw(call, visit));
  return view_of(*call.session, ground, visit, call.now, true);
}

Result<api::VisitView> ask_host(http::Call& call, const Ground& ground, const area::Gate& gate,
                                const api::VisitCommand& command) {
  if (!command.household_id) return fail(FaultCode::invalid, "json.missing_field", {}, "/household_id");
  FL_TRY(const auto home, home_at(*call.session, gate.community_id, *command.household_id));
  if (home.compound != gate.compound_id) return fail(FaultCode::not_found, "area.unknown", {}, "/household_id");
  FL_TRY(const auto visit, put_in(call, ground, gate.community_id, home, command, VisitState::asked, gate.id));
  return view_of(*call.session, ground, visit, call.now, false);
}
Result<api::VisitView> answer_by_call(http::Call& call, const Ground& ground, const area::Gate& gate, VisitorId id,
                                      bool confirmed) {
  FL_TRY(auto visit, visit_known(*call.session, gate.community_id, id));
  if (visit.compound_id != gate.compound_id) return fail(FaultCode::not_found, "visit.unknown");
  return answer(call, ground, std::move(visit), confirmed, AnsweredBy::call);
}
Result<void> correct_answer(http::Call& call, AreaId community, VisitorId id, bool confirmed) {
  FL_TRY(auto visit, visit_known(*call.session, community, id));
  const bool answerable =
      visit.state == VisitState::asked || visit.state == VisitState::confirmed || visit.state == VisitState::declined;
  if (!answerable) return fail(FaultCode::conflict, "visit.over");
  const VisitState wanted = confirmed ? VisitState::confirmed : VisitState::declined;
  if (visit.state == wanted) return {};
  visit.answered_at = call.now;
  visit.answered_by = call.actor.account;
  visit.answered_how = AnsweredBy::call;
  return step(call, visit, wanted, confirmed ? "movement.visit_confirmed" : "movement.visit_declined");
}
Result<api::VisitList> visits_at(http::Call& call, const Ground& ground, const area::Gate& gate) {
  FL_TRY(auto rows,
         load_visits_at(*call.session, gate.community_id, gate.compound_id, call.now, call.now + shown_ahead));
  return list_of(call, ground, std::move(rows), false);
}

Result<api::VisitView> register_visit(http::Call& call, const Ground& ground, AreaId community,
                                      const api::VisitCommand& command) {
  if (!command.household_id) return fail(FaultCode::invalid, "json.missing_field", {}, "/household_id");
  FL_TRY(const auto home, home_at(*call.session, community, *command.household_id));
  FL_TRY(const auto visit, put_in(call, ground, community, home, command, VisitState::invited, {}));
  return view_of(*call.session, ground, visit, call.now, false);
}
Result<api::VisitView> withdraw_at_desk(http::Call& call, const Ground& ground, AreaId community, VisitorId id) {
  FL_TRY(auto visit, visit_known(*call.session, community, id));
  FL_TRYV(withdraw(call, visit));
  return view_of(*call.session, ground, visit, call.now, false);
}
Result<api::VisitList> visits_of(http::Call& call, const Ground& ground, AreaId community) {
  FL_TRY(auto rows, load_visits_since(*call.session, community, call.now - shown_back));
  return list_of(call, ground, std::move(rows), false);
}

Result<api::CourierAnnounced> announce_courier(http::Call& call, const Ground& ground, const area::Gate& gate,
                                               const api::AnnounceCourier& command) {
  api::VisitCommand as_visit{command.id,
                             VisitKind::courier,
                             {},
                             command.company,
                             command.phone,
                             command.plate,
                             {},
                             0,
                             call.now,
                             call.now + courier_stay,
                             {},
                             {},
                             {}};
  Home home{{}, gate.compound_id};
  if (command.room && command.room->size() <= 40) {
    FL_TRY(const auto homes, load_homes(*call.session, gate.community_id, *command.room));
    for (const HomeRow& row : homes) {
      const std::string_view path(reinterpret_cast<const char*>(row.path.data()), row.path.size());
      if (http::path_covers(gate.path, path)) home.household = row.household_id;
    }
  }
  FL_TRY(const auto visit, put_in(call, ground, gate.community_id, home, as_visit, VisitState::announced, gate.id));
  return api::CourierAnnounced{token_of(visit), visit.until_at, bool(home.household)};
}

Result<void> tie_passage(Session& session, const VisitAtGate& visit, PassageId passage) {
  return save_tie(session, visit.community_id, passage, visit.id);
}
Result<VisitorId> visit_of_passage(Session& session, AreaId community, PassageId passage) {
  FL_TRY(const auto found, load_tie(session, community, passage));
  return found.value_or(VisitorId{});
}

// In: inside. Out: left; a repeated visit is expected again. Somebody who was never seen coming in may still go.
Result<void> visitor_went(http::Call& call, const VisitAtGate& at, bool in) {
  FL_TRY(auto visit, visit_known(*call.session, at.community_id, at.id));
  if (in) {
    visit.entered_at = call.now;
    visit.left_at.reset();
    return step(call, visit, VisitState::inside, "movement.visitor_entered");
  }
  visit.left_at = call.now;
  const bool again = visit.weekdays != 0 && call.now < visit.until_at;
  return step(call, visit, again ? VisitState::confirmed : VisitState::left, "movement.visitor_left");
}
Result<void> visitor_taken_back(http::Call& call, const VisitAtGate& at, bool in) {
  FL_TRY(auto visit, visit_known(*call.session, at.community_id, at.id));
  if (in) {
    visit.entered_at.reset();
    return step(call, visit, visit.kind == VisitKind::courier ? VisitState::announced : VisitState::confirmed,
                "movement.visitor_taken_back");
  }
  visit.left_at.reset();
  return step(call, visit, VisitState::inside, "movement.visitor_taken_back");
}

}  // namespace firstline::movement
