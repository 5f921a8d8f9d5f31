// How a case begins, what is written beside it, and how it is shown.

#include <algorithm>

#include "access/service.hpp"
#include "area/service.hpp"
#include "casebook/parts.hpp"
#include "casebook/steps.hpp"
#include "json/json.hpp"
#include "ledger/fact.hpp"

namespace firstline::casebook {
namespace {

using http::Call;
using store::Session;

constexpr std::size_t reason_bytes_max = 1500;
constexpr int shown_max = 300, page = 1000, attempts_max = 8;

struct FactBody {
  Part part = Part::opened;
  std::string before, after;
  EntryState state = EntryState::done;
};
BOOST_DESCRIBE_STRUCT(FactBody, (), (part, before, after, state))

const char* kind_of(const Entry& entry) {
  if (entry.state == EntryState::proposed) return "case.change_proposed";
  if (entry.state == EntryState::refused) return "case.change_refused";
  switch (entry.part) {
    case Part::opened:
      return "case.opened";
    case Part::status:
      return "case.status_changed";
    case Part::evidence:
      return "case.evidence_added";
    case Part::evidence_withdrawn:
      return "case.evidence_withdrawn";
    case Part::linked:
      return "case.linked";
    case Part::link_withdrawn:
      return "case.link_withdrawn";
    case Part::revealed:
      return "case.revealed";
    default:
      return "case.corrected";
  }
}

// Nothing: no pack in force says.
Result<std::optional<std::int64_t>> lookback_days(Session& session, const Parts& parts, AreaId community, Instant at) {
  FL_TRY(const auto area, area::find_community(session, community));
  FL_TRY(const auto rules, parts.rules->at(policy::division_code(area.path), at));
  const auto found = rules->set.parameters.find("people.close_contact.lookback_days");
  const auto* days =
      found == rules->set.parameters.end() ? nullptr : std::get_if<std::int64_t>(&found->second.parameter.value);
  return days ? std::optional(*days) : std::nullopt;
}

Result<std::vector<api::EntryView>> history_of(const Call& call, const Parts& parts,
                                               const std::vector<Entry>& entries) {
  const bool reads = call.actor.holds_any(may_decide, call.place);
  std::vector<api::EntryView> shown;
  for (const Entry& each : entries) {
    api::EntryView one;
    one.entry_id = each.id;
    one.at = each.at;
    if (each.account_id) {
      FL_TRY(one.by, access::display_name(*call.session, each.account_id));
    }
    one.part = each.part;
    one.before = each.before;
    one.after = each.after;
    if (reads && each.reason_sealed) {
      FL_TRY(one.reason, parts.people->key().open(reason_field, each.id.value, *each.reason_sealed));
    }
    one.state = each.state;
    if (each.decided_by) {
      FL_TRY(one.decided_by, access::display_name(*call.session, each.decided_by));
    }
    one.decided_at = each.decided_at;
    one.may_decide = reads && each.state == EntryState::proposed && each.account_id != call.actor.account;
    shown.push_back(std::move(one));
  }
  return shown;
}

Result<std::vector<api::EvidenceView>> evidence_of(Session& session, const Case& about) {
  std::vector<api::EvidenceView> shown;
  if (!about.person_id) return shown;
  FL_TRY(const auto who, person::counted_as(session, {about.community_id, about.person_id}));
  FL_TRY(const auto results, health::results_of(session, who.community_id, who.person_id));
  for (const health::TestResult& each : results)
    shown.push_back({each.id, each.kind, each.state, each.sampled_at, each.reported_at, each.source, each.tube,
                     static_cast<bool>(each.replaced_by)});
  return shown;
}

}  // namespace

By by_of(const Call& call) { return {call.actor.account, call.actor.device, call.now, call.random}; }

Result<Case> case_of(Session& session, AreaId community, CaseId id) {
  FL_TRY(auto found, load(session, community, id));
  if (!found) return fail(FaultCode::not_found, "case.unknown");
  return std::move(*found);
}

Result<Case> met(Call& call, CaseId id) { return case_of(*call.session, call.place.community, id); }

Result<std::optional<Case>> open_case_of(Session& session, person::PersonRef who) {
  FL_TRY(const auto counted, person::counted_as(session, who));
  FL_TRY(const auto records, person::records_of(session, counted));
  for (const PersonId record : records) {
    FL_TRY(auto cases, load_of(session, counted.community_id, record));
    for (Case& each : cases)
      if (is_open(each.status)) return std::optional<Case>(std::move(each));
  }
  return std::optional<Case>();
}

Result<void> check_reason(const std::string& reason) {
  if (reason.find_first_not_of(" \t\r\n") == reason.npos || reason.size() > reason_bytes_max)
    return fail(FaultCode::invalid, "case.no_reason", {}, "/reason");
  return {};
}

Result<void> write_fact(Session& session, const Case& about, std::string kind, std::string body, const By& by) {
  ledger::Draft fact;
  fact.community = fact.area = about.community_id;
  fact.at = fact.recorded_at = by.now;
  fact.actor = by.account;
  fact.device = by.device;
  fact.kind = std::move(kind);
  fact.subject = "case:" + format_id(about.id.value);
  fact.body = std::move(body);
  FL_TRYV(ledger::write(session, fact));
  return {};
}

Result<Entry> note(Session& session, const Parts& parts, const Case& about, Entry entry, std::string_view reason,
                   const By& by) {
  entry.community_id = about.community_id;
  entry.case_id = about.id;
  entry.id = session.new_id<EntryId>(by.now);
  entry.at = by.now;
  entry.account_id = by.account;
  if (!reason.empty()) {
    FL_CHECK(by.random);
    entry.reason_sealed = parts.people->key().seal(*by.random, reason_field, entry.id.value, reason);
  }
  FL_TRYV(add(session, entry));
  FL_TRYV(write_fact(session, about, kind_of(entry),
                     json::write(FactBody{entry.part, entry.before, entry.after, entry.state}), by));
  return entry;
}

Result<void> note_decision(Session& session, const Case& about, const Entry& entry, const By& by) {
  return write_fact(session, about, kind_of(entry),
                    json::write(FactBody{entry.part, entry.before, entry.after, entry.state}), by);
}

Result<void> change(Session& session, const Parts& parts, const Case& changed, const By& by) {
  FL_TRY(const bool mine, save(session, changed));
  if (!mine) return fail(FaultCode::conflict, "case.changed_meanwhile");
  if (parts.reactions && parts.reactions->changed) return parts.reactions->changed(session, changed, by);
  return {};
}

Result<Case> begin(Session& session, const Parts& parts, Case made, std::string_view reason, const By& by) {
  if (!made.id) made.id = session.new_id<CaseId>(by.now);
  made.opened_by = by.account;
  made.opened_at = by.now;
  // Somebody else may take the number between the look and the row.
  bool kept = false;
  for (int attempt = 0; attempt < attempts_max && !kept; ++attempt) {
    FL_TRY(const auto last, last_number(session, made.community_id));
    made.number = last + 1;
    FL_TRY(kept, add(session, made));
  }
  if (!kept) return fail(FaultCode::conflict, "case.changed_meanwhile");
  Entry entry;
  entry.part = Part::opened;
  entry.after = store::enum_name(made.status);
  FL_TRYV(note(session, parts, made, std::move(entry), reason, by));
  if (parts.reactions && parts.reactions->opened) FL_TRYV(parts.reactions->opened(session, made, by));
  return made;
}

Result<api::CaseView> view_of(Session& session, const Parts& parts, const Case& shown, Instant now) {
  api::CaseView view;
  view.case_id = shown.id;
  view.number = shown.number;
  if (shown.person_id) {
    FL_TRY(const auto resident, parts.people->resident(session, {shown.community_id, shown.person_id}));
    view.person = person::masked(resident.person, civil_date(now));
    view.household_label = resident.household_label;
  } else if (shown.listed_sealed) {
    FL_TRY(const auto text, parts.people->key().open(listed_field, shown.id.value, *shown.listed_sealed));
    FL_TRY(const auto listed, json::read<Listed>(text));
    view.listed_name = person::mask_name(listed.name);
  }
  view.status = shown.status;
  view.classified = shown.classified;
  view.ground = shown.ground;
  view.onset_at = shown.onset_at;
  view.sampled_at = shown.sampled_at;
  view.reported_at = shown.reported_at;
  view.transferred_at = shown.transferred_at;
  view.ended_at = shown.ended_at;
  view.opened_at = shown.opened_at;
  return view;
}

Result<void> each_case(Session& session, AreaId community, const std::function<Result<void>(const Case&)>& use) {
  for (std::int64_t below = INT64_MAX;;) {
    FL_TRY(const auto cases, load_page(session, community, below, page));
    for (const Case& each : cases) FL_TRYV(use(each));
    if (cases.size() < static_cast<std::size_t>(page)) return {};
    below = cases.back().number;
  }
}

Result<api::CaseList> list(Call& call, const Parts& parts, const Wanted& wanted) {
  Session& session = *call.session;
  const AreaId community = call.place.community;
  FL_TRY(const auto waiting, load_waiting(session, community));
  api::CaseList shown;
  std::int64_t counts[6] = {};
  FL_TRYV(each_case(session, community, [&](const Case& each) -> Result<void> {
    ++counts[static_cast<int>(each.status)];
    if (wanted.status && each.status != *wanted.status) return {};
    if (wanted.day && civil_date(each.opened_at) != *wanted.day) return {};
    if (shown.items.size() == shown_max) {
      ++shown.left_out;
      return {};
    }
    FL_TRY(auto view, view_of(session, parts, each, call.now));
    view.waiting = static_cast<int>(
        std::count_if(waiting.begin(), waiting.end(), [&](const Entry& e) { return e.case_id == each.id; }));
    shown.items.push_back(std::move(view));
    return {};
  }));
  for (int status = 0; status < 6; ++status) shown.counts.push_back({static_cast<Status>(status), counts[status]});
  return shown;
}

Result<api::CaseDetail> detail(Call& call, const Parts& parts, CaseId id) {
  Session& session = *call.session;
  FL_TRY(const auto about, met(call, id));
  api::CaseDetail shown;
  FL_TRY(shown.shown, view_of(session, parts, about, call.now));
  if (const auto window = window_of(about)) {
    FL_TRY(const auto days, lookback_days(session, parts, about.community_id, window->anchor));
    if (days)
      shown.window = api::WindowView{window->anchor, window->by_onset, *days, window->anchor - std::chrono::days(*days),
                                     window->until};
  }
  FL_TRY(shown.evidence, evidence_of(session, about));
  FL_TRY(shown.links, links_of(session, about));
  FL_TRY(const auto entries, load_entries(session, about.community_id, about.id));
  FL_TRY(shown.history, history_of(call, parts, entries));
  const auto waits = std::count_if(entries.begin(), entries.end(),
                                   [](const Entry& each) { return each.state == EntryState::proposed; });
  shown.shown.waiting = static_cast<int>(waits);
  if (call.actor.holds_any(may_lead, call.place)) {
    for (int to = 0; to < 6; ++to) {
      const Needed needed = needed_for(about.status, static_cast<Status>(to));
      if (needed == Needed::one || (needed == Needed::two && waits == 0))
        shown.next.push_back({static_cast<Status>(to), needed == Needed::two});
    }
  }
  return shown;
}

Result<api::ListedRevealed> reveal(Call& call, const Parts& parts, CaseId id, const person::RevealCommand& command) {
  if (command.note.find_first_not_of(" \t\r\n") == std::string::npos)
    return fail(FaultCode::invalid, "reveal.note_missing", {}, "/note");
  if (command.note.size() > reason_bytes_max) return fail(FaultCode::invalid, "reveal.note_too_long", {}, "/note");
  FL_TRY(const auto about, met(call, id));
  // A resident is looked at by their own record, where they can see that somebody did.
  if (about.person_id || !about.listed_sealed) return fail(FaultCode::conflict, "case.not_listed");
  FL_TRY(const auto text, parts.people->key().open(listed_field, about.id.value, *about.listed_sealed));
  FL_TRY(auto listed, json::read<Listed>(text));
  Entry entry;
  entry.part = Part::revealed;
  entry.after = store::enum_name(command.reason);
  FL_TRYV(note(*call.session, parts, about, std::move(entry), command.note, by_of(call)));
  return api::ListedRevealed{std::move(listed.name), std::move(listed.gender), listed.age};
}

Result<api::CaseView> open(Call& call, const Parts& parts, const api::OpenCase& command) {
  Session& session = *call.session;
  FL_TRYV(check_reason(command.reason));
  if (!is_open(command.classified)) return fail(FaultCode::invalid, "case.bad_status", {}, "/classified");
  FL_TRY(const auto who, person::counted_as(session, {call.place.community, command.person_id}));
  FL_TRYV(parts.people->resident(session, who));
  FL_TRY(const auto there, open_case_of(session, who));
  if (there) return fail(FaultCode::conflict, "case.open_already");
  Case made;
  made.community_id = who.community_id;
  made.person_id = who.person_id;
  made.status = made.classified = command.classified;
  made.onset_at = command.onset_at;
  made.sampled_at = command.sampled_at;
  made.reported_at = command.reported_at;
  made.transferred_at = command.transferred_at;
  made.ground = Ground::by_hand;
  // Without either nobody could say whom the case may have infected.
  if (!window_of(made)) return fail(FaultCode::invalid, "case.bad_moment", {}, "/onset_at");
  if (const auto wrong = misplaced(made, call.now))
    return fail(FaultCode::invalid, "case.bad_moment", {}, "/" + std::string(store::enum_name(*wrong)) + "_at");
  FL_TRY(const auto begun, begin(session, parts, std::move(made), command.reason, by_of(call)));
  return view_of(session, parts, begun, call.now);
}

}  // namespace firstline::casebook
