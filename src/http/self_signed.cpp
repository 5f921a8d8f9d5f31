#include "http/self_signed.hpp"

#include <cstdio>
#include <filesystem>
#include <memory>

#include <arpa/inet.h>
#include <fcntl.h>
#include <ifaddrs.h>
#include <net/if.h>
#include <openssl/bn.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/rand.h>
#include <openssl/x509v3.h>
#include <sys/stat.h>
#include <unistd.h>

namespace firstline::http {
namespace {

template <auto release>
struct Releaser {
  template <class T>
  void operator()(T* object) const {
    release(object);
  }
};
using Key = std::unique_ptr<EVP_PKEY, Releaser<EVP_PKEY_free>>;
using Certificate = std::unique_ptr<X509, Releaser<X509_free>>;
using File = std::unique_ptr<std::FILE, Releaser<std::fclose>>;

constexpr std::chrono::hours authority_age{24 * 3650}, leaf_age{24 * 397},
    renew_before{24 * 30};  // Browsers refuse leaves over 398 days.

time_t seconds_of(Instant at) { return static_cast<time_t>(to_millis(at) / 1000); }

bool extend(X509* certificate, X509* issuer, int kind, const std::string& value) {
  X509V3_CTX context;
  X509V3_set_ctx_nodb(&context);
  X509V3_set_ctx(&context, issuer, certificate, nullptr, nullptr, 0);
  X509_EXTENSION* extension = X509V3_EXT_conf_nid(nullptr, &context, kind, value.c_str());
  if (!extension) return false;
  const bool added = X509_add_ext(certificate, extension, -1) == 1;
  X509_EXTENSION_free(extension);
  return added;
}

Certificate blank_certificate(EVP_PKEY* key, const char* name, Instant now, std::chrono::hours age) {
  Certificate certificate(X509_new());
  unsigned char serial[16];
  if (!certificate || RAND_bytes(serial, sizeof serial) != 1) return nullptr;
  serial[0] &= 0x7f;
  BIGNUM* number = BN_bin2bn(serial, sizeof serial, nullptr);
  BN_to_ASN1_INTEGER(number, X509_get_serialNumber(certificate.get()));
  BN_free(number);
  X509_set_version(certificate.get(), 2);
  // An hour back: a duty phone's clock may be slow.
  ASN1_TIME_set(X509_getm_notBefore(certificate.get()), seconds_of(now - std::chrono::hours(1)));
  ASN1_TIME_set(X509_getm_notAfter(certificate.get()), seconds_of(now + age));
  X509_set_pubkey(certificate.get(), key);
  X509_NAME* subject = X509_get_subject_name(certificate.get());
  const auto put = [&](const char* field, const char* text) {
    X509_NAME_add_entry_by_txt(subject, field, MBSTRING_UTF8, reinterpret_cast<const unsigned char*>(text), -1, -1, 0);
  };
  put("O", "Firstline");
  put("CN", name);
  return certificate;
}

std::string subject_names(const std::vector<std::string>& names) {
  std::string list;
  for (const auto& name : names) {
    unsigned char bytes[16];
    const bool address = inet_pton(AF_INET, name.c_str(), bytes) == 1 || inet_pton(AF_INET6, name.c_str(), bytes) == 1;
    list += (list.empty() ? "" : ",") + std::string(address ? "IP:" : "DNS:") + name;
  }
  return list;
}

bool write_key(const std::string& path, EVP_PKEY* key) {
  const int descriptor = open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC, 0600);
  if (descriptor < 0) return false;
  const File file(fdopen(descriptor, "w"));
  return file && PEM_write_PrivateKey(file.get(), key, nullptr, nullptr, 0, nullptr, nullptr) == 1 &&
         std::fflush(file.get()) == 0;
}

bool write_certificates(const std::string& path, std::initializer_list<X509*> certificates) {
  const File file(std::fopen(path.c_str(), "w"));
  if (!file) return false;
  for (X509* certificate : certificates)
    if (PEM_write_X509(file.get(), certificate) != 1) return false;
  return std::fflush(file.get()) == 0;
}

Key read_key(const std::string& path) {
  const File file(std::fopen(path.c_str(), "r"));
  return Key(file ? PEM_read_PrivateKey(file.get(), nullptr, nullptr, nullptr) : nullptr);
}

Certificate read_certificate(const std::string& path) {
  const File file(std::fopen(path.c_str(), "r"));
  return Certificate(file ? PEM_read_X509(file.get(), nullptr, nullptr, nullptr) : nullptr);
}

bool lasts(X509* certificate, Instant until) {
  time_t at = seconds_of(until);
  return X509_cmp_time(X509_get0_notAfter(certificate), &at) > 0;
}

bool covers(X509* certificate, const std::vector<std::string>& names) {
  for (const auto& name : names)
    if (X509_check_ip_asc(certificate, name.c_str(), 0) != 1 &&
        X509_check_host(certificate, name.c_str(), name.size(), 0, nullptr) != 1)
      return false;
  return true;
}

std::string pem_of(X509* certificate) {
  BIO* memory = BIO_new(BIO_s_mem());
  PEM_write_bio_X509(memory, certificate);
  char* text = nullptr;
  const long size = BIO_get_mem_data(memory, &text);
  std::string pem(text, static_cast<std::size_t>(size));
  BIO_free(memory);
  return pem;
}

std::string fingerprint_of(const X509* certificate) {
  unsigned char digest[EVP_MAX_MD_SIZE];
  unsigned size = 0;
  if (X509_digest(certificate, EVP_sha256(), digest, &size) != 1) return {};
  constexpr char digits[] = "0123456789ABCDEF";
  std::string text;
  for (unsigned i = 0; i < size; ++i) {
    if (i > 0) text += ':';
    text += digits[digest[i] >> 4];
    text += digits[digest[i] & 15];
  }
  return text;
}

}  // namespace

