// The lists that gates fetch, and the payloads in them signed with a real key, so that their readers are reached.

#include <cstdint>
#include <cstdlib>
#include <string>

#include "credential/lists.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace firstline;
  using namespace firstline::credential;
  static const PrivateKey root = PrivateKey::from_scalar(std::string(31, '\0') + "\x07").value();
  static const std::string id = key_id_of(root.public_key());
  struct OneKey final : IssuerKeys {
    const IssuerKey known{id, root.public_key(), "620102001001", Instant::min(), Instant::max(), false};
    const IssuerKey* find(std::string_view key_id) const override { return key_id == id ? &known : nullptr; }
  };
  static const OneKey keys;
  const Instant now = from_millis(1'647'316'800'000);
  const std::string_view octets(reinterpret_cast<const char*>(data), size);
  if (read_trust_list(octets, root.public_key(), now) && size < 64) std::abort();
  (void)read_revocations(octets, keys);
  // Signing costs more than reading: once in a while is enough.
  if (size == 0 || size > 4096 || data[0] % 4 != 1) return 0;
  const auto made = make_cose(algorithm_es256, id, octets.substr(1),
                              [&](std::string_view text) -> Result<std::string> { return root.sign(text); });
  (void)read_trust_list(*made, root.public_key(), now);
  (void)read_revocations(*made, keys);
  return 0;
}
