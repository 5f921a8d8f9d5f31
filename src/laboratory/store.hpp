#pragma once

// What is remembered of batches; the file itself is not kept. SQL stands in store_sql.cpp.

#include "laboratory/model.hpp"

namespace firstline::laboratory {

// False if the command was there before.
Result<bool> add(store::Session& session, const Batch& batch);
Result<std::optional<Batch>> load(store::Session& session, AreaId community, health::BatchId id);
Result<std::optional<Batch>> load_by_command(store::Session& session, AreaId community, const Uuid& command);
Result<std::vector<Batch>> load_newest(store::Session& session, AreaId community, int limit);
Result<void> save_progress(store::Session& session, const Batch& batch);

}  // namespace firstline::laboratory
