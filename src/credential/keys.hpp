#pragma once

// Public and private keys by OpenSSL: ES256 (P-256, 64 raw octets r and s), PS256 (RSA-PSS, SHA-256, salt of 32).
// A key is parsed once; each thread keeps what OpenSSL needs to use it. Shared between threads.

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "base/fault.hpp"

typedef struct evp_pkey_st EVP_PKEY;

namespace firstline::credential {

inline constexpr std::size_t es256_octets = 64;

enum class KeyKind : std::uint8_t { p256, rsa, other };

enum class SignatureAnswer : std::uint8_t { good, wrong, wrong_length, wrong_key_kind };

std::string sha256(std::string_view octets);

class PublicKey {
 public:
  explicit PublicKey(std::shared_ptr<EVP_PKEY> key);
  // 33 octets (compressed) or 65. Fault invalid key.unreadable.
  static Result<PublicKey> from_point(std::string_view point);
  // A SubjectPublicKeyInfo in DER. Fault invalid key.unreadable.
  static Result<PublicKey> from_der(std::string_view der);

  KeyKind kind() const { return kind_; }
  // `algorithm` is one of COSE's; others are wrong_key_kind.
  SignatureAnswer verify(std::int64_t algorithm, std::string_view octets, std::string_view signature) const;
  std::string to_der() const;
  std::string point() const;       // P-256 only: 65 octets.
  std::string compressed() const;  // P-256 only: 33 octets.

 private:
  std::shared_ptr<EVP_PKEY> key_;
  KeyKind kind_;
  std::uint64_t serial_;  // Tells this key from every other of the process.
};

class PrivateKey {
 public:
  static PrivateKey make();  // P-256, from OpenSSL's own generator.
  // The 32 octets of the scalar; fault invalid key.unreadable.
  static Result<PrivateKey> from_scalar(std::string_view scalar);
  explicit PrivateKey(std::shared_ptr<EVP_PKEY> key) : key_(std::move(key)) {}

  std::string scalar() const;  // 32 octets: to be sealed at once.
  PublicKey public_key() const { return PublicKey(key_); }
  std::string sign(std::string_view octets) const;  // ES256: r and s.

 private:
  std::shared_ptr<EVP_PKEY> key_;
};

// First 8 octets of SHA-256 over the SubjectPublicKeyInfo: how our own keys are called.
std::string key_id_of(const PublicKey& key);

}  // namespace firstline::credential
