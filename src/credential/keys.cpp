#include "credential/keys.hpp"

#include <array>
#include <atomic>
#include <cstring>
#include <unordered_map>

#include <openssl/bn.h>
#include <openssl/core_names.h>
#include <openssl/ec.h>
#include <openssl/evp.h>
#include <openssl/param_build.h>
#include <openssl/rsa.h>
#include <openssl/x509.h>

#include "base/check.hpp"
#include "credential/cose.hpp"

namespace firstline::credential {
namespace {

template <auto release>
struct Releaser {
  template <class T>
  void operator()(T* object) const {
    release(object);
  }
};
using Context = std::unique_ptr<EVP_PKEY_CTX, Releaser<EVP_PKEY_CTX_free>>;
using DigestContext = std::unique_ptr<EVP_MD_CTX, Releaser<EVP_MD_CTX_free>>;
using Number = std::unique_ptr<BIGNUM, Releaser<BN_clear_free>>;
using Signature = std::unique_ptr<ECDSA_SIG, Releaser<ECDSA_SIG_free>>;
using Digest = std::array<unsigned char, 32>;

constexpr int rsa_bits_min = 2048;

const unsigned char* raw(std::string_view text) { return reinterpret_cast<const unsigned char*>(text.data()); }

std::shared_ptr<EVP_PKEY> owned(EVP_PKEY* key) { return {key, EVP_PKEY_free}; }

tl::unexpected<Fault> unreadable() { return fail(FaultCode::invalid, "key.unreadable"); }

// Fetched once: looking an algorithm up costs as much as hashing a code.
const EVP_MD* sha256_method() {
  static const EVP_MD* const method = EVP_MD_fetch(nullptr, "SHA256", nullptr);
  FL_CHECK(method != nullptr);
  return method;
}

Digest digest_of(std::string_view octets) {
  thread_local const DigestContext context(EVP_MD_CTX_new());
  Digest digest;
  FL_CHECK(context && EVP_DigestInit_ex2(context.get(), sha256_method(), nullptr) == 1 &&
           EVP_DigestUpdate(context.get(), octets.data(), octets.size()) == 1 &&
           EVP_DigestFinal_ex(context.get(), digest.data(), nullptr) == 1);
  return digest;
}

// This thread's contexts, ready to verify; a context keeps its key alive.
EVP_PKEY_CTX* verifying(EVP_PKEY* key, std::uint64_t serial, KeyKind kind) {
  constexpr std::size_t kept_max = 1024;
  thread_local std::unordered_map<std::uint64_t, Context> kept;
  if (const auto found = kept.find(serial); found != kept.end()) return found->second.get();
  Context made(EVP_PKEY_CTX_new_from_pkey(nullptr, key, nullptr));
  if (!made || EVP_PKEY_verify_init(made.get()) != 1) return nullptr;
  if (kind == KeyKind::rsa && (EVP_PKEY_CTX_set_rsa_padding(made.get(), RSA_PKCS1_PSS_PADDING) != 1 ||
                               EVP_PKEY_CTX_set_signature_md(made.get(), sha256_method()) != 1 ||
                               EVP_PKEY_CTX_set_rsa_mgf1_md(made.get(), sha256_method()) != 1 ||
                               EVP_PKEY_CTX_set_rsa_pss_saltlen(made.get(), 32) != 1))
    return nullptr;
  if (kept.size() >= kept_max) kept.clear();
  return kept.emplace(serial, std::move(made)).first->second.get();
}

// r and s as DER, which is what OpenSSL reads: at most 72 octets.
struct DerSignature {
  std::array<unsigned char, 72> octets;
  std::size_t length = 0;

  explicit DerSignature(std::string_view pair) {
    length = 2;
    integer(pair.substr(0, 32));
    integer(pair.substr(32));
    octets[0] = 0x30;
    octets[1] = static_cast<unsigned char>(length - 2);
  }

