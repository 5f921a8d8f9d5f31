#pragma once

// The parts of the catalogue, by topic; internal to the module.

#include <span>

#include "policy/catalogue.hpp"

namespace firstline::policy {

std::span<const Entry> gate_entries();
std::span<const Entry> zone_entries();
std::span<const Entry> people_entries();
std::span<const Entry> test_entries();  // Tests, antigen and codes.

inline constexpr std::string_view outcome_choices = "pass pass_with_reminder register_first refuse hold";

}  // namespace firstline::policy
