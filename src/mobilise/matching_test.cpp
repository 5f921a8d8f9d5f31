#include "mobilise/matching.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include <gtest/gtest.h>

#include "base/clock.hpp"

namespace firstline::mobilise {
namespace {

Volunteer lives_at(double x, double y) { return {Point{x, y}, std::nullopt, {}, std::nullopt}; }

struct World {
  std::vector<Volunteer> volunteers;
  std::vector<Demand> demands;
};

World random_world(unsigned seed, int people, int places, int places_per_demand, bool with_skills) {
  SeededRandom random(seed);
  const auto dice = [&] { return static_cast<unsigned>(random.next() >> 32); };
  const auto metres = [&] { return static_cast<double>(random.next() >> 11) / (1ull << 53) * 10'000; };
  World world;
  for (int i = 0; i < people; ++i) {
    Volunteer one{Point{metres(), metres()}, std::nullopt, {}, std::nullopt};
    if (dice() % 3) one.work = Point{metres(), metres()};
    if (with_skills && dice() % 3 == 0) one.skills = {"driver"};
    world.volunteers.push_back(std::move(one));
  }
  for (int i = 0; i < places; ++i) {
    Demand one{Point{metres(), metres()}, static_cast<int>(dice() % (2 * places_per_demand + 1)), {}};
    if (with_skills && dice() % 3 == 0) one.skills = {"driver"};
    world.demands.push_back(std::move(one));
  }
  return world;
}

// An independent solver: every place a column, the Hungarian method with potentials, a dummy column for the pool.
struct Best {
  int placed = 0;
  double metres = 0;
};
Best hungarian(const World& world) {
  const double pool = 1e9;
  std::vector<int> column_demand;
  for (std::size_t d = 0; d < world.demands.size(); ++d)
    for (int k = 0; k < world.demands[d].needed; ++k) column_demand.push_back(static_cast<int>(d));
  const std::size_t n = world.volunteers.size();
  for (std::size_t i = 0; i < n; ++i) column_demand.push_back(-1);
  const std::size_t m = column_demand.size();
  const auto cost = [&](std::size_t i, std::size_t j) {
    const int d = column_demand[j];
    if (d < 0) return pool;
    if (!has_skills(world.volunteers[i], world.demands[d])) return 4 * pool;
    return way_to(world.volunteers[i], world.demands[d]).metres;
  };
  std::vector<double> u(n + 1), v(m + 1);
  std::vector<std::size_t> row_of(m + 1), way(m + 1);
  for (std::size_t i = 1; i <= n; ++i) {
    row_of[0] = i;
    std::size_t j0 = 0;
    std::vector<double> least(m + 1, std::numeric_limits<double>::infinity());
    std::vector<char> used(m + 1);
    do {
      used[j0] = 1;
      const std::size_t i0 = row_of[j0];
      double delta = std::numeric_limits<double>::infinity();
      std::size_t j1 = 0;
      for (std::size_t j = 1; j <= m; ++j) {
        if (used[j]) continue;
        const double reduced = cost(i0 - 1, j - 1) - u[i0] - v[j];
        if (reduced < least[j]) least[j] = reduced, way[j] = j0;
        if (least[j] < delta) delta = least[j], j1 = j;
      }
      for (std::size_t j = 0; j <= m; ++j) {
        if (used[j]) u[row_of[j]] += delta, v[j] -= delta;
        else least[j] -= delta;
      }
      j0 = j1;
    } while (row_of[j0] != 0);
    do {
      row_of[j0] = row_of[way[j0]];
      j0 = way[j0];
    } while (j0 != 0);
  }
  Best best;
  for (std::size_t j = 1; j <= m; ++j)
    if (row_of[j] != 0 && column_demand[j - 1] >= 0) ++best.placed, best.metres += cost(row_of[j] - 1, j - 1);
  return best;
}

void expect_allowed(const World& world, const Matching& matching) {
  std::vector<int> filled(world.demands.size());
  double metres = 0;
  for (std::size_t i = 0; i < world.volunteers.size(); ++i) {
    const Match& one = matching.matches[i];
    if (one.demand < 0) continue;
    ++filled[one.demand];
    EXPECT_TRUE(has_skills(world.volunteers[i], world.demands[one.demand]));
    EXPECT_DOUBLE_EQ(one.metres, way_to(world.volunteers[i], world.demands[one.demand]).metres);
    metres += one.metres;
  }
  for (std::size_t d = 0; d < filled.size(); ++d) EXPECT_LE(filled[d], world.demands[d].needed);
  EXPECT_NEAR(metres, matching.metres, 1e-3);
}

TEST(Match, TakesTheShorterOfHomeAndWork) {
  const std::vector<Volunteer> people{{Point{0, 0}, Point{900, 0}, {}, std::nullopt}};
  const std::vector<Demand> places{{{1000, 0}, 1, {}}};
  const auto matching = match(people, places);
  EXPECT_EQ(matching.matches[0].demand, 0);
  EXPECT_EQ(matching.matches[0].near, Near::work);
  EXPECT_DOUBLE_EQ(matching.matches[0].metres, 100);
}

TEST(Match, NobodyStaysInThePoolToSaveMetres) {
  // The first could go next door; then the second, who has no other skill, could go nowhere.
  std::vector<Volunteer> people{lives_at(0, 0), lives_at(10, 0)};
  people[0].skills = {"driver"};
  const std::vector<Demand> places{{{0, 0}, 1, {}}, {{900'000, 0}, 1, {"driver"}}};
  const auto matching = match(people, places);
  EXPECT_EQ(matching.placed, 2);
  EXPECT_EQ(matching.matches[0].demand, 1);
}

TEST(Match, PinnedPeopleStayAndTheirPlaceIsTaken) {
  std::vector<Volunteer> people{lives_at(0, 0), lives_at(5000, 0)};
  people[1].pinned_to = 0;
  const std::vector<Demand> places{{{0, 0}, 1, {}}, {{6000, 0}, 1, {}}};
  const auto matching = match(people, places);
  EXPECT_EQ(matching.matches[1].demand, 0);
  EXPECT_EQ(matching.matches[0].demand, 1);
  EXPECT_EQ(nearer_and_full(people, places, matching, 0), std::vector<int>{0});
}

TEST(Match, EqualsAnIndependentSolverOnSmallWorlds) {
  for (unsigned seed = 0; seed < 60; ++seed) {
    const World world = random_world(seed, 30, 8, 2 + static_cast<int>(seed % 3), seed % 2 == 1);
    const auto matching = match(world.volunteers, world.demands);
    const Best best = hungarian(world);
    expect_allowed(world, matching);
    EXPECT_EQ(matching.placed, best.placed) << seed;
    EXPECT_NEAR(matching.metres, best.metres, 0.05) << seed;
  }
}

TEST(Match, ThatIsPrunedIsAsGoodAsTheWholeGraph) {
  // 2,500 x 300 is beyond what is solved at once. Half of the homes lie in one corner.
  World world = random_world(7, 2500, 300, 9, true);
  for (std::size_t i = 0; i < world.volunteers.size(); i += 2) {
    world.volunteers[i].work.reset();
    world.volunteers[i].home->x_metres /= 20, world.volunteers[i].home->y_metres /= 20;
  }
  const auto pruned = match(world.volunteers, world.demands);
  expect_allowed(world, pruned);
  // Its own prices prove it: nobody could do better at them (weak duality), and a place that is worth something is
  // full.
  std::vector<int> filled(world.demands.size());
  for (const Match& one : pruned.matches)
    if (one.demand >= 0) ++filled[one.demand];
  for (std::size_t i = 0; i < world.volunteers.size(); ++i) {
    const Match& one = pruned.matches[i];
    if (one.demand < 0) continue;
    for (std::size_t d = 0; d < world.demands.size(); ++d)
      if (has_skills(world.volunteers[i], world.demands[d])) {
        EXPECT_LE(one.metres + pruned.worth_metres[one.demand],
                  way_to(world.volunteers[i], world.demands[d]).metres + pruned.worth_metres[d] + 0.002);
      }
  }
  for (std::size_t d = 0; d < filled.size(); ++d)
    if (pruned.worth_metres[d] > 0) {
      EXPECT_EQ(filled[d], world.demands[d].needed);
    }
}

TEST(Match, NobodyIsStrandedWhileAPlaceIsFree) {
  World world = random_world(3, 2500, 260, 10, false);
  for (auto& one : world.volunteers) one = lives_at(one.home->x_metres / 100, one.home->y_metres / 100);
  int places = 0;
  for (const auto& demand : world.demands) places += demand.needed;
  EXPECT_EQ(match(world.volunteers, world.demands).placed, std::min(places, 2500));
}

TEST(Match, ShortageIsSpreadWhereItIsAskedFor) {
  std::vector<Volunteer> people(4, lives_at(0, 0));
  const std::vector<Demand> places{{{100, 0}, 4, {}}, {{600, 0}, 4, {}}};
  const auto by_metres = match(people, places);
  EXPECT_TRUE(std::all_of(by_metres.matches.begin(), by_metres.matches.end(), [](auto& m) { return m.demand == 0; }));
  const auto fair = match(people, places, {3000});
  EXPECT_EQ(std::count_if(fair.matches.begin(), fair.matches.end(), [](auto& m) { return m.demand == 0; }), 2);
}

TEST(PlaceLate, KeepsTheWholeOptimal) {
  for (unsigned seed = 100; seed < 130; ++seed) {
    World world = random_world(seed, 25, 7, seed % 2 ? 2 : 6, true);
    auto first = world;
    first.volunteers.resize(15);
    auto matching = match(first.volunteers, first.demands);
    for (std::size_t count = 16; count <= 25; ++count)
      place_late(std::span(world.volunteers).first(count), world.demands, matching);
    const auto at_once = match(world.volunteers, world.demands);
    expect_allowed(world, matching);
    EXPECT_EQ(matching.placed, at_once.placed) << seed;
    if (at_once.placed == 25) {
      EXPECT_NEAR(matching.metres, at_once.metres, 0.05) << seed;
    }
  }
}

TEST(Match, OfNobodyOrToNowhereIsEmpty) {
  EXPECT_EQ(match({}, {}).placed, 0);
  const std::vector<Volunteer> people{lives_at(0, 0)};
  EXPECT_EQ(match(people, {}).matches[0].demand, -1);
  const std::vector<Demand> places{{{0, 0}, 3, {}}};
  EXPECT_EQ(match({}, places).placed, 0);
}

}  // namespace
}  // namespace firstline::mobilise
