#include "rulebook/service.hpp"

#include <algorithm>
#include <map>

#include <boost/describe/enum_to_string.hpp>

#include "access/service.hpp"
#include "area/service.hpp"
#include "base/log.hpp"
#include "json/json.hpp"
#include "ledger/fact.hpp"
#include "rulebook/store.hpp"

namespace firstline::rulebook {
namespace {

using policy::RuleChange;
using store::Session;

constexpr std::chrono::days ahead_max{60};
constexpr std::size_t order_bytes_max = 300, past_shown_max = 20;

struct Body {  // Of a fact.
  std::string pack;
  bool put_in = true;
  Instant starts_at{};
};
BOOST_DESCRIBE_STRUCT(Body, (), (pack, put_in, starts_at))

RuleChange rule_of(const Change& change) {
  return {policy::division_code(change.area_path), change.pack, change.put_in, change.starts_at};
}

const policy::Pack* pack_named(const Book& book, std::string_view id) {
  for (const policy::Pack& pack : book.rules->library().packs())
    if (pack.id == id) return &pack;
  return nullptr;
}

policy::PackShown shown(const policy::Pack& pack) {
  return {pack.id, pack.area, pack.issuer, pack.document, pack.valid_from, pack.valid_to};
}

// What the nearest list says about each place at risk.
struct PlaceWords {
  std::string name;
  boost::json::value value;
};
std::map<std::string, PlaceWords> places_of(const policy::PolicyShown& all) {
  std::map<std::string, PlaceWords> places;
  for (const auto& place : all.risk_places) {
    std::string words = boost::describe::enum_to_string(place.risk, "");
    words += " " + format_date(place.valid_from) + "/" + (place.valid_until ? format_date(*place.valid_until) : "");
    places.try_emplace(place.code, PlaceWords{place.name, boost::json::value(boost::json::string(words))});
  }
  return places;
}

std::vector<Difference> differences(const policy::PolicySet& now, const policy::PolicySet& then) {
  const auto before = policy::shown(now), after = policy::shown(then);
  std::vector<Difference> found;
  const auto in = [](const policy::PolicyShown& all, const std::string& name) -> const policy::ParameterShown* {
    for (const auto& each : all.parameters)
      if (each.name == name) return &each;
    return nullptr;
  };
  for (const auto& each : after.parameters) {
    const auto* was = in(before, each.name);
    if (was && was->value == each.value) continue;
    found.push_back({each.name, each.zh, each.en, each.unit, was ? was->value : boost::json::value(), each.value});
  }
  for (const auto& was : before.parameters)
    if (!in(after, was.name)) found.push_back({was.name, was.zh, was.en, was.unit, was.value, boost::json::value()});
  const auto places_before = places_of(before), places_after = places_of(after);
  for (const auto& [code, words] : places_after) {
    const auto was = places_before.find(code);
    if (was != places_before.end() && was->second.value == words.value) continue;
    const auto now_said = was == places_before.end() ? boost::json::value() : was->second.value;
    found.push_back({"risk_places." + code, words.name, words.name, "", now_said, words.value});
  }
  for (const auto& [code, words] : places_before)
    if (!places_after.contains(code))
      found.push_back({"risk_places." + code, words.name, words.name, "", words.value, boost::json::value()});
  return found;
}

Result<void> write_fact(http::Call& call, const Change& change, std::string_view kind) {
  ledger::Draft fact;
  fact.community = call.place.community;
  fact.at = fact.recorded_at = call.now;
  fact.actor = call.actor.account;
  fact.area = change.area_id;
  fact.kind = std::string(kind);
  fact.subject = "rule_change:" + format_id(change.id.value);
  fact.body = json::write(Body{change.pack, change.put_in, change.starts_at});
  FL_TRYV(ledger::write(*call.session, fact));
  return {};
}

// What would hold from its hour on, if it is a whole rule and differs from what holds then without it.
Result<policy::Rules> checked(const Book& book, const Change& change) {
  const std::string code = policy::division_code(change.area_path);
  FL_TRY(const auto without, book.rules->at(code, change.starts_at));
  FL_TRY(auto then, book.rules->with(rule_of(change), code, change.starts_at));
  if (then.set.version == without->set.version) return fail(FaultCode::invalid, "rulebook.no_difference", {}, "/pack");
  return then;
}

Result<std::vector<RuleChange>> decided(Session& session) {
  FL_TRY(const auto changes, load_changes(session));
  std::vector<RuleChange> found;
  for (const Change& change : changes)
    if (change.confirmed_at && !change.withdrawn_at) found.push_back(rule_of(change));
  return found;
}

// Whoever has the answer sees the decision in every rule. It is read once more, since on PostgreSQL another's decision
// may have been committed at the same time.
Result<void> tell_after_commit(http::Call& call, const Book& book) {
  FL_TRY(auto changes, decided(*call.session));
  call.after_commit([book, changes = std::move(changes)] {
    book.rules->set_changes(changes);
    book.database->submit_read([book](Session& session) { return refresh(session, *book.rules); },
                               [](const Result<void>& done) {
                                 if (!done) log(LogLevel::error, "rulebook.refresh", {{"reason", done.error().reason}});
                               });
  });
  return {};
}

Result<Change> change_met(Session& session, ChangeId id) {
  FL_TRY(auto change, load_change(session, id));
  if (!change) return fail(FaultCode::not_found, "rulebook.unknown");
  return std::move(*change);
}

bool concerns(const Change& change, std::string_view path) {
  return http::path_covers(change.area_path, path) || http::path_covers(path, change.area_path);
}

Result<ChangeView> view_of(http::Call& call, const Book& book, const Change& change, bool may_act) {
  ChangeView view;
  view.change_id = change.id;
  view.area_id = change.area_id;
  FL_TRY(const auto area, area::find_on_path(*call.session, change.area_path));
  view.area_name = area.name;
  if (const policy::Pack* pack = pack_named(book, change.pack)) view.pack = shown(*pack);
  else view.pack.id = change.pack;  // Of an older program: past changes stay readable.
  view.put_in = change.put_in;
  view.starts_at = change.starts_at;
  view.order_text = change.order_text;
  view.state = state_of(change, call.now);
  FL_TRY(view.proposed_by_name, access::display_name(*call.session, change.proposed_by));
  if (change.confirmed_by) {
    FL_TRY(view.confirmed_by_name, access::display_name(*call.session, *change.confirmed_by));
  }
  if (change.withdrawn_by) {
    FL_TRY(view.withdrawn_by_name, access::display_name(*call.session, *change.withdrawn_by));
  }
  const bool to_come = change.starts_at > call.now && view.state != State::withdrawn;
  view.may_withdraw = may_act && to_come;
  view.may_confirm = may_act && view.state == State::proposed && change.proposed_by != call.actor.account;
  if (to_come) {
    const std::string code = policy::division_code(change.area_path);
    FL_TRY(const auto now, book.rules->at(code, call.now));
    const auto then = book.rules->with(rule_of(change), code, change.starts_at);
    if (then) view.differences = differences(now->set, then->set);
  }
  return view;
}

}  // namespace

Result<RuleBook> book_of(http::Call& call, const Book& book, AreaId id) {
  FL_TRY(const auto area, area::find(*call.session, {}, id));
  const std::string code = policy::division_code(area.path);
  FL_TRY(const auto now, book.rules->at(code, call.now));
  RuleBook shown_book;
  shown_book.version = now->set.version;
  shown_book.may_propose = call.actor.holds_any(deciding, call.place);
  for (const policy::Pack& pack : book.rules->library().packs()) {
    if (!pack.covers(code)) continue;
    const auto& held = now->set.packs;
    const bool holds = std::any_of(held.begin(), held.end(), [&](const auto& each) { return each.id == pack.id; });
    shown_book.packs.push_back({shown(pack), holds});
  }
  FL_TRY(auto changes, load_changes(*call.session));
  std::erase_if(changes, [&](const Change& change) { return !concerns(change, area.path); });
  const auto past = std::stable_partition(changes.begin(), changes.end(),
                                          [&](const Change& change) { return change.starts_at > call.now; });
  std::reverse(past, changes.end());
  if (static_cast<std::size_t>(changes.end() - past) > past_shown_max)
    changes.erase(past + past_shown_max, changes.end());
  for (const Change& change : changes) {
    const bool may_act = call.actor.holds_any(deciding, {{}, change.area_path, {}});
    FL_TRY(auto view, view_of(call, book, change, may_act));
    shown_book.changes.push_back(std::move(view));
  }
  shown_book.next_change_at = book.rules->next_change(code, call.now);
  if (shown_book.next_change_at) {
    FL_TRY(const auto then, book.rules->at(code, *shown_book.next_change_at));
    shown_book.next_differences = differences(now->set, then->set);
  }
  return shown_book;
}

Result<ChangeId> propose(http::Call& call, const Book& book, AreaId id, const Propose& command) {
  FL_TRY(const auto area, area::find(*call.session, {}, id));
  const policy::Pack* pack = pack_named(book, command.pack);
  if (!pack) return fail(FaultCode::invalid, "rulebook.unknown_pack", {}, "/pack");
  if (!pack->covers(policy::division_code(area.path)))
    return fail(FaultCode::invalid, "rulebook.pack_elsewhere", {}, "/pack");
  if (command.order_text.empty() || command.order_text.size() > order_bytes_max)
    return fail(FaultCode::invalid, "rulebook.order_missing", {}, "/order_text");
  Change change;
  change.id = call.session->new_id<ChangeId>(call.now);
  change.area_id = area.id;
  change.area_path = area.path;
  change.pack = command.pack;
  change.put_in = command.put_in;
  change.starts_at = command.starts_at.value_or(start_of(civil_date(call.now) + std::chrono::days(1)));
  change.order_text = command.order_text;
  change.proposed_by = call.actor.account;
  change.proposed_at = call.now;
  if (change.starts_at <= call.now || change.starts_at > call.now + ahead_max)
    return fail(FaultCode::invalid, "rulebook.bad_start", {}, "/starts_at");
  FL_TRYV(checked(book, change));
  FL_TRYV(save(*call.session, change));
  FL_TRYV(write_fact(call, change, "rulebook.proposed"));
  return change.id;
}

Result<void> confirm(http::Call& call, const Book& book, ChangeId id) {
  FL_TRY(const auto change, change_met(*call.session, id));
  if (change.proposed_by == call.actor.account) return fail(FaultCode::forbidden, "rulebook.by_the_same");
  if (change.confirmed_at || change.withdrawn_at) return fail(FaultCode::conflict, "rulebook.decided");
  if (state_of(change, call.now) == State::lapsed) return fail(FaultCode::conflict, "rulebook.too_late");
  FL_TRYV(checked(book, change));  // Something else may have been decided since.
  FL_TRY(const bool first, rulebook::confirm(*call.session, id, call.actor.account, call.now));
  if (!first) return fail(FaultCode::conflict, "rulebook.decided");
  FL_TRYV(tell_after_commit(call, book));
  return write_fact(call, change, "rulebook.confirmed");
}

Result<void> withdraw(http::Call& call, const Book& book, ChangeId id) {
  FL_TRY(const auto change, change_met(*call.session, id));
  if (change.starts_at <= call.now) return fail(FaultCode::conflict, "rulebook.too_late");
  FL_TRY(const bool first, rulebook::withdraw(*call.session, id, call.actor.account, call.now));
  if (!first) return fail(FaultCode::conflict, "rulebook.decided");
  FL_TRYV(tell_after_commit(call, book));
  return write_fact(call, change, "rulebook.withdrawn");
}

Result<void> refresh(Session& session, policy::RulesInForce& rules) {
  FL_TRY(auto changes, decided(session));
  rules.set_changes(std::move(changes));
  return {};
}

}  // namespace firstline::rulebook
