#include "reader/service.hpp"

namespace firstline::reader {
namespace {

using gate::Outcome;

// What the machine cannot help: the person goes to the keeper. A fault of ours goes out as it is.
bool is_about_the_person(const Fault& fault) {
  return fault.code == FaultCode::not_found || fault.code == FaultCode::stale || fault.code == FaultCode::invalid;
}

api::Reply nobody(const Fault& fault) {
  api::Reply reply;
  reply.say = speech(reply.outcome, false);
  reply.code = fault.reason;
  return reply;
}

}  // namespace

Result<api::Reply> answer(http::Call& call, const gate::Ground& ground, const area::Gate& gate,
                          const api::Reading& reading) {
  if (reading.code.has_value() == reading.id_number.has_value())
    return fail(FaultCode::invalid, "reading.nothing_read", {}, "/code");
  gate::api::PassageCommand command;
  command.id = reading.id;
  command.at = reading.at;
  command.direction = reading.direction;
  command.recognised_by = reading.id_number ? gate::RecognisedBy::id_number : gate::RecognisedBy::personal_code;
  command.token = reading.code;
  command.id_number = reading.id_number;
  command.temperature_tenths = reading.temperature_tenths;
  auto answered = gate::record_passages(call, ground, gate, command);
  if (!answered) {
    if (is_about_the_person(answered.error())) return nobody(answered.error());
    return tl::unexpected(answered.error());
  }
  gate::api::PassageView& view = answered->items.at(0);
  api::Reply reply;
  reply.open = view.outcome <= Outcome::pass_with_reminder;
  reply.outcome = view.outcome;
  reply.say = speech(view.outcome, true);
  reply.name_masked = std::move(view.name_masked);
  reply.reasons = std::move(view.reasons);
  reply.passage_id = view.passage_id;
  reply.repeated_seconds = view.repeated_seconds;
  return reply;
}

}  // namespace firstline::reader
