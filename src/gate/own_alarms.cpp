#include "gate/own_alarms.hpp"

#include "access/service.hpp"
#include "gate/store.hpp"

namespace firstline::gate {
namespace {

constexpr std::chrono::hours age_max{1};
constexpr int alarms_max = 200;  // Of the community; a gate's own are among them.

}  // namespace

Result<api::OwnAlarmList> own_alarms(http::Call& call, const area::Gate& gate) {
  store::Session& session = *call.session;
  FL_TRY(const auto rows, alarms_since(session, gate.community_id, first_id_at(call.now - age_max), alarms_max));
  api::OwnAlarmList list;
  for (const Alarm& row : rows) {
    if (row.gate_id != gate.id) continue;
    api::OwnAlarm alarm{row.id, row.passage_id, row.kind, row.at, {}};
    FL_TRY(const auto seen, seen_of(session, row.community_id, row.id));
    for (const AlarmSeen& each : seen) {
      FL_TRY(auto name, access::display_name(session, each.account_id));
      alarm.seen_by.push_back(std::move(name));
    }
    list.items.push_back(std::move(alarm));
  }
  return list;
}

}  // namespace firstline::gate
