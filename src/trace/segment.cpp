#include "trace/segment.hpp"

#include <algorithm>

#include "trace/radix_sort.hpp"

namespace firstline::trace {
namespace {

constexpr unsigned second_bits = 17;
static_assert((1 << second_bits) >= day_seconds);

template <class T>
std::size_t bytes_of(const std::vector<T>& column) {
  return column.capacity() * sizeof(T);
}

}  // namespace

Segment::Segment(std::int64_t day, std::vector<DayScan>& scans, std::vector<DayScan>& spare) : day_(day) {
  FL_CHECK(!scans.empty() && scans.size() < no_row);
  size_ = static_cast<std::uint32_t>(scans.size());
  std::uint32_t place_max = 0;
  for (const DayScan& scan : scans) place_max = std::max(place_max, scan.place);
  radix_sort(scans, spare, second_bits, [](const DayScan& scan) { return std::uint64_t{scan.second()}; });
  radix_sort(scans, spare, PackedColumn::width_of(place_max),
             [](const DayScan& scan) { return std::uint64_t{scan.place}; });
  order_by_place(scans);
  order_by_person(scans);
}

void Segment::order_by_place(std::span<const DayScan> sorted) {
  std::uint32_t person_max = 0, second_max_here = 0;
  std::size_t lasting = 0, places = 0;
  for (std::size_t at = 0; at < sorted.size(); ++at) {
    person_max = std::max(person_max, sorted[at].person);
    second_max_here = std::max(second_max_here, sorted[at].second());
    lasting += sorted[at].length() > 0;
    places += at == 0 || sorted[at - 1].place != sorted[at].place;
  }
  person_bits_ = PackedColumn::width_of(person_max);
  rows_ = PackedColumn(person_bits_ + PackedColumn::width_of(second_max_here), size_);
  blocks_.resize((size_ + block_rows - 1) / block_rows);
  lengths_.reserve(lasting);
  places_.reserve(places + 1);
  const std::int64_t midnight = day_ * day_seconds;
  for (std::uint32_t at = 0; at < size_; ++at) {
    const DayScan& scan = sorted[at];
    if (at == 0 || sorted[at - 1].place != scan.place) {
      places_.push_back({scan.place, at});
    }
    rows_.set(at, std::uint64_t{scan.second()} << person_bits_ | scan.person);
    Block& block = blocks_[at / block_rows];
    if (at % block_rows == 0) {
      block.first_length = static_cast<std::uint32_t>(lengths_.size());
      block.first_place_at = static_cast<std::uint32_t>(places_.size() - 1);
    }
    const std::int64_t enter = midnight + scan.second();
    const auto length = static_cast<std::int64_t>(scan.length());
    enter_min_ = std::min(enter_min_, enter);
    enter_max_ = std::max(enter_max_, enter);
    leave_max_ = std::max(leave_max_, enter + length);
    length_max_ = std::max(length_max_, length);
    if (length == 0) continue;
    block.lasting |= std::uint64_t{1} << (at % block_rows);
    block.leave_max =
        std::max(block.leave_max,
                 static_cast<std::uint32_t>(std::min<std::uint64_t>(scan.second() + scan.length(), UINT32_MAX)));
    lengths_.push_back(static_cast<std::uint16_t>(std::min<std::uint64_t>(scan.length(), long_length)));
    if (scan.length() >= long_length) long_stays_.push_back({at, scan.length()});
  }
  places_.push_back({UINT32_MAX, size_});
  long_stays_.shrink_to_fit();
}

void Segment::order_by_person(std::span<const DayScan> sorted) {
  std::vector<std::uint64_t> keys(size_), spare;
  std::uint32_t person_max = 0;
  for (std::uint32_t at = 0; at < size_; ++at) {
    keys[at] = std::uint64_t{sorted[at].person} << 32 | at;
    person_max = std::max(person_max, sorted[at].person);
  }
  radix_sort(keys, spare, PackedColumn::width_of(person_max), [](std::uint64_t key) { return key >> 32; });
  row_of_person_ = PackedColumn(PackedColumn::width_of(size_ - 1), size_);

  // A day in which few of the people were out keeps only the groups that somebody is in.
  const bool every_group = person_max / group_size < size_ / 2 + 64;
  if (every_group) groups_.resize(person_max / group_size + 1);
  std::uint32_t group_done = UINT32_MAX;
  for (std::uint32_t at = 0; at < size_;) {
    const auto person = static_cast<std::uint32_t>(keys[at] >> 32);
    std::uint32_t end = at;
    for (; end < size_ && keys[end] >> 32 == person; ++end) row_of_person_.set(end, keys[end] & UINT32_MAX);
    const std::uint32_t number = person / group_size, count = end - at;
    if (number != group_done) {
      if (!every_group) {
        groups_.emplace_back();
        group_numbers_.push_back(number);
      }
      (every_group ? groups_[number] : groups_.back()).begin = at;
      group_done = number;
    }
    Group& group = every_group ? groups_[number] : groups_.back();
    const std::uint32_t within = person % group_size;
    group.counts[within / 8] |= std::min(count, crowded_count) << (within % 8 * 4);
    if (count >= crowded_count) crowded_.push_back({person, count});
    at = end;
  }
  groups_.shrink_to_fit();
  group_numbers_.shrink_to_fit();
  crowded_.shrink_to_fit();
}

Segment::List Segment::find_list(std::uint32_t person) const {
  std::size_t at = person / group_size;
  if (!group_numbers_.empty()) {
    const auto found = std::lower_bound(group_numbers_.begin(), group_numbers_.end(), person / group_size);
    if (found == group_numbers_.end() || *found != person / group_size) return {0, 0};
    at = static_cast<std::size_t>(found - group_numbers_.begin());
  }
  if (at >= groups_.size()) return {0, 0};
  const Group& group = groups_[at];
  const std::uint64_t counts = std::uint64_t{group.counts[1]} << 32 | group.counts[0];
  const std::uint32_t within = person % group_size;
  std::uint32_t begin = group.begin;
  const auto count_of = [&](std::uint32_t member) {
    const auto count = static_cast<std::uint32_t>(counts >> (member * 4) & 15);
    return count < crowded_count ? count : crowded(person - within + member);
  };
  for (std::uint32_t member = 0; member < within; ++member) begin += count_of(member);
  return {begin, begin + count_of(within)};
}

std::uint32_t Segment::crowded(std::uint32_t person) const {
  const auto found = std::lower_bound(crowded_.begin(), crowded_.end(), person,
                                      [](const Crowded& one, std::uint32_t wanted) { return one.person < wanted; });
  FL_CHECK(found != crowded_.end() && found->person == person);
  return found->count;
}

std::uint64_t Segment::long_stay(std::uint32_t row) const {
  const auto found = std::lower_bound(long_stays_.begin(), long_stays_.end(), row,
                                      [](const LongStay& stay, std::uint32_t wanted) { return stay.row < wanted; });
  FL_CHECK(found != long_stays_.end() && found->row == row);
  return found->length;
}

std::uint32_t Segment::find_place(std::uint32_t place) const {
  const auto found = std::lower_bound(places_.begin(), places_.end() - 1, place,
                                      [](const Place& one, std::uint32_t wanted) { return one.place < wanted; });
  if (found == places_.end() - 1 || found->place != place) return nowhere;
  return static_cast<std::uint32_t>(found - places_.begin());
}

std::uint32_t Segment::first_lingering(std::uint32_t first, std::uint32_t end, std::int64_t wanted,
                                       std::uint32_t near) const {
  const auto beyond = [&](std::uint32_t at) { return static_cast<std::int64_t>(second_of(at)) > wanted; };
  if (near != no_row && beyond(near)) {
    while (near > first && beyond(near - 1)) --near;
    return near;
  }
  while (first < end) {
    const std::uint32_t middle = first + (end - first) / 2;
    if (beyond(middle)) end = middle;
    else first = middle + 1;
  }
  return first;
}

void Segment::append_to(std::vector<DayScan>& scans) const {
  const std::uint64_t person_mask = (std::uint64_t{1} << person_bits_) - 1;
  for (std::uint32_t place_at = 0; place_at + 1 < places_.size(); ++place_at) {
    for (std::uint32_t at = places_[place_at].begin; at < places_[place_at + 1].begin; ++at) {
      const std::int64_t enter = day_ * day_seconds + static_cast<std::int64_t>(second_of(at));
      scans.emplace_back(static_cast<std::uint32_t>(rows_[at] & person_mask), places_[place_at].place, enter,
                         enter + length_of(at));
    }
  }
}

std::size_t Segment::memory_bytes() const {
  return sizeof *this + rows_.memory_bytes() + bytes_of(blocks_) + bytes_of(lengths_) + bytes_of(long_stays_) +
         bytes_of(places_) + row_of_person_.memory_bytes() + bytes_of(groups_) + bytes_of(group_numbers_) +
         bytes_of(crowded_);
}

}  // namespace firstline::trace
