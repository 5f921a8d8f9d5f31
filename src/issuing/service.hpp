#pragma once

// Issues, reads and revokes the community's own codes, and keeps its keys. Every function runs inside the caller's
// transaction. Faults: code.unknown (not_found), code.ended, code.paper_not_for_them, code.nothing_to_compare
// (conflict), code.bad_kind, code.bad_days, code.bad_hours, code.bad_holder, code.bad_photo, code.name_missing
// (invalid); scan.not_your_household (forbidden); person.unknown; trust.none, revocations.none (not_found).

#include <map>

#include "area/model.hpp"
#include "credential/lists.hpp"
#include "credential/pack_statement.hpp"
#include "http/route.hpp"
#include "issuing/api.hpp"
#include "person/service.hpp"
#include "policy/rules_in_force.hpp"
#include "store/database.hpp"

namespace firstline::issuing {

struct Ground {  // Outlives what is done with it.
  const person::Directory* people;
  const policy::RulesInForce* rules;
};

// A resident's code for the phone that asks, good for a day.
Result<api::PhoneCode> issue_for_phone(http::Call& call, const Ground& ground, const api::AskCode& command);
// Paper, badge or visitor, at the desk.
Result<api::PrintedCode> issue_at_desk(http::Call& call, const Ground& ground, AreaId community,
                                       const api::IssueCode& command);
// Without a person: badges and visitors' codes of people who are on no list.
Result<api::CodeList> codes_of(store::Session& session, AreaId community, PersonId person);
Result<api::CodeView> revoke(http::Call& call, const Ground& ground, AreaId community, CodeRef code,
                             RevokeReason reason);
// All live codes of a person: a lost phone, a colour that changed.
Result<int> revoke_all_of(http::Call& call, const Ground& ground, AreaId community, PersonId person,
                          RevokeReason reason);

// Who a code names, as it was shown at `at`. What is not signed by a key of ours, or was never issued here, is
// person.unknown_code; code.expired (stale): its time is over, or it is a picture; code.revoked, code.not_from_phone
// (conflict).
struct Recognised {
  person::PersonRef person;  // No person: a visitor's code or a badge, of that community all the same.
  credential::FlClaims claims;
};
Result<Recognised> read_code(store::Session& session, std::string_view text, Instant at);
// When the last paper ends that somebody had at that moment and that was not revoked then; it may have ended in the
// days before. Empty: none.
Result<std::optional<Instant>> paper_until(store::Session& session, AreaId community, PersonId person, Instant moment);
// The same of everybody in a community who had one.
Result<std::map<PersonId, Instant>> papers_until(store::Session& session, AreaId community, Instant moment);

// Which signed files there are, by number; 0: none yet.
struct FileNumbers {
  std::int64_t trust = 0, revocations = 0;
};
Result<FileNumbers> file_numbers(store::Session& session, AreaId community);
// Signs what a gate's phone is given with the community's key; the issuer is put in here. Octets. A session that may
// write makes the key and the first list if they are not there; on another: fault key.none (not_found).
Result<std::string> sign_pack(store::Session& session, const Ground& ground, AreaId community,
                              credential::PackStatement statement, Instant now, Random& random);
inline constexpr const char* trust_path = "/api/v1/trust-list";
std::string revocations_path(AreaId community);

// The signed files. Revocations of a community that has issued nothing yet: revocations.none.
Result<api::SignedFile> trust_file(store::Session& session);
Result<api::SignedFile> revocation_file(store::Session& session, AreaId community);

// Makes the community's key and its first list before anybody asks for a code. Whether anything was made.
Result<bool> begin(store::Session& session, const Ground& ground, AreaId community, Instant now, Random& random);
// Keeps keys and lists fresh: next quarter's key two weeks ahead, ended keys retired, each list signed again within the
// hour, codes long over forgotten. Safe to call often, and on every node.
Result<void> tend(store::Database& database, const person::Directory& people, Instant now, Random& random);

// The root signs the list of all keys; `root` comes from a file that lives elsewhere. The number of keys on it.
struct TrustSigned {
  std::int64_t number = 0;
  int keys = 0;
};
Result<TrustSigned> sign_trust(store::Session& session, const credential::PrivateKey& root, std::chrono::days good_for,
                               Instant now);
// Nothing that this key signed counts any more: here at once, at gates without a network once the trust list is signed
// again. For whoever holds the root's key, at the command line. Fault key.unknown.
Result<void> withdraw_key(store::Session& session, std::string_view key_id_hex, Instant now);

// The same in two steps, by two persons of the office. Codes that people hold are void with it; new ones are signed by
// a new key. Faults: key.unknown, key.no_withdrawal (not_found); key.reason_missing (invalid); key.withdrawn,
// key.withdrawal_asked, key.withdrawal_ended (conflict); key.by_the_same (forbidden).
Result<api::KeyList> keys_of(http::Call& call, AreaId community);
Result<WithdrawalId> ask_withdrawal(http::Call& call, AreaId community, IssuerKeyRef key, std::string reason);
Result<void> confirm_withdrawal(http::Call& call, const Ground& ground, AreaId community, WithdrawalId withdrawal);
// By anybody of them, whoever asked too.
Result<void> take_withdrawal_back(http::Call& call, AreaId community, WithdrawalId withdrawal);

// Evidence from another issuer's health certificate, where health.signed_certificates says so. Faults (conflict):
// certificate.not_taken_here, certificate.refused (detail: which check), certificate.of_somebody_else,
// certificate.no_nucleic_acid_test, certificate.no_result, certificate.no_sampling_time.
Result<api::Evidence> take_certificate(http::Call& call, const Ground& ground, const area::Gate& gate,
                                       const api::ShowCertificate& command);
// For gates' phones; nobody where the rules take no such certificates.
Result<std::vector<api::HealthSigner>> health_signers(store::Session& session, const Ground& ground,
                                                      const std::string& division_code, Instant now);
// Whose health certificates count: base64 certificates, one a line. Their number. Fault certificate.unreadable.
Result<int> put_health_signers(store::Session& session, std::string_view lines, Instant now);

// GET trust-list, communities/{community}/revocations; POST my/phone-codes; the desk's codes; the office's keys.
// `ground` outlives the table.
void add_routes(http::RouteTable& table, const Ground& ground);

}  // namespace firstline::issuing
