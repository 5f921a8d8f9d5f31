#include "gate/tally.hpp"

namespace firstline::gate {

void add_to(api::Today& today, const Count& count) {
  switch (count.outcome) {
    case Outcome::pass:
      today.pass += count.passages;
      break;
    case Outcome::pass_with_reminder:
      today.pass_with_reminder += count.passages;
      break;
    case Outcome::register_first:
      today.register_first += count.passages;
      break;
    case Outcome::refuse:
      today.refuse += count.passages;
      break;
    case Outcome::hold:
      today.hold += count.passages;
      break;
  }
  if (count.outcome <= Outcome::pass_with_reminder)
    (count.direction == Direction::in ? today.in : today.out) += count.passages;
  if (count.recognised_by == RecognisedBy::nobody) today.emergencies += count.passages;
}

void fill(api::ShiftView& shift, const api::Today& counts) {
  shift.passes = counts.pass;
  shift.reminders = counts.pass_with_reminder;
  shift.registers = counts.register_first;
  shift.refusals = counts.refuse;
  shift.holds = counts.hold;
  shift.overrides = counts.overrides;
  shift.emergencies = counts.emergencies;
  shift.by_direction = {counts.in, counts.out};
}

}  // namespace firstline::gate
