#pragma once

// How strictly a place is closed at a moment, by the orders on its way up the tree. Pure: computed, never copied down.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/time.hpp"
#include "seal/model.hpp"

namespace firstline::seal {

// One place under one order at one level, for a time; whatever changes begins another span.
struct Span {
  std::string path;
  Level level = Level::none;
  Instant from{};
  std::optional<Instant> until;  // First moment at which it no longer holds.
  bool operator==(const Span&) const = default;
};

bool holds(const Span& span, Instant at);
// The strictest of what holds on `path` or above it.
Level level_at(const std::vector<Span>& spans, std::string_view path, Instant at);
// The same, counting only what stands strictly below `root`: what is a home's own and not its compound's.
Level level_inside(const std::vector<Span>& spans, std::string_view root, std::string_view path, Instant at);

}  // namespace firstline::seal
