#include "access/facts.hpp"

#include <boost/describe/enum_to_string.hpp>

#include "access/store.hpp"
#include "area/service.hpp"
#include "json/json.hpp"
#include "ledger/fact.hpp"
#include "store/acting.hpp"

namespace firstline::access {
namespace {

struct Body {
  std::optional<http::Role> role;
  std::optional<AreaId> area_id;
  std::optional<GateId> gate_id;
  std::optional<AccountId> other_account_id, account_id;
};
BOOST_DESCRIBE_STRUCT(Body, (), (role, area_id, gate_id, other_account_id, account_id))

constexpr std::size_t community_depth = 3;  // district/subdistrict/community

struct Where {
  AreaId community, area;
};
// Where a change of access is looked for: the community of the role, or of the account's home; 0 above any.
Result<Where> where(store::Session& session, const AccessFact& fact) {
  Where found{fact.community, {}};
  std::string path;
  if (fact.grant) {
    path = fact.grant->path;
    found.area = fact.grant->area;
  } else if (fact.account) {
    FL_TRY(const auto account, load_account(session, fact.account));
    if (!account) return found;
    path = account->home_path;
    found.area = account->home_area_id;
  }
  const auto nodes = area::path_prefixes(path);
  if (found.community || nodes.size() < community_depth) return found;
  const auto community = area::find_on_path(session, nodes[community_depth - 1]);
  if (community) found.community = community->id;
  else if (community.error().code != FaultCode::not_found) return tl::unexpected(community.error());
  return found;
}

}  // namespace

void act_as(store::Session& session, std::optional<http::Role> role) {
  store::act_as(session, role ? boost::describe::enum_to_string(*role, "") : "");
}

Result<void> write_fact(store::Session& session, const AccessFact& fact) {
  Body body;
  ledger::Draft draft;
  FL_TRY(const Where at, where(session, fact));
  draft.community = at.community;
  draft.area = at.area;
  draft.at = draft.recorded_at = fact.at;
  draft.actor = fact.actor;
  draft.device = fact.device;
  draft.kind = fact.kind;
  draft.subject =
      fact.device ? "device:" + format_id(fact.device.value)
                  : (fact.account ? "account:" + format_id(fact.account.value) : "gate:" + format_id(fact.gate.value));
  if (fact.person.person_id) {
    draft.community = fact.person.community_id;
    draft.subject = "person:" + format_id(fact.person.person_id.value);
    body.account_id = fact.account;
  }
  if (fact.grant) {
    body.role = fact.grant->role;
    body.area_id = fact.grant->area;
  }
  if (fact.gate) body.gate_id = fact.gate;
  if (fact.other_account) body.other_account_id = fact.other_account;
  draft.body = json::write(body);
  FL_TRYV(ledger::write(session, draft));
  return {};
}

}  // namespace firstline::access
