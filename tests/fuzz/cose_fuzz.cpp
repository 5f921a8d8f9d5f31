// A signed message from anywhere, in both profiles, with a payload that its reader then looks into. Nothing that was
// not signed by the one key is ever taken for it.

#include <cstdint>
#include <cstdlib>
#include <string>

#include "credential/base45.hpp"
#include "credential/hcert.hpp"
#include "credential/inflate.hpp"
#include "credential/lists.hpp"

namespace {

using namespace firstline;
using namespace firstline::credential;

struct OneKey final : IssuerKeys {
  const PrivateKey secret = PrivateKey::from_scalar(std::string(31, '\0') + "\x07").value();
  const IssuerKey known{"keykeyke", secret.public_key(), "620102001001", Instant::min(), Instant::max(), false};
  const IssuerKey* find(std::string_view) const override { return &known; }  // Whatever it is called.
};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const OneKey keys;
  static const CertificateRef certificates[] = {std::make_shared<const Certificate>(
      Certificate{keys.secret.public_key(), "keykeyke", Instant::min(), Instant::max(), 0})};
  static HcertVerifier verifier;
  const Instant now = from_millis(1'647'316'800'000);
  const std::string_view octets(reinterpret_cast<const char*>(data), size);
  const auto reading = verifier.verify("HC1:" + to_base45(deflate(octets)), certificates, now);
  if (reading.checks.signature.value_or(false)) std::abort();
  const auto own = verify_fl(fl_text(octets), keys, nullptr, now);
  if (own.checks.signature.value_or(false)) std::abort();
  // Also what stands inside, as if it had been signed.
  (void)decode_claims(octets);
  return 0;
}
