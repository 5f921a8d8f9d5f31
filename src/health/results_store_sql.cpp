#include <array>
#include <span>

#include "area/model.hpp"
#include "health/results_store.hpp"
#include "store/migration.hpp"

namespace firstline::health {
namespace {

using store::Scope;
using store::Session;
using store::Statement;

// A key is looked for in the order in which a laboratory numbers its samples, so rows of one file lie side by side.
const store::Migration sources{122, "health", R"sql(
create table vaccination (
  community_id bigint not null,
  person_id bigint not null,
  id bigint not null,
  given_on bigint not null,
  dose bigint not null,
  product text not null,
  lot text,
  source text not null,
  external_id text not null,
  version bigint not null,
  batch_id bigint,
  replaced_by bigint,
  primary key (community_id, person_id, id)
);
create table health_record_key (
  -- in key order
  external_id text not null,
  source text not null,
  kind text not null,
  community_id bigint not null,
  person_id bigint not null,
  record_id bigint not null,
  version bigint not null,
  primary key (external_id, source, kind)
);
)sql"};

const std::string result_columns = store::columns_of<TestResult>(),
                  vaccination_columns = store::columns_of<Vaccination>();

const Statement select_key{"health.select_record_key", Scope::key,
                           "select community_id, person_id, record_id, version from health_record_key "
                           "where external_id = $1 and source = $2 and kind = $3"};
const Statement upsert_key{
    "health.upsert_record_key", Scope::key,
    "insert into health_record_key (external_id, source, kind, community_id, person_id, record_id, version) "
    "values ($1, $2, $3, $4, $5, $6, $7) on conflict (external_id, source, kind) do update set community_id = "
    "excluded.community_id, person_id = excluded.person_id, record_id = excluded.record_id, version = excluded.version"};
const Statement insert_result{"health.insert_result", Scope::community, store::insert_text<TestResult>("nat_result")};
const Statement insert_vaccination{"health.insert_vaccination", Scope::community,
                                   store::insert_text<Vaccination>("vaccination")};
const Statement select_result{
    "health.select_result", Scope::community,
    "select " + result_columns + " from nat_result where community_id = $1 and person_id = $2 and id = $3"};
const Statement select_vaccination{
    "health.select_vaccination", Scope::community,
    "select " + vaccination_columns + " from vaccination where community_id = $1 and person_id = $2 and id = $3"};
const Statement update_result{
    "health.replace_result", Scope::community,
    "update nat_result set replaced_by = $4 where community_id = $1 and person_id = $2 and id = $3"};
const Statement update_vaccination{
    "health.replace_vaccination", Scope::community,
    "update vaccination set replaced_by = $4 where community_id = $1 and person_id = $2 and id = $3"};
const Statement select_results{
    "health.select_results", Scope::community,
    "select " + result_columns + " from nat_result where community_id = $1 and person_id = $2 order by id"};
const Statement select_vaccinations{
    "health.select_vaccinations", Scope::community,
    "select " + vaccination_columns + " from vaccination where community_id = $1 and person_id = $2 order by id"};
// Of those who live there, and of records that were merged into theirs.
const std::string below = "from area a join person k on k.community_id = a.community_id and k.household_id = a.id ";
const std::string whose =
    "where a.community_id = $1 and a.path >= $2 and a.path < $3 and a.kind = 'household' and "
    "r.sampled_at >= $4 and r.replaced_by is null";
const Statement select_results_below{
    "health.select_results_below", Scope::community,
    "select " + store::columns_of<TestResult>("r.") + " " + below +
        "join nat_result r on r.community_id = k.community_id and r.person_id = k.id " + whose};
const Statement select_merged_below{
    "health.select_merged_results_below", Scope::community,
    "select " + store::columns_of<TestResult>("r.") + ", k.id " + below +
        "join person_merge m on m.community_id = k.community_id and m.kept_id = k.id and m.undone_at is null "
        "join nat_result r on r.community_id = m.community_id and r.person_id = m.gone_id " +
        whose};

}  // namespace

Result<std::optional<RecordKey>> load_key(Session& session, RecordKind kind, std::string_view source,
                                          std::string_view external_id) {
  return session.maybe<RecordKey>(select_key, external_id, source, kind);
}
Result<void> save_key(Session& session, RecordKind kind, std::string_view source, std::string_view external_id,
                      const RecordKey& key) {
  FL_TRYV(
      session.run(upsert_key, external_id, source, kind, key.community_id, key.person_id, key.record_id, key.version));
  return {};
}

Result<std::optional<TestResult>> load_result(Session& session, const RecordKey& key) {
  return session.maybe<TestResult>(select_result, key.community_id, key.person_id, key.record_id);
}
Result<std::optional<Vaccination>> load_vaccination(Session& session, const RecordKey& key) {
  return session.maybe<Vaccination>(select_vaccination, key.community_id, key.person_id, key.record_id);
}
Result<void> save(Session& session, const TestResult& result) {
  FL_TRYV(session.insert(insert_result, result));
  return {};
}
Result<void> save(Session& session, const Vaccination& vaccination) {
  FL_TRYV(session.insert(insert_vaccination, vaccination));
  return {};
}
Result<void> save_replaced(Session& session, RecordKind kind, const RecordKey& key, std::int64_t by) {
  FL_TRYV(session.run(kind == RecordKind::test ? update_result : update_vaccination, key.community_id, key.person_id,
                      key.record_id, by));
  return {};
}

Result<std::vector<TestResult>> load_results(Session& session, AreaId community, PersonId record) {
  return session.all<TestResult>(select_results, community, record);
}
Result<std::vector<Vaccination>> load_vaccinations(Session& session, AreaId community, PersonId record) {
  return session.all<Vaccination>(select_vaccinations, community, record);
}
Result<std::vector<TestResult>> load_results_below(Session& session, AreaId community, std::string_view path,
                                                   Instant since) {
  // With the path's own node, which may be a home: codes are letters and digits, so nothing else lies between.
  const auto range = area::range_below(path);
  const auto first = std::as_bytes(std::span(path)), last = std::as_bytes(std::span(range.last));
  FL_TRY(auto found, session.all<TestResult>(select_results_below, community, first, last, since));
  const std::array<store::Value, 4> values{store::to_value(community), store::to_value(first), store::to_value(last),
                                           store::to_value(since)};
  const int whose_id = static_cast<int>(
      boost::mp11::mp_size<boost::describe::describe_members<TestResult, boost::describe::mod_public>>::value);
  FL_TRYV(session.query(select_merged_below, values, [&](const store::RowView& row) {
    found.push_back(store::from_row<TestResult>(row));
    found.back().person_id = PersonId{row.integer(whose_id)};
  }));
  return found;
}

}  // namespace firstline::health
