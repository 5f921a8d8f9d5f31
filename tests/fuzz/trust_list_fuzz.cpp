// The lists and the statements about packs that gates fetch: with a signature that is hardly ever good, and their
// payloads as if it were.

#include <cstdint>
#include <cstdlib>
#include <string>

#include "credential/lists.hpp"
#include "credential/pack_statement.hpp"

namespace {

using namespace firstline;
using namespace firstline::credential;

struct OneKey final : IssuerKeys {
  const PrivateKey secret = PrivateKey::from_scalar(std::string(31, '\0') + "\x07").value();
  const IssuerKey known{
      key_id_of(secret.public_key()), secret.public_key(), "620102001001", Instant::min(), Instant::max(), false};
  const IssuerKey* find(std::string_view) const override { return &known; }  // Whatever it is called.
};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const OneKey keys;
  const std::string_view octets(reinterpret_cast<const char*>(data), size);
  if (read_trust_list(octets, keys.known.key, from_millis(1'647'316'800'000))) std::abort();
  if (read_revocations(octets, keys)) std::abort();
  if (const auto list = decode_trust_list(octets))
    for (const IssuerKey& key : list->keys)
      if (list->find(key.key_id) != &key) std::abort();
  if (const auto list = decode_revocations(octets, "620102001001"))
    for (std::size_t at = 0; at < list->code_ids.size(); at += code_id_octets)
      if (!list->holds(list->code_ids.substr(at, code_id_octets))) std::abort();
  if (read_pack_statement(octets, keys)) std::abort();
  if (const auto statement = decode_pack_statement(octets)) {
    CoseReader message;  // Whatever is read is written again as it was.
    const std::string again = encode_pack_statement(*statement, keys.known.key_id, keys.secret);
    if (!message.read(again, CoseRules::strict) || message.message().payload != octets) std::abort();
  }
  return 0;
}
