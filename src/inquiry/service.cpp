#include "inquiry/service.hpp"

#include <algorithm>
#include <map>

#include "access/service.hpp"
#include "area/service.hpp"
#include "json/json.hpp"

namespace firstline::inquiry {
namespace {

constexpr int page_max = 100;
constexpr int looks_max = 200;
constexpr std::string_view person_prefix = "person:";

// Posts are asked for once each, however many facts they wrote.
class Names {
 public:
  explicit Names(store::Session& session) : session_(session) {}
  Result<std::string> of(AccountId account) {
    if (!account) return std::string();
    if (const auto found = known_.find(account.value); found != known_.end()) return found->second;
    auto name = access::display_name(session_, account);
    // An account that is gone still stands in its facts.
    if (!name && name.error().code != FaultCode::not_found) return name;
    return known_.emplace(account.value, name.value_or(std::string())).first->second;
  }

 private:
  store::Session& session_;
  std::map<std::int64_t, std::string> known_;
};

Result<FactView> view_of(http::Call& call, const person::Directory& people, Names& names, ledger::FactRow row) {
  FactView view;
  view.fact_id = row.id;
  view.at = row.at;
  view.kind = std::move(row.kind);
  view.policy_version = std::move(row.policy_version);
  if (row.actor != 0) view.actor_id = AccountId{row.actor};
  FL_TRY(view.actor_name, names.of(AccountId{row.actor}));
  FL_TRY(view.body, json::read<boost::json::value>(row.body.empty() ? "{}" : row.body));
  if (row.subject.starts_with(person_prefix)) {
    if (const auto id = parse_id(std::string_view(row.subject).substr(person_prefix.size()))) {
      const auto person = people.resident(*call.session, {AreaId{row.community_id}, PersonId{*id}});
      if (person) view.subject_name = person::mask_name(person->person.name);
    }
  }
  if (row.area != 0) {
    const auto area = area::find(*call.session, AreaId{row.community_id}, AreaId{row.area});
    if (area) view.area_name = area->label.empty() ? area->name : area->label;
  }
  view.subject = std::move(row.subject);
  return view;
}

// Facts about a person are also those about the records that were merged into theirs. Newest first.
Result<std::vector<ledger::FactRow>> facts_about(store::Session& session, ledger::FactFilter filter) {
  std::vector<PersonId> records;
  if (filter.subject.starts_with(person_prefix)) {
    if (const auto id = parse_id(std::string_view(filter.subject).substr(person_prefix.size()))) {
      FL_TRY(records, person::records_of(session, {filter.community, PersonId{*id}}));
    }
  }
  if (records.size() < 2) return ledger::facts(session, filter);
  std::vector<ledger::FactRow> all;
  for (const PersonId record : records) {
    filter.subject = std::string(person_prefix) + format_id(record.value);
    FL_TRY(auto some, ledger::facts(session, filter));
    std::move(some.begin(), some.end(), std::back_inserter(all));
  }
  std::sort(all.begin(), all.end(), [](const auto& a, const auto& b) { return a.id > b.id; });
  if (all.size() > static_cast<std::size_t>(filter.limit)) all.resize(static_cast<std::size_t>(filter.limit));
  return all;
}

}  // namespace

Result<FactList> facts(http::Call& call, const person::Directory& people, ledger::FactFilter filter) {
  filter.community = call.place.community;
  filter.limit = page_max + 1;
  FL_TRY(auto rows, facts_about(*call.session, filter));
  FactList list;
  const bool more = rows.size() > page_max;
  if (more) rows.pop_back();
  if (more) list.before = rows.back().id;
  Names names(*call.session);
  for (auto& row : rows) {
    FL_TRY(auto view, view_of(call, people, names, std::move(row)));
    list.items.push_back(std::move(view));
  }
  return list;
}

Result<Why> why(http::Call& call, const person::Directory& people, const policy::Library& library, PassageId id) {
  store::Session& session = *call.session;
  FL_TRY(const auto passage, gate::passage_of(session, call.place.community, id));
  Why answer;
  FL_TRY(answer.replay, gate::replay(session, library, id));
  FL_TRY(const auto gate, area::find_gate(session, passage.gate_id));
  answer.gate_name = gate.name;
  answer.direction = passage.direction;
  answer.recognised_by = passage.recognised_by;
  if (passage.person_id) {
    FL_TRY(const auto resident, people.resident(session, {passage.person_community_id, passage.person_id}));
    answer.who_masked = person::mask_name(resident.person.name);
    answer.household_label = resident.household_label;
  }
  Names names(session);
  FL_TRY(answer.actor_name, names.of(passage.account_id));
  ledger::FactFilter about;
  about.subject = "passage:" + format_id(id.value);
  FL_TRY(auto after, facts(call, people, about));
  answer.afterwards = std::move(after.items);
  return answer;
}

Result<Looks> looks_at_me(http::Call& call) {
  if (!call.actor.person) return fail(FaultCode::not_found, "person.none_of_this_account");
  ledger::FactFilter filter;
  filter.community = call.actor.person_community;
  filter.kind_prefix = "person.revealed";
  filter.subject = std::string(person_prefix) + format_id(call.actor.person.value);
  filter.limit = looks_max;
  FL_TRY(const auto rows, facts_about(*call.session, filter));
  Looks looks;
  Names names(*call.session);
  for (const auto& row : rows) {
    FL_TRY(const auto body, json::read<boost::json::value>(row.body));
    Look look;
    look.at = row.at;
    FL_TRY(look.by, names.of(AccountId{row.actor}));
    if (const auto* reason = body.is_object() ? body.get_object().if_contains("reason") : nullptr) {
      FL_TRY(look.reason, json::from_value<person::RevealReason>(*reason));
    }
    looks.items.push_back(std::move(look));
  }
  return looks;
}

}  // namespace firstline::inquiry
