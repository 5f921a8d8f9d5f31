#pragma once

// For tests: moments as people write them, and the rules of the shipped packs.

#include <stdexcept>
#include <string>
#include <vector>

#include "policy/library.hpp"
#include "seal/projection.hpp"

namespace firstline::seal {

inline Instant t(const std::string& text) {  // "2022-03-30 00:00" in Shanghai
  const auto at = parse_instant(text.substr(0, 10) + "T" + text.substr(11) + ":00+08:00");
  if (!at) throw std::invalid_argument(text);
  return *at;
}

inline policy::SealPolicy rules_of(const std::vector<std::string>& packs) {
  const auto set = policy::embedded_library().chosen(packs);
  if (!set) throw std::invalid_argument(set.error().reason + " " + set.error().where);
  return policy::seal_policy(*set).value();
}

inline const ConditionState* condition_of(const Projection& projection, Condition condition) {
  for (const ConditionState& each : projection.conditions)
    if (each.condition == condition) return &each;
  return nullptr;
}

}  // namespace firstline::seal
