#pragma once

// Decides who met a case. The whole rule of tracing stands here; tests hold it against a search of every pair.
//
// A stay is [enter, max(leave, enter + linger)]. Stays of one person at one place that overlap are one stay; touching
// is not overlapping. The case's stays are cut to [from, until]. An encounter is a stay of somebody else at the same
// place that overlaps one of them for longer than nothing. Whoever has encounters of overlap_seconds_min in sum is a
// contact (密接).
//
// Depth 2 adds the contacts of contacts (密接的密接). Each contact is looked at like a case, from the beginning of
// their first encounter with the case until the case's `until`: before that they had nothing to pass on. Who meets such
// a contact for overlap_seconds_min in sum, and is neither the case nor a contact, is a contact of a contact. Their row
// stands beside those of the contacts, under the same case, and adds up over all contacts that they met: encounters
// and seconds are sums, first and last are the earliest and the latest. Rows of contacts are the same as at depth 1.
//
// Pure: reads a view, no clock, no store. Not shared between threads: one for each keeps its room from case to case.

#include <cstdint>
#include <vector>

#include "trace/index.hpp"
#include "trace/model.hpp"

namespace firstline::trace {

class Exposure {
 public:
  Exposure(const Index::View& view, const Rule& rule);

  // Begins to fetch what contacts_of() will read first. For a caller who knows which case comes next but one.
  void expect(const Case& index_case) const { view_.persons().expect(index_case.person); }

  // Ascending by person. Good until the next call.
  const std::vector<Contact>& contacts_of(const Case& index_case);

  // Where and when the case met one other person, by place and time: what a row of contacts_of() adds up.
  std::vector<Encounter> encounters_of(const Case& index_case, std::int64_t other);

 private:
  // Somebody who was met, by number.
  struct Met {
    std::uint32_t person;
    std::uint32_t encounters;
    std::int64_t overlap_seconds, first, last;
  };
  struct Stay {
    std::uint32_t place;
    std::uint32_t segment;  // Of a row at this place, or no_segment.
    std::uint32_t row;
    std::uint32_t place_at;
    std::int64_t start, end;
  };
  struct Meeting {
    std::uint32_t person;
    std::uint32_t stay;
    std::int64_t start, end;
  };
  // What a day can have to do with a time at all.
  struct Span {
    std::int64_t enter_min, end_max;
  };

  struct DayList {
    std::uint32_t segment;
    Segment::List list;
  };
  struct DayRow {
    std::uint32_t segment, row;
  };

  void find_met(std::uint32_t person, std::int64_t from, std::int64_t until, std::vector<Met>& met);
  void find_stays(std::uint32_t person, std::int64_t from, std::int64_t until);
  void join_stays();
  void find_meetings(std::uint32_t person);
  void sort_meetings();
  void add_up(std::vector<Met>& met);
  void add_contacts_of_contacts(std::uint32_t person, std::int64_t until);
  Met& sum_of(std::uint32_t person);
  void clear_sums(std::size_t slots);

  Index::View view_;
  Rule rule_;
  std::vector<Span> spans_;  // Of the view's segments.
  std::vector<DayList> days_;
  std::vector<DayRow> rows_;
  std::vector<Stay> stays_;
  std::vector<Meeting> meetings_;
  std::vector<std::uint64_t> order_, order_spare_;
  std::vector<Met> met_, met_by_contact_;
  std::vector<std::uint32_t> slots_;  // Open addressing into sums_; a slot holds position + 1, 0 is free.
  std::vector<Met> sums_;
  std::vector<Contact> contacts_;
};

}  // namespace firstline::trace
