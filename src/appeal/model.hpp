#pragma once

// An appeal against a code's colour (转码申请), and a colour set by hand, which needs a second person where it goes
// against the code's own system. Plain values.
//
//   open at community > subdistrict > district,  answered or withdrawn from any of them.

#include <optional>
#include <string>
#include <vector>

#include "health/wire.hpp"
#include "store/value.hpp"

namespace firstline::appeal {

struct AppealTag {};
using AppealId = Id<AppealTag>;
struct PaperTag {};
using PaperId = Id<PaperTag>;
struct ProposalTag {};
using ProposalId = Id<ProposalTag>;

// Why somebody says that the colour is wrong. 未到过该地区 隔离期已满 核酸次数已够 认错了人 到访时间不符
enum class Ground { never_there, isolation_over, tests_done, somebody_else, time_wrong };
BOOST_DESCRIBE_ENUM(Ground, never_there, isolation_over, tests_done, somebody_else, time_wrong)

// Who has it in hand. 社区 街道 区
enum class Level { community, subdistrict, district };
BOOST_DESCRIBE_ENUM(Level, community, subdistrict, district)

enum class State { open, granted, refused, withdrawn };
BOOST_DESCRIBE_ENUM(State, open, granted, refused, withdrawn)

struct Appeal {
  AreaId community_id;
  AppealId id;
  PersonId person_id;
  AccountId asked_by;
  Instant asked_at{};
  std::optional<health::CodeColour> colour;  // As it was known here then.
  health::CodeColour wanted = health::CodeColour::green;
  Ground ground = Ground::never_there;
  store::Bytes words_sealed;
  Level level = Level::community;
  Instant due_at{};  // When this level has had its hours.
  State state = State::open;
  std::optional<Instant> ended_at;
  AccountId answered_by;
  std::optional<store::Bytes> answer_sealed;
};
BOOST_DESCRIBE_STRUCT(Appeal, (),
                      (community_id, id, person_id, asked_by, asked_at, colour, wanted, ground, words_sealed, level,
                       due_at, state, ended_at, answered_by, answer_sealed))

struct Paper {
  AreaId community_id;
  AppealId appeal_id;
  PaperId id;
  std::string media_type;
  std::int64_t bytes = 0;
  store::Bytes sealed;
};
BOOST_DESCRIBE_STRUCT(Paper, (), (community_id, appeal_id, id, media_type, bytes, sealed))

// Carried up by somebody, with what they had to say.
struct Step {
  AreaId community_id;
  AppealId appeal_id;
  std::int64_t id = 0;
  Instant at{};
  AccountId account_id;
  Level level = Level::subdistrict;  // Where it went.
  store::Bytes note_sealed;
};
BOOST_DESCRIBE_STRUCT(Step, (), (community_id, appeal_id, id, at, account_id, level, note_sealed))

// On what a colour may be set by hand: this list is closed. 申请获准 决定机关通知 见到证明原件
enum class SetGround { appeal_granted, deciding_body_notice, certificate_seen };
BOOST_DESCRIBE_ENUM(SetGround, appeal_granted, deciding_body_notice, certificate_seen)

enum class ProposalState { proposed, confirmed, refused };
BOOST_DESCRIBE_ENUM(ProposalState, proposed, confirmed, refused)

// A colour that waits for a second person.
struct Proposal {
  AreaId community_id;
  ProposalId id;
  PersonId person_id;
  health::CodeColour colour = health::CodeColour::green;
  Instant read_at{};
  SetGround ground = SetGround::deciding_body_notice;
  std::string document;  // Its number or date; names nobody.
  AppealId appeal_id;
  AccountId proposed_by;
  Instant proposed_at{};
  ProposalState state = ProposalState::proposed;
  AccountId decided_by;
  std::optional<Instant> decided_at;
};
BOOST_DESCRIBE_STRUCT(Proposal, (),
                      (community_id, id, person_id, colour, read_at, ground, document, appeal_id, proposed_by,
                       proposed_at, state, decided_by, decided_at))

// Whether a colour set by hand goes against what the code's own system said last: then two persons set it. What was set
// by hand since does not count, or two steps by one person would do what one step may not.
inline bool needs_second_person(std::optional<health::CodeColour> own_system, health::CodeColour colour) {
  return own_system && *own_system != colour;
}

}  // namespace firstline::appeal
