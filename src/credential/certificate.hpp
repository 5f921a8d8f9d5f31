#pragma once

// What a verifier needs of a signer's X.509 certificate. Whether the certificate may be trusted at all is said by the
// list that it stands on, not by its own chain.

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <string_view>

#include "base/fault.hpp"
#include "base/time.hpp"
#include "credential/keys.hpp"

namespace firstline::credential {

// What a certificate may be used for, as bits; the object identifiers of the EU's certificates, old and new.
enum class Usage : std::uint8_t { test = 1, vaccination = 2, recovery = 4 };

struct Certificate {
  PublicKey key;
  std::string key_id;  // First 8 octets of SHA-256 over the DER.
  Instant not_before{}, not_after{};
  std::uint8_t usages = 0;  // Of Usage; 0: it names none of these, and so is not limited.

  bool may_sign(Usage usage) const { return usages == 0 || (usages & static_cast<std::uint8_t>(usage)) != 0; }
};
using CertificateRef = std::shared_ptr<const Certificate>;

// DER of a certificate, or of a bare public key (unlimited in time and use). Fault invalid certificate.unreadable.
Result<CertificateRef> read_certificate(std::string_view der);
// As files and lists hold them: DER, PEM, or base64 of either, with or without line breaks.
Result<CertificateRef> read_certificate_text(std::string_view text);

// Read once, kept by their text. One thread.
class CertificateShelf {
 public:
  Result<CertificateRef> take(std::string_view text);

 private:
  std::map<std::string, CertificateRef, std::less<>> kept_;
};

}  // namespace firstline::credential
