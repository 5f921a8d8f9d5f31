#include "gate/recent.hpp"

namespace firstline::gate {

std::optional<PassageId> RecentPassages::find(PersonId person, Instant now) const {
  const std::lock_guard lock(mutex_);
  for (const Generation* generation : {&current_, &previous_}) {
    const auto found = generation->find(person.value);
    if (found == generation->end()) continue;
    const Instant at = instant_of(found->second);
    return at <= now && now - at < window ? std::optional(PassageId{found->second}) : std::nullopt;
  }
  return std::nullopt;
}

void RecentPassages::remember(PersonId person, PassageId passage) {
  const Instant at = instant_of(passage.value);
  const std::lock_guard lock(mutex_);
  if (at - turned_ >= window) {
    previous_.swap(current_);
    current_.clear();
    turned_ = at;
  }
  current_[person.value] = passage.value;
}

}  // namespace firstline::gate
