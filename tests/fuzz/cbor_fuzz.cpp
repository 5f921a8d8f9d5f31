// CBOR from anywhere: read by both rules, and turned to JSON. What the strict rule takes, the lenient one takes too.

#include <cstdint>
#include <cstdlib>
#include <string>

#include "credential/payload_json.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace firstline::credential;
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  static Cbor lenient, strict;
  const bool read = lenient.read(bytes, CborRules::lenient).has_value();
  const bool read_strictly = strict.read(bytes, CborRules::deterministic).has_value();
  if (read_strictly && !read) std::abort();
  if (!read) return 0;
  if (lenient.root().item().next != lenient.items().size()) std::abort();
  std::string out;
  append_json(out, lenient.root());
  return 0;
}
