#include "credential/fl_lines.hpp"

#include <ostream>

#include "credential/base45.hpp"
#include "credential/certificate.hpp"
#include "credential/clock_text.hpp"
#include "credential/inflate.hpp"
#include "credential/lines.hpp"
#include "credential/lists.hpp"
#include "credential/payload_json.hpp"
#include "credential/text_codes.hpp"
#include "json/json.hpp"

namespace firstline::credential {
namespace {

constexpr std::chrono::hours list_age_max{24};

// A point (33 or 65 octets), a SubjectPublicKeyInfo or a certificate; raw, or as base64 or PEM.
Result<PublicKey> key_in(std::string_view text) {
  for (const std::string& octets : {std::string(text), from_base64(text).value_or("")})
    if (auto key = PublicKey::from_point(octets)) return key;
  FL_TRY(const auto certificate, read_certificate_text(text));
  return certificate->key;
}

std::string octets_in(std::string_view text) {
  const bool raw = !text.empty() && static_cast<unsigned char>(text.front()) >= 0x80;
  return raw ? std::string(text) : from_base64(text).value_or("");
}

// Keys named one by one sign for any issuer, at any time: for trying things out.
class NamedKeys final : public IssuerKeys {
 public:
  void add(PublicKey key) {
    std::string id = key_id_of(key);
    keys_.emplace(id, IssuerKey{id, std::move(key), {}, Instant::min(), Instant::max(), false});
  }
  // A key without an issuer of its own stands for the issuer that the code names.
  void take_issuer(const std::string& issuer) {
    for (auto& [id, key] : keys_) key.issuer = issuer;
  }
  const IssuerKey* find(std::string_view key_id) const override {
    const auto found = keys_.find(key_id);
    return found == keys_.end() ? nullptr : &found->second;
  }

