#pragma once

// Rules put in force 启用 or out of force 停用 by an office: one person proposes, another confirms, before the hour
// comes.

#include <optional>
#include <string>

#include <boost/describe.hpp>

#include "base/id.hpp"
#include "base/time.hpp"

namespace firstline::rulebook {

struct ChangeTag {};
using ChangeId = Id<ChangeTag>;

enum class State { proposed, confirmed, withdrawn, lapsed };  // lapsed: its hour came and nobody had confirmed.
BOOST_DESCRIBE_ENUM(State, proposed, confirmed, withdrawn, lapsed)

struct Change {
  ChangeId id;
  AreaId area_id;  // A community or a node above it.
  std::string area_path;
  std::string pack;
  bool put_in = true;
  Instant starts_at{};
  std::string order_text;  // The order that it rests on, as the office writes it: "兰疫指发〔2022〕12号".
  AccountId proposed_by;
  Instant proposed_at{};
  std::optional<AccountId> confirmed_by;
  std::optional<Instant> confirmed_at;
  std::optional<AccountId> withdrawn_by;
  std::optional<Instant> withdrawn_at;
};
BOOST_DESCRIBE_STRUCT(Change, (),
                      (id, area_id, area_path, pack, put_in, starts_at, order_text, proposed_by, proposed_at,
                       confirmed_by, confirmed_at, withdrawn_by, withdrawn_at))

inline State state_of(const Change& change, Instant now) {
  if (change.withdrawn_at) return State::withdrawn;
  if (change.confirmed_at) return State::confirmed;
  return change.starts_at <= now ? State::lapsed : State::proposed;
}

}  // namespace firstline::rulebook
