#pragma once

// What is kept of seal orders: the order, its acts (each proposed, decided, announced), the spans that follow from
// them, what happened inside, the checks of the exits, and objections. Rows and nothing else.

#include <optional>
#include <string>

#include <boost/describe.hpp>

#include "base/id.hpp"
#include "base/time.hpp"
#include "seal/wire.hpp"
#include "store/value.hpp"

namespace firstline::seal {

struct ActTag {};
struct SpanTag {};
struct HappeningTag {};
struct ExitCheckTag {};
struct ObjectionTag {};
using ActId = Id<ActTag>;
using SpanId = Id<SpanTag>;
using HappeningId = Id<HappeningTag>;
using ExitCheckId = Id<ExitCheckTag>;
using ObjectionId = Id<ObjectionTag>;

// Why a place is closed; a closed list.
enum class Ground { case_inside, contact_inside, positive_pool };
BOOST_DESCRIBE_ENUM(Ground, case_inside, contact_inside, positive_pool)

struct SealOrder {
  AreaId community_id;
  OrderId id;
  std::string code;  // In the address and QR of its public card.
  Ground ground = Ground::case_inside;
  std::string ground_ref;     // Number of the case or contact; never a name.
  std::string justification;  // Why this scope is the least harmful that works.
  std::string smaller_scope;  // The smaller scope that was looked at, and why it is not enough.
  Instant review_at{};
  std::optional<policy::ClockAnchor> clock_anchor;
  std::optional<Instant> clock_at, not_before;
  std::string policy_version;  // By which it was proposed.
  AccountId created_by;
  Instant created_at{};
};
BOOST_DESCRIBE_STRUCT(SealOrder, (),
                      (community_id, id, code, ground, ground_ref, justification, smaller_scope, review_at,
                       clock_anchor, clock_at, not_before, policy_version, created_by, created_at))

enum class ActKind { impose, amend, release };
BOOST_DESCRIBE_ENUM(ActKind, impose, amend, release)
enum class ActState { proposed, refused, withdrawn, decided, announced };
BOOST_DESCRIBE_ENUM(ActState, proposed, refused, withdrawn, decided, announced)

// One place and what becomes of it; none: no longer part of the order.
struct PlaceChange {
  AreaId area_id;
  Level level = Level::none;
};
BOOST_DESCRIBE_STRUCT(PlaceChange, (), (area_id, level))

struct Act {
  AreaId community_id;
  ActId id;
  OrderId order_id;
  ActKind kind = ActKind::impose;
  std::string changes;  // JSON: list of PlaceChange.
  std::string reason;
  std::optional<Instant> starts_at, review_at, not_before;
  AccountId proposed_by;
  Instant proposed_at{};
  std::optional<AccountId> decided_by;
  std::optional<Instant> decided_at;
  std::optional<bool> approved;
  std::string issuer, document, note;  // The body that decided, and under which document.
  std::optional<AccountId> announced_by;
  std::optional<Instant> announced_at, effective_at;
  std::optional<AccountId> withdrawn_by;
  std::optional<Instant> withdrawn_at;
};
BOOST_DESCRIBE_STRUCT(Act, (),
                      (community_id, id, order_id, kind, changes, reason, starts_at, review_at, not_before, proposed_by,
                       proposed_at, decided_by, decided_at, approved, issuer, document, note, announced_by,
                       announced_at, effective_at, withdrawn_by, withdrawn_at))

inline ActState state_of(const Act& act) {
  if (act.announced_at) return ActState::announced;
  if (act.withdrawn_at) return ActState::withdrawn;
  if (!act.decided_at) return ActState::proposed;
  return act.approved == true ? ActState::decided : ActState::refused;
}
inline bool is_open(const Act& act) {
  return state_of(act) == ActState::proposed || state_of(act) == ActState::decided;
}

// The end of a span that nobody has ended: a number, so that "still to end" is a range of an index.
inline constexpr Instant open_end = from_millis(253'402'300'799'000);  // 9999-12-31

struct SpanRow {
  AreaId community_id;
  SpanId id;
  OrderId order_id;
  AreaId area_id;
  store::Bytes path;
  Level level = Level::sealed;
  Instant from_at{}, until_at{};
  Instant designated_at{};  // When the place was first closed under this order.
  bool came_from_sealed = false;
};
BOOST_DESCRIBE_STRUCT(SpanRow, (),
                      (community_id, id, order_id, area_id, path, level, from_at, until_at, designated_at,
                       came_from_sealed))

// What happened inside and counts for the release. `ref` is the number of a case or contact, never a name.
enum class HappeningKind {
  case_found,
  case_removed,
  contact_found,  // `at` is the last exposure.
  contact_transferred,
  contact_negative,
  contacts_complete,
  disinfection_done,
  environment_negative,  // `at` is the sampling.
  environment_positive,
  person_away,  // Does not have to be tested here.
};
BOOST_DESCRIBE_ENUM(HappeningKind, case_found, case_removed, contact_found, contact_transferred, contact_negative,
                    contacts_complete, disinfection_done, environment_negative, environment_positive, person_away)

struct Happening {
  AreaId community_id;
  HappeningId id;
  OrderId order_id;
  AreaId area_id;  // 0: the whole order.
  HappeningKind kind = HappeningKind::case_found;
  std::string ref;
  PersonId person_id;  // person_away only.
  Instant at{};
  std::optional<Instant> reported_at;
  std::optional<bool> outside_unit, kept_at_home, new_contacts;
  FactId fact_id;
  AccountId recorded_by;
  Instant recorded_at{};
  std::optional<AccountId> struck_by;
  std::optional<Instant> struck_at;
};
BOOST_DESCRIBE_STRUCT(Happening, (),
                      (community_id, id, order_id, area_id, kind, ref, person_id, at, reported_at, outside_unit,
                       kept_at_home, new_contacts, fact_id, recorded_by, recorded_at, struck_by, struck_at))

// A seal never closes these: somebody looked, with a photo.
enum class ExitKind { fire_exit, unit_door, compound_gate };
BOOST_DESCRIBE_ENUM(ExitKind, fire_exit, unit_door, compound_gate)
struct ExitCheck {
  AreaId community_id;
  ExitCheckId id;
  OrderId order_id;
  AreaId area_id;
  ExitKind kind = ExitKind::fire_exit;
  bool open = true;
  std::string note;
  store::Bytes photo;
  AccountId checked_by;
  Instant checked_at{};
};
BOOST_DESCRIBE_STRUCT(ExitCheck, (),
                      (community_id, id, order_id, area_id, kind, open, note, photo, checked_by, checked_at))

struct Objection {
  AreaId community_id;
  ObjectionId id;
  OrderId order_id;
  AreaId household_id;
  AccountId account_id;
  store::Bytes text;  // Sealed.
  Instant at{}, due_at{};
  std::string answered_for;  // The body that answers.
  std::string answer;
  std::optional<AccountId> answered_by;
  std::optional<Instant> answered_at;
};
BOOST_DESCRIBE_STRUCT(Objection, (),
                      (community_id, id, order_id, household_id, account_id, text, at, due_at, answered_for, answer,
                       answered_by, answered_at))

// One line for the live streams: something about an order is new.
struct Change {
  AreaId community_id;
  std::int64_t id = 0;
  OrderId order_id;
  std::string kind;
};
BOOST_DESCRIBE_STRUCT(Change, (), (community_id, id, order_id, kind))

}  // namespace firstline::seal
