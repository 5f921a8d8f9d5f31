#pragma once

// What the gate keeps: passages and what came after them, outings, alarms, shifts. SQL stands in store_sql.cpp only.

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "base/fault.hpp"
#include "gate/passage.hpp"
#include "store/session.hpp"

namespace firstline::gate {

// Passages.
// False if the command has put this line in before; nothing is changed then.
Result<bool> add(store::Session& session, const Passage& passage);
Result<std::vector<Passage>> passages_of_command(store::Session& session, AreaId community, const Uuid& command_id);
Result<std::optional<Passage>> find_passage(store::Session& session, AreaId community, PassageId id);
// In whichever community: for `firstline replay`.
Result<std::optional<Passage>> find_passage_anywhere(store::Session& session, PassageId id);
Result<std::vector<Passage>> passages_after(store::Session& session, AreaId community, std::int64_t after_id,
                                            int limit);
// Of one day in id order; for the day's digest.
Result<void> each_passage(store::Session& session, AreaId community, std::int64_t from_id, std::int64_t until_id,
                          const std::function<void(const store::RowView&)>& on_row);
Result<void> add(store::Session& session, const PassageNote& note);
Result<std::vector<PassageNote>> notes_of(store::Session& session, AreaId community, PassageId id);

// How often somebody of this household went out on this day, undone outings taken off.
Result<int> outings(store::Session& session, AreaId community, AreaId household, Date day);
Result<void> count_outing(store::Session& session, AreaId community, AreaId household, Date day, int by);

// Passages per gate, direction and outcome in a range of ids, undone ones left out.
struct Count {
  GateId gate_id;
  Direction direction = Direction::in;
  Outcome outcome = Outcome::pass;
  RecognisedBy recognised_by = RecognisedBy::room_pick;
  std::int64_t passages = 0;
  std::optional<Instant> last_at;
};
Result<std::vector<Count>> counts(store::Session& session, AreaId community, std::int64_t from_id,
                                  std::int64_t until_id);

struct HourCount {
  GateId gate_id;
  std::int64_t hour = 0;  // Whole hours since 1970-01-01 00:00 in Shanghai.
  std::int64_t in = 0, out = 0, refused = 0;
};
Result<std::vector<HourCount>> flow(store::Session& session, AreaId community, std::int64_t from_id,
                                    std::int64_t until_id);
struct StepCount {
  GateId gate_id;
  std::int64_t step = 0;  // Whole five minutes since 1970-01-01 00:00 UTC.
  std::int64_t in = 0, out = 0, refused = 0;
};
Result<std::vector<StepCount>> flow_by_steps(store::Session& session, AreaId community, std::int64_t from_id,
                                             std::int64_t until_id);
// The reasons, as they were kept, of those who were turned back or held, undone ones left out; equal ones together.
struct RefusedReasons {
  std::string reasons;
  std::int64_t people = 0;
};
Result<std::vector<RefusedReasons>> refused_reasons(store::Session& session, AreaId community, std::int64_t from_id,
                                                    std::int64_t until_id);
// How many overrides, per gate, were decided in the time that a range of ids spans, whenever they were recorded.
struct GateCount {
  GateId gate_id;
  std::int64_t count = 0;
};
Result<std::vector<GateCount>> overrides(store::Session& session, AreaId community, std::int64_t from_id,
                                         std::int64_t until_id);

// Alarms.
Result<void> add(store::Session& session, const Alarm& alarm);
Result<std::optional<Alarm>> find_alarm(store::Session& session, AreaId community, AlarmId id);
Result<std::vector<Alarm>> alarms_since(store::Session& session, AreaId community, std::int64_t since_id, int limit);
Result<std::vector<Alarm>> alarms_after(store::Session& session, AreaId community, std::int64_t after_id, int limit);
Result<std::vector<AlarmSeen>> seen_of(store::Session& session, AreaId community, AlarmId id);
Result<std::vector<AlarmSeen>> seen_after(store::Session& session, AreaId community, std::int64_t after_id, int limit);
// False if this account had seen it before.
Result<bool> add(store::Session& session, const AlarmSeen& seen);

// Shifts.
Result<void> add(store::Session& session, const GateShift& shift);
Result<std::optional<GateShift>> open_shift(store::Session& session, AreaId community, GateId gate, AccountId account);
Result<std::optional<GateShift>> last_closed_shift(store::Session& session, AreaId community, GateId gate);
Result<void> close_shift(store::Session& session, const GateShift& shift);
// At every gate.
Result<std::vector<GateShift>> open_shifts_of(store::Session& session, AccountId account);

BOOST_DESCRIBE_STRUCT(Count, (), (gate_id, direction, outcome, recognised_by, passages, last_at))
BOOST_DESCRIBE_STRUCT(HourCount, (), (gate_id, hour, in, out, refused))
BOOST_DESCRIBE_STRUCT(StepCount, (), (gate_id, step, in, out, refused))
BOOST_DESCRIBE_STRUCT(RefusedReasons, (), (reasons, people))
BOOST_DESCRIBE_STRUCT(GateCount, (), (gate_id, count))

}  // namespace firstline::gate
