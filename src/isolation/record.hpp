#pragma once

// What is kept of isolation orders: the order, its acts (each proposed by one person and decided by another), and the
// spans in which somebody has to stay somewhere, which is all that a gate looks at. Rows and nothing else.

#include "base/id.hpp"
#include "isolation/wire.hpp"
#include "store/value.hpp"

namespace firstline::isolation {

struct IsolationActTag {};
struct IsolationSpanTag {};
using IsolationActId = Id<IsolationActTag>;
using IsolationSpanId = Id<IsolationSpanTag>;

// Why somebody is isolated; a closed list. 病例 密接 风险地区返回 人工提出
enum class IsolationGround { infection, contact, risk_place, by_hand };
BOOST_DESCRIBE_ENUM(IsolationGround, infection, contact, risk_place, by_hand)

struct IsolationOrder {
  AreaId community_id;
  OrderId id;
  PersonId person_id;  // Whom it counts for now.
  PersonId record_id;  // The record that it was made out for.
  IsolationGround ground = IsolationGround::contact;
  std::string ground_ref;  // Number of the case, contact or trip; never a name.
  Category category = Category::close_contact;
  std::optional<Instant> exposed_at;  // Last exposure, arrival.
  std::string terms;                  // JSON: IsolationTerms, as decided last.
  std::string policy_version;         // By which they were made.
  std::optional<Instant> day_one, effective_at;
  std::optional<Instant> ended_at;  // Also when it never came into force.
  AccountId created_by;
  Instant created_at{};
};
BOOST_DESCRIBE_STRUCT(IsolationOrder, (),
                      (community_id, id, person_id, record_id, ground, ground_ref, category, exposed_at, terms,
                       policy_version, day_one, effective_at, ended_at, created_by, created_at))

enum class IsolationActKind { impose, change, end };
BOOST_DESCRIBE_ENUM(IsolationActKind, impose, change, end)
enum class IsolationActState { proposed, refused, withdrawn, decided };
BOOST_DESCRIBE_ENUM(IsolationActState, proposed, refused, withdrawn, decided)

struct IsolationAct {
  AreaId community_id;
  IsolationActId id;
  OrderId order_id;
  IsolationActKind kind = IsolationActKind::impose;
  std::string terms;  // JSON: IsolationTerms; of an end: "".
  std::string policy_version;
  store::Bytes reason_sealed;
  AccountId proposed_by;
  Instant proposed_at{};
  std::optional<AccountId> decided_by;
  std::optional<Instant> decided_at;
  std::optional<bool> approved;
  std::string issuer, document;  // The body that decided, and under which document.
  std::optional<store::Bytes> note_sealed;
  std::optional<AccountId> withdrawn_by;
  std::optional<Instant> withdrawn_at;
};
BOOST_DESCRIBE_STRUCT(IsolationAct, (),
                      (community_id, id, order_id, kind, terms, policy_version, reason_sealed, proposed_by, proposed_at,
                       decided_by, decided_at, approved, issuer, document, note_sealed, withdrawn_by, withdrawn_at))

inline IsolationActState state_of(const IsolationAct& act) {
  if (act.withdrawn_at) return IsolationActState::withdrawn;
  if (!act.decided_at) return IsolationActState::proposed;
  return act.approved == true ? IsolationActState::decided : IsolationActState::refused;
}

enum class IsolationState { proposed, refused, withdrawn, in_force, ended };
BOOST_DESCRIBE_ENUM(IsolationState, proposed, refused, withdrawn, in_force, ended)

// The end of a span that nobody has ended: a number, so that "still to end" is a range of an index.
inline constexpr Instant open_end = from_millis(253'402'300'799'000);  // 9999-12-31

// Where one person has to stay from then to then. What was planned may pass without an end: then the last one goes on.
struct IsolationSpan {
  AreaId community_id;
  IsolationSpanId id;
  OrderId order_id;
  PersonId person_id, record_id;
  IsolationKind kind = IsolationKind::central;
  Instant from_at{}, until_at{};
  std::optional<Instant> planned_until;
};
BOOST_DESCRIBE_STRUCT(IsolationSpan, (),
                      (community_id, id, order_id, person_id, record_id, kind, from_at, until_at, planned_until))

}  // namespace firstline::isolation
