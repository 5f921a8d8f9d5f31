#include "gate/recent.hpp"

namespace firstline::gate {

std::optional<PassageId> RecentPassages::find(PersonId person, GateId gate, Direction direction, Instant now) const {
  const std::lock_guard lock(mutex_);
  for (const Generation* generation : {&current_, &previous_}) {
    const auto found = generation->find(person.value);
    if (found == generation->end()) continue;
    const Last& last = found->second;
    const bool same = last.gate == gate && last.direction == direction && last.at <= now && now - last.at < window;
    return same ? std::optional(last.passage) : std::nullopt;
  }
  return std::nullopt;
}

void RecentPassages::remember(PersonId person, GateId gate, Direction direction, PassageId passage, Instant at) {
  const std::lock_guard lock(mutex_);
  if (at - turned_ >= window) {
    previous_.swap(current_);
    current_.clear();
    turned_ = at;
  }
  current_[person.value] = Last{passage, gate, direction, at};
}

}  // namespace firstline::gate
