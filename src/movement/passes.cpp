#include "movement/passes.hpp"

#include <algorithm>

#include "json/json.hpp"
#include "movement/facts.hpp"
#include "movement/pass_store.hpp"

namespace firstline::movement {
namespace {

using store::Session;

// Without letters and digits that an eye takes for one another.
constexpr std::string_view alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
constexpr std::string_view prefix = "FLP:";
constexpr int number_length = 10;
constexpr std::chrono::days ahead_max{366};

struct PassBody {
  PassForm form = PassForm::phone;
  Instant valid_until{};
};
BOOST_DESCRIBE_STRUCT(PassBody, (), (form, valid_until))
struct StartBody {
  int issued = 0;
  Instant valid_until{};
};
BOOST_DESCRIBE_STRUCT(StartBody, (), (issued, valid_until))
struct ApprovalBody {
  Date day{};
  ApprovalGround ground = ApprovalGround::medical;
  bool one_person = false;
};
BOOST_DESCRIBE_STRUCT(ApprovalBody, (), (day, ground, one_person))

std::string subject_of(PassId id) { return "pass:" + format_id(id.value); }

api::PassView view_of(const HouseholdPass& pass, Instant now) {
  return {pass.id,
          pass.household_id,
          pass.number,
          std::string(prefix) + pass.number,
          finding(pass, now),
          pass.form,
          pass.valid_from,
          pass.valid_until,
          pass.issued_at,
          pass.ended_at};
}
api::ApprovalView view_of(const Approval& approval) {
  api::ApprovalView view{approval.id, {}, approval.day, approval.ground};
  if (approval.person_id) view.person_id = approval.person_id;
  return view;
}

Result<Instant> end_of(Date last_day, Instant now) {
  const Instant end = start_of(last_day + std::chrono::days(1));
  if (end <= now || end > now + ahead_max) return fail(FaultCode::invalid, "pass.bad_end", {}, "/valid_through");
  return end;
}

Result<HouseholdPass> put_in(http::Call& call, AreaId community, AreaId household, PassForm form, Instant until) {
  HouseholdPass pass;
  pass.community_id = community;
  pass.id = call.session->new_id<PassId>(call.now);
  pass.household_id = household;
  for (int i = 0; i < number_length; ++i) pass.number += alphabet[call.random->below(alphabet.size())];
  pass.form = form;
  pass.valid_from = pass.issued_at = call.now;
  pass.valid_until = until;
  pass.issued_by = call.actor.account;
  FL_TRYV(add(*call.session, pass));
  FL_TRYV(put_pass_standing(*call.session, community, household, pass.valid_from, pass.valid_until));
  return pass;
}

Result<area::Area> home_of(Session& session, AreaId community, AreaId household) {
  FL_TRY(auto home, area::find(session, community, household));
  if (home.kind != area::AreaKind::household) return fail(FaultCode::invalid, "area.wrong_kind", {}, "/household_id");
  return home;
}

Result<bool> has_valid_pass(Session& session, AreaId community, AreaId household, Instant now) {
  FL_TRY(const auto passes, load_passes_of(session, community, household));
  return std::any_of(passes.begin(), passes.end(),
                     [&](const HouseholdPass& pass) { return finding(pass, now) == PassFinding::valid; });
}

// A live pass whose time is over gives way to the next.
Result<void> end_rest(http::Call& call, AreaId community, AreaId household) {
  FL_TRY(const auto passes, load_passes_of(*call.session, community, household));
  for (HouseholdPass pass : passes) {
    if (pass.state != PassState::live) continue;
    pass.state = PassState::replaced;
    pass.ended_at = call.now;
    pass.ended_by = call.actor.account;
    FL_TRYV(end_pass(*call.session, pass));
  }
  return {};
}

Result<bool> asked_in(Session& session, AreaId community, AreaId compound) {
  FL_TRY(const auto rows, load_standing(session, community, compound, compound));
  return !rows.empty();
}

std::string normal_number(std::string_view text) {
  if (text.starts_with(prefix)) text.remove_prefix(prefix.size());
  std::string number;
  for (char c : text.substr(0, 32)) {
    if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
    if (c == 'O') c = '0';
    if (c == 'I' || c == 'L') c = '1';
    if (c != ' ' && c != '-') number += c;
  }
  return number;
}

}  // namespace

Result<api::PassesStarted> start_passes(http::Call& call, AreaId community, const api::StartPasses& command) {
  Session& session = *call.session;
  FL_TRY(const auto compound, area::find(session, community, command.compound_id));
  if (compound.kind != area::AreaKind::compound) return fail(FaultCode::invalid, "area.wrong_kind", {}, "/compound_id");
  FL_TRY(const Instant until, end_of(command.valid_through, call.now));
  FL_TRY(const auto nodes, area::below(session, community, compound.path));
  api::PassesStarted answer;
  for (const area::Area& node : nodes) {
    if (node.kind != area::AreaKind::household) continue;
    FL_TRY(const bool has, has_valid_pass(session, community, node.id, call.now));
    if (has) {
      ++answer.had_one;
      continue;
    }
    FL_TRYV(end_rest(call, community, node.id));
    FL_TRYV(put_in(call, community, node.id, command.form, until));
    ++answer.issued;
  }
  FL_TRYV(put_pass_standing(session, community, compound.id, call.now, {}));
  FL_TRYV(note_fact(call, {community, compound.id, "movement.passes_started", "area:" + format_id(compound.id.value),
                           json::write(StartBody{answer.issued, until})}));
  return answer;
}

Result<api::PassView> issue_pass(http::Call& call, AreaId community, const api::IssuePass& command) {
  FL_TRY(const auto home, home_of(*call.session, community, command.household_id));
  FL_TRY(const Instant until, end_of(command.valid_through, call.now));
  FL_TRY(const bool has, has_valid_pass(*call.session, community, home.id, call.now));
  if (has) return fail(FaultCode::conflict, "pass.exists", {}, "/household_id");
  FL_TRYV(end_rest(call, community, home.id));
  FL_TRY(const auto pass, put_in(call, community, home.id, command.form, until));
  FL_TRYV(note_fact(call, {community, home.id, "movement.pass_issued", subject_of(pass.id),
                           json::write(PassBody{pass.form, pass.valid_until})}));
  return view_of(pass, call.now);
}

Result<api::PassView> end_pass(http::Call& call, AreaId community, PassId id, PassState state) {
  if (state != PassState::lost && state != PassState::withdrawn)
    return fail(FaultCode::invalid, "json.unknown_value", {}, "/state");
  FL_TRY(auto pass, load_pass(*call.session, community, id));
  if (!pass) return fail(FaultCode::not_found, "pass.unknown");
  if (pass->state != PassState::live) return fail(FaultCode::conflict, "pass.ended");
  pass->state = state;
  pass->ended_at = call.now;
  pass->ended_by = call.actor.account;
  FL_TRY(const bool ended, end_pass(*call.session, *pass));
  if (!ended) return fail(FaultCode::conflict, "pass.ended");
  FL_TRYV(put_pass_standing(*call.session, community, pass->household_id, {}, {}));
  FL_TRYV(
      note_fact(call, {community, pass->household_id,
                       state == PassState::lost ? "movement.pass_lost" : "movement.pass_withdrawn", subject_of(id)}));
  return view_of(*pass, call.now);
}

Result<api::PassView> replace_pass(http::Call& call, AreaId community, PassId id, PassForm form, AreaId only_home) {
  FL_TRY(auto old, load_pass(*call.session, community, id));
  if (!old || (only_home && old->household_id != only_home)) return fail(FaultCode::not_found, "pass.unknown");
  const bool in_time = call.now < old->valid_until;
  if (!in_time || (old->state != PassState::live && old->state != PassState::lost))
    return fail(FaultCode::conflict, "pass.ended");
  old->state = PassState::replaced;
  old->ended_at = call.now;
  old->ended_by = call.actor.account;
  FL_TRY(const bool ended, end_pass(*call.session, *old));
  if (!ended) return fail(FaultCode::conflict, "pass.ended");
  FL_TRY(const auto pass, put_in(call, community, old->household_id, form, old->valid_until));
  FL_TRYV(note_fact(call, {community, pass.household_id, "movement.pass_replaced", subject_of(pass.id),
                           json::write(PassBody{pass.form, pass.valid_until})}));
  return view_of(pass, call.now);
}

Result<api::ApprovalView> approve_outing(http::Call& call, const Ground& ground, AreaId community,
                                         const api::ApproveOuting& command) {
  FL_TRY(const auto home, home_of(*call.session, community, command.household_id));
  const Date today = civil_date(call.now);
  if (command.day < today || command.day > today + std::chrono::days(7))
    return fail(FaultCode::invalid, "approval.bad_day", {}, "/day");
  Approval approval{community,   call.session->new_id<ApprovalId>(call.now),
                    home.id,     command.person_id.value_or(PersonId{}),
                    command.day, command.ground,
                    call.now,    call.actor.account};
  if (approval.person_id) {
    FL_TRY(const auto person, ground.people->find(*call.session, {community, approval.person_id}));
    if (person.household_id != home.id) return fail(FaultCode::not_found, "person.unknown", {}, "/person_id");
  }
  FL_TRYV(add(*call.session, approval));
  FL_TRYV(put_approval_standing(*call.session, approval));
  FL_TRYV(note_fact(call, {community, home.id, "movement.outing_approved", "approval:" + format_id(approval.id.value),
                           json::write(ApprovalBody{approval.day, approval.ground, bool(approval.person_id)})}));
  return view_of(approval);
}

Result<api::PassHolders> pass_holders(http::Call& call, AreaId community, std::string_view label) {
  api::PassHolders found;
  FL_TRY(const auto homes, load_homes(*call.session, community, label));
  for (const HomeRow& home : homes) {
    api::PassHolder holder;
    holder.household_id = home.household_id;
    holder.label = home.label;
    const std::string path(reinterpret_cast<const char*>(home.path.data()), home.path.size());
    FL_TRY(const auto way, area::way_to(*call.session, community, path));
    for (const area::Area& node : way) {
      if (node.kind != area::AreaKind::compound) continue;
      holder.compound_id = node.id;
      holder.compound_name = node.name;
    }
    FL_TRY(holder.passes_asked, asked_in(*call.session, community, holder.compound_id));
    FL_TRY(const auto passes, load_passes_of(*call.session, community, home.household_id));
    for (const HouseholdPass& pass : passes) holder.passes.push_back(view_of(pass, call.now));
    FL_TRY(const auto approvals, load_approvals(*call.session, community, home.household_id, civil_date(call.now)));
    for (const Approval& approval : approvals) holder.approvals.push_back(view_of(approval));
    found.items.push_back(std::move(holder));
  }
  return found;
}

Result<api::Cards> cards(http::Call& call, AreaId community, AreaId compound_id) {
  FL_TRY(const auto compound, area::find(*call.session, community, compound_id));
  FL_TRY(const auto rows, load_cards(*call.session, community, compound.path));
  api::Cards found{compound.name, {}};
  for (const CardRow& row : rows)
    found.items.push_back({row.number, std::string(prefix) + row.number, row.label, row.valid_until});
  return found;
}

Result<api::MyPasses> my_passes(http::Call& call, const Ground& ground) {
  if (!call.actor.person) return fail(FaultCode::not_found, "person.none_of_this_account");
  const AreaId community = call.actor.person_community;
  FL_TRY(const auto me, ground.people->resident(*call.session, {community, call.actor.person}));
  api::MyPasses mine;
  FL_TRY(const auto way, area::way_to(*call.session, community, me.household_path));
  for (const area::Area& node : way) {
    if (node.kind != area::AreaKind::compound) continue;
    FL_TRY(mine.passes_asked, asked_in(*call.session, community, node.id));
  }
  FL_TRY(const auto passes, load_passes_of(*call.session, community, me.person.household_id));
  for (const HouseholdPass& pass : passes) mine.items.push_back(view_of(pass, call.now));
  FL_TRY(const auto approvals, load_approvals(*call.session, community, me.person.household_id, civil_date(call.now)));
  for (const Approval& approval : approvals) mine.approvals.push_back(view_of(approval));
  return mine;
}

Result<api::PassShown> pass_shown(http::Call& call, const Ground& ground, const area::Gate& gate,
                                  std::string_view token) {
  FL_TRY(const auto pass, load_pass_with_number(*call.session, gate.community_id, normal_number(token)));
  if (!pass) return fail(FaultCode::not_found, "pass.unknown", {}, "number");
  api::PassShown shown;
  shown.finding = finding(*pass, call.now);
  shown.number = pass->number;
  shown.valid_until = pass->valid_until;
  FL_TRY(const auto home, area::find(*call.session, gate.community_id, pass->household_id));
  if (!http::path_covers(gate.path, home.path)) {
    shown.finding = PassFinding::elsewhere;
    return shown;
  }
  shown.household_id = home.id;
  shown.household_label = home.label;
  FL_TRY(const auto people, ground.people->household(*call.session, gate.community_id, home.id));
  for (const auto& person : people) shown.people.push_back(person::masked(person, civil_date(call.now)));
  return shown;
}

}  // namespace firstline::movement
