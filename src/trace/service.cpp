#include "trace/service.hpp"

#include <algorithm>
#include <map>

#include "area/service.hpp"
#include "json/json.hpp"
#include "ledger/fact.hpp"
#include "trace/exposure.hpp"

namespace firstline::trace {
namespace {

struct Window {
  int lookback_days = 0, linger_minutes = 0, overlap_minutes_min = 0;
  bool determined = false;
  std::string policy_version;
};

struct TraceBody {
  TracePurpose purpose = TracePurpose::confirmed_case;
  Instant from{}, until{};
  int rows = 0, elsewhere = 0, left_out = 0;
};
BOOST_DESCRIBE_STRUCT(TraceBody, (), (purpose, from, until, rows, elsewhere, left_out))

template <class Value>
Result<Value> parameter(const policy::PolicySet& set, std::string_view name) {
  const auto found = set.parameters.find(name);
  if (found == set.parameters.end())
    return fail(FaultCode::not_found, "policy.parameter_missing", {}, std::string(name));
  return std::get<Value>(found->second.parameter.value);
}

Result<Window> window_of(const policy::PolicySet& set) {
  Window window;
  window.policy_version = set.version;
  const auto determined = parameter<bool>(set, "people.close_contact.traced");
  window.determined = !determined || *determined;
  FL_TRY(const auto lookback, parameter<std::int64_t>(set, "people.close_contact.lookback_days"));
  FL_TRY(const auto linger, parameter<std::int64_t>(set, "people.close_contact.linger_minutes"));
  FL_TRY(const auto overlap, parameter<std::int64_t>(set, "people.close_contact.overlap_minutes_min"));
  window.lookback_days = static_cast<int>(lookback);
  window.linger_minutes = static_cast<int>(linger);
  window.overlap_minutes_min = static_cast<int>(overlap);
  return window;
}

std::int64_t second_of(Instant at) { return std::chrono::floor<std::chrono::seconds>(at).time_since_epoch().count(); }
Instant instant_at(std::int64_t second) { return from_millis(second * 1000); }

// Makes rows of what was found: names, homes and gates are asked for once each.
class Rows {
 public:
  Rows(http::Call& call, const Ground& ground) : call_(call), ground_(ground) {}

  // Nothing: the person lives elsewhere, or no longer in any community that this database knows.
  Result<std::optional<TraceRow>> of(PersonId person) {
    const person::PersonRef ref{call_.place.community, person};
    auto resident = ground_.people->resident(*call_.session, ref);
    if (!resident && resident.error().code == FaultCode::not_found) return std::nullopt;
    if (!resident) return tl::unexpected(resident.error());
    FL_TRY(const auto whole, ground_.people->find(*call_.session, ref));
    TraceRow row;
    row.person_id = person;
    row.name_masked = person::mask_name(resident->person.name);
    row.household_label = std::move(resident->household_label);
    if (whole.phone) row.phone_masked = person::mask_phone(*whole.phone);
    row.next_action = whole.phone ? NextAction::call : NextAction::visit;
    return row;
  }

  Result<void> add_encounters(TraceRow& row, const Contact& contact, std::vector<Encounter> encounters) {
    row.basis.push_back(TraceBasis::gate);
    row.encounters = static_cast<int>(contact.encounters);
    row.overlap_seconds = contact.overlap_seconds;
    row.first = instant_at(contact.first);
    row.last = instant_at(contact.last);
    std::sort(encounters.begin(), encounters.end(), [](const auto& a, const auto& b) { return a.start > b.start; });
    if (encounters.size() > latest_max) encounters.resize(latest_max);
    for (const Encounter& one : encounters) {
      FL_TRY(auto name, gate_name(GateId{one.place}));
      row.latest.push_back({std::move(name), instant_at(one.start), instant_at(one.end)});
    }
    return {};
  }

 private:
  Result<std::string> gate_name(GateId id) {
    if (const auto known = gates_.find(id.value); known != gates_.end()) return known->second;
    const auto gate = area::find_gate(*call_.session, id);
    // A gate that is gone was there when they met.
    if (!gate && gate.error().code != FaultCode::not_found) return tl::unexpected(gate.error());
    return gates_.emplace(id.value, gate ? gate->name : std::string()).first->second;
  }

