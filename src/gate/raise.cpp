#include "gate/raise.hpp"

#include "gate/store.hpp"
#include "json/json.hpp"
#include "ledger/fact.hpp"

namespace firstline::gate {
namespace {

struct AlarmBody {
  AlarmId alarm_id;
  GateId gate_id;
  AlarmKind kind = AlarmKind::hold;
  Outcome outcome = Outcome::hold;
  std::string ground;
};
BOOST_DESCRIBE_STRUCT(AlarmBody, (), (alarm_id, gate_id, kind, outcome, ground))

const char* kind_of_fact(AlarmKind kind) {
  switch (kind) {
    case AlarmKind::override:
      return "gate.verdict_overridden";
    case AlarmKind::emergency:
      return "gate.emergency_exit";
    case AlarmKind::hold:
      return "gate.person_held";
    case AlarmKind::case_opened:
      break;
  }
  return "";
}

}  // namespace

Result<void> note_fact(http::Call& call, AreaId community, std::string kind, std::string subject,
                       std::string policy_version, std::string body) {
  ledger::Draft fact;
  fact.community = community;
  fact.at = call.now;
  fact.recorded_at = call.recorded_at();
  fact.actor = call.actor.account;
  fact.device = call.actor.device;
  fact.area = community;
  fact.kind = std::move(kind);
  fact.subject = std::move(subject);
  fact.policy_version = std::move(policy_version);
  fact.body = std::move(body);
  FL_TRY([[maybe_unused]] const auto id, ledger::write(*call.session, fact));
  return {};
}

Result<AlarmId> raise_alarm(http::Call& call, const Passage& passage, AlarmKind kind, std::string note,
                            std::string_view ground) {
  const Alarm alarm{
      passage.community_id, call.session->new_id<AlarmId>(call.now), kind, call.now, passage.gate_id, passage.id, {},
      std::move(note)};
  FL_TRYV(add(*call.session, alarm));
  FL_TRYV(note_fact(call, passage.community_id, kind_of_fact(kind), "passage:" + format_id(passage.id.value),
                    passage.policy_version,
                    json::write(AlarmBody{alarm.id, passage.gate_id, kind, passage.outcome, std::string(ground)})));
  return alarm.id;
}

Result<AlarmId> raise_alarm(store::Session& session, AreaId community, AlarmKind kind, std::string subject,
                            Instant now) {
  const Alarm alarm{community, session.new_id<AlarmId>(now), kind, now, {}, {}, std::move(subject), {}};
  FL_TRYV(add(session, alarm));
  return alarm.id;
}

}  // namespace firstline::gate
