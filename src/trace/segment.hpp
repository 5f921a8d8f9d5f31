#pragma once

// The scans of one day (of their entering), never changed again: in the order of place and time, and found from the
// person. About ten bytes a scan.
//
// A row is (second of the day, person), packed to as many bits as the day needs. Which place a row belongs to follows
// from where it stands. Scans that last are rarer than instants: their length is kept beside the rows, in the order of
// rows, and a bit says who has one.

#include <bit>
#include <cstdint>
#include <span>
#include <vector>

#include "trace/model.hpp"
#include "trace/packed_column.hpp"

namespace firstline::trace {

// A scan as it is given to a day: person and place are numbers of a Numbering.
struct DayScan {
  static constexpr unsigned length_bits = 42;
  DayScan() = default;
  DayScan(std::uint32_t person_number, std::uint32_t place_number, std::int64_t enter, std::int64_t leave)
      : person(person_number),
        place(place_number),
        when(static_cast<std::uint64_t>(enter - day_of(enter) * day_seconds) << length_bits |
             static_cast<std::uint64_t>(leave - enter)) {}
  std::uint32_t second() const { return static_cast<std::uint32_t>(when >> length_bits); }
  std::uint64_t length() const { return when & ((std::uint64_t{1} << length_bits) - 1); }

  std::uint32_t person = 0;
  std::uint32_t place = 0;
  std::uint64_t when = 0;
};

class Segment {
 public:
  // Where a row stands: its place's ordinal in this day.
  struct Row {
    std::uint32_t row = 0;
    std::uint32_t place_at = 0;
    std::uint32_t place = 0;
    std::int64_t enter = 0;
    std::int64_t leave = 0;
  };

  // Takes the scans (in any order) and leaves `scans` and `spare` as room to be used again.
  Segment(std::int64_t day, std::vector<DayScan>& scans, std::vector<DayScan>& spare);

  std::int64_t day() const { return day_; }
  std::uint32_t size() const { return size_; }
  std::int64_t enter_min() const { return enter_min_; }
  std::int64_t enter_max() const { return enter_max_; }
  std::int64_t leave_max() const { return leave_max_; }

  // A person's scans are reached in steps, each of which reads memory that is seldom near. Between the steps a caller
  // does the same for other days, so that the waits overlap: expect_list, list_of, row_at, row.
  struct List {
    std::uint32_t begin = 0, end = 0;  // For row_at().
  };
  void expect_list(std::uint32_t person) const {
    if (group_numbers_.empty() && person / group_size < groups_.size())
      __builtin_prefetch(&groups_[person / group_size]);
  }
  List list_of(std::uint32_t person) const {
    const List list = find_list(person);
    if (list.begin < list.end) row_of_person_.expect(list.begin);
    return list;
  }
  std::uint32_t row_at(std::uint32_t at) const {
    const auto row = static_cast<std::uint32_t>(row_of_person_[at]);
    rows_.expect(row);
    __builtin_prefetch(&blocks_[row / block_rows]);
    return row;
  }
  Row row(std::uint32_t at) const {
    std::uint32_t place_at = blocks_[at / block_rows].first_place_at;
    while (places_[place_at + 1].begin <= at) ++place_at;
    const std::int64_t enter = day_ * day_seconds + static_cast<std::int64_t>(second_of(at));
    return {at, place_at, places_[place_at].place, enter, enter + length_of(at)};
  }

  // use(person, enter, leave) for each scan at this place that begins before `end` and ends after `start`, where it
  // ends `linger` after entering or on leaving. `near` is a row of that place that is known, or no_row.
  static constexpr std::uint32_t no_row = UINT32_MAX;
  template <class Use>
  void scans_at(std::uint32_t place_at, std::int64_t start, std::int64_t end, std::int64_t linger, std::uint32_t near,
                Use use) const;

  static constexpr std::uint32_t nowhere = UINT32_MAX;
  std::uint32_t find_place(std::uint32_t place) const;  // nowhere if nobody was there that day.

  // Every scan again, for merging.
  void append_to(std::vector<DayScan>& scans) const;

  std::size_t memory_bytes() const;

 private:
  static constexpr std::uint32_t block_rows = 64;
  static constexpr std::uint32_t group_size = 16;
  static constexpr std::uint16_t long_length = UINT16_MAX;
  static constexpr std::uint32_t crowded_count = 15;

  struct Block {
    std::uint64_t lasting = 0;       // A bit for each row that has a length.
    std::uint32_t first_length = 0;  // Where the block's lengths begin.
    std::uint32_t first_place_at = 0;
    std::uint32_t leave_max = 0;  // Latest leaving of the lasting rows, in seconds of the day; UINT32_MAX: or later.
  };
  // Sixteen persons: where their lists begin, and four bits for how long each is.
  struct Group {
    std::uint32_t begin = 0;
    std::uint32_t counts[2] = {0, 0};
  };
  struct Place {
    std::uint32_t place = 0;
    std::uint32_t begin = 0;  // Its first row.
  };
  struct LongStay {
    std::uint32_t row;
    std::uint64_t length;
  };
  struct Crowded {
    std::uint32_t person;
    std::uint32_t count;
  };

