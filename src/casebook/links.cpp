// Who infected whom: links told, withdrawn and imported, and the chains that they make.

#include <algorithm>

#include "casebook/chain.hpp"
#include "casebook/parts.hpp"

namespace firstline::casebook {
namespace {

using http::Call;
using store::Session;

constexpr std::size_t place_bytes_max = 120, cases_max = 2000;

// On both cases: each names the other.
Result<void> note_link(Session& session, const Parts& parts, const Link& link, Part part, std::string_view reason,
                       const By& by) {
  for (const bool at_infected : {true, false}) {
    FL_TRY(const auto about, case_of(session, link.community_id, at_infected ? link.to_case : link.from_case));
    Entry entry;
    entry.part = part;
    (at_infected ? entry.before : entry.after) = format_id((at_infected ? link.from_case : link.to_case).value);
    FL_TRYV(note(session, parts, about, std::move(entry), reason, by));
  }
  return {};
}

}  // namespace

Result<void> check_link(const std::vector<Link>& links, const Link& made, Instant now) {
  if (made.from_case == made.to_case) return fail(FaultCode::invalid, "case.link_self");
  for (const Link& each : links)
    if (each.from_case == made.from_case && each.to_case == made.to_case)
      return fail(FaultCode::conflict, "case.linked_already");
  if (closes_ring(links, made.from_case, made.to_case)) return fail(FaultCode::conflict, "case.link_ring");
  if (made.place.size() > place_bytes_max) return fail(FaultCode::invalid, "case.bad_place", {}, "/place");
  const bool turned = made.exposed_from && made.exposed_until && *made.exposed_until < *made.exposed_from;
  for (const auto& at : {made.exposed_from, made.exposed_until})
    if (turned || (at && *at > now)) return fail(FaultCode::invalid, "case.bad_moment", {}, "/exposed_from");
  return {};
}

Result<Link> keep_link(Session& session, const Parts& parts, Link made, std::string_view reason, const By& by) {
  made.id = session.new_id<LinkId>(by.now);
  made.added_by = by.account;
  made.added_at = by.now;
  FL_TRYV(add(session, made));
  FL_TRYV(note_link(session, parts, made, Part::linked, reason, by));
  return made;
}

Result<api::CaseView> link(Call& call, const Parts& parts, CaseId id, const api::LinkCases& command) {
  FL_TRYV(check_reason(command.reason));
  FL_TRY(const auto about, met(call, id));
  FL_TRY(const auto other, met(call, command.other_case));
  Link made;
  made.community_id = about.community_id;
  made.from_case = command.infected_by ? other.id : about.id;
  made.to_case = command.infected_by ? about.id : other.id;
  made.kind = command.kind;
  made.confidence = command.confidence;
  made.exposed_from = command.exposed_from;
  made.exposed_until = command.exposed_until;
  made.place = command.place;
  FL_TRY(const auto links, load_links(*call.session, about.community_id));
  FL_TRYV(check_link(links, made, call.now));
  FL_TRYV(keep_link(*call.session, parts, std::move(made), command.reason, by_of(call)));
  return view_of(*call.session, parts, about, call.now);
}

Result<api::CaseView> withdraw_link(Call& call, const Parts& parts, CaseId id, LinkId link_id,
                                    const api::WithdrawLink& command) {
  FL_TRYV(check_reason(command.reason));
  FL_TRY(const auto about, met(call, id));
  FL_TRY(auto found, load_link(*call.session, about.community_id, link_id));
  if (!found || (found->from_case != id && found->to_case != id))
    return fail(FaultCode::not_found, "case.unknown_link");
  found->withdrawn_by = call.actor.account;
  found->withdrawn_at = call.now;
  FL_TRY(const bool first, withdraw(*call.session, *found));
  if (!first) return fail(FaultCode::conflict, "case.decided");
  FL_TRYV(note_link(*call.session, parts, *found, Part::link_withdrawn, command.reason, by_of(call)));
  return view_of(*call.session, parts, about, call.now);
}

Result<std::vector<api::LinkedCase>> links_of(Session& session, const Case& about) {
  FL_TRY(const auto links, load_links(session, about.community_id));
  std::vector<api::LinkedCase> shown;
  for (const Link& each : links) {
    if (each.from_case != about.id && each.to_case != about.id) continue;
    const bool infected_by = each.to_case == about.id;
    FL_TRY(const auto other, case_of(session, about.community_id, infected_by ? each.from_case : each.to_case));
    shown.push_back({each.id, other.id, other.number, infected_by, each.kind, each.confidence, each.exposed_from,
                     each.exposed_until, each.place});
  }
  return shown;
}

Result<api::Chains> chains_of(Call& call) {
  FL_TRY(const auto links, load_links(*call.session, call.place.community));
  const auto generation = generations(links);
  const auto chain = chains(links);
  api::Chains shown;
  std::map<CaseId, Case> cases;
  FL_TRYV(each_case(*call.session, call.place.community, [&](const Case& each) -> Result<void> {
    if (!chain.contains(each.id)) ++shown.unlinked;
    else if (cases.size() < cases_max) cases.emplace(each.id, each);
    else ++shown.left_out;
    return {};
  }));
  std::map<int, int> sizes;
  for (const auto& [id, each] : cases) {
    ++sizes[generation.at(id)];
    shown.nodes.push_back({id, each.number, each.status, each.classified, each.onset_at, each.sampled_at,
                           generation.at(id), chain.at(id)});
  }
  for (const auto& [number, size] : sizes) shown.generations.push_back({number, size});
  for (const Link& each : links) {
    const auto from = cases.find(each.from_case), to = cases.find(each.to_case);
    if (from == cases.end() || to == cases.end()) continue;
    api::ChainEdge edge{each.id, each.from_case, each.to_case, each.kind, each.confidence, {}, each.place};
    edge.serial_days = serial_days(from->second, to->second);
    if (edge.serial_days) shown.serial_days.push_back(*edge.serial_days);
    shown.edges.push_back(std::move(edge));
  }
  std::sort(shown.serial_days.begin(), shown.serial_days.end());
  shown.serial_days_median = median(shown.serial_days);
  for (Cluster& each : clusters(links)) shown.clusters.push_back({std::move(each.place), each.links, each.cases});
  return shown;
}

}  // namespace firstline::casebook
