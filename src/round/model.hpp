#pragma once

// A test round 全员核酸 over an area: who is to be tested, where and when, in which tube, and what came of it. Plain
// values.
//
//   round   open > closed
//   tube    empty > filling > closed > handed_over > negative | abnormal | invalid
//
// An abnormal tube of one person is a positive result; of several, its people are held until each has a single retest.

#include <optional>
#include <string>
#include <vector>

#include "base/id.hpp"
#include "base/time.hpp"
#include "store/value.hpp"

namespace firstline::round {

struct RoundTag {};
using RoundId = Id<RoundTag>;
struct PointTag {};
using PointId = Id<PointTag>;
struct TubeTag {};
using TubeId = Id<TubeTag>;
struct ManifestTag {};
using ManifestId = Id<ManifestTag>;

enum class RoundState { open, closed };
BOOST_DESCRIBE_ENUM(RoundState, open, closed)

struct Round {
  AreaId community_id;
  RoundId id;
  std::int64_t number = 0;  // In the community, from 1: a part of the labels.
  AreaId area_id;
  std::string area_path;
  std::string name;
  Instant starts_at{}, ends_at{};
  int tube_size = 10;  // 1, 10 or 20 (单管、十混一、二十混一)
  RoundState state = RoundState::open;
  AccountId opened_by;
  std::int64_t tubes_made = 0;
};
BOOST_DESCRIBE_STRUCT(Round, (),
                      (community_id, id, number, area_id, area_path, name, starts_at, ends_at, tube_size, state,
                       opened_by, tubes_made))

// A sampling point 采样点, in a compound.
struct Point {
  AreaId community_id;
  PointId id;
  RoundId round_id;
  AreaId area_id;  // The compound: who works there works at the point.
  std::string area_path;
  std::string name;
  Instant opens_at{}, closes_at{};
  int slot_minutes = 30;
  int homes_per_slot = 40;
  int waiting = 0;  // As somebody there counted last.
  std::optional<Instant> waiting_at;
};
BOOST_DESCRIBE_STRUCT(Point, (),
                      (community_id, id, round_id, area_id, area_path, name, opens_at, closes_at, slot_minutes,
                       homes_per_slot, waiting, waiting_at))

enum class TubeState { empty, filling, closed, handed_over, negative, abnormal, invalid };
BOOST_DESCRIBE_ENUM(TubeState, empty, filling, closed, handed_over, negative, abnormal, invalid)

struct Tube {
  AreaId community_id;
  TubeId id;
  RoundId round_id;
  PointId point_id;  // Where its first sample was taken.
  std::string label;
  int size = 10;
  int people = 0;
  TubeState state = TubeState::empty;
  std::optional<Instant> closed_at;
  ManifestId manifest_id;
  int results = 0;  // How often a result was told: a correction is the second.
  std::optional<Instant> result_at;
};
BOOST_DESCRIBE_STRUCT(Tube, (),
                      (community_id, id, round_id, point_id, label, size, people, state, closed_at, manifest_id,
                       results, result_at))

enum class Known { personal_code, id_number, room_pick };
BOOST_DESCRIBE_ENUM(Known, personal_code, id_number, room_pick)

struct Sample {
  AreaId community_id;
  RoundId round_id;
  PersonId person_id;
  std::int64_t id = 0;
  TubeId tube_id;
  int place = 1;  // In the tube, in the order in which they came.
  Instant taken_at{};
  Known known = Known::room_pick;
  AccountId account_id;
};
BOOST_DESCRIBE_STRUCT(Sample, (), (community_id, round_id, person_id, id, tube_id, place, taken_at, known, account_id))

// Why somebody need not come; this list is closed. 近期康复 婴儿 医嘱 隔离点内
enum class Exemption { recovered, infant, medical, isolated };
BOOST_DESCRIBE_ENUM(Exemption, recovered, infant, medical, isolated)

struct Exempt {
  AreaId community_id;
  RoundId round_id;
  PersonId person_id;
  Exemption ground = Exemption::medical;
  AccountId account_id;
  Instant at{};
};
BOOST_DESCRIBE_STRUCT(Exempt, (), (community_id, round_id, person_id, ground, account_id, at))

// Tubes that went to a laboratory together.
struct Manifest {
  AreaId community_id;
  ManifestId id;
  RoundId round_id;
  std::string laboratory;
  int tubes = 0, people = 0;
  Instant at{};
  AccountId account_id;
};
BOOST_DESCRIBE_STRUCT(Manifest, (), (community_id, id, round_id, laboratory, tubes, people, at, account_id))

}  // namespace firstline::round
