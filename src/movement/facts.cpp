#include "movement/facts.hpp"

#include "ledger/fact.hpp"

namespace firstline::movement {

Result<FactId> write_fact(http::Call& call, Noted noted) {
  ledger::Draft fact;
  fact.community = noted.community;
  fact.at = noted.at == Instant{} ? call.now : noted.at;
  fact.recorded_at = call.recorded_at();
  fact.actor = call.actor.account;
  fact.device = call.actor.device;
  fact.area = noted.area ? noted.area : noted.community;
  fact.kind = std::move(noted.kind);
  fact.subject = std::move(noted.subject);
  fact.body = std::move(noted.body);
  fact.policy_version = std::move(noted.policy_version);
  return ledger::write(*call.session, fact);
}

Result<void> note_fact(http::Call& call, Noted noted) {
  FL_TRYV(write_fact(call, std::move(noted)));
  return {};
}

}  // namespace firstline::movement
