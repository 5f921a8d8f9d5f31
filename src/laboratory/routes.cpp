// Results and vaccinations over HTTP: files that the office drops, messages of a laboratory's own system, and what is
// known of one person. No answer holds a name or a number.

#include <sstream>

#include "area/service.hpp"
#include "base/base64.hpp"
#include "intake/table.hpp"
#include "json/json.hpp"
#include "laboratory/store.hpp"
#include "laboratory/taking.hpp"

namespace firstline::laboratory {
namespace {

using http::Access;
using http::Call;
using http::Method;
using http::Role;

constexpr http::RoleSet may_take{Role::secretary, Role::health_officer};
constexpr http::RoleSet may_see{Role::grid_worker, Role::secretary, Role::health_officer};
constexpr int batches_shown = 50;
constexpr std::size_t rejections_shown = rejections_kept, results_in_a_message = 200;

struct LookCommand {
  Kind kind = Kind::results;
  std::string source, file_name;
  std::string content;  // The file in base64.
};
BOOST_DESCRIBE_STRUCT(LookCommand, (), (kind, source, file_name, content))

struct TakeBatchCommand {
  Uuid id;
  Kind kind = Kind::results;
  std::string source, file_name, content;
};
BOOST_DESCRIBE_STRUCT(TakeBatchCommand, (), (id, kind, source, file_name, content))

struct RejectionView {
  std::int64_t line = 0;
  std::string code, field, zh, en;
};
BOOST_DESCRIBE_STRUCT(RejectionView, (), (line, code, field, zh, en))

struct BatchView {
  std::optional<health::BatchId> batch_id;  // Nothing after a look.
  Kind kind = Kind::results;
  std::string source, file_name;
  std::optional<Instant> at;
  std::optional<BatchState> state;
  BatchCounts counts;
  std::vector<RejectionView> rejections;
};
BOOST_DESCRIBE_STRUCT(BatchView, (), (batch_id, kind, source, file_name, at, state, counts, rejections))

struct BatchList {
  std::vector<BatchView> items;
};
BOOST_DESCRIBE_STRUCT(BatchList, (), (items))

struct ReportedResult {
  std::string external_id;
  std::int64_t version = 1;
  std::string name;
  std::optional<std::string> id_number, phone;
  health::TestKind kind = health::TestKind::nucleic_acid;
  health::NatState state = health::NatState::negative;
  Instant sampled_at{};
  std::optional<Instant> reported_at;
  std::optional<std::string> tube;
};
BOOST_DESCRIBE_STRUCT(ReportedResult, (),
                      (external_id, version, name, id_number, phone, kind, state, sampled_at, reported_at, tube))

struct ReportCommand {
  Uuid id;
  std::string source;
  std::vector<ReportedResult> results;
};
BOOST_DESCRIBE_STRUCT(ReportCommand, (), (id, source, results))

struct ReportOutcome {
  std::string external_id;
  std::optional<health::Taken> taken;
  std::optional<std::string> code, zh, en;  // Why it was refused.
};
BOOST_DESCRIBE_STRUCT(ReportOutcome, (), (external_id, taken, code, zh, en))

struct ReportAnswer {
  std::vector<ReportOutcome> items;  // In the order of the message.
};
BOOST_DESCRIBE_STRUCT(ReportAnswer, (), (items))

struct ResultView {
  health::TestResultId result_id;
  health::TestKind kind = health::TestKind::nucleic_acid;
  health::NatState state = health::NatState::negative;
  Instant sampled_at{};
  std::optional<Instant> reported_at;
  std::string source;
  std::optional<std::string> external_id, tube;
  std::int64_t version = 1;
  bool counts = true;  // False: a later version replaced it.
};
BOOST_DESCRIBE_STRUCT(ResultView, (),
                      (result_id, kind, state, sampled_at, reported_at, source, external_id, tube, version, counts))

struct VaccinationView {
  health::VaccinationId vaccination_id;
  Date given_on{};
  int dose = 1;
  std::string product, source;
  std::optional<std::string> lot;
  std::int64_t version = 1;
  bool counts = true;
};
BOOST_DESCRIBE_STRUCT(VaccinationView, (), (vaccination_id, given_on, dose, product, source, lot, version, counts))

struct HealthRecord {
  std::vector<ResultView> results;            // Newest sample first.
  std::vector<VaccinationView> vaccinations;  // Newest first.
};
BOOST_DESCRIBE_STRUCT(HealthRecord, (), (results, vaccinations))

std::vector<RejectionView> shown(const std::vector<Rejection>& rejections) {
  std::vector<RejectionView> views;
  for (const Rejection& each : rejections) {
    if (views.size() == rejections_shown) break;
    const Words& words = rejection_words(each.code);
    views.push_back({each.line, each.code, each.field, std::string(words.zh), std::string(words.en)});
  }
  return views;
}

Result<BatchView> view_of(const Batch& batch) {
  BatchView view{batch.id, batch.kind, batch.source, batch.file_name, batch.at, batch.state, {}, {}};
  FL_TRY(view.counts, json::read<BatchCounts>(batch.counts));
  return view;
}

Result<HealthRecord> record_of(store::Session& session, AreaId community, PersonId person) {
  HealthRecord record;
  FL_TRY(const auto results, health::results_of(session, community, person));
  for (const auto& each : results)
    record.results.push_back({each.id, each.kind, each.state, each.sampled_at, each.reported_at, each.source,
                              each.external_id, each.tube, each.version, !each.replaced_by});
  FL_TRY(const auto vaccinations, health::vaccinations_of(session, community, person));
  for (const auto& each : vaccinations)
    record.vaccinations.push_back(
        {each.id, each.given_on, each.dose, each.product, each.source, each.lot, each.version, !each.replaced_by});
  return record;
}

template <class Command>
Result<std::pair<Wanted, OpenFile>> file_in(const Call& call, const Command& command) {
  auto bytes = from_base64(command.content);
  if (!bytes) return fail(FaultCode::invalid, "import.not_base64", {}, "/content");
  Wanted wanted;
  wanted.kind = command.kind;
  wanted.source = command.source;
  wanted.file_name = command.file_name;
  wanted.area = wanted.community = call.place.community;
  wanted.path = call.place.path;
  const auto content = std::make_shared<const std::string>(std::move(*bytes));
  return std::pair(std::move(wanted), OpenFile([content] { return std::make_unique<std::istringstream>(*content); }));
}

By by(const Call& call) { return {call.actor.account, call.now}; }

Result<BatchView> look(Call& call, const LookCommand& command, const Laboratory& laboratory) {
  FL_TRY(const auto file, file_in(call, command));
  FL_TRY(const auto outcome, laboratory.look(file.first, file.second, by(call)));
  return BatchView{{}, command.kind, command.source, command.file_name,
                   {}, {},           outcome.counts, shown(outcome.rejections)};
}

Result<BatchView> take(Call& call, const TakeBatchCommand& command, const Laboratory& laboratory) {
  FL_TRY(auto file, file_in(call, command));
  file.first.command = command.id;
  FL_TRY(const auto outcome, laboratory.take(file.first, file.second, by(call)));
  FL_TRY(auto view, view_of(*outcome.batch));
  view.rejections = shown(outcome.rejections);
  return view;
}

// The message as one transaction: a refused result keeps none of the others out.
Result<ReportAnswer> report(Call& call, const ReportCommand& command, const Laboratory& laboratory) {
  if (command.source.empty() || command.source.size() > 100)
    return fail(FaultCode::invalid, "laboratory.bad_source", {}, "/source");
  if (command.results.empty() || command.results.size() > results_in_a_message)
    return fail(FaultCode::invalid, "laboratory.bad_message", {}, "/results");
  store::Session& session = *call.session;
  Batch batch;
  batch.community_id = call.place.community;
  batch.id = session.new_id<health::BatchId>(call.now);
  batch.command_id = command.id;
  batch.source = command.source;
  batch.at = call.now;
  batch.account_id = call.actor.account;
  batch.state = BatchState::taken;
  const Taking taking(laboratory, {call.place.community, {}}, command.source, batch.id, by(call));
  ReportAnswer answer;
  Tally tally;
  for (std::size_t i = 0; i < command.results.size(); ++i) {
    const ReportedResult& each = command.results[i];
    ResultRow row{static_cast<std::int64_t>(i) + 1,
                  {each.name, each.id_number, each.phone},
                  each.external_id,
                  each.version,
                  each.kind,
                  each.state,
                  each.sampled_at,
                  each.reported_at,
                  each.tube};
    FL_TRY(const auto one, taking.one(session, row, Mode::take));
    count(tally, one);
    ReportOutcome outcome{each.external_id, one.taken, {}, {}, {}};
    if (one.rejection) {
      const Words& words = rejection_words(one.rejection->code);
      outcome.code = one.rejection->code;
      outcome.zh = std::string(words.zh);
      outcome.en = std::string(words.en);
    }
    answer.items.push_back(std::move(outcome));
  }
  batch.counts = json::write(tally.all);
  batch.rejections = json::write(tally.rejections);
  FL_TRYV(add(session, batch));
  FL_TRYV(write_facts(session, batch, tally, call.place.community, by(call)));
  return answer;
}

Result<BatchView> one_batch(Call& call) {
  FL_TRY(const auto id, call.id_parameter<health::BatchId>("batch"));
  FL_TRY(const auto batch, load(*call.session, call.place.community, id));
  if (!batch) return fail(FaultCode::not_found, "laboratory.unknown_batch");
  FL_TRY(auto view, view_of(*batch));
  FL_TRY(const auto rejections, json::read<std::vector<Rejection>>(batch->rejections));
  view.rejections = shown(rejections);
  return view;
}

}  // namespace

void add_routes(http::RouteTable& table, const Laboratory& laboratory) {
  const auto access = Access::role(may_take, area::at_community("community"));
  const std::string community = "/api/v1/communities/{community}", batches = community + "/result-batches";
  table.query<BatchList>({Method::get, batches, "list_result_batches", access,
                          "Files and messages of results and vaccinations, newest first, without what was refused."},
                         [](Call& call) -> Result<BatchList> {
                           FL_TRY(const auto found, load_newest(*call.session, call.place.community, batches_shown));
                           BatchList list;
                           for (const Batch& batch : found) {
                             FL_TRY(auto view, view_of(batch));
                             list.items.push_back(std::move(view));
                           }
                           return list;
                         });
  table.query<BatchView>({Method::get, batches + "/{batch}", "get_result_batch", access,
                          "One file or message, with what was refused and why."},
                         one_batch);
  http::RouteSpec look_at{Method::post, batches + "/look", "look_at_results", access,
                          "What taking a file (CSV, XLSX, FHIR Bundle or NDJSON) would come to; nothing is changed."};
  look_at.body_bytes_max = intake::file_bytes_max / 3 * 4 + 4096;
  http::RouteSpec take_in{Method::post, batches, "take_results", access,
                          "Takes a file; refused rows are left out and named. The same file again changes nothing."};
  take_in.body_bytes_max = look_at.body_bytes_max;
  table.task<LookCommand, BatchView>(std::move(look_at), [&laboratory](Call& call, const LookCommand& command) {
    return look(call, command, laboratory);
  });
  table.task<TakeBatchCommand, BatchView>(
      std::move(take_in),
      [&laboratory](Call& call, const TakeBatchCommand& command) { return take(call, command, laboratory); });
  table.command<ReportCommand, ReportAnswer>(
      {Method::post, community + "/results", "report_results", access,
       "At most 200 results from a laboratory's own system; each is answered by itself."},
      [&laboratory](Call& call, const ReportCommand& command) { return report(call, command, laboratory); });
  table.query<HealthRecord>({Method::get, community + "/people/{person}/health-record", "get_health_record",
                             Access::role(may_see, person::at_person()),
                             "Results and vaccinations of one person, with what later versions replaced."},
                            [](Call& call) -> Result<HealthRecord> {
                              FL_TRY(const auto person, call.id_parameter<PersonId>("person"));
                              FL_TRY(const auto ref, person::counted_as(*call.session, {call.place.community, person}));
                              return record_of(*call.session, ref.community_id, ref.person_id);
                            });
  table.query<HealthRecord>({Method::get, "/api/v1/my/health-record", "my_health_record", Access::signed_in(),
                             "Results and vaccinations of the account's own person."},
                            [](Call& call) -> Result<HealthRecord> {
                              if (!call.actor.person) return fail(FaultCode::not_found, "person.none_of_this_account");
                              return record_of(*call.session, call.actor.person_community, call.actor.person);
                            });
}

}  // namespace firstline::laboratory
