#include "trace/census.hpp"

#include <algorithm>
#include <atomic>
#include <bit>

#include "trace/parallel.hpp"

namespace firstline::trace {
namespace {

constexpr std::uint64_t cells_max = std::uint64_t{1} << 22;  // 64 MiB of them.

}  // namespace

Census::Census(std::span<const std::vector<Scan>> blocks, std::int64_t Scan::*member, unsigned threads) {
  std::vector<std::pair<std::int64_t, std::int64_t>> ends(blocks.size(), {INT64_MAX, INT64_MIN});
  in_parallel(blocks.size(), threads, [&](unsigned, std::size_t at) {
    auto [low, high] = ends[at];
    for (const Scan& scan : blocks[at]) low = std::min(low, scan.*member), high = std::max(high, scan.*member);
    ends[at] = {low, high};
  });
  std::int64_t greatest = INT64_MIN;
  least_ = INT64_MAX;
  for (const auto& [low, high] : ends) least_ = std::min(least_, low), greatest = std::max(greatest, high);
  if (least_ > greatest) return;
  const std::uint64_t cells = (static_cast<std::uint64_t>(greatest) - static_cast<std::uint64_t>(least_)) / 64 + 1;
  if (cells <= cells_max) count_close(blocks, member, cells, threads);
  else count_scattered(blocks, member);
}

void Census::count_close(std::span<const std::vector<Scan>> blocks, std::int64_t Scan::*member, std::size_t cells,
                         unsigned threads) {
  cells_.resize(cells);
  in_parallel(blocks.size(), threads, [&](unsigned, std::size_t at) {
    for (const Scan& scan : blocks[at]) {
      const std::uint64_t distance = static_cast<std::uint64_t>(scan.*member) - static_cast<std::uint64_t>(least_);
      const std::uint64_t bit = std::uint64_t{1} << (distance % 64);
      std::atomic_ref present(cells_[distance / 64].present);
      if (!(present.load(std::memory_order_relaxed) & bit)) present.fetch_or(bit, std::memory_order_relaxed);
    }
  });
  std::uint32_t before = 0;
  for (std::size_t at = 0; at < cells; ++at) {
    cells_[at].before = before;
    for (std::uint64_t left = cells_[at].present; left; left &= left - 1)
      names_.push_back(static_cast<std::int64_t>(static_cast<std::uint64_t>(least_) + at * 64 +
                                                 static_cast<std::uint64_t>(std::countr_zero(left))));
    before = static_cast<std::uint32_t>(names_.size());
  }
}

void Census::count_scattered(std::span<const std::vector<Scan>> blocks, std::int64_t Scan::*member) {
  Numbering seen;
  for (const auto& block : blocks)
    for (const Scan& scan : block) seen.number(scan.*member);
  names_.reserve(seen.size());
  for (std::uint32_t number = 0; number < seen.size(); ++number) names_.push_back(seen.name(number));
  std::sort(names_.begin(), names_.end());
}

}  // namespace firstline::trace
