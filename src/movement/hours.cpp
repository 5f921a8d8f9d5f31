// When a visitor is expected: pure.

#include <algorithm>

#include "movement/model.hpp"

namespace firstline::movement {

bool is_expected(VisitState state) {
  return state == VisitState::invited || state == VisitState::confirmed || state == VisitState::announced ||
         state == VisitState::inside;
}

std::optional<Span> span_at(const VisitHours& hours, Instant now) {
  if (hours.weekdays == 0) return Span{hours.from, hours.until};
  if (now >= hours.until) return std::nullopt;
  const Date first = std::max(civil_date(now), civil_date(hours.from));
  for (Date day = first; day < first + std::chrono::days(8); day += std::chrono::days(1)) {
    if ((hours.weekdays & (1 << (weekday_of(day).iso_encoding() - 1))) == 0) continue;
    const Span span{std::max(start_of(day) + std::chrono::minutes(hours.minute_from), hours.from),
                    std::min(start_of(day) + std::chrono::minutes(hours.minute_until), hours.until)};
    if (span.from >= span.until) continue;
    if (day > civil_date(now) || now < span.until || day == first) return span;
  }
  return std::nullopt;
}

}  // namespace firstline::movement
