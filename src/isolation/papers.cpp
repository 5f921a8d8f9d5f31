#include "isolation/papers.hpp"

#include <algorithm>

#include "area/service.hpp"
#include "base/base64.hpp"
#include "json/json.hpp"
#include "store/acting.hpp"
#include "store/database.hpp"

namespace firstline::isolation {
namespace {

using http::Call;
using store::Session;

// The act that this paper is about: the order as decided last, or its end.
const IsolationAct* decided(const std::vector<IsolationAct>& acts, DocumentKind kind) {
  const IsolationAct* found = nullptr;
  for (const IsolationAct& act : acts)
    if (state_of(act) == IsolationActState::decided &&
        (act.kind == IsolationActKind::end) == (kind == DocumentKind::end))
      found = &act;
  return found;
}

std::string last4(const std::optional<std::string>& id_number) {
  return id_number && id_number->size() >= 4 ? id_number->substr(id_number->size() - 4) : std::string();
}

// The documents that say something about people under isolation; a default of the product is nobody's document.
std::vector<std::string> titles_of(const policy::PolicySet& set) {
  std::vector<std::string> titles;
  for (const policy::Pack& pack : set.packs) {
    const bool speaks = std::any_of(set.parameters.begin(), set.parameters.end(), [&](const auto& each) {
      const policy::Entry* entry = each.second.parameter.entry;
      return entry && entry->reader == "isolation" && each.second.pack == pack.id &&
             each.second.parameter.grade != policy::Grade::U;
    });
    if (speaks) titles.push_back(pack.issuer + "：" + pack.document);
  }
  return titles;
}

struct PaperBody {
  DocumentKind kind = DocumentKind::order;
};
BOOST_DESCRIBE_STRUCT(PaperBody, (), (kind))

// The person's own order, or one of the community that the route names.
Result<IsolationOrder> found(Call& call, OrderId id, bool mine) {
  Session& session = *call.session;
  if (!mine) return order_met(session, call.place.community, id);
  if (!call.actor.person) return fail(FaultCode::not_found, "person.none_of_this_account");
  FL_TRY(const auto me, person::counted_as(session, {call.actor.person_community, call.actor.person}));
  FL_TRY(auto order, order_met(session, me.community_id, id));
  if (order.person_id != me.person_id) return fail(FaultCode::not_found, "isolation.unknown");
  return order;
}

}  // namespace

Result<DocumentContent> paper_content(Call& call, const Desk& desk, const IsolationOrder& order, DocumentKind kind) {
  Session& session = *call.session;
  FL_TRY(const auto acts, load_acts(session, order.community_id, order.id));
  const IsolationAct* act = decided(acts, kind);
  const bool there = act && order.effective_at && (kind == DocumentKind::order || order.ended_at);
  if (!there) return fail(FaultCode::conflict, "isolation.no_paper");
  FL_TRY(const auto course, course_of(order));
  FL_TRY(const auto samples, samples_of(session, order));
  FL_TRY(const auto person, desk.people->find(session, {order.community_id, order.person_id}));
  FL_TRY(const auto community, area::find_community(session, order.community_id));
  FL_TRY(const auto rules, desk.rules->at(policy::division_code(community.path), *act->decided_at));
  DocumentContent content;
  content.kind = kind;
  content.name = person.name;
  content.id_last4 = last4(person.id_number);
  FL_TRY(content.address, desk.people->address(session, person));
  content.community_name = community.name;
  content.number = format_id(order.id.value);
  content.issuer = act->issuer;
  content.document = act->document;
  // The rules that were applied, if this program still carries them; else those of that day.
  const auto applied = desk.rules->library().of_version(order.policy_version);
  content.policies = titles_of(applied ? *applied : rules->set);
  content.policy_version = order.policy_version;
  content.ground = order.ground;
  content.category = order.category;
  content.ground_ref = order.ground_ref;
  content.clock = clock(*course, samples, order.ended_at.value_or(call.now));
  content.decided_at = *act->decided_at;
  content.effective_at = *order.effective_at;
  content.ended_at = order.ended_at;
  for (const Sample& sample : samples)
    content.negatives += sample.state == health::NatState::negative && sample.sampled_at >= *order.effective_at &&
                         (!order.ended_at || sample.sampled_at <= *order.ended_at);
  content.monitored = rules->people.monitored;
  content.office_phone = desk.office_phone;
  content.generated = person.generated;
  content.made_at = call.now;
  return content;
}

Result<api::IsolationDocument> make_paper(Call& call, const Desk& desk, OrderId id, bool mine,
                                          const api::MakeIsolationDocument& command) {
  FL_TRY(const auto content, desk.database->write([&](Session& session) -> Result<DocumentContent> {
    store::act_as(session, call.acting);
    Call inside = call;
    inside.session = &session;
    FL_TRY(const auto order, found(inside, id, mine));
    FL_TRY(auto gathered, paper_content(inside, desk, order, command.kind));
    FL_TRYV(write_fact(inside, order, "isolation.paper_made", "isolation_order:" + format_id(order.id.value),
                       json::write(PaperBody{command.kind})));
    return gathered;
  }));
  FL_TRY(const auto bytes, paper::pdf_of(sheet_of(content, command.language)));
  return api::IsolationDocument{
      "isolation-" + format_id(id.value) + (command.kind == DocumentKind::end ? "-end" : "") + ".pdf",
      "application/pdf", to_base64(bytes)};
}

}  // namespace firstline::isolation
