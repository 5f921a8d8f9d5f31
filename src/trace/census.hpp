#pragma once

// Every person, or every place, of many scans at once: their names ascending, and the number of each by its name. Used
// while an index is built, because a few table reads are cheaper than a search for each scan.

#include <bit>
#include <cstdint>
#include <span>
#include <vector>

#include "trace/model.hpp"
#include "trace/numbering.hpp"

namespace firstline::trace {

class Census {
 public:
  Census(std::span<const std::vector<Scan>> blocks, std::int64_t Scan::*member, unsigned threads);

  const std::vector<std::int64_t>& names() const { return names_; }

  // Of a name that was counted; `numbering` began with names().
  std::uint32_t number(std::int64_t name, const Numbering& numbering) const {
    if (cells_.empty()) return *numbering.find(name);
    const std::uint64_t distance = static_cast<std::uint64_t>(name) - static_cast<std::uint64_t>(least_);
    const Cell& cell = cells_[distance / 64];
    const std::uint64_t below = (std::uint64_t{1} << (distance % 64)) - 1;
    return cell.before + static_cast<std::uint32_t>(std::popcount(cell.present & below));
  }

 private:
  // Sixty-four neighbouring names: which of them there are, and how many names stand before.
  struct Cell {
    std::uint64_t present = 0;
    std::uint32_t before = 0;
  };

  void count_close(std::span<const std::vector<Scan>> blocks, std::int64_t Scan::*member, std::size_t cells,
                   unsigned threads);
  void count_scattered(std::span<const std::vector<Scan>> blocks, std::int64_t Scan::*member);

  std::vector<std::int64_t> names_;
  std::int64_t least_ = 0;
  std::vector<Cell> cells_;  // Empty where the names lie too far apart.
};

}  // namespace firstline::trace
