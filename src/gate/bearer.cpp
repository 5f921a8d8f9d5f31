#include "gate/bearer.hpp"

#include "credential/text_codes.hpp"
#include "gate/decided.hpp"
#include "gate/presented.hpp"
#include "gate/raise.hpp"
#include "gate/standing.hpp"
#include "gate/store.hpp"
#include "gate/verdict.hpp"
#include "json/json.hpp"

namespace firstline::gate {
namespace {

using credential::FlClaims;
using credential::FlRole;

struct BearerBody {
  std::string code_id;  // base64: what is revoked.
  Outcome outcome = Outcome::pass;
};
BOOST_DESCRIBE_STRUCT(BearerBody, (), (code_id, outcome))

Relation relation_of(FlRole role) {
  switch (role) {
    case FlRole::visitor:
      return Relation::visitor;
    case FlRole::courier:
      return Relation::courier;
    case FlRole::volunteer:
      return Relation::worker;
    case FlRole::resident:
      break;
  }
  return Relation::resident_elsewhere;
}

api::PassageView view_of(const FlClaims& claims, const Passage& passage, std::vector<Reason> reasons) {
  api::PassageView view;
  view.passage_id = passage.id;
  view.name_masked = claims.name_masked;
  view.household_label = claims.unit;
  view.outcome = passage.outcome;
  view.reasons = std::move(reasons);
  view.policy_version = passage.policy_version;
  view.undo_until = passage.at + undo_window;
  return view;
}

}  // namespace

Stands stands_of(const issuing::Recognised& bearer, const area::Gate& gate) {
  const FlClaims& claims = bearer.claims;
  Stands stands;
  stands.relation = relation_of(claims.role);
  if (claims.role != FlRole::resident && bearer.person.community_id == gate.community_id) {
    stands.visitor.record = VisitorRecord::expected;
    stands.visitor.from = claims.issued_at;
    stands.visitor.until = claims.expires_at;
  }
  return stands;
}

Result<api::PassageAnswer> record_bearer(http::Call& call, const Ground& ground, const area::Gate& gate,
                                         const api::PassageCommand& command, const issuing::Recognised& bearer) {
  store::Session& session = *call.session;
  FL_TRY(const auto before, passages_of_command(session, gate.community_id, command.id));
  if (!before.empty()) {
    if (before.front().gate_id != gate.id) return fail(FaultCode::conflict, "command.id_reused", {}, "/id");
    FL_TRY(auto reasons, json::read<std::vector<Reason>>(before.front().reasons));
    return api::PassageAnswer{before.front().at, gate.id, {view_of(bearer.claims, before.front(), std::move(reasons))}};
  }
  FL_TRY(const auto rules, rules_at(ground, gate, call.now));
  Stands stands = stands_of(bearer, gate);
  FL_TRY(stands.compound, compound_level(session, gate, call.now));
  const Presented asked = presented(stands, moment_of(command), rules->gate, call.now);
  Verdict verdict = decide(asked, rules->gate, call.now);
  Passage row = decided_now(call, gate, asked, rules->gate, verdict);
  row.command_id = command.id;
  row.device_at = command.at;
  row.direction = command.direction;
  row.recognised_by = command.recognised_by;
  FL_TRY(const bool added, add(session, row));
  if (!added) return fail(FaultCode::conflict, "command.id_reused", {}, "/id");
  FL_TRYV(note_fact(call, gate.community_id, "gate.bearer_came", "passage:" + format_id(row.id.value),
                    row.policy_version,
                    json::write(BearerBody{credential::to_base64(bearer.claims.code_id), row.outcome})));
  if (row.outcome == Outcome::hold) {
    FL_TRYV(raise_alarm(call, row, AlarmKind::hold, {}));
  }
  return api::PassageAnswer{call.now, gate.id, {view_of(bearer.claims, row, std::move(verdict.reasons))}};
}

Result<std::optional<issuing::Recognised>> bearer_of(const http::Call& late, const api::PassageCommand& said) {
  const bool signed_code =
      said.recognised_by == RecognisedBy::personal_code && said.token && said.token->starts_with(credential::fl_prefix);
  if (!signed_code) return std::optional<issuing::Recognised>();
  auto shown = issuing::read_code(*late.session, *said.token, late.now);
  if (shown) {
    return shown->person.person_id ? std::optional<issuing::Recognised>() : std::optional(std::move(*shown));
  }
  const FaultCode code = shown.error().code;
  if (code == FaultCode::unavailable || code == FaultCode::busy || code == FaultCode::corrupt)
    return tl::unexpected(shown.error());
  return std::optional<issuing::Recognised>();
}

}  // namespace firstline::gate
