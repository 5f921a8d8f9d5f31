#include "isolation/monitoring.hpp"

#include <algorithm>

namespace firstline::isolation {
namespace {

using std::chrono::minutes;
constexpr int minutes_of_day = 24 * 60;

ReportSlot slot_on(Date date, int number, int count, const policy::MonitoredPolicy& policy) {
  const int first = *policy.first_due_hour * 60, last = *policy.last_due_hour * 60;
  const int index = number - 1;
  const int due = count == 1 ? last : first + (last - first) * index / (count - 1);
  const Instant midnight = start_of(date);
  // Each belongs to its part of the day; whichever is due late in its part closes no sooner than it is due.
  const int opens = minutes_of_day * index / count, closes = minutes_of_day * number / count;
  return {date, number, midnight + minutes(opens), midnight + minutes(due),
          midnight + minutes(std::max(closes, due + 1))};
}

}  // namespace

std::vector<ReportSlot> slots_of(Instant from, std::optional<Instant> until, const policy::MonitoredPolicy& policy,
                                 Instant now) {
  std::vector<ReportSlot> slots;
  const int count = policy.temperatures_per_day.value_or(0);
  if (count < 1 || !policy.first_due_hour || !policy.last_due_hour) return slots;
  const Date last = civil_date(until ? std::min(*until, now) : now);
  for (Date date = civil_date(from); date <= last; date += std::chrono::days(1)) {
    for (int number = 1; number <= count; ++number) {
      const ReportSlot slot = slot_on(date, number, count, policy);
      if (from <= slot.due_at && (!until || slot.due_at < *until)) slots.push_back(slot);
    }
  }
  return slots;
}

std::vector<ReportLine> report_lines(const std::vector<ReportSlot>& slots, const std::vector<Instant>& given,
                                     Instant now) {
  std::vector<ReportLine> lines;
  for (const ReportSlot& slot : slots) {
    ReportLine line{slot, ReportState::ahead, {}};
    for (const Instant at : given)
      if (slot.opens_at <= at && at < slot.closes_at && at <= now && (!line.given_at || at < *line.given_at))
        line.given_at = at;
    if (line.given_at) line.state = *line.given_at <= slot.due_at ? ReportState::given : ReportState::late;
    else if (now >= slot.closes_at) line.state = ReportState::missed;
    else if (now > slot.due_at) line.state = ReportState::overdue;
    else if (now >= slot.opens_at) line.state = ReportState::open;
    lines.push_back(line);
  }
  return lines;
}

bool is_worrying(std::optional<int> temperature_tenths, const std::vector<Symptom>& symptoms, int fever_tenths) {
  return !symptoms.empty() || (temperature_tenths && fever_tenths > 0 && *temperature_tenths >= fever_tenths);
}

}  // namespace firstline::isolation
