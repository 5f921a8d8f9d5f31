#pragma once

// Commands and answers about test rounds, as they go over the wire.

#include "health/wire.hpp"
#include "person/wire.hpp"
#include "round/rules.hpp"

namespace firstline::round {

BOOST_DESCRIBE_STRUCT(Slot, (), (from, until))
BOOST_DESCRIBE_ENUM(OnRoll, sampled, exempt, away, missed)
BOOST_DESCRIBE_STRUCT(Progress, (), (expected, sampled, exempt, away, missed))

namespace api {

struct OpenRound {
  Uuid id;
  AreaId area_id;
  std::string name;
  Instant starts_at{}, ends_at{};
  int tube_size = 10;
};
BOOST_DESCRIBE_STRUCT(OpenRound, (), (id, area_id, name, starts_at, ends_at, tube_size))
struct AddSamplingPoint {
  Uuid id;
  AreaId compound_id;
  std::string name;
  Instant opens_at{}, closes_at{};
  int slot_minutes = 30;
  int homes_per_slot = 40;
};
BOOST_DESCRIBE_STRUCT(AddSamplingPoint, (), (id, compound_id, name, opens_at, closes_at, slot_minutes, homes_per_slot))
struct ExemptPerson {
  Uuid id;
  PersonId person_id;
  Exemption ground = Exemption::medical;
};
BOOST_DESCRIBE_STRUCT(ExemptPerson, (), (id, person_id, ground))
struct MakeTubes {
  Uuid id;
  int count = 0;
  int size = 10;
};
BOOST_DESCRIBE_STRUCT(MakeTubes, (), (id, count, size))
struct TakeSample {
  Uuid id;
  std::string tube;  // Its label.
  Known known = Known::room_pick;
  std::optional<std::string> token;      // personal_code
  std::optional<std::string> id_number;  // id_number
  std::optional<PersonId> person_id;     // room_pick
};
BOOST_DESCRIBE_STRUCT(TakeSample, (), (id, tube, known, token, id_number, person_id))
struct TubeCommand {
  Uuid id;
  std::string tube;
};
BOOST_DESCRIBE_STRUCT(TubeCommand, (), (id, tube))
struct CountQueue {
  Uuid id;
  int waiting = 0;
};
BOOST_DESCRIBE_STRUCT(CountQueue, (), (id, waiting))
struct HandTubesOver {
  Uuid id;
  std::string laboratory;
};
BOOST_DESCRIBE_STRUCT(HandTubesOver, (), (id, laboratory))

enum class TubeResult { negative, abnormal, invalid };
BOOST_DESCRIBE_ENUM(TubeResult, negative, abnormal, invalid)
struct OneResult {
  std::string tube;
  TubeResult result = TubeResult::negative;
};
BOOST_DESCRIBE_STRUCT(OneResult, (), (tube, result))
struct TellResults {
  Uuid id;
  std::vector<OneResult> results;
};
BOOST_DESCRIBE_STRUCT(TellResults, (), (id, results))

struct PointView {
  PointId point_id;
  RoundId round_id;
  AreaId compound_id;
  std::string name, compound_name;
  Instant opens_at{}, closes_at{};
  int slot_minutes = 30, homes_per_slot = 40;
  int waiting = 0;
  std::optional<Instant> waiting_at;
};
BOOST_DESCRIBE_STRUCT(PointView, (),
                      (point_id, round_id, compound_id, name, compound_name, opens_at, closes_at, slot_minutes,
                       homes_per_slot, waiting, waiting_at))

struct RoundView {
  RoundId round_id;
  std::int64_t number = 0;
  std::string name, area_name;
  Instant starts_at{}, ends_at{};
  int tube_size = 10;
  RoundState state = RoundState::open;
};
BOOST_DESCRIBE_STRUCT(RoundView, (), (round_id, number, name, area_name, starts_at, ends_at, tube_size, state))
struct RoundList {
  std::vector<RoundView> items;
};
BOOST_DESCRIBE_STRUCT(RoundList, (), (items))

struct BuildingProgress {
  AreaId building_id;
  std::string compound_name, building_name;
  Progress progress;
};
BOOST_DESCRIBE_STRUCT(BuildingProgress, (), (building_id, compound_name, building_name, progress))
struct TubeCounts {
  int empty = 0, filling = 0, closed = 0, handed_over = 0, negative = 0, abnormal = 0, invalid = 0;
};
BOOST_DESCRIBE_STRUCT(TubeCounts, (), (empty, filling, closed, handed_over, negative, abnormal, invalid))
struct ManifestView {
  ManifestId manifest_id;
  std::string laboratory;
  int tubes = 0, people = 0;
  Instant at{};
};
BOOST_DESCRIBE_STRUCT(ManifestView, (), (manifest_id, laboratory, tubes, people, at))
struct RoundDetail {
  RoundView round;
  Progress progress;
  std::vector<BuildingProgress> buildings;
  std::vector<PointView> points;
  TubeCounts tubes;
  std::vector<ManifestView> manifests;
};
BOOST_DESCRIBE_STRUCT(RoundDetail, (), (round, progress, buildings, points, tubes, manifests))

// Somebody on the roll of a building.
struct RollEntry {
  person::PersonMasked person;
  AreaId household_id;
  std::string household_label;
  OnRoll on_roll = OnRoll::missed;
  std::optional<Exemption> ground;
  std::optional<std::string> tube;
};
BOOST_DESCRIBE_STRUCT(RollEntry, (), (person, household_id, household_label, on_roll, ground, tube))
struct Roll {
  std::vector<RollEntry> items;  // In the order of their homes.
};
BOOST_DESCRIBE_STRUCT(Roll, (), (items))

struct TubeView {
  std::string label;
  int size = 10, people = 0;
  TubeState state = TubeState::empty;
  std::optional<PointId> point_id;
  std::optional<Instant> closed_at, result_at;
};
BOOST_DESCRIBE_STRUCT(TubeView, (), (label, size, people, state, point_id, closed_at, result_at))
struct TubeList {
  std::vector<TubeView> items;
};
BOOST_DESCRIBE_STRUCT(TubeList, (), (items))

struct InTube {
  int place = 1;
  person::PersonMasked person;
  std::string household_label;
  Instant taken_at{};
};
BOOST_DESCRIBE_STRUCT(InTube, (), (place, person, household_label, taken_at))
struct TubeContent {
  TubeView tube;
  std::vector<InTube> people;
};
BOOST_DESCRIBE_STRUCT(TubeContent, (), (tube, people))

// For the laboratory: labels and how many people are in each; no name.
struct ManifestContent {
  ManifestView manifest;
  std::vector<TubeView> tubes;
};
BOOST_DESCRIBE_STRUCT(ManifestContent, (), (manifest, tubes))

struct HeldPerson {
  person::PersonMasked person;
  AreaId household_id;
  std::string household_label;
  std::string tube;
  bool positive = false;  // Else: of an abnormal tube, and waits for a single retest.
  std::optional<TubeState> retest;
};
BOOST_DESCRIBE_STRUCT(HeldPerson, (), (person, household_id, household_label, tube, positive, retest))
struct HeldList {
  std::vector<HeldPerson> items;
};
BOOST_DESCRIBE_STRUCT(HeldList, (), (items))

// What a resident sees: where to go and when, and how long the queue is.
struct MyPoint {
  std::string name, compound_name;
  Instant opens_at{}, closes_at{};
  std::optional<Slot> slot;  // Of the caller's home.
  int waiting = 0;
  std::optional<Instant> waiting_at;
};
BOOST_DESCRIBE_STRUCT(MyPoint, (), (name, compound_name, opens_at, closes_at, slot, waiting, waiting_at))
struct MyMember {
  PersonId person_id;
  OnRoll on_roll = OnRoll::missed;
  std::optional<TubeState> tube;
};
BOOST_DESCRIBE_STRUCT(MyMember, (), (person_id, on_roll, tube))
struct MyRound {
  RoundView round;
  std::vector<MyPoint> points;
  std::vector<MyMember> household;
};
BOOST_DESCRIBE_STRUCT(MyRound, (), (round, points, household))
struct MyRounds {
  std::vector<MyRound> items;
};
BOOST_DESCRIBE_STRUCT(MyRounds, (), (items))

}  // namespace api
}  // namespace firstline::round
