#pragma once

// What happens at a gate: passages and what follows them, shifts, and what supervisors watch. Every function runs
// inside the caller's transaction. The rule itself is `decide` (verdict.hpp); here it gets its arguments and its answer
// is kept.
//
// Faults: person.unknown_code, person.unknown_id_number, person.unknown, gate.unknown, passage.unknown, alarm.unknown
// (not_found); code.expired (stale); passage.nobody_named, passage.too_many_people, passage.note_missing (invalid);
// passage.undo_too_late, passage.already_noted, shift.none_open (conflict); scan.not_your_household (forbidden).

#include "area/service.hpp"
#include "gate/api.hpp"
#include "gate/recent.hpp"
#include "gate/replay.hpp"
#include "gate/stands.hpp"
#include "http/call.hpp"
#include "movement/service.hpp"
#include "person/service.hpp"
#include "policy/rules_in_force.hpp"

namespace firstline::gate {

inline constexpr std::chrono::seconds undo_window{10};
inline constexpr int people_max = 12;  // In one command: a family.

// What the use cases depend on; all of it outlives them.
struct Ground {
  const person::Directory* people;
  const policy::RulesInForce* rules;
  RecentPassages* recent;
  const movement::Ground* movement;
};

// The packs in force at this gate. `path` starts with district, subdistrict and community codes.
Result<std::shared_ptr<const policy::Rules>> rules_at(const Ground& ground, const area::Gate& gate, Instant now);

// Whose a personal code is that was shown at `call.now`: the server's own, or a signed one.
Result<person::PersonRef> person_of_code(const http::Call& call, const Ground& ground, std::string_view token);
// What a command says of the moment.
Moment moment_of(const api::PassageCommand& command);
// A keeper's check of one person or a family. One verdict and one row a person; the same command again gives the same
// answer.
Result<api::PassageAnswer> record_passages(http::Call& call, const Ground& ground, const area::Gate& gate,
                                           const api::PassageCommand& command);
// A resident's own scan of the venue code, for themselves and their household.
Result<api::PassageAnswer> record_scan(http::Call& call, const Ground& ground, const area::Gate& gate,
                                       const api::ScanCommand& command);
// The gate opens at once for anybody; this is written down after.
Result<api::EmergencyAnswer> record_emergency(http::Call& call, const Ground& ground, const area::Gate& gate,
                                              const api::EmergencyCommand& command);

// Writes nothing. Fault try.bad_time (invalid).
Result<api::TryAnswer> try_verdict(http::Call& call, const Ground& ground, const area::Gate& gate,
                                   const api::TryQuestion& question);

// Fault passage.unknown.
Result<Passage> passage_of(store::Session& session, AreaId community, PassageId passage);

// In order of id, those that were undone and those of nobody left out; `after_id` itself too.
Result<std::vector<Presence>> presences(store::Session& session, AreaId community, std::int64_t after_id,
                                        std::int64_t until_id, int limit);

Result<void> undo(http::Call& call, const Ground& ground, const area::Gate& gate, PassageId passage);
// The keeper lets somebody through (or not) against the verdict; two supervisors see it.
Result<api::AlarmRaised> override_verdict(http::Call& call, const Ground& ground, const area::Gate& gate,
                                          PassageId passage, const api::OverrideCommand& command);

Result<api::ShiftView> current_shift(http::Call& call, const area::Gate& gate);
Result<api::ShiftView> start_shift(http::Call& call, const area::Gate& gate);
Result<api::ShiftView> hand_over(http::Call& call, const area::Gate& gate, const api::HandoverCommand& command);
// Ends the open shifts of an account that leaves, at every gate.
Result<void> end_shifts_of(store::Session& session, AccountId account, Instant now);

// Supervisors.
Result<api::GateLiveList> gates_live(http::Call& call);
Result<api::FlowList> flow_of(http::Call& call, Date day);
Result<api::Board> board(http::Call& call);
Result<api::AlarmList> alarms(http::Call& call, bool open_only);
// For other modules: something that happened at no gate and that two supervisors must see. The fact is theirs.
Result<AlarmId> raise_alarm(store::Session& session, AreaId community, AlarmKind kind, std::string subject,
                            Instant now);
Result<api::AlarmView> mark_seen(http::Call& call, AlarmId alarm);
// Events of a community (no names), or of one gate (masked names), in order of id.
Result<std::vector<http::Event>> live_events(store::Session& session, const person::Directory& people, AreaId community,
                                             GateId only, std::int64_t after_id, int limit);

// `ground` outlives the table.
void add_routes(http::RouteTable& table, const Ground& ground);

}  // namespace firstline::gate
