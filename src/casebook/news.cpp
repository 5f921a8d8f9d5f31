// What a test result does to cases: it opens one, or is evidence of one that is there.

#include <algorithm>

#include "area/service.hpp"
#include "casebook/parts.hpp"

namespace firstline::casebook {
namespace {

using health::NatState;
using health::ResultNews;
using health::TestKind;
using health::TestResult;
using store::Session;

// As what the policy in force there opens a case; nothing: it opens none.
Result<std::optional<Status>> opened_as(Session& session, const Parts& parts, const TestResult& result, Instant now) {
  FL_TRY(const auto area, area::find_community(session, result.community_id));
  FL_TRY(const auto rules, parts.rules->at(policy::division_code(area.path), now));
  const auto found = rules->set.parameters.find(result.kind == TestKind::antigen ? "people.case.antigen_positive_opens"
                                                                                 : "people.case.nat_positive_opens");
  const auto* word =
      found == rules->set.parameters.end() ? nullptr : std::get_if<std::string>(&found->second.parameter.value);
  if (!word) return std::optional<Status>(Status::suspected);
  for (const Status status : {Status::suspected, Status::confirmed, Status::asymptomatic})
    if (*word == store::enum_name(status)) return std::optional<Status>(status);
  return std::optional<Status>();
}

// The case that a sample of this moment belongs to: the open one, else the one that had not ended when it was taken. An
// excluded one is none.
Result<std::optional<Case>> case_at(Session& session, person::PersonRef who, Instant sampled_at) {
  FL_TRY(auto open, open_case_of(session, who));
  if (open) return open;
  FL_TRY(const auto records, person::records_of(session, who));
  for (const PersonId record : records) {
    FL_TRY(auto cases, load_of(session, who.community_id, record));
    for (Case& each : cases)
      if (each.status != Status::excluded && each.ended_at && *each.ended_at >= sampled_at)
        return std::optional<Case>(std::move(each));
  }
  return std::optional<Case>();
}

Result<void> add_evidence(Session& session, const Parts& parts, Case about, const TestResult& result, const By& by) {
  const std::string id = format_id(result.id.value);
  FL_TRY(const auto entries, load_entries(session, about.community_id, about.id));
  const bool known = std::any_of(entries.begin(), entries.end(),
                                 [&](const Entry& each) { return each.part == Part::evidence && each.after == id; });
  if (known) return {};
  if (!about.sampled_at || result.sampled_at < *about.sampled_at) {
    about.sampled_at = result.sampled_at;
    FL_TRYV(change(session, parts, about, by));
  }
  Entry entry;
  entry.part = Part::evidence;
  entry.after = id;
  entry.moment = result.sampled_at;
  FL_TRYV(note(session, parts, about, std::move(entry), {}, by));
  return {};
}

// A positive counts no longer: corrected, or it was somebody else's. The case stays until an officer excludes it.
Result<void> withdraw_evidence(Session& session, const Parts& parts, const TestResult& before, const TestResult& now,
                               const By& by) {
  FL_TRY(const auto who, person::counted_as(session, {before.community_id, before.person_id}));
  FL_TRY(const auto about, case_at(session, who, before.sampled_at));
  if (!about) return {};
  Entry entry;
  entry.part = Part::evidence_withdrawn;
  entry.before = format_id(before.id.value);
  entry.after = format_id(now.id.value);
  FL_TRYV(note(session, parts, *about, std::move(entry), {}, by));
  return {};
}

}  // namespace

Result<void> take_news(Session& session, const Parts& parts, const ResultNews& news) {
  const By by{news.by, {}, news.now};
  const TestResult& result = news.result;
  FL_TRY(const auto who, person::counted_as(session, {result.community_id, result.person_id}));
  if (news.before && news.before->state == NatState::positive) {
    FL_TRY(const auto was, person::counted_as(session, {news.before->community_id, news.before->person_id}));
    if (result.state != NatState::positive || was != who)
      FL_TRYV(withdraw_evidence(session, parts, *news.before, result, by));
  }
  if (result.state != NatState::positive) return {};
  FL_TRY(auto there, case_at(session, who, result.sampled_at));
  if (there) return add_evidence(session, parts, std::move(*there), result, by);
  FL_TRY(const auto status, opened_as(session, parts, result, news.now));
  if (!status) return {};
  Case made;
  made.community_id = who.community_id;
  made.person_id = who.person_id;
  made.status = made.classified = *status;
  made.sampled_at = result.sampled_at;
  made.reported_at = result.reported_at;
  made.ground = Ground::test_result;
  made.result_id = result.id;
  FL_TRY(const auto begun, begin(session, parts, std::move(made), {}, by));
  return add_evidence(session, parts, begun, result, by);
}

}  // namespace firstline::casebook
