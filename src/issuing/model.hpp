#pragma once

// What is kept of issuing: keys, codes, signed lists.

#include <optional>
#include <string>

#include <boost/describe.hpp>

#include "base/id.hpp"
#include "base/time.hpp"
#include "store/value.hpp"

namespace firstline::issuing {

struct KeyTag {};
using IssuerKeyRef = Id<KeyTag>;
struct CodeTag {};
using CodeRef = Id<CodeTag>;

// Active: signs, or will. Retired: its time is over, its secret is wiped, what it signed still counts. Withdrawn:
// nothing that it signed counts.
enum class KeyState { active, retired, withdrawn };
BOOST_DESCRIBE_ENUM(KeyState, active, retired, withdrawn)

struct IssuerKeyRow {
  AreaId community_id;
  IssuerKeyRef id;
  store::Bytes key_id;  // 8 octets.
  store::Bytes point;   // 65 octets.
  store::Bytes secret;  // Sealed; empty once retired.
  std::string issuer;   // 12-digit division code.
  std::string quarter;  // "2022Q1"
  KeyState state = KeyState::active;
  Instant valid_from{}, valid_until{};  // Of signing.
  Instant made_at{};
};
BOOST_DESCRIBE_STRUCT(IssuerKeyRow, (),
                      (community_id, id, key_id, point, secret, issuer, quarter, state, valid_from, valid_until,
                       made_at))

struct WithdrawalTag {};
using WithdrawalId = Id<WithdrawalTag>;

// A key to be withdrawn (作废签发密钥): one person asks, another confirms within a day.
struct WithdrawalRow {
  AreaId community_id;
  WithdrawalId id;
  IssuerKeyRef issuer_key;
  std::string reason;
  AccountId asked_by;
  Instant asked_at{};
  std::optional<Instant> ended_at;  // Confirmed or taken back.
  AccountId ended_by;
  bool confirmed = false;
};
BOOST_DESCRIBE_STRUCT(WithdrawalRow, (),
                      (community_id, id, issuer_key, reason, asked_by, asked_at, ended_at, ended_by, confirmed))
inline constexpr std::chrono::hours withdrawal_waits{24};
inline bool is_open(const WithdrawalRow& row, Instant now) {
  return !row.ended_at && now - row.asked_at < withdrawal_waits;
}

// 个人码 纸质码 志愿者证 访客码
enum class CodeKind { personal, paper, badge, visitor };
BOOST_DESCRIBE_ENUM(CodeKind, personal, paper, badge, visitor)

// Why paper: 60 and above, under 18, disabled.
enum class PaperGround { elder, minor, disabled };
BOOST_DESCRIBE_ENUM(PaperGround, elder, minor, disabled)

enum class RevokeReason { lost, stolen, moved, facts_changed, mistake, other };
BOOST_DESCRIBE_ENUM(RevokeReason, lost, stolen, moved, facts_changed, mistake, other)

struct CodeRow {
  AreaId community_id;
  CodeRef id;
  store::Bytes code_id;  // 8 octets: what is revoked.
  PersonId person_id;    // 0: a visitor.
  CodeKind kind = CodeKind::personal;
  std::optional<PaperGround> ground;
  store::Bytes key_id;
  Instant issued_at{}, expires_at{};
  AccountId issued_by;
  std::optional<Instant> revoked_at;
  AccountId revoked_by;
  std::optional<RevokeReason> revoke_reason;
};
BOOST_DESCRIBE_STRUCT(CodeRow, (),
                      (community_id, id, code_id, person_id, kind, ground, key_id, issued_at, expires_at, issued_by,
                       revoked_at, revoked_by, revoke_reason))

// Trust and root are the whole city's: community 0. So are the signers of health certificates that are taken: base64,
// one a line, not signed by us.
enum class ListKind { root, trust, revocations, health_signers };
BOOST_DESCRIBE_ENUM(ListKind, root, trust, revocations, health_signers)

enum class EvidenceKind { test, vaccination, recovery };
BOOST_DESCRIBE_ENUM(EvidenceKind, test, vaccination, recovery)

struct SignedListRow {
  std::int64_t community_id = 0;
  ListKind kind = ListKind::revocations;
  std::int64_t number = 0;
  Instant issued_at{}, not_after{};
  store::Bytes octets;
};
BOOST_DESCRIBE_STRUCT(SignedListRow, (), (community_id, kind, number, issued_at, not_after, octets))

}  // namespace firstline::issuing
