#include "credential/hcert.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include "credential/base45.hpp"
#include "credential/inflate.hpp"

namespace firstline::credential {
namespace {

constexpr std::string_view prefix = "HC1:";
constexpr std::int64_t issuer_claim = 1, expires_claim = 4, issued_claim = 6, health_claim = -260, dcc_claim = 1;

void note(HcertReading& reading, Stage stage, std::string_view reason) {
  if (reading.stage != Stage::ok) return;
  reading.stage = stage;
  reading.reason = reason_code(reason);
}

// Seconds since 1970; a fraction is cut off.
std::optional<std::int64_t> seconds_of(CborValue value) {
  value = value.untagged();
  if (const auto whole = value.integer()) return whole;
  if (!value.is(CborKind::real) || !std::isfinite(value.item().real) || std::abs(value.item().real) > 9e15)
    return std::nullopt;
  return static_cast<std::int64_t>(value.item().real);
}

std::int64_t floor_seconds(Instant at) {
  return std::chrono::floor<std::chrono::seconds>(at).time_since_epoch().count();
}

bool says_something(CborValue payload, std::string_view key) {
  const auto value = payload.find(key);
  if (!value) return false;
  const CborValue inside = value->untagged();
  if (inside.is(CborKind::array)) return inside.item().count > 0;
  return !inside.is(CborKind::null) && !inside.is(CborKind::undefined);
}

}  // namespace

std::string_view name_of(Stage stage) {
  constexpr std::array<std::string_view, 11> names{"ok",  "context", "base45",    "zlib", "cose",    "cwt",
                                                   "kid", "alg",     "signature", "time", "keyusage"};
  return names[static_cast<std::size_t>(stage)];
}

std::string reason_code(std::string_view fault_reason) {
  std::string code(fault_reason);
  for (char& c : code) c = c == '.' ? '_' : c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
  return code;
}

HcertReading HcertVerifier::verify(std::string_view qr, std::span<const CertificateRef> certificates,
                                   std::optional<Instant> clock, bool with_schema) {
  HcertReading reading;
  payload_.reset();
  if (!open(qr, reading) || !read_claims(reading)) return reading;
  const Certificate* const signer = check_signature(certificates, reading);
  check_time(signer, clock, reading);
  check_usage(signer, reading);
  if (with_schema) {
    reading.warnings = schema_warnings(*payload_);
    reading.checks.schema = reading.warnings.empty();
  }
  return reading;
}

bool HcertVerifier::open(std::string_view qr, HcertReading& reading) {
  reading.checks.context = qr.starts_with(prefix);
  if (!*reading.checks.context) {
    note(reading, Stage::context, "context.unknown");
    return false;
  }
  auto compressed = from_base45(qr.substr(prefix.size()));
  reading.checks.base45 = compressed.has_value();
  if (!compressed) {
    note(reading, Stage::base45, compressed.error().reason);
    return false;
  }
  reading.compressed = std::move(*compressed);
  auto cose = inflate(reading.compressed);
  reading.checks.zlib = cose.has_value();
  if (!cose) {
    note(reading, Stage::zlib, cose.error().reason);
    return false;
  }
  reading.cose = std::move(*cose);
  const auto read = cose_.read(reading.cose, CoseRules::lenient);
  reading.checks.cose = read.has_value();
  if (!read) {
    note(reading, Stage::cose, read.error().reason);
    return false;
  }
  reading.algorithm = cose_.message().algorithm;
  reading.key_id = cose_.message().key_id.value_or("");
  return true;
}

bool HcertVerifier::read_claims(HcertReading& reading) {
  const auto fail_with = [&](std::string_view reason) {
    reading.checks.cwt = false;
    note(reading, Stage::cwt, reason);
    return false;
  };
  if (const auto read = claims_.read(cose_.message().payload, CborRules::lenient); !read)
    return fail_with(read.error().reason);
  const CborValue claims = claims_.root().untagged();
  if (!claims.is(CborKind::map)) return fail_with("cwt.not_a_map");
  if (const auto issuer = claims.find(issuer_claim)) reading.issuer = issuer->text().value_or("");
  for (const auto& [claim, field] :
       {std::pair(issued_claim, &reading.issued_at), {expires_claim, &reading.expires_at}}) {
    const auto value = claims.find(claim);
    if (!value) continue;
    *field = seconds_of(*value);
    if (!*field) return fail_with("cwt.time_unreadable");
  }
  const auto health = claims.find(health_claim);
  const auto payload = health ? health->untagged().find(dcc_claim) : std::nullopt;
  if (!payload || !payload->untagged().is(CborKind::map)) return fail_with("cwt.no_certificate");
  payload_ = payload->untagged();
  reading.checks.cwt = true;
  return true;
}

// The certificate that signed; if none did, the one that was meant.
const Certificate* HcertVerifier::check_signature(std::span<const CertificateRef> certificates, HcertReading& reading) {
  std::vector<const Certificate*> meant;
  for (const CertificateRef& certificate : certificates)
    if (certificate->key_id == reading.key_id) meant.push_back(certificate.get());
  reading.checks.kid = !meant.empty();
  if (meant.empty()) {
    note(reading, Stage::kid, reading.key_id.empty() ? "kid.missing" : "kid.unknown");
    for (const CertificateRef& certificate : certificates) meant.push_back(certificate.get());
  }
  if (meant.empty()) return nullptr;
  reading.checks.signature = false;
  if (!reading.algorithm) {
    note(reading, Stage::alg, "alg.missing");
    return meant.front();
  }
  if (*reading.algorithm != algorithm_es256 && *reading.algorithm != algorithm_ps256) {
    note(reading, Stage::alg, "alg.unsupported");
    return meant.front();
  }
  const std::string_view octets = cose_.signed_octets();
  auto best = SignatureAnswer::wrong_key_kind;
  for (const Certificate* certificate : meant) {
    const auto answer = certificate->key.verify(*reading.algorithm, octets, cose_.message().signature);
    if (answer == SignatureAnswer::good) {
      reading.checks.signature = true;
      return certificate;
    }
    if (answer != SignatureAnswer::wrong_key_kind) best = answer;
  }
  if (best == SignatureAnswer::wrong_key_kind) note(reading, Stage::alg, "alg.other_key_kind");
  else note(reading, Stage::signature, best == SignatureAnswer::wrong ? "signature.wrong" : "signature.length");
  return meant.front();
}

void HcertVerifier::check_time(const Certificate* signer, std::optional<Instant> clock, HcertReading& reading) {
  if (!clock) {
    note(reading, Stage::time, "clock.missing");
    return;
  }
  reading.checks.time = false;
  if (!reading.issued_at || !reading.expires_at) return note(reading, Stage::time, "time.missing");
  if (floor_seconds(*clock) < *reading.issued_at) return note(reading, Stage::time, "time.not_yet");
  if (floor_seconds(*clock) > *reading.expires_at) return note(reading, Stage::time, "time.expired");
  if (signer &&
      (*reading.issued_at < floor_seconds(signer->not_before) || *reading.issued_at > floor_seconds(signer->not_after)))
    return note(reading, Stage::time, "time.outside_certificate");
  reading.checks.time = true;
}

void HcertVerifier::check_usage(const Certificate* signer, HcertReading& reading) {
  if (!signer) return;
  constexpr std::pair<std::string_view, Usage> kinds[] = {
      {"t", Usage::test}, {"v", Usage::vaccination}, {"r", Usage::recovery}};
  reading.checks.keyusage = std::all_of(std::begin(kinds), std::end(kinds), [&](const auto& kind) {
    return !says_something(*payload_, kind.first) || signer->may_sign(kind.second);
  });
  if (!*reading.checks.keyusage) note(reading, Stage::keyusage, "keyusage.not_for_this_kind");
}

}  // namespace firstline::credential
