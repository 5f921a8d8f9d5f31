// Colours set by hand, and who set which colour why.

#include <algorithm>

#include "access/service.hpp"
#include "appeal/parts.hpp"
#include "health/service.hpp"
#include "ledger/fact.hpp"

namespace firstline::appeal {
namespace {

using http::Call;

constexpr std::size_t document_bytes_max = 120;

struct ColourFact {
  health::CodeColour colour = health::CodeColour::green;
  std::optional<health::CodeColour> known;
  SetGround ground = SetGround::deciding_body_notice;
  std::string document;
  std::optional<AccountId> proposed_by;
};
BOOST_DESCRIBE_STRUCT(ColourFact, (), (colour, known, ground, document, proposed_by))

Result<void> write(Call& call, person::PersonRef who, const char* kind, const ColourFact& body) {
  return write_fact(call, who.community_id, kind, "person:" + format_id(who.person_id.value), json::write(body));
}

health::CodeReading reading_of(const HandSet& wanted) {
  return {wanted.colour, health::EvidenceGrade::visual, wanted.read_at, "document"};
}
std::string reason_of(const HandSet& wanted) {
  return std::string(store::enum_name(wanted.ground)) + ": " + wanted.document;
}

Result<api::CodeReadings> readings(Call& call, person::PersonRef who) {
  FL_TRY(const auto records, person::records_of(*call.session, who));
  api::CodeReadings shown;
  for (const PersonId record : records) {
    FL_TRY(const auto kept, health::code_history(*call.session, who.community_id, record));
    for (const health::KeptReading& each : kept) {
      api::CodeReadingView view{each.colour, each.grade, each.read_at, each.source, {}, each.reason};
      if (each.set_by) {
        FL_TRY(view.set_by, access::display_name(*call.session, each.set_by));
      }
      shown.items.push_back(std::move(view));
    }
  }
  std::stable_sort(shown.items.begin(), shown.items.end(),
                   [](const auto& a, const auto& b) { return a.read_at > b.read_at; });
  return shown;
}

// The last colour by a signed code or a connector.
Result<std::optional<health::CodeColour>> said_by_own_system(store::Session& session, person::PersonRef who) {
  FL_TRY(const auto records, person::records_of(session, who));
  std::optional<health::KeptReading> last;
  for (const PersonId record : records) {
    FL_TRY(const auto kept, health::code_history(session, who.community_id, record));
    for (const health::KeptReading& each : kept)
      if (each.grade != health::EvidenceGrade::visual && (!last || last->read_at <= each.read_at)) last = each;
  }
  return last ? std::optional(last->colour) : std::nullopt;
}

}  // namespace

Result<void> write_fact(Call& call, AreaId community, std::string kind, std::string subject, std::string body) {
  ledger::Draft fact;
  fact.community = fact.area = community;
  fact.at = fact.recorded_at = call.now;
  fact.actor = call.actor.account;
  fact.kind = std::move(kind);
  fact.subject = std::move(subject);
  fact.body = std::move(body);
  FL_TRYV(ledger::write(*call.session, fact));
  return {};
}

Result<bool> set(Call& call, person::PersonRef who, const HandSet& wanted) {
  if (wanted.document.empty() || wanted.document.size() > document_bytes_max)
    return fail(FaultCode::invalid, "colour.no_document", {}, "/document");
  FL_TRY(const auto standing, health::standing(*call.session, who.community_id, who.person_id));
  ColourFact body{wanted.colour, {}, wanted.ground, wanted.document, {}};
  if (standing.code) body.known = standing.code->colour;
  FL_TRY(const auto own_system, said_by_own_system(*call.session, who));
  if (!needs_second_person(own_system, wanted.colour)) {
    FL_TRYV(health::record_code(*call.session, who.community_id, who.person_id, reading_of(wanted), call.actor.account,
                                reason_of(wanted), call.now));
    FL_TRYV(write(call, who, "health.colour_set", body));
    return false;
  }
  Proposal proposal;
  proposal.community_id = who.community_id;
  proposal.id = call.session->new_id<ProposalId>(call.now);
  proposal.person_id = who.person_id;
  proposal.colour = wanted.colour;
  proposal.read_at = wanted.read_at;
  proposal.ground = wanted.ground;
  proposal.document = wanted.document;
  proposal.appeal_id = wanted.appeal;
  proposal.proposed_by = call.actor.account;
  proposal.proposed_at = call.now;
  FL_TRYV(add(*call.session, proposal));
  FL_TRYV(write(call, who, "health.colour_proposed", body));
  return true;
}

Result<api::ColourSet> set_colour(Call& call, person::PersonRef who, const api::SetColour& command) {
  // Only an answered appeal says that one was granted.
  if (command.ground == SetGround::appeal_granted) return fail(FaultCode::invalid, "colour.no_document", {}, "/ground");
  if (command.read_at > call.now) return fail(FaultCode::invalid, "health.reading_from_future", {}, "/read_at");
  FL_TRY(const bool waits, set(call, who, {command.colour, command.read_at, command.ground, command.document, {}}));
  return api::ColourSet{waits};
}

Result<api::MyCode> my_code_readings(Call& call) {
  if (!call.actor.person) return fail(FaultCode::not_found, "person.none_of_this_account");
  return readings(call, {call.actor.person_community, call.actor.person});
}
Result<api::CodeReadings> code_readings(Call& call, person::PersonRef who) { return readings(call, who); }

Result<api::ProposalList> proposals(Call& call, const Parts& parts) {
  FL_TRY(const auto waiting, load_waiting(*call.session, call.place.community));
  api::ProposalList shown;
  for (const Proposal& each : waiting) {
    FL_TRY(const auto resident, parts.people->resident(*call.session, {each.community_id, each.person_id}));
    FL_TRY(const auto own_system, said_by_own_system(*call.session, {each.community_id, resident.person.id}));
    api::ProposalView view;
    view.proposal_id = each.id;
    view.person = person::masked(resident.person, civil_date(call.now));
    view.household_label = resident.household_label;
    view.known = own_system;
    view.colour = each.colour;
    view.ground = each.ground;
    view.document = each.document;
    FL_TRY(view.proposed_by, access::display_name(*call.session, each.proposed_by));
    view.proposed_at = each.proposed_at;
    view.may_decide = each.proposed_by != call.actor.account;
    shown.items.push_back(std::move(view));
  }
  return shown;
}

Result<api::ProposalList> decide(Call& call, const Parts& parts, ProposalId id, bool confirmed) {
  FL_TRY(auto proposal, load(*call.session, call.place.community, id));
  if (!proposal) return fail(FaultCode::not_found, "colour.unknown_proposal");
  if (proposal->proposed_by == call.actor.account) return fail(FaultCode::forbidden, "colour.by_the_same");
  proposal->state = confirmed ? ProposalState::confirmed : ProposalState::refused;
  proposal->decided_by = call.actor.account;
  proposal->decided_at = call.now;
  FL_TRY(const bool first, save_decision(*call.session, *proposal));
  if (!first) return fail(FaultCode::conflict, "colour.decided");
  FL_TRY(const auto who, person::counted_as(*call.session, {proposal->community_id, proposal->person_id}));
  FL_TRY(const auto standing, health::standing(*call.session, who.community_id, who.person_id));
  ColourFact body{proposal->colour, {}, proposal->ground, proposal->document, proposal->proposed_by};
  if (standing.code) body.known = standing.code->colour;
  if (confirmed) {
    const HandSet wanted{proposal->colour, proposal->read_at, proposal->ground, proposal->document, {}};
    FL_TRYV(health::record_code(*call.session, who.community_id, who.person_id, reading_of(wanted),
                                proposal->proposed_by, reason_of(wanted), call.now));
  }
  FL_TRYV(write(call, who, confirmed ? "health.colour_set" : "health.colour_refused", body));
  return proposals(call, parts);
}

}  // namespace firstline::appeal
