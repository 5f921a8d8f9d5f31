#include "movement/reveal.hpp"

#include "json/json.hpp"
#include "movement/visit_store.hpp"

namespace firstline::movement {
namespace {

constexpr std::size_t note_bytes_max = 1000;

struct RevealBody {
  person::RevealReason reason = person::RevealReason::tracing;
  std::size_t note_characters = 0;
};
BOOST_DESCRIBE_STRUCT(RevealBody, (), (reason, note_characters))

}  // namespace

Result<void> note_reveal(http::Call& call, const Ground& ground, const person::RevealCommand& command, Noted noted) {
  if (command.note.find_first_not_of(" \t\r\n") == std::string::npos)
    return fail(FaultCode::invalid, "reveal.note_missing", {}, "/note");
  if (command.note.size() > note_bytes_max) return fail(FaultCode::invalid, "reveal.note_too_long", {}, "/note");
  FL_TRY(const bool before, has_revealed(*call.session, noted.community, command.id));
  if (before) return {};
  noted.body = json::write(RevealBody{command.reason, command.note.size()});
  const AreaId community = noted.community;
  FL_TRY(const FactId written, write_fact(call, std::move(noted)));
  // A note is free text and may name people: it is sealed in its own row.
  const auto sealed = ground.people->key().seal(*call.random, {"movement_reveal", "note"}, written.value, command.note);
  return save_reveal_note(*call.session, community, written, sealed, command.id);
}

}  // namespace firstline::movement
