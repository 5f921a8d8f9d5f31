#pragma once

// What is kept of health: every reading and result as it came in, and one row a person with where they stand. SQL
// stands in store_sql.cpp only.

#include <optional>
#include <string>
#include <vector>

#include "base/fault.hpp"
#include "base/id.hpp"
#include "health/service.hpp"
#include "store/session.hpp"

namespace firstline::health {

Result<std::optional<Standing>> load_standing(store::Session& session, AreaId community, PersonId person);

Result<std::map<PersonId, Standing>> load_standings_below(store::Session& session, AreaId community,
                                                          std::string_view path);
// Readings and samples of somebody from before a moment, in the order in which they came in.
Result<std::vector<CodeReading>> load_codes(store::Session& session, AreaId community, PersonId person, Instant before);
Result<std::vector<KeptReading>> load_code_history(store::Session& session, AreaId community, PersonId record);
struct NatRow {
  NatState state = NatState::sampled;
  Instant sampled_at{};
  std::optional<Instant> reported_at;
};
Result<std::vector<NatRow>> load_nats(store::Session& session, AreaId community, PersonId person, Instant before);

// Adds the reading, and makes it the person's current one unless a later one is known.
Result<void> save_code(store::Session& session, AreaId community, PersonId person, std::int64_t id,
                       const CodeReading& reading, AccountId set_by, std::string_view reason);
// Adds the result, and moves the person's state and last negative on unless a later sample is known.
Result<void> save_nat(store::Session& session, AreaId community, PersonId person, std::int64_t id,
                      const NatResult& result);
// The second half of that alone: for a result that is kept already.
Result<void> move_nat(store::Session& session, AreaId community, PersonId person, const NatResult& result);

Result<void> clear_standing(store::Session& session, AreaId community, PersonId person);
// The latest of what is kept under `record` counts for `person`, unless something later does.
Result<void> add_to_standing(store::Session& session, AreaId community, PersonId record, PersonId person);

}  // namespace firstline::health
