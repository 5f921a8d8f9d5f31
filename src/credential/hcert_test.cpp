// A row for each thing that real issuers do, and for each way to break a certificate.

#include "credential/hcert.hpp"

#include <gtest/gtest.h>

#include "credential/payload_json.hpp"
#include "credential/test_issuer.hpp"
#include "credential/text_codes.hpp"

namespace firstline::credential {
namespace {

using namespace test;
using namespace std::string_literals;

const Issuer& someone() {
  static const Issuer issuer = ec_issuer();
  return issuer;
}
const Issuer& with_rsa() {
  static const Issuer issuer = rsa_issuer();
  return issuer;
}
const Issuer& somebody_else() {
  static const Issuer issuer = ec_issuer();
  return issuer;
}
Recipe made_by(const Issuer& issuer) {
  Recipe recipe;
  recipe.issuer = issuer;
  return recipe;
}
Recipe usual() { return made_by(someone()); }
CertificateRef certificate_of(const Issuer& issuer) { return read_certificate(issuer.der).value(); }
Instant at(std::int64_t seconds) { return Instant(std::chrono::seconds(seconds)); }

// The flags as a row of marks: context base45 zlib cose cwt kid signature time keyusage. + good, - bad, . not reached.
std::string marks(const HcertChecks& c) {
  std::string text;
  for (const auto& flag : {c.context, c.base45, c.zlib, c.cose, c.cwt, c.kid, c.signature, c.time, c.keyusage})
    text += !flag ? '.' : *flag ? '+' : '-';
  return text;
}

struct Case {
  const char* what;
  std::function<void(Recipe&)> spoil;
  const char* marks;
  const char* stage;
  const char* reason;
};
constexpr const char* all_good = "+++++++++";

std::string flipped(std::string octets, std::size_t index, int bit = 0) {
  octets[index] = static_cast<char>(octets[index] ^ (1 << bit));
  return octets;
}
std::string kid(const Issuer& issuer) { return CborWriter().octets(issuer.key_id).take(); }

const std::string order_of_p256 =
    "\xff\xff\xff\xff\x00\x00\x00\x00\xff\xff\xff\xff\xff\xff\xff\xff\xbc\xe6\xfa\xad\xa7\x17\x9e\x84\xf3\xb9\xca\xc2\xfc\x63\x25\x51"s;

std::string other_s(std::string signature) {
  BIGNUM *order = nullptr, *s = nullptr;
  order = BN_bin2bn(reinterpret_cast<const unsigned char*>(order_of_p256.data()), 32, nullptr);
  s = BN_bin2bn(reinterpret_cast<const unsigned char*>(signature.data() + 32), 32, nullptr);
  BN_sub(s, order, s);
  BN_bn2binpad(s, reinterpret_cast<unsigned char*>(signature.data() + 32), 32);
  BN_free(order);
  BN_free(s);
  return signature;
}
std::string as_der(std::string signature) {
  ECDSA_SIG* pair = ECDSA_SIG_new();
  const auto* octets = reinterpret_cast<const unsigned char*>(signature.data());
  ECDSA_SIG_set0(pair, BN_bin2bn(octets, 32, nullptr), BN_bin2bn(octets + 32, 32, nullptr));
  unsigned char* der = nullptr;
  const int length = i2d_ECDSA_SIG(pair, &der);
  std::string text(reinterpret_cast<char*>(der), static_cast<std::size_t>(length));
  OPENSSL_free(der);
  ECDSA_SIG_free(pair);
  return text;
}
std::string nested(int depth) {
  std::string text;
  for (int i = 0; i < depth; ++i) text += '\x81';
  return text + '\0';
}
std::string claims_with(const Pairs& more, const std::string& dcc = map_of(dcc_pairs())) {
  Pairs pairs{{n(1), t("AT")}, {n(4), n(noon + day)}, {n(6), n(noon - day)}, {n(-260), map_of({{n(1), dcc}})}};
  pairs.insert(pairs.end(), more.begin(), more.end());
  return map_of(pairs);
}

// One row a case.
// clang-format off
const Case cases[] = {
    {"as it should be", [](Recipe&) {}, all_good, "ok", ""},

    // Taken as they come.
    {"RSA-PSS", [](Recipe& r) { r.issuer = with_rsa(), r.algorithm = algorithm_ps256; }, all_good, "ok", ""},
    {"no tag", [](Recipe& r) { r.tags = ""; }, all_good, "ok", ""},
    {"CWT's tag around COSE's", [](Recipe& r) { r.tags = "\xd8\x3d\xd2"; }, all_good, "ok", ""},
    {"times as doubles", [](Recipe& r) { r.issued = real(noon - 86400.75), r.expires = real(noon + 0.9); }, all_good, "ok", ""},
    {"times as half and tagged", [](Recipe& r) { r.issued = "\xc1\xfa\x4e\xc4\x5d\x7b"s, r.expires = "\xc1"s + n(noon); }, all_good, "ok", ""},
    {"maps of open length", [](Recipe& r) { r.claims = map_of({{n(1), t("AT")}, {n(4), n(noon)}, {n(6), n(noon)}, {n(-260), map_of({{n(1), map_of(dcc_pairs(), true)}}, true)}}, true); }, all_good, "ok", ""},
    {"dates with tags, null and undefined", [](Recipe& r) { auto pairs = dcc_pairs(); pairs[2].second = "\xc0"s + t("1998-02-26T00:00:00Z"); pairs.push_back({t("t"), "\xf6"}); pairs.push_back({t("r"), "\xf7"}); r.dcc = map_of(pairs); }, all_good, "ok", ""},
    {"key id in the other header", [](Recipe& r) { r.protected_pairs = map_of({{n(1), n(-7)}}); r.unprotected = map_of({{n(4), kid(r.issuer)}}); }, all_good, "ok", ""},
    {"algorithm in the other header", [](Recipe& r) { r.protected_pairs = map_of({{n(4), kid(r.issuer)}}); r.unprotected = map_of({{n(1), n(-7)}}); }, all_good, "ok", ""},
    {"both in the other header, this one an empty map", [](Recipe& r) { r.protected_pairs = ""; r.unprotected = map_of({{n(1), n(-7)}, {n(4), kid(r.issuer)}}); }, all_good, "ok", ""},
    {"key id in both, the protected one is right", [](Recipe& r) { r.unprotected = map_of({{n(4), CborWriter().octets("otherkey").take()}}); }, all_good, "ok", ""},
    {"the other of the two signatures", [](Recipe& r) { r.signature = other_s; }, all_good, "ok", ""},
    {"no issuer", [](Recipe& r) { r.claims = map_of({{n(4), n(noon)}, {n(6), n(noon)}, {n(-260), map_of({{n(1), r.dcc}})}}); }, all_good, "ok", ""},
    {"a claim that nobody knows", [](Recipe& r) { r.claims = claims_with({{n(-99), t("x")}}); }, all_good, "ok", ""},
    {"a payload that breaks the schema", [](Recipe& r) { r.dcc = map_of({{t("nam"), map_of({})}, {t("ver"), t("1.0.0")}}); }, all_good, "ok", ""},

    // Context and base45.
    {"another version", [](Recipe& r) { r.qr = [](auto qr) { return "HC2" + qr.substr(3); }; }, "-........", "context", "CONTEXT_UNKNOWN"},
    {"another context", [](Recipe& r) { r.qr = [](auto qr) { return "HL0" + qr.substr(3); }; }, "-........", "context", "CONTEXT_UNKNOWN"},
    {"no context", [](Recipe& r) { r.qr = [](auto qr) { return qr.substr(4); }; }, "-........", "context", "CONTEXT_UNKNOWN"},
    {"nothing", [](Recipe& r) { r.qr = [](auto) { return ""s; }; }, "-........", "context", "CONTEXT_UNKNOWN"},
    {"nothing behind the context", [](Recipe& r) { r.qr = [](auto) { return "HC1:"s; }; }, "++-......", "zlib", "ZLIB_TRUNCATED"},
    {"lower case", [](Recipe& r) { r.qr = [](auto qr) { for (char& c : qr) c = static_cast<char>(std::tolower(c)); return "HC1" + qr.substr(3); }; }, "+-.......", "base45", "BASE45_CHARACTER"},
    {"padding", [](Recipe& r) { r.qr = [](auto qr) { return qr + "==="; }; }, "+-.......", "base45", "BASE45_CHARACTER"},
    {"a group too large", [](Recipe& r) { r.qr = [](auto qr) { return "HC1::::" + qr.substr(7); }; }, "+-.......", "base45", "BASE45_VALUE"},
    {"a tail too large", [](Recipe& r) { r.qr = [](auto qr) { return qr.substr(0, 4 + (qr.size() - 4) / 3 * 3) + "::"; }; }, "+-.......", "base45", "BASE45_VALUE"},
    {"a character alone", [](Recipe& r) { r.qr = [](auto qr) { return qr.substr(0, 4 + (qr.size() - 4) / 3 * 3) + "0"; }; }, "+-.......", "base45", "BASE45_LENGTH"},

    // zlib.
    {"not packed", [](Recipe& r) { const auto cose = r.cose_octets(); r.compressed = [cose](auto) { return cose; }; }, "++-......", "zlib", "ZLIB_NOT_ZLIB"},
    {"noise instead", [](Recipe& r) { r.compressed = [](auto s) { for (char& c : s) c = static_cast<char>(c ^ 0xe1); return s; }; }, "++-......", "zlib", "ZLIB_NOT_ZLIB"},
    {"cut short", [](Recipe& r) { r.compressed = [](auto s) { return s.substr(0, s.size() - 5); }; }, "++-......", "zlib", "ZLIB_TRUNCATED"},
    {"something behind the stream", [](Recipe& r) { r.compressed = [](auto s) { return s + "x"; }; }, "++-......", "zlib", "ZLIB_TRAILING"},
    {"a bomb", [](Recipe& r) { r.compressed = [](auto) { return deflate(std::string(30 << 20, '\0')); }; }, "++-......", "zlib", "ZLIB_TOO_LARGE"},
    {"its checksum changed", [](Recipe& r) { r.compressed = [](auto s) { return flipped(s, s.size() - 1); }; }, "++-......", "zlib", "ZLIB_CORRUPT"},

    // COSE.
    {"something behind the array", [](Recipe& r) { r.cose = [](auto s) { return s + '\0'; }; }, "+++-.....", "cose", "CBOR_TRAILING"},
    {"the array cut short", [](Recipe& r) { r.cose = [](auto s) { return s.substr(0, s.size() - 1); }; }, "+++-.....", "cose", "CBOR_TRUNCATED"},
    {"an end mark alone", [](Recipe& r) { r.cose = [](auto) { return "\xff"s; }; }, "+++-.....", "cose", "CBOR_MALFORMED"},
    {"ten thousand levels", [](Recipe& r) { r.cose = [](auto) { return nested(10'000); }; }, "+++-.....", "cose", "CBOR_TOO_DEEP"},
    {"another tag", [](Recipe& r) { r.tags = "\xd1"; }, "+++-.....", "cose", "COSE_TAG"},
    {"CWT's tag alone", [](Recipe& r) { r.tags = "\xd8\x3d"; }, "+++-.....", "cose", "COSE_TAG"},
    {"the tags the wrong way round", [](Recipe& r) { r.tags = "\xd2\xd8\x3d"; }, "+++-.....", "cose", "COSE_SHAPE"},
    {"three parts", [](Recipe& r) { r.cose = [](auto) { return CborWriter().tag(18).array(3).octets("").map(0).octets("x").take(); }; }, "+++-.....", "cose", "COSE_SHAPE"},
    {"no payload", [](Recipe& r) { r.cose = [](auto) { return "\xd2\x84\x40\xa0\xf6\x40"s; }; }, "+++-.....", "cose", "COSE_DETACHED"},
    {"a map, not the octets of one, as protected header", [](Recipe& r) { r.cose = [](auto) { return "\xd2\x84\xa0\xa0\x40\x40"s; }; }, "+++-.....", "cose", "COSE_PROTECTED"},
    {"a header that must be understood", [](Recipe& r) { r.protected_pairs = map_of({{n(1), n(-7)}, {n(2), array_of({n(9)})}, {n(4), kid(r.issuer)}, {n(9), n(1)}}); }, "+++-.....", "cose", "COSE_CRITICAL"},
    {"the algorithm twice in one header", [](Recipe& r) { r.protected_pairs = "\xa2\x01\x26\x01\x26"; }, "+++-.....", "cose", "CBOR_DUPLICATE_KEY"},

    // The payload.
    {"the claims wrapped once more", [](Recipe& r) { r.claims = CborWriter().octets(r.payload()).take(); }, "++++-....", "cwt", "CWT_NOT_A_MAP"},
    {"no certificate in it", [](Recipe& r) { r.claims = map_of({{n(1), t("AT")}, {n(4), n(noon)}, {n(6), n(noon)}}); }, "++++-....", "cwt", "CWT_NO_CERTIFICATE"},
    {"the certificate bare", [](Recipe& r) { r.claims = r.dcc; }, "++++-....", "cwt", "CWT_NO_CERTIFICATE"},
    {"a certificate that is a text", [](Recipe& r) { r.dcc = t("x"); }, "++++-....", "cwt", "CWT_NO_CERTIFICATE"},
    {"a time that is a text", [](Recipe& r) { r.expires = t("tomorrow"); }, "++++-....", "cwt", "CWT_TIME_UNREADABLE"},
    {"an endless time", [](Recipe& r) { r.expires = "\xf9\x7c\x00"s; }, "++++-....", "cwt", "CWT_TIME_UNREADABLE"},
    {"a time that is no number", [](Recipe& r) { r.expires = "\xf9\x7e\x00"s; }, "++++-....", "cwt", "CWT_TIME_UNREADABLE"},
    {"the expiry twice", [](Recipe& r) { r.claims = claims_with({{n(4), n(noon + 9 * day)}}); }, "++++-....", "cwt", "CBOR_DUPLICATE_KEY"},
    {"a name twice", [](Recipe& r) { auto pairs = dcc_pairs(); pairs.push_back(pairs[2]); r.dcc = map_of(pairs); }, "++++-....", "cwt", "CBOR_DUPLICATE_KEY"},
    {"seventeen levels inside", [](Recipe& r) { r.dcc = map_of({{t("x"), nested(15)}}); }, "++++-....", "cwt", "CBOR_TOO_DEEP"},
    {"something behind the claims", [](Recipe& r) { r.claims = r.payload() + '\0'; }, "++++-....", "cwt", "CBOR_TRAILING"},

    // Key id and algorithm.
    {"somebody else's key id", [](Recipe& r) { r.protected_pairs = map_of({{n(1), n(-7)}, {n(4), kid(somebody_else())}}); }, "+++++-+++", "kid", "KID_UNKNOWN"},
    {"a key id of three octets", [](Recipe& r) { r.protected_pairs = map_of({{n(1), n(-7)}, {n(4), CborWriter().octets("foo").take()}}); }, "+++++-+++", "kid", "KID_UNKNOWN"},
    {"key id in both, the protected one is wrong", [](Recipe& r) { r.protected_pairs = map_of({{n(1), n(-7)}, {n(4), CborWriter().octets("foo").take()}}); r.unprotected = map_of({{n(4), kid(r.issuer)}}); }, "+++++-+++", "kid", "KID_UNKNOWN"},
    {"no key id", [](Recipe& r) { r.protected_pairs = map_of({{n(1), n(-7)}}); }, "+++++-+++", "kid", "KID_MISSING"},
    {"no algorithm", [](Recipe& r) { r.protected_pairs = map_of({{n(4), kid(r.issuer)}}); }, "++++++-++", "alg", "ALG_MISSING"},
    {"an algorithm by name", [](Recipe& r) { r.protected_pairs = map_of({{n(1), t("ES256")}, {n(4), kid(r.issuer)}}); }, "++++++-++", "alg", "ALG_MISSING"},
    {"an algorithm that we do not take", [](Recipe& r) { r.protected_pairs = map_of({{n(1), n(-35)}, {n(4), kid(r.issuer)}}); }, "++++++-++", "alg", "ALG_UNSUPPORTED"},
    {"RSA's algorithm with a curve's key", [](Recipe& r) { r.protected_pairs = map_of({{n(1), n(-37)}, {n(4), kid(r.issuer)}}); }, "++++++-++", "alg", "ALG_OTHER_KEY_KIND"},
    {"a curve's algorithm with RSA's key", [](Recipe& r) { r.issuer = with_rsa(), r.algorithm = algorithm_ps256; r.protected_pairs = map_of({{n(1), n(-7)}, {n(4), kid(r.issuer)}}); }, "++++++-++", "alg", "ALG_OTHER_KEY_KIND"},
    {"a key of 1024 bits", [](Recipe& r) { static const Issuer weak = rsa_issuer(1024); r.issuer = weak, r.algorithm = algorithm_ps256; }, "++++++-++", "alg", "ALG_OTHER_KEY_KIND"},
    {"another curve", [](Recipe& r) { static const Issuer other = ec_issuer({}, "secp384r1"); r.issuer = other; r.signature = [](auto) { return std::string(96, '\x11'); }; r.algorithm = algorithm_es256; }, "++++++-++", "alg", "ALG_OTHER_KEY_KIND"},

    // Signatures.
    {"three octets", [](Recipe& r) { r.signature = [](auto) { return "foo"s; }; }, "++++++-++", "signature", "SIGNATURE_LENGTH"},
    {"no octets", [](Recipe& r) { r.signature = [](auto) { return ""s; }; }, "++++++-++", "signature", "SIGNATURE_LENGTH"},
    {"ninety-six octets", [](Recipe& r) { r.signature = [](auto s) { return s + std::string(32, '\0'); }; }, "++++++-++", "signature", "SIGNATURE_LENGTH"},
    {"as DER", [](Recipe& r) { r.signature = as_der; }, "++++++-++", "signature", "SIGNATURE_LENGTH"},
    {"r is 0", [](Recipe& r) { r.signature = [](auto s) { return std::string(32, '\0') + s.substr(32); }; }, "++++++-++", "signature", "SIGNATURE_WRONG"},
    {"s is 0", [](Recipe& r) { r.signature = [](auto s) { return s.substr(0, 32) + std::string(32, '\0'); }; }, "++++++-++", "signature", "SIGNATURE_WRONG"},
    {"both are 0", [](Recipe& r) { r.signature = [](auto) { return std::string(64, '\0'); }; }, "++++++-++", "signature", "SIGNATURE_WRONG"},
    {"r is the order", [](Recipe& r) { r.signature = [](auto s) { return order_of_p256 + s.substr(32); }; }, "++++++-++", "signature", "SIGNATURE_WRONG"},
    {"s is the order", [](Recipe& r) { r.signature = [](auto s) { return s.substr(0, 32) + order_of_p256; }; }, "++++++-++", "signature", "SIGNATURE_WRONG"},
    {"both beyond the order", [](Recipe& r) { r.signature = [](auto) { return std::string(64, '\xff'); }; }, "++++++-++", "signature", "SIGNATURE_WRONG"},
    {"r and s changed places", [](Recipe& r) { r.signature = [](auto s) { return s.substr(32) + s.substr(0, 32); }; }, "++++++-++", "signature", "SIGNATURE_WRONG"},
    {"somebody else's signature", [](Recipe& r) { r.signature = [](auto) { return PrivateKey(somebody_else().key).sign("x"); }; }, "++++++-++", "signature", "SIGNATURE_WRONG"},
    {"RSA with PKCS#1 length but noise", [](Recipe& r) { r.issuer = with_rsa(), r.algorithm = algorithm_ps256; r.signature = [](auto s) { return flipped(s, 100); }; }, "++++++-++", "signature", "SIGNATURE_WRONG"},
    {"RSA with another salt", [](Recipe& r) { r.issuer = with_rsa(), r.algorithm = algorithm_ps256; const auto octets = signed_octets(r.header(), r.payload()); r.signature = [octets](auto) { return with_rsa().ps256(octets, 20); }; }, "++++++-++", "signature", "SIGNATURE_WRONG"},
    {"RSA cut short", [](Recipe& r) { r.issuer = with_rsa(), r.algorithm = algorithm_ps256; r.signature = [](auto s) { return s.substr(1); }; }, "++++++-++", "signature", "SIGNATURE_LENGTH"},

    // Times, to the second. Noon is the clock.
    {"issued now", [](Recipe& r) { r.issued = n(noon); }, all_good, "ok", ""},
    {"issued a second ahead", [](Recipe& r) { r.issued = n(noon + 1); }, "+++++++-+", "time", "TIME_NOT_YET"},
    {"expires now", [](Recipe& r) { r.expires = n(noon); }, all_good, "ok", ""},
    {"expired a second ago", [](Recipe& r) { r.expires = n(noon - 1); }, "+++++++-+", "time", "TIME_EXPIRED"},
    {"a time beyond all calendars", [](Recipe& r) { r.expires = n(INT64_MAX); }, all_good, "ok", ""},
    {"issued before all calendars", [](Recipe& r) { r.issued = n(INT64_MIN); }, "+++++++-+", "time", "TIME_OUTSIDE_CERTIFICATE"},
    {"issued before its certificate", [](Recipe& r) { r.issued = n(noon - 30 * day - 1); }, "+++++++-+", "time", "TIME_OUTSIDE_CERTIFICATE"},
    {"issued with its certificate", [](Recipe& r) { r.issued = n(noon - 30 * day); }, all_good, "ok", ""},
    {"issued after its certificate ended", [](Recipe& r) { static const Issuer old = issuer_with(someone().key, noon - 9 * day, noon - 2 * day); r.issuer = old; }, "+++++++-+", "time", "TIME_OUTSIDE_CERTIFICATE"},
    {"its certificate ended since", [](Recipe& r) { static const Issuer old = issuer_with(someone().key, noon - 9 * day, noon - 3600); r.issuer = old; }, all_good, "ok", ""},
    {"no expiry", [](Recipe& r) { r.claims = map_of({{n(1), t("AT")}, {n(6), n(noon)}, {n(-260), map_of({{n(1), r.dcc}})}}); }, "+++++++-+", "time", "TIME_MISSING"},
};
// clang-format on

HcertReading read(const Recipe& recipe, std::optional<Instant> clock = at(noon)) {
  HcertVerifier verifier;
  const CertificateRef certificates[] = {certificate_of(somebody_else()), certificate_of(recipe.issuer)};
  // Somebody else's certificate stands first only where the key id is not theirs.
  const bool theirs =
      recipe.protected_pairs && recipe.protected_pairs->find(somebody_else().key_id) != std::string::npos;
  return verifier.verify(recipe.code(), std::span(certificates).subspan(theirs ? 1 : 0), clock);
}

TEST(Hcert, every_flag_of_every_case) {
  int asked = 0;
  for (const Case& row : cases) {
    Recipe recipe = usual();
    row.spoil(recipe);
    const HcertReading reading = read(recipe);
    EXPECT_EQ(marks(reading.checks), row.marks) << row.what;
    EXPECT_EQ(name_of(reading.stage), row.stage) << row.what;
    EXPECT_EQ(reading.reason, row.reason) << row.what;
    EXPECT_EQ(reading.accepted(), std::string_view(row.stage) == "ok") << row.what;
    ++asked;
  }
  std::printf("%d certificates, right and wrong\n", asked);
}

TEST(Hcert, uses_of_certificates) {
  const std::string fresh = "1.3.6.1.4.1.1847.2021.1.", old = "1.3.6.1.4.1.0.1847.2021.1.";
  struct Row {
    std::string usages;
    const char* allowed;  // Kinds that may be signed.
  };
  const Row rows[] = {
      {"", "tvr"},
      {fresh + "1", "t"},
      {fresh + "2", "v"},
      {fresh + "3", "r"},
      {old + "1", "t"},
      {old + "2", "v"},
      {old + "3", "r"},
      {fresh + "1," + old + "2", "tv"},
      {"clientAuth", "tvr"},  // Says nothing about certificates of health.
      {"1.3.6.1.4.1.1847.2021.1.4", "tvr"},
      {"clientAuth," + fresh + "3", "r"},
  };
  for (const Row& row : rows) {
    const Issuer issuer = ec_issuer(row.usages);
    for (const char* kind : {"t", "v", "r"}) {
      Recipe recipe = made_by(issuer);
      recipe.dcc = map_of(dcc_pairs(kind));
      const HcertReading reading = read(recipe);
      const bool allowed = std::string_view(row.allowed).find(kind) != std::string_view::npos;
      EXPECT_EQ(marks(reading.checks), allowed ? all_good : "++++++++-") << row.usages << " " << kind;
      EXPECT_EQ(reading.reason, allowed ? "" : "KEYUSAGE_NOT_FOR_THIS_KIND");
      EXPECT_EQ(reading.checks.schema, true) << kind;
    }
  }
}

TEST(Hcert, later_checks_run_after_a_failed_time) {
  Recipe recipe = made_by(ec_issuer("1.3.6.1.4.1.1847.2021.1.1"));
  recipe.expires = n(noon - 1);
  EXPECT_EQ(marks(read(recipe).checks), "+++++++--");
  EXPECT_EQ(read(recipe).reason, "TIME_EXPIRED");
  recipe.signature = [](auto s) { return flipped(s, 5); };
  EXPECT_EQ(marks(read(recipe).checks), "++++++---");
  EXPECT_EQ(read(recipe).reason, "SIGNATURE_WRONG");
}

TEST(Hcert, a_clock_is_an_argument) {
  EXPECT_EQ(marks(read(usual(), std::nullopt).checks), "+++++++.+");
  EXPECT_EQ(read(usual(), std::nullopt).reason, "CLOCK_MISSING");
  Recipe recipe = usual();
  recipe.expires = n(noon);
  EXPECT_TRUE(read(recipe, at(noon)).accepted());
  EXPECT_TRUE(read(recipe, at(noon) + Millis(999)).accepted()) << "whole seconds";
  EXPECT_EQ(read(recipe, at(noon) + Millis(1000)).reason, "TIME_EXPIRED");
  recipe.expires = real(double(noon) + 0.6);
  EXPECT_TRUE(read(recipe, at(noon) + Millis(600)).accepted());
  recipe = usual();
  recipe.issued = n(noon);
  EXPECT_EQ(read(recipe, at(noon) - Millis(1)).reason, "TIME_NOT_YET");
}

TEST(Hcert, all_certificates_of_one_key_id_are_tried) {
  const Recipe recipe = usual();
  HcertVerifier verifier;
  const CertificateRef right = certificate_of(someone());
  const auto twin = std::make_shared<const Certificate>(
      Certificate{certificate_of(somebody_else())->key, right->key_id, Instant::min(), Instant::max(), 0});
  const auto rsa_twin = std::make_shared<const Certificate>(
      Certificate{certificate_of(with_rsa())->key, right->key_id, Instant::min(), Instant::max(), 0});
  EXPECT_TRUE(verifier.verify(recipe.code(), std::vector{twin, rsa_twin, right}, at(noon)).accepted());
  EXPECT_EQ(verifier.verify(recipe.code(), std::vector{twin, rsa_twin}, at(noon)).reason, "SIGNATURE_WRONG");
  EXPECT_EQ(verifier.verify(recipe.code(), std::vector{rsa_twin}, at(noon)).reason, "ALG_OTHER_KEY_KIND");
  EXPECT_EQ(marks(verifier.verify(recipe.code(), {}, at(noon)).checks), "+++++-.+.");
  EXPECT_EQ(marks(verifier.verify(recipe.code(), std::vector{certificate_of(somebody_else())}, at(noon)).checks),
            "+++++--++");
}

// Wherever one bit of a certificate is changed, it is refused, and nothing crashes.
TEST(Hcert, no_bit_may_be_changed) {
  const Recipe recipe = usual();
  const std::string cose = recipe.cose_octets();
  const CertificateRef certificates[] = {certificate_of(someone())};
  HcertVerifier verifier;
  int asked = 0;
  for (std::size_t i = 0; i < cose.size(); ++i) {
    for (int bit = 0; bit < 8; ++bit) {
      const auto reading = verifier.verify("HC1:" + to_base45(deflate(flipped(cose, i, bit))), certificates, at(noon));
      ++asked;
      // The empty map of the other header holds nothing that is signed: a tag before it, an end mark, or an array.
      ASSERT_FALSE(reading.accepted()) << i << "." << bit;
      ASSERT_NE(reading.checks.kid.value_or(false) && reading.checks.signature.value_or(false), true)
          << i << "." << bit;
    }
  }
  std::printf("%d changed bits\n", asked);
}

TEST(Hcert, the_payload_as_json) {
  Recipe recipe = usual();
  recipe.dcc = map_of({{t("ver"), t("1.3.0")},
                       {t("dob"), "\xc1"s + n(0)},
                       {t("a"), "\x9f\x01\xf6\xf7\xf5\xff"},
                       {t("o"), map_of({}, true)},
                       {t("d"), real(2)},
                       {t("h"), real(0.5)},
                       {n(-3), "\x42\x01\x02"s},
                       {t("e"), "\x80"},
                       {t("fn"), t("Go\u0308rgu\u0308lu\u0308")}});
  HcertVerifier verifier;
  const CertificateRef certificates[] = {certificate_of(recipe.issuer)};
  const HcertReading reading = verifier.verify(recipe.code(), certificates, at(noon));
  std::string out;
  append_json(out, verifier.payload().value());
  EXPECT_EQ(
      out,
      R"({"ver":"1.3.0","dob":"1970-01-01T00:00:00Z","a":[1,null,null,true],"o":{},"d":2,"h":0.5,"-3":"0102","e":[],"fn":"Görgülü"})");
  EXPECT_EQ(reading.checks.schema, false);
  EXPECT_EQ(reading.issuer, "AT");
  EXPECT_EQ(reading.issued_at, noon - day);
  EXPECT_TRUE(reading.accepted());
}

TEST(Certificates, in_every_wrapping) {
  const std::string& der = someone().der;
  const std::string plain = to_base64(der);
  std::string pem = "-----BEGIN CERTIFICATE-----\n";
  for (std::size_t i = 0; i < plain.size(); i += 64) pem += plain.substr(i, 64) + "\r\n";
  pem += "-----END CERTIFICATE-----\n";
  for (const std::string& text : {der, plain, to_base64url(der), pem, to_base64(pem), to_base64(plain)}) {
    const auto read = read_certificate_text(text);
    ASSERT_TRUE(read) << text.substr(0, 40);
    EXPECT_EQ((*read)->key_id, someone().key_id);
  }
  for (const std::string& text : {""s, "x"s, der.substr(0, 50), to_base64("no certificate"),
                                  "-----BEGIN CERTIFICATE-----"s, std::string(1000, '0')})
    EXPECT_FALSE(read_certificate_text(text)) << text.substr(0, 40);
  const auto bare = read_certificate_text(to_base64(PublicKey(someone().key).to_der()));
  ASSERT_TRUE(bare);
  EXPECT_EQ((*bare)->usages, 0);
}

}  // namespace
}  // namespace firstline::credential
