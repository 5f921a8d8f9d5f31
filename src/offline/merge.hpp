#pragma once

// Three-way merge, field by field (三方合并): what a phone changed without the network, against what it had seen,
// against what stands now. Pure.
//
// A field that only one side changed is taken from that side; one that both changed to the same is no question; one
// that they changed differently is a conflict, and a person decides it.

#include <optional>
#include <string>
#include <vector>

namespace firstline::offline {

// Values as text; none where there is none.
using FieldValue = std::optional<std::string>;

struct FieldVersions {
  std::string field;
  FieldValue base, device, server;
};

struct Merge {
  std::vector<FieldVersions> take;       // The device's value is to be put in.
  std::vector<FieldVersions> conflicts;  // Both changed it, differently.
};

Merge three_way(std::vector<FieldVersions> fields);

}  // namespace firstline::offline
