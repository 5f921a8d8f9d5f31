#pragma once

// What the routes of signed codes take and answer. Octets are base64.

#include <optional>
#include <string>
#include <vector>

#include <boost/describe.hpp>

#include "base/id.hpp"
#include "health/wire.hpp"
#include "issuing/model.hpp"

namespace firstline::issuing::api {

// The phone makes a key pair that cannot leave it and sends the public half: P-256, 65 octets, base64.
struct AskCode {
  Uuid id;
  std::string holder;
  std::optional<PersonId> person_id;  // Of the own household: somebody who has no phone. None: me.
};
BOOST_DESCRIBE_STRUCT(AskCode, (), (id, holder, person_id))

// A code for the asker's phone. To be shown it needs the phone's signature over ["FL1-holder", code id, step].
struct PhoneCode {
  std::string code;     // "FL1:..."
  std::string code_id;  // base64
  int step_seconds = 0;
  Instant issued_at{}, expires_at{};
};
BOOST_DESCRIBE_STRUCT(PhoneCode, (), (code, code_id, step_seconds, issued_at, expires_at))

// At the desk: paper for a resident, a badge for a volunteer's shift, a visitor's code.
struct IssueCode {
  Uuid id;
  CodeKind kind = CodeKind::paper;
  std::optional<PersonId> person_id;      // Paper, and badges of residents.
  std::optional<PaperGround> ground;      // Paper.
  std::optional<int> days;                // Paper: 1 to 180; 7 if not said.
  std::optional<int> hours;               // Badges: up to 13; visitors: up to 2.
  std::optional<std::string> photo_hash;  // First 8 octets of SHA-256 over the picture; the picture itself stays away.
  std::optional<std::string> name;        // Of whoever is no resident; masked before it is signed.
  std::optional<std::string> last_four;   // Of their ID number or telephone.
  std::optional<std::string> unit;        // Where they go, or their post.
};
BOOST_DESCRIBE_STRUCT(IssueCode, (), (id, kind, person_id, ground, days, hours, photo_hash, name, last_four, unit))

struct PrintedCode {
  CodeRef code_ref;
  std::string code;
  std::string qr_svg;  // Level Q, for paper.
  std::string name_masked, last_four, unit;
  CodeKind kind = CodeKind::paper;
  Instant expires_at{};
};
BOOST_DESCRIBE_STRUCT(PrintedCode, (), (code_ref, code, qr_svg, name_masked, last_four, unit, kind, expires_at))

struct CodeView {
  CodeRef code_ref;
  CodeKind kind = CodeKind::personal;
  std::optional<PaperGround> ground;
  Instant issued_at{}, expires_at{};
  std::optional<Instant> revoked_at;
  std::optional<RevokeReason> revoke_reason;
};
BOOST_DESCRIBE_STRUCT(CodeView, (), (code_ref, kind, ground, issued_at, expires_at, revoked_at, revoke_reason))
struct CodeList {
  std::vector<CodeView> items;
};
BOOST_DESCRIBE_STRUCT(CodeList, (), (items))

struct RevokeCode {
  Uuid id;
  RevokeReason reason = RevokeReason::lost;
};
BOOST_DESCRIBE_STRUCT(RevokeCode, (), (id, reason))
struct CodesEnded {
  int ended = 0;
};
BOOST_DESCRIBE_STRUCT(CodesEnded, (), (ended))

// Keys of a community, and the withdrawals that wait for a second person.
struct WithdrawalView {
  WithdrawalId withdrawal_id;
  std::string reason;
  std::string asked_by_name;
  Instant asked_at{}, until{};
  bool may_confirm = false;  // Whoever asked may not.
};
BOOST_DESCRIBE_STRUCT(WithdrawalView, (), (withdrawal_id, reason, asked_by_name, asked_at, until, may_confirm))
struct KeyView {
  IssuerKeyRef key_ref;
  std::string key_id;  // 16 hexadecimal digits, as codes and lists name it.
  std::string quarter;
  KeyState state = KeyState::active;
  Instant valid_from{}, valid_until{};
  std::optional<WithdrawalView> withdrawal;
};
BOOST_DESCRIBE_STRUCT(KeyView, (), (key_ref, key_id, quarter, state, valid_from, valid_until, withdrawal))
struct KeyList {
  std::vector<KeyView> items;  // Newest first.
};
BOOST_DESCRIBE_STRUCT(KeyList, (), (items))
struct AskWithdrawal {
  Uuid id;
  std::string reason;
};
BOOST_DESCRIBE_STRUCT(AskWithdrawal, (), (id, reason))
struct WithdrawalAsked {
  WithdrawalId withdrawal_id;
};
BOOST_DESCRIBE_STRUCT(WithdrawalAsked, (), (withdrawal_id))

// A signed file: the octets are what is signed, the rest says the same for those who only look.
struct SignedFile {
  std::int64_t number = 0;
  Instant issued_at{}, not_after{};
  std::string octets;               // base64 of a COSE message.
  std::optional<std::string> root;  // Trust list: the root's public point, base64; phones keep the first they see.
};
BOOST_DESCRIBE_STRUCT(SignedFile, (), (number, issued_at, not_after, octets, root))

// A health certificate of another issuer (HC1), shown at a gate by somebody who was recognised before.
struct ShowCertificate {
  Uuid id;
  PersonId person_id;
  std::string qr;
};
BOOST_DESCRIBE_STRUCT(ShowCertificate, (), (id, person_id, qr))
struct Evidence {
  EvidenceKind kind = EvidenceKind::test;
  std::string issuer;
  std::optional<health::NatState> state;  // Tests: taken as a test result, with the sampling time.
  std::optional<Instant> sampled_at;
};
BOOST_DESCRIBE_STRUCT(Evidence, (), (kind, issuer, state, sampled_at))

// Whose health certificates a gate's phone may believe without a network.
struct HealthSigner {
  std::string key_id;  // 16 hexadecimal digits.
  std::string key;     // base64 of a SubjectPublicKeyInfo in DER: P-256 or RSA.
  Instant valid_from{}, valid_until{};
  std::vector<EvidenceKind> kinds;  // What it may sign.
  bool operator==(const HealthSigner&) const = default;
};
BOOST_DESCRIBE_STRUCT(HealthSigner, (), (key_id, key, valid_from, valid_until, kinds))

}  // namespace firstline::issuing::api
