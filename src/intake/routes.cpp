// The imports' routes: HTTP to service and back. No answer holds a name in clear.

#include "area/service.hpp"
#include "base/base64.hpp"
#include "intake/service.hpp"
#include "intake/store.hpp"
#include "json/json.hpp"

namespace firstline::intake {
namespace {

using http::Access;
using http::Call;
using http::Method;
using http::Role;

constexpr http::RoleSet secretaries{Role::secretary};
constexpr int imports_shown = 50;
constexpr std::size_t gone_shown = problems_kept, problems_shown = 500, questions_shown = 200;

struct UploadCommand {
  Uuid id;
  std::string file_name;
  std::string content;  // The file in base64.
};
BOOST_DESCRIBE_STRUCT(UploadCommand, (), (id, file_name, content))

struct CompareCommand {
  Uuid id;
  Mapping mapping;
  bool allow_new_homes = false;
};
BOOST_DESCRIBE_STRUCT(CompareCommand, (), (id, mapping, allow_new_homes))

struct TakeCommand {
  Uuid id;
  bool take_good_rows = false;
  std::vector<Answer> answers;
};
BOOST_DESCRIBE_STRUCT(TakeCommand, (), (id, take_good_rows, answers))

struct MoveOutCommand {
  Uuid id;
  std::vector<PersonId> person_ids;
  Date left_on{};
};
BOOST_DESCRIBE_STRUCT(MoveOutCommand, (), (id, person_ids, left_on))

struct ImportCommand {
  Uuid id;
};
BOOST_DESCRIBE_STRUCT(ImportCommand, (), (id))

struct ProblemView {
  int line = 0;
  std::optional<Column> column;
  std::string code;
  Severity severity = Severity::error;
  std::string zh, en;
};
BOOST_DESCRIBE_STRUCT(ProblemView, (), (line, column, code, severity, zh, en))

// Somebody who is there, masked.
struct ThereView {
  person::PersonMasked person;
  std::string phone_masked, id_number_masked, household_label;
  bool moved_out = false;
};
BOOST_DESCRIBE_STRUCT(ThereView, (), (person, phone_masked, id_number_masked, household_label, moved_out))

// A row of the list beside somebody who sounds like it.
struct QuestionView {
  int line = 0;
  std::string name_masked, phone_masked, id_number_masked, home;
  bool same_home = false, same_birth = false;
  ThereView there;
};
BOOST_DESCRIBE_STRUCT(QuestionView, (),
                      (line, name_masked, phone_masked, id_number_masked, home, same_home, same_birth, there))

struct ImportView {
  ImportId import_id;
  std::string file_name;
  ImportState state = ImportState::uploaded;
  Instant at{};
  std::vector<std::string> headings;
  Mapping mapping;
  bool allow_new_homes = false;
  bool take_good_rows = false;
  std::optional<Counts> counts;
  PlacesBrought brought;
  std::vector<ProblemView> problems;
  std::vector<QuestionView> questions;
  std::vector<ThereView> gone;
  std::int64_t done = 0, total = 0, kept_back = 0;
};
BOOST_DESCRIBE_STRUCT(ImportView, (),
                      (import_id, file_name, state, at, headings, mapping, allow_new_homes, take_good_rows, counts,
                       brought, problems, questions, gone, done, total, kept_back))

struct ImportList {
  std::vector<ImportView> items;
};
BOOST_DESCRIBE_STRUCT(ImportList, (), (items))

struct FileContent {
  std::string file_name;
  std::string content;  // In base64.
};
BOOST_DESCRIBE_STRUCT(FileContent, (), (file_name, content))

Result<ImportView> head_of(const Import& import) {
  ImportView view;
  view.import_id = import.id;
  view.file_name = import.file_name;
  view.state = import.state;
  view.at = import.at;
  view.allow_new_homes = import.allow_new_homes;
  view.take_good_rows = import.take_good_rows;
  view.done = import.done;
  view.total = import.total;
  view.kept_back = import.kept_back;
  if (!import.counts.empty()) {
    FL_TRY(view.counts, json::read<Counts>(import.counts));
  }
  return view;
}

Result<ImportView> view_of(const Import& import) {
  FL_TRY(auto view, head_of(import));
  FL_TRY(view.headings, json::read<std::vector<std::string>>(import.headings));
  FL_TRY(view.mapping, json::read<Mapping>(import.mapping));
  FL_TRY(view.brought, json::read<PlacesBrought>(import.brought));
  FL_TRY(const auto problems, json::read<std::vector<RowProblem>>(import.problems));
  for (const RowProblem& problem : problems) {
    if (view.problems.size() == problems_shown) break;
    const Words& words = problem_words(problem.code);
    view.problems.push_back(
        {problem.line, problem.column, problem.code, problem.severity, std::string(words.zh), std::string(words.en)});
  }
  return view;
}

Result<std::string> content_of(std::string_view text) {
  auto bytes = from_base64(text);
  if (!bytes) return fail(FaultCode::invalid, "import.not_base64", {}, "/content");
  return std::move(*bytes);
}

By by(const Call& call) { return {call.actor.account, call.now}; }

Result<ThereView> there_view(Call& call, const person::Directory& people, person::PersonRef ref) {
  FL_TRY(const auto person, people.find(*call.session, ref));
  ThereView view{person::masked(person, civil_date(call.now)), {}, {}, {}, !person.household_id};
  if (person.phone) view.phone_masked = person::mask_phone(*person.phone);
  if (person.id_number) view.id_number_masked = person::mask_id_number(*person.id_number);
  if (person.household_id) {
    FL_TRY(const auto home, area::find(*call.session, ref.community_id, person.household_id));
    view.household_label = home.label;
  }
  return view;
}

// With the people it asks about and those it misses, as they are now.
Result<ImportView> view_with_people(Call& call, const Import& import, const person::Directory& people) {
  FL_TRY(auto view, view_of(import));
  FL_TRY(const auto gone, json::read<std::vector<PersonId>>(import.gone));
  for (std::size_t i = 0; i < gone.size() && i < gone_shown; ++i) {
    auto there = there_view(call, people, {import.community_id, gone[i]});
    if (there) view.gone.push_back(std::move(*there));
  }
  FL_TRY(const auto questions, json::read<std::vector<Question>>(import.questions));
  for (std::size_t i = 0; i < questions.size() && i < questions_shown; ++i) {
    const Question& each = questions[i];
    FL_TRY(auto there, there_view(call, people, {import.community_id, each.person_id}));
    view.questions.push_back({each.line, each.name_masked, each.phone_masked, each.id_number_masked, each.home,
                              each.same_home, each.same_birth, std::move(there)});
  }
  return view;
}

// A task at one import: `work(import, input, by)` gives the import as it stands then.
template <class In, class F>
auto at_import(F work) {
  return [work](Call& call, const In& input) -> Result<ImportView> {
    FL_TRY(const auto id, call.id_parameter<ImportId>("import"));
    FL_TRY(const auto import, work(call.place.community, id, input, by(call)));
    return view_of(import);
  };
}

}  // namespace

void add_routes(http::RouteTable& table, Intake& intake, const person::Directory& people) {
  const auto access = Access::role(secretaries, area::at_community("community"));
  const std::string imports = "/api/v1/communities/{community}/imports";
  table.query<ImportList>({Method::get, imports, "list_imports", access, "The community's imports, newest first."},
                          [](Call& call) -> Result<ImportList> {
                            FL_TRY(const auto found, load_newest(*call.session, call.place.community, imports_shown));
                            ImportList list;
                            for (const Import& import : found) {
                              FL_TRY(auto view, head_of(import));
                              list.items.push_back(std::move(view));
                            }
                            return list;
                          });
  table.query<ImportView>(
      {Method::get, imports + "/{import}", "get_import", access,
       "One import: its columns, what it would change, what is wrong with which row, how far it is."},
      [&people](Call& call) -> Result<ImportView> {
        FL_TRY(const auto id, call.id_parameter<ImportId>("import"));
        FL_TRY(const auto import, load(*call.session, call.place.community, id));
        if (!import) return fail(FaultCode::not_found, "import.unknown");
        return view_with_people(call, *import, people);
      });
  http::RouteSpec upload{Method::post, imports, "upload_import", access,
                         "Takes in a CSV or XLSX file and suggests what its columns are; nothing is changed yet."};
  upload.body_bytes_max = file_bytes_max / 3 * 4 + 4096;
  table.task<UploadCommand, ImportView>(
      std::move(upload), [&intake](Call& call, const UploadCommand& command) -> Result<ImportView> {
        FL_TRY(const auto bytes, content_of(command.content));
        FL_TRY(const auto import, intake.upload(call.place.community, command.id, command.file_name, bytes, by(call)));
        return view_of(import);
      });
  table.task<CompareCommand, ImportView>(
      {Method::post, imports + "/{import}/compare", "compare_import", access,
       "Reads every row with these columns and says what taking it would change."},
      at_import<CompareCommand>([&intake](AreaId community, ImportId id, const CompareCommand& command, const By& who) {
        return intake.compare(community, id, {command.mapping, command.allow_new_homes, {}}, who);
      }));
  table.task<TakeCommand, ImportView>(
      {Method::post, imports + "/{import}/take", "take_import", access,
       "Takes the list: all of it, or the good rows. Ask the import itself how far it is."},
      at_import<TakeCommand>([&intake](AreaId community, ImportId id, const TakeCommand& command, const By& who) {
        return intake.take(community, id, {command.take_good_rows, command.answers}, who);
      }));
  table.task<MoveOutCommand, ImportView>(
      {Method::post, imports + "/{import}/move-out", "move_out_gone", access,
       "Moves out some of those whom a taken list misses, as of a day; a fact each, undone with the import."},
      at_import<MoveOutCommand>([&intake](AreaId community, ImportId id, const MoveOutCommand& command, const By& who) {
        return intake.move_out(community, id, command.person_ids, command.left_on, who);
      }));
  table.task<ImportCommand, ImportView>(
      {Method::post, imports + "/{import}/undo", "undo_import", access,
       "Puts everybody back whom nobody has touched since."},
      at_import<ImportCommand>([&intake](AreaId community, ImportId id, const ImportCommand&, const By& who) {
        return intake.undo(community, id, who);
      }));
  table.task<ImportCommand, ImportView>(
      {Method::post, imports + "/{import}/discard", "discard_import", access, "Forgets a file that was not taken."},
      at_import<ImportCommand>([&intake](AreaId community, ImportId id, const ImportCommand&, const By& who) {
        return intake.discard(community, id, who);
      }));
  table.task<http::Empty, FileContent>(
      {Method::get, "/api/v1/communities/{community}/import-template", "import_template", access,
       "An XLSX with the usual headings, to be filled in; ?of=places: one of places."},
      [](Call& call, const http::Empty&) -> Result<FileContent> {
        const bool places = call.query("of") == "places";
        FL_TRY(const auto bytes, write_xlsx(places ? places_template_rows() : template_rows()));
        return FileContent{places ? "firstline-places.xlsx" : "firstline-list.xlsx", to_base64(bytes)};
      });
}

}  // namespace firstline::intake
