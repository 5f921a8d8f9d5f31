#pragma once

// What is in force, as it is shown: by `firstline policy show`, by GET /api/v1/policies/in-force, on a page.

#include <optional>
#include <string>
#include <vector>

#include <boost/describe.hpp>
#include <boost/json/value.hpp>

#include "policy/library.hpp"
#include "policy/wire.hpp"

namespace firstline::policy {

BOOST_DESCRIBE_ENUM(Grade, A, B, C, K, U)

struct PackShown {
  std::string id;
  std::string area;
  std::string issuer;
  std::string document;
  Date valid_from{};
  std::optional<Date> valid_to;
};
BOOST_DESCRIBE_STRUCT(PackShown, (), (id, area, issuer, document, valid_from, valid_to))

struct ParameterShown {
  std::string name;
  boost::json::value value;
  std::string unit;
  std::string pack;
  std::string source;
  Grade grade = Grade::U;
  std::string note;
  std::string default_of;
  std::string zh;
  std::string en;
};
BOOST_DESCRIBE_STRUCT(ParameterShown, (), (name, value, unit, pack, source, grade, note, default_of, zh, en))

// A place at risk and the pack that lists it.
struct RiskPlaceShown {
  std::string pack, code, name;
  Risk risk = Risk::medium;
  Date valid_from{};
  std::optional<Date> valid_until;
  std::string source;
};
BOOST_DESCRIBE_STRUCT(RiskPlaceShown, (), (pack, code, name, risk, valid_from, valid_until, source))

struct PolicyShown {
  std::string version;
  std::vector<PackShown> packs;
  std::vector<ParameterShown> parameters;   // In the order of the catalogue.
  std::vector<RiskPlaceShown> risk_places;  // The nearest list first.
};
BOOST_DESCRIBE_STRUCT(PolicyShown, (), (version, packs, parameters, risk_places))

PolicyShown shown(const PolicySet& set);

}  // namespace firstline::policy
