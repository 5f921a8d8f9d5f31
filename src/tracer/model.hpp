#pragma once

// The tracer's list (流调名单) as it is kept: a run, its rows, and what was done about each. Plain values.
//
// A row: listed > called, as often as it takes > isolation or a test proposed; classified anew at any time, with a
// reason; or handed off to the officer of the community where the person lives, where it is a row of a run of its own.

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/id.hpp"
#include "base/time.hpp"
#include "casebook/model.hpp"
#include "store/value.hpp"
#include "trace/model.hpp"

namespace firstline::tracer {

struct RunTag {};
using RunId = Id<RunTag>;
struct RowTag {};
using RowId = Id<RowTag>;

// Why somebody is traced 确诊 疑似 无症状 混管阳性 溯源
enum class TracePurpose { confirmed_case, suspected_case, asymptomatic_case, pool_abnormal, source_search };
BOOST_DESCRIBE_ENUM(TracePurpose, confirmed_case, suspected_case, asymptomatic_case, pool_abnormal, source_search)

// Whom they could have infected, or who could have infected them. 正向 溯源
enum class Direction { forward, backward };
BOOST_DESCRIBE_ENUM(Direction, forward, backward)

// Which neighbours of the case's own home are listed. 不列 同层 同单元
enum class Neighbours { none, floor, unit };
BOOST_DESCRIBE_ENUM(Neighbours, none, floor, unit)

// 密接 密接的密接 一般接触者 排除
enum class Category { close_contact, contact_of_contact, general_contact, not_a_contact };
BOOST_DESCRIBE_ENUM(Category, close_contact, contact_of_contact, general_contact, not_a_contact)

enum class Confidence { low, medium, high };
BOOST_DESCRIBE_ENUM(Confidence, low, medium, high)

// On what somebody stands in the list. 同住 同层 同单元 同卡口 同场所 同采样点
enum class TraceBasis { household, floor, unit, gate, venue, sampling_point };
BOOST_DESCRIBE_ENUM(TraceBasis, household, floor, unit, gate, venue, sampling_point)

// Kept as one number.
class BasisSet {
 public:
  constexpr BasisSet() = default;
  constexpr explicit BasisSet(std::int64_t bits) : bits_(bits) {}
  constexpr void add(TraceBasis basis) { bits_ |= bit(basis); }
  constexpr bool has(TraceBasis basis) const { return (bits_ & bit(basis)) != 0; }
  constexpr std::int64_t bits() const { return bits_; }
  std::vector<TraceBasis> list() const;

