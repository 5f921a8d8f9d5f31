#include "appeal/service.hpp"

#include <algorithm>

#include "access/service.hpp"
#include "appeal/parts.hpp"
#include "area/service.hpp"
#include "base/base64.hpp"
#include "health/service.hpp"

namespace firstline::appeal {
namespace {

using http::Call;
using http::Role;
using person::Field;

constexpr Field words_field{"code_appeal", "words"}, answer_field{"code_appeal", "answer"};
constexpr Field paper_field{"code_appeal_paper", "content"}, note_field{"code_appeal_step", "note"};
constexpr std::size_t words_bytes_max = 1500, papers_max = 3, paper_bytes_max = 2u << 20;
constexpr std::int64_t hours_fallback = 24;
constexpr std::chrono::days shown_after{14};

Result<void> check(const std::string& text, const char* where) {
  if (text.find_first_not_of(" \t\r\n") == text.npos || text.size() > words_bytes_max)
    return fail(FaultCode::invalid, "appeal.no_words", {}, where);
  return {};
}

// By what the bytes are: a paper is shown in a browser of the office.
bool is_what_it_says(const std::string& media_type, std::string_view bytes) {
  if (media_type == "image/jpeg") return bytes.starts_with("\xff\xd8\xff");
  if (media_type == "image/png") return bytes.starts_with("\x89PNG\r\n\x1a\n");
  return media_type == "application/pdf" && bytes.starts_with("%PDF-");
}

// How long a level may keep an appeal, by the rules in force there.
Result<Instant> due_at(const Call& call, const Parts& parts, const std::string& path) {
  FL_TRY(const auto rules, parts.rules->at(policy::division_code(path), call.now));
  const auto found = rules->set.parameters.find("people.appeal.hours_a_level");
  const auto* hours =
      found == rules->set.parameters.end() ? nullptr : std::get_if<std::int64_t>(&found->second.parameter.value);
  return call.now + std::chrono::hours(hours ? *hours : hours_fallback);
}

// The node whose office has it: the community itself, its subdistrict, its district.
std::string path_of(const std::string& community_path, Level level) {
  auto prefixes = area::path_prefixes(community_path);
  const auto up = static_cast<std::size_t>(level);
  return prefixes.size() > up ? prefixes[prefixes.size() - 1 - up] : std::string();
}

bool covers(const Call& call, Level level) {
  constexpr http::RoleSet roles{Role::grid_worker, Role::secretary, Role::health_officer, Role::commander};
  if (level == Level::community) return call.actor.holds_any(roles, call.place);
  const std::string path = path_of(call.place.path, level);
  return !path.empty() && call.actor.holds_any(roles, {{}, path, {}});
}

Result<Appeal> met(Call& call, AppealId id) {
  FL_TRY(const auto appeal, load(*call.session, call.place.community, id));
  if (!appeal) return fail(FaultCode::not_found, "appeal.unknown");
  return *appeal;
}

Result<person::PersonRef> self(const Call& call) {
  if (!call.actor.person) return fail(FaultCode::not_found, "person.none_of_this_account");
  return person::PersonRef{call.actor.person_community, call.actor.person};
}

struct FactBody {
  Level level = Level::community;
  State state = State::open;
};
BOOST_DESCRIBE_STRUCT(FactBody, (), (level, state))

Result<void> write(Call& call, const Appeal& appeal, const char* kind) {
  return write_fact(call, appeal.community_id, kind, "appeal:" + format_id(appeal.id.value),
                    json::write(FactBody{appeal.level, appeal.state}));
}

Result<void> change(Call& call, const Appeal& appeal, Level before) {
  FL_TRY(const bool mine, save(*call.session, appeal, before));
  if (!mine) return fail(FaultCode::conflict, "appeal.over");
  return {};
}

}  // namespace

Result<api::MyAppeals> my_appeals(Call& call, const Parts& parts) {
  FL_TRY(const auto me, self(call));
  FL_TRY(const auto records, person::records_of(*call.session, me));
  const auto& key = parts.people->key();
  api::MyAppeals shown;
  for (const PersonId record : records) {
    FL_TRY(const auto appeals, load_of(*call.session, me.community_id, record));
    for (const Appeal& each : appeals) {
      api::MyAppeal one;
      one.appeal_id = each.id;
      one.asked_at = each.asked_at;
      one.colour = each.colour;
      one.wanted = each.wanted;
      one.ground = each.ground;
      FL_TRY(one.words, key.open(words_field, each.id.value, each.words_sealed));
      FL_TRY(const auto papers, load_papers(*call.session, me.community_id, each.id));
      one.papers = static_cast<std::int64_t>(papers.size());
      one.state = each.state;
      one.level = each.level;
      one.due_at = each.due_at;
      one.ended_at = each.ended_at;
      FL_TRY(const auto steps, load_steps(*call.session, me.community_id, each.id));
      for (const Step& step : steps) {
        FL_TRY(auto by, access::display_name(*call.session, step.account_id));
        one.steps.push_back({step.level, step.at, std::move(by)});
      }
      if (each.answer_sealed) {
        FL_TRY(one.answer, key.open(answer_field, each.id.value, *each.answer_sealed));
      }
      shown.items.push_back(std::move(one));
    }
  }
  std::sort(shown.items.begin(), shown.items.end(),
            [](const api::MyAppeal& a, const api::MyAppeal& b) { return a.appeal_id > b.appeal_id; });
  return shown;
}

Result<api::MyAppeals> file(Call& call, const Parts& parts, const api::FileAppeal& command) {
  FL_TRY(const auto me, self(call));
  FL_TRYV(check(command.words, "/words"));
  if (command.papers.size() > papers_max) return fail(FaultCode::invalid, "appeal.too_many_papers", {}, "/papers");
  FL_TRY(const auto before, load_of(*call.session, me.community_id, me.person_id));
  for (const Appeal& each : before)
    if (each.state == State::open) return fail(FaultCode::conflict, "appeal.one_open");
  FL_TRY(const auto standing, health::standing(*call.session, me.community_id, me.person_id));
  FL_TRY(const auto community, area::find_community(*call.session, me.community_id));
  const auto& key = parts.people->key();
  Appeal appeal;
  appeal.community_id = me.community_id;
  appeal.id = call.session->new_id<AppealId>(call.now);
  appeal.person_id = me.person_id;
  appeal.asked_by = call.actor.account;
  appeal.asked_at = call.now;
  if (standing.code) appeal.colour = standing.code->colour;
  appeal.wanted = command.wanted;
  appeal.ground = command.ground;
  appeal.words_sealed = key.seal(*call.random, words_field, appeal.id.value, command.words);
  FL_TRY(appeal.due_at, due_at(call, parts, community.path));
  FL_TRYV(add(*call.session, appeal));
  for (const api::PaperSent& sent : command.papers) {
    const auto bytes = from_base64(sent.content);
    if (!bytes || bytes->size() > paper_bytes_max || !is_what_it_says(sent.media_type, *bytes))
      return fail(FaultCode::invalid, "appeal.bad_paper", {}, "/papers");
    const auto id = call.session->new_id<PaperId>(call.now);
    FL_TRYV(add(*call.session,
                Paper{appeal.community_id, appeal.id, id, sent.media_type, static_cast<std::int64_t>(bytes->size()),
                      key.seal(*call.random, paper_field, id.value, *bytes)}));
  }
  FL_TRYV(write(call, appeal, "appeal.filed"));
  return my_appeals(call, parts);
}

Result<api::MyAppeals> withdraw(Call& call, const Parts& parts, AppealId id) {
  FL_TRY(const auto me, self(call));
  FL_TRY(const auto found, load(*call.session, me.community_id, id));
  if (!found || found->person_id != me.person_id) return fail(FaultCode::not_found, "appeal.unknown");
  if (found->state != State::open) return fail(FaultCode::conflict, "appeal.over");
  Appeal appeal = *found;
  appeal.state = State::withdrawn;
  appeal.ended_at = call.now;
  FL_TRYV(change(call, appeal, found->level));
  FL_TRYV(write(call, appeal, "appeal.withdrawn"));
  return my_appeals(call, parts);
}

Result<api::AppealList> list(Call& call, const Parts& parts) {
  FL_TRY(const auto appeals, load_here(*call.session, call.place.community, call.now - shown_after));
  api::AppealList shown;
  for (const Appeal& each : appeals) {
    FL_TRY(const auto resident, parts.people->resident(*call.session, {each.community_id, each.person_id}));
    api::AppealView one;
    one.appeal_id = each.id;
    one.person = person::masked(resident.person, civil_date(call.now));
    one.household_label = resident.household_label;
    one.asked_at = each.asked_at;
    one.colour = each.colour;
    one.wanted = each.wanted;
    one.ground = each.ground;
    one.state = each.state;
    one.level = each.level;
    one.due_at = each.due_at;
    one.ended_at = each.ended_at;
    const bool open = each.state == State::open;
    one.overdue = open && each.due_at < call.now;
    const bool mine = open && covers(call, each.level);
    one.may_carry = mine && each.level != Level::district;
    one.may_answer = mine && each.level != Level::community;
    shown.items.push_back(std::move(one));
  }
  return shown;
}

Result<api::AppealOpened> open(Call& call, const Parts& parts, AppealId id) {
  FL_TRY(const auto appeal, met(call, id));
  const auto& key = parts.people->key();
  api::AppealOpened shown;
  FL_TRY(shown.words, key.open(words_field, appeal.id.value, appeal.words_sealed));
  FL_TRY(const auto papers, load_papers(*call.session, appeal.community_id, appeal.id));
  for (const Paper& each : papers) shown.papers.push_back({each.id, each.media_type, each.bytes});
  FL_TRY(const auto steps, load_steps(*call.session, appeal.community_id, appeal.id));
  for (const Step& step : steps) {
    api::NoteView note{step.level, step.at, {}, {}};
    FL_TRY(note.by, access::display_name(*call.session, step.account_id));
    FL_TRY(note.note, key.open(note_field, step.id, step.note_sealed));
    shown.notes.push_back(std::move(note));
  }
  if (appeal.answer_sealed) {
    FL_TRY(shown.answer, key.open(answer_field, appeal.id.value, *appeal.answer_sealed));
  }
  FL_TRYV(write(call, appeal, "appeal.read"));
  return shown;
}

Result<api::PaperContent> paper(Call& call, const Parts& parts, AppealId id, PaperId paper_id) {
  FL_TRY(const auto appeal, met(call, id));
  FL_TRY(const auto found, load_paper(*call.session, appeal.community_id, appeal.id, paper_id));
  if (!found) return fail(FaultCode::not_found, "appeal.unknown_paper");
  FL_TRY(const auto bytes, parts.people->key().open(paper_field, found->id.value, found->sealed));
  FL_TRYV(write(call, appeal, "appeal.read"));
  return api::PaperContent{found->media_type, to_base64(bytes)};
}

Result<api::AppealList> carry(Call& call, const Parts& parts, AppealId id, const api::CarryAppeal& command) {
  FL_TRYV(check(command.note, "/note"));
  FL_TRY(auto appeal, met(call, id));
  if (appeal.state != State::open) return fail(FaultCode::conflict, "appeal.over");
  if (appeal.level == Level::district) return fail(FaultCode::conflict, "appeal.at_the_top");
  if (!covers(call, appeal.level)) return fail(FaultCode::forbidden, "appeal.above_you");
  const Level before = appeal.level;
  appeal.level = static_cast<Level>(static_cast<int>(before) + 1);
  FL_TRY(appeal.due_at, due_at(call, parts, call.place.path));
  FL_TRYV(change(call, appeal, before));
  const auto step = call.session->ids().next(call.now);
  FL_TRYV(add(*call.session, Step{appeal.community_id, appeal.id, step, call.now, call.actor.account, appeal.level,
                                  parts.people->key().seal(*call.random, note_field, step, command.note)}));
  FL_TRYV(write(call, appeal, "appeal.carried"));
  return list(call, parts);
}

Result<api::AppealList> answer(Call& call, const Parts& parts, AppealId id, const api::AnswerAppeal& command) {
  FL_TRYV(check(command.answer, "/answer"));
  FL_TRY(auto appeal, met(call, id));
  if (appeal.state != State::open) return fail(FaultCode::conflict, "appeal.over");
  // The community carries and does not decide: whoever lives there is answered by an office above it.
  if (appeal.level == Level::community || !covers(call, appeal.level))
    return fail(FaultCode::forbidden, "appeal.above_you");
  appeal.state = command.granted ? State::granted : State::refused;
  appeal.ended_at = call.now;
  appeal.answered_by = call.actor.account;
  appeal.answer_sealed = parts.people->key().seal(*call.random, answer_field, appeal.id.value, command.answer);
  FL_TRYV(change(call, appeal, appeal.level));
  FL_TRYV(write(call, appeal, "appeal.answered"));
  if (command.granted) {
    FL_TRY(const auto who, person::counted_as(*call.session, {appeal.community_id, appeal.person_id}));
    FL_TRYV(set(call, who, {appeal.wanted, call.now, SetGround::appeal_granted, command.document, appeal.id}));
  }
  return list(call, parts);
}

}  // namespace firstline::appeal
