// The live streams: passages, alarms and who has seen them, in order of their ids, which one source makes per node.

#include <algorithm>

#include "access/service.hpp"
#include "gate/late_store.hpp"
#include "gate/service.hpp"
#include "gate/store.hpp"
#include "isolation/service.hpp"
#include "json/json.hpp"

namespace firstline::gate {
namespace {

Result<void> add_passages(store::Session& session, const person::Directory& people, AreaId community, GateId only,
                          std::int64_t after_id, int limit, std::vector<http::Event>& events) {
  FL_TRY(const auto rows, passages_after(session, community, after_id, limit));
  for (const auto& row : rows) {
    if (only && row.gate_id != only) continue;
    api::LiveEvent event;
    event.id = {row.id.value};
    event.at = row.at;
    event.gate_id = row.gate_id;
    event.passage_id = row.id;
    event.direction = row.direction;
    event.outcome = row.outcome;
    event.recognised_by = row.recognised_by;
    FL_TRY(event.reasons, json::read<std::vector<Reason>>(row.reasons));
    if (only && row.person_id) {
      FL_TRY(const auto resident, people.resident(session, {row.person_community_id, row.person_id}));
      event.name_masked = person::mask_name(resident.person.name);
      event.household_label = resident.household_label;
    }
    events.push_back({row.id.value, "passage", json::write(event)});
  }
  return {};
}

Result<void> add_alarms(store::Session& session, AreaId community, GateId only, std::int64_t after_id, int limit,
                        std::vector<http::Event>& events) {
  FL_TRY(const auto raised, alarms_after(session, community, after_id, limit));
  for (const auto& row : raised) {
    if (only && row.gate_id != only) continue;
    api::LiveEvent event;
    event.id = {row.id.value};
    event.at = row.at;
    event.gate_id = row.gate_id;
    if (row.passage_id) event.passage_id = row.passage_id;
    event.alarm_id = row.id;
    event.alarm_kind = row.kind;
    events.push_back({row.id.value, "alarm", json::write(event)});
  }
  FL_TRY(const auto seen, seen_after(session, community, after_id, limit));
  for (const auto& row : seen) {
    FL_TRY(const auto alarm, find_alarm(session, community, row.alarm_id));
    if (!alarm || (only && alarm->gate_id != only)) continue;
    api::LiveEvent event;
    event.id = {row.id};
    event.at = row.at;
    event.gate_id = alarm->gate_id;
    if (alarm->passage_id) event.passage_id = alarm->passage_id;
    event.alarm_id = row.alarm_id;
    event.alarm_kind = alarm->kind;
    FL_TRY(event.seen_by, access::display_name(session, row.account_id));
    events.push_back({row.id, "alarm_seen", json::write(event)});
  }
  return {};
}

struct AlertSaid {
  Id<api::EventTag> id;
  Instant at{};
};
BOOST_DESCRIBE_STRUCT(AlertSaid, (), (id, at))

// Only a community is told: somebody under isolation has not reported, or feels unwell. Says that there is one, and not
// about whom.
Result<void> add_isolation_alerts(store::Session& session, AreaId community, GateId only, std::int64_t after_id,
                                  int limit, std::vector<http::Event>& events) {
  if (only) return {};
  FL_TRY(const auto raised, isolation::alerts_after(session, community, after_id, limit));
  for (const auto& alert : raised)
    events.push_back({alert.id, "isolation_alert", json::write(AlertSaid{{alert.id}, instant_of(alert.id)})});
  return {};
}

// Only a gate is told: its list of the expected has changed.
Result<void> add_visits(store::Session& session, AreaId community, GateId only, std::int64_t after_id, int limit,
                        std::vector<http::Event>& events) {
  if (!only) return {};
  FL_TRY(const auto changes, movement::visit_changes_after(session, community, after_id, limit));
  if (changes.empty()) return {};
  FL_TRY(const auto gate, area::find_gate(session, only));
  for (const auto& change : changes) {
    if (change.compound_id != gate.compound_id) continue;
    api::LiveEvent event;
    event.id = {change.id};
    event.at = instant_of(change.id);
    event.gate_id = only;
    event.visit_id = change.visit_id;
    events.push_back({change.id, "visit", json::write(event)});
  }
  return {};
}

Result<void> add_packs(store::Session& session, AreaId community, GateId only, std::int64_t after_id, int limit,
                       std::vector<http::Event>& events) {
  if (!only) return {};
  FL_TRY(const auto changes, pack_changes_after(session, community, after_id, limit));
  if (changes.empty()) return {};
  FL_TRY(const auto gate, area::find_gate(session, only));
  for (const auto& change : changes) {
    if (change.compound_id != gate.compound_id) continue;
    api::LiveEvent event;
    event.id = {change.id};
    event.at = instant_of(change.id);
    event.gate_id = only;
    event.pack_version = Id<api::PackTag>{change.version};
    events.push_back({change.id, "pack", json::write(event)});
  }
  return {};
}

}  // namespace

Result<std::vector<http::Event>> live_events(store::Session& session, const person::Directory& people, AreaId community,
                                             GateId only, std::int64_t after_id, int limit) {
  std::vector<http::Event> events;
  FL_TRYV(add_passages(session, people, community, only, after_id, limit, events));
  FL_TRYV(add_alarms(session, community, only, after_id, limit, events));
  FL_TRYV(add_isolation_alerts(session, community, only, after_id, limit, events));
  FL_TRYV(add_visits(session, community, only, after_id, limit, events));
  FL_TRYV(add_packs(session, community, only, after_id, limit, events));
  std::sort(events.begin(), events.end(), [](const http::Event& a, const http::Event& b) { return a.id < b.id; });
  if (events.size() > static_cast<std::size_t>(limit)) events.resize(static_cast<std::size_t>(limit));
  return events;
}

}  // namespace firstline::gate
