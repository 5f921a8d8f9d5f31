#pragma once

// In which role whoever asked for a use case acts, for the ledger. The role belongs to one use case: it begins without
// one, is given one by whoever admits the asker, and ends with it. A use case runs on one thread, on one session.

#include <string>
#include <string_view>

#include "store/session.hpp"

namespace firstline::store {

// Empty: the system itself, or somebody who needed no role.
void act_as(const Session& session, std::string_view role);
// Empty on a session that nobody was admitted on.
const std::string& acting_as(const Session& session);

}  // namespace firstline::store
