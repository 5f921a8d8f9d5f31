#pragma once

// An alarm with its fact: what two supervisors must see. Inside the gate only.

#include "gate/passage.hpp"
#include "http/call.hpp"

namespace firstline::gate {

// `ground`: of an override, in one word; the note is free text and stays out of the fact.
Result<AlarmId> raise_alarm(http::Call& call, const Passage& passage, AlarmKind kind, std::string note,
                            std::string_view ground = {});
// A fact about this passage or gate, by whoever is calling.
Result<void> note_fact(http::Call& call, AreaId community, std::string kind, std::string subject,
                       std::string policy_version, std::string body);

}  // namespace firstline::gate
