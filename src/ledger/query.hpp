#pragma once

// Reading facts: by community, kind, subject and time, newest first; or one by its id. Callers decide who may see them.

#include <optional>
#include <vector>

#include "ledger/row.hpp"

namespace firstline::ledger {

struct FactFilter {
  AreaId community;         // 0: the facts above any community.
  std::string kind_prefix;  // "gate." or "gate.override"; empty: every kind.
  std::string subject;      // Exactly; empty: every subject.
  FactId since;             // From this id on; 0: from the first. first_id_at(instant) makes one of a time.
  FactId until;             // Below this id; 0: to the last. The id of the last row of a page asks for the next page.
  int limit = 50;
  AccountId actor;         // 0: whoever.
  std::string kind_end{};  // "revealed": looks into records of every module; empty: every kind.
  std::string role{};      // "secretary"; empty: whichever.
};

Result<std::vector<FactRow>> facts(store::Session& session, const FactFilter& filter);
Result<std::optional<FactRow>> find_fact(store::Session& session, AreaId community, FactId id);
// Walks all communities: for the command line, where only the id of a fact is known.
Result<std::optional<FactRow>> find_fact_anywhere(store::Session& session, FactId id);

}  // namespace firstline::ledger
