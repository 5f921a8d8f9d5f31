#pragma once

// When somebody under an order has to say how they are (temperature and symptoms, twice a day by most rules), and which
// of these reports came, are overdue or were missed. Pure; the numbers are the policy's.

#include <string>
#include <vector>

#include "base/time.hpp"
#include "policy/people_policy.hpp"

namespace firstline::isolation {

// 咳嗽 咽痛 嗅觉减退 腹泻 乏力 气促 其他不适: what the sources ask for, and shortness of breath, which cannot wait.
enum class Symptom : std::uint8_t { cough, sore_throat, loss_of_smell, diarrhoea, fatigue, short_of_breath, other };

// One report that is owed: a part of a civil day in Shanghai.
struct ReportSlot {
  Date date{};
  int number = 1;  // Of its day.
  Instant opens_at{}, due_at{}, closes_at{};
  bool operator==(const ReportSlot&) const = default;
};

// open: it may be given and is not due yet; overdue: due, and may still be given; missed: nobody can give it any more.
enum class ReportState : std::uint8_t { ahead, open, given, late, overdue, missed };

struct ReportLine {
  ReportSlot slot;
  ReportState state = ReportState::ahead;
  std::optional<Instant> given_at;
  bool operator==(const ReportLine&) const = default;
};

// Those that fall due within [from, until), an open end up to the end of today; oldest first. None where no rule in
// force asks for reports.
[[nodiscard]] std::vector<ReportSlot> slots_of(Instant from, std::optional<Instant> until,
                                               const policy::MonitoredPolicy& policy, Instant now);
[[nodiscard]] std::vector<ReportLine> report_lines(const std::vector<ReportSlot>& slots,
                                                   const std::vector<Instant>& given, Instant now);

// Whether a report is for the health officer at once. `fever_tenths`: of the policy; 0: no line is drawn.
[[nodiscard]] bool is_worrying(std::optional<int> temperature_tenths, const std::vector<Symptom>& symptoms,
                               int fever_tenths);

}  // namespace firstline::isolation
