#include "credential/certificate.hpp"

#include <algorithm>
#include <ctime>

#include <openssl/asn1.h>
#include <openssl/objects.h>
#include <openssl/x509.h>
#include <openssl/x509v3.h>

#include "credential/text_codes.hpp"

namespace firstline::credential {
namespace {

template <auto release>
struct Releaser {
  template <class T>
  void operator()(T* object) const {
    release(object);
  }
};
using X509Ref = std::unique_ptr<X509, Releaser<X509_free>>;

struct KnownUsage {
  std::string_view identifier;
  Usage usage;
};
constexpr KnownUsage known_usages[] = {
    {"1.3.6.1.4.1.1847.2021.1.1", Usage::test},        {"1.3.6.1.4.1.0.1847.2021.1.1", Usage::test},
    {"1.3.6.1.4.1.1847.2021.1.2", Usage::vaccination}, {"1.3.6.1.4.1.0.1847.2021.1.2", Usage::vaccination},
    {"1.3.6.1.4.1.1847.2021.1.3", Usage::recovery},    {"1.3.6.1.4.1.0.1847.2021.1.3", Usage::recovery},
};

tl::unexpected<Fault> unreadable() { return fail(FaultCode::invalid, "certificate.unreadable"); }

std::optional<Instant> instant_of(const ASN1_TIME* time) {
  std::tm parts{};
  if (!time || ASN1_TIME_to_tm(time, &parts) != 1) return std::nullopt;
  return Instant(std::chrono::seconds(timegm(&parts)));
}

std::uint8_t usages_of(X509* certificate) {
  std::uint8_t usages = 0;
  auto* const list =
      static_cast<EXTENDED_KEY_USAGE*>(X509_get_ext_d2i(certificate, NID_ext_key_usage, nullptr, nullptr));
  for (int i = 0; i < sk_ASN1_OBJECT_num(list); ++i) {
    char identifier[80] = {};
    OBJ_obj2txt(identifier, sizeof identifier, sk_ASN1_OBJECT_value(list, i), 1);
    for (const KnownUsage& known : known_usages)
      if (known.identifier == identifier) usages |= static_cast<std::uint8_t>(known.usage);
  }
  EXTENDED_KEY_USAGE_free(list);
  return usages;
}

// A sequence; base64 may begin with the same character, but goes on with characters.
bool is_der(std::string_view text) {
  return text.size() > 4 && text.front() == 0x30 &&
         std::any_of(text.begin() + 1, text.begin() + 4, [](char c) { return c < 0x20 || c == 0x7f; });
}

}  // namespace

Result<CertificateRef> read_certificate(std::string_view der) {
  const auto* at = reinterpret_cast<const unsigned char*>(der.data());
  const X509Ref certificate(d2i_X509(nullptr, &at, static_cast<long>(der.size())));
  if (!certificate) {
    FL_TRY(auto key, PublicKey::from_der(der));
    std::string key_id = key_id_of(key);
    return std::make_shared<const Certificate>(
        Certificate{std::move(key), std::move(key_id), Instant::min(), Instant::max(), 0});
  }
  EVP_PKEY* const key = X509_get_pubkey(certificate.get());
  const auto from = instant_of(X509_get0_notBefore(certificate.get()));
  const auto until = instant_of(X509_get0_notAfter(certificate.get()));
  if (!key || !from || !until) {
    EVP_PKEY_free(key);
    return unreadable();
  }
  return std::make_shared<const Certificate>(Certificate{PublicKey({key, EVP_PKEY_free}), sha256(der).substr(0, 8),
                                                         *from, *until, usages_of(certificate.get())});
}

Result<CertificateRef> read_certificate_text(std::string_view text) {
  std::string bytes(text);
  for (int wrapping = 0; wrapping < 3; ++wrapping) {
    if (is_der(bytes)) return read_certificate(bytes);
    std::string body = bytes;
    if (const auto begins = body.find("-----BEGIN "); begins != std::string::npos) {
      const auto from = body.find("-----", begins + 11);
      const auto until = from == std::string::npos ? from : body.find("-----END ", from);
      if (until == std::string::npos) return unreadable();
      body = body.substr(from + 5, until - from - 5);
    }
    auto decoded = from_base64(body);
    if (!decoded) return unreadable();
    bytes = std::move(*decoded);
  }
  return unreadable();
}

Result<CertificateRef> CertificateShelf::take(std::string_view text) {
  constexpr std::size_t kept_max = 4096;
  if (const auto found = kept_.find(text); found != kept_.end()) return found->second;
  FL_TRY(auto certificate, read_certificate_text(text));
  if (kept_.size() >= kept_max) kept_.clear();
  return kept_.emplace(text, std::move(certificate)).first->second;
}

}  // namespace firstline::credential