  // Of a block's bits, those of the rows from `first` to before `end`, which both belong to it (or end it).
  static std::uint64_t rows_between(std::uint64_t bits, std::uint32_t first, std::uint32_t end) {
    const std::uint32_t behind = (end - 1) % block_rows;
    return bits >> (first % block_rows) << (first % block_rows) << (block_rows - 1 - behind) >>
           (block_rows - 1 - behind);
  }
  // The first row of a place with a second beyond `second`.
  std::uint32_t first_lingering(std::uint32_t first, std::uint32_t end, std::int64_t second, std::uint32_t near) const;

  void order_by_place(std::span<const DayScan> sorted);
  void order_by_person(std::span<const DayScan> sorted);
  List find_list(std::uint32_t person) const;
  std::uint32_t crowded(std::uint32_t person) const;
  std::uint64_t long_stay(std::uint32_t row) const;

  std::uint64_t second_of(std::uint32_t row) const { return rows_[row] >> person_bits_; }
  std::int64_t length_of(std::uint32_t row) const {
    const Block& block = blocks_[row / block_rows];
    const std::uint64_t bit = std::uint64_t{1} << (row % block_rows);
    if (!(block.lasting & bit)) return 0;
    const std::uint16_t length = lengths_[block.first_length + std::popcount(block.lasting & (bit - 1))];
    return static_cast<std::int64_t>(length == long_length ? long_stay(row) : length);
  }

  std::int64_t day_ = 0;
  std::uint32_t size_ = 0;
  unsigned person_bits_ = 0;
  std::int64_t enter_min_ = INT64_MAX, enter_max_ = INT64_MIN, leave_max_ = INT64_MIN, length_max_ = 0;
  PackedColumn rows_;
  std::vector<Block> blocks_;
  std::vector<std::uint16_t> lengths_;
  std::vector<LongStay> long_stays_;  // By row.
  std::vector<Place> places_;         // Ascending; those with a scan; and one more, which begins at the end.
  PackedColumn row_of_person_;
  std::vector<Group> groups_;
  std::vector<std::uint32_t> group_numbers_;  // Empty: groups_ has every group from the first on.
  std::vector<Crowded> crowded_;              // Persons with fifteen scans or more that day, ascending.
};

template <class Use>
void Segment::scans_at(std::uint32_t place_at, std::int64_t start, std::int64_t end, std::int64_t linger,
                       std::uint32_t near, Use use) const {
  const std::uint32_t place_first = places_[place_at].begin, place_last = places_[place_at + 1].begin;
  const std::int64_t midnight = day_ * day_seconds;
  const std::int64_t from = start - midnight, until = end - midnight;  // In seconds of the day.
  const std::uint64_t person_mask = (std::uint64_t{1} << person_bits_) - 1;
  const unsigned person_bits = person_bits_;
  const auto second = [&](std::uint32_t at) { return static_cast<std::int64_t>(second_of(at)); };
  const std::uint32_t lingering = first_lingering(place_first, place_last, from - linger, near);

  // Before it only those count that stayed on.
  if (length_max_ > linger) {
    for (std::uint32_t next = lingering; next > place_first;) {
      const std::uint32_t number = (next - 1) / block_rows;
      const std::uint32_t first = std::max(number * block_rows, place_first);
      const Block& block = blocks_[number];
      if (block.lasting && (block.leave_max > from || block.leave_max == UINT32_MAX)) {
        for (std::uint64_t left = rows_between(block.lasting, first, next); left; left &= left - 1) {
          const std::uint32_t at = number * block_rows + static_cast<std::uint32_t>(std::countr_zero(left));
          const std::int64_t leave = second(at) + length_of(at);
          if (leave > from && second(at) < until)
            use(static_cast<std::uint32_t>(rows_[at] & person_mask), midnight + second(at), midnight + leave);
        }
      }
      next = first;
      if (second(first) + length_max_ <= from) break;
    }
  }

  for (std::uint32_t at = lingering; at < place_last;) {
    const Block& block = blocks_[at / block_rows];
    const std::uint32_t block_end = std::min((at / block_rows + 1) * block_rows, place_last);
    const bool some_last = rows_between(block.lasting, at, block_end) != 0;
    for (; at < block_end; ++at) {
      const std::uint64_t packed = rows_[at];
      const auto entered = static_cast<std::int64_t>(packed >> person_bits);
      if (entered >= until) return;
      const std::int64_t enter = midnight + entered;
      use(static_cast<std::uint32_t>(packed & person_mask), enter, some_last ? enter + length_of(at) : enter);
    }
  }
}

}  // namespace firstline::trace
