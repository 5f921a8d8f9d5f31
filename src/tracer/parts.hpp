#pragma once

// Between the files of the service. Inside the module only.

#include <map>

#include "json/json.hpp"
#include "tracer/service.hpp"
#include "tracer/store.hpp"

namespace firstline::tracer {

// Faults trace.unknown_run, trace.unknown_row.
Result<Run> met_run(http::Call& call, RunId id);
Result<Row> met_row(http::Call& call, RowId id);
// Fault trace.changed.
Result<void> change(http::Call& call, const Row& row);

// `subject`: the person that it is about.
Result<void> write_fact(http::Call& call, AreaId community, std::string kind, PersonId subject, std::string body,
                        std::string policy_version = {});

inline constexpr person::Field note_field{"trace_step", "note"}, words_field{"trace_objection", "words"},
    answer_field{"trace_objection", "answer"};

// Whether a step with this command is kept already.
Result<bool> is_done(http::Call& call, const Uuid& command);
// Another category, with the reason: saves the row, keeps the step and writes the fact.
Result<void> classify_as(http::Call& call, const Ground& ground, Row& row, Category category, const std::string& reason,
                         const Uuid& command);

// What a fact about a row says beside its person.
struct RowFact {
  RunId run_id;
  RowId row_id;
  Category category = Category::general_contact;
};
BOOST_DESCRIBE_STRUCT(RowFact, (), (run_id, row_id, category))

// Makes rows as they are shown; names, homes and communities are asked for once each.
class RowViews {
 public:
  RowViews(http::Call& call, const Ground& ground) : call_(call), ground_(ground) {}
  Result<api::TraceRow> of(const Row& row, const std::vector<RowEncounter>& encounters,
                           std::optional<ObjectionState> objection);

 private:
  Result<void> name(api::TraceRow& shown, const Row& row);
  Result<std::string> masked_name(PersonId person);
  Result<std::string> community_name(AreaId community);

  http::Call& call_;
  const Ground& ground_;
  std::map<PersonId, std::string> names_;
  std::map<AreaId, std::string> communities_;
};
api::TraceEncounter view_of(const RowEncounter& encounter);

Result<api::TraceRun> view_of(http::Call& call, const Ground& ground, const Run& run);
Result<api::TraceRowDetail> detail(http::Call& call, const Ground& ground, const Row& row);

}  // namespace firstline::tracer
