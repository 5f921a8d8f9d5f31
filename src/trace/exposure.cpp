#include "trace/exposure.hpp"

#include <algorithm>
#include <bit>

#include "trace/radix_sort.hpp"

namespace firstline::trace {
namespace {

constexpr std::uint32_t no_segment = UINT32_MAX;
constexpr std::size_t slots_min = 1024;
constexpr std::size_t names_ahead = 12;

}  // namespace

Exposure::Exposure(const Index::View& view, const Rule& rule) : view_(view), rule_(rule) {
  FL_CHECK(*wrong_with(rule) == '\0');
  for (const auto& segment : view_.segments())
    spans_.push_back(
        {segment->enter_min(), std::max(segment->leave_max(), segment->enter_max() + rule_.linger_seconds)});
}

const std::vector<Contact>& Exposure::contacts_of(const Case& index_case) {
  contacts_.clear();
  const auto person = view_.persons().find(index_case.person);
  if (!person) return contacts_;
  find_met(*person, index_case.from, index_case.until, met_);
  if (rule_.depth == Depth::contacts_of_contacts) add_contacts_of_contacts(*person, index_case.until);

  bool ordered = true;
  contacts_.reserve(met_.size());
  const std::uint32_t in_order = view_.persons().ordered();
  for (std::size_t at = 0; at < met_.size(); ++at) {
    const Met& one = met_[at];
    if (at + names_ahead < met_.size()) view_.persons().expect_name(met_[at + names_ahead].person);
    ordered &= one.person < in_order;
    contacts_.push_back({view_.persons().name(one.person), one.encounters, one.overlap_seconds, one.first, one.last});
  }
  if (!ordered)
    std::sort(contacts_.begin(), contacts_.end(),
              [](const Contact& a, const Contact& b) { return a.person < b.person; });
  return contacts_;
}

std::vector<Encounter> Exposure::encounters_of(const Case& index_case, std::int64_t other) {
  std::vector<Encounter> encounters;
  const auto person = view_.persons().find(index_case.person), met = view_.persons().find(other);
  if (!person || !met) return encounters;
  find_stays(*person, index_case.from, index_case.until);
  join_stays();
  find_meetings(*person);
  std::erase_if(meetings_, [&](const Meeting& meeting) { return meeting.person != *met; });
  std::sort(meetings_.begin(), meetings_.end(),
            [](const Meeting& a, const Meeting& b) { return a.stay != b.stay ? a.stay < b.stay : a.start < b.start; });
  for (std::size_t at = 0; at < meetings_.size(); ++at) {
    const Meeting& one = meetings_[at];
    if (at > 0 && meetings_[at - 1].stay == one.stay && one.start < encounters.back().end)
      encounters.back().end = std::max(encounters.back().end, one.end);
    else encounters.push_back({view_.places().name(stays_[one.stay].place), one.start, one.end});
  }
  return encounters;
}

// Ascending by number.
void Exposure::find_met(std::uint32_t person, std::int64_t from, std::int64_t until, std::vector<Met>& met) {
  find_stays(person, from, until);
  join_stays();
  find_meetings(person);
  sort_meetings();
  add_up(met);
}

// Cutting before joining is the same as joining before cutting: two stays that overlap, and that both have a part of
// the window, overlap inside it. Therefore only what has a part of the window need be looked at.
void Exposure::find_stays(std::uint32_t person, std::int64_t from, std::int64_t until) {
  stays_.clear();
  const auto add = [&](Stay stay, std::int64_t enter, std::int64_t leave) {
    stay.start = std::max(enter, from);
    stay.end = std::min(std::max(leave, enter + rule_.linger_seconds), until);
    if (stay.start < stay.end) stays_.push_back(stay);
  };
  const auto& segments = view_.segments();
  days_.clear();
  rows_.clear();
  for (std::uint32_t at = 0; at < spans_.size(); ++at) {
    if (spans_[at].enter_min >= until || spans_[at].end_max <= from) continue;
    segments[at]->expect_list(person);
    days_.push_back({at, {}});
  }
  for (DayList& day : days_) day.list = segments[day.segment]->list_of(person);
  for (const DayList& day : days_)
    for (std::uint32_t at = day.list.begin; at < day.list.end; ++at)
      rows_.push_back({day.segment, segments[day.segment]->row_at(at)});
  for (const DayRow& one : rows_) {
    const Segment::Row row = segments[one.segment]->row(one.row);
    add({row.place, one.segment, row.row, row.place_at, 0, 0}, row.enter, row.leave);
  }
  view_.each_open([&](const OpenRows& rows, std::uint32_t count) {
    rows.scans_of(person, count, [&](const OpenRows::Row& row) {
      add({row.place, no_segment, 0, 0, 0, 0}, row.enter, row.leave);
    });
  });
}

void Exposure::join_stays() {
  if (stays_.size() < 2) return;
  std::sort(stays_.begin(), stays_.end(),
            [](const Stay& a, const Stay& b) { return a.place != b.place ? a.place < b.place : a.start < b.start; });
  std::size_t last = 0;
  for (std::size_t at = 1; at < stays_.size(); ++at) {
    Stay& joined = stays_[last];
    if (stays_[at].place == joined.place && stays_[at].start < joined.end)
      joined.end = std::max(joined.end, stays_[at].end);
    else stays_[++last] = stays_[at];
  }
  stays_.resize(last + 1);
}

// The parts of others' scans inside each stay. What of one scan lies outside matters to nobody, for the same reason.
void Exposure::find_meetings(std::uint32_t person) {
  meetings_.clear();
  for (std::uint32_t number = 0; number < stays_.size(); ++number) {
    const Stay& stay = stays_[number];
    const auto meet = [&, stay_start = stay.start, stay_end = stay.end, linger = rule_.linger_seconds ](
        std::uint32_t other, std::int64_t enter, std::int64_t leave) __attribute__((always_inline)) {
      const std::int64_t start = std::max(enter, stay_start);
      const std::int64_t end = std::min(std::max(leave, enter + linger), stay_end);
      if (start < end && other != person) meetings_.push_back({other, number, start, end});
    };
    for (std::uint32_t at = 0; at < spans_.size(); ++at) {
      if (spans_[at].enter_min >= stay.end || spans_[at].end_max <= stay.start) continue;
      const Segment& segment = *view_.segments()[at];
      const bool known = at == stay.segment;
      const std::uint32_t place_at = known ? stay.place_at : segment.find_place(stay.place);
      if (place_at == Segment::nowhere) continue;
      segment.scans_at(place_at, stay.start, stay.end, rule_.linger_seconds, known ? stay.row : Segment::no_row, meet);
    }
    view_.each_open([&](const OpenRows& rows, std::uint32_t count) {
      rows.scans_at(stay.place, count, [&](const OpenRows::Row& row) { meet(row.person, row.enter, row.leave); });
    });
  }
}

// By person; those of one person by stay and start.
void Exposure::sort_meetings() {
  order_.clear();
  for (std::uint32_t at = 0; at < meetings_.size(); ++at)
    order_.push_back(std::uint64_t{meetings_[at].person} << 32 | at);
  radix_sort(order_, order_spare_, PackedColumn::width_of(view_.persons().size()),
             [](std::uint64_t key) { return key >> 32; });
}

void Exposure::add_up(std::vector<Met>& met) {
  met.clear();
  const auto meeting = [&](std::size_t at) -> Meeting& { return meetings_[order_[at] & UINT32_MAX]; };
  for (std::size_t at = 0, next = 0; at < order_.size(); at = next) {
    const std::uint32_t person = static_cast<std::uint32_t>(order_[at] >> 32);
    for (next = at + 1; next < order_.size() && order_[next] >> 32 == person;) ++next;
    if (next - at > 1)
      std::sort(order_.begin() + static_cast<std::ptrdiff_t>(at), order_.begin() + static_cast<std::ptrdiff_t>(next),
                [&](std::uint64_t a, std::uint64_t b) {
                  const Meeting &one = meetings_[a & UINT32_MAX], &other = meetings_[b & UINT32_MAX];
                  return one.stay != other.stay ? one.stay < other.stay : one.start < other.start;
                });
    Met sum{person, 0, 0, INT64_MAX, INT64_MIN};
    std::uint32_t stay = UINT32_MAX;
    std::int64_t end = 0;
    for (std::size_t each = at; each < next; ++each) {
      const Meeting& one = meeting(each);
      if (one.stay != stay || one.start >= end) {
        ++sum.encounters;
        sum.overlap_seconds += one.end - one.start;
        stay = one.stay, end = one.end;
      } else if (one.end > end) {
        sum.overlap_seconds += one.end - end;
        end = one.end;
      }
      sum.first = std::min(sum.first, one.start);
      sum.last = std::max(sum.last, one.end);
    }
    if (sum.overlap_seconds >= rule_.overlap_seconds_min) met.push_back(sum);
  }
}

void Exposure::add_contacts_of_contacts(std::uint32_t person, std::int64_t until) {
  clear_sums(slots_min);
  // The case and the contacts have their place first; what is added to them is thrown away.
  sum_of(person);
  for (const Met& contact : met_) sum_of(contact.person);
  const std::size_t known = sums_.size();
  for (const Met& contact : met_) {
    find_met(contact.person, contact.first, until, met_by_contact_);
    for (const Met& one : met_by_contact_) {
      Met& sum = sum_of(one.person);
      sum.encounters += one.encounters;
      sum.overlap_seconds += one.overlap_seconds;
      sum.first = std::min(sum.first, one.first);
      sum.last = std::max(sum.last, one.last);
    }
  }
  met_.insert(met_.end(), sums_.begin() + static_cast<std::ptrdiff_t>(known), sums_.end());
  std::sort(met_.begin(), met_.end(), [](const Met& a, const Met& b) { return a.person < b.person; });
}

void Exposure::clear_sums(std::size_t slots) {
  sums_.clear();
  slots_.assign(slots, 0);
}

Exposure::Met& Exposure::sum_of(std::uint32_t person) {
  if (sums_.size() * 2 >= slots_.size()) {
    std::vector<Met> kept = std::move(sums_);
    clear_sums(slots_.size() * 4);
    for (const Met& one : kept) sum_of(one.person) = one;
  }
  const std::size_t mask = slots_.size() - 1;
  const int shift = 32 - std::countr_zero(slots_.size());
  for (std::size_t at = (person * 0x9E3779B1u) >> shift;; at = (at + 1) & mask) {
    if (slots_[at] == 0) {
      sums_.push_back({person, 0, 0, INT64_MAX, INT64_MIN});
      slots_[at] = static_cast<std::uint32_t>(sums_.size());
      return sums_.back();
    }
    if (sums_[slots_[at] - 1].person == person) return sums_[slots_[at] - 1];
  }
}

}  // namespace firstline::trace
