#pragma once

// What a generated community is made of, before anything is written: compounds, buildings, homes and who lives in them,
// how they stand. Pure: the same seed and numbers give the same plan, person by person; exactly so many people and
// homes.

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "base/clock.hpp"
#include "drill/names.hpp"
#include "health/model.hpp"
#include "person/model.hpp"

namespace firstline::drill {

struct PlannedNat {
  Instant sampled_at{};
  std::optional<Instant> reported_at;
  health::NatState state = health::NatState::negative;
};

struct PlannedPerson {
  std::string name;
  std::string id_number;
  std::optional<std::string> phone;
  Date born_on{};
  std::vector<person::Mark> marks;
  std::optional<health::CodeReading> code;
  std::vector<PlannedNat> tests;  // Oldest first.
};

struct PlannedHome {
  int unit = 1, floor = 1, door = 1;  // 2单元 5层 502室: door 2 of floor 5.
  std::vector<PlannedPerson> people;
};

struct PlannedBuilding {
  int compound = 0;  // From 0.
  int number = 1;
  int grid = 0;  // From 0.
  std::vector<PlannedHome> homes;
  int people() const;
};

struct CommunityShape {
  int people = 0;
  int homes = 0;
  int compounds = 0;
  int grids = 0;
  // Neighbouring compounds share a grid.
  int grid_of(int compound) const { return compound * grids / compounds; }
};
// 10,000 people: 3,600 homes in 6 compounds and 4 grids; other sizes in proportion.
CommunityShape shape_of(int people);

class CommunityPlan {
 public:
  // number: which generated community this is, 1..9999; part of its people's ID numbers, so that none is made twice.
  // made_at dates the births; readings_at the health readings, which a demo renews. Everything else is the same for
  // both.
  CommunityPlan(int people, int number, std::uint64_t seed, Instant made_at, Instant readings_at);
  CommunityPlan(int people, int number, std::uint64_t seed, Instant now)
      : CommunityPlan(people, number, seed, now, now) {}
  const CommunityShape& shape() const { return shape_; }
  // Buildings in order, compound by compound; nothing after the last.
  std::optional<PlannedBuilding> next_building();

 private:
  std::vector<PlannedPerson> next_family(bool three_generations);
  PlannedPerson person(const std::string& surname, Sex sex, int age);
  void give_marks(PlannedPerson& person, Sex sex, int age);
  void give_health(PlannedPerson& person, int age);
  std::string id_number(Date born_on, Sex sex);
  bool chance(int per_mille) { return static_cast<int>(random_.below(1000)) < per_mille; }
  int between(int low, int high) {
    return low + static_cast<int>(random_.below(static_cast<std::uint64_t>(high - low + 1)));
  }

  CommunityShape shape_;
  int number_;
  Instant made_at_, readings_at_;
  SeededRandom random_;
  int compound_ = 0, building_ = 0;
  int homes_left_, people_left_, homes_left_here_;
  std::uint64_t phones_ = 0;
  std::map<std::pair<Date, Sex>, int> sequence_;
};

}  // namespace firstline::drill
