#pragma once

// What is kept of changes of rules. SQL stands in store_sql.cpp only.

#include <vector>

#include "base/fault.hpp"
#include "rulebook/model.hpp"
#include "store/session.hpp"

namespace firstline::rulebook {

Result<void> save(store::Session& session, const Change& change);
Result<std::optional<Change>> load_change(store::Session& session, ChangeId id);
// All, in order of their start; of those with the same start, the one proposed first comes first.
Result<std::vector<Change>> load_changes(store::Session& session);
// False if it is confirmed or withdrawn already.
Result<bool> confirm(store::Session& session, ChangeId id, AccountId by, Instant at);
// False if it is withdrawn already.
Result<bool> withdraw(store::Session& session, ChangeId id, AccountId by, Instant at);

}  // namespace firstline::rulebook
