#include "credential/fl.hpp"

#include "base/check.hpp"
#include "credential/base45.hpp"
#include "credential/hcert.hpp"

namespace firstline::credential {
namespace {

constexpr std::string_view holder_context = "FL1-holder";

// The code and what the phone put beside it.
struct Presented {
  CborValue code;
  std::optional<std::int64_t> step;
  std::string_view phone_signature;
};

Result<Presented> taken_apart(CborValue root) {
  if (!root.is(CborKind::array)) return Presented{root, {}, {}};
  if (root.item().count != 3) return fail(FaultCode::invalid, "fl.shape");
  const CborValue code = root.first(), step = code.following(), signature = step.following();
  if (!step.integer() || *step.integer() < 0 || *step.integer() > std::int64_t{UINT32_MAX} || !signature.octets())
    return fail(FaultCode::invalid, "fl.shape");
  return Presented{code, step.integer(), *signature.octets()};
}

class Check {
 public:
  explicit Check(FlReading& reading) : reading_(reading) {}
  // Writes the answer down; whether it is good.
  bool operator()(std::optional<bool> FlChecks::*check, FlStage stage, bool good, std::string_view reason) {
    reading_.checks.*check = good;
    if (!good && reading_.stage == FlStage::ok) {
      reading_.stage = stage;
      reading_.reason = reason_code(reason);
    }
    return good;
  }

 private:
  FlReading& reading_;
};

std::string_view time_trouble(const FlClaims& claims, const IssuerKey& key, Instant now) {
  if (claims.issued_at > now + issued_ahead_max) return "time.not_yet";
  if (now >= claims.expires_at) return "time.expired";
  if (claims.expires_at - claims.issued_at > lifetime_max(claims)) return "time.lives_too_long";
  if (claims.issued_at < key.valid_from || claims.issued_at >= key.valid_until) return "time.outside_key";
  return {};
}

std::string_view holder_trouble(const FlClaims& claims, const Presented& presented, Instant now) {
  if (!presented.step) return "holder.missing";
  const std::int64_t off = *presented.step - holder_step_of(now);
  if (off > holder_steps_off_max || off < -holder_steps_off_max) return "holder.stale";
  const auto phone = PublicKey::from_point(*claims.holder);
  if (!phone) return "holder.key_unreadable";
  const auto answer =
      phone->verify(algorithm_es256, holder_octets(claims.code_id, *presented.step), presented.phone_signature);
  return answer == SignatureAnswer::good ? std::string_view() : "holder.wrong";
}

}  // namespace

std::string_view name_of(FlStage stage) {
  constexpr std::array<std::string_view, 10> names{"ok",  "context",   "base45", "cose",       "cwt",
                                                   "kid", "signature", "time",   "revocation", "holder"};
  return names[static_cast<std::size_t>(stage)];
}

std::string issue_fl(const FlClaims& claims, std::string_view key_id, const PrivateKey& key) {
  auto made = make_cose(algorithm_es256, key_id, encode_claims(claims),
                        [&](std::string_view octets) -> Result<std::string> { return key.sign(octets); });
  FL_CHECK(made.has_value());
  return std::move(*made);
}

std::string fl_text(std::string_view cose) { return std::string(fl_prefix) + to_base45(cose); }

std::int64_t holder_step_of(Instant at) {
  return std::chrono::floor<std::chrono::seconds>(at).time_since_epoch() / holder_step;
}

std::string holder_octets(std::string_view code_id, std::int64_t step) {
  return CborWriter().array(3).text(holder_context).octets(code_id).integer(step).take();
}

std::string fl_presented(std::string_view cose, std::int64_t step, std::string_view phone_signature) {
  return fl_text(CborWriter().array(3).raw(cose).integer(step).octets(phone_signature).bytes());
}

FlReading verify_fl(std::string_view text, const IssuerKeys& keys, const Revocations* revocations, Instant now) {
  FlReading reading;
  Check check(reading);
  if (!check(&FlChecks::context, FlStage::context, text.starts_with(fl_prefix), "context.unknown")) return reading;
  auto octets = from_base45(text.substr(fl_prefix.size()));
  if (!check(&FlChecks::base45, FlStage::base45, octets.has_value(), octets ? "" : octets.error().reason))
    return reading;

  thread_local Cbor document;
  thread_local CoseReader reader;
  const auto read = [&]() -> Result<Presented> {
    FL_TRYV(document.read(*octets, CborRules::deterministic));
    FL_TRY(const Presented presented, taken_apart(document.root()));
    FL_TRYV(reader.read(presented.code, CoseRules::strict));
    if (reader.message().algorithm != algorithm_es256) return fail(FaultCode::invalid, "alg.unsupported");
    return presented;
  };
  const auto presented = read();
  if (!check(&FlChecks::cose, FlStage::cose, presented.has_value(), presented ? "" : presented.error().reason))
    return reading;
  reading.key_id = *reader.message().key_id;
  reading.step = presented->step;

  auto claims = decode_claims(reader.message().payload);
  if (!check(&FlChecks::cwt, FlStage::cwt, claims.has_value(), claims ? "" : claims.error().reason)) return reading;
  reading.claims = std::move(*claims);
  const FlClaims& said = *reading.claims;
  reading.copyable = !said.holder;

  const IssuerKey* const key = keys.find(reading.key_id);
  const std::string_view key_trouble = !key                         ? "kid.unknown"
                                       : key->withdrawn             ? "kid.withdrawn"
                                       : key->issuer != said.issuer ? "kid.other_issuer"
                                                                    : "";
  if (!check(&FlChecks::kid, FlStage::kid, key_trouble.empty(), key_trouble) && !key) return reading;
  const auto answer = key->key.verify(algorithm_es256, reader.signed_octets(), reader.message().signature);
  check(&FlChecks::signature, FlStage::signature, answer == SignatureAnswer::good,
        answer == SignatureAnswer::wrong_length ? "signature.length" : "signature.wrong");
  const auto time = time_trouble(said, *key, now);
  check(&FlChecks::time, FlStage::time, time.empty(), time);
  const auto revoked = revocations ? revocations->revoked(said.issuer, said.code_id, now) : std::nullopt;
  if (revoked) check(&FlChecks::revocation, FlStage::revocation, !*revoked, "revocation.revoked");
  if (said.holder) {
    const auto holder = holder_trouble(said, *presented, now);
    check(&FlChecks::holder, FlStage::holder, holder.empty(), holder);
  } else if (presented->step) {
    check(&FlChecks::holder, FlStage::holder, false, "holder.unasked");
  }
  if (reading.stage != FlStage::ok) return reading;
  reading.verdict = revoked ? FlVerdict::accept : FlVerdict::unknown;
  if (!revoked) {
    reading.stage = FlStage::revocation;
    reading.reason = "REVOCATION_UNKNOWN";
  }
  return reading;
}

}  // namespace firstline::credential
