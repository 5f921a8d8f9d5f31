#pragma once

// Issuers for tests: keys, certificates with chosen times and uses, and health certificates built wrong on purpose.

#include <cstring>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include <openssl/ec.h>
#include <openssl/evp.h>
#include <openssl/rsa.h>
#include <openssl/x509.h>
#include <openssl/x509v3.h>

#include "base/check.hpp"
#include "credential/base45.hpp"
#include "credential/certificate.hpp"
#include "credential/cose.hpp"
#include "credential/inflate.hpp"

namespace firstline::credential::test {

inline constexpr std::int64_t noon = 1'647'316'800;  // 2022-03-15 12:00 in Shanghai, seconds.
inline constexpr std::int64_t day = 86400;

struct Issuer {
  std::shared_ptr<EVP_PKEY> key;
  std::string der;  // Its certificate.
  std::string key_id;

  std::string ps256(std::string_view octets, int salt = 32) const {
    EVP_MD_CTX* context = EVP_MD_CTX_new();
    EVP_PKEY_CTX* parameters = nullptr;
    std::size_t length = 0;
    FL_CHECK(EVP_DigestSignInit(context, &parameters, EVP_sha256(), nullptr, key.get()) == 1 &&
             EVP_PKEY_CTX_set_rsa_padding(parameters, RSA_PKCS1_PSS_PADDING) == 1 &&
             EVP_PKEY_CTX_set_rsa_pss_saltlen(parameters, salt) == 1);
    const auto* data = reinterpret_cast<const unsigned char*>(octets.data());
    FL_CHECK(EVP_DigestSign(context, nullptr, &length, data, octets.size()) == 1);
    std::string signature(length, '\0');
    FL_CHECK(
        EVP_DigestSign(context, reinterpret_cast<unsigned char*>(signature.data()), &length, data, octets.size()) == 1);
    EVP_MD_CTX_free(context);
    signature.resize(length);
    return signature;
  }
  std::string sign(std::int64_t algorithm, std::string_view octets) const {
    if (PublicKey(key).kind() == KeyKind::other && EVP_PKEY_get_base_id(key.get()) == EVP_PKEY_EC)
      return std::string(96, '\x11');
    return algorithm == algorithm_ps256 ? ps256(octets) : PrivateKey(key).sign(octets);
  }
};

// A self-signed certificate of this key; `usages` as in "1.3.6.1.4.1.1847.2021.1.1,clientAuth", none if empty.
inline Issuer issuer_with(std::shared_ptr<EVP_PKEY> key, std::int64_t from, std::int64_t until,
                          const std::string& usages = {}) {
  X509* certificate = X509_new();
  X509_set_version(certificate, 2);
  ASN1_INTEGER_set(X509_get_serialNumber(certificate), 7);
  ASN1_TIME_set(X509_getm_notBefore(certificate), from);
  ASN1_TIME_set(X509_getm_notAfter(certificate), until);
  X509_set_pubkey(certificate, key.get());
  const auto* name = reinterpret_cast<const unsigned char*>("Issuer for tests");
  X509_NAME_add_entry_by_txt(X509_get_subject_name(certificate), "CN", MBSTRING_UTF8, name, -1, -1, 0);
  X509_set_issuer_name(certificate, X509_get_subject_name(certificate));
  if (!usages.empty()) {
    X509_EXTENSION* extension = X509V3_EXT_conf_nid(nullptr, nullptr, NID_ext_key_usage, usages.c_str());
    FL_CHECK(extension != nullptr);
    X509_add_ext(certificate, extension, -1);
    X509_EXTENSION_free(extension);
  }
  FL_CHECK(X509_sign(certificate, key.get(), EVP_sha256()) > 0);
  unsigned char* der = nullptr;
  const int length = i2d_X509(certificate, &der);
  Issuer issuer{std::move(key), std::string(reinterpret_cast<char*>(der), static_cast<std::size_t>(length)), {}};
  OPENSSL_free(der);
  X509_free(certificate);
  issuer.key_id = sha256(issuer.der).substr(0, 8);
  return issuer;
}
inline Issuer ec_issuer(const std::string& usages = {}, const char* curve = "prime256v1") {
  return issuer_with({EVP_EC_gen(curve), EVP_PKEY_free}, noon - 30 * day, noon + 365 * day, usages);
}
inline Issuer rsa_issuer(unsigned bits = 2048, const std::string& usages = {}) {
  return issuer_with({EVP_RSA_gen(bits), EVP_PKEY_free}, noon - 30 * day, noon + 365 * day, usages);
}

inline std::string n(std::int64_t value) { return CborWriter().integer(value).take(); }
inline std::string t(std::string_view value) { return CborWriter().text(value).take(); }
inline std::string real(double value) {  // Eight octets, which issuers' libraries write.
  std::string out(1, static_cast<char>(0xfb));
  std::uint64_t bits;
  std::memcpy(&bits, &value, 8);
  for (int shift = 56; shift >= 0; shift -= 8) out += static_cast<char>((bits >> shift) & 0xff);
  return out;
}
using Pairs = std::vector<std::pair<std::string, std::string>>;
inline std::string map_of(const Pairs& pairs, bool open_length = false) {
  CborWriter out;
  if (open_length) out.raw("\xbf");
  else out.map(pairs.size());
  for (const auto& [key, value] : pairs) out.raw(key).raw(value);
  if (open_length) out.raw("\xff");
  return out.take();
}
inline std::string array_of(const std::vector<std::string>& items) {
  CborWriter out;
  out.array(items.size());
  for (const std::string& item : items) out.raw(item);
  return out.take();
}

inline std::string test_entry() {
  return map_of({{t("tg"), t("840539006")},
                 {t("tt"), t("LP6464-4")},
                 {t("nm"), t("LightCycler")},
                 {t("sc"), t("2022-03-15T00:30:00Z")},
                 {t("tr"), t("260415000")},
                 {t("tc"), t("Centre 1")},
                 {t("co"), t("AT")},
                 {t("is"), t("Ministry")},
                 {t("ci"), t("URN:UVCI:01:AT:1")}});
}
inline std::string vaccination_entry() {
  return map_of({{t("tg"), t("840539006")},
                 {t("vp"), t("1119349007")},
                 {t("mp"), t("EU/1/20/1528")},
                 {t("ma"), t("ORG-100030215")},
                 {t("dn"), n(2)},
                 {t("sd"), n(2)},
                 {t("dt"), t("2021-05-18")},
                 {t("co"), t("AT")},
                 {t("is"), t("Ministry")},
                 {t("ci"), t("URN:UVCI:01:AT:2")}});
}
inline std::string recovery_entry() {
  return map_of({{t("tg"), t("840539006")},
                 {t("fr"), t("2022-01-01")},
                 {t("co"), t("AT")},
                 {t("is"), t("Ministry")},
                 {t("df"), t("2022-01-12")},
                 {t("du"), t("2022-07-01")},
                 {t("ci"), t("URN:UVCI:01:AT:3")}});
}
inline Pairs dcc_pairs(const std::string& kind = "v") {
  const std::string entry = kind == "t" ? test_entry() : kind == "r" ? recovery_entry() : vaccination_entry();
  return {{t("ver"), t("1.3.0")},
          {t("nam"), map_of({{t("fn"), t("Musterfrau-Gößinger")},
                             {t("fnt"), t("MUSTERFRAU<GOESSINGER")},
                             {t("gn"), t("Gabriele")},
                             {t("gnt"), t("GABRIELE")}})},
          {t("dob"), t("1998-02-26")},
          {t(kind), array_of({entry})}};
}

// Everything about one certificate that a test may want otherwise.
struct Recipe {
  Issuer issuer;
  std::int64_t algorithm = algorithm_es256;
  std::string dcc = map_of(dcc_pairs());
  std::string issued = n(noon - day), expires = n(noon + 100 * day);
  std::optional<std::string> claims;                        // Instead of those from the fields above.
  std::optional<std::string> protected_pairs, unprotected;  // Encoded header maps, instead of alg and kid protected.
  std::string tags = "\xd2";
  std::function<std::string(std::string)> signature = [](std::string s) { return s; };
  std::function<std::string(std::string)> cose = [](std::string s) { return s; };  // After signing.
  std::function<std::string(std::string)> compressed = [](std::string s) { return s; };
  std::function<std::string(std::string)> qr = [](std::string s) { return s; };

  std::string payload() const {
    return claims.value_or(
        map_of({{n(1), t("AT")}, {n(4), expires}, {n(6), issued}, {n(-260), map_of({{n(1), dcc}})}}));
  }
  std::string header() const {
    return protected_pairs.value_or(map_of({{n(1), n(algorithm)}, {n(4), CborWriter().octets(issuer.key_id).take()}}));
  }
  std::string cose_octets() const {
    const std::string made = signature(issuer.sign(algorithm, signed_octets(header(), payload())));
    CborWriter out;
    out.raw(tags).array(4).octets(header()).raw(unprotected.value_or("\xa0")).octets(payload()).octets(made);
    return cose(out.take());
  }
  std::string code() const { return qr("HC1:" + to_base45(compressed(deflate(cose_octets())))); }
};

}  // namespace firstline::credential::test
