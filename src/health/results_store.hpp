#pragma once

// What is kept of results and vaccinations. SQL stands in results_store_sql.cpp.

#include "health/results.hpp"

namespace firstline::health {

enum class RecordKind { test, vaccination };
BOOST_DESCRIBE_ENUM(RecordKind, test, vaccination)

// Where the record that a source calls so lies now.
struct RecordKey {
  AreaId community_id;
  PersonId person_id;
  std::int64_t record_id = 0;
  std::int64_t version = 0;
};
BOOST_DESCRIBE_STRUCT(RecordKey, (), (community_id, person_id, record_id, version))

Result<std::optional<RecordKey>> load_key(store::Session& session, RecordKind kind, std::string_view source,
                                          std::string_view external_id);
Result<void> save_key(store::Session& session, RecordKind kind, std::string_view source, std::string_view external_id,
                      const RecordKey& key);

Result<std::optional<TestResult>> load_result(store::Session& session, const RecordKey& key);
Result<std::optional<Vaccination>> load_vaccination(store::Session& session, const RecordKey& key);
Result<void> save(store::Session& session, const TestResult& result);
Result<void> save(store::Session& session, const Vaccination& vaccination);
// The record of `key` counts no longer.
Result<void> save_replaced(store::Session& session, RecordKind kind, const RecordKey& key, std::int64_t by);

Result<std::vector<TestResult>> load_results(store::Session& session, AreaId community, PersonId record);
Result<std::vector<Vaccination>> load_vaccinations(store::Session& session, AreaId community, PersonId record);
Result<std::vector<TestResult>> load_results_below(store::Session& session, AreaId community, std::string_view path,
                                                   Instant since);

}  // namespace firstline::health