 private:
  std::map<std::string, IssuerKey, std::less<>> keys_;
};

std::string issuer_named_in(std::string_view qr) {
  if (!qr.starts_with(fl_prefix)) return {};
  const auto octets = from_base45(qr.substr(fl_prefix.size()));
  Cbor document;
  if (!octets || !document.read(*octets, CborRules::deterministic)) return {};
  const CborValue root = document.root();
  CoseReader message;
  if (!message.read(root.is(CborKind::array) && root.item().count == 3 ? root.first() : root, CoseRules::strict))
    return {};
  const auto claims = decode_claims(message.message().payload);
  return claims ? claims->issuer : std::string();
}

struct Sources {
  std::vector<std::string> keys, revocations;
  std::string trust_list, root;
};

Result<FlReading> verify_with(const Sources& sources, std::string_view qr, Instant now) {
  NamedKeys named;
  TrustList trusted;
  const bool by_list = !sources.trust_list.empty();
  if (by_list) {
    FL_TRY(const auto root, key_in(sources.root));
    FL_TRY(trusted, read_trust_list(octets_in(sources.trust_list), root, now));
  } else {
    for (const std::string& text : sources.keys) {
      FL_TRY(auto key, key_in(text));
      named.add(std::move(key));
    }
    named.take_issuer(issuer_named_in(qr));
  }
  const IssuerKeys& keys = by_list ? static_cast<const IssuerKeys&>(trusted) : named;
  KnownRevocations revocations(list_age_max);
  for (const std::string& text : sources.revocations) {
    FL_TRY(auto list, read_revocations(octets_in(text), keys));
    FL_TRYV(revocations.take(std::move(list)));
  }
  return verify_fl(qr, keys, sources.revocations.empty() ? nullptr : &revocations, now);
}

std::string verdict_name(FlVerdict verdict) {
  return verdict == FlVerdict::accept ? "accept" : verdict == FlVerdict::reject ? "reject" : "unknown";
}

std::string claims_json(const FlClaims& claims) {
  Cbor document;
  std::string out;
  const std::string payload = encode_claims(claims);
  if (document.read(payload, CborRules::deterministic)) append_json(out, document.root());
  return out;
}

std::string answer_text(const FlReading& reading, const Emit& emit, LineText line) {
  line.text("verdict", verdict_name(reading.verdict));
  line.text("stage", name_of(reading.stage));
  if (reading.reason.empty()) line.null("reason");
  else line.text("reason", reading.reason);
  const FlChecks& found = reading.checks;
  line.flags("checks", {{"context", found.context},
                        {"base45", found.base45},
                        {"cose", found.cose},
                        {"cwt", found.cwt},
                        {"kid", found.kid},
                        {"signature", found.signature},
                        {"time", found.time},
                        {"revocation", found.revocation},
                        {"holder", found.holder}});
  if (found.cose.value_or(false)) line.text("kid", to_base64(reading.key_id));
  if (reading.claims) {
    line.text("iss", reading.claims->issuer);
    line.text("cti", to_hex(reading.claims->code_id));
    line.number("iat", to_millis(reading.claims->issued_at) / 1000);
    line.number("exp", to_millis(reading.claims->expires_at) / 1000);
    line.raw("copyable", reading.copyable ? "true" : "false");
    if (emit.payload) line.raw("payload", claims_json(*reading.claims));
  }
  return line.take();
}

// A JSON web key of P-256, or any of the forms of key_in.
Result<PublicKey> cose_key_in(const boost::json::value* value) {
  if (!value) return fail(FaultCode::invalid, "json.missing_field", {}, "/key");
  if (value->is_string()) {
    const std::string_view text = value->get_string();
    if (const auto octets = from_hex(text))
      if (auto key = PublicKey::from_point(*octets)) return key;
    return key_in(text);
  }
  const auto coordinate = [&](std::string_view name) -> std::string {
    const auto* member = value->is_object() ? value->get_object().if_contains(name) : nullptr;
    if (!member || !member->is_string()) return {};
    const std::string_view text = member->get_string();
    if (text.size() == 64)
      if (auto octets = from_hex(text)) return std::move(*octets);
    std::string octets = from_base64(text).value_or("");
    if (octets.size() < 32) octets.insert(0, 32 - octets.size(), '\0');  // Some leave leading zeros out.
    return octets;
  };
  return PublicKey::from_point("\x04" + coordinate("x") + coordinate("y"));
}

}  // namespace

Result<std::string> fl_answer(std::string_view question) {
  FL_TRY(const LineQuestion asked, LineQuestion::read(question));
  const auto qr = asked.text("qr");
  const auto clock_text = asked.text("clock");
  const auto clock = clock_text ? parse_clock(*clock_text) : std::nullopt;
  if (!qr) return fail(FaultCode::invalid, "json.missing_field", {}, "/qr");
  if (!clock) return fail(FaultCode::invalid, "line.clock_unreadable", {}, "/clock");
  Sources sources{asked.texts("keys"), asked.texts("revocations"), asked.text("trust_list").value_or(""),
                  asked.text("root").value_or("")};
  for (std::string& text : asked.texts("certs")) sources.keys.push_back(std::move(text));
  FL_TRY(const FlReading reading, verify_with(sources, *qr, *clock));
  return answer_text(reading, asked.emit(), asked.begin_answer());
}

Result<int> verify_one_fl(const Words& words, const std::string& qr, std::ostream& out) {
  const auto clock = parse_clock(words.one("--clock"));
  if (!clock) return fail(FaultCode::invalid, "usage.clock_unreadable", {}, "--clock");
  Sources sources;
  for (const auto& [flag, list] :
       {std::pair("--key", &sources.keys), {"--cert", &sources.keys}, {"--revocations", &sources.revocations}}) {
    for (const std::string& name : words.all(flag)) {
      FL_TRY(list->emplace_back(), read_file(name));
    }
  }
  for (const auto& [flag, text] : {std::pair("--trust", &sources.trust_list), {"--root", &sources.root}}) {
    if (!words.on(flag)) continue;
    FL_TRY(*text, read_file(words.one(flag)));
  }
  if (sources.keys.empty() && sources.trust_list.empty())
    return fail(FaultCode::invalid, "usage.key_missing", {}, "--key");
  FL_TRY(const FlReading reading, verify_with(sources, qr, *clock));
  out << answer_text(reading, {false, true}, LineText()) << '\n';
  return reading.verdict == FlVerdict::accept ? 0 : 1;
}

Result<std::string> cose_answer(std::string_view question) {
  FL_TRY(const LineQuestion asked, LineQuestion::read(question));
  std::optional<std::string> octets;
  for (const std::string_view name : {"hex", "cose", "cose_hex", "cbor"})
    if (const auto text = asked.text(name)) octets = from_hex(*text);
  if (!octets) return fail(FaultCode::invalid, "json.missing_field", {}, "/hex");
  const auto external = from_hex(asked.text("external").value_or(""));
  if (!external) return fail(FaultCode::invalid, "json.wrong_type", {}, "/external");
  const boost::json::value* key_text = nullptr;
  for (const std::string_view name : {"key", "cert", "public"})
    if (!key_text) key_text = asked.member(name);
  FL_TRY(const PublicKey key, cose_key_in(key_text));

  CoseReader message;
  const auto read = message.read(*octets, CoseRules::lenient);
  std::optional<bool> signature, algorithm;
  std::string stage = "ok", reason;
  if (!read) {
    stage = "cose";
    reason = reason_code(read.error().reason);
  } else {
    const auto answer = key.verify(message.message().algorithm.value_or(0), message.signed_octets(*external),
                                   message.message().signature);
    algorithm = answer != SignatureAnswer::wrong_key_kind;
    signature = answer == SignatureAnswer::good;
    if (!*algorithm) stage = "alg", reason = message.message().algorithm ? "ALG_UNSUPPORTED" : "ALG_MISSING";
    else if (!*signature)
      stage = "signature", reason = answer == SignatureAnswer::wrong ? "SIGNATURE_WRONG" : "SIGNATURE_LENGTH";
  }
  LineText line = asked.begin_answer();
  line.text("verdict", stage == "ok" ? "accept" : "reject");
  line.text("stage", stage);
  if (reason.empty()) line.null("reason");
  else line.text("reason", reason);
  line.flags("checks", {{"cose", read.has_value()}, {"alg", algorithm}, {"signature", signature}});
  if (read) {
    line.number("alg", message.message().algorithm);
    line.text("kid", to_base64(message.message().key_id.value_or("")));
    line.text("payload_hex", to_hex(message.message().payload));
  }
  return line.take();
}

int decode_text(std::string_view qr, std::ostream& out, std::ostream& err) {
  const bool hcert = qr.starts_with("HC1:"), own = qr.starts_with(fl_prefix);
  LineText line;
  line.text("qr", qr);
  const auto refuse = [&](const Fault& fault) {
    line.text("error", reason_code(fault.reason));
    out << line.take() << '\n';
    err << "firstline: " << fault.reason << '\n';
    return 1;
  };
  if (!hcert && !own) return refuse({FaultCode::invalid, "context.unknown", {}, {}});
  auto octets = from_base45(qr.substr(4));
  if (octets && hcert) octets = inflate(*octets);
  if (!octets) return refuse(octets.error());
  line.text("cose_hex", to_hex(*octets));
  Cbor document;
  if (const auto read = document.read(*octets, CborRules::lenient); !read) return refuse(read.error());
  const CborValue root = document.root();
  const bool presented = own && root.is(CborKind::array) && root.item().count == 3;
  CoseReader message;
  const auto read = message.read(presented ? root.first() : root, hcert ? CoseRules::lenient : CoseRules::strict);
  if (!read) return refuse(read.error());
  line.number("alg", message.message().algorithm);
  line.text("kid", to_base64(message.message().key_id.value_or("")));
  if (presented) line.number("step", root.first().following().integer());
  Cbor claims;
  if (const auto inside = claims.read(message.message().payload, CborRules::lenient); !inside)
    return refuse(inside.error());
  std::string text;
  append_json(text, claims.root());
  line.raw("claims", text);
  out << line.take() << '\n';
  return 0;
}

}  // namespace firstline::credential
