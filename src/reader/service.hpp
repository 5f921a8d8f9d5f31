#pragma once

// Machines at a gate: readers of ID cards, scanner guns, turnstiles. Each has a device token of its own and asks one
// question; the answer says whether to open and what to say aloud. Decides nothing: the verdict is the gate's. A
// machine whose question cannot be answered gets "closed, go to the keeper", never an error to interpret.

#include <optional>
#include <string>
#include <vector>

#include "gate/service.hpp"
#include "http/route.hpp"

namespace firstline::reader {

namespace api {

// Exactly one of code and id_number.
struct Reading {
  Uuid id;
  Instant at{};
  gate::Direction direction = gate::Direction::in;
  std::optional<std::string> code;       // Whatever the scanner read: a personal code, a visitor's code.
  std::optional<std::string> id_number;  // As the card's chip says it.
  std::optional<int> temperature_tenths;
};
BOOST_DESCRIBE_STRUCT(Reading, (), (id, at, direction, code, id_number, temperature_tenths))

struct Speech {
  std::string zh, en;
};
BOOST_DESCRIBE_STRUCT(Speech, (), (zh, en))

struct Reply {
  bool open = false;
  gate::Outcome outcome = gate::Outcome::register_first;
  Speech say;
  std::string name_masked;  // For a display; empty for nobody.
  std::vector<gate::Reason> reasons;
  std::optional<PassageId> passage_id;
  std::optional<int> repeated_seconds;  // The same person went through so long ago: opened, not counted again.
  std::string code;                     // Why nobody was recognised: "person.unknown_id_number"; otherwise empty.
};
BOOST_DESCRIBE_STRUCT(Reply, (), (open, outcome, say, name_masked, reasons, passage_id, repeated_seconds, code))

}  // namespace api

// Faults: reading.nothing_read (invalid), and those of the database.
Result<api::Reply> answer(http::Call& call, const gate::Ground& ground, const area::Gate& gate,
                          const api::Reading& reading);
// What to say aloud; nothing about a reason: others hear it.
api::Speech speech(gate::Outcome outcome, bool recognised);

// `ground` outlives the table.
void add_routes(http::RouteTable& table, const gate::Ground& ground);

}  // namespace firstline::reader
