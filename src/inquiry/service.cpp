#include "inquiry/service.hpp"

#include <algorithm>
#include <map>
#include <set>

#include <boost/describe/enum_from_string.hpp>

#include "access/service.hpp"
#include "area/service.hpp"
#include "inquiry/view.hpp"
#include "json/json.hpp"
#include "movement/service.hpp"

namespace firstline::inquiry {
namespace {

constexpr int page_max = 100, scan_rows = 500, scan_pages_max = 20;
constexpr int looks_max = 200;

Result<Look> look_of(Names& names, const ledger::FactRow& row, bool trip) {
  FL_TRY(const auto body, json::read<boost::json::value>(row.body));
  Look look;
  look.at = row.at;
  look.role = role_named(row.role);
  look.trip = trip;
  FL_TRY(look.by, names.of(AccountId{row.actor}));
  if (const auto* reason = body.is_object() ? body.get_object().if_contains("reason") : nullptr) {
    FL_TRY(look.reason, json::from_value<person::RevealReason>(*reason));
  }
  return look;
}

}  // namespace

Result<std::string> Names::of(AccountId account) {
  if (!account) return std::string();
  if (const auto found = known_.find(account.value); found != known_.end()) return found->second;
  auto name = access::display_name(session_, account);
  // An account that is gone still stands in its facts.
  if (!name && name.error().code != FaultCode::not_found) return name;
  return known_.emplace(account.value, name.value_or(std::string())).first->second;
}

std::optional<http::Role> role_named(std::string_view name) {
  http::Role role{};
  if (!boost::describe::enum_from_string(std::string(name).c_str(), role)) return std::nullopt;
  return role;
}

std::optional<std::int64_t> id_in(std::string_view subject, std::string_view prefix) {
  if (!subject.starts_with(prefix)) return std::nullopt;
  return parse_id(subject.substr(prefix.size()));
}

Result<FactView> view_of(http::Call& call, const person::Directory& people, Names& names, ledger::FactRow row) {
  FactView view;
  view.fact_id = row.id;
  view.at = row.at;
  if (row.recorded_at != row.at) view.recorded_at = row.recorded_at;
  view.kind = std::move(row.kind);
  view.policy_version = std::move(row.policy_version);
  view.role = role_named(row.role);
  if (row.actor != 0) view.actor_id = AccountId{row.actor};
  FL_TRY(view.actor_name, names.of(AccountId{row.actor}));
  FL_TRY(view.body, json::read<boost::json::value>(row.body.empty() ? "{}" : row.body));
  if (const auto id = id_in(row.subject, person_prefix)) {
    const auto person = people.resident(*call.session, {AreaId{row.community_id}, PersonId{*id}});
    if (person) view.subject_name = person::mask_name(person->person.name);
  }
  if (row.area != 0) {
    view.area_id = AreaId{row.area};
    auto area = area::find(*call.session, AreaId{row.community_id}, AreaId{row.area});
    if (!area) area = area::find(*call.session, {}, AreaId{row.area});  // The community itself, or above it.
    if (area) view.area_name = area->label.empty() ? area->name : area->label;
  }
  view.subject = std::move(row.subject);
  return view;
}

namespace {

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

// A community's facts name homes and gates; whoever asks for a building means all of them. Facts are few beside
// passages, so they are looked through, page by page; the answer says where it stopped.
Result<FactList> facts_below(http::Call& call, const person::Directory& people, ledger::FactFilter filter,
                             AreaId area) {
  filter.community = call.place.community;
  if (area == filter.community) return facts(call, people, std::move(filter));
  FL_TRY(const auto top, area::find(*call.session, filter.community, area));
  FL_TRY(const auto nodes, area::below(*call.session, filter.community, top.path));
  std::set<std::int64_t> wanted{area.value};
  for (const area::Area& node : nodes) wanted.insert(node.id.value);
  filter.limit = scan_rows;
  FactList list;
  Names names(*call.session);
  for (int page = 0; page < scan_pages_max; ++page) {
    FL_TRY(auto rows, ledger::facts(*call.session, filter));
    for (auto& row : rows) {
      filter.until = row.id;
      if (!wanted.contains(row.area)) continue;
      FL_TRY(auto view, view_of(call, people, names, std::move(row)));
      list.items.push_back(std::move(view));
      if (list.items.size() == page_max) break;
    }
    if (list.items.size() == page_max) break;
    if (rows.size() < static_cast<std::size_t>(scan_rows)) return list;
  }
  list.before = filter.until;
  return list;
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
    FL_TRY(auto look, look_of(names, row, false));
    looks.items.push_back(std::move(look));
  }
  filter.kind_prefix = "movement.trip_revealed";
  FL_TRY(const auto trips, movement::trips_of_person(*call.session, filter.community, call.actor.person));
  for (const TripId trip : trips) {
    filter.subject = "trip:" + format_id(trip.value);
    FL_TRY(const auto of_trip, ledger::facts(*call.session, filter));
    for (const auto& row : of_trip) {
      FL_TRY(auto look, look_of(names, row, true));
      looks.items.push_back(std::move(look));
    }
  }
  std::stable_sort(looks.items.begin(), looks.items.end(), [](const Look& a, const Look& b) { return a.at > b.at; });
  return looks;
}

}  // namespace firstline::inquiry
