#include "movement/facts.hpp"

#include "ledger/fact.hpp"

namespace firstline::movement {

Result<void> note_fact(http::Call& call, Noted noted) {
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
  FL_TRYV(ledger::write(*call.session, fact));
  return {};
}

}  // namespace firstline::movement
