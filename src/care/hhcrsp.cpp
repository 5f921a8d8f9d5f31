#include "care/hhcrsp.hpp"

#include <algorithm>
#include <cmath>

#include <boost/describe.hpp>
#include <fmt/format.h>

#include "json/json.hpp"

namespace firstline::care {
namespace {

using boost::json::value;

struct StopLine {
  std::string patient, service;
  double arrival_time = 0, departure_time = 0;
};
BOOST_DESCRIBE_STRUCT(StopLine, (), (patient, service, arrival_time, departure_time))
struct RouteLines {
  std::string caregiver_id;
  std::vector<StopLine> locations;
};
BOOST_DESCRIBE_STRUCT(RouteLines, (), (caregiver_id, locations))
struct Solution {
  std::vector<std::string> global_ordering;
  std::vector<RouteLines> routes;
};
BOOST_DESCRIBE_STRUCT(Solution, (), (global_ordering, routes))

tl::unexpected<Fault> bad(std::string where) {
  return fail(FaultCode::invalid, "care.bad_problem", {}, std::move(where));
}

// A node of the document with its pointer, so that what is wrong is said where it is.
struct Node {
  const value* at;
  std::string pointer;

  Result<Node> member(std::string_view name) const {
    const auto* object = at->if_object();
    const auto* found = object ? object->if_contains(name) : nullptr;
    if (!found) return bad(pointer + '/' + std::string(name));
    return Node{found, pointer + '/' + std::string(name)};
  }
  bool has(std::string_view name) const { return at->is_object() && at->get_object().contains(name); }
  Result<std::vector<Node>> items() const {
    const auto* array = at->if_array();
    if (!array) return bad(pointer);
    std::vector<Node> nodes;
    for (const value& one : *array) nodes.push_back({&one, fmt::format("{}/{}", pointer, nodes.size())});
    return nodes;
  }
  Result<double> number() const {
    if (!at->is_number()) return bad(pointer);
    const double number = at->to_number<double>();
    if (!std::isfinite(number)) return bad(pointer);
    return number;
  }
  Result<std::string> text() const {
    if (!at->is_string()) return bad(pointer);
    return std::string(at->get_string());
  }
  Result<std::pair<double, double>> two_numbers() const {
    FL_TRY(const auto both, items());
    if (both.size() != 2) return bad(pointer);
    FL_TRY(const double first, both[0].number());
    FL_TRY(const double second, both[1].number());
    return std::pair(first, second);
  }
  Result<int> one_of(const std::vector<std::string>& names) const {
    FL_TRY(const auto name, text());
    const auto found = std::find(names.begin(), names.end(), name);
    if (found == names.end()) return bad(pointer);
    return static_cast<int>(found - names.begin());
  }
};

Result<std::vector<std::string>> ids(const Node& list) {
  std::vector<std::string> all;
  FL_TRY(const auto nodes, list.items());
  for (const Node& node : nodes) {
    FL_TRY(const auto id, node.member("id"));
    FL_TRY(all.emplace_back(), id.text());
  }
  return all;
}

Result<Visit> read_visit(const Node& patient, const HomeCareInstance& instance) {
  Visit visit;
  FL_TRY(const auto window, patient.member("time_window"));
  FL_TRY(const auto span, window.two_numbers());
  visit.from = span.first;
  visit.until = span.second;
  FL_TRY(const auto required, patient.member("required_caregivers"));
  FL_TRY(const auto services, required.items());
  if (services.empty() || services.size() > 2) return bad(required.pointer);
  for (std::size_t i = 0; i < services.size(); ++i) {
    FL_TRY(const auto service, services[i].member("service"));
    FL_TRY(visit.services[i].skill, service.one_of(instance.services));
    FL_TRY(const auto duration, services[i].member("duration"));
    FL_TRY(visit.services[i].duration, duration.number());
  }
  if (services.size() == 1) return visit;
  FL_TRY(const auto synchronization, patient.member("synchronization"));
  FL_TRY(const auto type_node, synchronization.member("type"));
  FL_TRY(const auto type, type_node.text());
  if (type == "simultaneous") {
    visit.together = Together::at_once;
  } else if (type == "sequential") {
    visit.together = Together::in_turn;
    FL_TRY(const auto distance, synchronization.member("distance"));
    FL_TRY(const auto gap, distance.two_numbers());
    visit.gap_min = gap.first;
    visit.gap_max = gap.second;
    if (gap.first > gap.second) return bad(distance.pointer);
  } else {
    return bad(type_node.pointer);
  }
  return visit;
}

Result<std::vector<std::vector<double>>> read_ways(const Node& root, const std::vector<Node>& patients) {
  std::vector<std::vector<double>> ways;
  if (root.has("distances")) {
    FL_TRY(const auto distances, root.member("distances"));
    FL_TRY(const auto rows, distances.items());
    for (const Node& row : rows) {
      auto& line = ways.emplace_back();
      FL_TRY(const auto cells, row.items());
      for (const Node& cell : cells) {
        FL_TRY(line.emplace_back(), cell.number());
      }
      if (line.size() != patients.size() + 1) return bad(row.pointer);
    }
    if (ways.size() != patients.size() + 1) return bad(distances.pointer);
    return ways;
  }
  std::vector<std::pair<double, double>> points;
  FL_TRY(const auto offices_node, root.member("central_offices"));
  FL_TRY(auto places, offices_node.items());
  if (places.empty()) return bad(offices_node.pointer);
  places.resize(1, places.front());
  places.insert(places.end(), patients.begin(), patients.end());
  for (const Node& place : places) {
    FL_TRY(const auto location, place.member("location"));
    FL_TRY(points.emplace_back(), location.two_numbers());
  }
  for (const auto& from : points) {
    auto& line = ways.emplace_back();
    for (const auto& to : points) line.push_back(std::hypot(from.first - to.first, from.second - to.second));
  }
  return ways;
}

}  // namespace

Result<HomeCareInstance> read_hhcrsp(std::string_view text) {
  FL_TRY(const auto document, json::read<value>(text));
  const Node root{&document, ""};
  HomeCareInstance instance;
  FL_TRY(const auto patients_node, root.member("patients"));
  FL_TRY(instance.patients, ids(patients_node));
  FL_TRY(const auto services_node, root.member("services"));
  FL_TRY(instance.services, ids(services_node));
  FL_TRY(const auto caregivers_node, root.member("caregivers"));
  FL_TRY(instance.caregivers, ids(caregivers_node));
  FL_TRY(const auto caregivers, caregivers_node.items());
  for (const Node& caregiver : caregivers) {
    auto& can = instance.problem.can.emplace_back(instance.services.size(), false);
    FL_TRY(const auto abilities, caregiver.member("abilities"));
    FL_TRY(const auto skills, abilities.items());
    for (const Node& skill : skills) {
      FL_TRY(const int which, skill.one_of(instance.services));
      can[which] = true;
    }
  }
  FL_TRY(const auto patients, patients_node.items());
  for (const Node& patient : patients) {
    FL_TRY(instance.problem.visits.emplace_back(), read_visit(patient, instance));
  }
  FL_TRY(instance.problem.way, read_ways(root, patients));
  if (!can_be_planned(instance.problem)) return bad("/caregivers");
  return instance;
}

std::string write_hhcrsp(const HomeCareInstance& instance, const VisitPlan& plan) {
  Solution solution;
  for (const int visit : plan.order) solution.global_ordering.push_back(instance.patients[visit]);
  const auto stops = stops_of(instance.problem, plan);
  for (std::size_t carer = 0; carer < stops.size(); ++carer) {
    RouteLines route{instance.caregivers[carer], {}};
    for (const Stop& stop : stops[carer]) {
      const Service& service = instance.problem.visits[stop.visit].services[stop.service];
      route.locations.push_back({instance.patients[stop.visit], instance.services[service.skill], stop.begins,
                                 stop.begins + service.duration});
    }
    solution.routes.push_back(std::move(route));
  }
  return json::write(solution) + '\n';
}

}  // namespace firstline::care
