#pragma once

// One of our own codes for tests, with everything that a test may want otherwise; verifies itself.

#include <functional>
#include <string>

#include "base/check.hpp"
#include "credential/lists.hpp"

namespace firstline::credential::test {

inline const Instant fl_now = Instant(std::chrono::seconds(1'647'316'800));  // 2022-03-15 12:00 in Shanghai.

inline FlClaims usual_claims() {
  FlClaims claims;
  claims.issuer = "620102001001";
  claims.issued_at = fl_now - std::chrono::hours(1);
  claims.expires_at = claims.issued_at + std::chrono::hours(2);
  claims.code_id = "codecode";
  claims.person = 123456789;
  claims.name_masked = "王*明";
  claims.last_four = "1234";
  claims.unit = "3-2-501";
  claims.colour = FlColourFact{FlColour::green, fl_now - std::chrono::hours(5), FlGrade::connector};
  claims.nat_state = FlNat::negative;
  claims.negative = FlNegative{fl_now - std::chrono::hours(20), fl_now - std::chrono::hours(12)};
  return claims;
}

// The longest that an issuer may sign.
inline FlClaims largest_claims() {
  FlClaims claims = usual_claims();
  claims.person = INT64_MAX;
  claims.name_masked = std::string(fl_name_octets_max, '*');
  claims.unit = std::string(fl_unit_octets_max, '0');
  claims.role = FlRole::volunteer;
  claims.holder = PrivateKey::make().public_key().compressed();
  return claims;
}

// Adds to the number of pairs in a map's head.
inline std::string flipped_count(std::string map, int more) {
  map[0] = static_cast<char>(map[0] + more);
  return map;
}

struct FlRecipe final : IssuerKeys {
  Instant now = fl_now;
  PrivateKey signer = PrivateKey::make(), phone = PrivateKey::make();
  std::string key_id = key_id_of(signer.public_key());
  IssuerKey trusted{
      key_id, signer.public_key(), "620102001001", fl_now - std::chrono::days(10), fl_now + std::chrono::days(80),
      false};
  FlClaims claims = usual_claims();
  std::optional<std::string> header;
  std::string other_header = "\xa0";
  std::function<std::string(std::string)> payload, signature, cose, text;
  int step_off = 0, signed_step_off = 0;
  bool torn_off = false, phone_anyway = false;
  std::string revoked;
  std::optional<std::chrono::seconds> list_age = std::chrono::seconds(60);

  FlRecipe() {
    claims.holder = phone.public_key().compressed();
    payload = signature = cose = text = [](std::string s) { return s; };
  }
  const IssuerKey* find(std::string_view id) const override { return id == trusted.key_id ? &trusted : nullptr; }

  std::string message() const {
    const std::string head =
        header.value_or(CborWriter().map(2).integer(1).integer(-7).integer(4).octets(key_id).take());
    const std::string body = payload(encode_claims(claims));
    const std::string signed_by = signature(signer.sign(signed_octets(head, body)));
    return cose(CborWriter().tag(18).array(4).octets(head).raw(other_header).octets(body).octets(signed_by).take());
  }
  std::string shown() const {
    if ((!claims.holder && !phone_anyway) || torn_off) return text(fl_text(message()));
    const std::int64_t step = holder_step_of(now) + step_off;
    return text(fl_presented(message(), step, phone.sign(holder_octets(claims.code_id, step + signed_step_off))));
  }
  FlReading read() const {
    KnownRevocations known(std::chrono::hours(24));
    if (list_age)
      FL_CHECK(known.take({1, now - *list_age, now + std::chrono::days(7), "620102001001", revoked}).has_value());
    return verify_fl(shown(), *this, &known, now);
  }
};

}  // namespace firstline::credential::test
