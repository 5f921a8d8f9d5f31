#include "trace/index.hpp"

#include <algorithm>
#include <bit>
#include <map>

namespace firstline::trace {
namespace {

constexpr std::size_t segments_together = 4;  // So many of like size of one day are joined.

// Sizes within a factor of four are alike.
int size_class(std::uint32_t scans) { return std::bit_width(scans) / 2; }

bool by_day(const std::shared_ptr<const Segment>& a, const std::shared_ptr<const Segment>& b) {
  return a->day() < b->day();
}

// Four or more segments of one day and of like size; empty if there are none.
std::vector<std::shared_ptr<const Segment>> alike(const std::vector<std::shared_ptr<const Segment>>& segments) {
  std::map<std::pair<std::int64_t, int>, std::vector<std::shared_ptr<const Segment>>> groups;
  for (const auto& segment : segments) {
    auto& group = groups[{segment->day(), size_class(segment->size())}];
    group.push_back(segment);
    if (group.size() == segments_together) return group;
  }
  return {};
}

}  // namespace

Index::Index(IndexOptions options) : options_(options) {
  filling_ = std::make_shared<OpenRows>(options_.open_rows);
  auto first = std::make_shared<World>();
  first->open.push_back(filling_);
  world_ = std::move(first);
}

std::shared_ptr<const Index::World> Index::world() const {
  const std::lock_guard lock(world_mutex_);
  return world_;
}

void Index::change_world(const std::function<void(World&)>& change) {
  const std::lock_guard lock(change_mutex_);
  auto next = std::make_shared<World>(*world());
  change(*next);
  std::shared_ptr<const World> old = std::move(next);
  const std::lock_guard swap_lock(world_mutex_);
  world_.swap(old);
}

bool Index::append(const Scan& scan) {
  FL_CHECK(*wrong_with(scan) == '\0');
  if (scan.enter < horizon_.load(std::memory_order_relaxed)) return false;
  const std::uint32_t person = persons_.number(scan.person), place = places_.number(scan.place);
  if (!filling_->append(person, place, scan.enter, scan.leave)) {
    auto fresh = std::make_shared<OpenRows>(options_.open_rows);
    FL_CHECK(fresh->append(person, place, scan.enter, scan.leave));
    change_world([&](World& world) { world.open.push_back(fresh); });
    filling_ = std::move(fresh);
  }
  return true;
}

std::vector<std::shared_ptr<const Segment>> Index::sorted(std::span<const std::shared_ptr<OpenRows>> full,
                                                          std::int64_t horizon) const {
  std::map<std::int64_t, std::vector<DayScan>> days;
  for (const auto& rows : full) {
    for (std::uint32_t at = 0; at < rows->capacity(); ++at) {
      const OpenRows::Row& row = (*rows)[at];
      if (row.enter >= horizon) days[day_of(row.enter)].emplace_back(row.person, row.place, row.enter, row.leave);
    }
  }
  std::vector<std::shared_ptr<const Segment>> made;
  std::vector<DayScan> spare;
  for (auto& [day, scans] : days) made.push_back(std::make_shared<Segment>(day, scans, spare));
  return made;
}

bool Index::settle() {
  const auto before = world();
  const std::span full(before->open.data(), before->open.size() - 1);
  if (!full.empty()) {
    const auto made = sorted(full, before->horizon);
    change_world([&](World& world) {
      world.open.erase(world.open.begin(), world.open.begin() + static_cast<std::ptrdiff_t>(full.size()));
      for (const auto& segment : made)
        if (segment->enter_max() >= world.horizon) world.segments.push_back(segment);
      std::stable_sort(world.segments.begin(), world.segments.end(), by_day);
    });
    return true;
  }
  const auto apart = alike(before->segments);
  if (apart.empty()) return false;
  std::vector<DayScan> scans, spare;
  for (const auto& segment : apart) segment->append_to(scans);
  const auto joined = std::make_shared<const Segment>(apart.front()->day(), scans, spare);
  change_world([&](World& world) {
    const auto is_old = [&](const auto& segment) {
      return std::find(apart.begin(), apart.end(), segment) != apart.end();
    };
    std::erase_if(world.segments, is_old);
    world.segments.push_back(joined);
    std::stable_sort(world.segments.begin(), world.segments.end(), by_day);
  });
  return true;
}

void Index::forget_before(std::int64_t second) {
  const std::int64_t horizon = day_of(second) * day_seconds;
  horizon_.store(std::max(horizon, horizon_.load()));
  change_world([&](World& world) {
    world.horizon = std::max(world.horizon, horizon);
    std::erase_if(world.segments, [&](const auto& segment) { return segment->enter_max() < horizon; });
  });
}

Index::View Index::view() const {
  View view;
  view.world_ = world();
  view.persons_ = &persons_;
  view.places_ = &places_;
  for (const auto& rows : view.world_->open) view.counts_.push_back(rows->count());
  return view;
}

std::uint64_t Index::View::scans() const {
  std::uint64_t scans = 0;
  for (const auto& segment : segments()) scans += segment->size();
  each_open([&](const OpenRows&, std::uint32_t count) { scans += count; });
  return scans;
}

std::size_t Index::memory_bytes() const {
  const auto now = world();
  std::size_t bytes = persons_.memory_bytes() + places_.memory_bytes();
  for (const auto& segment : now->segments) bytes += segment->memory_bytes();
  for (const auto& rows : now->open) bytes += rows->memory_bytes();
  return bytes;
}

}  // namespace firstline::trace