 private:
  static constexpr std::int64_t bit(TraceBasis basis) { return std::int64_t{1} << static_cast<int>(basis); }
  std::int64_t bits_ = 0;
};

// What came of a call or a visit. 已联系上 无人接听 拒绝配合 号码错误
enum class CallOutcome { reached, not_reached, refused, wrong_number };
BOOST_DESCRIBE_ENUM(CallOutcome, reached, not_reached, refused, wrong_number)

// 建议隔离 建议核酸
enum class Proposal { isolation, test };
BOOST_DESCRIBE_ENUM(Proposal, isolation, test)

// What to do with a row next.
enum class NextAction { call, visit, propose_isolation, propose_test, hand_off, done };
BOOST_DESCRIBE_ENUM(NextAction, call, visit, propose_isolation, propose_test, hand_off, done)

// What a run asks; the policy's values where the officer gave none.
struct Parameters {
  Direction direction = Direction::forward;
  trace::Depth depth = trace::Depth::contacts;
  int lookback_days = 0, linger_minutes = 0, overlap_minutes_min = 0, close_minutes_min = 0;
  Neighbours neighbours = Neighbours::none;
};

struct Run {
  AreaId community_id;
  RunId id;
  Uuid command;
  casebook::CaseId case_id;  // 0: a positive pool, or a source looked for, without a case so far.
  PersonId person_id;        // 0: handed over by another community, which keeps the case to itself.
  AreaId origin_id;          // That community,
  RunId origin_run;          // and its run.
  TracePurpose purpose = TracePurpose::confirmed_case;
  std::optional<Instant> onset_at;
  Instant from_at{}, until_at{};
  Direction direction = Direction::forward;
  int depth = 1;
  int lookback_days = 0, linger_minutes = 0, overlap_minutes_min = 0, close_minutes_min = 0;
  Neighbours neighbours = Neighbours::none;
  std::string policy_version;
  AccountId asked_by;
  Instant asked_at{};
  Instant known_until{};  // Scans after this are not in it.
  int left_out = 0;       // Beyond the longest list: those with the least time together.
  int unknown = 0;        // Met, and nobody here knows where they live.
  std::int64_t found_microseconds = 0, listed_microseconds = 0;
};
BOOST_DESCRIBE_STRUCT(Run, (),
                      (community_id, id, command, case_id, person_id, origin_id, origin_run, purpose, onset_at, from_at,
                       until_at, direction, depth, lookback_days, linger_minutes, overlap_minutes_min,
                       close_minutes_min, neighbours, policy_version, asked_by, asked_at, known_until, left_out,
                       unknown, found_microseconds, listed_microseconds))

struct Row {
  AreaId community_id;
  RunId run_id;
  RowId id;
  PersonId person_id;
  AreaId home_id;                                 // The community that the person lives in.
  Category proposed = Category::general_contact;  // By the rule, and never changed.
  Category category = Category::general_contact;
  Confidence confidence = Confidence::low;
  std::int64_t bases = 0;  // BasisSet.
  PersonId via_id;         // Contact of a contact: of whom, mostly.
  std::int64_t encounters = 0, overlap_seconds = 0;
  std::optional<Instant> first_at, last_at;
  int calls = 0;
  std::optional<CallOutcome> last_outcome;
  std::optional<Instant> last_called_at;
  std::optional<Instant> isolation_proposed_at, test_proposed_at, handed_off_at;
  std::int64_t version = 1;
};
BOOST_DESCRIBE_STRUCT(Row, (),
                      (community_id, run_id, id, person_id, home_id, proposed, category, confidence, bases, via_id,
                       encounters, overlap_seconds, first_at, last_at, calls, last_outcome, last_called_at,
                       isolation_proposed_at, test_proposed_at, handed_off_at, version))

// Whether somebody has tried, or need not: the "n" of "n of m called". The store counts the same.
inline bool is_called(const Row& row) {
  return row.calls > 0 || row.handed_off_at.has_value() || row.category == Category::not_a_contact;
}

// Where and when, as it was called then.
struct RowEncounter {
  AreaId community_id;
  RowId row_id;
  std::int64_t id = 0;
  RunId run_id;
  TraceBasis basis = TraceBasis::gate;
  std::int64_t place_id = 0;
  std::string place_name;
  Instant from_at{}, until_at{};
};
BOOST_DESCRIBE_STRUCT(RowEncounter, (),
                      (community_id, row_id, id, run_id, basis, place_id, place_name, from_at, until_at))

// What was done about a row. 通话 改判 建议隔离 建议核酸 转交
enum class StepKind { called, classified, isolation_proposed, test_proposed, handed_off };
BOOST_DESCRIBE_ENUM(StepKind, called, classified, isolation_proposed, test_proposed, handed_off)

struct Step {
  AreaId community_id;
  RowId row_id;
  std::int64_t id = 0;
  Uuid command;
  Instant at{};
  AccountId account_id;
  StepKind kind = StepKind::called;
  std::optional<CallOutcome> outcome;
  std::optional<Category> category;         // What it was changed to.
  std::optional<store::Bytes> note_sealed;  // What was said, or why.
};
BOOST_DESCRIBE_STRUCT(Step, (),
                      (community_id, row_id, id, command, at, account_id, kind, outcome, category, note_sealed))

// 待答复 已采纳 未采纳
enum class ObjectionState { open, upheld, dismissed };
BOOST_DESCRIBE_ENUM(ObjectionState, open, upheld, dismissed)

// A resident's word against standing in a list; one for each row.
struct Objection {
  AreaId community_id;
  RowId row_id;
  std::int64_t id = 0;
  RunId run_id;
  Instant said_at{};
  store::Bytes words_sealed;
  ObjectionState state = ObjectionState::open;
  std::optional<Instant> answered_at;
  AccountId answered_by;
  std::optional<store::Bytes> answer_sealed;
};
BOOST_DESCRIBE_STRUCT(Objection, (),
                      (community_id, row_id, id, run_id, said_at, words_sealed, state, answered_at, answered_by,
                       answer_sealed))

}  // namespace firstline::tracer