Result<SelfSigned> self_signed(const std::string& folder, const std::vector<std::string>& names, Instant now) {
  std::error_code error;
  std::filesystem::create_directories(folder, error);
  if (error) return fail(FaultCode::unavailable, "tls.cannot_write", error.message(), folder);
  const std::string authority_file = folder + "/ca.crt", authority_key_file = folder + "/ca.key";
  SelfSigned made{folder + "/server.crt", folder + "/server.key", {}, {}};

  Certificate authority = read_certificate(authority_file);
  Key authority_key = read_key(authority_key_file);
  const bool keep_authority = authority && authority_key && lasts(authority.get(), now + leaf_age) &&
                              X509_check_private_key(authority.get(), authority_key.get()) == 1;
  if (!keep_authority) {
    authority_key.reset(EVP_EC_gen("P-256"));
    authority = authority_key ? blank_certificate(authority_key.get(), "Firstline local authority", now, authority_age)
                              : nullptr;
    if (!authority) return fail(FaultCode::corrupt, "tls.cannot_make");
    X509* const c = authority.get();
    X509_set_issuer_name(c, X509_get_subject_name(c));
    const bool good = extend(c, c, NID_basic_constraints, "critical,CA:TRUE,pathlen:0") &&
                      extend(c, c, NID_key_usage, "critical,keyCertSign,cRLSign") &&
                      extend(c, c, NID_subject_key_identifier, "hash") &&
                      X509_sign(c, authority_key.get(), EVP_sha256()) > 0;
    if (!good) return fail(FaultCode::corrupt, "tls.cannot_make");
    if (!write_key(authority_key_file, authority_key.get()) || !write_certificates(authority_file, {c}))
      return fail(FaultCode::unavailable, "tls.cannot_write", {}, folder);
  }
  made.authority_pem = pem_of(authority.get());
  made.authority_sha256 = fingerprint_of(authority.get());

  const Certificate old = read_certificate(made.certificate_file);
  const Key old_key = read_key(made.key_file);
  const bool keep = keep_authority && old && old_key && X509_check_private_key(old.get(), old_key.get()) == 1 &&
                    lasts(old.get(), now + renew_before) && covers(old.get(), names);
  if (keep) return made;

  const Key key(EVP_EC_gen("P-256"));
  const Certificate leaf = key ? blank_certificate(key.get(), "Firstline", now, leaf_age) : nullptr;
  if (!leaf) return fail(FaultCode::corrupt, "tls.cannot_make");
  X509* const c = leaf.get();
  X509_set_issuer_name(c, X509_get_subject_name(authority.get()));
  const bool good = extend(c, authority.get(), NID_basic_constraints, "critical,CA:FALSE") &&
                    extend(c, authority.get(), NID_key_usage, "critical,digitalSignature") &&
                    extend(c, authority.get(), NID_ext_key_usage, "serverAuth") &&
                    extend(c, authority.get(), NID_authority_key_identifier, "keyid") &&
                    extend(c, authority.get(), NID_subject_alt_name, subject_names(names)) &&
                    X509_sign(c, authority_key.get(), EVP_sha256()) > 0;
  if (!good) return fail(FaultCode::corrupt, "tls.cannot_make");
  if (!write_key(made.key_file, key.get()) || !write_certificates(made.certificate_file, {c, authority.get()}))
    return fail(FaultCode::unavailable, "tls.cannot_write", {}, folder);
  return made;
}

namespace {

std::vector<std::string> interface_addresses(bool others_only) {
  std::vector<std::string> found;
  ifaddrs* list = nullptr;
  if (getifaddrs(&list) != 0) return found;
  for (const ifaddrs* at = list; at; at = at->ifa_next) {
    if (!at->ifa_addr || (others_only && (at->ifa_flags & IFF_LOOPBACK))) continue;
    char text[INET6_ADDRSTRLEN];
    if (at->ifa_addr->sa_family == AF_INET) {
      inet_ntop(AF_INET, &reinterpret_cast<const sockaddr_in*>(at->ifa_addr)->sin_addr, text, sizeof text);
      found.emplace_back(text);
    } else if (at->ifa_addr->sa_family == AF_INET6 && !others_only) {
      inet_ntop(AF_INET6, &reinterpret_cast<const sockaddr_in6*>(at->ifa_addr)->sin6_addr, text, sizeof text);
      found.emplace_back(text);
    }
  }
  freeifaddrs(list);
  return found;
}

}  // namespace

std::vector<std::string> names_of_this_machine() {
  std::vector<std::string> names{"localhost"};
  char host[256] = {};
  if (gethostname(host, sizeof host - 1) == 0 && host[0] != '\0' && std::string_view(host) != "localhost")
    names.emplace_back(host);
  for (auto& address : interface_addresses(false)) names.push_back(std::move(address));
  return names;
}

std::string address_for_others() {
  const auto addresses = interface_addresses(true);
  return addresses.empty() ? "127.0.0.1" : addresses.front();
}

}  // namespace firstline::http
