#pragma once

// Matches volunteers to the communities that asked for people (就近选派): near home or near work.
//
// Pure. The answer is optimal: as many people placed as can be, and among those the least metres in sum; with
// `unfairness_metres` the places that stay empty are spread over the communities as well. Nobody stays in the pool
// while a place is free for which they have the skills.

#include <optional>
#include <span>
#include <string>
#include <vector>

namespace firstline::mobilise {

struct Point {
  double x_metres = 0;
  double y_metres = 0;
};

enum class Near { home, work };

struct Volunteer {
  std::optional<Point> home;  // One of the two at least.
  std::optional<Point> work;
  std::vector<std::string> skills;
  std::optional<int> pinned_to;  // Index of a demand: has been told already and stays.
};

// A community that needs people; one that needs some of them with a skill is two demands.
struct Demand {
  Point at;
  int needed = 0;
  std::vector<std::string> skills;  // Everybody sent has all of these.
};

struct MatchOptions {
  // What it is worth to leave the last place of a community empty rather than the first: with 2000, people travel up
  // to two kilometres more so that no community is left with nobody. 0: metres alone.
  double unfairness_metres = 0;
};

struct Match {
  int demand = -1;  // -1: in the pool.
  double metres = 0;
  Near near = Near::home;
};

struct Matching {
  std::vector<Match> matches;  // As the volunteers.
  // By demand: the metres that one more place there would save everybody together; 0 where a place is free.
  std::vector<double> worth_metres;
  int placed = 0;
  double metres = 0;
};

struct Way {
  double metres = 0;
  Near near = Near::home;
};
// The shorter of home and work; home if they are the same.
Way way_to(const Volunteer& volunteer, const Demand& demand);
bool has_skills(const Volunteer& volunteer, const Demand& demand);

Matching match(std::span<const Volunteer> volunteers, std::span<const Demand> demands,
               const MatchOptions& options = {});

// One who signs up late, after `matching` was made (with metres alone): placed along the cheapest chain of moves, so
// that the whole stays optimal while there is a place for everybody. `volunteers` ends with the newcomer. Pinned people
// do not move, and nobody who has a place goes back to the pool for somebody who lives nearer.
void place_late(std::span<const Volunteer> volunteers, std::span<const Demand> demands, Matching& matching);

// Why not nearer: demands nearer than the one matched, nearest first, which this volunteer has the skills for. All are
// full.
std::vector<int> nearer_and_full(std::span<const Volunteer> volunteers, std::span<const Demand> demands,
                                 const Matching& matching, int volunteer);

}  // namespace firstline::mobilise
