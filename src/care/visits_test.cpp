#include "care/visits.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include <gtest/gtest.h>

#include "base/clock.hpp"
#include "care/hhcrsp.hpp"

namespace firstline::care {
namespace {

VisitSearch moves(std::int64_t count, std::uint64_t seed = 1) {
  return {seed, [count](std::int64_t made) { return static_cast<double>(made) / static_cast<double>(count); }};
}

Visit alone(double from, double until, int skill = 0) { return {from, until, {{{skill, 10}, {}}}}; }

// Everybody is 10 from everybody; two carers with both skills.
VisitProblem flat(std::vector<Visit> visits) {
  const std::size_t places = visits.size() + 1;
  VisitProblem problem{std::move(visits), {{true, true}, {true, true}}, {}};
  problem.way.assign(places, std::vector<double>(places, 10));
  for (std::size_t i = 0; i < places; ++i) problem.way[i][i] = 0;
  return problem;
}

std::vector<std::vector<Stop>> laid_out(const VisitProblem& problem, std::vector<int> order,
                                        std::vector<std::array<int, 2>> carers) {
  VisitPlan plan;
  plan.order = std::move(order);
  plan.carers = std::move(carers);
  return stops_of(problem, plan);
}

TEST(VisitTimes, BeginWhenTheWindowOpensOrTheCarerComes) {
  const auto problem = flat({alone(50, 60), alone(0, 100)});
  const auto stops = laid_out(problem, {0, 1}, {{0, -1}, {0, -1}});
  EXPECT_DOUBLE_EQ(stops[0][0].begins, 50) << "waits";
  EXPECT_DOUBLE_EQ(stops[0][1].begins, 70) << "10 of care, 10 of way";
}

TEST(VisitTimes, OfTwoAtOnceAreThoseOfTheLater) {
  Visit both = alone(0, 100);
  both.services[1] = {1, 20};
  both.together = Together::at_once;
  const auto stops = laid_out(flat({alone(40, 60), both}), {0, 1}, {{0, -1}, {0, 1}});
  EXPECT_DOUBLE_EQ(stops[0][1].begins, 60);
  EXPECT_DOUBLE_EQ(stops[1][0].begins, 60);
}

TEST(VisitTimes, OfTwoInTurnKeepTheGap) {
  Visit both = alone(0, 100);
  both.services[1] = {1, 10};
  both.together = Together::in_turn;
  both.gap_min = 15, both.gap_max = 30;
  const auto soon = laid_out(flat({both}), {0}, {{0, 1}});
  EXPECT_DOUBLE_EQ(soon[0][0].begins, 10);
  EXPECT_DOUBLE_EQ(soon[1][0].begins, 25) << "the second waits for the least gap";
  const auto late = laid_out(flat({alone(70, 90), both}), {0, 1}, {{1, -1}, {0, 1}});
  EXPECT_DOUBLE_EQ(late[1][1].begins, 90);
  EXPECT_DOUBLE_EQ(late[0][0].begins, 60) << "the first waits so that the gap is not exceeded";
}

VisitProblem random_problem(std::uint64_t seed, int visits) {
  SeededRandom random(seed);
  const auto upto = [&](double most) { return most * static_cast<double>(random.next() >> 11) * 0x1p-53; };
  VisitProblem problem;
  std::vector<std::pair<double, double>> points{{upto(50), upto(50)}};
  for (int v = 0; v < visits; ++v) {
    const double from = upto(150);
    Visit visit = alone(from, from + 30, static_cast<int>(random.next() % 2));
    if (v % 3 == 2) {
      visit.services[1] = {static_cast<int>(random.next() % 2), 10};
      visit.together = random.next() % 2 ? Together::at_once : Together::in_turn;
      visit.gap_min = 5, visit.gap_max = 15;
    }
    problem.visits.push_back(visit);
    points.emplace_back(upto(50), upto(50));
  }
  problem.can = {{true, true}, {true, false}, {false, true}};
  for (const auto& a : points) {
    auto& row = problem.way.emplace_back();
    for (const auto& b : points) row.push_back(std::hypot(a.first - b.first, a.second - b.second));
  }
  return problem;
}

// The cost from the stops alone, as the form's description says it.
double by_the_book(const VisitProblem& problem, const std::vector<std::vector<Stop>>& stops) {
  double way = 0, late = 0, latest = 0;
  for (const auto& route : stops) {
    int at = 0;
    double free = 0;
    for (const Stop& stop : route) {
      const Visit& visit = problem.visits[stop.visit];
      way += problem.way[at][stop.visit + 1];
      EXPECT_GE(stop.begins, visit.from - 1e-9);
      EXPECT_GE(stop.begins, free + problem.way[at][stop.visit + 1] - 1e-9);
      late += std::max(0.0, stop.begins - visit.until);
      latest = std::max(latest, stop.begins - visit.until);
      at = stop.visit + 1;
      free = stop.begins + visit.services[stop.service].duration;
    }
    way += problem.way[at][0];
  }
  return (way + late + latest) / 3;
}

TEST(PlanVisits, IsAllowedAndCostsWhatItSays) {
  const auto problem = random_problem(3, 14);
  const auto plan = plan_visits(problem, moves(20'000));
  const auto stops = stops_of(problem, plan);
  EXPECT_NEAR(by_the_book(problem, stops), plan.cost(), 1e-9);
  std::vector<std::array<double, 2>> begins(14, {-1, -1});
  for (std::size_t carer = 0; carer < stops.size(); ++carer)
    for (const Stop& stop : stops[carer]) {
      EXPECT_TRUE(problem.can[carer][problem.visits[stop.visit].services[stop.service].skill]);
      EXPECT_LT(begins[stop.visit][stop.service], 0) << "once";
      begins[stop.visit][stop.service] = stop.begins;
    }
  for (int v = 0; v < 14; ++v) {
    const Visit& visit = problem.visits[v];
    EXPECT_GE(begins[v][0], 0) << "everybody is visited";
    if (visit.together == Together::at_once) {
      EXPECT_DOUBLE_EQ(begins[v][0], begins[v][1]);
    }
    if (visit.together == Together::in_turn) {
      EXPECT_GE(begins[v][1] - begins[v][0], visit.gap_min - 1e-9);
      EXPECT_LE(begins[v][1] - begins[v][0], visit.gap_max + 1e-9);
    }
  }
}

TEST(PlanVisits, FindsTheBestOfAllOrdersAndCarers) {
  for (std::uint64_t seed = 1; seed <= 6; ++seed) {
    const auto problem = random_problem(seed, 5);
    double best = std::numeric_limits<double>::infinity();
    std::vector<std::vector<std::array<int, 2>>> choices;
    for (const Visit& visit : problem.visits) {
      auto& all = choices.emplace_back();
      for (int a = 0; a < 3; ++a)
        for (int b = -1; b < 3; ++b)
          if (problem.can[a][visit.services[0].skill] && a != b && (b < 0) == (visit.together == Together::alone) &&
              (b < 0 || problem.can[b][visit.services[1].skill]))
            all.push_back({a, b});
    }
    std::vector<int> order{0, 1, 2, 3, 4};
    do {
      std::vector<std::size_t> pick(5, 0);
      for (bool more = true; more;) {
        std::vector<std::array<int, 2>> carers;
        for (std::size_t v = 0; v < 5; ++v) carers.push_back(choices[v][pick[v]]);
        best = std::min(best, by_the_book(problem, laid_out(problem, order, carers)));
        more = false;
        for (std::size_t v = 0; v < 5 && !more; ++v) {
          if (++pick[v] < choices[v].size()) more = true;
          else pick[v] = 0;
        }
      }
    } while (std::next_permutation(order.begin(), order.end()));
    EXPECT_NEAR(plan_visits(problem, moves(30'000, seed)).cost(), best, 1e-9) << seed;
  }
}

TEST(PlanVisits, IsTheSameForTheSameSeed) {
  const auto problem = random_problem(9, 12);
  EXPECT_EQ(plan_visits(problem, moves(500, 4)).order, plan_visits(problem, moves(500, 4)).order);
}

TEST(CanBePlanned, NeedsTwoCarersForTwoServices) {
  auto problem = random_problem(9, 3);
  EXPECT_TRUE(can_be_planned(problem));
  problem.can.resize(1);
  EXPECT_FALSE(can_be_planned(problem));
}

constexpr std::string_view small = R"({"patients":[
 {"id":"p1","location":[3,4],"time_window":[0,60],"required_caregivers":[{"service":"s1","duration":5}]},
 {"id":"p2","location":[0,0],"time_window":[9,60],"required_caregivers":[{"service":"s1","duration":5},{"service":"s2","duration":7}],
  "synchronization":{"type":"sequential","distance":[2,4]}}],
 "services":[{"id":"s1","default_duration":5},{"id":"s2"}],"caregivers":[{"id":"c1","abilities":["s1"]},{"id":"c2","abilities":["s2"]}],
 "central_offices":[{"id":"d","location":[0,0]}]})";

TEST(Hhcrsp, IsReadAndWritten) {
  const auto instance = read_hhcrsp(small);
  ASSERT_TRUE(instance) << instance.error().where;
  EXPECT_DOUBLE_EQ(instance->problem.way[0][1], 5) << "no table of distances: as the crow flies";
  VisitPlan plan;
  plan.order = {0, 1};
  plan.carers = {{0, -1}, {0, 1}};
  EXPECT_EQ(
      write_hhcrsp(*instance, plan),
      R"({"global_ordering":["p1","p2"],"routes":[{"caregiver_id":"c1","locations":[{"patient":"p1","service":"s1","arrival_time":5,"departure_time":10},)"
      R"({"patient":"p2","service":"s1","arrival_time":15,"departure_time":20}]},{"caregiver_id":"c2","locations":[)"
      R"({"patient":"p2","service":"s2","arrival_time":17,"departure_time":24}]}]})"
      "\n");
}

TEST(Hhcrsp, ThatIsBadIsRefusedWhereItIs) {
  const std::pair<std::string, std::string> spoilt[] = {{"[0,60]", "/patients/0/time_window"},
                                                        {"sequential", "/patients/1/synchronization/type"},
                                                        {"\"abilities\":[\"s1\"]", "/caregivers/0/abilities/0"},
                                                        {"[2,4]", "/patients/1/synchronization/distance"}};
  const std::string into[] = {"[0]", "now and then", "\"abilities\":[\"s9\"]", "[4,2]"};
  for (int i = 0; i < 4; ++i) {
    std::string text(small);
    text.replace(text.find(spoilt[i].first), spoilt[i].first.size(), into[i]);
    const auto read = read_hhcrsp(text);
    ASSERT_FALSE(read) << i;
    EXPECT_EQ(read.error().where, spoilt[i].second);
  }
  EXPECT_FALSE(read_hhcrsp("{}"));
  EXPECT_FALSE(read_hhcrsp("["));
}

}  // namespace
}  // namespace firstline::care
