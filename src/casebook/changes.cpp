// How a case goes on: its status step by step, its moments corrected, and the second person.

#include "casebook/parts.hpp"
#include "casebook/steps.hpp"

namespace firstline::casebook {
namespace {

using http::Call;
using store::Session;

void step_to(Case& changed, Status to, Instant moment) {
  changed.status = to;
  changed.ended_at.reset();
  if (is_open(to)) changed.classified = to;
  else changed.ended_at = moment;
}

Result<void> check_moments(const Case& changed, Instant now) {
  if (const auto wrong = misplaced(changed, now))
    return fail(FaultCode::invalid, "case.bad_moment", {}, "/" + std::string(store::enum_name(*wrong)));
  return {};
}

std::optional<Instant>& moment_in(Case& changed, api::Moment which) {
  switch (which) {
    case api::Moment::onset:
      return changed.onset_at;
    case api::Moment::sampled:
      return changed.sampled_at;
    case api::Moment::reported:
      return changed.reported_at;
    case api::Moment::transferred:
      return changed.transferred_at;
  }
  FL_CHECK(false);
  return changed.onset_at;
}
Part part_of(api::Moment which) { return static_cast<Part>(static_cast<int>(Part::onset) + static_cast<int>(which)); }
std::string written(std::optional<Instant> at) { return at ? format_instant(*at) : ""; }

}  // namespace

Result<api::CaseView> change_status(Call& call, const Parts& parts, CaseId id, const api::ChangeStatus& command) {
  Session& session = *call.session;
  FL_TRYV(check_reason(command.reason));
  FL_TRY(auto about, met(call, id));
  const Needed needed = needed_for(about.status, command.status);
  if (needed == Needed::never) return fail(FaultCode::conflict, "case.illegal_step");
  const Instant moment = command.at.value_or(call.now);
  if (moment > call.now) return fail(FaultCode::invalid, "case.bad_moment", {}, "/at");
  Entry entry;
  entry.part = Part::status;
  entry.before = store::enum_name(about.status);
  entry.after = store::enum_name(command.status);
  entry.moment = moment;
  Case changed = about;
  step_to(changed, command.status, moment);
  FL_TRYV(check_moments(changed, call.now));
  if (needed == Needed::two) {
    FL_TRY(const auto entries, load_entries(session, about.community_id, about.id));
    for (const Entry& each : entries)
      if (each.state == EntryState::proposed) return fail(FaultCode::conflict, "case.one_waits");
    entry.state = EntryState::proposed;
  } else {
    FL_TRYV(change(session, parts, changed, by_of(call)));
    about = changed;
  }
  FL_TRYV(note(session, parts, about, std::move(entry), command.reason, by_of(call)));
  return view_of(session, parts, about, call.now);
}

Result<api::CaseView> correct(Call& call, const Parts& parts, CaseId id, const api::CorrectMoment& command) {
  FL_TRYV(check_reason(command.reason));
  FL_TRY(auto about, met(call, id));
  std::optional<Instant>& moment = moment_in(about, command.moment);
  Entry entry;
  entry.part = part_of(command.moment);
  entry.before = written(moment);
  entry.after = written(command.at);
  moment = command.at;
  FL_TRYV(check_moments(about, call.now));
  FL_TRYV(change(*call.session, parts, about, by_of(call)));
  FL_TRYV(note(*call.session, parts, about, std::move(entry), command.reason, by_of(call)));
  return view_of(*call.session, parts, about, call.now);
}

Result<api::CaseView> decide(Call& call, const Parts& parts, CaseId id, EntryId entry_id, bool agreed) {
  Session& session = *call.session;
  FL_TRY(auto about, met(call, id));
  FL_TRY(auto entry, load_entry(session, about.community_id, about.id, entry_id));
  if (!entry) return fail(FaultCode::not_found, "case.unknown_change");
  if (entry->account_id == call.actor.account) return fail(FaultCode::forbidden, "case.by_the_same");
  entry->state = agreed ? EntryState::done : EntryState::refused;
  entry->decided_by = call.actor.account;
  entry->decided_at = call.now;
  FL_TRY(const bool first, decide(session, *entry));
  if (!first) return fail(FaultCode::conflict, "case.decided");
  if (agreed) {
    // The case went on while the change waited: what was agreed to is not what is there.
    if (entry->before != store::enum_name(about.status)) return fail(FaultCode::conflict, "case.changed_meanwhile");
    step_to(about, store::enum_value<Status>(entry->after), entry->moment.value_or(entry->at));
    FL_TRYV(check_moments(about, call.now));
    FL_TRYV(change(session, parts, about, by_of(call)));
  }
  FL_TRYV(note_decision(session, about, *entry, by_of(call)));
  return view_of(session, parts, about, call.now);
}

}  // namespace firstline::casebook
