// The gate's routes: HTTP to service and back; no rule, no SQL.

#include "gate/own_alarms.hpp"
#include "gate/service.hpp"
#include "policy/shown.hpp"

namespace firstline::gate {
namespace {

using http::Access;
using http::Call;
using http::Method;
using http::Role;
using store::Urgency;

constexpr http::RoleSet keepers{Role::keeper, Role::volunteer, Role::secretary};
constexpr http::RoleSet watchers{Role::secretary, Role::grid_worker, Role::health_officer, Role::commander,
                                 Role::auditor};
constexpr http::RoleSet all_at_the_gate{Role::keeper,         Role::volunteer, Role::secretary, Role::grid_worker,
                                        Role::health_officer, Role::commander, Role::auditor};
constexpr http::RoleSet supervisors{Role::secretary, Role::grid_worker, Role::health_officer, Role::commander};

// Handlers at the gate that the access rule met.
template <class In, class F>
auto at_gate(F handler) {
  return [handler](Call& call, const In& input) { return handler(call, area::gate_met(call), input); };
}

void add_keeper_routes(http::RouteTable& table, const Ground& ground) {
  const auto here = area::at_gate("gate");
  table.command<api::PassageCommand, api::PassageAnswer>(
      http::urgent(Urgency::gate, {Method::post,
                                   "/api/v1/gates/{gate}/passages",
                                   "record_passages",
                                   Access::role(keepers, here),
                                   "Checks one person or a family at the gate and records the passage.",
                                   {},
                                   true}),
      at_gate<api::PassageCommand>([&ground](Call& call, const area::Gate& gate, const api::PassageCommand& command) {
        return record_passages(call, ground, gate, command);
      }));
  table.command<api::UndoCommand, http::Empty>(
      http::urgent(Urgency::gate, {Method::post, "/api/v1/gates/{gate}/passages/{passage}/undo", "undo_passage",
                                   Access::role(keepers, here), "Takes a passage back within ten seconds."}),
      at_gate<api::UndoCommand>(
          [&ground](Call& call, const area::Gate& gate, const api::UndoCommand&) -> Result<http::Empty> {
            FL_TRY(const auto passage, call.id_parameter<PassageId>("passage"));
            FL_TRYV(undo(call, ground, gate, passage));
            return http::Empty{};
          }));
  table.command<api::OverrideCommand, api::AlarmRaised>(
      http::urgent(Urgency::gate, {Method::post, "/api/v1/gates/{gate}/passages/{passage}/override", "override_verdict",
                                   Access::role(keepers, here),
                                   "Decides against the verdict, with a reason; two supervisors see it."}),
      at_gate<api::OverrideCommand>([&ground](Call& call, const area::Gate& gate,
                                              const api::OverrideCommand& command) -> Result<api::AlarmRaised> {
        FL_TRY(const auto passage, call.id_parameter<PassageId>("passage"));
        return override_verdict(call, ground, gate, passage, command);
      }));
  table.command<api::EmergencyCommand, api::EmergencyAnswer>(
      http::urgent(
          Urgency::emergency,
          {Method::post, "/api/v1/gates/{gate}/emergencies", "record_emergency", Access::role_or_device(keepers, here),
           "Writes down that the gate was opened in an emergency; an enrolled phone needs no login."}),
      at_gate<api::EmergencyCommand>(
          [&ground](Call& call, const area::Gate& gate, const api::EmergencyCommand& command) {
            return record_emergency(call, ground, gate, command);
          }));
  table.query<api::ShiftView>(
      http::urgent(Urgency::duty,
                   {Method::get, "/api/v1/gates/{gate}/shift", "current_shift", Access::role(keepers, here),
                    "The caller's open shift at the gate with its counters, and the note of the shift before."}),
      [](Call& call) { return current_shift(call, area::gate_met(call)); });
  table.command<api::ShiftCommand, api::ShiftView>(
      http::urgent(Urgency::duty, {Method::post, "/api/v1/gates/{gate}/shifts", "start_shift",
                                   Access::role(keepers, here), "Goes on duty at the gate."}),
      at_gate<api::ShiftCommand>(
          [](Call& call, const area::Gate& gate, const api::ShiftCommand&) { return start_shift(call, gate); }));
  table.command<api::HandoverCommand, api::ShiftView>(
      http::urgent(Urgency::duty, {Method::post, "/api/v1/gates/{gate}/handovers", "hand_over",
                                   Access::role(keepers, here), "Ends the shift with a note for the next."}),
      at_gate<api::HandoverCommand>([](Call& call, const area::Gate& gate, const api::HandoverCommand& command) {
        return hand_over(call, gate, command);
      }));
  table.query<api::OwnAlarmList>(
      http::urgent(Urgency::duty,
                   {Method::get, "/api/v1/gates/{gate}/alarms", "own_alarms", Access::role_or_device(keepers, here),
                    "The gate's own alarms of the last hour and who has seen them, newest first."}),
      [](Call& call) { return own_alarms(call, area::gate_met(call)); });
  table.stream<api::LiveEvent>(
      {Method::get, "/api/v1/gates/{gate}/stream", "gate_stream", Access::role_or_device(keepers, here),
       "Passages and alarms of one gate as they happen."},
      [&ground](store::Session& session, const http::Topic& topic, std::int64_t after_id,
                int limit) -> Result<std::vector<http::Event>> {
        const auto found = topic.parameters.find("gate");
        const auto id = found == topic.parameters.end() ? std::nullopt : parse_id(found->second);
        if (!id) return fail(FaultCode::not_found, "gate.unknown");
        return live_events(session, *ground.people, topic.place.community, GateId{*id}, after_id, limit);
      });
}

void add_resident_routes(http::RouteTable& table, const Ground& ground) {
  table.command<api::ScanCommand, api::PassageAnswer>(
      http::urgent(Urgency::gate, {Method::post,
                                   "/api/v1/venues/{venue_code}/passages",
                                   "record_scan",
                                   Access::signed_in(),
                                   "A resident scans the gate's venue code for themselves and their household.",
                                   {},
                                   true}),
      [&ground](Call& call, const api::ScanCommand& command) -> Result<api::PassageAnswer> {
        FL_TRY(const auto gate, area::find_gate_by_venue_code(*call.session, call.parameter("venue_code")));
        return record_scan(call, ground, gate, command);
      });
}

void add_console_routes(http::RouteTable& table, const Ground& ground) {
  const auto here = area::at_community("community");
  table.query<api::GateLiveList>(
      {Method::get, "/api/v1/communities/{community}/gates", "gates_live", Access::role(watchers, here),
       "Every gate of the community with its phones and today's counts."},
      [](Call& call) { return gates_live(call); });
  table.query<api::FlowList>({Method::get,
                              "/api/v1/communities/{community}/flow",
                              "flow",
                              Access::role(watchers, here),
                              "People through each gate by hour of one day.",
                              {"date"}},
                             [](Call& call) -> Result<api::FlowList> {
                               const auto text = call.query("date");
                               const auto day = text ? parse_date(*text) : civil_date(call.now);
                               if (!day) return fail(FaultCode::invalid, "query.bad_date", {}, "date");
                               return flow_of(call, *day);
                             });
  table.query<api::Board>({Method::get, "/api/v1/communities/{community}/board", "board", Access::role(watchers, here),
                           "The last two hours in steps of five minutes, and today's refusals by reason."},
                          board);
  table.query<api::AlarmList>({Method::get,
                               "/api/v1/communities/{community}/alarms",
                               "alarms",
                               Access::role(watchers, here),
                               "Overrides, emergency exits and held persons of the last two days, newest first.",
                               {"open"}},
                              [](Call& call) { return alarms(call, call.query("open") == "1"); });
  table.command<api::SeenCommand, api::AlarmView>(
      http::urgent(Urgency::duty, {Method::post, "/api/v1/communities/{community}/alarms/{alarm}/seen",
                                   "mark_alarm_seen", Access::role(supervisors, here),
                                   "Marks an alarm as seen by the caller; it stays open until two have seen it."}),
      [](Call& call, const api::SeenCommand&) -> Result<api::AlarmView> {
        FL_TRY(const auto alarm, call.id_parameter<AlarmId>("alarm"));
        return mark_seen(call, alarm);
      });
  table.stream<api::LiveEvent>(
      {Method::get, "/api/v1/communities/{community}/stream", "community_stream", Access::role(watchers, here),
       "Passages (without names) and alarms of the community as they happen."},
      [&ground](store::Session& session, const http::Topic& topic, std::int64_t after_id, int limit) {
        return live_events(session, *ground.people, topic.place.community, GateId{}, after_id, limit);
      });
  table.question<api::TryQuestion, api::TryAnswer>(
      {Method::post, "/api/v1/gates/{gate}/try", "try_verdict",
       Access::role({Role::grid_worker, Role::secretary, Role::health_officer}, area::at_gate("gate")),
       "What would happen to somebody at a gate, now or under rules to come; nothing is recorded."},
      [&ground](Call& call, const api::TryQuestion& question) {
        return try_verdict(call, ground, area::gate_met(call), question);
      });
  // The gate comes as ?gate=, since the page about the rules is no page of one gate.
  const auto asked_gate = [](const Call& call) -> Result<area::Gate> {
    const auto id = parse_id(call.query("gate").value_or(""));
    if (!id) return fail(FaultCode::not_found, "gate.unknown", {}, "gate");
    return area::find_gate(*call.session, GateId{*id});
  };
  table.query<policy::PolicyShown>({Method::get,
                                    "/api/v1/policies/in-force",
                                    "policy_in_force",
                                    Access::role_or_device(all_at_the_gate,
                                                           [asked_gate](const Call& call) -> Result<http::Place> {
                                                             FL_TRY(const auto gate, asked_gate(call));
                                                             return area::place_of(gate);
                                                           }),
                                    "Which rules hold at a gate now, from which documents.",
                                    {"gate"}},
                                   [&ground, asked_gate](Call& call) -> Result<policy::PolicyShown> {
                                     FL_TRY(const auto gate, asked_gate(call));
                                     FL_TRY(const auto rules, rules_at(ground, gate, call.now));
                                     return policy::shown(rules->set);
                                   });
}

}  // namespace

void add_routes(http::RouteTable& table, const Ground& ground) {
  add_keeper_routes(table, ground);
  add_resident_routes(table, ground);
  add_console_routes(table, ground);
}

}  // namespace firstline::gate
