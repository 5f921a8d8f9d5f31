#pragma once

// A command sent twice gives the first answer again: the answers are kept beside what the commands changed, in the
// same transaction. What to keep is decided here; how long, by the caller of forget_answers.

#include <array>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "base/fault.hpp"
#include "base/id.hpp"
#include "base/time.hpp"
#include "store/session.hpp"

namespace firstline::http {

struct CommandKey {
  AreaId community;  // 0 above any community.
  Uuid id;
  std::string_view route;
  AccountId account;
  DeviceId device;
  std::string_view body;  // Or a keyed hash of it, where it may hold personal fields.
};

// The first answer, or nothing if the command is new. conflict command.id_reused: the id was used by somebody else, on
// another route or with another body.
Result<std::optional<std::string>> earlier_answer(store::Session& session, const CommandKey& key);
// Of whoever it was.
Result<std::optional<std::string>> answer_of(store::Session& session, AreaId community, const Uuid& id);
Result<void> keep_answer(store::Session& session, const CommandKey& key, std::string_view answer, Instant now);
// Of one community; how many went.
Result<std::int64_t> forget_answers(store::Session& session, AreaId community, Instant before);

}  // namespace firstline::http
