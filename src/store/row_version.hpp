#pragma once

// What a row looked like when somebody read it, in 16 characters: an editor sends it back, so that two who edit at once
// are told instead of one losing. No column: every writer changes it by writing.

#include <string>

#include "store/value.hpp"

namespace firstline::store {

std::string version_of_values(const std::vector<Value>& values);

template <class Row>
std::string version_of(const Row& row) {
  const auto values = values_of(row);
  return version_of_values({values.begin(), values.end()});
}

}  // namespace firstline::store
