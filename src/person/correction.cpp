#include "person/correction.hpp"

#include <algorithm>

#include "area/service.hpp"
#include "json/json.hpp"
#include "ledger/fact.hpp"
#include "person/desk.hpp"
#include "person/store.hpp"

namespace firstline::person {
namespace {

using http::Access;
using http::Call;
using http::CommandId;
using http::Empty;
using http::Method;

constexpr std::size_t words_bytes_max = 1500, open_max = 3;
constexpr Field words_field{"person_correction", "words"}, answer_field{"person_correction", "answer"};

struct AskCorrection {
  Uuid id;
  std::string words;
};
BOOST_DESCRIBE_STRUCT(AskCorrection, (), (id, words))
struct AnswerCorrection {
  Uuid id;
  bool corrected = false;
  std::string answer;
};
BOOST_DESCRIBE_STRUCT(AnswerCorrection, (), (id, corrected, answer))
struct MyCorrection {
  Instant asked_at{};
  std::string words;
  std::optional<Instant> answered_at;
  bool corrected = false;
  std::string answer;
};
BOOST_DESCRIBE_STRUCT(MyCorrection, (), (asked_at, words, answered_at, corrected, answer))
struct MyCorrections {
  std::vector<MyCorrection> items;
};
BOOST_DESCRIBE_STRUCT(MyCorrections, (), (items))
struct CorrectionAsked {
  CorrectionId correction_id;
  PersonMasked person;
  std::optional<AreaId> household_id;
  std::string household_label;
  Instant asked_at{};
};
BOOST_DESCRIBE_STRUCT(CorrectionAsked, (), (correction_id, person, household_id, household_label, asked_at))
struct CorrectionsAsked {
  std::vector<CorrectionAsked> items;
};
BOOST_DESCRIBE_STRUCT(CorrectionsAsked, (), (items))
struct CorrectionWords {
  std::string words;
};
BOOST_DESCRIBE_STRUCT(CorrectionWords, (), (words))
struct Nothing {
  bool corrected = false;
};
BOOST_DESCRIBE_STRUCT(Nothing, (), (corrected))

Result<PersonRef> self(const Call& call) {
  if (!call.actor.person) return fail(FaultCode::not_found, "person.none_of_this_account");
  return PersonRef{call.actor.person_community, call.actor.person};
}

Result<void> check(const std::string& text, const char* where) {
  if (text.find_first_not_of(" \t\r\n") == text.npos || text.size() > words_bytes_max)
    return fail(FaultCode::invalid, "correction.no_words", {}, where);
  return {};
}

Result<void> write_fact(Call& call, const Correction& one, const char* kind) {
  ledger::Draft fact;
  fact.community = one.community_id;
  fact.at = fact.recorded_at = call.now;
  fact.actor = call.actor.account;
  fact.kind = kind;
  fact.subject = "person:" + format_id(one.person_id.value);
  fact.body = json::write(Nothing{one.corrected});
  FL_TRYV(ledger::write(*call.session, fact));
  return {};
}

// Newest first; also what was asked under a record that was merged into this one.
Result<std::vector<Correction>> all_of(store::Session& session, PersonRef me) {
  FL_TRY(const auto ids, records_of(session, me));
  std::vector<Correction> all;
  for (const PersonId id : ids) {
    FL_TRY(auto some, load_corrections_of(session, {me.community_id, id}));
    std::move(some.begin(), some.end(), std::back_inserter(all));
  }
  std::sort(all.begin(), all.end(), [](const Correction& a, const Correction& b) { return a.id > b.id; });
  return all;
}

Result<Empty> ask(Call& call, const Directory& directory, const AskCorrection& command) {
  FL_TRY(const auto me, self(call));
  FL_TRYV(check(command.words, "/words"));
  FL_TRY(const auto mine, all_of(*call.session, me));
  std::size_t open = 0;
  for (const Correction& each : mine) open += each.answered_at ? 0 : 1;
  if (open >= open_max) return fail(FaultCode::conflict, "correction.too_many");
  Correction one;
  one.community_id = me.community_id;
  one.id = call.session->new_id<CorrectionId>(call.now);
  one.person_id = me.person_id;
  one.asked_at = call.now;
  one.words_sealed = directory.key().seal(*call.random, words_field, one.id.value, command.words);
  FL_TRYV(save(*call.session, one));
  FL_TRYV(write_fact(call, one, "person.correction_asked"));
  return Empty{};
}

Result<MyCorrections> mine(Call& call, const Directory& directory) {
  FL_TRY(const auto me, self(call));
  FL_TRY(const auto rows, all_of(*call.session, me));
  MyCorrections shown;
  for (const Correction& row : rows) {
    MyCorrection one{row.asked_at, {}, row.answered_at, row.corrected, {}};
    FL_TRY(one.words, directory.key().open(words_field, row.id.value, row.words_sealed));
    if (row.answer_sealed) {
      FL_TRY(one.answer, directory.key().open(answer_field, row.id.value, *row.answer_sealed));
    }
    shown.items.push_back(std::move(one));
  }
  return shown;
}

Result<CorrectionsAsked> asked(Call& call, const Directory& directory) {
  FL_TRY(const auto rows, load_open_corrections(*call.session, call.place.community));
  CorrectionsAsked shown;
  for (const Correction& row : rows) {
    FL_TRY(const auto resident, directory.resident(*call.session, {row.community_id, row.person_id}));
    CorrectionAsked one{
        row.id, masked(resident.person, civil_date(call.now)), {}, resident.household_label, row.asked_at};
    if (resident.person.household_id) one.household_id = resident.person.household_id;
    shown.items.push_back(std::move(one));
  }
  return shown;
}

Result<Correction> met(const Call& call) {
  FL_TRY(const auto id, call.id_parameter<CorrectionId>("correction"));
  FL_TRY(auto one, load_correction(*call.session, call.place.community, id));
  if (!one) return fail(FaultCode::not_found, "correction.unknown");
  return std::move(*one);
}

Result<CorrectionWords> read(Call& call, const Directory& directory) {
  FL_TRY(const auto one, met(call));
  FL_TRY(auto words, directory.key().open(words_field, one.id.value, one.words_sealed));
  FL_TRYV(write_fact(call, one, "person.correction_read"));
  return CorrectionWords{std::move(words)};
}

Result<Empty> answer(Call& call, const Directory& directory, const AnswerCorrection& command) {
  FL_TRYV(check(command.answer, "/answer"));
  FL_TRY(auto one, met(call));
  one.answered_by = call.actor.account;
  one.answered_at = call.now;
  one.corrected = command.corrected;
  one.answer_sealed = directory.key().seal(*call.random, answer_field, one.id.value, command.answer);
  FL_TRY(const bool first, save_answer(*call.session, one));
  if (!first) return fail(FaultCode::conflict, "correction.answered");
  FL_TRYV(write_fact(call, one, "person.correction_answered"));
  return Empty{};
}

}  // namespace

void add_correction_routes(http::RouteTable& table, const Directory& directory) {
  const auto here = Access::role(may_edit, area::at_community("community"));
  table.query<MyCorrections>({Method::get, "/api/v1/my/corrections", "my_corrections", Access::signed_in(),
                              "What the caller asked to have corrected, and the office's answers."},
                             [&directory](Call& call) { return mine(call, directory); });
  table.command<AskCorrection, Empty>(
      {Method::post, "/api/v1/my/corrections", "ask_correction", Access::signed_in(),
       "Says what is wrong in the caller's own record; at most three wait at a time."},
      [&directory](Call& call, const AskCorrection& command) { return ask(call, directory, command); });
  table.query<CorrectionsAsked>({Method::get, "/api/v1/communities/{community}/corrections", "corrections", here,
                                 "Who waits for a correction, oldest first; without their words."},
                                [&directory](Call& call) { return asked(call, directory); });
  // Not kept as an answer: it holds words in clear. Read twice, it is two facts.
  http::RouteSpec words{Method::post, "/api/v1/communities/{community}/corrections/{correction}/read",
                        "read_correction", here, "What a resident wrote; a fact."};
  words.own_idempotency = true;
  table.command<CommandId, CorrectionWords>(
      std::move(words), [&directory](Call& call, const CommandId&) { return read(call, directory); });
  table.command<AnswerCorrection, Empty>(
      {Method::post, "/api/v1/communities/{community}/corrections/{correction}/answer", "answer_correction", here,
       "Tells the resident whether it was corrected, and why; once."},
      [&directory](Call& call, const AnswerCorrection& command) { return answer(call, directory, command); });
}

}  // namespace firstline::person
