#pragma once

// Who may come and go: entry passes of households, visits and trips. Pure: plain values, no rule about a gate.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/id.hpp"
#include "base/time.hpp"
#include "policy/risk_place.hpp"

namespace firstline::movement {

struct PassTag {};
using PassId = Id<PassTag>;
struct ApprovalTag {};
using ApprovalId = Id<ApprovalTag>;

// Entry pass 出入证 of a household. Its time runs out by itself; every other end is said by a person.
enum class PassState : std::uint8_t { live, lost, replaced, withdrawn };
enum class PassForm : std::uint8_t { phone, printed };
struct HouseholdPass {
  AreaId community_id;
  PassId id;
  AreaId household_id;
  std::string number;  // On the card and in its QR: ten letters and digits, random, unique in the community.
  PassState state = PassState::live;
  PassForm form = PassForm::phone;
  Instant valid_from{};
  Instant valid_until{};  // First moment at which it is no longer valid.
  Instant issued_at{};
  AccountId issued_by;
  std::optional<Instant> ended_at;
  AccountId ended_by;
};
// What a keeper is told about a card.
enum class PassFinding : std::uint8_t { valid, not_yet, expired, lost, replaced, withdrawn, elsewhere };
PassFinding finding(const HouseholdPass& pass, Instant now);

// One outing that the community lets somebody make whatever the orders say (医疗 陪护 丧事 考试 公务 其他).
enum class ApprovalGround : std::uint8_t { medical, care, funeral, exam, official_duty, other };
struct Approval {
  AreaId community_id;
  ApprovalId id;
  AreaId household_id;
  PersonId person_id;  // 0: whoever of the household.
  Date day{};
  ApprovalGround ground = ApprovalGround::medical;
  Instant at{};
  AccountId approved_by;
};

// A visit 访客. Invited by the host or asked for at the gate; a courier announces themselves. Its time runs out by
// itself.
enum class VisitKind : std::uint8_t { guest, tradesman, carer, courier };
enum class VisitState : std::uint8_t { invited, asked, announced, confirmed, declined, inside, left, withdrawn };
enum class AnsweredBy : std::uint8_t { page, call };  // The host on their own page, or a keeper who telephoned.

// When somebody may come: once, or on these days of the week between these minutes of the day. [from, until).
struct VisitHours {
  Instant from{};
  Instant until{};
  int weekdays = 0;  // Bit 0 is Monday; 0 = once.
  int minute_from = 0;
  int minute_until = 24 * 60;
};
struct Span {
  Instant from{}, until{};
  bool operator==(const Span&) const = default;
};
// The span that matters at `now`: of a repeated visit the one of today, or the next; nothing when there is none left.
std::optional<Span> span_at(const VisitHours& hours, Instant now);
// Whether a gate may expect them: the host has said so, and it is not over.
bool is_expected(VisitState state);

enum class TripState : std::uint8_t { filed, open, closed, cancelled };
using policy::Risk;

// A trip to another district 跨区出行: whom it is for, how, and who said so.
enum class TripPurpose : std::uint8_t { work, medical, family, study, business, other };
enum class Transport : std::uint8_t { car, train, plane, coach, other };
enum class TripSource : std::uint8_t { resident, gate, office, paper };

using policy::RiskFound;
using policy::RiskList;
using policy::RiskPlace;

// What follows on return: proposed by the policy, decided by a person.
enum class FollowUp : std::uint8_t { test, home_monitoring, home, central };
enum class FollowUpState : std::uint8_t { proposed, accepted, dismissed, taken_back };

// What a gate asks about somebody who lives behind it.
struct TripNow {
  TripId id;
  TripState state = TripState::filed;
  Risk risk = Risk::low;
  Date leaves_on{};
  Date back_on{};
  bool operator==(const TripNow&) const = default;
};
// Spans and days as they are kept: what they mean at a moment is the gate's to say.
struct PassTerm {
  std::optional<Instant> from, until;  // [from, until)
  bool operator==(const PassTerm&) const = default;
};
struct Standing {
  std::optional<PassTerm> passes_asked;  // When the compound asks for passes.
  std::optional<PassTerm> pass;          // Of the household.
  std::vector<Date> approved_days;       // Of this person, alone or with the whole home; from today on.
  std::optional<TripNow> trip;
  bool operator==(const Standing&) const = default;
};

}  // namespace firstline::movement
