#pragma once

// What the gate does for phones without a network: tells their streams that a pack has changed, and writes down
// afterwards what they recorded. In all of it `call.now` is when it happened and `call.written_at` is now.
//
// A late passage keeps what the phone saw, decided and did: that is what happened at the gate. Beside it comes what the
// server would have decided by what it knows about that moment.

#include "gate/service.hpp"

namespace firstline::gate {

// The streams of the compound's gates say "pack".
Result<void> announce_pack(store::Session& session, AreaId community, AreaId compound, std::int64_t version,
                           Instant now);

// One person's verdict, as it was decided somewhere.
struct Decided {
  std::optional<PersonId> person_id;
  Presented arguments;
  Outcome outcome = Outcome::pass;
  std::vector<Reason> reasons;
  std::string policy_version;
  std::optional<Instant> now;  // By which moment; none: the phone's own clock at the passage.
};
BOOST_DESCRIBE_STRUCT(Decided, (), (person_id, arguments, outcome, reasons, policy_version, now))

struct LatePassage {
  PassageId passage_id;
  std::optional<Decided> server;  // None: the passage had been recorded before, by the network.
  bool differs = false;           // The server would have decided otherwise,
  bool reproduced = true;         // or the phone's own arguments do not lead to its verdict.
};
// `said.at` is the phone's own time. One of `decided` for each person, in order. Somebody who
// cannot be recognised any more is kept as nobody; a person or visit named by an id that this community does not have
// is person.unknown, visit.unknown.
Result<std::vector<LatePassage>> record_late(http::Call& late, const Ground& ground, const area::Gate& gate,
                                             const api::PassageCommand& said, const std::vector<Decided>& decided);
Result<LatePassage> record_late_emergency(http::Call& late, const Ground& ground, const area::Gate& gate,
                                          const api::EmergencyCommand& command);
// The passage that a command put in; `line` of a family. Fault passage.unknown.
Result<PassageId> passage_of_command(store::Session& session, const area::Gate& gate, const Uuid& command, int line);
// Whether an account had an open shift at the gate at a moment.
Result<bool> was_on_duty(store::Session& session, const area::Gate& gate, AccountId account, Instant moment);

}  // namespace firstline::gate
