#include "casebook/steps.hpp"

namespace firstline::casebook {
namespace {

constexpr Needed no = Needed::never, one = Needed::one, two = Needed::two;
// From the row to the column, in the order of Status.
constexpr Needed table[6][6] = {
    // suspected, confirmed, asymptomatic, excluded, recovered, died
    {no, one, one, one, no, one},   // suspected
    {two, no, two, two, one, one},  // confirmed
    {two, one, no, two, one, no},   // asymptomatic: whoever dies of it had symptoms
    {two, two, two, no, no, no},    // excluded, wrongly
    {no, two, two, no, no, two},    // recovered, wrongly; a new infection is a new case
    {no, two, no, no, no, no},      // died: somebody else did
};

}  // namespace

Needed needed_for(Status from, Status to) { return table[static_cast<int>(from)][static_cast<int>(to)]; }

std::optional<Part> misplaced(const Case& c, Instant now) {
  const std::pair<const std::optional<Instant>*, Part> parts[] = {
      {&c.onset_at, Part::onset},
      {&c.sampled_at, Part::sampled},
      {&c.reported_at, Part::reported},
      {&c.transferred_at, Part::transferred},
  };
  for (const auto& [at, part] : parts)
    if (*at && **at > now) return part;
  if (c.sampled_at && c.reported_at && *c.reported_at < *c.sampled_at) return Part::reported;
  if (c.ended_at && c.transferred_at && *c.ended_at < *c.transferred_at) return Part::transferred;
  return std::nullopt;
}

}  // namespace firstline::casebook
