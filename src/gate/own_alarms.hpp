#pragma once

// What a gate is told about the alarms that it raised itself: who has seen them. The stream says it as it happens; this
// is for a phone whose stream was late or away meanwhile. Without names of those at the gate.

#include "area/service.hpp"
#include "gate/passage.hpp"
#include "http/call.hpp"

namespace firstline::gate {
namespace api {

struct OwnAlarm {
  AlarmId alarm_id;
  PassageId passage_id;
  AlarmKind kind = AlarmKind::hold;
  Instant at{};
  std::vector<std::string> seen_by;  // Names of the posts, first to see first.
};
BOOST_DESCRIBE_STRUCT(OwnAlarm, (), (alarm_id, passage_id, kind, at, seen_by))

struct OwnAlarmList {
  std::vector<OwnAlarm> items;
};
BOOST_DESCRIBE_STRUCT(OwnAlarmList, (), (items))

}  // namespace api

// Of the last hour, newest first.
Result<api::OwnAlarmList> own_alarms(http::Call& call, const area::Gate& gate);

}  // namespace firstline::gate
