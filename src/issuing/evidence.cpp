// Health certificates of other issuers (HC1) as evidence at a gate, where the policy says so. A test becomes a test
// result of the person that it names; a vaccination or recovery is shown to the keeper and kept nowhere: no rule asks
// for it.

#include <algorithm>
#include <sstream>

#include "credential/clock_text.hpp"
#include "credential/hcert.hpp"
#include "credential/payload_json.hpp"
#include "credential/text_codes.hpp"
#include "health/service.hpp"
#include "issuing/parts.hpp"
#include "issuing/service.hpp"
#include "json/json.hpp"
#include "person/names.hpp"

namespace firstline::issuing {
namespace {

using credential::CborKind;
using credential::CborValue;
using store::Session;

constexpr std::string_view parameter = "health.signed_certificates";
// LOINC and SNOMED CT, as the EU's value sets have them.
constexpr std::string_view nucleic_acid_test = "LP6464-4", not_detected = "260415000", detected = "260373001";

tl::unexpected<Fault> refused(std::string_view reason, std::string detail = {}) {
  return fail(FaultCode::conflict, reason, std::move(detail), "/qr");
}

std::string text_of(CborValue map, std::string_view key) {
  const auto value = map.find(key);
  const auto text = value ? value->untagged().text() : std::nullopt;
  return std::string(text.value_or(""));
}

std::optional<CborValue> first_entry(CborValue payload, std::string_view kind) {
  const auto list = payload.find(kind);
  if (!list || !list->untagged().is(CborKind::array) || list->untagged().item().count == 0) return std::nullopt;
  return list->untagged().first();
}

std::string letters_of(std::string_view text) {
  std::string letters;
  for (const char c : text)
    if ((c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z')) letters += static_cast<char>(c | 0x20);
  return letters;
}

// The day of birth, and the name in its own characters or as it is read; family name first or last.
bool names(CborValue payload, const person::Person& person) {
  const auto name = payload.find("nam");
  if (!name || !person.born_on || text_of(payload, "dob") != format_date(*person.born_on)) return false;
  const std::string family = text_of(*name, "fn"), given = text_of(*name, "gn");
  if (!person.name.empty() && (family + given == person.name || given + family == person.name)) return true;
  const std::string family_read = letters_of(text_of(*name, "fnt")), given_read = letters_of(text_of(*name, "gnt"));
  const std::string read = person::spoken(person.name).letters();
  return !read.empty() && (family_read + given_read == read || given_read + family_read == read);
}

// Parsed once a thread; the list changes a few times a year.
Result<std::vector<credential::CertificateRef>> signers(Session& session) {
  thread_local credential::CertificateShelf shelf;
  FL_TRY(const auto list, load_list(session, {}, ListKind::health_signers));
  std::vector<credential::CertificateRef> found;
  std::istringstream lines(list ? issuing::text_of(list->octets) : std::string());
  for (std::string line; std::getline(lines, line);)
    if (auto certificate = shelf.take(line)) found.push_back(std::move(*certificate));
  return found;
}

Result<bool> taken_at(const Ground& ground, const std::string& division_code, Instant now) {
  FL_TRY(const auto rules, ground.rules->at(division_code, now));
  const auto found = rules->set.parameters.find(parameter);
  if (found == rules->set.parameters.end()) return false;
  const bool* const taken = std::get_if<bool>(&found->second.parameter.value);
  return taken && *taken;
}

struct TakenBody {
  EvidenceKind kind = EvidenceKind::test;
  std::string issuer;
  std::optional<Instant> sampled_at;
  std::optional<health::NatState> state;
};
BOOST_DESCRIBE_STRUCT(TakenBody, (), (kind, issuer, sampled_at, state))

Result<void> take_test(http::Call& call, person::PersonRef who, CborValue test, const credential::HcertReading& reading,
                       api::Evidence& evidence) {
  if (text_of(test, "tt") != nucleic_acid_test) return refused("certificate.no_nucleic_acid_test");
  const std::string result = text_of(test, "tr");
  if (result != not_detected && result != detected) return refused("certificate.no_result");
  evidence.state = result == detected ? health::NatState::positive : health::NatState::negative;
  evidence.sampled_at = credential::parse_clock(text_of(test, "sc"));
  if (!evidence.sampled_at) return refused("certificate.no_sampling_time");
  const Instant issued = Instant(std::chrono::seconds(*reading.issued_at));
  const Instant reported = credential::parse_clock(text_of(test, "dr")).value_or(issued);
  FL_TRY(const auto stands, health::standing(*call.session, who.community_id, who.person_id));
  const auto& last = stands.nat.last_negative;
  if (*evidence.state == health::NatState::negative && last && last->sampled_at == *evidence.sampled_at)
    return {};  // Shown before.
  return health::record_nat(*call.session, who.community_id, who.person_id,
                            {*evidence.sampled_at, std::max(reported, *evidence.sampled_at), *evidence.state,
                             "signed: HC1 " + reading.issuer},
                            call.now);
}

}  // namespace

Result<api::Evidence> take_certificate(http::Call& call, const Ground& ground, const area::Gate& gate,
                                       const api::ShowCertificate& command) {
  FL_TRY(const bool taken_here, taken_at(ground, policy::division_code(gate.path), call.now));
  if (!taken_here) return refused("certificate.not_taken_here");
  const person::PersonRef who{gate.community_id, command.person_id};
  FL_TRY(const auto person, ground.people->find(*call.session, who));
  FL_TRY(const auto certificates, signers(*call.session));
  credential::HcertVerifier verifier;
  const auto reading = verifier.verify(command.qr, certificates, call.now, false);
  if (!reading.accepted()) return refused("certificate.refused", reading.reason);
  const CborValue payload = *verifier.payload();
  if (!names(payload, person)) return refused("certificate.of_somebody_else");
  api::Evidence evidence;
  evidence.issuer = credential::to_nfc(reading.issuer).substr(0, 40);
  if (const auto test = first_entry(payload, "t")) {
    evidence.kind = EvidenceKind::test;
    FL_TRYV(take_test(call, who, *test, reading, evidence));
  } else {
    evidence.kind = first_entry(payload, "v") ? EvidenceKind::vaccination : EvidenceKind::recovery;
  }
  FL_TRYV(note_fact(*call.session, {call.actor.account, call.actor.device}, gate.community_id,
                    "issuing.certificate_taken", "person:" + format_id(who.person_id.value),
                    json::write(TakenBody{evidence.kind, evidence.issuer, evidence.sampled_at, evidence.state}),
                    call.now));
  return evidence;
}

Result<std::vector<api::HealthSigner>> health_signers(Session& session, const Ground& ground,
                                                      const std::string& division_code, Instant now) {
  std::vector<api::HealthSigner> known;
  FL_TRY(const bool taken_here, taken_at(ground, division_code, now));
  if (!taken_here) return known;
  FL_TRY(const auto certificates, signers(session));
  using credential::Usage;
  constexpr std::pair<Usage, EvidenceKind> kinds[] = {{Usage::test, EvidenceKind::test},
                                                      {Usage::vaccination, EvidenceKind::vaccination},
                                                      {Usage::recovery, EvidenceKind::recovery}};
  for (const auto& certificate : certificates) {
    if (certificate->key.kind() == credential::KeyKind::other) continue;
    api::HealthSigner signer{person::hex(std::as_bytes(std::span(certificate->key_id))),
                             credential::to_base64(certificate->key.to_der()),
                             certificate->not_before,
                             certificate->not_after,
                             {}};
    for (const auto& [usage, kind] : kinds)
      if (certificate->may_sign(usage)) signer.kinds.push_back(kind);
    known.push_back(std::move(signer));
  }
  return known;
}

Result<int> put_health_signers(Session& session, std::string_view lines, Instant now) {
  std::istringstream in{std::string(lines)};
  std::string kept;
  int count = 0, number = 0;
  for (std::string line; std::getline(in, line);) {
    ++number;
    if (line.find_first_not_of(" \t\r") == std::string::npos) continue;
    if (!credential::read_certificate_text(line))
      return fail(FaultCode::invalid, "certificate.unreadable", {}, "line " + std::to_string(number));
    kept += line + "\n";
    ++count;
  }
  FL_TRY(const auto before, load_list(session, {}, ListKind::health_signers));
  FL_TRYV(put_list(session, {0, ListKind::health_signers, before ? before->number + 1 : 1, now, now, bytes_of(kept)}));
  FL_TRYV(
      note_fact(session, {}, {}, "issuing.health_signers_put", "health_signers:" + std::to_string(count), "{}", now));
  return count;
}

}  // namespace firstline::issuing
