#include "access/facts.hpp"

#include "json/json.hpp"
#include "ledger/fact.hpp"

namespace firstline::access {
namespace {

struct Body {
  std::optional<http::Role> role;
  std::optional<AreaId> area_id;
  std::optional<GateId> gate_id;
  std::optional<AccountId> other_account_id, account_id;
};
BOOST_DESCRIBE_STRUCT(Body, (), (role, area_id, gate_id, other_account_id, account_id))

}  // namespace

Result<void> write_fact(store::Session& session, const AccessFact& fact) {
  Body body;
  ledger::Draft draft;
  draft.community = fact.community;
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
    draft.area = fact.grant->area;
  }
  if (fact.gate) body.gate_id = fact.gate;
  if (fact.other_account) body.other_account_id = fact.other_account;
  draft.body = json::write(body);
  FL_TRYV(ledger::write(session, draft));
  return {};
}

}  // namespace firstline::access