  http::Call& call_;
  const Ground& ground_;
  std::map<std::int64_t, std::string> gates_;
};

Result<void> note(http::Call& call, const TraceCommand& command, const TraceList& list) {
  ledger::Draft fact;
  fact.community = call.place.community;
  fact.at = fact.recorded_at = call.now;
  fact.actor = call.actor.account;
  fact.device = call.actor.device;
  fact.area = call.place.community;
  fact.kind = "trace.asked";
  fact.subject = "person:" + format_id(command.person_id.value);
  fact.policy_version = list.policy_version;
  fact.body = json::write(TraceBody{command.purpose, list.from, list.until, static_cast<int>(list.items.size()),
                                    list.elsewhere, list.left_out});
  FL_TRYV(ledger::write(*call.session, fact));
  return {};
}

// By number of person: those of the own home; then what the index found, most time together first.
struct Found {
  std::vector<person::Person> household;
  std::vector<Contact> contacts;
};

Result<void> fill(TraceList& list, http::Call& call, const Ground& ground, const Case& one, const Found& found,
                  Exposure& exposure) {
  Rows rows(call, ground);
  std::map<std::int64_t, std::size_t> at;
  for (const person::Person& member : found.household) {
    if (member.id.value == one.person) continue;
    FL_TRY(auto row, rows.of(member.id));
    if (!row) continue;
    row->basis.push_back(TraceBasis::household);
    at[member.id.value] = list.items.size();
    list.items.push_back(std::move(*row));
  }
  for (const Contact& contact : found.contacts) {
    const auto of_home = at.find(contact.person);
    if (of_home == at.end() && list.items.size() >= rows_max) {
      ++list.left_out;
      continue;
    }
    TraceRow* row = nullptr;
    if (of_home != at.end()) {
      row = &list.items[of_home->second];
    } else {
      FL_TRY(auto made, rows.of(PersonId{contact.person}));
      if (!made) {
        ++list.elsewhere;
        continue;
      }
      list.items.push_back(std::move(*made));
      row = &list.items.back();
    }
    FL_TRYV(rows.add_encounters(*row, contact, exposure.encounters_of(one, contact.person)));
  }
  return {};
}

}  // namespace

Result<TraceList> contacts_of_person(http::Call& call, const Ground& ground, const TraceCommand& command) {
  FL_TRY(const auto who, ground.people->resident(*call.session, {call.place.community, command.person_id}));
  FL_TRY(const auto rules, ground.rules->at(policy::division_code(call.place.path), call.now));
  FL_TRY(const Window window, window_of(rules->set));
  if (!window.determined) return fail(FaultCode::conflict, "trace.not_determined");
  TraceList list;
  list.from = command.onset_at - std::chrono::days(window.lookback_days);
  list.until = command.until.value_or(call.now);
  if (list.until < list.from || list.until > call.now || list.from < call.now - kept)
    return fail(FaultCode::invalid, "trace.window_bad", {}, "/onset_at");
  const auto known_until = ground.follower->known_until();
  if (!known_until) return fail(FaultCode::unavailable, "trace.not_ready");
  list.known_until = *known_until;
  list.lookback_days = window.lookback_days;
  list.linger_minutes = window.linger_minutes;
  list.overlap_minutes_min = window.overlap_minutes_min;
  list.policy_version = window.policy_version;

  const auto begin = std::chrono::steady_clock::now();
  Exposure exposure(ground.follower->view(),
                    {window.linger_minutes * 60, window.overlap_minutes_min * 60, Depth::contacts});
  const Case one{command.person_id.value, second_of(list.from), second_of(list.until)};
  Found found{{}, exposure.contacts_of(one)};
  list.took_microseconds = static_cast<int>(
      std::chrono::duration_cast<std::chrono::microseconds>(std::chrono::steady_clock::now() - begin).count());
  std::stable_sort(found.contacts.begin(), found.contacts.end(),
                   [](const Contact& a, const Contact& b) { return a.overlap_seconds > b.overlap_seconds; });
  if (who.person.household_id) {
    FL_TRY(found.household, ground.people->household(*call.session, call.place.community, who.person.household_id));
  }
  FL_TRYV(fill(list, call, ground, one, found, exposure));
  FL_TRYV(note(call, command, list));
  return list;
}

}  // namespace firstline::trace