 private:
  void integer(std::string_view number) {
    while (number.size() > 1 && number.front() == 0) number.remove_prefix(1);
    const bool padded = (static_cast<unsigned char>(number.front()) & 0x80) != 0;
    octets[length++] = 0x02;
    octets[length++] = static_cast<unsigned char>(number.size() + (padded ? 1 : 0));
    if (padded) octets[length++] = 0;
    std::memcpy(&octets[length], number.data(), number.size());
    length += number.size();
  }
};

KeyKind kind_of(EVP_PKEY* key) {
  const int type = EVP_PKEY_get_base_id(key);
  if (type == EVP_PKEY_RSA || type == EVP_PKEY_RSA_PSS)
    return EVP_PKEY_get_bits(key) >= rsa_bits_min ? KeyKind::rsa : KeyKind::other;
  char group[32] = {};
  const bool p256 = type == EVP_PKEY_EC && EVP_PKEY_get_group_name(key, group, sizeof group, nullptr) == 1 &&
                    std::string_view(group) == "prime256v1";
  return p256 ? KeyKind::p256 : KeyKind::other;
}

std::uint64_t next_serial() {
  static std::atomic<std::uint64_t> last{0};
  return ++last;
}

std::string encoded_point(EVP_PKEY* key) {
  std::array<unsigned char, 65> point;
  std::size_t length = 0;
  FL_CHECK(EVP_PKEY_get_octet_string_param(key, OSSL_PKEY_PARAM_PUB_KEY, point.data(), point.size(), &length) == 1);
  return {reinterpret_cast<const char*>(point.data()), length};
}

// A P-256 key from its public point, with the secret scalar or without; from no point, the curve alone.
std::shared_ptr<EVP_PKEY> build(std::string_view point, const BIGNUM* scalar) {
  using Builder = std::unique_ptr<OSSL_PARAM_BLD, Releaser<OSSL_PARAM_BLD_free>>;
  using Parameters = std::unique_ptr<OSSL_PARAM, Releaser<OSSL_PARAM_free>>;
  const Builder builder(OSSL_PARAM_BLD_new());
  if (!builder || OSSL_PARAM_BLD_push_utf8_string(builder.get(), OSSL_PKEY_PARAM_GROUP_NAME, "prime256v1", 0) != 1 ||
      (!point.empty() &&
       OSSL_PARAM_BLD_push_octet_string(builder.get(), OSSL_PKEY_PARAM_PUB_KEY, point.data(), point.size()) != 1))
    return nullptr;
  if (scalar && OSSL_PARAM_BLD_push_BN(builder.get(), OSSL_PKEY_PARAM_PRIV_KEY, scalar) != 1) return nullptr;
  const Parameters parameters(OSSL_PARAM_BLD_to_param(builder.get()));
  const Context context(EVP_PKEY_CTX_new_from_name(nullptr, "EC", nullptr));
  const int selection = scalar ? EVP_PKEY_KEYPAIR : point.empty() ? EVP_PKEY_KEY_PARAMETERS : EVP_PKEY_PUBLIC_KEY;
  EVP_PKEY* key = nullptr;
  if (!parameters || !context || EVP_PKEY_fromdata_init(context.get()) != 1 ||
      EVP_PKEY_fromdata(context.get(), &key, selection, parameters.get()) != 1)
    return nullptr;
  return owned(key);
}

}  // namespace

std::string sha256(std::string_view octets) {
  const Digest digest = digest_of(octets);
  return {reinterpret_cast<const char*>(digest.data()), digest.size()};
}

PublicKey::PublicKey(std::shared_ptr<EVP_PKEY> key)
    : key_(std::move(key)), kind_(kind_of(key_.get())), serial_(next_serial()) {}

Result<PublicKey> PublicKey::from_point(std::string_view point) {
  // A copy of a key without a point takes a quarter of the time of building one.
  static const std::shared_ptr<EVP_PKEY> curve = build({}, nullptr);
  FL_CHECK(curve != nullptr);
  const bool whole = point.size() == 65 && point.front() == 4;
  const bool compressed = point.size() == 33 && (point.front() == 2 || point.front() == 3);
  if (!whole && !compressed) return unreadable();
  auto key = owned(EVP_PKEY_dup(curve.get()));
  if (!key || EVP_PKEY_set1_encoded_public_key(key.get(), raw(point), point.size()) != 1) return unreadable();
  // OpenSSL would write the key as it was read, and a key's name is a hash over its whole form.
  if (compressed && EVP_PKEY_set_utf8_string_param(key.get(), OSSL_PKEY_PARAM_EC_POINT_CONVERSION_FORMAT,
                                                   OSSL_PKEY_EC_POINT_CONVERSION_FORMAT_UNCOMPRESSED) != 1)
    return unreadable();
  return PublicKey(std::move(key));
}

Result<PublicKey> PublicKey::from_der(std::string_view der) {
  const unsigned char* at = raw(der);
  EVP_PKEY* key = d2i_PUBKEY(nullptr, &at, static_cast<long>(der.size()));
  if (!key) return unreadable();
  auto kept = owned(key);
  if (at != raw(der) + der.size()) return unreadable();
  return PublicKey(std::move(kept));
}

SignatureAnswer PublicKey::verify(std::int64_t algorithm, std::string_view octets, std::string_view signature) const {
  const bool fits = (algorithm == algorithm_es256 && kind_ == KeyKind::p256) ||
                    (algorithm == algorithm_ps256 && kind_ == KeyKind::rsa);
  if (!fits) return SignatureAnswer::wrong_key_kind;
  const std::size_t length =
      kind_ == KeyKind::p256 ? es256_octets : static_cast<std::size_t>(EVP_PKEY_get_size(key_.get()));
  if (signature.size() != length) return SignatureAnswer::wrong_length;
  EVP_PKEY_CTX* const context = verifying(key_.get(), serial_, kind_);
  if (!context) return SignatureAnswer::wrong_key_kind;
  const Digest digest = digest_of(octets);
  int answer;
  if (kind_ == KeyKind::p256) {
    const DerSignature der(signature);
    answer = EVP_PKEY_verify(context, der.octets.data(), der.length, digest.data(), digest.size());
  } else {
    answer = EVP_PKEY_verify(context, raw(signature), signature.size(), digest.data(), digest.size());
  }
  return answer == 1 ? SignatureAnswer::good : SignatureAnswer::wrong;
}

std::string PublicKey::to_der() const {
  unsigned char* der = nullptr;
  const int length = i2d_PUBKEY(key_.get(), &der);
  FL_CHECK(length > 0);
  std::string text(reinterpret_cast<const char*>(der), static_cast<std::size_t>(length));
  OPENSSL_free(der);
  return text;
}

std::string PublicKey::point() const {
  FL_CHECK(kind_ == KeyKind::p256);
  const std::string encoded = encoded_point(key_.get());
  if (encoded.size() == 65) return encoded;
  const std::unique_ptr<EC_GROUP, Releaser<EC_GROUP_free>> group(EC_GROUP_new_by_curve_name(NID_X9_62_prime256v1));
  const std::unique_ptr<EC_POINT, Releaser<EC_POINT_free>> point(EC_POINT_new(group.get()));
  std::string whole(65, '\0');
  FL_CHECK(EC_POINT_oct2point(group.get(), point.get(), raw(encoded), encoded.size(), nullptr) == 1 &&
           EC_POINT_point2oct(group.get(), point.get(), POINT_CONVERSION_UNCOMPRESSED,
                              reinterpret_cast<unsigned char*>(whole.data()), whole.size(), nullptr) == 65);
  return whole;
}

std::string PublicKey::compressed() const {
  const std::string whole = point();
  const bool odd = (static_cast<unsigned char>(whole.back()) & 1) != 0;
  return static_cast<char>(odd ? 3 : 2) + whole.substr(1, 32);
}

PrivateKey PrivateKey::make() {
  EVP_PKEY* key = EVP_EC_gen("prime256v1");
  FL_CHECK(key != nullptr);
  return PrivateKey(owned(key));
}

Result<PrivateKey> PrivateKey::from_scalar(std::string_view scalar) {
  if (scalar.size() != 32) return unreadable();
  const Number number(BN_secure_new());
  const std::unique_ptr<EC_GROUP, Releaser<EC_GROUP_free>> group(EC_GROUP_new_by_curve_name(NID_X9_62_prime256v1));
  const std::unique_ptr<EC_POINT, Releaser<EC_POINT_free>> point(EC_POINT_new(group.get()));
  if (!BN_bin2bn(raw(scalar), 32, number.get()) || BN_is_zero(number.get()) ||
      BN_cmp(number.get(), EC_GROUP_get0_order(group.get())) >= 0)
    return unreadable();
  std::string whole(65, '\0');
  if (EC_POINT_mul(group.get(), point.get(), number.get(), nullptr, nullptr, nullptr) != 1 ||
      EC_POINT_point2oct(group.get(), point.get(), POINT_CONVERSION_UNCOMPRESSED,
                         reinterpret_cast<unsigned char*>(whole.data()), whole.size(), nullptr) != 65)
    return unreadable();
  auto key = build(whole, number.get());
  if (!key) return unreadable();
  return PrivateKey(std::move(key));
}

std::string PrivateKey::scalar() const {
  BIGNUM* found = nullptr;
  FL_CHECK(EVP_PKEY_get_bn_param(key_.get(), OSSL_PKEY_PARAM_PRIV_KEY, &found) == 1);
  const Number number(found);
  std::string text(32, '\0');
  FL_CHECK(BN_bn2binpad(number.get(), reinterpret_cast<unsigned char*>(text.data()), 32) == 32);
  return text;
}

std::string PrivateKey::sign(std::string_view octets) const {
  const Context context(EVP_PKEY_CTX_new_from_pkey(nullptr, key_.get(), nullptr));
  const Digest digest = digest_of(octets);
  std::array<unsigned char, 80> der;
  std::size_t length = der.size();
  FL_CHECK(context && EVP_PKEY_sign_init(context.get()) == 1 &&
           EVP_PKEY_sign(context.get(), der.data(), &length, digest.data(), digest.size()) == 1);
  const unsigned char* at = der.data();
  const Signature signature(d2i_ECDSA_SIG(nullptr, &at, static_cast<long>(length)));
  FL_CHECK(signature != nullptr);
  std::string pair(es256_octets, '\0');
  auto* const out = reinterpret_cast<unsigned char*>(pair.data());
  FL_CHECK(BN_bn2binpad(ECDSA_SIG_get0_r(signature.get()), out, 32) == 32 &&
           BN_bn2binpad(ECDSA_SIG_get0_s(signature.get()), out + 32, 32) == 32);
  return pair;
}

std::string key_id_of(const PublicKey& key) { return sha256(key.to_der()).substr(0, 8); }

}  // namespace firstline::credential
